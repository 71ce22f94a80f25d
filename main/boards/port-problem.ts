/** Why a port does not open: what the system said, turned into what a person can do about it. */

import { readFile, readdir, readlink, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PortUnavailable } from '../../runtime/link/errors';

/** What Linux, macOS and Windows say, by way of serialport, which gives no code. */
const REASONS: readonly (readonly [RegExp, PortUnavailable['why']])[] = [
  [/cannot lock port|resource busy|EBUSY|access denied/i, 'busy'],
  [/permission denied|EACCES|operation not permitted/i, 'denied'],
  [/no such file|file not found|ENOENT|no such device|ENXIO|not a typewriter|inappropriate ioctl/i, 'gone'],
];

export async function whyPortDoesNotOpen(path: string, error: Error): Promise<PortUnavailable> {
  const why = REASONS.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'unknown';
  if (why === 'denied') return new PortUnavailable(path, why, error.message, { group: await groupOf(path) });
  if (why === 'busy') return new PortUnavailable(path, why, error.message, { holder: await holderOf(path) });
  return new PortUnavailable(path, why, error.message);
}

/** The name of the group that owns the port; undefined on systems without /etc/group. */
async function groupOf(path: string): Promise<string | undefined> {
  try {
    const { gid } = await stat(path);
    const groups = await readFile('/etc/group', 'utf8');
    return groups
      .split('\n')
      .find((line) => line.split(':')[2] === String(gid))
      ?.split(':')[0];
  } catch {
    return undefined;
  }
}

/** The program that has the port open, as far as Linux lets us see the open files of others. */
async function holderOf(path: string): Promise<PortUnavailable['holder']> {
  if (process.platform !== 'linux') return undefined;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const folder = join('/proc', entry);
    if (!(await hasOpen(folder, path))) continue;
    const program = await programOf(folder);
    if (program !== '') return { program, process: Number(entry) };
  }
  return undefined;
}

/** The name a process goes by; Node names its threads, so there the file that runs says more. */
async function programOf(processFolder: string): Promise<string> {
  const name = (await readFile(join(processFolder, 'comm'), 'utf8').catch(() => '')).trim();
  if (name !== 'MainThread') return name;
  return basename(await readlink(join(processFolder, 'exe')).catch(() => name));
}

async function hasOpen(processFolder: string, path: string): Promise<boolean> {
  const files = await readdir(join(processFolder, 'fd')).catch(() => []);
  for (const file of files) {
    const target = await readlink(join(processFolder, 'fd', file)).catch(() => '');
    if (target === path) return true;
  }
  return false;
}

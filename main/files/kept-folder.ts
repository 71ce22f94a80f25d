/** Defines KeptFolder: where the browser app puts what is deleted on this computer, since a page has no trash. */
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

const DAY = 24 * 60 * 60 * 1000;
const DAYS_KEPT = 30;

export class KeptFolder {
  constructor(readonly path: string) {}

  /** Moves a file or folder in. Each gets a folder of its own, named after the moment. */
  async keep(path: string, now = Date.now()): Promise<void> {
    let stamp = now;
    let own = join(this.path, String(stamp));
    await mkdir(this.path, { recursive: true });
    while (!(await isNew(own))) own = join(this.path, String((stamp += 1)));
    const target = join(own, basename(path));
    try {
      await rename(path, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') {
        await rm(own, { recursive: true });
        throw error;
      }
      // Another disk: it is removed only after all of it was copied.
      await cp(path, target, { recursive: true, errorOnExist: true });
      await rm(path, { recursive: true });
    }
  }

  /** Removes what is older than 30 days. */
  async prune(now = Date.now()): Promise<void> {
    for (const name of await readdir(this.path).catch(() => [])) {
      if (/^\d+$/.test(name) && Number(name) < now - DAYS_KEPT * DAY)
        await rm(join(this.path, name), { recursive: true });
    }
  }
}

async function isNew(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

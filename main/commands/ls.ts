/** `tether ls`: files on the board with their sizes. */

import type { RemoteEntry, RemoteFs } from '../../runtime/link/remote-fs';
import { onBoard, parseOptions } from './options';
import { withFiles } from './with-board';

export async function run(args: readonly string[]): Promise<number> {
  const { port, rest } = parseOptions(args, {}, {});
  const paths = rest.length === 0 ? [''] : rest.map(onBoard);
  await withFiles(port, 'reading the file list', async (files) => {
    for (const path of paths) {
      if (paths.length > 1) process.stdout.write(`:${path}\n`);
      for (const entry of await entriesAt(files, path)) process.stdout.write(`${lineOf(entry)}\n`);
    }
  });
  return 0;
}

async function entriesAt(files: RemoteFs, path: string): Promise<Pick<RemoteEntry, 'name' | 'kind' | 'size'>[]> {
  const found = path === '' ? undefined : await files.stat(path);
  if (found?.kind === 'file') return [{ name: path, ...found }];
  return files.list(path);
}

function lineOf({ name, kind, size }: Pick<RemoteEntry, 'name' | 'kind' | 'size'>): string {
  return kind === 'folder' ? `${'-'.padStart(9)} ${name}/` : `${String(size).padStart(9)} ${name}`;
}

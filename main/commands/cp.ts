/** `tether cp`: copies files and folders to the board, from it, or on it. */

import { CommandError, UsageError } from './command';
import { BoardPlace, ComputerPlace, type CopyPlace } from './copy-place';
import { boardPath, parseOptions } from './options';
import { withFiles } from './with-board';

interface End {
  readonly place: CopyPlace;
  readonly path: string;
}

export async function run(args: readonly string[]): Promise<number> {
  const { port, flags, rest } = parseOptions(args, { recursive: 'r' }, { least: 2 });
  const sources = rest.slice(0, -1);
  const target = rest.at(-1) ?? '';
  if (![...sources, target].some((path) => boardPath(path) !== undefined)) {
    throw new UsageError('Nothing of this is on the board: a path there begins with a colon, as :main.py.');
  }
  await withFiles(port, 'copying the files', async (files, cancel) => {
    const board = new BoardPlace(files, cancel);
    const computer = new ComputerPlace();
    const endOf = (argument: string): End => {
      const path = boardPath(argument);
      return path === undefined ? { place: computer, path: argument } : { place: board, path };
    };
    const to = endOf(target);
    const into = await isFolderToFill(to, sources.length);
    for (const source of sources.map(endOf)) await copy(source, to, into, flags.has('recursive'));
  });
  return 0;
}

/** Whether the sources go into the target, rather than take its name. */
async function isFolderToFill({ place, path }: End, sources: number): Promise<boolean> {
  const kind = await place.kindOf(path);
  if (kind === 'folder') return true;
  if (kind === 'file' && path.endsWith('/')) throw new CommandError(`${path} is not a folder.`);
  if (sources > 1) throw new CommandError(`${path} is not a folder, so it cannot take several files.`);
  return path.endsWith('/');
}

async function copy(source: End, to: End, into: boolean, recursive: boolean): Promise<void> {
  const kind = await source.place.kindOf(source.path);
  if (kind === undefined) throw new CommandError(`${shown(source)} is not there.`);
  if (kind === 'folder' && !recursive)
    throw new CommandError(`${shown(source)} is a folder. -r copies it with all it holds.`);
  const name = source.place.baseName(source.path);
  const target = into && name !== '' ? to.place.join(to.path, name) : to.path;
  if (kind === 'file') {
    await to.place.write(target, await source.place.read(source.path));
    return;
  }
  await to.place.makeFolder(target);
  for (const inner of await source.place.namesIn(source.path)) {
    await to.place.write(to.place.join(target, inner), await source.place.read(source.place.join(source.path, inner)));
  }
}

function shown({ place, path }: End): string {
  return place instanceof BoardPlace ? `:${path}` : path;
}

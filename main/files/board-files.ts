/** Defines BoardFiles: a board's files as a window sees them, each operation a task on the open board. */
import { AppError } from '../../runtime/contract/app-error';
import type { BoardId, FileEntry, FolderListing, Volume } from '../../runtime/contract/types';
import { RemoteFsError } from '../../runtime/link/errors';
import type { RemoteEntry, RemoteFs, RemotePath } from '../../runtime/link/remote-fs';
import type { TaskRunner, TaskWords } from '../boards/connection';
import { folderOf, nameOf } from '../boards/link-errors';
import { byKindAndName, checkName } from './file-name';

const MISSING: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENODEV']);

export class BoardFiles {
  readonly #connection: (board: BoardId) => TaskRunner;
  /** Names that are no UTF-8, by the path under which they are shown. */
  readonly #odd = new Map<string, Uint8Array>();

  constructor(connection: (board: BoardId) => TaskRunner) {
    this.#connection = connection;
  }

  list(board: BoardId, path: string): Promise<FolderListing> {
    const words: TaskWords = { doing: 'listing', file: null, task: 'reading the file list' };
    return this.#task(board, words, async (files) => {
      const found = await files.list(this.remotePath(board, path)).catch((error: unknown) => {
        if (!(error instanceof RemoteFsError) || !MISSING.has(error.code)) throw error;
        throw new AppError('folder-missing', { folder: nameOf(path), place: 'board' }, error.systemText);
      });
      return {
        path,
        name: nameOf(path),
        parent: path === '/' ? null : folderOf(path),
        entries: found.map((entry) => this.entry(board, path, entry)).sort(byKindAndName),
      };
    });
  }

  read(board: BoardId, path: string): Promise<Uint8Array> {
    const words: TaskWords = { doing: 'reading', file: nameOf(path), task: 'reading the file' };
    return this.#task(board, words, (files, report) =>
      files.read(this.remotePath(board, path), {
        onProgress: (done, total) => report(nameOf(path), part(done, total)),
      }),
    );
  }

  write(board: BoardId, path: string, bytes: Uint8Array): Promise<FileEntry> {
    const words: TaskWords = { doing: 'uploading', file: nameOf(path), task: 'saving the file' };
    return this.#task(board, words, async (files, report) => {
      await files.write(this.remotePath(board, path), bytes, {
        onProgress: (done, total) => report(nameOf(path), part(done, total)),
      });
      return fileEntry(path, bytes.length);
    });
  }

  create(board: BoardId, folder: string, name: string, bytes: Uint8Array): Promise<FileEntry> {
    checkName(name, 'board');
    const path = joinPath(folder, name);
    return this.#task(board, { doing: 'writing', file: name, task: 'making the file' }, async (files) => {
      await refuseTaken(files, path);
      await files.write(path, bytes);
      return fileEntry(path, bytes.length);
    });
  }

  makeFolder(board: BoardId, folder: string, name: string): Promise<FileEntry> {
    checkName(name, 'board');
    const path = joinPath(folder, name);
    return this.#task(board, { doing: 'writing', file: name, task: 'making the folder' }, async (files) => {
      await refuseTaken(files, path);
      await files.makeFolder(path);
      return { name, path, kind: 'folder', size: 0, modified: null };
    });
  }

  move(board: BoardId, path: string, folder: string, name: string): Promise<FileEntry> {
    checkName(name, 'board');
    const target = joinPath(folder, name);
    return this.#task(board, { doing: 'renaming', file: nameOf(path), task: 'renaming the file' }, async (files) => {
      if (target !== path) {
        await refuseTaken(files, target);
        await files.rename(this.remotePath(board, path), target);
      }
      const found = await files.stat(target);
      return { name, path: target, kind: found?.kind ?? 'file', size: found?.size ?? 0, modified: null };
    });
  }

  remove(board: BoardId, paths: readonly string[]): Promise<void> {
    return this.#task(board, { doing: 'deleting', file: null, task: 'deleting the file' }, async (files, report) => {
      for (const [index, path] of paths.entries()) {
        report(nameOf(path), index / paths.length);
        await files.removeTree(this.remotePath(board, path));
      }
    });
  }

  volumes(board: BoardId): Promise<readonly Volume[]> {
    const words: TaskWords = { doing: 'listing', file: null, task: 'reading the free space' };
    return this.#task(board, words, async (files) => {
      const volumes = await files.volumes();
      // A board without volumes, such as a micro:bit, has its files all the same.
      if (volumes.length === 0) return [{ path: '/', space: null }];
      return volumes.map(({ path, size, free }) => ({ path, space: { size, free } }));
    });
  }

  /** What the board's file operations take for a path that a window has. */
  remotePath(board: BoardId, path: string): RemotePath {
    return this.#odd.get(`${board} ${path}`) ?? path;
  }

  /** An entry as a window shows it; a name that is no UTF-8 gets words that name its bytes, and can be renamed and deleted. */
  entry(board: BoardId, folder: string, { name, path, readable, kind, size }: RemoteEntry): FileEntry {
    if (readable || typeof path === 'string') return { name, path: joinPath(folder, name), kind, size, modified: null };
    const bytes = Buffer.from(path.slice(path.lastIndexOf(0x2f) + 1));
    const words = `name cannot be shown (bytes ${bytes.toString('hex').replace(/..(?=.)/g, '$& ')})`;
    const shown = joinPath(folder, words);
    this.#odd.set(`${board} ${shown}`, path);
    return { name: words, path: shown, kind, size, modified: null };
  }

  #task<T>(
    board: BoardId,
    words: TaskWords,
    work: (files: RemoteFs, report: (file: string, fraction: number) => void) => Promise<T>,
  ): Promise<T> {
    return this.#connection(board).task(words, ({ files }, report) => work(files, report));
  }
}

export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** 1 for a file without bytes, which is done at once. */
export function part(done: number, total: number): number {
  return total === 0 ? 1 : done / total;
}

async function refuseTaken(files: RemoteFs, path: string): Promise<void> {
  const there = await files.stat(path);
  if (there === undefined) return;
  const folder = folderOf(path);
  throw new AppError('name-taken', { folder: nameOf(folder), name: nameOf(path), kind: there.kind });
}

function fileEntry(path: string, size: number): FileEntry {
  return { name: nameOf(path), path, kind: 'file', size, modified: null };
}

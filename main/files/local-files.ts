/** Defines the files of this computer as a window sees them: listed, read, written whole, moved without replacing anything. */
import { lstat, mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../runtime/contract/app-error';
import type { FileEntry, FolderListing } from '../../runtime/contract/types';
import { byKindAndName, checkName } from './file-name';
import { replaceFile } from './replace-file';

export async function listFolder(path: string): Promise<FolderListing> {
  const folder = resolve(path);
  const found = await readdir(folder).catch((error: unknown) => {
    throw diskError(error, folder, 'folder');
  });
  const entries = await Promise.all(found.map((name) => entryOf(join(folder, name))));
  const parent = dirname(folder);
  return {
    path: folder,
    name: basename(folder) || folder,
    parent: parent === folder ? null : parent,
    entries: entries.sort(byKindAndName),
  };
}

export async function readLocal(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: unknown) => {
    throw diskError(error, path, 'file');
  });
}

/** Writes the whole file; the old one stays until the new one is on the disk. The folder has to be there. */
export async function writeLocal(path: string, bytes: Uint8Array): Promise<FileEntry> {
  await replaceFile(path, bytes).catch((error: unknown) => {
    throw diskError(error, path, 'file');
  });
  return entryOf(path);
}

/** Makes a file that is not there yet. */
export async function createLocal(folder: string, name: string, bytes: Uint8Array): Promise<FileEntry> {
  checkName(name);
  const path = join(folder, name);
  await writeFile(path, bytes, { flag: 'wx' }).catch(async (error: unknown) => {
    throw await takenOr(error, path);
  });
  return entryOf(path);
}

export async function makeLocalFolder(folder: string, name: string): Promise<FileEntry> {
  checkName(name);
  const path = join(folder, name);
  await mkdir(path).catch(async (error: unknown) => {
    throw await takenOr(error, path);
  });
  return entryOf(path);
}

/** Renames or moves. Nothing is ever replaced; a name may change its case only. */
export async function moveLocal(path: string, folder: string, name: string): Promise<FileEntry> {
  checkName(name);
  const target = join(folder, name);
  const there = await lstat(target).catch(() => undefined);
  if (there !== undefined && !(await isSameFile(path, target))) throw taken(target, there.isDirectory());
  await rename(path, target).catch((error: unknown) => {
    throw diskError(error, path, 'file');
  });
  return entryOf(target);
}

/** All files in a file or folder, with their paths relative to the folder that holds it, always with `/`. Links to folders are not followed. */
export async function filesIn(
  path: string,
): Promise<{ readonly path: string; readonly name: string; readonly size: number }[]> {
  const walk = async (at: string, name: string): Promise<{ path: string; name: string; size: number }[]> => {
    const found = await lstat(at);
    if (!found.isDirectory()) return [{ path: at, name, size: (await stat(at)).size }];
    const nested = await Promise.all(
      (await readdir(at)).sort().map((child) => walk(join(at, child), `${name}/${child}`)),
    );
    return nested.flat();
  };
  return walk(path, basename(path)).catch((error: unknown) => {
    throw diskError(error, path, 'file');
  });
}

/** The system's error as one that a person is told. */
export function diskError(error: unknown, path: string, kind: 'file' | 'folder'): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const name = basename(path);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return kind === 'folder'
        ? new AppError('folder-missing', { folder: name, place: 'computer' }, message)
        : new AppError('file-missing', { file: name, place: 'computer' }, message);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
      return new AppError('disk-denied', { name }, message);
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', { file: name }, message);
    default:
      return error;
  }
}

async function entryOf(path: string): Promise<FileEntry> {
  // A link that leads nowhere is a file that cannot be read; it must not empty the list.
  const found = await stat(path).catch(() => lstat(path).catch(() => undefined));
  const isFolder = found?.isDirectory() === true;
  return {
    name: basename(path),
    path,
    kind: isFolder ? 'folder' : 'file',
    size: isFolder ? 0 : (found?.size ?? 0),
    modified: found === undefined ? null : Math.floor(found.mtimeMs),
  };
}

async function takenOr(error: unknown, path: string): Promise<unknown> {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return diskError(error, dirname(path), 'folder');
  const there = await lstat(path).catch(() => undefined);
  return taken(path, there?.isDirectory() === true);
}

function taken(path: string, isFolder: boolean): AppError {
  const folder = basename(dirname(path)) || dirname(path);
  return new AppError('name-taken', { folder, name: basename(path), kind: isFolder ? 'folder' : 'file' });
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([lstat(a).catch(() => undefined), lstat(b).catch(() => undefined)]);
  return first !== undefined && first.ino !== 0 && first.ino === second?.ino && first.dev === second.dev;
}

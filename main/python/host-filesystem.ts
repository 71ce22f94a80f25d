/** Defines `HostFileSystem`: the files of this computer for `tether python`, as MicroPython's `VfsPosix` gives them. */

import fs from 'node:fs';
import nodePath from 'node:path';
import { Errno, FsError } from '../../runtime/vfs/errno';
import {
  ClosedFileError,
  S_IFDIR,
  S_IFREG,
  SEEK_CUR,
  SEEK_SET,
  type DirectoryEntry,
  type FileHandle,
  type FileStat,
  type FileSystem,
  type PathKind,
  type VolumeStat,
  type Whence,
} from '../../runtime/vfs/filesystem';

/** The current directory of a program, which all its host file systems share. */
export interface WorkingDirectory {
  /** An absolute path of this computer. */
  path: string;
}

/**
 * Errors carry MicroPython's (Linux's) numbers on every system. `x` in a mode means nothing, and relative paths, `..`
 * and symbolic links lead out of the root, both as in MicroPython.
 *
 * A program sees this computer when it is mounted at `/` and `vfs.chdir(files.getcwd())` follows.
 */
export class HostFileSystem implements FileSystem {
  /** Where relative paths begin. The directory of the process is never changed: threads cannot do that. */
  readonly directory: WorkingDirectory;
  /** Without a last `/`; empty when paths are those of this computer. */
  private readonly root: string;
  private readonly = false;

  /**
   * @param directory the current directory, or that of another host file system to share it; where the process runs when missing
   * @param root the directory that `/` means, `VfsPosix(root)`; paths are those of this computer when missing
   */
  constructor(directory: string | WorkingDirectory = process.cwd(), root?: string) {
    this.directory = typeof directory === 'string' ? { path: nodePath.resolve(directory) } : directory;
    this.root = root === undefined ? '' : nodePath.resolve(this.directory.path, root).replace(/[/\\]+$/, '');
  }

  /** EPERM with `mkfs`. */
  mount(readonly: boolean, mkfs: boolean): void {
    this.readonly ||= readonly;
    if (mkfs) throw new FsError(Errno.EPERM);
  }

  umount(): void {
    // Nothing was taken, so nothing is given back.
  }

  open(path: string, mode: string): FileHandle {
    if (this.readonly && /[wa+]/.test(mode)) throw new FsError(Errno.EROFS);
    const flags = openFlags(mode);
    const hostPath = this.locate(path);
    return new HostFile(
      attempt(() => fs.openSync(hostPath, flags, 0o644)),
      (flags & fs.constants.O_APPEND) !== 0,
    );
  }

  list(path: string): Iterable<DirectoryEntry> {
    const entries = attempt(() =>
      fs.readdirSync(path === '' ? this.directory.path : this.locate(path), { withFileTypes: true }),
    );
    return entries.map((entry) => ({ name: entry.name, type: fileType(entry), inode: 0 }));
  }

  stat(path: string): FileStat {
    const stat = attempt(() => fs.statSync(this.locate(path)));
    const { mode, ino, dev, nlink, uid, gid, size } = stat;
    const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
    const times = { atime: seconds(stat.atimeMs), mtime: seconds(stat.mtimeMs), ctime: seconds(stat.ctimeMs) };
    return { mode, ino, dev, nlink, uid, gid, size, ...times };
  }

  kindOf(path: string): PathKind {
    try {
      const stat = fs.statSync(this.locate(path), { throwIfNoEntry: false });
      return stat === undefined ? 'none' : stat.isDirectory() ? 'directory' : 'file';
    } catch {
      return 'none'; // A part of the path is no directory, or not to be entered.
    }
  }

  /** EOPNOTSUPP under a Node before 18.15, which cannot tell. */
  statvfs(path: string): VolumeStat {
    if (!('statfsSync' in fs)) throw new FsError(Errno.EOPNOTSUPP);
    const { bsize, blocks, bfree, bavail, files, ffree } = attempt(() => fs.statfsSync(this.locate(path)));
    return { bsize, frsize: bsize, blocks, bfree, bavail, files, ffree, favail: ffree, flag: 0, namemax: 255 };
  }

  mkdir(path: string): void {
    this.change(() => fs.mkdirSync(this.locate(path)));
  }

  rmdir(path: string): void {
    const hostPath = this.locate(path);
    // Windows says ENOENT of a file.
    this.change(
      () => fs.rmdirSync(hostPath),
      () => (isFile(hostPath) ? Errno.ENOTDIR : undefined),
    );
  }

  remove(path: string): void {
    const hostPath = this.locate(path);
    // macOS and Windows say EPERM of a directory.
    this.change(
      () => fs.unlinkSync(hostPath),
      () => (isDirectory(hostPath) ? Errno.EISDIR : undefined),
    );
  }

  rename(oldPath: string, newPath: string): void {
    this.change(() => fs.renameSync(this.locate(oldPath), this.locate(newPath)));
  }

  chdir(path: string): void {
    const target = attempt(() => fs.realpathSync(this.locate(path)));
    if (!isDirectory(target)) throw new FsError(Errno.ENOTDIR);
    this.directory.path = target;
  }

  /** With a root, the path in it, and an empty string for the root itself, as MicroPython has it. */
  getcwd(): string {
    attempt(() => fs.statSync(this.directory.path));
    return this.directory.path.slice(this.root.length).replaceAll('\\', '/');
  }

  private locate(path: string): string {
    if (path === '') throw new FsError(Errno.ENOENT);
    if (path.startsWith('/')) return this.root + path;
    // Not `resolve`, which would take a last `/` for nothing: behind a file it is an error.
    return nodePath.isAbsolute(path) ? path : `${this.directory.path}/${path}`;
  }

  /** Changes something. What this system says of a failure is replaced by what `clearer` knows of it, if anything. */
  private change(operation: () => void, clearer?: () => number | undefined): void {
    if (this.readonly) throw new FsError(Errno.EROFS);
    try {
      attempt(operation);
    } catch (error) {
      const errno = clearer?.();
      throw errno === undefined ? error : new FsError(errno);
    }
  }
}

/** A file by its descriptor. Its position is kept here, because Node cannot ask for it. */
class HostFile implements FileHandle {
  closed = false;
  private position = 0;
  private readonly seekable: boolean;

  constructor(
    private readonly descriptor: number,
    private readonly appending: boolean,
  ) {
    this.seekable = attempt(() => fs.fstatSync(descriptor)).isFile();
  }

  readInto(buffer: Uint8Array): number {
    this.mustBeOpen();
    if (buffer.length === 0) return 0;
    const count = attempt(() =>
      fs.readSync(this.descriptor, buffer, 0, buffer.length, this.seekable ? this.position : null),
    );
    this.position += count;
    return count;
  }

  write(data: Uint8Array): number {
    this.mustBeOpen();
    for (let done = 0; done < data.length;) {
      const at = this.seekable && !this.appending ? this.position : null;
      const count = attempt(() => fs.writeSync(this.descriptor, data, done, data.length - done, at));
      done += count;
      this.position += count;
    }
    if (this.appending && this.seekable) this.position = this.size();
    return data.length;
  }

  seek(offset: number, whence: Whence): number {
    this.mustBeOpen();
    if (!this.seekable) throw new FsError(Errno.ESPIPE);
    const base = whence === SEEK_SET ? 0 : whence === SEEK_CUR ? this.position : this.size();
    if (base + offset < 0) throw new FsError(Errno.EINVAL);
    this.position = base + offset;
    return this.position;
  }

  tell(): number {
    return this.seek(0, SEEK_CUR);
  }

  flush(): void {
    this.mustBeOpen();
    if (!this.seekable) return;
    try {
      fs.fsyncSync(this.descriptor);
    } catch (error) {
      // Windows refuses this for a file that is only read, where there is nothing to do.
      const refused = ['EPERM', 'EBADF', 'EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '');
      if (!refused) throw translate(error);
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    attempt(() => {
      fs.closeSync(this.descriptor);
    });
  }

  fileno(): number {
    this.mustBeOpen();
    return this.descriptor;
  }

  private size(): number {
    return attempt(() => fs.fstatSync(this.descriptor)).size;
  }

  private mustBeOpen(): void {
    if (this.closed) throw new ClosedFileError();
  }
}

/** Reads a mode as MicroPython does for files of a computer: of `r`, `w` and `a` the last one counts, others are ignored. */
function openFlags(mode: string): number {
  const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;
  let access = O_RDONLY;
  let rest = 0;
  for (const letter of mode) {
    if (letter === 'r') access = O_RDONLY;
    else if (letter === '+') access = O_RDWR;
    else if (letter === 'w' || letter === 'a') {
      access = O_WRONLY;
      rest = O_CREAT | (letter === 'w' ? O_TRUNC : O_APPEND);
    }
  }
  return access | rest;
}

function fileType(entry: fs.Dirent): number {
  if (entry.isFile()) return S_IFREG;
  if (entry.isDirectory()) return S_IFDIR;
  if (entry.isSymbolicLink()) return 0xa000;
  if (entry.isFIFO()) return 0x1000;
  if (entry.isCharacterDevice()) return 0x2000;
  if (entry.isBlockDevice()) return 0x6000;
  return entry.isSocket() ? 0xc000 : 0;
}

function isDirectory(path: string): boolean {
  return fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(path: string): boolean {
  return fs.statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Does something with files of this computer and turns what Node raises into an `FsError`. */
function attempt<T>(operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    throw translate(error);
  }
}

/** Names that Node has for errors, and MicroPython has not, under a number that says the same. */
const otherNames: Record<string, number> = {
  ENOTSUP: Errno.EOPNOTSUPP,
  EDQUOT: Errno.ENOSPC,
  ERR_INVALID_ARG_VALUE: Errno.EINVAL,
};

/** Numbers differ from system to system, so errors are known by their names. A name that says nothing here is EIO. */
function translate(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const errno = (Errno as Record<string, number>)[code] ?? otherNames[code] ?? Errno.EIO;
  return new FsError(errno);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

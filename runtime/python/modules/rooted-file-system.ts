/** A part of a computer's file system as a file system of its own: what `VfsPosix(root)` gives. */
import { Errno, FsError } from '../../vfs/errno';
import {
  isDirectory,
  type DirectoryEntry,
  type FileHandle,
  type FileStat,
  type FileSystem,
  type VolumeStat,
} from '../../vfs/filesystem';
import { resolvePath } from '../../vfs/path';

/** Absolute paths begin at the root; others at the current directory, which is that of the whole. */
export class RootedFileSystem implements FileSystem {
  private readonly root: string;
  private readonly: boolean;

  /** @param root a directory of `whole`, as a program says it */
  constructor(
    private readonly whole: FileSystem,
    root: string,
  ) {
    this.readonly = false;
    const path = root === '' ? '' : resolvePath(whole.getcwd(), root);
    if (path !== '' && !isDirectory(whole.stat(path))) throw new FsError(Errno.ENOTDIR);
    this.root = path === '/' ? '' : path;
  }

  private inside(path: string): string {
    return path.startsWith('/') ? this.root + path : path;
  }

  private changing(path: string): string {
    if (this.readonly) throw new FsError(Errno.EROFS);
    return this.inside(path);
  }

  mount(readonly: boolean, mkfs: boolean): void {
    if (mkfs) throw new FsError(Errno.EPERM);
    if (readonly) this.readonly = true;
  }

  umount(): void {
    // The files stay where they are.
  }

  open(path: string, mode: string): FileHandle {
    const writes = /[wax+]/.test(mode);
    return this.whole.open(writes ? this.changing(path) : this.inside(path), mode);
  }

  list(path: string): Iterable<DirectoryEntry> {
    return this.whole.list(this.inside(path === '' ? '.' : path));
  }
  stat(path: string): FileStat {
    return this.whole.stat(this.inside(path));
  }
  statvfs(path: string): VolumeStat {
    return this.whole.statvfs(this.inside(path));
  }
  mkdir(path: string): void {
    this.whole.mkdir(this.changing(path));
  }
  rmdir(path: string): void {
    this.whole.rmdir(this.changing(path));
  }
  remove(path: string): void {
    this.whole.remove(this.changing(path));
  }
  rename(oldPath: string, newPath: string): void {
    this.whole.rename(this.changing(oldPath), this.changing(newPath));
  }
  chdir(path: string): void {
    this.whole.chdir(this.inside(path));
  }
  getcwd(): string {
    return this.whole.getcwd().slice(this.root.length);
  }
}

/** Defines `Vfs`: one tree of files made of mounted file systems, with a current directory, as MicroPython has it. */

import { Errno, FsError } from './errno';
import {
  isDirectory,
  S_IFDIR,
  type DirectoryEntry,
  type FileHandle,
  type FileStat,
  type FileSystem,
  type PathKind,
  type VolumeStat,
} from './filesystem';

/** A row of the mount table. */
export interface Mount {
  /** `/` or `/name`. */
  readonly point: string;
  readonly fileSystem: FileSystem;
}

/**
 * Where a path leads: to a mounted file system and the path in it, to the virtual root that holds the mount points, or
 * nowhere because nothing is mounted there.
 */
export type Location =
  | { readonly kind: 'mounted'; readonly mount: Mount; readonly path: string }
  | { readonly kind: 'root' }
  | { readonly kind: 'nowhere' };

const rootStat: FileStat = {
  mode: S_IFDIR,
  ino: 0,
  dev: 0,
  nlink: 0,
  uid: 0,
  gid: 0,
  size: 0,
  atime: 0,
  mtime: 0,
  ctime: 0,
};

/** The longest path, in bytes, that MicroPython promises for the virtual root. */
const pathMax = 128;

const emptyVolume: VolumeStat = {
  bsize: 0,
  frsize: 0,
  blocks: 0,
  bfree: 0,
  bavail: 0,
  files: 0,
  ffree: 0,
  favail: 0,
  flag: 0,
  namemax: pathMax,
};

/**
 * The mount table and what `open`, `import` and `os` do with paths.
 *
 * All operations raise what the file system raises, and of their own: ENODEV when nothing is mounted where the path
 * leads, EPERM when the operation makes no sense on the virtual root.
 *
 * A file system written in Python is mounted as a `FileSystem` that calls the object's methods. Where the caller needs
 * the object itself (`open()` may return anything then), it asks `locate()` and calls the method with that path.
 */
export class Vfs {
  /** In order of search. What is mounted at `/` is always last. */
  private table: Mount[] = [];
  /** The mount that holds the current directory, or null for the virtual root. */
  private current: Mount | null = null;

  /** The mount table, for `vfs.mount()` without arguments. */
  mounts(): readonly Mount[] {
    return [...this.table];
  }

  /**
   * Calls `fileSystem.mount(readonly, mkfs)` and adds it to the tree.
   * EPERM when the mount point is in use; the file system has been told to mount all the same, as in MicroPython.
   */
  mount(fileSystem: FileSystem, point: string, options: { readonly?: boolean; mkfs?: boolean } = {}): void {
    fileSystem.mount(options.readonly ?? false, options.mkfs ?? false);
    const existing = this.locate(point);
    if (existing.kind === 'mounted' && !(point.length !== 1 && existing.mount.point.length === 1)) {
      throw new FsError(Errno.EPERM);
    }
    const last = this.table.findIndex((mount) => mount.point.length === 1);
    this.table.splice(last < 0 ? this.table.length : last, 0, { point, fileSystem });
  }

  /**
   * Takes a file system out of the tree, then calls its `umount()`.
   * If the current directory was in it, that becomes `/`. EINVAL when it is not mounted.
   * @param target the mount point, spelled as it was when mounting, or the file system itself
   */
  umount(target: string | FileSystem): void {
    const index = this.table.findIndex((mount) => mount.point === target || mount.fileSystem === target);
    const mount = this.table[index];
    if (mount === undefined) throw new FsError(Errno.EINVAL);
    this.table.splice(index, 1);
    if (this.current === mount) this.current = null;
    mount.fileSystem.umount();
  }

  /** Finds the file system that a path belongs to. Never fails. */
  locate(path: string): Location {
    if (!path.startsWith('/') && this.current !== null) return { kind: 'mounted', mount: this.current, path };
    const rest = path.startsWith('/') ? path.slice(1) : path;
    if (rest === '') return { kind: 'root' };
    for (const mount of this.table) {
      const name = mount.point.slice(1);
      if (name === '') return { kind: 'mounted', mount, path };
      if (rest === name) return { kind: 'mounted', mount, path: '/' };
      if (rest.startsWith(name) && rest[name.length] === '/') {
        return { kind: 'mounted', mount, path: rest.slice(name.length) };
      }
    }
    return { kind: 'nowhere' };
  }

  /** See `FileSystem.open`. */
  open(path: string, mode = 'r'): FileHandle {
    const at = this.mounted(path);
    return at.mount.fileSystem.open(at.path, mode);
  }

  /** See `FileSystem.list`. The virtual root lists the mount points, then what is in a file system mounted at `/`. */
  list(path = ''): Iterable<DirectoryEntry> {
    if (this.locate(path).kind === 'root') return listRoot(this.mounts());
    const at = this.mounted(path);
    return at.mount.fileSystem.list(at.path);
  }

  stat(path: string): FileStat {
    if (this.locate(path).kind === 'root') return rootStat;
    const at = this.mounted(path);
    return at.mount.fileSystem.stat(at.path);
  }

  /** What `import` wants to know: it takes every `FsError` for "not there". */
  importStat(path: string): PathKind {
    const at = this.locate(path);
    if (at.kind !== 'mounted') return 'none';
    const { fileSystem } = at.mount;
    if (fileSystem.kindOf !== undefined) return fileSystem.kindOf(at.path);
    try {
      return isDirectory(fileSystem.stat(at.path)) ? 'directory' : 'file';
    } catch (error) {
      if (error instanceof FsError) return 'none';
      throw error;
    }
  }

  statvfs(path: string): VolumeStat {
    if (this.locate(path).kind === 'root') {
      return this.rootMount()?.fileSystem.statvfs('/') ?? emptyVolume;
    }
    const at = this.mounted(path);
    return at.mount.fileSystem.statvfs(at.path);
  }

  /** EEXIST for the virtual root and for mount points; otherwise see `FileSystem.mkdir`. */
  mkdir(path: string): void {
    const at = this.locate(path);
    if (at.kind === 'root' || (at.kind === 'mounted' && at.path === '/')) throw new FsError(Errno.EEXIST);
    const { mount, path: inner } = this.mounted(path);
    mount.fileSystem.mkdir(inner);
  }

  rmdir(path: string): void {
    const at = this.mounted(path);
    at.mount.fileSystem.rmdir(at.path);
  }

  remove(path: string): void {
    const at = this.mounted(path);
    at.mount.fileSystem.remove(at.path);
  }

  /** EPERM when the two paths lead to different file systems; otherwise see `FileSystem.rename`. */
  rename(oldPath: string, newPath: string): void {
    const from = this.locate(oldPath);
    const to = this.locate(newPath);
    if (from.kind !== 'mounted' || to.kind !== 'mounted') {
      throw new FsError(from.kind === 'nowhere' && to.kind === 'nowhere' ? Errno.ENODEV : Errno.EPERM);
    }
    if (from.mount !== to.mount) throw new FsError(Errno.EPERM);
    from.mount.fileSystem.rename(from.path, to.path);
  }

  /** When it fails, the current directory stays. */
  chdir(path: string): void {
    if (this.locate(path).kind === 'root') {
      // Relative paths must begin at the root of a file system that is mounted at `/`.
      this.rootMount()?.fileSystem.chdir('/');
      this.current = null;
      return;
    }
    const at = this.mounted(path);
    at.mount.fileSystem.chdir(at.path);
    this.current = at.mount;
  }

  getcwd(): string {
    if (this.current === null) return '/';
    const { point, fileSystem } = this.current;
    const directory = fileSystem.getcwd();
    if (point.length === 1) return directory;
    return directory === '/' ? point : point + directory;
  }

  /** Makes every device write what it holds back: `os.sync()`. */
  sync(): void {
    for (const mount of this.table) mount.fileSystem.sync?.();
  }

  /** Closes every file still open: for a soft reset, before the file systems are taken out of the tree. */
  closeFiles(): void {
    for (const mount of this.table) mount.fileSystem.closeFiles?.();
  }

  private rootMount(): Mount | undefined {
    return this.table.find((mount) => mount.point.length === 1);
  }

  private mounted(path: string): Extract<Location, { kind: 'mounted' }> {
    const at = this.locate(path);
    if (at.kind === 'nowhere') throw new FsError(Errno.ENODEV);
    if (at.kind === 'root') throw new FsError(Errno.EPERM);
    return at;
  }
}

function* listRoot(mounts: readonly Mount[]): Iterable<DirectoryEntry> {
  for (const { point, fileSystem } of mounts) {
    if (point.length === 1) {
      yield* fileSystem.list('/');
    } else {
      yield { name: point.slice(1), type: S_IFDIR, inode: 0 };
    }
  }
}

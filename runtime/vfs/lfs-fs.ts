/** Defines `LfsFs`: what the file systems of both versions of littlefs do alike with paths, modes and times. */

import type { BlockDevice } from './block-device';
import { Errno, FsError } from './errno';
import {
  S_IFDIR,
  S_IFREG,
  parseMode,
  type DirectoryEntry,
  type FileHandle,
  type FileStat,
  type FileSystem,
  type OpenFlags,
  type VolumeStat,
} from './filesystem';
import { LfsDisk, defaultGeometry, type LfsGeometry } from './lfs/disk';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8';

export interface LfsOptions extends Partial<LfsGeometry> {
  /** Nanoseconds since 1970, for the times of files. Without it, files have none. */
  readonly now?: () => bigint;
  /** The first second of the epoch in which `stat` tells times, since 1970. */
  readonly epoch?: number;
}

/** The disk of a device, used as the options say. */
export function diskOf(device: BlockDevice, options: LfsOptions): LfsDisk {
  return new LfsDisk(device, { ...defaultGeometry, ...options });
}

/** A file or directory as listed. */
export interface LfsItem {
  readonly name: Uint8Array;
  readonly isDirectory: boolean;
  readonly size: number;
  /** Nanoseconds since 1970. */
  readonly modified?: bigint;
}

const NANOSECONDS = 1_000_000_000n;

export const nameBytes = (name: string): Uint8Array => encodeUtf8(name);

/** A path is a list of names, and the file system's business from there on. */
export abstract class LfsFs implements FileSystem {
  private directory = '/';

  constructor(
    readonly disk: LfsDisk,
    private readonly epoch: number,
  ) {}

  protected abstract readonly volume: { eachUsedBlock(visit: (block: number) => void): void };
  protected abstract openAt(names: readonly string[], flags: OpenFlags): FileHandle;
  protected abstract listAt(names: readonly string[]): readonly LfsItem[];
  protected abstract statAt(names: readonly string[]): LfsItem;
  protected abstract mkdirAt(names: readonly string[]): void;
  protected abstract removeAt(names: readonly string[]): void;
  protected abstract renameAt(from: readonly string[], to: readonly string[]): void;
  protected abstract openFiles(): Iterable<FileHandle>;

  /** `..` above the root: EINVAL, or the root. */
  protected readonly strictRoot: boolean = true;

  closeFiles(): void {
    for (const file of [...this.openFiles()]) ignoringErrors(() => { file.close(); }); // prettier-ignore
  }

  flushFiles(): void {
    for (const file of [...this.openFiles()]) ignoringErrors(() => { file.flush(); }); // prettier-ignore
  }

  mount(readonly: boolean): void {
    if (readonly) this.disk.readonly = true;
  }

  umount(): void {
    // As in MicroPython, the object stays usable.
  }

  /** The names that lead from the root to a path. */
  private namesOf(path: string): string[] {
    const names: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${this.directory}/${path}`).split('/')) {
      if (part === '' || part === '.') continue;
      if (part !== '..') names.push(part);
      else if (names.pop() === undefined && this.strictRoot) throw new FsError(Errno.EINVAL);
    }
    return names;
  }

  open(path: string, mode: string): FileHandle {
    if (mode.replace(/[^rwxa]/g, '').length > 1) throw new FsError(Errno.EINVAL);
    const flags = parseMode(mode === '' || !/[rwxa+]/.test(mode) ? `r${mode}` : mode);
    if (flags.write && !this.disk.isWritable) throw new FsError(Errno.EROFS);
    return this.openAt(this.namesOf(path), flags);
  }

  list(path: string): Iterable<DirectoryEntry> {
    return this.listAt(this.namesOf(path)).map(({ name, isDirectory, size }) => ({
      name: decodeUtf8(name),
      type: isDirectory ? S_IFDIR : S_IFREG,
      inode: 0,
      size,
    }));
  }

  stat(path: string): FileStat {
    const { isDirectory, size, modified } = this.statAt(this.namesOf(path));
    const time = modified === undefined ? 0 : Number(modified / NANOSECONDS) - this.epoch;
    const mode = isDirectory ? S_IFDIR : S_IFREG;
    return { mode, ino: 0, dev: 0, nlink: 0, uid: 0, gid: 0, size, atime: time, mtime: time, ctime: time };
  }

  statvfs(): VolumeStat {
    const { blockSize, blockCount } = this.disk;
    let used = 0;
    this.volume.eachUsedBlock(() => used++);
    // A pair may be counted twice, so on a full device there may be less than none.
    const free = Math.max(0, blockCount - used);
    return {
      bsize: blockSize,
      frsize: blockSize,
      blocks: blockCount,
      bfree: free,
      bavail: free,
      files: 0,
      ffree: 0,
      favail: 0,
      flag: 0,
      namemax: 255,
    };
  }

  mkdir(path: string): void {
    this.mkdirAt(this.namesOf(path));
  }

  rmdir(path: string): void {
    this.removeAt(this.namesOf(path));
  }

  remove(path: string): void {
    this.removeAt(this.namesOf(path));
  }

  rename(oldPath: string, newPath: string): void {
    this.renameAt(this.namesOf(oldPath), this.namesOf(newPath));
  }

  chdir(path: string): void {
    const names = this.namesOf(path);
    if (names.length > 0 && !this.statAt(names).isDirectory) throw new FsError(Errno.ENOENT);
    this.directory = `/${names.join('/')}`;
  }

  getcwd(): string {
    return this.directory;
  }
}

function ignoringErrors(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
  }
}

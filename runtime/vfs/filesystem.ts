/**
 * Defines `FileSystem` and `FileHandle`: the seam between those who use files (Python's `open`, `import`, `io`, `os`
 * and `vfs`, the simulated board) and those who store them (FAT, memory, this computer).
 *
 * Everything is synchronous: a call returns when it is done, because Python waits for it.
 *
 * Every failure is an `FsError` whose `errno` is the one that MicroPython gives in the same case. Where file systems
 * of MicroPython differ among themselves (a directory that is not empty: EACCES on FAT, ENOTEMPTY on a computer), ours
 * differ in the same way.
 *
 * Paths are what MicroPython's virtual file system hands to the file system mounted in it: absolute paths begin with
 * `/` and start at the root of *this* file system, others at its current directory; `''` is the current directory.
 */

/** `FileStat.mode` and `DirectoryEntry.type` of a directory. A computer adds permission bits to it. */
export const S_IFDIR = 0x4000;
/** `FileStat.mode` and `DirectoryEntry.type` of an ordinary file. */
export const S_IFREG = 0x8000;

/** The bits of `FileStat.mode` that tell what a thing is. */
const S_IFMT = 0xf000;

/** What `os.stat()` tells. Times are whole seconds since the epoch of the port (2000 on a pyboard, 1970 on a computer). */
export interface FileStat {
  readonly mode: number;
  readonly ino: number;
  readonly dev: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes. */
  readonly size: number;
  readonly atime: number;
  readonly mtime: number;
  readonly ctime: number;
}

/** What `os.statvfs()` tells. Space in bytes is `bfree * frsize`. */
export interface VolumeStat {
  readonly bsize: number;
  readonly frsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
  readonly favail: number;
  readonly flag: number;
  readonly namemax: number;
}

/** One row of `os.ilistdir()`. */
export interface DirectoryEntry {
  readonly name: string;
  /** `S_IFDIR`, `S_IFREG`, or another file type of this computer. */
  readonly type: number;
  /** The inode number, 0 where there is none. */
  readonly inode: number;
  /** In bytes. Where it is missing, Python's row has three items and not four. */
  readonly size?: number;
}

/** Where `FileHandle.seek` counts from: the beginning, the position, the end. The numbers are those of Python. */
export const SEEK_SET = 0;
export const SEEK_CUR = 1;
export const SEEK_END = 2;
export type Whence = typeof SEEK_SET | typeof SEEK_CUR | typeof SEEK_END;

/**
 * An open file: raw bytes, one position. Text, lines and buffering are the business of the caller.
 *
 * After `close()` every operation except `close()` fails: on FAT and in memory with EINVAL, on this computer's files
 * with `ClosedFileError`. Only FAT's `seek` and `tell` go on answering with the last position.
 */
export interface FileHandle {
  /** True from the first `close()` on. */
  readonly closed: boolean;

  /**
   * Reads at the position, moves it, and returns how many bytes came: `buffer.length`, fewer near the end, 0 at the end.
   * EACCES (FAT, memory) or EBADF (computer) when the file was not opened for reading.
   */
  readInto(buffer: Uint8Array): number;

  /**
   * Writes all of `data` at the position, moves it, and returns how many bytes were written: `data.length`.
   * ENOSPC when the space ends on the way; what fitted is written then. EACCES or EBADF when the file was not opened for writing.
   */
  write(data: Uint8Array): number;

  /**
   * Moves the position and returns it. EINVAL when `offset` from the beginning is negative.
   *
   * A file open for writing may be moved past its end. On FAT it grows at once, with whatever the disk holds there, and
   * stops at where the disk is full; in memory and on a computer it grows at the next write, with zeros. A FAT file open
   * for reading only stops at its end.
   *
   * From the position or the end to before the beginning: EINVAL, but FAT takes it for far behind the end.
   */
  seek(offset: number, whence: Whence): number;

  tell(): number;

  /** Makes what was written so far safe: data, directory entry, device. EIO when the device fails. */
  flush(): void;

  /** Flushes and gives the file back. A second call does nothing. When it fails (EIO), the file stays open. */
  close(): void;

  /** True of littlefs: there Python shows a file without a number, and `ValueError()` says that it is closed. */
  readonly isLittle?: true;

  /** The number of the file at the operating system. Only files of this computer have one. */
  fileno?(): number;
}

/** What a path leads to. */
export type PathKind = 'none' | 'file' | 'directory';

/** Files in directories on one volume. */
export interface FileSystem {
  /**
   * Called once by `vfs.mount()` before the file system appears in the tree. Operations also work without it.
   * @param readonly from now on everything that changes a file or directory fails with EROFS
   * @param mkfs format the volume when it holds no file system. EPERM where that makes no sense.
   * ENODEV when there is no file system and `mkfs` is false.
   */
  mount(readonly: boolean, mkfs: boolean): void;

  /** Called once by `vfs.umount()`. Operations still work afterwards, as in MicroPython. */
  umount(): void;

  /**
   * Opens a file.
   * @param mode as given to Python's `open()`: `r`, `w`, `a`, `x`, `+`, and `b` or `t`, which file systems ignore
   * ENOENT no such file, or a directory of the path is missing; EEXIST mode `x` and it exists; EROFS; EINVAL a name that
   * the file system cannot hold, the root and the current directory among them.
   * A directory: ENOENT to read, EACCES to write (FAT, memory); EISDIR to write, and to read once it is read (computer).
   * No room for the name in the directory: EACCES (FAT), ENOSPC.
   */
  open(path: string, mode: string): FileHandle;

  /**
   * Lists a directory without `.` and `..`, in the order in which the file system holds the names.
   * Fails when called, not when first iterated: ENOENT (a file: ENOENT on FAT and in memory, ENOTDIR on a computer).
   */
  list(path: string): Iterable<DirectoryEntry>;

  /** ENOENT when there is no such thing. */
  stat(path: string): FileStat;

  /** What there is at a path, where that is quicker to tell than `stat` fails: import looks in many places. */
  kindOf?(path: string): PathKind;

  /** Facts of the volume; the path does not matter except on a computer, which may hold several volumes. */
  statvfs(path: string): VolumeStat;

  /**
   * EEXIST: there is a file or directory of that name. ENOENT: the directory above is missing. EROFS.
   * No room: EACCES (FAT), ENOSPC (computer).
   */
  mkdir(path: string): void;

  /**
   * Removes an empty directory. ENOENT; ENOTDIR; EROFS; when it is not empty, EACCES (FAT, memory) or ENOTEMPTY
   * (computer). FAT and memory also refuse the current directory, with EACCES.
   */
  rmdir(path: string): void;

  /** Removes a file. ENOENT; EISDIR; EROFS. */
  remove(path: string): void;

  /**
   * Gives a file or directory another name or another place, replacing a file that has that name.
   * ENOENT; EROFS; EISDIR when the new name is that of a directory; EINVAL for a directory into itself.
   */
  rename(oldPath: string, newPath: string): void;

  /** ENOENT when it is missing; a file is ENOENT (FAT, memory) or ENOTDIR (computer). */
  chdir(path: string): void;

  /** The current directory as an absolute path in this file system, `/` at first. A computer's own is where the process runs. */
  getcwd(): string;

  /**
   * `os.sync()`: makes the device write what it holds back. Of open files this is only what they have flushed.
   * Missing where nothing is held back.
   */
  sync?(): void;

  /**
   * Closes every file still open, as MicroPython does for the files that it collects at a soft reset. Errors are passed
   * over. Missing where nothing is lost if nobody does.
   */
  closeFiles?(): void;

  /**
   * Makes safe what files still open have written, for programs that drop a file without closing it. Errors are passed
   * over. Missing where nothing is held back.
   */
  flushFiles?(): void;
}

/** Raised where Python gives `ValueError('I/O operation on closed file')`. */
export class ClosedFileError extends Error {
  override readonly name = 'ClosedFileError';

  constructor() {
    super('I/O operation on closed file');
  }
}

/** A mode string of `open()`, taken apart as MicroPython's FAT does: letters add up, unknown ones are ignored. */
export interface OpenFlags {
  readonly read: boolean;
  readonly write: boolean;
  /** What becomes of a file that is missing or there. */
  readonly disposition: 'existing' | 'truncate' | 'new' | 'append';
}

export function parseMode(mode: string): OpenFlags {
  const has = (letter: string): boolean => mode.includes(letter);
  const disposition = has('x') ? 'new' : has('w') ? 'truncate' : has('a') ? 'append' : 'existing';
  return { read: has('r') || has('+'), write: disposition !== 'existing' || has('+'), disposition };
}

/** True when a file opened with `mode` gives Python bytes and not text: of several letters the last one counts. */
export function isBinaryMode(mode: string): boolean {
  return mode.lastIndexOf('b') > mode.lastIndexOf('t');
}

export function isDirectory(stat: FileStat): boolean {
  return (stat.mode & S_IFMT) === S_IFDIR;
}

/** A `FileStat` in the order of Python's tuple. */
export function statTuple(stat: FileStat): number[] {
  const { mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime } = stat;
  return [mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime];
}

/** A `VolumeStat` in the order of Python's tuple. */
export function volumeStatTuple(stat: VolumeStat): number[] {
  const { bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax } = stat;
  return [bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax];
}

/** Reads from the position to the end. */
export function readToEnd(file: FileHandle): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (let size = 4096; ; size *= 2) {
    const chunk = new Uint8Array(size);
    const count = file.readInto(chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    total += count;
  }
  const all = new Uint8Array(total);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}

/** The whole content of a file. */
export function readFile(files: Pick<FileSystem, 'open'>, path: string): Uint8Array {
  const file = files.open(path, 'rb');
  try {
    return readToEnd(file);
  } finally {
    file.close();
  }
}

/** Creates or replaces a file. */
export function writeFile(files: Pick<FileSystem, 'open'>, path: string, data: Uint8Array): void {
  const file = files.open(path, 'wb');
  try {
    file.write(data);
  } finally {
    file.close();
  }
}

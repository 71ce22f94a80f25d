/**
 * Defines `MemoryFs`: files in memory, gone with the object. Errors are those of MicroPython's FAT, except that a full
 * disk is always ENOSPC; names are compared letter for letter and may be anything without `/`.
 */

import { Errno, FsError } from './errno';
import {
  parseMode,
  S_IFDIR,
  S_IFREG,
  SEEK_CUR,
  SEEK_SET,
  type DirectoryEntry,
  type FileHandle,
  type FileStat,
  type FileSystem,
  type OpenFlags,
  type VolumeStat,
  type Whence,
} from './filesystem';
import { resolvePath, splitPath } from './path';

export interface MemoryFsOptions {
  /** How much fits, in bytes; files take whole blocks. 16 MiB when missing. */
  readonly capacity?: number;
  /** The time in seconds since the epoch of the port. Always 0 when missing. */
  readonly now?: () => number;
}

const blockSize = 512;
const longestName = 255;

interface MemoryFile {
  readonly kind: 'file';
  /** The content is the first `size` bytes. */
  data: Uint8Array;
  size: number;
  modified: number;
}

interface MemoryDirectory {
  readonly kind: 'directory';
  readonly entries: Map<string, MemoryFile | MemoryDirectory>;
  readonly modified: number;
}

type MemoryNode = MemoryFile | MemoryDirectory;

export class MemoryFs implements FileSystem {
  private readonly root: MemoryDirectory;
  private readonly blocks: number;
  private readonly now: () => number;
  private usedBlocks = 0;
  private directory = '/';
  private readonly = false;

  constructor(options: MemoryFsOptions = {}) {
    this.blocks = Math.floor((options.capacity ?? 16 * 1024 * 1024) / blockSize);
    this.now = options.now ?? (() => 0);
    this.root = { kind: 'directory', entries: new Map(), modified: this.now() };
  }

  mount(readonly: boolean): void {
    this.readonly ||= readonly;
  }

  umount(): void {
    // The files stay, as in MicroPython.
  }

  open(path: string, mode: string): FileHandle {
    const flags = parseMode(mode);
    if (flags.write) this.mustBeWritable();
    const { parent, name } = this.findParent(path);
    let file = parent.entries.get(name);
    if (file?.kind === 'directory') {
      throw new FsError(flags.disposition === 'existing' ? Errno.ENOENT : Errno.EACCES);
    }
    if (file === undefined) {
      if (flags.disposition === 'existing') throw new FsError(Errno.ENOENT);
      file = { kind: 'file', data: new Uint8Array(0), size: 0, modified: this.now() };
      parent.entries.set(name, file);
    } else if (flags.disposition === 'new') {
      throw new FsError(Errno.EEXIST);
    } else if (flags.disposition === 'truncate') {
      this.release(file);
    }
    return new MemoryHandle(file, flags, (target, size) => this.resize(target, size));
  }

  list(path: string): Iterable<DirectoryEntry> {
    return [...this.findDirectory(path).entries].map(([name, node]) =>
      node.kind === 'file'
        ? { name, type: S_IFREG, inode: 0, size: node.size }
        : { name, type: S_IFDIR, inode: 0, size: 0 },
    );
  }

  stat(path: string): FileStat {
    const node = this.find(path);
    if (node === undefined) throw new FsError(Errno.ENOENT);
    const mode = node.kind === 'file' ? S_IFREG : S_IFDIR;
    const size = node.kind === 'file' ? node.size : 0;
    const time = node.modified;
    return { mode, ino: 0, dev: 0, nlink: 0, uid: 0, gid: 0, size, atime: time, mtime: time, ctime: time };
  }

  statvfs(): VolumeStat {
    const free = this.blocks - this.usedBlocks;
    return {
      bsize: blockSize,
      frsize: blockSize,
      blocks: this.blocks,
      bfree: free,
      bavail: free,
      files: 0,
      ffree: 0,
      favail: 0,
      flag: 0,
      namemax: longestName,
    };
  }

  mkdir(path: string): void {
    this.mustBeWritable();
    const target = resolvePath(this.directory, path);
    if (target === '/') throw new FsError(Errno.EEXIST);
    const { parent, name } = this.findParent(path);
    if (parent.entries.has(name)) throw new FsError(Errno.EEXIST);
    parent.entries.set(name, { kind: 'directory', entries: new Map(), modified: this.now() });
  }

  rmdir(path: string): void {
    const { parent, name } = this.findParent(path);
    const node = parent.entries.get(name);
    if (node === undefined) throw new FsError(Errno.ENOENT);
    if (node.kind !== 'directory') throw new FsError(Errno.ENOTDIR);
    this.mustBeWritable();
    const inUse = resolvePath(this.directory, path) === this.directory;
    if (inUse || node.entries.size > 0) throw new FsError(Errno.EACCES);
    parent.entries.delete(name);
  }

  remove(path: string): void {
    const { parent, name } = this.findParent(path);
    const node = parent.entries.get(name);
    if (node === undefined) throw new FsError(Errno.ENOENT);
    if (node.kind !== 'file') throw new FsError(Errno.EISDIR);
    this.mustBeWritable();
    parent.entries.delete(name);
    this.release(node);
  }

  rename(oldPath: string, newPath: string): void {
    this.mustBeWritable();
    const from = this.findParent(oldPath);
    const node = from.parent.entries.get(from.name);
    if (node === undefined) throw new FsError(Errno.ENOENT);
    const to = this.findParent(newPath);
    const taken = to.parent.entries.get(to.name);
    if (taken === node) return;
    const oldPlace = resolvePath(this.directory, oldPath);
    if (`${resolvePath(this.directory, newPath)}/`.startsWith(`${oldPlace}/`)) throw new FsError(Errno.EINVAL);
    if (taken !== undefined) this.remove(newPath);
    from.parent.entries.delete(from.name);
    to.parent.entries.set(to.name, node);
  }

  chdir(path: string): void {
    this.findDirectory(path);
    this.directory = resolvePath(this.directory, path);
  }

  getcwd(): string {
    return this.directory;
  }

  private mustBeWritable(): void {
    if (this.readonly) throw new FsError(Errno.EROFS);
  }

  private find(path: string): MemoryNode | undefined {
    let node: MemoryNode | undefined = this.root;
    for (const part of resolvePath(this.directory, path).split('/')) {
      if (part === '') continue;
      node = node.kind === 'directory' ? node.entries.get(part) : undefined;
      if (node === undefined) return undefined;
    }
    return node;
  }

  private findDirectory(path: string): MemoryDirectory {
    const node = this.find(path);
    if (node?.kind !== 'directory') throw new FsError(Errno.ENOENT);
    return node;
  }

  /** The directory that a name is or will be in. EINVAL for the root, which is in none, and for a name that is too long. */
  private findParent(path: string): { parent: MemoryDirectory; name: string } {
    const { directory, name } = splitPath(resolvePath(this.directory, path));
    const parent = this.findDirectory(directory);
    if (name === '' || name.length > longestName) throw new FsError(Errno.EINVAL);
    return { parent, name };
  }

  private release(file: MemoryFile): void {
    this.usedBlocks -= blocksOf(file.size);
    file.size = 0;
    file.modified = this.now();
  }

  /** Makes a file larger, as far as there is room, and returns its size then. */
  private resize(file: MemoryFile, wanted: number): number {
    const available = (blocksOf(file.size) + this.blocks - this.usedBlocks) * blockSize;
    const size = Math.max(file.size, Math.min(wanted, available));
    this.usedBlocks += blocksOf(size) - blocksOf(file.size);
    if (size > file.data.length) {
      const data = new Uint8Array(Math.max(size, file.data.length * 2));
      data.set(file.data.subarray(0, file.size));
      file.data = data;
    } else {
      file.data.fill(0, file.size, size);
    }
    file.size = size;
    file.modified = this.now();
    return size;
  }
}

function blocksOf(size: number): number {
  return Math.ceil(size / blockSize);
}

class MemoryHandle implements FileHandle {
  closed = false;
  private position: number;

  constructor(
    private readonly file: MemoryFile,
    private readonly flags: OpenFlags,
    private readonly resize: (file: MemoryFile, size: number) => number,
  ) {
    this.position = flags.disposition === 'append' ? file.size : 0;
  }

  readInto(buffer: Uint8Array): number {
    this.check(this.flags.read);
    const data = this.file.data.subarray(this.position, Math.min(this.file.size, this.position + buffer.length));
    buffer.set(data);
    this.position += data.length;
    return data.length;
  }

  write(data: Uint8Array): number {
    this.check(this.flags.write);
    if (data.length === 0) return 0;
    const end = this.position + data.length;
    const size = Math.max(this.file.size, end > this.file.size ? this.resize(this.file, end) : 0);
    const count = Math.max(0, Math.min(data.length, size - this.position));
    this.file.data.set(data.subarray(0, count), this.position);
    this.position += count;
    if (count < data.length) throw new FsError(Errno.ENOSPC);
    return count;
  }

  seek(offset: number, whence: Whence): number {
    this.check(true);
    const base = whence === SEEK_SET ? 0 : whence === SEEK_CUR ? this.position : this.file.size;
    if (base + offset < 0) throw new FsError(Errno.EINVAL);
    this.position = base + offset;
    return this.position;
  }

  tell(): number {
    this.check(true);
    return this.position;
  }

  flush(): void {
    this.check(true);
  }

  close(): void {
    this.closed = true;
  }

  private check(allowed: boolean): void {
    if (this.closed) throw new FsError(Errno.EINVAL);
    if (!allowed) throw new FsError(Errno.EACCES);
  }
}

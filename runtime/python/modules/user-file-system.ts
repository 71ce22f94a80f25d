/** A file system written in Python, as the tree of files sees it. */
import { ObjectBase, type PyObject } from '../objects/object';
import { call } from '../interpreter/operators';
import { getAttribute } from '../interpreter/attributes';
import { machineInt } from '../objects/slice';
import { Errno, FsError } from '../../vfs/errno';
import type { DirectoryEntry, FileHandle, FileStat, FileSystem, VolumeStat, Whence } from '../../vfs/filesystem';
import type { PyStream } from './stream';
import { readExactly, writeExactly } from './stream';
import { streamOf } from './user-stream';

/** An open file of such a file system. */
class UserFile implements FileHandle {
  closed = false;
  private readonly stream: PyStream;

  constructor(private readonly object: PyObject) {
    this.stream = streamOf(object);
    this.stream.prepareForReader();
  }

  readInto(buffer: Uint8Array): number {
    return Math.max(0, readExactly(this.stream, buffer));
  }

  write(data: Uint8Array): number {
    return Math.max(0, writeExactly(this.stream, data));
  }

  seek(offset: number, whence: Whence): number {
    return this.stream.seek(offset, whence);
  }

  tell(): number {
    return this.stream.seek(0, 1);
  }

  flush(): void {
    this.stream.flush();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.object instanceof ObjectBase) this.stream.close();
  }
}

const numbers = (value: PyObject): number[] => (value.la ?? []).map(machineInt);

/**
 * Calls the methods of `object`. What they raise goes on as it is, except that `stat` then says ENOENT, because
 * `import` takes everything for "not there".
 */
export class UserFileSystem implements FileSystem {
  constructor(readonly object: PyObject) {}

  private ask(method: string, ...args: PyObject[]): PyObject {
    return call(getAttribute(this.object, method), ...args);
  }

  mount(readonly: boolean, mkfs: boolean): void {
    this.ask('mount', readonly, mkfs);
  }

  umount(): void {
    this.ask('umount');
  }

  open(path: string, mode: string): FileHandle {
    return new UserFile(this.ask('open', path, mode));
  }

  *list(path: string): Iterable<DirectoryEntry> {
    const it = this.ask('ilistdir', path).py_iter();
    for (let row = it.n(); row !== undefined; row = it.n()) {
      const [name, type, inode] = row.la ?? [];
      yield {
        name: name?.py_str() ?? '',
        type: machineInt(type ?? 0),
        inode: machineInt(inode ?? 0),
      };
    }
  }

  stat(path: string): FileStat {
    let items: number[];
    try {
      items = numbers(this.ask('stat', path));
    } catch (e) {
      if ((e as Partial<PyObject>).cls?.isException === true) throw new FsError(Errno.ENOENT);
      throw e;
    }
    const [mode = 0, ino = 0, dev = 0, nlink = 0, uid = 0, gid = 0, size = 0, atime = 0, mtime = 0, ctime = 0] = items;
    return { mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime };
  }

  statvfs(path: string): VolumeStat {
    const items = numbers(this.ask('statvfs', path));
    const [bsize = 0, frsize = 0, blocks = 0, bfree = 0, bavail = 0] = items;
    const [files = 0, ffree = 0, favail = 0, flag = 0, namemax = 0] = items.slice(5);
    return { bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax };
  }

  mkdir(path: string): void {
    this.ask('mkdir', path);
  }
  rmdir(path: string): void {
    this.ask('rmdir', path);
  }
  remove(path: string): void {
    this.ask('remove', path);
  }
  rename(oldPath: string, newPath: string): void {
    this.ask('rename', oldPath, newPath);
  }
  chdir(path: string): void {
    this.ask('chdir', path);
  }
  getcwd(): string {
    return this.ask('getcwd').py_str();
  }
}

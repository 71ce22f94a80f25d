/** File systems as Python objects: VfsFat on a block device, VfsPosix for this computer's files. */
import type { Interpreter } from '../interpreter/interpreter';
import { call } from '../interpreter/operators';
import { findAttribute, getAttribute } from '../interpreter/attributes';
import { makeBytes } from '../objects/bytes';
import { encodeUtf8 } from '../../bytes/utf8';
import { None, ObjectBase, type PyIterator, type PyObject } from '../objects/object';
import { BuiltinIterator } from '../objects/iterator';
import { osError, raise } from '../objects/raise';
import { heap } from '../objects/heap';
import { PyMemoryView } from '../objects/memoryview';
import { machineInt } from '../objects/slice';
import { PyTuple } from '../objects/tuple';
import { truth } from '../interpreter/operators';
import { defineType, type MethodRow, type PyType } from '../objects/type';
import { makeStr } from '../objects/wide-str';
import { BlockIoctl, type BlockDevice } from '../../vfs/block-device';
import { Errno } from '../../vfs/errno';
import { FatFs } from '../../vfs/fat-fs';
import { isBinaryMode, statTuple, volumeStatTuple, type DirectoryEntry, type FileSystem } from '../../vfs/filesystem';
import { isBytes, textArgument } from './arguments';
import { RootedFileSystem } from './rooted-file-system';
import { PyBinaryFile, PyTextFile, StoredFile } from './file';
import { EPOCH_2000 } from './time';

/** A file system, whether it is mounted or not. */
export class PyFileSystem extends ObjectBase {
  constructor(readonly fileSystem: FileSystem) {
    super();
  }
}

class PyVfsFat extends PyFileSystem {}
class PyVfsPosix extends PyFileSystem {}

/** Draws the rows of `ilistdir`. */
export class DirectoryIterator extends BuiltinIterator {
  private readonly entries: Iterator<DirectoryEntry>;

  constructor(
    entries: Iterable<DirectoryEntry>,
    /** Names are bytes, as the path was. */
    private readonly asBytes = false,
  ) {
    super();
    this.entries = entries[Symbol.iterator]();
  }

  n(): PyObject | undefined {
    const step = this.entries.next();
    if (step.done === true) return undefined;
    const { name, type, inode, size } = step.value;
    const row: PyObject[] = [this.asBytes ? makeBytes(encodeUtf8(name)) : makeStr(name), type, inode];
    if (size !== undefined) row.push(size);
    return new PyTuple(row);
  }
}

/** A block device written in Python, or one of a board's own. */
class UserBlockDevice implements BlockDevice {
  readonly writeblocks?: (block: number, buffer: Uint8Array, offset?: number) => number;

  constructor(private readonly object: PyObject) {
    if (findAttribute(object, 'writeblocks') !== undefined) {
      this.writeblocks = (block, buffer, offset) => this.transfer('writeblocks', block, buffer, offset);
    }
  }

  /** The protocol of old, with a method for each operation. */
  private old(operation: number): PyObject {
    const method = OLD_METHODS[operation];
    return method === undefined ? None : call(getAttribute(this.object, method));
  }

  readblocks(block: number, buffer: Uint8Array, offset?: number): number {
    return this.transfer('readblocks', block, buffer, offset);
  }

  private transfer(method: string, block: number, buffer: Uint8Array, offset?: number): number {
    const f = getAttribute(this.object, method);
    const data = new PyMemoryView(buffer, 'B', false);
    const result = offset === undefined ? call(f, block, data) : call(f, block, data, offset);
    if (result === None) return 0;
    const status = machineInt(result);
    return status > 0 ? -Errno.EINVAL : status;
  }

  ioctl(operation: number, argument: number): number | undefined {
    const ioctl = findAttribute(this.object, 'ioctl');
    const result = ioctl === undefined ? this.old(operation) : call(ioctl, operation, argument);
    return result === None ? undefined : machineInt(result);
  }
}

const OLD_METHODS: Readonly<Record<number, string>> = { [BlockIoctl.sync]: 'sync', [BlockIoctl.blockCount]: 'count' };

/** A device of the library's own, so that it need not go by way of Python. */
interface DeviceHolder extends PyObject {
  readonly blockDevice?: BlockDevice;
}

export const deviceOf = (object: PyObject): BlockDevice =>
  (object as DeviceHolder).blockDevice ?? new UserBlockDevice(object);

/** Makes a FAT file system on a block device. Times are those of the interpreter's machine. */
export function makeFat(interpreter: Interpreter, device: PyObject): PyFileSystem {
  const host = interpreter.profile === 'host';
  const epoch = host ? 0 : EPOCH_2000;
  const fat = new FatFs(deviceOf(device), {
    now: () => Math.floor(interpreter.hal.epoch() / 1000) - epoch,
    epochYear: host ? 1970 : 2000,
  });
  interpreter.noteFileSystem(fat);
  return new PyVfsFat(fat);
}

const objects = new WeakMap<FileSystem, PyFileSystem>();

/** The object that stands for a file system that Python did not make. */
export function objectOf(fileSystem: FileSystem): PyFileSystem {
  let object = objects.get(fileSystem);
  if (object === undefined) {
    object = fileSystem instanceof FatFs ? new PyVfsFat(fileSystem) : new PyVfsPosix(fileSystem);
    objects.set(fileSystem, object);
  }
  return object;
}

/** Keeps the object with its file system, so that `mount()` lists the same one. */
export function remember(object: PyFileSystem): void {
  objects.set(object.fileSystem, object);
}

function open(self: PyFileSystem, path: PyObject, mode: PyObject): PyObject {
  if (heap.locked > 0) raise('MemoryError', 'memory allocation failed, heap is locked');
  const text = textArgument(mode);
  const raw = new StoredFile(self.fileSystem.open(textArgument(path), text));
  return isBinaryMode(text) ? new PyBinaryFile(raw) : new PyTextFile(raw);
}

const ilistdir = (self: PyFileSystem, path: PyObject = ''): PyIterator =>
  new DirectoryIterator(self.fileSystem.list(textArgument(path)), isBytes(path));

/** A method that only changes something. */
const changing =
  (change: (fileSystem: FileSystem, path: string) => void) =>
  (self: PyFileSystem, path: PyObject): PyObject => {
    change(self.fileSystem, textArgument(path));
    return None;
  };

export const fileSystemMethods: readonly MethodRow[] = [
  ['open(self, path, mode, /)', open],
  ['ilistdir(self, path="", /)', ilistdir],
  ['mkdir(self, path, /)', changing((fs, path) => { fs.mkdir(path); })],
  ['rmdir(self, path, /)', changing((fs, path) => { fs.rmdir(path); })],
  ['chdir(self, path, /)', changing((fs, path) => { fs.chdir(path); })],
  ['remove(self, path, /)', changing((fs, path) => { fs.remove(path); })],
  [
    'rename(self, old, new, /)',
    (self: PyFileSystem, from: PyObject, to: PyObject) => {
      self.fileSystem.rename(textArgument(from), textArgument(to));
      return None;
    },
  ],
  ['getcwd(self, /)', (self: PyFileSystem) => makeStr(self.fileSystem.getcwd())],
  ['stat(self, path, /)', (self: PyFileSystem, path: PyObject) => new PyTuple(statTuple(self.fileSystem.stat(textArgument(path))))],
  [
    'statvfs(self, path, /)',
    (self: PyFileSystem, path: PyObject) => new PyTuple(volumeStatTuple(self.fileSystem.statvfs(textArgument(path)))),
  ],
  [
    'mount(self, readonly, mkfs, /)',
    (self: PyFileSystem, readonly: PyObject, mkfs: PyObject) => {
      self.fileSystem.mount(truth(readonly), truth(mkfs));
      return None;
    },
  ],
  [
    'umount(self, /)',
    (self: PyFileSystem) => {
      self.fileSystem.umount();
      return None;
    },
  ],
]; // prettier-ignore

function fat_mkfs(device: PyObject): PyObject {
  // Looks at the disk first, as MicroPython does.
  const { device: disk } = new FatFs(deviceOf(device));
  FatFs.format(disk);
  return None;
}

/** `VfsFat` of an interpreter: its instances tell the time of its machine. */
export function createVfsFat(interpreter: Interpreter): PyType {
  class Fat extends PyVfsFat {}
  return defineType({
    name: 'VfsFat',
    proto: Fat.prototype,
    make: ['VfsFat(device, /)', (device: PyObject) => new Fat(makeFat(interpreter, device).fileSystem)],
    methods: [...fileSystemMethods, ['mkfs(device, /)', fat_mkfs, 'static']],
  });
}

defineType({ name: 'VfsFat', proto: PyVfsFat.prototype, methods: fileSystemMethods });

/** `VfsPosix` of an interpreter: a part of the file system that is mounted at `/`. */
export function createVfsPosix(interpreter: Interpreter): PyType {
  const whole = interpreter.vfs.mounts().find((m) => m.point === '/')?.fileSystem;
  function posix_make(root: PyObject = ''): PyObject {
    if (whole === undefined) throw osError(Errno.ENODEV);
    return new Posix(new RootedFileSystem(whole, textArgument(root)));
  }
  class Posix extends PyVfsPosix {}
  return defineType({
    name: 'VfsPosix',
    proto: Posix.prototype,
    make: ['VfsPosix(root="", /)', posix_make],
    methods: fileSystemMethods,
  });
}

defineType({ name: 'VfsPosix', proto: PyVfsPosix.prototype, methods: fileSystemMethods });

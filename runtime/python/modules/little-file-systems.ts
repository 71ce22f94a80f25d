/** VfsLfs1 and VfsLfs2: littlefs on a block device. */
import type { Interpreter } from '../interpreter/interpreter';
import { truth } from '../interpreter/operators';
import { toException } from '../interpreter/traceback';
import { None, type PyObject } from '../objects/object';
import { machineInt } from '../objects/slice';
import { defineType, type PyType } from '../objects/type';
import type { BlockDevice } from '../../vfs/block-device';
import type { LfsFs, LfsOptions } from '../../vfs/lfs-fs';
import { Lfs1Fs } from '../../vfs/lfs1-fs';
import { Lfs2Fs } from '../../vfs/lfs2-fs';
import { PyFileSystem, deviceOf, fileSystemMethods } from './file-systems';
import { EPOCH_2000 } from './time';

/** What a version of littlefs is made with. */
interface Version {
  readonly name: 'VfsLfs1' | 'VfsLfs2';
  readonly FileSystem: {
    new (device: BlockDevice, options: LfsOptions): LfsFs;
    format(device: BlockDevice, options: LfsOptions): void;
  };
}

const VERSIONS: readonly [Version, Version] = [
  { name: 'VfsLfs1', FileSystem: Lfs1Fs },
  { name: 'VfsLfs2', FileSystem: Lfs2Fs },
];

const NANOSECONDS = 1_000_000;

/** The options of both `VfsLfs()` and `mkfs()`; the look-ahead means nothing here, where the whole device is looked at. */
function optionsOf(interpreter: Interpreter, read?: PyObject, program?: PyObject, mtime: PyObject = true): LfsOptions {
  const { hal, profile } = interpreter;
  return {
    ...(read === undefined ? {} : { readSize: machineInt(read) }),
    ...(program === undefined ? {} : { programSize: machineInt(program) }),
    ...(truth(mtime) ? { now: () => BigInt(Math.floor(hal.epoch() * NANOSECONDS)) } : {}),
    epoch: profile === 'host' ? 0 : EPOCH_2000,
  };
}

const PARAMETERS = '(device, /, *, readsize=32, progsize=32, lookahead=32, mtime=True)';

function createType(interpreter: Interpreter, { name, FileSystem }: Version): PyType {
  class PyVfsLfs extends PyFileSystem {}

  function lfs_make(
    device: PyObject,
    read?: PyObject,
    program?: PyObject,
    _ahead?: PyObject,
    mtime?: PyObject,
  ): PyObject {
    const fileSystem = new FileSystem(deviceOf(device), optionsOf(interpreter, read, program, mtime));
    interpreter.noteFileSystem(fileSystem);
    return new PyVfsLfs(fileSystem);
  }

  function lfs_mkfs(device: PyObject, read?: PyObject, program?: PyObject): PyObject {
    FileSystem.format(deviceOf(device), optionsOf(interpreter, read, program));
    return None;
  }

  return defineType({
    name,
    proto: PyVfsLfs.prototype,
    make: [`${name}${PARAMETERS}`, lfs_make],
    methods: [...fileSystemMethods, [`mkfs${PARAMETERS}`, lfs_mkfs, 'static']],
  });
}

const types = new WeakMap<Interpreter, readonly [PyType, PyType]>();

/** The types of an interpreter; they tell the time of its machine. */
export function createVfsLfs(interpreter: Interpreter): readonly [PyType, PyType] {
  let found = types.get(interpreter);
  if (found === undefined) {
    found = [createType(interpreter, VERSIONS[0]), createType(interpreter, VERSIONS[1])];
    types.set(interpreter, found);
  }
  return found;
}

/** Where the superblock of each version has its mark, from the beginning of blocks 0 and 1. */
const MARK = [...'littlefs'].map((c) => c.charCodeAt(0));
const MARKS_AT = [40, 8] as const;
const LOOKED_AT = 44;
const LOOK_FROM = 8;

/** The littlefs on a device, or undefined; whatever the device raises means that there is none. */
export function findLittle(interpreter: Interpreter, object: PyObject): PyFileSystem | undefined {
  try {
    const device = deviceOf(object);
    for (const block of [0, 1]) {
      const bytes = new Uint8Array(LOOKED_AT);
      if (device.readblocks(block, bytes, LOOK_FROM) !== 0) continue;
      for (const [version, at] of MARKS_AT.entries()) {
        if (!MARK.every((code, i) => bytes[at - LOOK_FROM + i] === code)) continue;
        if (version === 0 && interpreter.profile === 'board') continue;
        return createVfsLfs(interpreter)[version as 0 | 1](object) as PyFileSystem;
      }
    }
  } catch (thrown) {
    toException(thrown);
  }
  return undefined;
}

/** The vfs module: mounting. */
import type { Interpreter } from '../interpreter/interpreter';
import { findAttribute } from '../interpreter/attributes';
import { truth } from '../interpreter/operators';
import { PyList } from '../objects/list';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { typeError } from '../objects/raise';
import { PyTuple } from '../objects/tuple';
import { makeStr, textOf } from '../objects/wide-str';
import type { FileSystem } from '../../vfs/filesystem';
import { textArgument } from './arguments';
import { PyFileSystem, createVfsFat, makeFat, objectOf, remember, createVfsPosix } from './file-systems';
import { createVfsLfs, findLittle } from './little-file-systems';
import { UserFileSystem } from './user-file-system';

const pythonObject = (fileSystem: FileSystem): PyObject =>
  fileSystem instanceof UserFileSystem ? fileSystem.object : objectOf(fileSystem);

/** The file system that an object given to `mount` is, or that is on it where it is a block device. */
function fileSystemOf(interpreter: Interpreter, object: PyObject): FileSystem {
  const native = object.native ?? object;
  const own =
    native instanceof PyFileSystem
      ? native
      : findAttribute(object, 'mount') === undefined
        ? (findLittle(interpreter, object) ?? makeFat(interpreter, object))
        : undefined;
  if (own === undefined) return new UserFileSystem(object);
  remember(own);
  return own.fileSystem;
}

/** The rows that both `vfs` and, for old programs, `os` have. */
export function mountRows(interpreter: Interpreter): readonly ModuleRow[] {
  const { vfs } = interpreter;

  function vfs_mount(
    object?: PyObject,
    point?: PyObject,
    readonly: PyObject = false,
    mkfs: PyObject = false,
  ): PyObject {
    if (object === undefined) {
      return new PyList(vfs.mounts().map((m) => new PyTuple([pythonObject(m.fileSystem), makeStr(m.point)])));
    }
    if (point === undefined) throw typeError("'' argument required");
    const options = { readonly: truth(readonly), mkfs: truth(mkfs) };
    vfs.mount(fileSystemOf(interpreter, object), textArgument(point), options);
    return None;
  }

  function vfs_umount(target: PyObject): PyObject {
    const point = textOf(target);
    const native = target.native ?? target;
    const mounted = vfs.mounts().find((m) => {
      const { fileSystem } = m;
      if (fileSystem instanceof UserFileSystem) return fileSystem.object === target;
      return native instanceof PyFileSystem && native.fileSystem === fileSystem;
    });
    vfs.umount(point ?? mounted?.fileSystem ?? '');
    return None;
  }

  return [
    ['mount(object=None, point=None, /, *, readonly=False, mkfs=False)', vfs_mount],
    ['umount(target, /)', vfs_umount],
    ['VfsFat', typesOf(interpreter).fat, 'value'],
    ['VfsLfs2', typesOf(interpreter).little[1], 'value'],
    ...(interpreter.profile === 'host' ? hostRows(interpreter) : []),
  ];
}

const hostRows = (interpreter: Interpreter): readonly ModuleRow[] => [
  ['VfsLfs1', typesOf(interpreter).little[0], 'value'],
  ['VfsPosix', typesOf(interpreter).posix, 'value'],
];

interface Types {
  readonly fat: PyObject;
  readonly posix: PyObject;
  /** Of the two versions of littlefs. */
  readonly little: readonly [PyObject, PyObject];
}

const types = new WeakMap<Interpreter, Types>();

/** The types are the same in `vfs` and in `os`. */
function typesOf(interpreter: Interpreter): Types {
  let found = types.get(interpreter);
  if (found === undefined) {
    const [first, second] = createVfsLfs(interpreter);
    found = { fat: createVfsFat(interpreter), posix: createVfsPosix(interpreter), little: [first, second] };
    types.set(interpreter, found);
  }
  return found;
}

export function createVfs(interpreter: Interpreter): PyModule {
  return defineModule('vfs', mountRows(interpreter));
}

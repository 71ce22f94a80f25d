/** The os module. */
import type { Interpreter } from '../interpreter/interpreter';
import type { HostProcess } from '../interpreter/hal';
import { getAttribute } from '../interpreter/attributes';
import { call } from '../interpreter/operators';
import { makeBytes } from '../objects/bytes';
import { newBytes } from '../objects/array';
import { PyList } from '../objects/list';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { exception, osError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { PyTuple } from '../objects/tuple';
import { makeStr } from '../objects/wide-str';
import { Errno } from '../../vfs/errno';
import { statTuple, volumeStatTuple } from '../../vfs/filesystem';
import type { Vfs } from '../../vfs/vfs';
import { isBytes, textArgument } from './arguments';
import { DirectoryIterator } from './file-systems';
import { UserFileSystem } from './user-file-system';
import { mountRows } from './vfs';

/**
 * Does something with a path: where a file system written in Python is mounted, by its method of that name, otherwise
 * by `work`.
 */
function atPath(vfs: Vfs, method: string, path: string, work: (path: string) => PyObject): PyObject {
  const at = vfs.locate(path);
  if (at.kind === 'mounted' && at.mount.fileSystem instanceof UserFileSystem && at.path !== '') {
    return call(getAttribute(at.mount.fileSystem.object, method), at.path);
  }
  return work(path);
}

function fileRows({ vfs }: Interpreter): readonly ModuleRow[] {
  const ilistdir = (path: PyObject = ''): PyObject =>
    atPath(vfs, 'ilistdir', textArgument(path), (p) => new DirectoryIterator(vfs.list(p), isBytes(path)));

  function os_listdir(path?: PyObject): PyObject {
    const names: PyObject[] = [];
    const it = ilistdir(path).py_iter();
    for (let row = it.n(); row !== undefined; row = it.n()) names.push(row.py_getitem(0));
    return new PyList(names);
  }

  const changing =
    (method: 'mkdir' | 'rmdir' | 'remove' | 'chdir') =>
    (path: PyObject): PyObject => {
      vfs[method](textArgument(path));
      return None;
    };

  function os_rename(from: PyObject, to: PyObject): PyObject {
    vfs.rename(textArgument(from), textArgument(to));
    return None;
  }

  const os_stat = (path: PyObject): PyObject =>
    atPath(vfs, 'stat', textArgument(path), (p) => new PyTuple(statTuple(vfs.stat(p))));
  /** The virtual root tells of what is mounted there. */
  function os_statvfs(path: PyObject): PyObject {
    const text = textArgument(path);
    if (vfs.locate(text).kind === 'root') {
      const whole = vfs.mounts().find((m) => m.point === '/')?.fileSystem;
      if (whole instanceof UserFileSystem) return call(getAttribute(whole.object, 'statvfs'), '/');
    }
    return atPath(vfs, 'statvfs', text, (p) => new PyTuple(volumeStatTuple(vfs.statvfs(p))));
  }

  return [
    ['sep', '/', 'value'],
    ['chdir(path, /)', changing('chdir')],
    ['getcwd()', () => makeStr(vfs.getcwd())],
    ['ilistdir(path="", /)', ilistdir],
    ['listdir(path="", /)', os_listdir],
    ['mkdir(path, /)', changing('mkdir')],
    ['remove(path, /)', changing('remove')],
    ['rename(old, new, /)', os_rename],
    ['rmdir(path, /)', changing('rmdir')],
    ['stat(path, /)', os_stat],
    ['statvfs(path, /)', os_statvfs],
    ['unlink(path, /)', changing('remove')],
  ];
}

/** An environment of a program's own, empty at first, and no shell: for where there is no process. */
function noProcess(): HostProcess {
  const environment = new Map<string, string>();
  return {
    getVariable: (name) => environment.get(name),
    setVariable: (name, value) => {
      if (value === undefined) environment.delete(name);
      else environment.set(name, value);
    },
    run: () => {
      throw osError(Errno.EPERM);
    },
  };
}

/** What a program on a computer finds besides. */
function hostRows({ hal }: Interpreter): readonly ModuleRow[] {
  const process = hal.process ?? noProcess();
  let lastError = 0;

  function os_getenv(name: PyObject, otherwise: PyObject = None): PyObject {
    const value = process.getVariable(textArgument(name));
    return value === undefined ? otherwise : makeStr(value);
  }

  function os_putenv(name: PyObject, value: PyObject): PyObject {
    process.setVariable(variableName(name), textArgument(value));
    return None;
  }

  function os_unsetenv(name: PyObject): PyObject {
    process.setVariable(variableName(name), undefined);
    return None;
  }

  /** EINVAL for what no variable can be called. */
  function variableName(name: PyObject): string {
    const text = textArgument(name);
    if (text === '' || /[=\0]/.test(text)) throw osError(Errno.EINVAL);
    return text;
  }

  const os_system = (command: PyObject): PyObject => process.run(textArgument(command));

  function os_errno(errno?: PyObject): PyObject {
    if (errno === undefined) return lastError;
    lastError = machineInt(errno);
    return None;
  }

  return [
    ['getenv(name, default=None, /)', os_getenv],
    ['putenv(name, value, /)', os_putenv],
    ['unsetenv(name, /)', os_unsetenv],
    ['system(command, /)', os_system],
    ['errno(value=0, /)', os_errno],
  ];
}

export function createOs(interpreter: Interpreter): PyModule {
  const { hal, vfs } = interpreter;

  function os_urandom(count: PyObject): PyObject {
    const n = machineInt(count);
    if (n < 0) throw exception('ValueError');
    const bytes = newBytes(n);
    for (let i = 0; i < n; i++) bytes[i] = hal.random();
    return makeBytes(bytes);
  }

  function os_sync(): PyObject {
    vfs.sync();
    return None;
  }

  return defineModule('os', [
    ...fileRows(interpreter),
    ['urandom(count, /)', os_urandom],
    ...(interpreter.profile === 'host' ? hostRows(interpreter) : ([['sync()', os_sync]] as const)),
    ...mountRows(interpreter),
  ]);
}

/** The errno module. */
import { Errno } from '../../vfs/errno';
import { fixedDict } from '../objects/dict';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import type { PyObject } from '../objects/object';

/** The names that MicroPython offers. */
const NAMES = [
  'EPERM', 'ENOENT', 'EIO', 'EBADF', 'EAGAIN', 'ENOMEM', 'EACCES', 'EEXIST', 'ENODEV', 'EISDIR', 'EINVAL',
  'EOPNOTSUPP', 'EADDRINUSE', 'ECONNABORTED', 'ECONNRESET', 'ENOBUFS', 'ENOTCONN', 'ETIMEDOUT', 'ECONNREFUSED',
  'EHOSTUNREACH', 'EALREADY', 'EINPROGRESS',
] as const; // prettier-ignore

export function createErrno(): PyModule {
  const codes = NAMES.map((name): [PyObject, PyObject] => [Errno[name], name]);
  const rows = NAMES.map((name): ModuleRow => [name, Errno[name], 'value']);
  return defineModule('errno', [...rows, ['errorcode', fixedDict(codes), 'value']]);
}

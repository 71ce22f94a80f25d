/** The errno module. */
import { Errno, offeredErrors } from '../../vfs/errno';
import { fixedDict } from '../objects/dict';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import type { PyObject } from '../objects/object';

export function createErrno(): PyModule {
  const codes = offeredErrors.map((name): [PyObject, PyObject] => [Errno[name], name]);
  const rows = offeredErrors.map((name): ModuleRow => [name, Errno[name], 'value']);
  return defineModule('errno', [...rows, ['errorcode', fixedDict(codes), 'value']]);
}

/** The os module of a pyboard: that of every interpreter, and what the system is. */
import type { Interpreter } from '../../python/interpreter/interpreter';
import { AttributeTuple } from '../../python/modules/implementation';
import { createOs } from '../../python/modules/os';
import { defineModule, type PyModule } from '../../python/objects/module';
import { BUILD, MACHINE, RELEASE, SYSTEM } from '../pyboard';

export function createBoardOs(interpreter: Interpreter): PyModule {
  const os_uname = (): AttributeTuple =>
    new AttributeTuple([
      ['sysname', SYSTEM],
      ['nodename', SYSTEM],
      ['release', RELEASE],
      ['version', BUILD],
      ['machine', MACHINE],
    ]);
  const module = defineModule('os', [['uname()', os_uname]]);
  return Object.defineProperties(module, Object.getOwnPropertyDescriptors(createOs(interpreter)));
}

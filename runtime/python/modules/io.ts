/** The io module. */
import type { Interpreter } from '../interpreter/interpreter';
import type { Attributes, PyObject } from '../objects/object';
import { defineModule, type PyModule } from '../objects/module';
import { bytesIOType, stringIOType } from './memory-io';
import { ioBaseType } from './user-stream';

export function createIo(interpreter: Interpreter): PyModule {
  return defineModule('io', [
    ['open', (interpreter.builtins as unknown as Attributes).$open as PyObject, 'value'],
    ['IOBase', ioBaseType, 'value'],
    ['StringIO', stringIOType, 'value'],
    ['BytesIO', bytesIOType, 'value'],
  ]);
}

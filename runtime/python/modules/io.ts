/** The io module. */
import type { Interpreter } from '../interpreter/interpreter';
import { defineModule, type PyModule } from '../objects/module';
import { bytesIOType, stringIOType } from './memory-io';
import { createOpen } from './open';
import { ioBaseType } from './user-stream';

export function createIo(interpreter: Interpreter): PyModule {
  return defineModule('io', [
    ['open', createOpen(interpreter), 'value'],
    ['IOBase', ioBaseType, 'value'],
    ['StringIO', stringIOType, 'value'],
    ['BytesIO', bytesIOType, 'value'],
  ]);
}

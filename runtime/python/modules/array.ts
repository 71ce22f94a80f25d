/** The array module. */
import { arrayType } from '../objects/array';
import { defineModule, type PyModule } from '../objects/module';

export function createArray(): PyModule {
  return defineModule('array', [['array', arrayType, 'value']]);
}

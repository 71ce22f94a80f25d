/** The string module, and string.templatelib in it. */
import { defineModule, type PyModule } from '../objects/module';
import { interpolationType, templateType } from '../objects/template';

export function createString(): PyModule {
  const templatelib = defineModule('string.templatelib', [
    ['Template', templateType, 'value'],
    ['Interpolation', interpolationType, 'value'],
  ]);
  return defineModule('string', [['templatelib', templatelib, 'value']]);
}

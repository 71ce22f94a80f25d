/** The platform module. */
import type { Interpreter } from '../interpreter/interpreter';
import { defineModule, type PyModule } from '../objects/module';
import { PyTuple } from '../objects/tuple';
import { MICROPYTHON_VERSION, hostFacts } from './sys';

export function createPlatform(interpreter: Interpreter): PyModule {
  const { platform } = interpreter.options.facts ?? hostFacts;
  const { major, minor, micro, suffix } = MICROPYTHON_VERSION;
  const version = `${major}.${minor}.${micro}${suffix === undefined ? '' : `-${suffix}`}`;
  const text = `${platform}-${version}-javascript--with-tether`;
  return defineModule('platform', [
    ['platform()', () => text],
    ['python_compiler()', () => 'Tether'],
    ['libc_ver()', () => new PyTuple(['tether', version])],
  ]);
}

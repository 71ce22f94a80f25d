/** MicroPython as a whole: an interpreter with its builtins and modules. */
import { createBuiltins } from './builtins/index';
import type { ModuleTable } from './interpreter/import';
import { Interpreter, type InterpreterOptions } from './interpreter/interpreter';
import { builtinModules } from './modules/index';
import { createOpen } from './modules/open';

export type PythonOptions = Omit<InterpreterOptions, 'builtins' | 'modules'> & {
  /** Modules beyond those that every interpreter has, or in their place. */
  modules?: ModuleTable;
};

/** Makes an interpreter. */
export function createInterpreter(options: PythonOptions): Interpreter {
  return new Interpreter({
    ...options,
    builtins: (interpreter) => createBuiltins(interpreter, { open: createOpen(interpreter) }),
    modules: { ...builtinModules, ...options.modules },
  });
}

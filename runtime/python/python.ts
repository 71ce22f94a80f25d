/** MicroPython as a whole: an interpreter with its builtins and modules. */
import { checkJumps } from './bytecode/check-jumps';
import { createBuiltins } from './builtins/index';
import type { ModuleTable } from './interpreter/import';
import { baseExceptionGroupType, exceptionGroupType } from './interpreter/exception-group';
import { Interpreter, type InterpreterOptions } from './interpreter/interpreter';
import { checked } from './interpreter/signature';
import { builtinModules } from './modules/index';
import { builtin_open } from './modules/open';
import { builtin_template } from './objects/template';

export type PythonOptions = Omit<InterpreterOptions, 'builtins' | 'modules' | 'checkJumps'> & {
  /** Modules beyond those that every interpreter has, or in their place. */
  modules?: ModuleTable;
};

/** What a pyboard does not have. */
const hostBuiltins = {
  BaseExceptionGroup: baseExceptionGroupType,
  ExceptionGroup: exceptionGroupType,
  __template__: checked('__template__(strings, /, *fields)', builtin_template),
};

/** Makes an interpreter. */
export function createInterpreter(options: PythonOptions): Interpreter {
  return new Interpreter({
    ...options,
    builtins: (interpreter) =>
      createBuiltins(interpreter, {
        open: checked("open(file, mode='r', buffering=-1, encoding=None)", (file, mode, buffering) =>
          builtin_open(interpreter, file, mode, buffering),
        ),
        ...(interpreter.profile === 'host' ? hostBuiltins : {}),
      }),
    modules: { ...builtinModules, ...options.modules },
    checkJumps,
  });
}

/** Lists the bytecode that MicroPython would make of each source an interpreter compiles. */
import {
  compileBytecode,
  listModule,
  NoBytecode,
  namesOnComputer,
  readSource,
  targets,
} from '../../runtime/python/bytecode/index';
import type { CompileMode, Interpreter } from '../../runtime/python/interpreter/interpreter';
import { PySyntaxError } from '../../runtime/python/syntax/index';

/** Has the interpreter print the listing of what it compiles from now on. */
export function listCompiled(interpreter: Interpreter): void {
  // Names stay known from one source to the next.
  const names = namesOnComputer();
  interpreter.onCompiled = (source, file, mode) => interpreter.write(listing(interpreter, names, source, file, mode));
}

function listing(
  interpreter: Interpreter,
  names: Set<string>,
  source: string,
  file: string,
  mode: CompileMode,
): string {
  const { optimisation, profile } = interpreter;
  try {
    const facts = readSource(source, mode, interpreter.knownValues, names);
    return listModule(compileBytecode(facts, { file, optimisation, target: targets[profile] }));
  } catch (e) {
    // Python beyond MicroPython's, which only the host's grammar takes.
    if (e instanceof PySyntaxError) return `File ${file}: no bytecode, for MicroPython says ‘${e.message}’\n`;
    if (e instanceof NoBytecode) return `File ${file}: no bytecode of this kind: ${e.message}\n`;
    throw e;
  }
}

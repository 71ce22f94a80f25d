/** Finds out whether MicroPython could compile a source: a jump too long for its bytes is a RuntimeError there. */
import type { CompileMode, Interpreter } from '../interpreter/interpreter';
import { compileBytecode, NoBytecode, targets } from './compiler';
import { namesOnComputer } from './known-names';
import { readSource } from './source-reader';

/** Raises RuntimeError where a jump is too long. */
export function checkJumps(interpreter: Interpreter, source: string, file: string, mode: CompileMode): void {
  const { optimisation, profile, knownValues } = interpreter;
  try {
    const facts = readSource(source, mode, knownValues, namesOnComputer());
    compileBytecode(facts, { file, optimisation, target: targets[profile] });
  } catch (e) {
    if (!(e instanceof NoBytecode)) throw e;
  }
}

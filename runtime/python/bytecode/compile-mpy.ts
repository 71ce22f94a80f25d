/** Compiles a source to a .mpy file as `mpy-cross` does, byte for byte. */
import { resolve } from '../compile/resolver';
import type { KnownValues, NumberConstant } from '../syntax/index';
import { compileBytecode, targets } from './compiler';
import { namesOfCrossCompiler } from './known-names';
import { writeMpy } from './mpy-file';
import { readSource } from './source-reader';

/** The numbers that `mpy-cross` puts in the place of `math.name`. */
const mathConstants: Readonly<Record<string, number>> = {
  e: Math.E,
  pi: Math.PI,
  tau: 2 * Math.PI,
  inf: Infinity,
  nan: NaN,
};

function moduleConstant(module: string, name: string): NumberConstant | undefined {
  if (module !== 'math' || !Object.hasOwn(mathConstants, name)) return undefined;
  return { kind: 'float', value: mathConstants[name] as number };
}

/**
 * The bytes of the file. `file` is what tracebacks show. Throws `PySyntaxError` for what MicroPython does not take,
 * `NoBytecode` for machine code, and RuntimeError where a jump is too long.
 */
export function compileMpy(source: string, file: string, optimisation = 0): Uint8Array {
  const known: KnownValues = { debug: optimisation === 0, moduleConstant };
  const facts = readSource(source, 'exec', known, namesOfCrossCompiler());
  // Finds the mistakes that only the scopes show.
  resolve(facts.tree);
  return writeMpy(compileBytecode(facts, { file, optimisation, target: targets.cross }));
}

/** Compiles sources without running them, and tells what must not come of it: an error of JavaScript, or a long time. */
import { createInterpreter } from '../../runtime/python/python';
import { PyException } from '../../runtime/python/objects/exception';
import { toException } from '../../runtime/python/interpreter/traceback';
import { Vfs } from '../../runtime/vfs/vfs';
import { ScriptHal } from '../support/script-hal';
import { mutation } from './mutations';

/** Longest time that compiling a source of some pages may take, in milliseconds, on a slow and busy machine. */
const LIMIT = 10_000;

const KINDS = [
  'SyntaxError',
  'IndentationError',
  'MemoryError',
  'RuntimeError',
  'UnicodeError',
  'ValueError',
  'OverflowError',
  'ViperTypeError',
  'NotImplementedError',
];

const interpreters = (['host', 'strict'] as const).map((grammar) =>
  createInterpreter({
    profile: 'host',
    grammar,
    hal: new ScriptHal(),
    vfs: new Vfs(),
    path: [''],
    cookedOutput: false,
  }),
);

/** What is wrong with how a source is compiled, or undefined. */
export function complaintAbout(source: string): string | undefined {
  for (const interpreter of interpreters) {
    const start = performance.now();
    try {
      // Reading `run` makes a function of the code.
      interpreter.enter(() => void interpreter.compile(source, 'main.py').run);
    } catch (thrown) {
      if (thrown instanceof Error && !(thrown instanceof RangeError))
        return `${interpreter.grammar}: ${thrown.stack ?? thrown.message}`;
      const error = toException(thrown);
      const name = error instanceof PyException ? error.cls.typeName : '';
      if (!KINDS.includes(name)) return `${interpreter.grammar}: raised ${error.py_repr()}`;
    }
    const took = performance.now() - start;
    if (took > LIMIT) return `${interpreter.grammar}: took ${Math.round(took)} ms`;
  }
  return undefined;
}

/** The complaints about the mutations of some seeds. */
export function complaints(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => first + i).flatMap((seed) => {
    const complaint = complaintAbout(mutation(seed));
    return complaint === undefined ? [] : [`seed ${seed}: ${complaint}`];
  });
}

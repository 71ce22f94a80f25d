/** Runs sources with mistakes, and tells what must not come of it: an error of JavaScript, or a thing that is not Python's. */
import { hostMemory } from '../../main/python/heap-statistics';
import type { Garbage, HostMemory } from '../../runtime/python/interpreter/hal';
import type { Interpreter } from '../../runtime/python/interpreter/interpreter';
import { signatureOf } from '../../runtime/python/interpreter/signature';
import { toException } from '../../runtime/python/interpreter/traceback';
import { codeOf } from '../../runtime/python/objects/function';
import { HashMap } from '../../runtime/python/objects/hash-map';
import { ObjectBase, type PyObject } from '../../runtime/python/objects/object';
import type { PyType } from '../../runtime/python/objects/type';
import { createInterpreter } from '../../runtime/python/python';
import { MemoryFs } from '../../runtime/vfs/memory-fs';
import { Vfs } from '../../runtime/vfs/vfs';
import { ScriptHal } from '../support/script-hal';
import { TIME_IS_UP, pending, withDeadline } from './deadline';
import { slip } from './mutations';

/** A machine of this process's memory, with the interrupt flag that the deadline raises. */
class WatchedHal extends ScriptHal {
  override readonly pending = pending;

  /** Nobody reads what is said, and it may be much. */
  override write(): void {
    // Nothing is kept.
  }

  memory(garbage: Garbage): HostMemory {
    return hostMemory(garbage);
  }
}

/** No program can catch it. */
class TimeIsUp extends Error {}

function fresh(grammar: 'host' | 'strict'): Interpreter {
  const vfs = new Vfs();
  vfs.mount(new MemoryFs(), '/');
  const hal = new WatchedHal('some text\n');
  const interpreter = createInterpreter({ profile: 'host', grammar, hal, vfs, path: [''], cookedOutput: false });
  interpreter.onPending = (bits) => {
    if ((bits & TIME_IS_UP) !== 0) throw new TimeIsUp();
  };
  return interpreter;
}

/** What a program must leave as it is. */
const HOST: readonly object[] = [
  globalThis,
  process.env,
  ...[Object, Array, Map, Set, Promise, Error, RegExp, Symbol, Date, Uint8Array, ArrayBuffer].flatMap((host) => [
    host,
    host.prototype as object,
  ]),
];
const hostNames = (): string => HOST.map((object) => Reflect.ownKeys(object).length).join(' ');

/** Something that a program's names lead to and that is not Python's, or undefined. */
function stranger(roots: Iterable<unknown>): unknown {
  const seen = new Set<unknown>();
  const waiting = [...roots];
  while (waiting.length > 0 && seen.size < 10_000) {
    const x = waiting.pop();
    if (seen.has(x)) continue;
    seen.add(x);
    if (!isPython(x)) return x;
    if (x instanceof ObjectBase) waiting.push(...heldBy(x));
  }
  return undefined;
}

function isPython(x: unknown): boolean {
  if (x === undefined) return true;
  if (typeof x === 'function') {
    const f = x as unknown as PyObject & Partial<PyType>;
    return f.isType === true || codeOf(f) !== undefined || signatureOf(f) !== undefined;
  }
  return x instanceof ObjectBase || ['number', 'bigint', 'string', 'boolean'].includes(typeof x);
}

/** The attributes and items of an object. */
function heldBy(x: ObjectBase): unknown[] {
  const held = Object.entries(Object.getOwnPropertyDescriptors(x)).flatMap(([key, { value }]) =>
    key.startsWith('$') ? [value as unknown] : [],
  );
  const { la, hm } = x as { la?: unknown[]; hm?: unknown };
  if (Array.isArray(la)) held.push(...la.slice(0, 1000));
  if (hm instanceof HashMap) for (const entry of hm.entries()) held.push(...entry);
  return held;
}

/** What is wrong with how a source runs, or undefined; undefined too for one that does not compile. */
function complaintAbout(seed: number, source: string, grammar: 'host' | 'strict'): string | undefined {
  const interpreter = fresh(grammar);
  const before = hostNames();
  let complaint: string | undefined;
  withDeadline(seed, () => {
    try {
      interpreter.enter(() => {
        interpreter.run(source, 'main.py');
      });
    } catch (thrown) {
      complaint = complaintAboutThrown(interpreter, thrown);
    }
  });
  if (complaint !== undefined) return complaint;
  if (hostNames() !== before) return 'changed something of JavaScript';
  const found = stranger(Object.values(interpreter.main));
  return found === undefined ? undefined : `reached ${typeof found} ${Object.prototype.toString.call(found)}`;
}

function complaintAboutThrown(interpreter: Interpreter, thrown: unknown): string | undefined {
  if (thrown instanceof TimeIsUp) return undefined;
  try {
    const e = toException(thrown);
    interpreter.enter(() => interpreter.formatException(e));
    return undefined;
  } catch (error) {
    if (error instanceof TimeIsUp) return undefined;
    try {
      // A program's own `__repr__` may raise.
      toException(error);
      return undefined;
    } catch {
      return error instanceof Error ? (error.stack ?? error.message) : `threw ${typeof error}`;
    }
  }
}

/** The complaints about the sources of some seeds. */
export function runningComplaints(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => first + i).flatMap((seed) => {
    const complaint = complaintAbout(seed, slip(seed), seed % 2 === 0 ? 'host' : 'strict');
    return complaint === undefined ? [] : [`seed ${seed}, run: ${complaint}`];
  });
}

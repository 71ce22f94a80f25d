/** Where exceptions come from: noting frames while they pass, turning the host's failures into Python's, printing. */
import type { Attributes, PyObject } from '../objects/object';
import type { PyException, TracebackEntry } from '../objects/exception';
import type { Code } from '../objects/function';
import { exception } from '../objects/raise';
import { FsError } from '../../vfs/errno';

/** Something in the interpreter itself went wrong; no Python program can catch it. */
export class InternalError extends Error {}

/**
 * The Python exception for anything thrown.
 *
 * A JS stack overflow becomes RuntimeError, too long a string MemoryError, a file system's error OSError;
 * what is left is a fault of the interpreter and goes on as it is.
 */
export function toException(thrown: unknown): PyException {
  if (thrown instanceof Object && (thrown as PyObject).cls?.isException === true) {
    return thrown as PyException;
  }
  if (thrown instanceof FsError) return exception('OSError', thrown.errno);
  if (thrown instanceof RangeError) {
    // Compared as it is: deep in the stack there is no room for more.
    if (thrown.message === 'Maximum call stack size exceeded') {
      return exception('RuntimeError', 'maximum recursion depth exceeded');
    }
    return exception('MemoryError', 'memory allocation failed');
  }
  throw thrown;
}

/** Notes that an exception reached the frame of `code` at `line`, and gives it back to be thrown on. */
export function note(thrown: unknown, code: Code, line: number): PyException {
  const e = toException(thrown);
  if (e.noted === true) e.noted = undefined;
  else (e.traceback ??= []).push({ file: code.file, line, name: code.name });
  return e;
}

/** As `note`, in an `except` or `finally` of the frame: the frame will not note it again when it is thrown on. */
export function rethrow(e: PyException): PyException {
  e.noted = true;
  return e;
}

/** The text that `sys.print_exception` prints. */
export function formatException(e: PyException): string {
  const lines: string[] = [];
  const entries: TracebackEntry[] = e.traceback ?? [];
  if (entries.length > 0) {
    lines.push('Traceback (most recent call last):');
    for (const entry of [...entries].reverse()) {
      const where = entry.name === '' ? '' : `, in ${entry.name}`;
      lines.push(`  File "${entry.file}", line ${String(entry.line)}${where}`);
    }
  }
  lines.push(lastLine(e));
  return `${lines.join('\n')}\n`;
}

/** A class's own `__repr__` comes first; its `__str__` is not asked. */
function lastLine(e: PyException): string {
  if ((e as unknown as Attributes).__repr__$ !== undefined) return e.py_repr();
  let type = e.cls;
  for (const t of e.cls.ancestors) {
    if (t.user === true || t.isException !== true) continue;
    type = t;
    break;
  }
  const text = type === e.cls ? e.py_str() : (type(...e.eargs) as PyException).py_str();
  return `${e.cls.typeName}: ${text}`;
}

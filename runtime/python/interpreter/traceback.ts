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
  const members = e.subExceptions?.();
  const title = members === undefined ? 'Traceback' : 'Exception Group Traceback';
  const lines = [...frameLines(e, `${title} (most recent call last):`), lastLine(e)];
  if (members === undefined) return `${lines.join('\n')}\n`;
  const output: string[] = [];
  formatGroup(lines, members, output, '  ', frameLines(e, '').length > 0 ? '+' : '|');
  return `${output.join('\n')}\n`;
}

/** The heading and the frames, outermost first; nothing where there are none. */
function frameLines(e: PyException, heading: string): string[] {
  const entries: TracebackEntry[] = e.traceback ?? [];
  if (entries.length === 0) return [];
  const lines = [...entries].reverse().map(({ file, line, name }) => {
    const where = name === '' ? '' : `, in ${name}`;
    return `  File "${file}", line ${String(line)}${where}`;
  });
  return [heading, ...lines];
}

/** More members than this are only counted. */
const SHOWN_MEMBERS = 15;

/** A group's own lines beside a margin, whose first mark is `mark`, and each of its exceptions in a frame. */
function formatGroup(
  own: readonly string[],
  members: readonly PyException[],
  output: string[],
  indent: string,
  mark: string,
): void {
  addBeside(own, output, indent, mark);
  members.slice(0, SHOWN_MEMBERS).forEach((e, i) => {
    addTitle(String(i + 1), i === 0, output, indent);
    formatMember(e, output, `${indent}  `);
  });
  if (members.length > SHOWN_MEMBERS) {
    const more = members.length - SHOWN_MEMBERS;
    addTitle('...', false, output, indent);
    addBeside([`and ${String(more)} more exception${more === 1 ? '' : 's'}`], output, `${indent}  `, '|');
  }
  // The frame of a group at the end is closed by that group.
  const last = members.length > SHOWN_MEMBERS ? undefined : members[members.length - 1];
  if (last?.subExceptions === undefined) output.push(`${indent}  +${'-'.repeat(36)}`);
}

function formatMember(e: PyException, output: string[], indent: string): void {
  const members = e.subExceptions?.();
  const title = members === undefined ? 'Traceback' : 'Exception Group Traceback';
  const own = [...frameLines(e, `${title} (most recent call last):`), lastLine(e)];
  if (members === undefined) addBeside(own, output, indent, '|');
  else formatGroup(own, members, output, indent, '|');
}

function addTitle(title: string, isFirst: boolean, output: string[], indent: string): void {
  const dashes = '-'.repeat(16);
  output.push(`${indent}${isFirst ? '+-' : '  '}+${dashes} ${title} ${dashes}`);
}

function addBeside(lines: readonly string[], output: string[], indent: string, mark: string): void {
  const all = lines.flatMap((line) => line.split('\n'));
  all.forEach((line, i) => output.push(`${indent}${i === 0 ? mark : '|'} ${line}`));
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

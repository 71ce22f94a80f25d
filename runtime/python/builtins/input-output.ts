/** print, input and help. */
import { None, type PyFunction, type PyObject } from '../objects/object';
import { exception, osError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { PyInstance } from '../objects/instance';
import { PyByteArray } from '../objects/bytes';
import { PyModule } from '../objects/module';
import { makeStr, textOf } from '../objects/str';
import { callable } from '../interpreter/call';
import { findAttribute } from '../interpreter/attributes';
import type { Builtin } from '../interpreter/signature';
import { Errno } from '../../vfs/errno';
import { decodeUtf8, encodeUtf8 } from '../../bytes/utf8';
import { direct, isType, nameArgument } from './arguments';
import { ownEntries, typeEntries } from './names';
import type { BuiltinsHost } from './host';

/** Columns of `help('modules')`, and their width. */
const HELP_COLUMNS = 4;
const HELP_WIDTH = 18;

/** What writes text to a stream: one written in Python gets bytes. Raises OSError for what is no stream. */
function writerOf(file: PyObject): (text: string) => void {
  const write = findAttribute(file, 'write');
  const isStream = !(file instanceof PyInstance) || Array.from(file.cls.ancestors).some((t) => t.typeName === 'IOBase');
  if (write === undefined || !isStream) throw exception('OSError', 'stream operation not supported');
  const f = callable(write);
  if (!(file instanceof PyInstance)) return (text) => void (text === '' || f(makeStr(text)));
  return (text) => {
    for (let bytes = encodeUtf8(text); bytes.length > 0;) {
      const count = f(new PyByteArray(bytes));
      if (count === None || count === 0 || count === -Errno.EAGAIN) break;
      bytes = bytes.subarray(written(count, bytes.length));
    }
  };
}

/** How much of `length` bytes a stream's `write` says it took; raises OSError. */
function written(count: PyObject, length: number): number {
  const n = machineInt(count);
  if (n < 0) throw osError(-n);
  if (n > length) throw osError(Errno.EIO);
  return n;
}

/** The text of `sep` or `end`. */
function joint(x: PyObject | undefined, otherwise: string): string {
  if (x === undefined) return otherwise;
  const text = textOf(x);
  if (text !== undefined) return text;
  const buffer = x.py_buffer();
  return buffer === undefined ? nameArgument(x) : decodeUtf8(buffer.bytes);
}

/** The rows of one interpreter, and `print`, which is hot. */
export function inputOutputRows(host: BuiltinsHost): readonly (readonly [signature: string, fn: Builtin])[] {
  function builtin_input(prompt?: PyObject): PyObject {
    const line = host.readLine(prompt === undefined ? '' : prompt.py_str());
    if (line === null) throw exception('EOFError');
    return makeStr(line);
  }

  /** What a prompt calls with the value of an expression. */
  function builtin_repl_print(value: PyObject): PyObject {
    if (value !== None) host.write(`${value.py_repr()}\n`);
    return None;
  }

  function builtin_help(x?: PyObject): PyObject {
    if (x === undefined) host.write(host.helpText);
    else if (x === 'modules') host.write(moduleTable(host.moduleNames()));
    else host.write(describe(x));
    return None;
  }

  return [
    ['__repl_print__(value, /)', builtin_repl_print],
    ['help(object=None, /)', builtin_help],
    ['input(prompt="", /)', builtin_input],
  ];
}

export function createPrint(host: BuiltinsHost): PyFunction {
  function builtin_print(...args: PyObject[]): PyObject {
    if (args.length === 1) {
      const x = args[0] as PyObject;
      host.write(typeof x === 'string' ? `${x}\n` : `${x.py_str()}\n`);
      return None;
    }
    let text = '';
    for (let i = 0; i < args.length; i++) {
      const x = args[i] as PyObject;
      if (i > 0) text += ' ';
      if (x instanceof PyInstance && text !== '') {
        // Its `__str__` may print or raise: what stands before it is out by then.
        host.write(text);
        text = '';
      }
      text += x.py_str();
    }
    host.write(`${text}\n`);
    return None;
  }

  function print_bound(args: readonly PyObject[], sep?: PyObject, end?: PyObject, file?: PyObject): PyObject {
    const between = joint(sep, ' ');
    const last = joint(end, '\n');
    if (file === undefined) {
      args.forEach((x, i) => {
        host.write((i > 0 ? between : '') + (x instanceof PyInstance ? '' : x.py_str()));
        if (x instanceof PyInstance) host.write(x.py_str());
      });
      host.write(last);
      return None;
    }
    // A stream gets each piece by itself, as a stream written in Python can tell.
    const write = writerOf(file);
    args.forEach((x, i) => {
      if (i > 0) write(between);
      write(x.py_str());
    });
    write(last);
    return None;
  }

  return direct('print(*args, sep=" ", end="\\n", file=None)', builtin_print, print_bound);
}

/** What `help(x)` prints. */
function describe(x: PyObject): string {
  let text = `object ${x.py_str()} is of type ${x.cls.typeName}\n`;
  const entries = x instanceof PyModule ? ownEntries(x) : typeEntries(isType(x) ? x : x.cls);
  for (const [name, value] of entries) text += `  ${name} -- ${value.py_str()}\n`;
  return text;
}

/** Module names in columns, read downwards. */
function moduleTable(names: readonly string[]): string {
  const sorted = [...names].sort();
  const rows = Math.ceil(sorted.length / HELP_COLUMNS);
  let text = '';
  for (let row = 0; row < rows; row++) {
    const cells = sorted.filter((_, i) => i % rows === row);
    const last = cells.pop() ?? '';
    for (const cell of cells) text += cell.padEnd(HELP_WIDTH * Math.ceil((cell.length + 1) / HELP_WIDTH));
    text += `${last}\n`;
  }
  return `${text}Plus any modules on the filesystem\n`;
}

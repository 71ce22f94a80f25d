/** The json module. */
import { binaryText } from '../../bytes/binary-text';
import { PyBytes } from '../objects/bytes';
import { PyDict } from '../objects/dict';
import { makeFloat } from '../objects/float';
import { PyList } from '../objects/list';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { parseFloat, parseInteger } from '../objects/parse-number';
import { typeError, valueError } from '../objects/raise';
import { decodeText } from '../objects/str-methods';
import { PyTuple } from '../objects/tuple';
import { makeStr, wrappedText } from '../objects/wide-str';
import { encodeUtf8 } from '../../bytes/utf8';
import { bytesArgument, textArgument } from './arguments';
import { PyStream, readAll, writeExactly } from './stream';
import { streamOf } from './user-stream';

// ---- writing

interface Separators {
  readonly item: string;
  readonly key: string;
}

const DEFAULT: Separators = { item: ', ', key: ': ' };

const SPECIAL = /["\\\u0000-\u001f]/g;
const SHORT: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (c: string): string => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

const quoted = (text: string): string => `"${text.replace(SPECIAL, escaped)}"`;

/** The JSON of a value; what JSON does not know is shown as `repr` shows it. */
function write(value: PyObject, separators: Separators): string {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === None) return 'null';
  const text = hasRepr(value) ? undefined : wrappedText(value);
  if (text !== undefined) return quoted(text);
  const own = value.native !== undefined && !hasRepr(value) ? value.native : value;
  if (own instanceof PyBytes) return quoted(binaryText(own.bytes));
  if (own instanceof PyDict) return writeDict(own, separators);
  if (own instanceof PyList || (own instanceof PyTuple && own.cls.typeName === 'tuple')) {
    return `[${own.la.map((item) => write(item, separators)).join(separators.item)}]`;
  }
  return own.py_repr();
}

const hasRepr = (value: PyObject): boolean => (value as { __repr__$?: unknown }).__repr__$ !== undefined;

function writeDict(dict: PyDict, separators: Separators): string {
  const items: string[] = [];
  dict.each((key, value) => {
    const isText = wrappedText(key) !== undefined || key instanceof PyBytes;
    const name = write(key, separators);
    items.push((isText ? name : `"${name}"`) + separators.key + write(value, separators));
  });
  return `{${items.join(separators.item)}}`;
}

function separatorsOf(value: PyObject | undefined): Separators {
  if (value === undefined || value === None) return DEFAULT;
  const { la } = value.native ?? value;
  if (la === undefined) throw typeError(`object '${value.cls.typeName}' isn't a tuple or list`);
  const [item, key] = la;
  if (item === undefined || key === undefined || la.length !== 2) {
    throw valueError(`requested length 2 but object has length ${la.length}`);
  }
  return { item: textArgument(item), key: textArgument(key) };
}

const json_dumps = (value: PyObject, separators?: PyObject): PyObject =>
  makeStr(write(value, separatorsOf(separators)));

function json_dump(value: PyObject, target: PyObject, separators?: PyObject): PyObject {
  const stream = streamOf(target);
  writeExactly(stream, encodeUtf8(write(value, separatorsOf(separators))));
  return None;
}

// ---- reading

const QUOTE = 34;
const BACKSLASH = 92;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Reads one JSON text. Commas and colons count as white space, and any closing bracket closes: so MicroPython reads. */
class Reader {
  private at = 0;
  private readonly end: number;

  constructor(private readonly text: string) {
    // A NUL ends the text.
    const nul = text.indexOf('\0');
    this.end = nul < 0 ? text.length : nul;
  }

  private fail(): never {
    throw valueError('syntax error in JSON');
  }

  read(): PyObject {
    const open: (PyList | PyDict)[] = [];
    let top: PyList | PyDict | undefined;
    /** The key that waits for its value, of each open dict. */
    let key: PyObject | undefined;
    for (;;) {
      if (this.at >= this.end) this.fail();
      const c = this.text[this.at] as string;
      if (c === ']' || c === '}') {
        this.at++;
        if (top === undefined) this.fail();
        if (open.length === 0) return this.finish(top);
        top = open.pop();
        continue;
      }
      const value = this.value(c);
      if (value === undefined) continue;
      const enters = c === '[' || c === '{';
      if (top === undefined) {
        if (!enters) return this.finish(value);
      } else if (top instanceof PyList) top.la.push(value);
      else if (key === undefined) {
        if (enters) this.fail();
        key = value;
      } else {
        top.set(key, value);
        key = undefined;
      }
      if (enters) {
        if (top !== undefined) open.push(top);
        top = value as PyList | PyDict;
      }
    }
  }

  private finish(value: PyObject): PyObject {
    if (!/^[ \t-\r]*$/.test(this.text.slice(this.at, this.end))) this.fail();
    return value;
  }

  /** The value that begins with `c`; undefined for what separates values. */
  private value(c: string): PyObject | undefined {
    switch (c) {
      case ',':
      case ':':
      case ' ':
      case '\t':
      case '\n':
      case '\r':
        this.at++;
        return undefined;
      case 'n':
        return this.word('null', None);
      case 'f':
        return this.word('false', false);
      case 't':
        return this.word('true', true);
      case '"':
        return this.string();
      case '[':
        this.at++;
        return new PyList([]);
      case '{':
        this.at++;
        return new PyDict();
    }
    if (c === '-' || (c >= '0' && c <= '9')) return this.number();
    return this.fail();
  }

  private word(word: string, value: PyObject): PyObject {
    if (!this.text.startsWith(word, this.at)) this.fail();
    this.at += word.length;
    return value;
  }

  private string(): PyObject {
    const { text, end } = this;
    let result = '';
    let from = ++this.at;
    for (; this.at < end; this.at++) {
      const unit = text.charCodeAt(this.at);
      if (unit === QUOTE) return makeStr(result + text.slice(from, this.at++));
      if (unit !== BACKSLASH) continue;
      result += text.slice(from, this.at) + this.escape();
      from = this.at + 1;
    }
    return this.fail();
  }

  /** What an escape means; leaves the position at its last character. */
  private escape(): string {
    const c = this.text[++this.at] ?? '';
    if (c !== 'u') return ESCAPES[c] ?? c;
    const digits = this.text.slice(this.at + 1, this.at + 5);
    this.at += 4;
    const code = Number.parseInt(digits, 16);
    return String.fromCharCode(Number.isNaN(code) ? 0 : code);
  }

  private number(): PyObject {
    const pattern = /[-+0-9.eE]+/y;
    pattern.lastIndex = this.at;
    const digits = pattern.exec(this.text)?.[0] ?? '';
    this.at += digits.length;
    return /[.eE]/.test(digits) ? makeFloat(parseFloat(digits)) : parseInteger(digits, 10);
  }
}

function json_loads(value: PyObject): PyObject {
  const text = wrappedText(value);
  return new Reader(text ?? decodeText(bytesArgument(value))).read();
}

function readBytewise(stream: PyStream): Uint8Array {
  const bytes: number[] = [];
  const one = new Uint8Array(1);
  while (stream.readInto(one) > 0) bytes.push(one[0] as number);
  return Uint8Array.from(bytes);
}

function json_load(source: PyObject): PyObject {
  // What is written in Python is asked for one byte at a time, which it can tell.
  const all = source instanceof PyStream ? readAll(source) : readBytewise(streamOf(source));
  return new Reader(decodeText(all ?? new Uint8Array(0))).read();
}

const rows: readonly ModuleRow[] = [
  ['dumps(value, /, *, separators=None)', json_dumps],
  ['dump(value, stream, /, *, separators=None)', json_dump],
  ['loads(text, /)', json_loads],
  ['load(stream, /)', json_load],
];

export function createJson(): PyModule {
  return defineModule('json', rows);
}

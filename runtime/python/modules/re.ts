/** The re module. */
import { makeBytes } from '../objects/bytes';
import { binaryText, textBytes } from '../../bytes/binary-text';
import { PyList } from '../objects/list';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { ObjectBase, None, type PyObject } from '../objects/object';
import { exception, raise, typeError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { decodeText } from '../objects/str-methods';
import { EMPTY_TUPLE, PyTuple } from '../objects/tuple';
import { defineType } from '../objects/type';
import { makeStr, textOf } from '../objects/wide-str';
import { call, identityHash } from '../interpreter/operators';
import { encodeUtf8 } from '../../bytes/utf8';
import { execute, type Subject } from './re/execute';
import { compileProgram, type Program } from './re/program';

// ---- texts

const ASCII = /^[\0-\x7f]*$/;

/** A str or bytes as the text that the engine works on, and the way back. */
class Text {
  readonly binary: string;
  readonly isStr: boolean;

  constructor(readonly value: PyObject) {
    const text = textOf(value);
    this.isStr = text !== undefined;
    if (text !== undefined) this.binary = ASCII.test(text) ? text : binaryText(encodeUtf8(text));
    else {
      const source = value.native ?? value;
      const bytes = source.cls.typeName === 'bytes' ? source.py_buffer()?.bytes : undefined;
      if (bytes === undefined) throw typeError(`can't convert '${value.cls.typeName}' object to str implicitly`);
      this.binary = binaryText(bytes);
    }
  }

  /** A part of the text, of the same type. */
  make(part: string): PyObject {
    if (!this.isStr) return makeBytes(textBytes(part));
    return ASCII.test(part) ? part : makeStr(decodeText(textBytes(part)));
  }

  /** The index of the character at a position. */
  index(position: number): number {
    if (!this.isStr) return position;
    let count = 0;
    for (let i = 0; i < position; i++) if ((this.binary.charCodeAt(i) & 0xc0) !== 0x80) count++;
    return count;
  }
}

// ---- match

class PyMatch extends ObjectBase {
  constructor(
    readonly text: Text,
    /** Start and end of each group by turns. */
    readonly positions: readonly number[],
  ) {
    super();
  }

  /** Start and end of a group; raises IndexError. */
  span(group: PyObject = 0): readonly [number, number] {
    const n = machineInt(group);
    const start = this.positions[2 * n];
    const end = this.positions[2 * n + 1];
    if (start === undefined || end === undefined) throw exception('IndexError', group);
    return [start, end];
  }

  group(group: PyObject): PyObject {
    const [start, end] = this.span(group);
    return start < 0 ? None : this.text.make(this.text.binary.slice(start, end));
  }

  /** The same span in characters. */
  characters(group?: PyObject): [number, number] {
    const [start, end] = this.span(group);
    return start < 0 ? [-1, -1] : [this.text.index(start), this.text.index(end)];
  }

  override py_repr(): string {
    return `<match num=${this.positions.length / 2}>`;
  }
}

function match_groups(self: PyMatch): PyObject {
  const count = self.positions.length / 2;
  if (count <= 1) return EMPTY_TUPLE;
  return new PyTuple(Array.from({ length: count - 1 }, (_, i) => self.group(i + 1)));
}

defineType({
  name: 'match',
  proto: PyMatch.prototype,
  methods: [
    ['group(self, group, /)', (self: PyMatch, group: PyObject) => self.group(group)],
    ['groups(self, /)', match_groups],
    ['span(self, group=0, /)', (self: PyMatch, group?: PyObject) => new PyTuple(self.characters(group))],
    ['start(self, group=0, /)', (self: PyMatch, group?: PyObject) => self.characters(group)[0]],
    ['end(self, group=0, /)', (self: PyMatch, group?: PyObject) => self.characters(group)[1]],
  ],
});

// ---- re

class PyRe extends ObjectBase {
  constructor(readonly program: Program) {
    super();
  }

  override py_repr(): string {
    return `<re ${identityHash(this).toString(16)}>`;
  }
}

/** Patterns compiled lately, for programs that call the functions of the module in a loop. */
const cache = new Map<string, PyRe>();
const CACHE_SIZE = 32;

function re_compile(pattern: PyObject): PyRe {
  if (pattern instanceof PyRe) return pattern;
  const { binary } = new Text(pattern);
  let re = cache.get(binary);
  if (re === undefined) {
    re = new PyRe(compileProgram(binary));
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(binary, re);
  }
  return re;
}

const within = (value: PyObject | undefined, low: number, high: number, otherwise: number): number =>
  value === undefined ? otherwise : Math.max(low, Math.min(high, machineInt(value)));

/** Matches at the beginning, or searches. Only a compiled expression takes positions. */
function find(re: PyRe, where: PyObject, anchored: boolean, from?: PyObject, to?: PyObject): PyObject {
  const text = new Text(where);
  const { length } = text.binary;
  const begin = within(from, 0, length, 0);
  const positions = execute(re.program, { text: text.binary, begin, end: within(to, begin, length, length) }, anchored);
  return positions === undefined ? None : new PyMatch(text, positions);
}

/** Goes from match to match; an empty one ends it. */
function* matches(re: PyRe, text: Text, limit: number): Generator<{ before: string; match: number[] }, string> {
  const { binary } = text;
  let begin = 0;
  for (let count = 1; ; count++) {
    const subject: Subject = { text: binary, begin, end: binary.length };
    const match = execute(re.program, subject, false);
    const [start = 0, end = 0] = match ?? [];
    if (match === undefined || start === end) break;
    yield { before: binary.slice(begin, start), match };
    begin = end;
    if (count === limit) break;
  }
  return binary.slice(begin);
}

function re_split(self: PyRe, where: PyObject, maxsplit: PyObject = 0): PyObject {
  const text = new Text(where);
  const parts: PyObject[] = [];
  const found = matches(self, text, machineInt(maxsplit));
  for (let step = found.next(); ; step = found.next()) {
    if (step.done === true) {
      parts.push(text.make(step.value));
      return new PyList(parts);
    }
    parts.push(text.make(step.value.before));
    if (self.program.groups > 0) raise('NotImplementedError', 'splitting with sub-captures');
  }
}

/** A replacement with the groups of a match put in. */
function expanded(replacement: string, match: PyMatch): string {
  const { text, positions } = match;
  return replacement.replace(/\\(?:g<(\d+)>?|(\d+)|(\\)|)/g, (_all, named?: string, plain?: string, slash?: string) => {
    if (slash !== undefined) return slash;
    const digits = named ?? plain;
    if (digits === undefined) return '';
    const group = Number(digits);
    if (group >= positions.length / 2) throw exception('IndexError', group);
    const start = positions[2 * group] as number;
    return start < 0 ? '' : text.binary.slice(start, positions[2 * group + 1]);
  });
}

const isCallable = (value: PyObject): boolean =>
  typeof value === 'function' || (textOf(value) === undefined && value.cls.typeName !== 'bytes');

function re_sub(pattern: PyObject, by: PyObject, where: PyObject, limit: PyObject = 0): PyObject {
  const re = re_compile(pattern);
  const text = new Text(where);
  const found = matches(re, text, machineInt(limit));
  let result = '';
  let any = false;
  for (let step = found.next(); ; step = found.next()) {
    if (step.done === true) return any ? text.make(result + step.value) : where;
    any = true;
    const match = new PyMatch(text, step.value.match);
    const replacement = new Text(isCallable(by) ? call(by, match) : by).binary;
    const nul = replacement.indexOf('\0');
    result += step.value.before + expanded(nul < 0 ? replacement : replacement.slice(0, nul), match);
  }
}

defineType({
  name: 're',
  proto: PyRe.prototype,
  methods: [
    [
      'match(self, string, pos=0, endpos=None, /)',
      (self: PyRe, where: PyObject, from?: PyObject, to?: PyObject) => find(self, where, true, from, to),
    ],
    [
      'search(self, string, pos=0, endpos=None, /)',
      (self: PyRe, where: PyObject, from?: PyObject, to?: PyObject) => find(self, where, false, from, to),
    ],
    ['split(self, string, maxsplit=0, /)', re_split],
    ['sub(self, repl, string, count=0, flags=0, /)', re_sub],
  ],
});

const rows: readonly ModuleRow[] = [
  ['compile(pattern, flags=0, /)', re_compile],
  ['match(pattern, string, pos=0, endpos=None, /)', (p: PyObject, where: PyObject) => find(re_compile(p), where, true)],
  [
    'search(pattern, string, pos=0, endpos=None, /)',
    (p: PyObject, where: PyObject) => find(re_compile(p), where, false),
  ],
  ['sub(pattern, repl, string, count=0, flags=0, /)', re_sub],
];

export function createRe(): PyModule {
  return defineModule('re', rows);
}

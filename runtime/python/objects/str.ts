/** str: JS strings without surrogates, and `PyWideStr` for any other text. */
import { None, define, defineAll, type Buffer, type PyIterator, type PyObject } from './object';
import { heap, refuse } from './heap';
import { defineType } from './type';
import { exception, indexError, noMemory, typeError, wrongCount } from './raise';
import { reserve } from './running';
import {
  ADD,
  GE,
  GT,
  LE,
  LT,
  MUL,
  reflect,
  slotsOf,
  truth,
  unsupportedBinary,
  type BinaryOp,
  type CompareOp,
} from '../interpreter/operators';
import { encodeUtf8 } from '../../bytes/utf8';
import { isIndex, plainInt } from './int';
import { BuiltinIterator } from './iterator';
import { PySlice, machineInt } from './slice';
import { PyWideStr, makeStr, textOf } from './wide-str';
import { clampStrIndex, decodeText, notStr, strIndex, strMethods, type Str } from './str-methods';
import { percentFormat } from './format';

export { PyWideStr, makeStr, textOf };

// ---- text

const NEEDS_NO_ESCAPE = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;

const ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');

/** A str as its repr shows it: in quotes, with all beyond printable ASCII escaped. */
export function quoted(text: string): string {
  if (NEEDS_NO_ESCAPE.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = quote;
  for (const point of text) {
    const code = point.codePointAt(0) as number;
    if (point === quote) result += `\\${quote}`;
    else if (ESCAPES[point] !== undefined) result += ESCAPES[point];
    else if (code >= 32 && code < 127) result += point;
    else if (code < 0x100) result += `\\x${hex(code, 2)}`;
    else if (code < 0x10000) result += `\\u${hex(code, 4)}`;
    else result += `\\U${hex(code, 8)}`;
  }
  return result + quote;
}

/** Less than zero, zero or more, as `a` comes before, equals or comes after `b` by code points. */
function compareText(a: string, b: string): number {
  const count = Math.min(a.length, b.length);
  for (let i = 0; i < count; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above all other units.
    const high = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
    return high(x) - high(y);
  }
  return a.length - b.length;
}

function orderHolds(op: CompareOp, order: number): boolean {
  switch (op) {
    case LT:
      return order < 0;
    case LE:
      return order <= 0;
    case GT:
      return order > 0;
    default:
      return order >= 0;
  }
}

/** `self op other` where one of the two is not a primitive string. */
function compareSlow(op: CompareOp, self: Str, other: PyObject): PyObject {
  const right = textOf(other);
  if (right === undefined) return unsupportedBinary(op.method, self, other);
  return orderHolds(op, compareText(textOf(self) as string, right));
}

// ---- items

function sliceBounds(key: PySlice, length: number): [number, number] {
  if (key.step !== None && key.step !== 1) {
    throw exception('NotImplementedError', 'only slices with step=1 (aka None) are supported');
  }
  return [
    key.start === None ? 0 : clampStrIndex(key.start, length),
    key.stop === None ? length : clampStrIndex(key.stop, length),
  ];
}

function itemPosition(key: PyObject, length: number): number {
  const i = strIndex(key);
  const at = i < 0 ? i + length : i;
  if (at < 0 || at >= length) throw indexError('string index out of range');
  return at;
}

/** Draws the characters of a str. */
class StrIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly text: string) {
    super();
  }

  n(): PyObject | undefined {
    const { at, text } = this;
    if (at >= text.length) return undefined;
    this.at = at + 1;
    return text[at];
  }
}

class WideStrIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly points: readonly string[]) {
    super();
  }

  n(): PyObject | undefined {
    const point = this.points[this.at++];
    return point === undefined ? undefined : makeStr(point);
  }
}

// ---- slots

/** How often `x` repeats a str, or undefined where it is no number. */
function repeatCount(x: PyObject): number | undefined {
  return isIndex(x) ? machineInt(x) : undefined;
}

/** `text` repeated; a text too long for any machine is a MemoryError. */
function repeat(text: string, count: number): string {
  if (count <= 0 || text === '') return '';
  if (count * text.length > MAX_LENGTH) {
    noMemory(count * text.length + 1);
  }
  reserve(count * text.length + 1);
  return text.repeat(count);
}

/** A little less than what V8 takes. */
const MAX_LENGTH = 0x1ffffff0;

/** A hash of text, not seen outside. */
export function textHash(text: string): number {
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 33) ^ text.charCodeAt(i)) | 0;
  return hash;
}

/** What primitive strings and `PyWideStr` have in common. */
const commonSlots = {
  py_mul(this: Str, other: PyObject): PyObject {
    const count = repeatCount(other);
    if (count === undefined) return reflect(MUL, this, other);
    return typeof this === 'string' ? repeat(this, count) : makeStr(repeat(this.text, count));
  },
  py_mod(this: Str, other: PyObject): PyObject {
    return percentFormat(typeof this === 'string' ? this : this.text, other);
  },
  py_reflected(this: Str, op: BinaryOp, left: PyObject): PyObject | undefined {
    return op === MUL && plainInt(left) !== undefined ? this.py_mul(left) : undefined;
  },
  py_buffer(this: Str): Buffer {
    return { bytes: encodeUtf8(typeof this === 'string' ? this : this.text), typecode: 'B', readonly: true };
  },
  py_contains(this: Str, item: PyObject): boolean {
    return (typeof this === 'string' ? this : this.text).includes(textOf(item) ?? notStr(item));
  },
};

/** A shorter text may be made without asking for room. */
const LONG_TEXT = 1024;

const strSlots = {
  py_add(this: string, other: PyObject): PyObject {
    if (typeof other === 'string') {
      const text = this + other;
      if (text.length > LONG_TEXT) reserve(text.length + 1);
      return text;
    }
    const right = textOf(other);
    return right === undefined ? reflect(ADD, this, other) : makeStr(this + right);
  },
  py_eq(this: string, other: PyObject): PyObject {
    if (typeof other === 'string') return this === other;
    const right = textOf(other);
    return right === undefined ? (other.py_reflectedEq(this) ?? false) : this === right;
  },
  py_ne(this: string, other: PyObject): PyObject {
    if (typeof other === 'string') return this !== other;
    return other.py_reflectedNe(this) ?? !truth(this.py_eq(other));
  },
  py_lt(this: string, other: PyObject): PyObject {
    return typeof other === 'string' ? this < other : compareSlow(LT, this, other);
  },
  py_le(this: string, other: PyObject): PyObject {
    return typeof other === 'string' ? this <= other : compareSlow(LE, this, other);
  },
  py_gt(this: string, other: PyObject): PyObject {
    return typeof other === 'string' ? this > other : compareSlow(GT, this, other);
  },
  py_ge(this: string, other: PyObject): PyObject {
    return typeof other === 'string' ? this >= other : compareSlow(GE, this, other);
  },
  py_truth(this: string): boolean {
    return this.length > 0;
  },
  py_len(this: string): number {
    return this.length;
  },
  py_hash(this: string): number {
    return textHash(this);
  },
  py_repr(this: string): string {
    return quoted(this);
  },
  py_str(this: string): string {
    return this;
  },
  py_iter(this: string): PyIterator {
    return new StrIterator(this);
  },
  py_getitem(this: string, key: PyObject): PyObject {
    if (typeof key === 'number') {
      const item = this[key < 0 ? key + this.length : key];
      if (item !== undefined) return item;
    } else if (key instanceof PySlice) {
      const [start, stop] = sliceBounds(key, this.length);
      return start < stop ? this.slice(start, stop) : '';
    }
    return this[itemPosition(key, this.length)] as string;
  },
};

const wideSlots = {
  py_add(this: PyWideStr, other: PyObject): PyObject {
    const right = textOf(other);
    return right === undefined ? reflect(ADD, this, other) : makeStr(this.text + right);
  },
  py_eq(this: PyWideStr, other: PyObject): PyObject {
    const right = textOf(other);
    return right === undefined ? (other.py_reflectedEq(this) ?? false) : this.text === right;
  },
  py_lt(this: PyWideStr, other: PyObject): PyObject {
    return compareSlow(LT, this, other);
  },
  py_le(this: PyWideStr, other: PyObject): PyObject {
    return compareSlow(LE, this, other);
  },
  py_gt(this: PyWideStr, other: PyObject): PyObject {
    return compareSlow(GT, this, other);
  },
  py_ge(this: PyWideStr, other: PyObject): PyObject {
    return compareSlow(GE, this, other);
  },
  py_truth(): boolean {
    return true;
  },
  py_len(this: PyWideStr): number {
    return this.points.length;
  },
  py_hash(this: PyWideStr): number {
    return textHash(this.text);
  },
  py_repr(this: PyWideStr): string {
    return quoted(this.text);
  },
  py_str(this: PyWideStr): string {
    return this.text;
  },
  py_iter(this: PyWideStr): PyIterator {
    return new WideStrIterator(this.points);
  },
  py_getitem(this: PyWideStr, key: PyObject): PyObject {
    const { points } = this;
    if (key instanceof PySlice) {
      const [start, stop] = sliceBounds(key, points.length);
      return makeStr(points.slice(start, stop).join(''));
    }
    return makeStr(points[itemPosition(key, points.length)] as string);
  },
};

defineAll(slotsOf(String.prototype), commonSlots, strSlots);
defineAll(PyWideStr.prototype, commonSlots, wideSlots);

// ---- the type

function str_make(object?: PyObject, encoding?: PyObject): PyObject {
  if (arguments.length > 3) wrongCount(arguments.length, 0, 3);
  if (object === undefined) return '';
  if (heap.locked !== 0) refuse();
  if (encoding === undefined) {
    if (typeof object === 'string') return object;
    return typeof object === 'number' ? object.toString() : makeStr(object.py_str());
  }
  const buffer = object.py_buffer();
  if (buffer === undefined) throw typeError('object with buffer protocol required');
  return makeStr(decodeText(buffer.bytes));
}

export const strType = defineType({
  name: 'str',
  proto: String.prototype,
  make: ['str(object="", encoding="utf-8", errors="strict", /)', str_make, 'direct'],
  methods: strMethods,
});

define(PyWideStr.prototype, 'cls', strType);

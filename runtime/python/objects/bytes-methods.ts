/**
 * The methods of bytes and bytearray. What gives bytes gives the type of the object it is called on.
 *
 * What is not worth a loop over bytes is done on "binary text", a JS string whose units are the bytes, by the
 * functions of str.
 */
import { None, type PyObject } from './object';
import type { MethodRow } from './type';
import { raise, typeError, valueError } from './raise';
import { truth } from '../interpreter/operators';
import type { KeywordArgument } from '../interpreter/signature';
import { newBytes } from './array';
import { PyByteArray, PyBytes } from './bytes';
import { binaryText, textBytes } from '../../bytes/binary-text';
import { binaryFormat } from './format';
import { intOperand } from './int';
import { PyList } from './list';
import { clampIndex, machineInt } from './slice';
import { PyTuple, itemsOf } from './tuple';
import { makeStr, textOf } from './wide-str';
import {
  IS_ALPHA, IS_DIGIT, IS_SPACE, decodeText, isLower, isUpper, lowerCase, replaced, splitAt, splitAtFromRight,
  splitLines, splitWords, stripped, upperCase,
} from './str-methods'; // prettier-ignore

type Bytes = PyBytes | PyByteArray;

const isBytes = (x: PyObject): x is Bytes => x instanceof PyBytes || x instanceof PyByteArray;

/** The bytes of an argument that must be bytes or a bytearray. */
function bytesArgument(value: PyObject): Uint8Array {
  if (isBytes(value)) return value.bytes;
  if (value.native !== undefined && isBytes(value.native)) return value.native.bytes;
  const wanted = textOf(value) === undefined ? 'str' : 'bytes';
  throw typeError(`can't convert '${value.cls.typeName}' object to ${wanted} implicitly`);
}

/** An object of the type of `self`. */
const like = (self: Bytes, bytes: Uint8Array): PyObject =>
  self instanceof PyBytes ? new PyBytes(bytes) : new PyByteArray(bytes);

const likeText = (self: Bytes, text: string): PyObject => like(self, textBytes(text));
const textArgument = (value: PyObject): string => binaryText(bytesArgument(value));
const given = (x: PyObject | undefined): x is PyObject => x !== undefined && x !== None;

// ---- finding

/** Where `wanted` first is in bytes[start…end], or −1. */
export function findBytes(bytes: Uint8Array, wanted: Uint8Array, start: number, end: number): number {
  const { length } = wanted;
  if (length === 0) return start <= end ? start : -1;
  const first = wanted[0] as number;
  for (let at = bytes.indexOf(first, start); at >= 0 && at + length <= end; at = bytes.indexOf(first, at + 1)) {
    if (matchesAt(bytes, wanted, at)) return at;
  }
  return -1;
}

function findLast(bytes: Uint8Array, wanted: Uint8Array, start: number, end: number): number {
  for (let at = end - wanted.length; at >= start; at--) if (matchesAt(bytes, wanted, at)) return at;
  return -1;
}

function matchesAt(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/** What to find: bytes, or an int for one byte. */
function needle(value: PyObject): Uint8Array {
  if (isBytes(value)) return value.bytes;
  const byte = intOperand(value);
  if (byte === undefined) return bytesArgument(value);
  if (byte < 0 || byte > 255) throw valueError('bytes value out of range');
  return Uint8Array.of(Number(byte));
}

function search(
  self: Bytes,
  what: PyObject,
  from: PyObject | undefined,
  to: PyObject | undefined,
  last: boolean,
): number {
  const wanted = needle(what);
  const { bytes } = self;
  const start = given(from) ? clampIndex(self.cls, from, bytes.length) : 0;
  const end = given(to) ? clampIndex(self.cls, to, bytes.length) : bytes.length;
  return last ? findLast(bytes, wanted, start, end) : findBytes(bytes, wanted, start, end);
}

function found(at: number): PyObject {
  if (at < 0) throw valueError('substring not found');
  return at;
}

const bytes_find = (self: Bytes, what: PyObject, start?: PyObject, end?: PyObject): PyObject =>
  search(self, what, start, end, false);
const bytes_rfind = (self: Bytes, what: PyObject, start?: PyObject, end?: PyObject): PyObject =>
  search(self, what, start, end, true);
const bytes_index = (self: Bytes, what: PyObject, start?: PyObject, end?: PyObject): PyObject =>
  found(search(self, what, start, end, false));
const bytes_rindex = (self: Bytes, what: PyObject, start?: PyObject, end?: PyObject): PyObject =>
  found(search(self, what, start, end, true));

function bytes_count(self: Bytes, what: PyObject, from?: PyObject, to?: PyObject): PyObject {
  const wanted = bytesArgument(what);
  const { bytes } = self;
  const start = given(from) ? clampIndex(self.cls, from, bytes.length) : 0;
  const end = given(to) ? clampIndex(self.cls, to, bytes.length) : bytes.length;
  let count = 0;
  if (wanted.length === 0) {
    // MicroPython counts the gaps between characters of UTF-8 here.
    for (let i = start; i < end; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) count++;
    return count + 1;
  }
  for (let at = findBytes(bytes, wanted, start, end); at >= 0; count++) {
    at = findBytes(bytes, wanted, at + wanted.length, end);
  }
  return count;
}

/** The bytes of a prefix, a suffix or what `rsplit` splits at: MicroPython takes a str too. */
function affix(value: PyObject): Uint8Array {
  if (value instanceof PyByteArray) throw typeError("can't convert 'bytearray' object to str implicitly");
  return textOf(value) === undefined ? bytesArgument(value) : (value.py_buffer()?.bytes ?? new Uint8Array(0));
}

function startsOrEnds(
  self: Bytes,
  what: PyObject,
  from: PyObject | undefined,
  to: PyObject | undefined,
  ends: boolean,
): boolean {
  const { bytes } = self;
  const end = from !== undefined && given(to) ? clampIndex(self.cls, to, bytes.length) : bytes.length;
  const start = given(from) ? clampIndex(self.cls, from, bytes.length) : 0;
  const length = Math.max(0, end - start);
  const fits = (value: PyObject): boolean => {
    const wanted = affix(value);
    return wanted.length <= length && matchesAt(bytes, wanted, ends ? start + length - wanted.length : start);
  };
  return what instanceof PyTuple ? what.la.some(fits) : fits(what);
}

const bytes_startswith = (self: Bytes, prefix: PyObject, start?: PyObject, end?: PyObject): PyObject =>
  startsOrEnds(self, prefix, start, end, false);
const bytes_endswith = (self: Bytes, suffix: PyObject, start?: PyObject, end?: PyObject): PyObject =>
  startsOrEnds(self, suffix, start, end, true);

function partition(self: Bytes, separator: PyObject, last: boolean): PyObject {
  const wanted = bytesArgument(separator);
  if (wanted.length === 0) throw valueError('empty separator');
  const { bytes } = self;
  const at = last ? findLast(bytes, wanted, 0, bytes.length) : findBytes(bytes, wanted, 0, bytes.length);
  const empty = (): PyObject => new PyBytes(new Uint8Array(0));
  if (at < 0) return new PyTuple(last ? [empty(), empty(), self] : [self, empty(), empty()]);
  return new PyTuple([
    like(self, bytes.slice(0, at)),
    like(self, wanted.slice()),
    like(self, bytes.slice(at + wanted.length)),
  ]);
}

const bytes_partition = (self: Bytes, separator: PyObject): PyObject => partition(self, separator, false);
const bytes_rpartition = (self: Bytes, separator: PyObject): PyObject => partition(self, separator, true);

// ---- splitting and joining

const pieces = (self: Bytes, texts: readonly string[]): PyObject =>
  new PyList(texts.map((text) => likeText(self, text)));

function bytes_split(self: Bytes, separator?: PyObject, maxsplit?: PyObject): PyObject {
  const limit = maxsplit === undefined ? -1 : machineInt(maxsplit);
  const text = binaryText(self.bytes);
  return pieces(self, given(separator) ? splitAt(text, textArgument(separator), limit) : splitWords(text, limit));
}

function bytes_rsplit(self: Bytes, separator?: PyObject, maxsplit?: PyObject): PyObject {
  const limit = maxsplit === undefined ? -1 : machineInt(maxsplit);
  if (limit < 0) return bytes_split(self, separator);
  if (!given(separator)) raise('NotImplementedError', 'rsplit(None,n)');
  return pieces(self, splitAtFromRight(binaryText(self.bytes), binaryText(affix(separator)), limit));
}

const bytes_splitlines = (self: Bytes, keepends?: PyObject): PyObject =>
  pieces(self, splitLines(binaryText(self.bytes), keepends !== undefined && truth(keepends)));

function bytes_join(self: Bytes, items: PyObject): PyObject {
  const la = items.la ?? itemsOf(items);
  const separator = self.bytes;
  let length = la.length === 0 ? 0 : separator.length * (la.length - 1);
  for (let i = 0; i < la.length; i++) {
    const item = la[i] as PyObject;
    if (!isBytes(item)) throw typeError('join expects a list of str/bytes objects consistent with self object');
    length += item.bytes.length;
  }
  const all = newBytes(length);
  let at = 0;
  for (let i = 0; i < la.length; i++) {
    if (i > 0 && separator.length > 0) {
      all.set(separator, at);
      at += separator.length;
    }
    const { bytes } = la[i] as Bytes;
    all.set(bytes, at);
    at += bytes.length;
  }
  return like(self, all);
}

// ---- stripping, replacing and case

function strip(self: Bytes, chars: PyObject | undefined, left: boolean, right: boolean): PyObject {
  const text = binaryText(self.bytes);
  const rest = stripped(text, chars === undefined ? undefined : textArgument(chars), left, right);
  if (rest === '') return new PyBytes(new Uint8Array(0));
  return rest.length === text.length ? self : likeText(self, rest);
}

const bytes_strip = (self: Bytes, chars?: PyObject): PyObject => strip(self, chars, true, true);
const bytes_lstrip = (self: Bytes, chars?: PyObject): PyObject => strip(self, chars, true, false);
const bytes_rstrip = (self: Bytes, chars?: PyObject): PyObject => strip(self, chars, false, true);

function bytes_center(self: Bytes, width: PyObject): PyObject {
  const { bytes } = self;
  const padding = machineInt(width) - bytes.length;
  if (padding <= 0) return self;
  const all = newBytes(bytes.length + padding).fill(32);
  all.set(bytes, Math.floor(padding / 2));
  return like(self, all);
}

function bytes_replace(self: Bytes, old: PyObject, by: PyObject, count?: PyObject): PyObject {
  const limit = count === undefined ? -1 : machineInt(count);
  if (limit === 0) return self;
  const text = binaryText(self.bytes);
  const wanted = textArgument(old);
  const result = replaced(text, wanted, textArgument(by), limit);
  return result === text ? self : likeText(self, result);
}

const bytes_upper = (self: Bytes): PyObject => likeText(self, upperCase(binaryText(self.bytes)));
const bytes_lower = (self: Bytes): PyObject => likeText(self, lowerCase(binaryText(self.bytes)));

// ---- codes and formatting

const bytes_decode = (self: Bytes, _encoding?: PyObject, _errors?: PyObject): PyObject =>
  makeStr(decodeText(self.bytes));

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function bytes_hex(self: Bytes, separator?: PyObject): PyObject {
  const { bytes } = self;
  const between = separator === undefined ? '' : (textOf(separator) ?? binaryText(bytesArgument(separator)))[0];
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += (i > 0 ? (between ?? '\0') : '') + (HEX[bytes[i] as number] as string);
  return makeStr(text);
}

const bytes_format = (self: Bytes, args: PyObject[], kwargs: KeywordArgument[]): PyObject =>
  likeText(self, binaryFormat(binaryText(self.bytes), args, kwargs));

export const bytesMethods: readonly MethodRow[] = [
  ['center(self, width, /)', bytes_center],
  ['count(self, sub, start=0, end=None, /)', bytes_count],
  ['decode(self, encoding="utf-8", errors="strict", /)', bytes_decode],
  ['endswith(self, suffix, start=0, end=None, /)', bytes_endswith],
  ['find(self, sub, start=0, end=None, /)', bytes_find],
  ['format(self, *args, **kwargs)', bytes_format],
  ['hex(self, sep="", /)', bytes_hex],
  ['index(self, sub, start=0, end=None, /)', bytes_index],
  ['isalpha(self, /)', (self: Bytes) => IS_ALPHA.test(binaryText(self.bytes))],
  ['isdigit(self, /)', (self: Bytes) => IS_DIGIT.test(binaryText(self.bytes))],
  ['islower(self, /)', (self: Bytes) => isLower(binaryText(self.bytes))],
  ['isspace(self, /)', (self: Bytes) => IS_SPACE.test(binaryText(self.bytes))],
  ['isupper(self, /)', (self: Bytes) => isUpper(binaryText(self.bytes))],
  ['join(self, iterable, /)', bytes_join],
  ['lower(self, /)', bytes_lower],
  ['lstrip(self, chars=None, /)', bytes_lstrip],
  ['partition(self, sep, /)', bytes_partition],
  ['replace(self, old, new, count=-1, /)', bytes_replace],
  ['rfind(self, sub, start=0, end=None, /)', bytes_rfind],
  ['rindex(self, sub, start=0, end=None, /)', bytes_rindex],
  ['rpartition(self, sep, /)', bytes_rpartition],
  ['rsplit(self, sep=None, maxsplit=-1, /)', bytes_rsplit],
  ['rstrip(self, chars=None, /)', bytes_rstrip],
  ['split(self, sep=None, maxsplit=-1, /)', bytes_split],
  ['splitlines(self, /, keepends=False)', bytes_splitlines],
  ['startswith(self, prefix, start=0, end=None, /)', bytes_startswith],
  ['strip(self, chars=None, /)', bytes_strip],
  ['upper(self, /)', bytes_upper],
];

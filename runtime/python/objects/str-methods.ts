/**
 * The methods of str.
 *
 * They work on the JS text. Where a position goes in or comes out, a `PyWideStr` counts code points; a primitive
 * string counts its units, which are the same there.
 */
import { None, type PyObject } from './object';
import type { MethodRow } from './type';
import { exception, raise, typeError, valueError, wrongCount } from './raise';
import { type PyWideStr, makeStr, textOf } from './wide-str';
import { isIndex } from './int';
import { reserve } from './running';
import { machineInt } from './slice';
import { PyList } from './list';
import { PyTuple, itemsOf } from './tuple';
import { truth } from '../interpreter/operators';
import { decodeUtf8, encodeUtf8, Utf8Error } from '../../bytes/utf8';
import { PyBytes, makeBytes } from './bytes';
import { strFormat } from './format';
import type { KeywordArgument } from '../interpreter/signature';

/** Any str: a primitive or a `PyWideStr`. */
export type Str = string | PyWideStr;

/** Raises the TypeError for a value that should have been a str. */
export function notStr(value: PyObject): never {
  throw typeError(`can't convert '${value.cls.typeName}' object to str implicitly`);
}

/** The text of an argument that must be a str. */
export function strArgument(value: PyObject): string {
  if (typeof value === 'string') return value;
  return textOf(value) ?? notStr(value);
}

const plain = (self: Str): string => (typeof self === 'string' ? self : self.text);

// ---- positions

/** The int of an index into a str. */
export function strIndex(index: PyObject): number {
  if (typeof index === 'number') return index;
  if (!isIndex(index)) {
    throw typeError(`string indices must be integers, not ${index.cls.typeName}`);
  }
  return machineInt(index);
}

/** A position within a str of `length` code points, cut off at its ends. */
export function clampStrIndex(index: PyObject, length: number): number {
  const i = strIndex(index);
  const at = i < 0 ? i + length : i;
  return at < 0 ? 0 : at > length ? length : at;
}

/** Where in the JS text the code point number `at` begins. */
function unitOffset(self: PyWideStr, at: number): number {
  const { points } = self;
  let offset = 0;
  for (let i = 0; i < at; i++) offset += (points[i] as string).length;
  return offset;
}

/** An index argument as a position in the JS text. */
function textPosition(self: Str, index: PyObject): number {
  if (typeof self === 'string') return clampStrIndex(index, self.length);
  return unitOffset(self, clampStrIndex(index, self.points.length));
}

/** A position in the JS text as an index of the str. */
function indexOfUnit(self: Str, at: number): number {
  if (typeof self === 'string' || at <= 0) return at;
  let index = 0;
  for (let offset = 0; offset < at; index++) offset += (self.points[index] as string).length;
  return index;
}

const given = (x: PyObject | undefined): x is PyObject => x !== undefined && x !== None;

// ---- finding

/** The position in the JS text where `needle` is first (or last) found from start to end, or −1. */
function search(
  self: Str,
  needle: PyObject,
  start: PyObject | undefined,
  end: PyObject | undefined,
  last: boolean,
): number {
  const text = plain(self);
  const wanted = strArgument(needle);
  const from = given(start) ? textPosition(self, start) : 0;
  const to = given(end) ? textPosition(self, end) : text.length;
  if (to < from) return -1;
  if (last) {
    const at = to - wanted.length < from ? -1 : text.lastIndexOf(wanted, to - wanted.length);
    return at < from ? -1 : at;
  }
  const at = text.indexOf(wanted, from);
  return at + wanted.length > to ? -1 : at;
}

function str_find(self: Str, needle: PyObject, start?: PyObject, end?: PyObject): PyObject {
  const count = arguments.length;
  if (count === 2 && typeof self === 'string' && typeof needle === 'string') return self.indexOf(needle);
  if (count < 2 || count > 4) wrongCount(count, 2, 4);
  return indexOfUnit(self, search(self, needle, start, end, false));
}

function str_rfind(self: Str, needle: PyObject, start?: PyObject, end?: PyObject): PyObject {
  return indexOfUnit(self, search(self, needle, start, end, true));
}

function found(self: Str, at: number): PyObject {
  if (at < 0) throw valueError('substring not found');
  return indexOfUnit(self, at);
}

function str_index(self: Str, needle: PyObject, start?: PyObject, end?: PyObject): PyObject {
  return found(self, search(self, needle, start, end, false));
}

function str_rindex(self: Str, needle: PyObject, start?: PyObject, end?: PyObject): PyObject {
  return found(self, search(self, needle, start, end, true));
}

function str_count(self: Str, needle: PyObject, start?: PyObject, end?: PyObject): PyObject {
  const wanted = strArgument(needle);
  const text = plain(self);
  const from = given(start) ? textPosition(self, start) : 0;
  const to = given(end) ? textPosition(self, end) : text.length;
  if (wanted === '') return (to < from ? 0 : indexOfUnit(self, to) - indexOfUnit(self, from)) + 1;
  let count = 0;
  for (let at = text.indexOf(wanted, from); at >= 0 && at + wanted.length <= to; count++) {
    at = text.indexOf(wanted, at + wanted.length);
  }
  return count;
}

/** The text of a prefix or suffix to look for: MicroPython takes bytes too. */
function affix(value: PyObject): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  if (!(value instanceof PyBytes)) return notStr(value);
  // What is no UTF-8 is in no text, as no lone surrogate is.
  return utf8Text(value.bytes) ?? '\ud800';
}

/** The part of the text that `startswith` and `endswith` look at. */
function window(self: Str, start: PyObject | undefined, end: PyObject | undefined): string {
  const text = plain(self);
  if (start === undefined) return text;
  const to = given(end) ? textPosition(self, end) : text.length;
  const from = start === None ? 0 : textPosition(self, start);
  return text.slice(from, to < from ? from : to);
}

function str_startswith(self: Str, prefix: PyObject, start?: PyObject, end?: PyObject): PyObject {
  const count = arguments.length;
  if (count < 2 || count > 4) wrongCount(count, 2, 4);
  if (count === 2 && typeof self === 'string' && typeof prefix === 'string') return self.startsWith(prefix);
  const text = window(self, start, end);
  if (prefix instanceof PyTuple) return prefix.la.some((p) => text.startsWith(affix(p)));
  return text.startsWith(affix(prefix));
}

function str_endswith(self: Str, suffix: PyObject, start?: PyObject, end?: PyObject): PyObject {
  const count = arguments.length;
  if (count < 2 || count > 4) wrongCount(count, 2, 4);
  if (count === 2 && typeof self === 'string' && typeof suffix === 'string') return self.endsWith(suffix);
  const text = window(self, start, end);
  if (suffix instanceof PyTuple) return suffix.la.some((p) => text.endsWith(affix(p)));
  return text.endsWith(affix(suffix));
}

function partition(self: Str, separator: PyObject, last: boolean): PyObject {
  const text = plain(self);
  const wanted = strArgument(separator);
  if (wanted === '') throw valueError('empty separator');
  const at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
  if (at < 0) return new PyTuple(last ? ['', '', self] : [self, '', '']);
  return new PyTuple([makeStr(text.slice(0, at)), separator, makeStr(text.slice(at + wanted.length))]);
}

const str_partition = (self: Str, separator: PyObject): PyObject => partition(self, separator, false);
const str_rpartition = (self: Str, separator: PyObject): PyObject => partition(self, separator, true);

// ---- splitting and joining

const isSpace = (unit: number): boolean => unit === 32 || (unit >= 9 && unit <= 13);

/** The words of a text; after `limit` of them (if not negative) the rest in one piece. */
export function splitWords(text: string, limit: number): string[] {
  const words: string[] = [];
  const { length } = text;
  let at = 0;
  while (at < length && isSpace(text.charCodeAt(at))) at++;
  while (at < length) {
    if (limit === 0) {
      words.push(text.slice(at));
      break;
    }
    limit--;
    const start = at;
    while (at < length && !isSpace(text.charCodeAt(at))) at++;
    words.push(text.slice(start, at));
    while (at < length && isSpace(text.charCodeAt(at))) at++;
  }
  return words;
}

/** The pieces of a text between separators, at most `limit` splits from the left if not negative. */
export function splitAt(text: string, separator: string, limit: number): string[] {
  if (separator === '') throw valueError('empty separator');
  const all = text.split(separator);
  if (limit < 0 || all.length <= limit + 1) return all;
  const pieces = all.slice(0, limit);
  pieces.push(all.slice(limit).join(separator));
  return pieces;
}

/** The same with the splits counted from the right. */
export function splitAtFromRight(text: string, separator: string, limit: number): string[] {
  if (separator === '') throw valueError('empty separator');
  const pieces: string[] = [];
  let end = text.length;
  while (limit-- > 0) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length);
    if (at < 0) break;
    pieces.push(text.slice(at + separator.length, end));
    end = at;
  }
  pieces.push(text.slice(0, end));
  return pieces.reverse();
}

/** The list of the pieces of a str. */
function pieces(self: Str, texts: string[]): PyObject {
  return new PyList(typeof self === 'string' ? texts : texts.map(makeStr));
}

function str_split(self: Str, separator?: PyObject, maxsplit?: PyObject): PyObject {
  const count = arguments.length;
  if (count === 2 && typeof self === 'string' && typeof separator === 'string' && separator !== '') {
    return new PyList(self.split(separator));
  }
  if (count > 3) wrongCount(count, 1, 3);
  const limit = maxsplit === undefined ? -1 : machineInt(maxsplit);
  const text = plain(self);
  return pieces(self, given(separator) ? splitAt(text, strArgument(separator), limit) : splitWords(text, limit));
}

function str_rsplit(self: Str, separator?: PyObject, maxsplit?: PyObject): PyObject {
  const limit = maxsplit === undefined ? -1 : machineInt(maxsplit);
  const text = plain(self);
  if (limit < 0) {
    return pieces(self, given(separator) ? splitAt(text, strArgument(separator), -1) : splitWords(text, -1));
  }
  if (!given(separator)) raise('NotImplementedError', 'rsplit(None,n)');
  // MicroPython takes bytes here too.
  const bytes = separator.py_buffer()?.bytes;
  const between = bytes === undefined ? strArgument(separator) : utf8Text(bytes);
  return pieces(self, between === undefined ? [text] : splitAtFromRight(text, between, limit));
}

/** The lines of a text. */
export function splitLines(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  const ends = /\r\n|\r|\n/g;
  let start = 0;
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    lines.push(text.slice(start, keepEnds ? ends.lastIndex : end.index));
    start = ends.lastIndex;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

const str_splitlines = (self: Str, keepends?: PyObject): PyObject =>
  pieces(self, splitLines(plain(self), keepends !== undefined && truth(keepends)));

const badJoin = (): never => {
  throw typeError('join expects a list of str/bytes objects consistent with self object');
};

function str_join(self: Str, items: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2, 2);
  const la = items.la ?? itemsOf(items);
  let wide = typeof self !== 'string';
  let texts: string[] | undefined;
  for (let i = 0; i < la.length; i++) {
    const item = la[i] as PyObject;
    if (typeof item === 'string') {
      texts?.push(item);
      continue;
    }
    const text = textOf(item);
    if (text === undefined) badJoin();
    texts ??= la.slice(0, i) as string[];
    texts.push(text as string);
    wide = true;
  }
  const joined = (texts ?? (la as string[])).join(plain(self));
  reserve(joined.length + 1);
  return wide ? makeStr(joined) : joined;
}

// ---- stripping and filling

/** Where the text begins and ends without what is stripped: white space, or any of `chars`. */
export function stripped(text: string, chars: string | undefined, left: boolean, right: boolean): string {
  let start = 0;
  let end = text.length;
  if (chars === undefined) {
    if (left) while (start < end && isSpace(text.charCodeAt(start))) start++;
    if (right) while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  } else {
    if (left) while (start < end && chars.includes(text[start] as string)) start++;
    if (right) while (end > start && chars.includes(text[end - 1] as string)) end--;
  }
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function strip(self: Str, chars: PyObject | undefined, left: boolean, right: boolean): PyObject {
  const set = chars === undefined ? undefined : strArgument(chars);
  if (typeof self === 'string') return stripped(self, set, left, right);
  const { points } = self;
  const drop = (point: string): boolean =>
    set === undefined ? isSpace(point.charCodeAt(0)) : Array.from(set).includes(point);
  let start = 0;
  let end = points.length;
  if (left) while (start < end && drop(points[start] as string)) start++;
  if (right) while (end > start && drop(points[end - 1] as string)) end--;
  return makeStr(points.slice(start, end).join(''));
}

function str_strip(self: Str, chars?: PyObject): PyObject {
  if (arguments.length === 1 && typeof self === 'string') return stripped(self, undefined, true, true);
  if (arguments.length > 2) wrongCount(arguments.length, 1, 2);
  return strip(self, chars, true, true);
}

const str_lstrip = (self: Str, chars?: PyObject): PyObject => strip(self, chars, true, false);
const str_rstrip = (self: Str, chars?: PyObject): PyObject => strip(self, chars, false, true);

function str_center(self: Str, width: PyObject): PyObject {
  const length = typeof self === 'string' ? self.length : self.points.length;
  const padding = machineInt(width) - length;
  if (padding <= 0) return self;
  reserve(length + padding + 1);
  const left = Math.floor(padding / 2);
  return makeStr(' '.repeat(left) + plain(self) + ' '.repeat(padding - left));
}

// ---- replacing and case

/** `text` with `old` replaced, at most `limit` times if not negative. */
export function replaced(text: string, old: string, by: string, limit: number): string {
  if (old === '') {
    const points = Array.from(text);
    let result = '';
    for (let i = 0; i <= points.length; i++) {
      if (limit < 0 || i < limit) result += by;
      result += points[i] ?? '';
    }
    return result;
  }
  if (limit < 0) return by.includes('$') ? text.split(old).join(by) : text.replaceAll(old, by);
  let result = '';
  let start = 0;
  for (; limit > 0; limit--) {
    const at = text.indexOf(old, start);
    if (at < 0) break;
    result += text.slice(start, at) + by;
    start = at + old.length;
  }
  return result + text.slice(start);
}

function str_replace(self: Str, old: PyObject, by: PyObject, count?: PyObject): PyObject {
  if (arguments.length < 3 || arguments.length > 4) wrongCount(arguments.length, 3, 4);
  const limit = count === undefined ? -1 : machineInt(count);
  if (limit === 0) return self;
  if (typeof self === 'string' && typeof old === 'string' && typeof by === 'string') {
    return replaced(self, old, by, limit);
  }
  const wanted = strArgument(old);
  return makeStr(replaced(plain(self), wanted, strArgument(by), limit));
}

const BEYOND_ASCII = /[^\x00-\x7f]/;

/** The text with the letters a–z (and no others) in upper case. */
export function upperCase(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toUpperCase();
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** The text with the letters A–Z (and no others) in lower case. */
export function lowerCase(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function str_upper(self: Str): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1, 1);
  return typeof self === 'string' ? upperCase(self) : makeStr(upperCase(self.text));
}

function str_lower(self: Str): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1, 1);
  return typeof self === 'string' ? lowerCase(self) : makeStr(lowerCase(self.text));
}

export const IS_ALPHA = /^[a-zA-Z]+$/;
export const IS_DIGIT = /^[0-9]+$/;
export const IS_SPACE = /^[ \t-\r]+$/;

/** Whether there is a letter, and none in upper case. */
export const isLower = (text: string): boolean => /[a-z]/.test(text) && !/[A-Z]/.test(text);
/** Whether there is a letter, and none in lower case. */
export const isUpper = (text: string): boolean => /[A-Z]/.test(text) && !/[a-z]/.test(text);

// ---- encoding and formatting

/** The text of UTF-8 bytes; raises UnicodeError. */
export function decodeText(bytes: Uint8Array): string {
  const text = utf8Text(bytes);
  if (text === undefined) throw exception('UnicodeError');
  return text;
}

/** The text of UTF-8, or undefined. */
function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return decodeUtf8(bytes);
  } catch (e) {
    if (e instanceof Utf8Error) return undefined;
    throw e;
  }
}

/** The codec is always UTF-8, whatever its name. */
const str_encode = (self: Str, _encoding?: PyObject, _errors?: PyObject): PyObject =>
  makeBytes(encodeUtf8(plain(self)));

/** `format` with positional arguments only, as most calls are. */
function str_format(self: Str, ...args: PyObject[]): PyObject {
  return strFormat(plain(self), args, []);
}

/** The same for a call with keywords. */
str_format.fn = (self: Str, args: PyObject[], kwargs: KeywordArgument[]): PyObject =>
  strFormat(plain(self), args, kwargs);

export const strMethods: readonly MethodRow[] = [
  ['center(self, width, /)', str_center],
  ['count(self, sub, start=0, end=None, /)', str_count],
  ['encode(self, encoding="utf-8", errors="strict", /)', str_encode],
  ['endswith(self, suffix, start=0, end=None, /)', str_endswith, 'direct'],
  ['find(self, sub, start=0, end=None, /)', str_find, 'direct'],
  ['format(self, *args, **kwargs)', str_format, 'direct'],
  ['index(self, sub, start=0, end=None, /)', str_index],
  ['isalpha(self, /)', (self: Str) => IS_ALPHA.test(plain(self))],
  ['isdigit(self, /)', (self: Str) => IS_DIGIT.test(plain(self))],
  ['islower(self, /)', (self: Str) => isLower(plain(self))],
  ['isspace(self, /)', (self: Str) => IS_SPACE.test(plain(self))],
  ['isupper(self, /)', (self: Str) => isUpper(plain(self))],
  ['join(self, iterable, /)', str_join, 'direct'],
  ['lower(self, /)', str_lower, 'direct'],
  ['lstrip(self, chars=None, /)', str_lstrip],
  ['partition(self, sep, /)', str_partition],
  ['replace(self, old, new, count=-1, /)', str_replace, 'direct'],
  ['rfind(self, sub, start=0, end=None, /)', str_rfind],
  ['rindex(self, sub, start=0, end=None, /)', str_rindex],
  ['rpartition(self, sep, /)', str_rpartition],
  ['rsplit(self, sep=None, maxsplit=-1, /)', str_rsplit],
  ['rstrip(self, chars=None, /)', str_rstrip],
  ['split(self, sep=None, maxsplit=-1, /)', str_split, 'direct'],
  ['splitlines(self, /, keepends=False)', str_splitlines],
  ['startswith(self, prefix, start=0, end=None, /)', str_startswith, 'direct'],
  ['strip(self, chars=None, /)', str_strip, 'direct'],
  ['upper(self, /)', str_upper, 'direct'],
];

/**
 * Values as formatted text: `str.format` and f-strings with their format specifications, and the `%` operator.
 *
 * MicroPython measures widths in bytes of UTF-8, and so does this. Formatting of bytes works on "binary" text, whose
 * units are the bytes: `Sink.binary` says so.
 */
import { binaryText } from '../../bytes/binary-text';
import { checkedName } from './name';
import { heap, refuse } from './heap';
import type { PyObject } from './object';
import { exception, raise, typeError, valueError, worded } from './raise';
import { reserve } from './running';
import { PyDict } from './dict';
import { PyFloat, isSinglePrecision } from './float';
import { formatFloat, floatRepr, type FloatLetter } from './float-format';
import { intOf, intOperand, type Int } from './int';
import { numberOf } from './number';
import { machineInt } from './slice';
import { PyBytes } from './bytes';
import { makeStr, textOf } from './wide-str';
import type { KeywordArgument } from '../interpreter/signature';
import { encodeUtf8 } from '../../bytes/utf8';

export { floatRepr };

// ---- laying out

/** What a specification says, or the flags and numbers of a `%` conversion. */
interface Layout {
  fill: string;
  /** '<', '>', '^', or '=' to fill after the sign. */
  align: string;
  /** '+', ' ' or nothing: what stands before a number that is not negative. */
  sign: string;
  /** `#`: show the prefix of the base. */
  prefix: boolean;
  /** ',', '_' or nothing: what groups digits. */
  group: string;
  width: number;
  /** −1 where there is none. */
  precision: number;
}

const ASCII = /^[\x00-\x7f]*$/;

/** The bytes that text takes. */
const byteLength = (text: string, binary: boolean): number =>
  binary || ASCII.test(text) ? text.length : encodeUtf8(text).length;

/** The first bytes of text, a character that is cut being dropped. */
function cutBytes(text: string, count: number, binary: boolean): string {
  if (binary || ASCII.test(text)) return text.slice(0, count);
  let result = '';
  let length = 0;
  for (const point of text) {
    length += encodeUtf8(point).length;
    if (length > count) break;
    result += point;
  }
  return result;
}

/** Text filled up to a width. */
function pad(text: string, layout: Layout, width: number, binary: boolean): string {
  const missing = width - byteLength(text, binary);
  if (missing <= 0) return text;
  reserve(width);
  const { fill, align } = layout;
  if (align === '^') {
    const left = missing >> 1;
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }
  return align === '<' ? text + fill.repeat(missing) : fill.repeat(missing) + text;
}

/** Zeros before digits in groups: the first character is never what separates groups. */
function padGroups(text: string, group: string, width: number): string {
  const size = group === '_' ? 5 : 4;
  let missing = width - text.length;
  if (missing <= 0) return text;
  if (width % size === 0) missing++;
  let zeros = '';
  for (let i = 0; i < missing; i++) zeros = ((text.length + i + 1) % size === 0 ? group : '0') + zeros;
  return zeros + text;
}

const DIGITS_PER_GROUP: Record<number, number> = { 2: 4, 8: 4, 10: 3, 16: 4 };

function grouped(digits: string, base: number, group: string): string {
  const size = DIGITS_PER_GROUP[base] as number;
  let result = '';
  for (let end = digits.length; end > 0; end -= size) {
    result = digits.slice(Math.max(0, end - size), end) + (result === '' ? '' : group) + result;
  }
  return result;
}

const PREFIXES: Record<number, string> = { 2: '0b', 8: '0o', 16: '0x' };

/** An int in some base, laid out. A specification's precision is none of an int; that of `%` is. */
function intText(value: Int, base: number, upper: boolean, layout: Layout, precision = -1): string {
  let { align, width, fill } = layout;
  if (fill === '0' && align !== '<' && align !== '^') {
    if (precision > width) width = precision;
    precision = 0;
  }
  const negative = value < 0;
  let digits = (negative ? -value : value).toString(base);
  let prefix = layout.prefix ? (PREFIXES[base] ?? '') : '';
  if (upper) {
    digits = digits.toUpperCase();
    prefix = prefix.toUpperCase();
  }
  if (layout.group !== '') digits = grouped(digits, base, layout.group);
  const lead = (negative ? '-' : layout.sign) + prefix;
  if (precision > 1) {
    const text = lead + digits.padStart(precision, '0');
    return align === '<' ? text.padEnd(width) : text.padStart(width);
  }
  if (align !== '=') {
    const text = lead + digits;
    return fill === '0' && layout.group !== '' && align === '>'
      ? padGroups(text, layout.group, width)
      : pad(text, layout, width, true);
  }
  width -= lead.length;
  if (fill === '0' && layout.group !== '') return lead + padGroups(digits, layout.group, width);
  return lead + digits.padStart(width, fill);
}

/** A float, laid out. */
function floatText(value: number, letter: FloatLetter, layout: Layout, after: string): string {
  const text = formatFloat(value, letter, layout.precision, layout.sign, isSinglePrecision()) + after;
  if (layout.align !== '=') return pad(text, layout, layout.width, true);
  const first = text[0] as string;
  if (layout.group !== '' && layout.fill === '0') {
    return first >= '0'
      ? padGroups(text, layout.group, layout.width)
      : first + padGroups(text.slice(1), layout.group, layout.width - 1);
  }
  if (first >= '0') return text.padStart(layout.width, layout.fill);
  return first + text.slice(1).padStart(layout.width - 1, layout.fill);
}

// ---- format specifications

/** What a specification holds: a fill of one byte, align, sign, prefix, width, group, precision, type. */
const SPECIFICATION = /^(?:([\x00-\x7f])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d*))?([bcdeEfFgGnosxX%])?$/;

interface Specification extends Layout {
  type: string;
}

/** Specifications that were read, for numbers and for anything else. */
const readForNumbers = new Map<string, Specification>();
const readForOthers = new Map<string, Specification>();
/** So that a program that makes ever new ones does not fill memory. */
const CACHE_LIMIT = 500;

function readSpecification(text: string, numeric: boolean): Specification {
  const cache = numeric ? readForNumbers : readForOthers;
  let read = cache.get(text);
  if (read === undefined) {
    read = parseSpecification(text, numeric);
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(text, read);
  }
  return read;
}

function parseSpecification(text: string, numeric: boolean): Specification {
  const m = SPECIFICATION.exec(text);
  if (m === null) throw valueError('invalid format specifier');
  const zero = m[5] !== undefined;
  const sign = m[3] === '+' || m[3] === ' ' ? m[3] : '';
  const type = m[9] ?? '';
  const read: Specification = {
    fill: m[1] ?? (zero ? '0' : ' '),
    align: m[2] ?? (numeric ? (zero ? '=' : '>') : '<'),
    sign,
    prefix: m[4] !== undefined,
    width: m[6] === undefined ? -1 : Number(m[6]),
    group: m[7] ?? '',
    precision: m[8] === undefined || m[8] === '' ? -1 : Number(m[8]),
    type,
  };
  if (sign !== '') {
    if (type === 's') throw valueError('sign not allowed in string format specifier');
    if (type === 'c') throw valueError("sign not allowed with integer format specifier 'c'");
  }
  return read;
}

function unknownCode(type: string, value: PyObject): never {
  throw valueError(`unknown format code '${type}' for object of type '${value.cls.typeName}'`);
}

/** One byte as text: what `c` makes of an int. */
const charText = (value: Int): string => String.fromCharCode(Number(BigInt.asUintN(8, BigInt(value))));

/** `format(value, spec)` where the specification is not empty. */
function formatted(value: PyObject, text: string, binary: boolean): string {
  const int = typeof value === 'object' ? undefined : intOperand(value);
  const numeric = int !== undefined || value instanceof PyFloat;
  const spec = readSpecification(text, numeric);
  const { type } = spec;
  if (int !== undefined) {
    switch (type) {
      case '':
      case 'n':
      case 'd':
        return intText(int, 10, false, spec);
      case 'x':
        return intText(int, 16, false, spec);
      case 'X':
        return intText(int, 16, true, spec);
      case 'b':
        return intText(int, 2, false, spec);
      case 'o':
        return intText(int, 8, false, spec);
      case 'c':
        machineInt(int);
        return pad(charText(int), spec, spec.width, true);
      case 's':
        unknownCode(type, value);
    }
  }
  if (numeric) {
    const x = numberOf(value);
    switch (type) {
      case '':
      case 'n':
        return floatText(x, 'g', spec, '');
      case '%':
        return floatText(isSinglePrecision() ? Math.fround(x * 100) : x * 100, 'f', spec, '%');
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return floatText(x, type, spec, '');
      default:
        unknownCode(type, value);
    }
  }
  if (spec.align === '=') throw valueError("'=' alignment not allowed in string format specifier");
  if (type !== '' && type !== 's') unknownCode(type, value);
  return stringText(plainText(value, binary), spec, binary);
}

/** The text of a str (or of bytes), which is all that can be formatted besides numbers. */
function plainText(value: PyObject, binary: boolean): string {
  const text = textOf(value);
  if (text !== undefined) return binary ? toBinary(text) : text;
  if (value instanceof PyBytes) return binaryText(value.bytes);
  throw typeError(`can't convert '${value.cls.typeName}' object to str implicitly`);
}

function stringText(text: string, layout: Layout, binary: boolean): string {
  if (layout.precision >= 0) text = cutBytes(text, layout.precision, binary);
  return pad(text, layout, layout.width, binary);
}

/** `format(value, spec)`: the text of a value by a format specification. */
export function formatValue(value: PyObject, spec: string): string {
  return spec === '' ? value.py_str() : formatted(value, spec, false);
}

/** One field of an f-string: `conversion` is '', 'r', 's' or 'a'. */
export function formatField(value: PyObject, conversion: string, spec: PyObject): PyObject {
  if (conversion !== '') {
    value = makeStr(conversion === 's' ? value.py_str() : value.py_repr());
    if (spec === '') return value;
  }
  if (spec === '') return typeof value === 'string' ? value : makeStr(value.py_str());
  return makeStr(formatted(value, textOf(spec) as string, false));
}

/** The str of parts that are str. */
export function joinText(parts: readonly PyObject[]): PyObject {
  if (heap.locked !== 0) refuse();
  let text = '';
  let wide = false;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as PyObject;
    if (typeof part === 'string') text += part;
    else {
      text += textOf(part) as string;
      wide = true;
    }
  }
  return wide ? makeStr(text) : text;
}

// ---- str.format

/** `text.format(*args, **kwargs)`. */
export function strFormat(text: string, args: readonly PyObject[], kwargs: readonly KeywordArgument[]): PyObject {
  return makeStr(new FieldFormatter(args, kwargs, false).format(text));
}

/** The same on binary text. */
export function binaryFormat(text: string, args: readonly PyObject[], kwargs: readonly KeywordArgument[]): string {
  return new FieldFormatter(args, kwargs, true).format(text);
}

/** A field of a template: what stands between its braces. */
interface Field {
  /** What the value is found by: text, or a number; '' for the next. */
  name: string;
  /** The number that begins the name, or −1. */
  index: number;
  /** 'r', 's' or ''. */
  conversion: string;
  spec: string;
  /** The specification has fields of its own. */
  nested: boolean;
  /** Raised when the field is reached: the template goes wrong here. */
  error?: string;
}

/** A template as the texts and fields it is made of. */
type Template = readonly (string | Field)[];

const templates = new Map<string, Template>();

function readTemplate(text: string): Template {
  let template = templates.get(text);
  if (template === undefined) {
    template = parseTemplate(text);
    if (templates.size >= CACHE_LIMIT) templates.clear();
    templates.set(text, template);
  }
  return template;
}

function parseTemplate(text: string): Template {
  const parts: (string | Field)[] = [];
  let plain = '';
  const wrong = (error: string): Template => {
    parts.push(plain, { name: '', index: -1, conversion: '', spec: '', nested: false, error });
    return parts;
  };
  let at = 0;
  while (at < text.length) {
    const c = text[at] as string;
    if (c === '}') {
      if (text[at + 1] !== '}') return wrong("single '}' encountered in format string");
      plain += '}';
      at += 2;
    } else if (c !== '{') {
      const start = at++;
      while (at < text.length && text[at] !== '{' && text[at] !== '}') at++;
      plain += text.slice(start, at);
    } else if (text[at + 1] === '{') {
      plain += '{';
      at += 2;
    } else {
      const end = fieldEnd(text, at + 1);
      if (typeof end === 'string') return wrong(end);
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push(parseField(text.slice(at + 1, end)));
      at = end + 1;
    }
  }
  if (plain !== '') parts.push(plain);
  return parts;
}

/** What is wrong with a template; a board says less. */
const templateError = (error: string): string =>
  error.endsWith('conversion specifier') || error.startsWith('unknown conversion specifier')
    ? worded(error, 'bad conversion specifier')
    : error;

/** Where the `}` of the field that begins at `at` stands, or what is wrong with it. */
function fieldEnd(text: string, at: number): number | string {
  while (at < text.length && !'}!:'.includes(text[at] as string)) at++;
  if (text[at] === '!') {
    at++;
    if (at >= text.length) return 'end of format while looking for conversion specifier';
    const c = text[at] as string;
    if (c !== 'r' && c !== 's') return `unknown conversion specifier ${c}`;
    at++;
  }
  if (text[at] === ':') {
    at++;
    for (let depth = 1; at < text.length; at++) {
      if (text[at] === '{') depth++;
      else if (text[at] === '}' && --depth === 0) break;
    }
  }
  if (at >= text.length) return "unmatched '{' in format";
  return text[at] === '}' ? at : "expected ':' after format specifier";
}

function parseField(text: string): Field {
  const nameEnd = text.search(/[!:]/);
  const name = nameEnd < 0 ? text : text.slice(0, nameEnd);
  let rest = nameEnd < 0 ? '' : text.slice(nameEnd);
  let conversion = '';
  if (rest[0] === '!') {
    conversion = rest[1] as string;
    rest = rest.slice(2);
  }
  const spec = rest.slice(1);
  const number = /^\d+/.exec(name);
  return { name, index: number === null ? -1 : Number(number[0]), conversion, spec, nested: /[{}]/.test(spec) };
}

class FieldFormatter {
  /** The number of the next field without a name; −1 once a field had a number. */
  private next = 0;

  constructor(
    private readonly args: readonly PyObject[],
    private readonly kwargs: readonly KeywordArgument[],
    private readonly binary: boolean,
  ) {}

  format(text: string): string {
    const template = readTemplate(text);
    let result = '';
    for (let i = 0; i < template.length; i++) {
      const part = template[i] as string | Field;
      result += typeof part === 'string' ? part : this.field(part);
    }
    return result;
  }

  private field(field: Field): string {
    if (field.error !== undefined) throw valueError(templateError(field.error));
    const { conversion, spec } = field;
    let value = this.value(field);
    if (spec === '') {
      const text = conversion === 'r' ? value.py_repr() : value.py_str();
      return this.binary ? toBinary(text) : text;
    }
    if (conversion !== '') value = makeStr(conversion === 'r' ? value.py_repr() : value.py_str());
    return formatted(value, field.nested ? this.format(spec) : spec, this.binary);
  }

  private value(field: Field): PyObject {
    const { args } = this;
    const { name, index } = field;
    if (name === '') {
      if (this.next < 0) {
        throw valueError("can't switch from manual field specification to automatic field numbering");
      }
      return args[this.next++] ?? raise('IndexError', 'tuple index out of range');
    }
    let value: PyObject;
    let used: number;
    if (index >= 0) {
      if (this.next > 0) {
        throw valueError("can't switch from automatic field numbering to manual field specification");
      }
      value = args[index] ?? raise('IndexError', 'tuple index out of range');
      this.next = -1;
      used = name.search(/\D|$/);
    } else {
      used = name.search(/[.[]|$/);
      const key = checkedName(name.slice(0, used));
      const found = this.kwargs.find(([k]) => k === key);
      if (found === undefined) throw exception('KeyError', makeStr(key));
      value = found[1];
    }
    if (used < name.length) raise('NotImplementedError', 'attributes not supported');
    return value;
  }
}

// ---- binary text

/** The UTF-8 of text as binary text. */
const toBinary = (text: string): string => (ASCII.test(text) ? text : binaryText(encodeUtf8(text)));

// ---- the % operator

/** `text % args`. */
export function percentFormat(text: string, args: PyObject): PyObject {
  return makeStr(percentText(text, args, false));
}

const incomplete = (): never => {
  throw valueError('incomplete format');
};

const notEnough = (): never => {
  throw typeError('format string needs more arguments');
};

/** `text % args` as text; binary for bytes. */
export function percentText(text: string, args: PyObject, binary: boolean): string {
  const items = args.la !== undefined && args.mut === undefined ? args.la : [args];
  const dict = args instanceof PyDict ? args : undefined;
  let next = 0;
  let result = '';
  let at = 0;
  for (;;) {
    const percent = text.indexOf('%', at);
    if (percent < 0) {
      result += text.slice(at);
      break;
    }
    result += text.slice(at, percent);
    at = percent + 1;
    let letter = text[at];
    if (letter === undefined) incomplete();
    if (letter === '%') {
      result += '%';
      at++;
      continue;
    }
    let value: PyObject | undefined;
    const layout: Layout = { fill: ' ', align: '>', sign: '', prefix: false, group: '', width: 0, precision: -1 };
    if (!((letter as string) >= 'A')) {
      // Not a letter: a key, flags, width or precision come first.
      if (letter === '(') {
        if (dict === undefined) throw typeError('format needs a dict');
        const end = text.indexOf(')', at);
        if (end < 0) throw valueError('incomplete format key');
        value = dict.py_getitem(makeStr(checkedName(text.slice(at + 1, end))));
        next = 1;
        at = end + 1;
      }
      for (;;) {
        letter = text[at];
        if (letter === '-') layout.align = '<';
        else if (letter === '+') layout.sign = '+';
        else if (letter === ' ') layout.sign ||= ' ';
        else if (letter === '#') layout.prefix = true;
        else if (letter === '0') {
          if (layout.align === '>') layout.align = '=';
          layout.fill = '0';
        } else break;
        at++;
      }
      if (letter === '*') {
        layout.width = machineInt(items[next++] ?? notEnough());
        at++;
      } else {
        const start = at;
        while (isDigit(text.charCodeAt(at))) at++;
        if (at > start) layout.width = Number(text.slice(start, at));
      }
      if (text[at] === '.') {
        at++;
        if (text[at] === '*') {
          layout.precision = machineInt(items[next++] ?? notEnough());
          at++;
        } else {
          const start = at;
          while (isDigit(text.charCodeAt(at))) at++;
          layout.precision = Number(text.slice(start, at));
        }
      }
      letter = text[at];
      if (letter === undefined) incomplete();
    }
    value ??= items[next++] ?? notEnough();
    result += conversionText(letter as string, value, layout, binary, at);
    at++;
  }
  if (dict === undefined && next !== items.length) {
    throw typeError("format string didn't convert all arguments");
  }
  return result;
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

/** The int for `%x` and `%o`, which take no float. */
const integer = (value: PyObject): Int => intOperand(value) ?? machineInt(value);

/** One value as a conversion of the `%` operator shows it; `at` is where its letter stands. */
function conversionText(letter: string, value: PyObject, layout: Layout, binary: boolean, at: number): string {
  switch (letter) {
    case 's':
    case 'r': {
      layout.fill = ' ';
      if (layout.align === '=') layout.align = '>';
      let text: string;
      if (letter === 's' && binary && value instanceof PyBytes) text = binaryText(value.bytes);
      else {
        text = letter === 's' ? value.py_str() : value.py_repr();
        if (binary) text = toBinary(text);
      }
      return layout.width === 0 && layout.precision < 0 ? text : stringText(text, layout, binary);
    }
    case 'd':
    case 'i':
    case 'u':
      if (typeof value === 'number' && layout.width === 0 && layout.precision < 0 && layout.sign === '') {
        return value.toString();
      }
      layout.prefix = false;
      return intText(value instanceof PyFloat ? intOf(value.f) : integer(value), 10, false, layout, layout.precision);
    case 'x':
      return intText(integer(value), 16, false, layout, layout.precision);
    case 'X':
      return intText(integer(value), 16, true, layout, layout.precision);
    case 'o':
      return intText(integer(value), 8, false, layout, layout.precision);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return floatText(numberOf(value), letter, layout, '');
    case 'c': {
      layout.fill = ' ';
      if (layout.align === '=') layout.align = '>';
      const text = textOf(value);
      if (text !== undefined) {
        if (byteLength(text, false) !== 1) throw typeError('%c needs int or char');
        return pad(text, layout, layout.width, binary);
      }
      const int = typeof value === 'object' ? undefined : intOperand(value);
      if (int === undefined) throw typeError('integer needed');
      machineInt(int);
      return pad(charText(int), layout, layout.width, binary);
    }
    default: {
      const code = letter.codePointAt(0) as number;
      throw valueError(`unsupported format character '${letter}' (0x${code.toString(16)}) at index ${at}`);
    }
  }
}

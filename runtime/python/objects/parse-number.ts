/** Numbers from text, as `int()`, `float()` and `complex()` read them. */
import type { Int } from './int';
import { quotedBytes } from './quoted-bytes';
import { valueError, worded } from './raise';
import { encodeUtf8 } from '../../bytes/utf8';

const SPACE = /^[ \t-\r]+/;

// ---- int

/** Values of the digits that letters are. */
function digitValue(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const lower = unit | 32;
  return lower >= 97 && lower <= 122 ? lower - 87 : 99;
}

const PREFIXES: Readonly<Record<string, number>> = { x: 16, o: 8, b: 2 };
const BIG_PREFIX: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

/**
 * The int that text says, in white space, with `_` between digits; base 0 looks for a prefix. Raises ValueError.
 * `binary` text has bytes for units.
 */
export function parseInteger(text: string, base: number, binary = false): Int {
  if (base === 10 && text.length < 16) {
    const quick = shortDecimal(text);
    if (quick >= 0) return quick;
  }
  if ((base !== 0 && base < 2) || base > 36) throw valueError('int() arg 2 must be >= 2 and <= 36');
  let at = SPACE.exec(text)?.[0].length ?? 0;
  const negative = text[at] === '-';
  if (negative || text[at] === '+') at++;
  if (text[at] === '0') {
    const prefix = PREFIXES[(text[at + 1] ?? '').toLowerCase()];
    if (prefix !== undefined && (base === 0 || base === prefix)) {
      base = prefix;
      at += 2;
    } else if (base === 0) base = 1;
  }
  if (base === 0) base = 10;
  const start = at;
  let digits = '';
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 95) continue;
    if (digitValue(unit) >= base) break;
    digits += text[at];
  }
  const rest = text.slice(at).replace(SPACE, '');
  if (at === start || rest !== '') {
    const message = `invalid syntax for integer with base ${base === 1 ? 0 : base}`;
    throw valueError(worded(`${message}: ${quotedDigits(text.slice(start), binary)}`, message));
  }
  const value = digitsValue(digits, base);
  return negative ? (typeof value === 'number' ? 0 - value : -value) : value;
}

const quotedDigits = (text: string, binary: boolean): string =>
  quotedBytes(binary ? Uint8Array.from(text, (c) => c.charCodeAt(0)) : encodeUtf8(text));

/** The value of a text of a few decimal digits, or −1 for any other text. */
function shortDecimal(text: string): number {
  const { length } = text;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return length === 0 ? -1 : value;
}

function digitsValue(digits: string, base: number): Int {
  if (digits === '' || base === 1) return 0;
  const quick = parseInt(digits, base);
  if (Number.isSafeInteger(quick)) return quick;
  const prefix = BIG_PREFIX[base];
  if (prefix !== undefined) return BigInt(prefix + digits);
  let value = 0n;
  for (let i = 0; i < digits.length; i++) value = value * BigInt(base) + BigInt(digitValue(digits.charCodeAt(i)));
  return value;
}

// ---- float

const SPECIAL = /^(?:inf(?:inity)?|nan)/i;
const DECIMAL = /^[0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9_]*)?/i;

const invalid = (): never => {
  throw valueError('invalid syntax for number');
};

/** A number at the start of text (after space and sign), and what follows it. */
function readDecimal(text: string): { value: number; read: string; rest: string } {
  let rest = text.replace(SPACE, '');
  const sign = rest[0] === '-' ? -1 : 1;
  if (rest[0] === '-' || rest[0] === '+') rest = rest.slice(1);
  const special = SPECIAL.exec(rest);
  if (special !== null) {
    const value = special[0].toLowerCase() === 'nan' ? NaN : Infinity;
    return { value: sign * value, read: special[0], rest: rest.slice(special[0].length) };
  }
  const read = DECIMAL.exec(rest)?.[0] ?? '';
  rest = rest.slice(read.length);
  if (rest === '' && /e[-+]?$/i.test(read)) invalid();
  return { value: sign * decimalValue(read), read, rest };
}

/** The value of digits, of which any part may be missing. */
function decimalValue(read: string): number {
  const [mantissa = '', exponent = ''] = read.replaceAll('_', '').toLowerCase().split('e');
  if (!/[1-9]/.test(mantissa)) return 0;
  return Number(`${mantissa}e${/\d/.test(exponent) ? exponent : '0'}`);
}

const PLAIN_FLOAT = /^-?\d+(?:\.\d+)?$/;

/** The float that text says; raises ValueError. */
export function parseFloat(text: string): number {
  if (PLAIN_FLOAT.test(text)) return Number(text);
  const { value, read, rest } = readDecimal(text);
  if (read === '' || rest.replace(SPACE, '') !== '') invalid();
  return value;
}

/** The real and imaginary part that text says; raises ValueError. */
export function parseComplex(text: string): { re: number; im: number } {
  const first = readPart(text);
  if (first.rest === '') return first.imaginary ? { re: 0, im: first.value } : { re: first.value, im: 0 };
  const second = readPart(first.rest);
  if (first.imaginary || !second.imaginary || second.rest !== '') invalid();
  return { re: first.value, im: second.value };
}

/** A number, perhaps with a `j`, and what follows it after space. */
function readPart(text: string): { value: number; imaginary: boolean; rest: string } {
  const part = readDecimal(text);
  const imaginary = part.rest[0] === 'j' || part.rest[0] === 'J';
  if (part.read === '' && !imaginary) invalid();
  let { value } = part;
  if (part.read === '') value = /^[ \t-\r]*-/.test(text) ? -1 : 1;
  return { value, imaginary, rest: part.rest.slice(imaginary ? 1 : 0).replace(SPACE, '') };
}

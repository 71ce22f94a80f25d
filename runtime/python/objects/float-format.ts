/**
 * Floats as text, in MicroPython's manner: at most 19 digits, the shortest that reads back as the same float tried
 * first, in a buffer of fixed size that bounds what a precision can ask for.
 */
import { scaledInteger } from './extended-float';
import { layOutGeneral, layOutScientific } from './float-layout';
import { formatSingle } from './single-float-format';

/** How text is made of a float: the letter of a `%` format in either case, and its precision. */
export type FloatLetter = 'e' | 'E' | 'f' | 'F' | 'g' | 'G';

/** The precision of `repr`. */
const REPR = 99;
/** Room for the text of a number, its sign included, as MicroPython has it. */
const BUFFER = 33;

/** Digits that are always right, and the most that are shown. */
const SAFE = 16;
const MAX = 19;
/** The text of an exponent with a digit and signs. */
const EXPONENT_ROOM = 7;

/** The repr of a float: always with a dot, an exponent, or as inf and nan. */
export function floatRepr(x: number, single: boolean): string {
  if (!single) {
    const quick = quickRepr(x) ?? longRepr(x);
    if (quick !== undefined) return quick;
  }
  const text = formatFloat(x, 'g', REPR, '', single);
  return /[.en]/.test(text) ? text : `${text}.0`;
}

/**
 * By number of digits before the dot (from the second zero after it: −2): below this, half the distance to the next
 * double is less than half a unit of the 16th digit, so that few digits that say a float begin its 16 digits.
 */
const SAFE_BELOW = [0.0078125, 0.0625, 0.5, 8, 64, 512, 8192, 65536, 524288, 8388608, 67108864];

/** The repr where JavaScript's own, the fewest digits that say the float, is sure to be the same. */
function quickRepr(x: number): string | undefined {
  const size = x < 0 ? -x : x;
  if (Number.isInteger(x) && size < 1e15) return x === 0 && 1 / x < 0 ? '-0.0' : `${x}.0`;
  if (!(size >= 1e-3 && size < 1e8)) return undefined;
  const decade = size < 1 ? (size < 0.01 ? 0 : size < 0.1 ? 1 : 2) : 2 + String(Math.trunc(size)).length;
  if (size >= (SAFE_BELOW[decade] as number)) return undefined;
  const text = String(x);
  return text.length < 16 ? text : undefined;
}

/** The smallest float of full precision. */
const NORMAL = 2 ** -1022;

/** The repr by way of the exact 17 digits, or undefined where a digit is nearly half-way. */
function longRepr(x: number): string | undefined {
  const f = x < 0 ? -x : x;
  if (!(f >= NORMAL && f < Infinity)) return undefined;
  const text = f.toExponential(16);
  const last = text.charCodeAt(17) - 48;
  const before = text.charCodeAt(16) - 48;
  if (last === 4 || last === 5 || (last > 5 && before === 9) || text.startsWith('9.99999999')) return undefined;
  const exponent = text.slice(18);
  const short = last < 4 ? text.slice(0, 17) : text.slice(0, 16) + String(before + 1);
  let digits: string;
  if (Number(short + exponent) === f) digits = short[0] + short.slice(2);
  else {
    const next = f.toExponential(17).charCodeAt(18) - 48;
    if (next === 4 || next === 5) return undefined;
    digits = text[0] + text.slice(2, 18);
  }
  const shown = layOutGeneral(digits, Number(exponent.slice(1)), 16);
  const full = shown.includes('.') || shown.includes('e') ? shown : `${shown}.0`;
  return x < 0 ? `-${full}` : full;
}

/** By number of decimals: numbers below this have no more than 15 digits. */
const FEW_DIGITS = [1e15, 1e14, 1e13, 1e12, 1e11, 1e10, 1e9, 1e8, 1e7];

/** A float as `%e`, `%f` or `%g` show it; `sign` is what stands before a positive one. */
export function formatFloat(x: number, letter: FloatLetter, precision: number, sign: string, single: boolean): string {
  if (letter === 'f' && !single) {
    const decimals = precision < 0 ? 6 : precision;
    if (x > 0 && x < (FEW_DIGITS[decimals] as number)) return sign + x.toFixed(decimals);
    if (x < 0 && x > -(FEW_DIGITS[decimals] as number)) return `-${(-x).toFixed(decimals)}`;
  }
  const upper = letter < 'a';
  const negative = x < 0 || (x === 0 && 1 / x < 0);
  const lead = negative ? '-' : sign;
  const f = negative ? -x : x;
  if (!Number.isFinite(f)) {
    const name = f === f ? 'inf' : 'nan';
    return lead + (upper ? name.toUpperCase() : name);
  }
  const mode = letter.toLowerCase();
  const size = BUFFER - lead.length;
  if (precision < 0) precision = 6;
  let text: string;
  if (single) text = formatSingle(f, mode as 'e', precision, size);
  else text = mode === 'f' ? fixed(f, precision, size) : exponential(f, mode === 'g', precision, size);
  return lead + (upper ? text.toUpperCase() : text);
}

/** The digits of f rounded to `count` of them, and the exponent of the first. */
function decimalDigits(f: number, count: number): [digits: string, exponent: number] {
  const [digits, e] = exactDigits(f, count);
  if (f === 0 || (count < 16 && f >= NORMAL)) return [digits, e];
  const next = exactDigits(f, count + 1)[0][count];
  const first = decimalExponent(f);
  if (count < 18 && next !== '4' && next !== '5' && first === e) return [digits, e];
  const scaled = scaledInteger(f, count - 1 - first)
    .toString()
    .padStart(count, '0');
  return [scaled.slice(0, count), first + scaled.length - count];
}

/** The same, rounded from the exact value. */
function exactDigits(f: number, count: number): [digits: string, exponent: number] {
  const text = f.toExponential(count - 1);
  const at = text.indexOf('e');
  const digits = count === 1 ? text.slice(0, at) : text[0] + text.slice(2, at);
  return [digits, Number(text.slice(at + 1))];
}

/** The exponent of the first digit of f; a float next below a power of ten counts as that where it reads the same. */
function decimalExponent(f: number): number {
  if (f === 0) return 0;
  const [digits, e] = exactDigits(f, 17);
  return (digits > '9999999999999990' || f < NORMAL) && Number(`1e${e + 1}`) <= f ? e + 1 : e;
}

/** `%f`; a number too long for the buffer is shown as `%g`. */
function fixed(f: number, precision: number, size: number): string {
  const e = decimalExponent(f);
  if (e > 0 && e + precision + 2 > size) return exponential(f, true, precision + 1, size);
  const asked = Math.min(precision, size - 3);
  // Digits of the mantissa; below 1 it begins with one zero, or with none after many zeros.
  const zeros = e < -2 && asked > 2 ? Math.min(-e, asked) - 2 : 0;
  let digits = e >= 0 ? asked + e + 1 : zeros > 0 ? asked - zeros : asked + 1;
  if (digits > MAX) digits = Math.min(digits, size - 3);
  const decimals = (count: number): number => (e >= 0 ? count - 1 - e : zeros > 0 ? count + zeros : count - 1);
  const shown = Math.min(decimals(digits), asked);
  const wanted = Math.min(digits, MAX);
  for (let count = Math.min(SAFE, wanted); ; count++) {
    const text = roundedAt(f, Math.min(decimals(count), shown), count);
    if (count >= wanted || Number(text) === f) return padDecimals(text, shown);
  }
}

/** f without exponent, rounded to some decimals; a negative number of them leaves `count` digits before the zeros. */
function roundedAt(f: number, decimals: number, count: number): string {
  if (decimals >= 0 && f < 1e21) return f.toFixed(decimals);
  const [digits, e] = decimalDigits(f, count);
  return digits.padEnd(e + 1, '0');
}

function padDecimals(text: string, decimals: number): string {
  if (decimals <= 0) return text;
  const dot = text.indexOf('.');
  return dot < 0 ? `${text}.${'0'.repeat(decimals)}` : text.padEnd(dot + 1 + decimals, '0');
}

/** `%e`, or `%g`: with an exponent only where it is needed, and without zeros at the end. */
function exponential(f: number, general: boolean, precision: number, size: number): string {
  let expandBelow = Math.min(precision, size - 3);
  if (precision === REPR) {
    precision = MAX;
    expandBelow = 16;
  }
  let wanted = general && precision > 0 ? precision : precision + 1;
  let zeros = 0;
  if (wanted > MAX) {
    zeros = wanted - MAX;
    wanted = MAX;
  }
  zeros = Math.max(0, Math.min(zeros, size - wanted - EXPONENT_ROOM - 1));
  for (let count = Math.min(SAFE, wanted); ; count++) {
    const [digits, e] = decimalDigits(f, count);
    if (count >= wanted || Number(`${digits}e${e - count + 1}`) === f) {
      return general ? layOutGeneral(digits, e, expandBelow) : layOutScientific(digits.padEnd(wanted + zeros, '0'), e);
    }
  }
}

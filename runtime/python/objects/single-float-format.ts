/**
 * Single-precision floats as text, as a board shows them. A board has no wider arithmetic to find the digits with: it
 * scales in single precision and then searches, by halving steps, for the digits that read back nearest to the float.
 */
import { layOutFixed, layOutGeneral, layOutScientific } from './float-layout';

/** Digits that are always right, and the most that are shown. */
const SAFE = 6;
const MAX = 9;
/** The text of an exponent with a digit and signs. */
const EXPONENT_ROOM = 6;
/** The precision of `repr`. */
const REPR = 99;
/** Reading text takes no more digits once the mantissa is as large. */
const MANTISSA_MAX = 0x19999998;

const { fround } = Math;

/** x · 10^power in single precision: the power of two is exact, that of five is rounded. */
function scaled(x: number, power: number): number {
  if (power === 0 || x === 0) return x;
  const doubled = x * 2 ** power;
  if (power < 0 && power >= -10) return fround(doubled / fround(5 ** -power));
  return fround(doubled * fround(5 ** power));
}

/** The float that digits with a dot and an exponent read as, on a board. */
export function readSingle(text: string): number {
  const [number = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = number.split('.');
  let power = Number(exponent);
  let mantissa = 0;
  let zeros = 0;
  const digits = whole + fraction;
  for (let i = 0; i < digits.length; i++) {
    // A zero waits until another digit comes after it.
    const digit = digits.charCodeAt(i) - 48;
    const isFraction = i >= whole.length;
    if (digit === 0 || mantissa >= MANTISSA_MAX) {
      zeros++;
      if (isFraction) power--;
      continue;
    }
    for (; zeros > 0 && mantissa < MANTISSA_MAX; zeros--) mantissa *= 10;
    if (mantissa < MANTISSA_MAX) {
      mantissa = mantissa * 10 + digit;
      if (isFraction) power--;
    } else if (!isFraction) power++;
  }
  return scaled(fround(mantissa), power + zeros);
}

/** Where and how the digits are shown, once it is known how many there are. */
interface Plan {
  mode: 'e' | 'f' | 'g';
  /** The exponent of the first digit. */
  e: number;
  /** `%f` below 1: zeros between the dot and the digits. */
  leading: number;
  expandBelow: number;
}

/** A float ≥ 0 as `%e`, `%f` or `%g` show it within `size` characters. */
export function formatSingle(f: number, mode: 'e' | 'f' | 'g', precision: number, size: number): string {
  let expandBelow = Math.min(precision, size - 3);
  if (precision === REPR) {
    precision = MAX;
    expandBelow = 16;
  }
  const e = firstExponent(f);
  if (mode === 'f' && e > 0 && e + precision + 2 > size) {
    mode = 'g';
    precision++;
  }
  let digits = precision;
  let leading = 0;
  if (mode === 'f') {
    digits = Math.min(digits, size - 3);
    if (e >= 0) digits += e + 1;
    else if (digits > 2 && e < -2) {
      leading = Math.min(-e, digits) - 2;
      digits -= leading;
    } else digits++;
  } else if (mode === 'e' || digits === 0) digits++;
  let zeros = 0;
  if (digits > MAX) {
    zeros = digits - MAX;
    digits = MAX;
  }
  zeros = Math.min(zeros, size - digits - (mode === 'f' ? 3 : EXPONENT_ROOM + 1));
  const plan: Plan = { mode, e, leading, expandBelow };
  for (let count = Math.min(SAFE, digits); ; count++) {
    const text = search(f, plan, count, zeros + digits - count);
    if (text !== undefined) return text;
    if (count === digits) return nearest;
  }
}

/** The largest e with 10^e ≤ f, as single precision has it. */
function firstExponent(f: number): number {
  if (f === 0) return 0;
  let e = Math.floor(Math.log10(f));
  while (f >= scaled(1, e + 1)) e++;
  while (f < scaled(1, e)) e--;
  return e;
}

/** What the last search found nearest, when it found nothing that reads the same. */
let nearest = '';

/** The text with `count` digits that reads back as f, or undefined where there is none. */
function search(f: number, plan: Plan, count: number, zeros: number): string | undefined {
  const { mode, e, leading } = plan;
  let power = count - 1 - e;
  if (mode === 'f' && e < 0) power = leading > 0 ? count + leading : count - 1;
  if (f === 0) power = 0;
  let mantissa = 1;
  if (count > SAFE && power > 1) {
    const step = count > SAFE + 1 && power > 2 ? 2 : 1;
    mantissa = 10 ** step;
    power -= step;
  }
  mantissa *= Math.trunc(fround(scaled(f, power) + 0.5));
  let text = layOut(mantissa, plan, count, zeros);
  let difference = fround(readSingle(text) - f);
  let best = Math.abs(difference);
  let bestMantissa = mantissa;
  let range = count > SAFE ? 1 << (3 * (count - SAFE)) : 1;
  for (let runs = 3 + 3 * (MAX - SAFE); runs > 0 && difference !== 0; runs--) {
    mantissa += difference < 0 ? range : -range;
    text = layOut(mantissa, plan, count, zeros);
    difference = fround(readSingle(text) - f);
    const distance = Math.abs(difference);
    if (distance < best || (distance === best && mantissa % 10 === 0)) {
      best = distance;
      bestMantissa = mantissa;
    }
    if (range === 1) break;
    range >>= 1;
  }
  if (difference === 0) return text;
  nearest = layOut(bestMantissa, plan, count, zeros);
  return undefined;
}

/** A mantissa as text. */
function layOut(mantissa: number, plan: Plan, count: number, zeros: number): string {
  let { e } = plan;
  const full = mantissa >= 10 ** count;
  if (plan.mode === 'f') {
    const digits = String(mantissa).padStart(count, '0') + '0'.repeat(Math.max(0, zeros));
    return layOutFixed(digits, plan.leading, Math.max(e, 0) + (full ? 1 : 0));
  }
  if (full) {
    mantissa = Math.floor(mantissa / 10);
    e++;
  }
  const digits = String(mantissa).padStart(count, '0');
  if (plan.mode === 'g') return layOutGeneral(digits, e, plan.expandBelow);
  return layOutScientific(digits + '0'.repeat(Math.max(0, zeros)), e);
}

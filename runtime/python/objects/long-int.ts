/** Ints so long that work on them lasts: powers and texts in steps, between which Ctrl-C and events have their turn. */
import { lookUp } from './running';

/** Results of fewer bits come at once. */
export const LONG_BITS = 1 << 19;
/** Factors of more bits are multiplied in parts. */
const WHOLE_BITS = 1 << 22;
/** Digits that are written in one step. */
const STEP_DIGITS = 50_000;

/** `base ** exponent`, whose result has about `bits` bits. */
export function longPower(base: bigint, exponent: number, bits: number): bigint {
  let result = 1n;
  let length = 0;
  const baseBits = bits / exponent;
  for (let bit = 2 ** Math.floor(Math.log2(exponent)); bit >= 1; bit /= 2) {
    lookUp();
    result = product(result, result, length);
    length *= 2;
    if (Math.floor(exponent / bit) % 2 === 1) {
      result *= base;
      length += baseBits;
    }
  }
  return result;
}

/** a · b for factors of about `bits` bits each, by three products of their halves where they are long. */
function product(a: bigint, b: bigint, bits: number): bigint {
  if (bits <= WHOLE_BITS) return a * b;
  lookUp();
  const half = Math.ceil(bits / 2);
  const shift = BigInt(half);
  const sign = a < 0n !== b < 0n ? -1n : 1n;
  const [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const [xHigh, yHigh] = [x >> shift, y >> shift];
  const [xLow, yLow] = [BigInt.asUintN(half, x), BigInt.asUintN(half, y)];
  const high = product(xHigh, yHigh, half);
  const low = product(xLow, yLow, half);
  const middle = product(xHigh + xLow, yHigh + yLow, half) - high - low;
  return sign * ((high << (2n * shift)) + (middle << shift) + low);
}

/** The decimal digits of an int. */
export function longText(value: bigint): string {
  const step = 10n ** BigInt(STEP_DIGITS);
  const parts: string[] = [];
  let rest = value < 0n ? -value : value;
  while (rest >= step) {
    lookUp();
    const above = rest / step;
    parts.push((rest - above * step).toString().padStart(STEP_DIGITS, '0'));
    rest = above;
  }
  parts.push(rest.toString());
  if (value < 0n) parts.push('-');
  return parts.reverse().join('');
}

/**
 * Arithmetic with 64 bits of mantissa, as the x87 has it: MicroPython scales floats to decimal digits with it, and
 * where a digit is nearly half-way only the same arithmetic rounds the same way.
 */

/** mantissa · 2^exponent; the mantissa has 64 bits unless it is 0. */
interface Extended {
  mantissa: bigint;
  exponent: number;
}

const bitLength = (x: bigint): number => {
  const hex = x.toString(16);
  return hex.length * 4 - Math.clz32(parseInt(hex[0] as string, 16)) + 28;
};

/** Rounds to 64 bits, ties to even; `sticky` says that something was cut off before. */
function rounded(mantissa: bigint, exponent: number, sticky = false): Extended {
  const excess = bitLength(mantissa) - 64;
  if (excess <= 0) return { mantissa: mantissa << BigInt(-excess), exponent: exponent + excess };
  const shift = BigInt(excess);
  let result = mantissa >> shift;
  const rest = mantissa - (result << shift);
  const half = 1n << (shift - 1n);
  if (rest > half || (rest === half && (sticky || (result & 1n) === 1n))) result += 1n;
  exponent += excess;
  return result >> 64n === 1n ? { mantissa: result >> 1n, exponent: exponent + 1 } : { mantissa: result, exponent };
}

function product(a: Extended, b: Extended): Extended {
  return rounded(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

function quotient(a: Extended, b: Extended): Extended {
  const dividend = a.mantissa << 128n;
  const mantissa = dividend / b.mantissa;
  return rounded(mantissa, a.exponent - b.exponent - 128, mantissa * b.mantissa !== dividend);
}

function extended(f: number): Extended {
  let exponent = 0;
  // Subnormal numbers become normal, then all become whole.
  while (f < 1e-290) {
    f *= 2 ** 200;
    exponent -= 200;
  }
  let shift = 52 - Math.floor(Math.log2(f));
  for (let rest = shift; rest !== 0;) {
    const step = Math.max(-1000, Math.min(1000, rest));
    f *= 2 ** step;
    rest -= step;
  }
  // The logarithm of a number next below a power of two may be that power's.
  for (; !Number.isInteger(f); shift++) f *= 2;
  return rounded(BigInt(f), exponent - shift);
}

/** f · 10^power rounded to a whole number, for f > 0: halves up, in extended arithmetic throughout. */
export function scaledInteger(f: number, power: number): bigint {
  let result = extended(f);
  let factor = rounded(10n, 0);
  for (let rest = Math.abs(power); rest > 0;) {
    if ((rest & 1) === 1) result = power < 0 ? quotient(result, factor) : product(result, factor);
    rest >>= 1;
    if (rest > 0) factor = product(factor, factor);
  }
  const { mantissa, exponent } = result;
  if (exponent >= 0) return mantissa << BigInt(exponent);
  // Adding a half rounds to 64 bits once more.
  const half = 1n << BigInt(-exponent - 1);
  const sum = rounded(mantissa + half, exponent);
  return sum.exponent >= 0 ? sum.mantissa << BigInt(sum.exponent) : sum.mantissa >> BigInt(-sum.exponent);
}

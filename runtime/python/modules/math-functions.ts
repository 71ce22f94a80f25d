/** Functions of real numbers that JavaScript lacks: erf, gamma, frexp and their kin. */

/** Coefficients of Lanczos' approximation of the gamma function for `LANCZOS_G`. */
const LANCZOS_G = 607 / 128;
const LANCZOS = [
  0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174,
  -0.49191381609762019978, 0.33994649984811888699e-4, 0.46523628927048575665e-4, -0.98374475304879564677e-4,
  0.15808870322491248884e-3, -0.21026444172410488319e-3, 0.2174396181152126432e-3, -0.16431810653676389022e-3,
  0.84418223983852743293e-4, -0.2619083840158140867e-4, 0.36899182659531622704e-5,
] as const; // prettier-ignore

/** The last integer whose factorial fits a double, plus one. */
const LARGEST_GAMMA = 171;

/** The sum in Lanczos' formula for x > 0. */
function lanczosSum(x: number): number {
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (x + i);
  return sum;
}

/** The gamma function; NaN where it has none, an infinity at 0. */
export function gamma(x: number): number {
  if (x === 0) return 1 / x;
  if (!Number.isFinite(x)) return x > 0 ? x : NaN;
  if (Number.isInteger(x)) {
    if (x < 0) return NaN;
    if (x > LARGEST_GAMMA) return Infinity;
    let product = 1;
    for (let i = 2; i < x; i++) product *= i;
    return product;
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const y = x - 1;
  const t = y + LANCZOS_G + 0.5;
  // In two steps, so that the power does not overflow before the exponential brings it down.
  const power = Math.pow(t, (y + 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * power * Math.exp(-t) * power * lanczosSum(y);
}

/** The logarithm of the absolute value of the gamma function. */
export function lgamma(x: number): number {
  if (!Number.isFinite(x)) return x !== x ? NaN : Infinity;
  if (x === 1 || x === 2) return 0;
  if (Number.isInteger(x) && x <= 0) return Infinity;
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
  if (x < 100) return Math.log(Math.abs(gamma(x)));
  const y = x - 1;
  const t = y + LANCZOS_G + 0.5;
  return (y + 0.5) * Math.log(t) - t + Math.log(Math.sqrt(2 * Math.PI) * lanczosSum(y));
}

/** Where erfc changes from the series of erf to the continued fraction. */
const ERF_BORDER = 2;

/** The error function's series for small |x|: 2/√π · e^(−x²) · Σ 2ⁿ·x^(2n+1) / (1·3·5…(2n+1)). */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17 && n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The complementary error function's continued fraction for x ≥ ERF_BORDER, from the inside out. */
function erfcFraction(x: number): number {
  let fraction = x;
  for (let n = 120; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI));
}

export function erf(x: number): number {
  if (Math.abs(x) < ERF_BORDER || x !== x) return x === 0 ? x : erfSeries(x);
  return x > 0 ? 1 - erfcFraction(x) : erfcFraction(-x) - 1;
}

export function erfc(x: number): number {
  if (Math.abs(x) < ERF_BORDER || x !== x) return 1 - erfSeries(x);
  return x > 0 ? erfcFraction(x) : 2 - erfcFraction(-x);
}

/** `x` as m · 2^e with 0.5 ≤ |m| < 1. */
export function frexp(x: number): [mantissa: number, exponent: number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let mantissa = x * Math.pow(2, -exponent);
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2;
    exponent--;
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2;
    exponent++;
  }
  return [mantissa, exponent];
}

/** `x · 2^exponent`, in steps that round only once. */
export function ldexp(x: number, exponent: number): number {
  const e = Math.max(-2200, Math.min(2200, exponent));
  const [mantissa, own] = frexp(x);
  if (mantissa === 0 || !Number.isFinite(mantissa)) return x;
  const total = own + e;
  if (total > 1000) return mantissa * Math.pow(2, 1000) * Math.pow(2, total - 1000);
  if (total < -1000) return total < -1200 ? mantissa * 0 : mantissa * Math.pow(2, -1000) * Math.pow(2, total + 1000);
  return mantissa * Math.pow(2, total);
}

/** C's pow: 1 also for a power of NaN or infinity where the base says so. */
export function cPow(x: number, y: number): number {
  if (x === 1) return 1;
  if (x === -1 && (y === Infinity || y === -Infinity)) return 1;
  return Math.pow(x, y);
}

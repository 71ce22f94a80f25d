/** The math module. */
import { makeFloat } from '../objects/float';
import { intOf, normal } from '../objects/int';
import { withNumbers } from '../interpreter/signature';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import type { PyObject } from '../objects/object';
import { exception, valueError, wrongCount } from '../objects/raise';
import { PyFloat } from '../objects/float';
import { numberOf } from '../objects/number';
import { machineInt } from '../objects/slice';
import { PyTuple } from '../objects/tuple';
import { cPow, erf, erfc, frexp, gamma, ldexp, lgamma } from './math-functions';

function domainError(): never {
  throw valueError('math domain error');
}

/** A function of one float; a NaN or an infinity that its argument did not bring is an error. */
function unary(f: (x: number) => number): (x: PyObject) => PyObject {
  return (x) => {
    const a = argument(x);
    const result = f(a);
    if (result - result !== 0 && a - a === 0) domainError();
    if (result !== result && a === a) domainError();
    return makeFloat(result);
  };
}

function binary(f: (x: number, y: number) => number): (x: PyObject, y: PyObject) => PyObject {
  return (x, y) => {
    const a = numberOf(x);
    const b = numberOf(y);
    const result = f(a, b);
    if (result !== result && a === a && b === b) domainError();
    if (Math.abs(result) === Infinity && Math.abs(a) !== Infinity && Math.abs(b) !== Infinity) domainError();
    return makeFloat(result);
  };
}

const toInt =
  (f: (x: number) => number) =>
  (x: PyObject): PyObject =>
    intOf(f(numberOf(x)));

const argument = (x: PyObject): number => (x instanceof PyFloat ? x.f : numberOf(x));

// What hot programs call has a function each: those that share one also share what the host learns of their calls.

function math_sqrt(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  const a = argument(x);
  if (a < 0) domainError();
  return makeFloat(Math.sqrt(a));
}

function math_sin(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  const a = argument(x);
  if (Math.abs(a) === Infinity) domainError();
  return makeFloat(Math.sin(a));
}

function math_cos(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  const a = argument(x);
  if (Math.abs(a) === Infinity) domainError();
  return makeFloat(Math.cos(a));
}

function math_exp(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  const a = argument(x);
  const result = Math.exp(a);
  if (result === Infinity && a !== Infinity) domainError();
  return makeFloat(result);
}

function math_fabs(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  return makeFloat(Math.abs(argument(x)));
}

function math_floor(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  return intOf(Math.floor(argument(x)));
}

function math_atan2(y: PyObject, x: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2);
  return makeFloat(Math.atan2(argument(y), argument(x)));
}

withNumbers(math_sqrt, Math.sqrt);
withNumbers(math_sin, Math.sin);
withNumbers(math_cos, Math.cos);
withNumbers(math_exp, Math.exp);
withNumbers(math_fabs, Math.abs);

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

function math_log(x: PyObject, base?: PyObject): PyObject {
  const a = numberOf(x);
  if (a <= 0) domainError();
  if (base === undefined) return makeFloat(Math.log(a));
  const b = numberOf(base);
  if (b <= 0) domainError();
  if (b === 1) throw exception('ZeroDivisionError', 'divide by zero');
  return makeFloat(Math.log(a) / Math.log(b));
}

function math_frexp(x: PyObject): PyObject {
  const [mantissa, exponent] = frexp(numberOf(x));
  return new PyTuple([makeFloat(mantissa), exponent]);
}

function math_modf(x: PyObject): PyObject {
  const a = numberOf(x);
  const whole = Math.trunc(a);
  const fraction = Number.isFinite(a) ? Math.abs(a - whole) : a === a ? 0 : NaN;
  return new PyTuple([makeFloat(isNegative(a) ? -fraction : fraction), makeFloat(whole)]);
}

/** The product start · (start+1) … end, halved again and again so that the factors stay of one size. */
function product(start: number, end: number): bigint {
  if (end - start < 8) {
    let result = BigInt(start);
    for (let i = start + 1; i <= end; i++) result *= BigInt(i);
    return result;
  }
  const middle = (start + end) >> 1;
  return product(start, middle) * product(middle + 1, end);
}

function math_factorial(x: PyObject): PyObject {
  const n = machineInt(x);
  if (n < 0) throw valueError('negative factorial');
  return n < 2 ? 1 : normal(product(1, n));
}

function math_isclose(x: PyObject, y: PyObject, relative?: PyObject, absolute?: PyObject): PyObject {
  const a = numberOf(x);
  const b = numberOf(y);
  const relTol = relative === undefined ? 1e-9 : numberOf(relative);
  const absTol = absolute === undefined ? 0 : numberOf(absolute);
  if (relTol < 0 || absTol < 0) domainError();
  if (a === b) return true;
  const difference = Math.abs(a - b);
  if (difference === Infinity) return false;
  return difference <= absTol || difference <= Math.abs(relTol * a) || difference <= Math.abs(relTol * b);
}

const rows: readonly ModuleRow[] = [
  ['sqrt(x, /)', math_sqrt, 'direct'],
  ['pow(x, y, /)', binary(cPow)],
  ['exp(x, /)', math_exp, 'direct'],
  ['expm1(x, /)', unary(Math.expm1)],
  ['log(x, base=e, /)', math_log],
  ['log2(x, /)', unary(Math.log2)],
  ['log10(x, /)', unary(Math.log10)],
  ['cosh(x, /)', unary(Math.cosh)],
  ['sinh(x, /)', unary(Math.sinh)],
  ['tanh(x, /)', unary(Math.tanh)],
  ['acosh(x, /)', unary(Math.acosh)],
  ['asinh(x, /)', unary(Math.asinh)],
  ['atanh(x, /)', unary(Math.atanh)],
  ['cos(x, /)', math_cos, 'direct'],
  ['sin(x, /)', math_sin, 'direct'],
  ['tan(x, /)', unary(Math.tan)],
  ['acos(x, /)', unary(Math.acos)],
  ['asin(x, /)', unary(Math.asin)],
  ['atan(x, /)', unary(Math.atan)],
  ['atan2(y, x, /)', math_atan2, 'direct'],
  ['ceil(x, /)', toInt(Math.ceil)],
  ['floor(x, /)', math_floor, 'direct'],
  ['trunc(x, /)', toInt(Math.trunc)],
  ['copysign(x, y, /)', binary((x, y) => (isNegative(y) ? -Math.abs(x) : Math.abs(x)))],
  ['fabs(x, /)', math_fabs, 'direct'],
  ['fmod(x, y, /)', binary((x, y) => x % y)],
  ['frexp(x, /)', math_frexp],
  ['ldexp(x, exp, /)', (x: PyObject, exponent: PyObject) => makeFloat(ldexp(numberOf(x), machineInt(exponent)))],
  ['modf(x, /)', math_modf],
  ['isfinite(x, /)', (x: PyObject) => Number.isFinite(numberOf(x))],
  ['isinf(x, /)', (x: PyObject) => Math.abs(numberOf(x)) === Infinity],
  ['isnan(x, /)', (x: PyObject) => Number.isNaN(numberOf(x))],
  ['isclose(a, b, /, *, rel_tol=1e-9, abs_tol=0.0)', math_isclose],
  ['radians(x, /)', (x: PyObject) => makeFloat(numberOf(x) * (Math.PI / 180))],
  ['degrees(x, /)', (x: PyObject) => makeFloat(numberOf(x) * (180 / Math.PI))],
  ['erf(x, /)', unary(erf)],
  ['erfc(x, /)', unary(erfc)],
  ['gamma(x, /)', unary(gamma)],
  ['lgamma(x, /)', unary(lgamma)],
  ['factorial(x, /)', math_factorial],
];

/** Makes the math module. Constants are made here because their precision is that of the interpreter. */
export function createMath(): PyModule {
  const constants: ModuleRow[] = [
    ['e', makeFloat(Math.E), 'value'],
    ['pi', makeFloat(Math.PI), 'value'],
    ['tau', makeFloat(2 * Math.PI), 'value'],
    ['inf', makeFloat(Infinity), 'value'],
    ['nan', makeFloat(NaN), 'value'],
  ];
  return defineModule('math', [...rows, ...constants]);
}

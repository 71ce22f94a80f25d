/** complex. */
import { ObjectBase, define, type PyFunction, type PyObject } from './object';
import { defineType } from './type';
import { exception, raise, typeError, wrongCount } from './raise';
import {
  ADD, FLOORDIV, MUL, POW, SUB, TRUEDIV, reflect, type BinaryOp,
} from '../interpreter/operators'; // prettier-ignore
import { complexPower, floatHash, floatOperand, isSinglePrecision, makeFloat } from './float';
import { formatFloat } from './float-format';
import { notContained } from './int';
import { numberOf } from './number';
import { parseComplex } from './parse-number';
import { textOf } from './wide-str';

/** The precision that shows all digits of a float. */
const ALL_DIGITS = 99;

export interface PyComplex extends PyObject {}

/** Derives from ObjectBase below: a constructor that calls none above it is quicker before it is optimized. */
export class PyComplex {
  constructor(
    readonly re: number,
    readonly im: number,
  ) {}

  py_add(other: PyObject): PyObject {
    if (other instanceof PyComplex) return makeComplex(this.re + other.re, this.im + other.im);
    return this.binary(ADD, other);
  }

  py_sub(other: PyObject): PyObject {
    if (other instanceof PyComplex) return makeComplex(this.re - other.re, this.im - other.im);
    return this.binary(SUB, other);
  }

  py_mul(other: PyObject): PyObject {
    if (other instanceof PyComplex) {
      return makeComplex(this.re * other.re - this.im * other.im, this.re * other.im + this.im * other.re);
    }
    return this.binary(MUL, other);
  }

  py_truediv(other: PyObject): PyObject {
    return this.binary(TRUEDIV, other);
  }
  py_floordiv(other: PyObject): PyObject {
    return this.binary(FLOORDIV, other);
  }
  py_pow(other: PyObject): PyObject {
    return this.binary(POW, other);
  }

  private binary(op: BinaryOp, other: PyObject): PyObject {
    const right = rightOperand(other);
    const result = right === undefined ? undefined : complexBinary(op, this, right);
    return result ?? reflect(op, this, other);
  }

  py_reflected(op: BinaryOp, left: PyObject): PyObject | undefined {
    const real = floatOperand(left);
    if (real !== undefined) {
      // The common ones, without making a complex number of the real one.
      if (op === ADD) return makeComplex(real + this.re, 0 + this.im);
      if (op === MUL) return makeComplex(real * this.re - 0 * this.im, real * this.im + 0 * this.re);
    }
    const x = complexOperand(left);
    return x === undefined ? undefined : complexBinary(op, x, this);
  }

  py_eq(other: PyObject): PyObject {
    const right = rightOperand(other);
    if (right === undefined) return other.py_reflectedEq(this) ?? false;
    return this.re === right.re && this.im === right.im;
  }

  py_reflectedEq(left: PyObject): PyObject | undefined {
    const x = complexOperand(left);
    return x === undefined ? undefined : x.re === this.re && x.im === this.im;
  }

  py_neg(): PyObject {
    return new PyComplex(-this.re, -this.im);
  }
  py_pos(): PyObject {
    return this;
  }
  py_abs(): PyObject {
    return makeFloat(Math.sqrt(this.re * this.re + this.im * this.im));
  }
  py_truth(): boolean {
    return this.re !== 0 || this.im !== 0;
  }
  py_hash(): number {
    return floatHash(this.re) ^ floatHash(this.im);
  }

  py_contains(item: PyObject): boolean {
    throw notContained(this, item);
  }

  py_repr(): string {
    const single = isSinglePrecision();
    if (this.re === 0) return `${formatFloat(this.im, 'g', ALL_DIGITS, '', single)}j`;
    const re = formatFloat(this.re, 'g', ALL_DIGITS, '', single);
    return `(${re}${formatFloat(this.im, 'g', ALL_DIGITS, '+', single)}j)`;
  }
}
Object.setPrototypeOf(PyComplex.prototype, ObjectBase.prototype);
define(PyComplex.prototype, 'irreflexive', true);

/** A complex number of the precision in force. */
function makeComplex(re: number, im: number): PyComplex {
  return isSinglePrecision() ? new PyComplex(Math.fround(re), Math.fround(im)) : new PyComplex(re, im);
}

/** The value of a literal such as `2j`. */
export function makeImaginary(value: number): PyObject {
  return makeComplex(0, value);
}

/** A number of any kind as complex, or undefined for what is none. */
function complexOperand(x: PyObject): PyComplex | undefined {
  if (x instanceof PyComplex) return x;
  const real = floatOperand(x);
  return real === undefined ? undefined : new PyComplex(real, 0);
}

/** The other operand of a complex number on its left: an object may say what it is by `__float__` or `__complex__`. */
function rightOperand(x: PyObject): PyComplex | undefined {
  const known = complexOperand(x);
  if (known !== undefined) return known;
  const { __float__$: toFloat, __complex__$: convert } = x as unknown as Record<string, PyFunction | undefined>;
  const value = toFloat?.(x) ?? convert?.(x);
  return value === undefined ? undefined : complexOperand(value);
}

/** `x op y` for two complex numbers; undefined for an operator they do not have. */
function complexBinary(op: BinaryOp, x: PyComplex, y: PyComplex): PyObject | undefined {
  switch (op) {
    case ADD:
      return makeComplex(x.re + y.re, x.im + y.im);
    case SUB:
      return makeComplex(x.re - y.re, x.im - y.im);
    case MUL:
      return makeComplex(x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re);
    case TRUEDIV:
      return divide(x, y);
    case POW:
      return power(x, y);
    case FLOORDIV:
      throw typeError("can't truncate-divide a complex number");
    default:
      return undefined;
  }
}

function divide(x: PyComplex, y: PyComplex): PyObject {
  if (y.im === 0) {
    if (y.re === 0) raise('ZeroDivisionError', 'complex divide by zero');
    return makeComplex(x.re / y.re, x.im / y.re);
  }
  if (y.re === 0) return makeComplex(x.im / y.im, -x.re / y.im);
  const square = y.re * y.re + y.im * y.im;
  const re = y.re / square;
  const im = y.im / -square;
  return makeComplex(x.re * re - x.im * im, x.re * im + x.im * re);
}

/** exp(y · ln x). */
function power(x: PyComplex, y: PyComplex): PyObject {
  const round = isSinglePrecision() ? Math.fround : (n: number): number => n;
  const length = round(Math.sqrt(round(round(x.re * x.re) + round(x.im * x.im))));
  if (length === 0) {
    if (y.im !== 0 || y.re < 0) throw exception('ZeroDivisionError', '0.0 to a complex power');
    return makeComplex(y.re === 0 ? 1 : 0, x.im);
  }
  const ln = round(Math.log(length));
  const angle = round(Math.atan2(x.im, x.re));
  const factor = round(Math.exp(round(round(y.re * ln) - round(y.im * angle))));
  const turn = round(round(y.im * ln) + round(y.re * angle));
  return makeComplex(factor * round(Math.cos(turn)), factor * round(Math.sin(turn)));
}

complexPower.of = (x, y) => power(new PyComplex(x, 0), new PyComplex(y, 0));

function complex_make(real?: PyObject, imaginary?: PyObject): PyObject {
  if (arguments.length > 2) wrongCount(arguments.length, 0, 2);
  if (real === undefined) return new PyComplex(0, 0);
  if (imaginary === undefined) {
    const text = textOf(real);
    if (text !== undefined) {
      const { re, im } = parseComplex(text);
      return makeComplex(re, im);
    }
    const value = complexOperand(real);
    if (value !== undefined) return value;
    const { __complex__$: convert, __float__$: toFloat } = real as unknown as Record<string, PyFunction | undefined>;
    if (convert !== undefined || toFloat !== undefined) {
      const converted = convert === undefined ? new PyComplex(numberOf(real), 0) : convert(real);
      if (converted instanceof PyComplex) return converted;
    }
    throw typeError(`can't convert ${real.cls.typeName} to complex`);
  }
  const x = part(real);
  const y = part(imaginary);
  return makeComplex(x.re - y.im, x.im + y.re);
}

const part = (x: PyObject): PyComplex => (x instanceof PyComplex ? x : new PyComplex(numberOf(x), 0));

export const complexType = defineType({
  name: 'complex',
  proto: PyComplex.prototype,
  make: ['complex(real=0, imag=0, /)', complex_make, 'direct'],
  methods: [
    ['imag', (self: PyComplex) => makeFloat(self.im), 'property'],
    ['real', (self: PyComplex) => makeFloat(self.re), 'property'],
  ],
});

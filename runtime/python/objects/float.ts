/** float: a box around a JS number, rounded to single precision where the board's profile asks for it. */
import { ObjectBase, define, type PyFunction, type PyObject } from './object';
import { heap, refuse } from './heap';
import {
  ADD, FLOORDIV, MOD, MUL, POW, SUB, TRUEDIV, reflect, truth, unsupportedBinary, LT, LE, GT, GE,
  type BinaryOp,
} from '../interpreter/operators'; // prettier-ignore
import { defineType } from './type';
import { exception, raise, wrongCount } from './raise';
import { floatRepr } from './float-format';
import { numberOf } from './number';
import { parseFloat } from './parse-number';

/** Whether results are rounded to single precision; set on entry to an interpreter. */
let single = false;

/** Chooses the precision of every float made from now on; gives the choice before. */
export function useSinglePrecision(on: boolean): boolean {
  const before = single;
  single = on;
  return before;
}

export function isSinglePrecision(): boolean {
  return single;
}

/** A float of the precision in force. */
export function makeFloat(x: number): PyFloat {
  return new PyFloat(single ? Math.fround(x) : x);
}

/** An int as the float it becomes beside a float. */
export const intAsFloat = (x: number): number => (single ? Math.fround(x) : x);

/**
 * The float nearest to a long int, or nearly: MicroPython adds its digits of 16 bits one by one, and rounds each sum. An int of one word is converted at once.
 */
export function bigAsFloat(x: bigint): number {
  if (BigInt.asIntN(single ? 31 : 63, x) === x) return intAsFloat(Number(x));
  const text = (x < 0n ? -x : x).toString(16);
  let value = 0;
  for (let start = 0, end = text.length % 4 || 4; start < text.length; start = end, end += 4) {
    value = intAsFloat(value * 65536 + parseInt(text.slice(start, end), 16));
  }
  return x < 0n ? -value : value;
}

/** An int of any length as a float. */
export const anyAsFloat = (x: number | bigint): number => (typeof x === 'number' ? intAsFloat(x) : bigAsFloat(x));

/** The number behind an int, bool or float, or undefined: how float operators see their other operand. */
export function floatOperand(x: PyObject): number | undefined {
  switch (typeof x) {
    case 'number':
      return single ? Math.fround(x) : x;
    case 'boolean':
      return x ? 1 : 0;
    case 'bigint':
      return bigAsFloat(x);
    default:
      return x instanceof PyFloat ? x.f : undefined;
  }
}

/** A zero with the sign of y. */
const zeroLike = (y: number): number => (y < 0 || Object.is(y, -0) ? -0 : 0);

export function floatMod(x: number, y: number): number {
  if (y === 0) throw exception('ZeroDivisionError', 'divide by zero');
  const r = x % y;
  if (r === 0) return zeroLike(y);
  return r < 0 !== y < 0 ? r + y : r;
}

export function floatFloorDiv(x: number, y: number): number {
  if (y === 0) throw exception('ZeroDivisionError', 'divide by zero');
  const r = x % y;
  let div = (x - r) / y;
  if (r !== 0 && r < 0 !== y < 0) div -= 1;
  if (div === 0) return zeroLike(x / y);
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}

/** `x ** y` for floats that have a real result. */
export function floatPow(x: number, y: number): number {
  if (x === 0 && y < 0 && y !== -Infinity) throw exception('ZeroDivisionError', 'divide by zero');
  if (x === 1 || y === 0) return 1;
  if (x === -1 && (y === Infinity || y === -Infinity)) return 1;
  return Math.pow(x, y);
}

export interface PyFloat extends PyObject {}

/** Derives from ObjectBase below: a constructor that calls none above it is quicker before it is optimized. */
export class PyFloat {
  constructor(readonly f: number) {}

  py_add(other: PyObject): PyObject {
    if (other instanceof PyFloat) return new PyFloat(single ? Math.fround(this.f + other.f) : this.f + other.f);
    if (typeof other === 'number')
      return new PyFloat(single ? Math.fround(this.f + Math.fround(other)) : this.f + other);
    return this.slow(ADD, other);
  }

  py_sub(other: PyObject): PyObject {
    if (other instanceof PyFloat) return new PyFloat(single ? Math.fround(this.f - other.f) : this.f - other.f);
    if (typeof other === 'number')
      return new PyFloat(single ? Math.fround(this.f - Math.fround(other)) : this.f - other);
    return this.slow(SUB, other);
  }

  py_mul(other: PyObject): PyObject {
    if (other instanceof PyFloat) return new PyFloat(single ? Math.fround(this.f * other.f) : this.f * other.f);
    if (typeof other === 'number')
      return new PyFloat(single ? Math.fround(this.f * Math.fround(other)) : this.f * other);
    return this.slow(MUL, other);
  }

  py_truediv(other: PyObject): PyObject {
    if (other instanceof PyFloat && other.f !== 0) {
      return new PyFloat(single ? Math.fround(this.f / other.f) : this.f / other.f);
    }
    if (typeof other === 'number' && other !== 0) {
      return new PyFloat(single ? Math.fround(this.f / Math.fround(other)) : this.f / other);
    }
    return this.slow(TRUEDIV, other);
  }

  py_floordiv(other: PyObject): PyObject {
    return this.slow(FLOORDIV, other);
  }

  py_mod(other: PyObject): PyObject {
    return this.slow(MOD, other);
  }

  py_pow(other: PyObject): PyObject {
    if (typeof other === 'number') {
      return makeFloat(other === 2 ? this.f * this.f : floatPow(this.f, other));
    }
    return this.slow(POW, other);
  }

  /** The operators on what is not float or small int. */
  private slow(op: BinaryOp, other: PyObject): PyObject {
    const y = floatOperand(other) ?? convertedFloat(other);
    if (y === undefined) return reflect(op, this, other);
    return floatBinary(op, this.f, y);
  }

  py_reflected(op: BinaryOp, left: PyObject): PyObject | undefined {
    const x = FLOAT_OPS.has(op) ? floatOperand(left) : undefined;
    return x === undefined ? undefined : floatBinary(op, x, this.f);
  }

  py_lt(other: PyObject): PyObject {
    if (typeof other === 'number') return this.f < (single ? Math.fround(other) : other);
    if (other instanceof PyFloat) return this.f < other.f;
    const order = compare(this.f, other);
    return order === undefined ? unsupportedBinary(LT.method, this, other) : order < 0;
  }

  py_le(other: PyObject): PyObject {
    if (typeof other === 'number') return this.f <= (single ? Math.fround(other) : other);
    if (other instanceof PyFloat) return this.f <= other.f;
    const order = compare(this.f, other);
    return order === undefined ? unsupportedBinary(LE.method, this, other) : order <= 0;
  }

  py_gt(other: PyObject): PyObject {
    if (typeof other === 'number') return this.f > (single ? Math.fround(other) : other);
    if (other instanceof PyFloat) return this.f > other.f;
    const order = compare(this.f, other);
    return order === undefined ? unsupportedBinary(GT.method, this, other) : order > 0;
  }

  py_ge(other: PyObject): PyObject {
    if (typeof other === 'number') return this.f >= (single ? Math.fround(other) : other);
    if (other instanceof PyFloat) return this.f >= other.f;
    const order = compare(this.f, other);
    return order === undefined ? unsupportedBinary(GE.method, this, other) : order >= 0;
  }

  py_eq(other: PyObject): PyObject {
    if (other instanceof PyFloat) return this.f === other.f;
    const order = compare(this.f, other);
    return order === undefined ? (other.py_reflectedEq(this) ?? false) : order === 0;
  }

  py_ne(other: PyObject): PyObject {
    if (other instanceof PyFloat) return this.f !== other.f;
    const order = compare(this.f, other);
    return order === undefined ? (other.py_reflectedNe(this) ?? !truth(this.py_eq(other))) : order !== 0;
  }

  py_reflectedEq(left: PyObject): PyObject | undefined {
    const order = compare(this.f, left);
    return order === undefined ? undefined : order === 0;
  }

  py_neg(): PyObject {
    return new PyFloat(-this.f);
  }

  py_pos(): PyObject {
    return this;
  }

  py_abs(): PyObject {
    return new PyFloat(Math.abs(this.f));
  }

  py_truth(): boolean {
    return this.f !== 0;
  }

  py_repr(): string {
    return floatRepr(this.f, single);
  }

  py_hash(): number {
    return floatHash(this.f);
  }
}
Object.setPrototypeOf(PyFloat.prototype, ObjectBase.prototype);
define(PyFloat.prototype, 'irreflexive', true);

/** A 32-bit hash: that of the int it equals, where there is one. */
export function floatHash(x: number): number {
  if ((x | 0) === x) return x | 0;
  if (Number.isSafeInteger(x)) return ((x | 0) ^ Math.floor(x / 4294967296)) | 0;
  if (Number.isInteger(x)) return Number(BigInt.asIntN(32, BigInt(x)));
  return x === x ? (x * 1e6) | 0 : 0;
}

const differenceFrom = (x: number, y: number | undefined): number | undefined =>
  y === undefined ? undefined : x === y ? 0 : x - y;

/** What the `__float__` of a program's own object gives, which a float on its left asks for; undefined where there is none. */
export function convertedFloat(x: PyObject): number | undefined {
  const convert = (x as unknown as { __float__$?: PyFunction }).__float__$;
  const value = convert?.(x);
  return value instanceof PyFloat ? value.f : undefined;
}

/** The sign of `x - other` for a number of any type (NaN when unordered), or undefined for another type. */
function compare(x: number, other: PyObject): number | undefined {
  switch (typeof other) {
    case 'number':
      return x - (single ? Math.fround(other) : other);
    case 'boolean':
      return x - (other ? 1 : 0);
    case 'bigint':
      // As MicroPython does: the int is rounded to a float first.
      return differenceFrom(x, bigAsFloat(other));
    default:
      if (other instanceof PyFloat) return x === other.f ? 0 : x - other.f;
      return differenceFrom(x, convertedFloat(other));
  }
}

/** `x op y` for two JS numbers, as a float (or a complex number: a power of a negative base). */
const FLOAT_OPS: ReadonlySet<BinaryOp> = new Set([ADD, SUB, MUL, TRUEDIV, FLOORDIV, MOD, POW]);

export function floatBinary(op: BinaryOp, x: number, y: number): PyObject {
  switch (op) {
    case ADD:
      return makeFloat(x + y);
    case SUB:
      return makeFloat(x - y);
    case MUL:
      return makeFloat(x * y);
    case TRUEDIV:
      if (y === 0) throw exception('ZeroDivisionError', 'divide by zero');
      return makeFloat(x / y);
    case FLOORDIV:
      return makeFloat(floatFloorDiv(x, y));
    case MOD:
      return makeFloat(floatMod(x, y));
    case POW:
      if (x < 0 && !Number.isInteger(y) && Number.isFinite(y) && Number.isFinite(x)) return complexPower.of(x, y);
      return makeFloat(floatPow(x, y));
    default:
      return unsupportedBinary(op.method, new PyFloat(x), new PyFloat(y));
  }
}

/** A negative number to a fractional power; complex.ts fills it in. */
export const complexPower = {
  of(_x: number, _y: number): PyObject {
    return raise('ValueError', 'complex values not supported');
  },
};

function float_make(value?: PyObject): PyObject {
  if (arguments.length > 1) wrongCount(arguments.length, 0, 1);
  if (heap.locked !== 0) refuse();
  if (value === undefined) return new PyFloat(0);
  if (typeof value === 'string') return makeFloat(parseFloat(value));
  if (value instanceof PyFloat) return value;
  const buffer = value.py_buffer();
  return makeFloat(buffer === undefined ? numberOf(value) : parseFloat(decodeLatin1(buffer.bytes)));
}

/** Bytes as text, one unit each. */
const decodeLatin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

export const floatType = defineType({
  name: 'float',
  proto: PyFloat.prototype,
  make: ['float(x=0, /)', float_make, 'direct'],
});

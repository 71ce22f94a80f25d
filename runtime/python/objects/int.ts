/** int and bool: JS numbers while they are safe integers, BigInt beyond, JS booleans. */
import { beginDefinitions, define, defineAll, type PyObject } from './object';
import {
  ADD, AND, BINARY_OPS, COMPARE_OPS, FLOORDIV, GT, LE, LSHIFT, LT, MATMUL, MOD, MUL, OR, POW, RSHIFT, SUB, TRUEDIV, XOR,
  reflect, slotsOf, truth, unsupportedBinary, type BinaryOp, type CompareOp,
} from '../interpreter/operators'; // prettier-ignore
import { defineType } from './type';
import { LONG_BITS, longPower, longText } from './long-int';
import { reserve } from './running';
import { PyFloat, anyAsFloat, floatPow, intAsFloat, makeFloat } from './float';
import { int_make, intMethods } from './int-methods';
import { exception, noMemory, raise, typeError, valueError, wrongCount } from './raise';

/** A Python int: never a BigInt that is a safe integer. */
export type Int = number | bigint;

const MAX = Number.MAX_SAFE_INTEGER;
const BIG_MAX = BigInt(MAX);

/** The int of a BigInt: a number when it is a safe integer. */
export function normal(x: bigint): Int {
  return x <= BIG_MAX && x >= -BIG_MAX ? Number(x) : x;
}

/** The value of an int or bool, or undefined: how int operators see their other operand. */
export function plainInt(x: PyObject): Int | undefined {
  switch (typeof x) {
    case 'number':
    case 'bigint':
      return x;
    case 'boolean':
      return x ? 1 : 0;
    default:
      return undefined;
  }
}

/** The value of an int or bool (or of an instance that wraps one), or undefined. */
export function intOperand(x: PyObject): Int | undefined {
  const value = plainInt(x);
  if (value !== undefined || x.native === undefined) return value;
  const { __int__$: convert } = x as { __int__$?: (self: PyObject) => PyObject };
  return intOperand(convert === undefined ? x.native : convert(x));
}

/** Whether a value is an int, or has one by `__int__`: what may say how often a sequence is repeated, or be its index. */
export const isIndex = (x: PyObject): boolean =>
  intOperand(x) !== undefined || (typeof x === 'object' && (x as { __int__$?: unknown }).__int__$ !== undefined);

const big = (x: Int): bigint => (typeof x === 'bigint' ? x : BigInt(x));

const divideByZero = (): never => {
  throw exception('ZeroDivisionError', 'divide by zero');
};

export function intFloorDiv(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    if (b === 0) divideByZero();
    const q = a / b;
    if (q < 4503599627370496 && q > -4503599627370496) {
      // The quotient may round up to an integer it does not reach; the remainder tells.
      // What is left without it is no larger than `a`, so that it is exact.
      const r = a % b;
      const whole = (a - r) / b;
      return (r !== 0 && r < 0 !== b < 0 ? whole - 1 : whole) + 0;
    }
  }
  const x = big(a);
  const y = big(b);
  if (y === 0n) divideByZero();
  let q = x / y;
  if (x < 0n !== y < 0n && q * y !== x) q -= 1n;
  return normal(q);
}

export function intMod(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    if (b === 0) divideByZero();
    const r = a % b;
    return (r !== 0 && r < 0 !== b < 0 ? r + b : r) + 0;
  }
  const x = big(a);
  const y = big(b);
  if (y === 0n) divideByZero();
  const r = x % y;
  return normal(r !== 0n && r < 0n !== y < 0n ? r + y : r);
}

const LONG_SHIFT = BigInt(LONG_BITS);

/** Longest result of a shift or a power, in bits: beyond it, MemoryError. */
const MAX_BITS = 1 << 27;

/** Room for a result of so many bits; raises MemoryError. */
function makeRoom(bits: number): void {
  const bytes = 2 * (1 + Math.ceil(bits / 16));
  if (bits > MAX_BITS) noMemory(bytes);
  reserve(bytes);
}

/** The count of a shift, which MicroPython takes as a word of the machine. */
function checkCount(b: bigint): void {
  if (BigInt.asIntN(64, b) !== b) raise('OverflowError', 'overflow converting long int to machine word');
}

export function intShiftLeft(a: Int, b: Int): Int {
  if (typeof b === 'bigint') checkCount(b);
  if (b < 0) throw valueError('negative shift count');
  if (typeof a === 'number' && b < 32) {
    const r = a * 2 ** Number(b);
    if (r <= MAX && r >= -MAX) return r;
  }
  if (a === 0) return 0;
  makeRoom(Number(b));
  return normal(big(a) << big(b));
}

export function intShiftRight(a: Int, b: Int): Int {
  if (typeof b === 'bigint') checkCount(b);
  if (b < 0) throw valueError('negative shift count');
  if (typeof a === 'number') {
    if (b > 60) return a < 0 ? -1 : 0;
    return (a | 0) === a && b < 32 ? a >> Number(b) : Math.floor(a / 2 ** Number(b));
  }
  return b > MAX_BITS ? (a < 0n ? -1 : 0) : normal(a >> big(b));
}

/** `a ** b` for b ≥ 0. */
export function intPow(a: Int, b: Int): Int {
  if (typeof a === 'number') {
    const r = Math.pow(a, Number(b));
    if (r <= MAX && r >= -MAX) return r;
  }
  const exponent = Number(b);
  const bits = exponent * (typeof a === 'number' ? Math.log2(Math.abs(a)) : a.toString(16).length * 4);
  makeRoom(bits);
  return normal(bits > LONG_BITS ? longPower(big(a), exponent, bits) : big(a) ** big(b));
}

const small = (x: Int): x is number => typeof x === 'number' && (x | 0) === x;

/** `a op b` for two ints. */
export function intBinary(op: BinaryOp, a: Int, b: Int): PyObject {
  switch (op) {
    case ADD: {
      if (typeof a === 'number' && typeof b === 'number') {
        const r = a + b;
        if (r <= MAX && r >= -MAX) return r;
      }
      return normal(big(a) + big(b));
    }
    case SUB: {
      if (typeof a === 'number' && typeof b === 'number') {
        const r = a - b;
        if (r <= MAX && r >= -MAX) return r;
      }
      return normal(big(a) - big(b));
    }
    case MUL: {
      if (typeof a === 'number' && typeof b === 'number') {
        const r = a * b;
        if (r <= MAX && r >= -MAX) return r + 0;
      }
      return normal(big(a) * big(b));
    }
    case TRUEDIV:
      if (b === 0) divideByZero();
      return makeFloat(intTrueDiv(a, b));
    case FLOORDIV:
      return intFloorDiv(a, b);
    case MOD:
      return intMod(a, b);
    case POW:
      if (b >= 0) return intPow(a, b);
      if (a === 0) divideByZero();
      return makeFloat(floatPow(anyAsFloat(a), anyAsFloat(b)));
    case LSHIFT:
      return intShiftLeft(a, b);
    case RSHIFT:
      return intShiftRight(a, b);
    case AND:
      return small(a) && small(b) ? a & b : normal(big(a) & big(b));
    case OR:
      return small(a) && small(b) ? a | b : normal(big(a) | big(b));
    case XOR:
      return small(a) && small(b) ? a ^ b : normal(big(a) ^ big(b));
    default:
      return unsupportedBinary(op.method, a, b);
  }
}

/** The quotient of two ints as a JS number; MicroPython divides the floats they convert to. */
function intTrueDiv(a: Int, b: Int): number {
  return anyAsFloat(a) / anyAsFloat(b);
}

function intCompare(op: CompareOp, a: Int, b: Int): boolean {
  switch (op) {
    case LT:
      return a < b;
    case LE:
      return a <= b;
    case GT:
      return a > b;
    default:
      return a >= b;
  }
}

function floatCompare(op: CompareOp, int: Int, b: number): boolean {
  // As MicroPython does: the int is rounded to a float first.
  const a = anyAsFloat(int);
  switch (op) {
    case LT:
      return a < b;
    case LE:
      return a <= b;
    case GT:
      return a > b;
    default:
      return a >= b;
  }
}

const bigText = (x: bigint): string => (x >> LONG_SHIFT === 0n || x >> LONG_SHIFT === -1n ? x.toString() : longText(x));
const isSmall = (x: PyObject): boolean =>
  typeof x === 'number' || (typeof x === 'bigint' && BigInt.asIntN(63, x) === x);

/** MicroPython finds no name for the operator of `small_int |= 1.5`. */
function checkInplace(op: BinaryOp, a: Int, other: PyObject): void {
  const { typeName } = other.cls;
  const count = op === MATMUL ? plainInt(other) : undefined;
  if (count !== undefined && isSmall(a) && isSmall(count)) unsupportedBinary('', a, count);
  const unknown = typeName === 'complex' || (typeName === 'float' && op !== MOD);
  if (unknown && isSmall(a)) unsupportedBinary('', a, other);
}

/** The error of `item in number`, which MicroPython takes for an operator between two numbers where it can. */
export function notContained(number: PyObject, item: PyObject): PyObject {
  const numeric = (x: PyObject): boolean => isSmall(x) || ['float', 'complex'].includes(x.cls.typeName);
  if (isSmall(item) && numeric(number)) return unsupportedBinary('', item, number);
  const isBool = typeof number === 'boolean';
  if (isBool && numeric(item)) return unsupportedBinary('__contains__', 1, item);
  if ((isBool || isSmall(number)) && typeof item === 'boolean') return unsupportedBinary('__contains__', 1, 1);
  throw typeError(`'${isBool ? 'int' : number.cls.typeName}' object isn't iterable`);
}

/** `item in container` where the container is a number: MicroPython words it by what it tries first. */
function containsNothing(container: PyObject, item: PyObject): never {
  if (typeof container === 'number' && typeof item === 'number') return unsupportedBinary('', item, container);
  if (typeof item === 'boolean' || (typeof container === 'boolean' && isNumeric(item)))
    return unsupportedBinary('__contains__', true, typeof item === 'boolean' ? 0 : item);
  throw typeError("'int' object isn't iterable");
}

const isNumeric = (value: PyObject): boolean =>
  typeof value === 'number' || value.cls.typeName === 'float' || value.cls.typeName === 'complex';

/** Defines the slots of a kind of primitives; `value` turns the primitive `this` into an int. */
function installInt(slots: object, value: (self: never) => Int): void {
  const get = value as (self: unknown) => Int;
  const slot = (name: string, fn: unknown): void => {
    define(slots, name, fn);
  };
  beginDefinitions(slots);
  for (const op of BINARY_OPS) {
    slot(op.slot, function (this: PyObject, other: PyObject): PyObject {
      const b = plainInt(other);
      if (b === undefined) return reflect(op, get(this), other);
      return intBinary(op, get(this), b);
    });
  }
  for (const op of COMPARE_OPS) {
    slot(op.slot, function (this: PyObject, other: PyObject): PyObject {
      const b = plainInt(other);
      if (b !== undefined) return intCompare(op, get(this), b);
      if (other instanceof PyFloat) return floatCompare(op, get(this), other.f);
      return unsupportedBinary(op.method, get(this), other);
    });
  }
  for (const op of [MATMUL, MOD, LSHIFT, RSHIFT, AND, OR, XOR]) {
    slot(op.inplaceSlot, function (this: PyObject, other: PyObject): PyObject {
      if (typeof other !== 'number' || op === MATMUL) checkInplace(op, get(this), other);
      return this[op.slot](other);
    });
  }
  slot('py_contains', function (this: PyObject, item: PyObject): boolean {
    throw notContained(this, item);
  });
  slot('py_eq', function (this: PyObject, other: PyObject): PyObject {
    const b = plainInt(other);
    if (b !== undefined) return get(this) === b;
    return other.py_reflectedEq(get(this)) ?? false;
  });
  slot('py_contains', function (this: PyObject, item: PyObject): boolean {
    return containsNothing(this, item);
  });
  slot('py_neg', function (this: PyObject): PyObject {
    const a = get(this);
    return typeof a === 'number' ? 0 - a : normal(-a);
  });
  slot('py_pos', function (this: PyObject): PyObject {
    return get(this);
  });
  slot('py_invert', function (this: PyObject): PyObject {
    const a = get(this);
    return typeof a === 'number' ? -1 - a : normal(~a);
  });
  slot('py_abs', function (this: PyObject): PyObject {
    const a = get(this);
    return a < 0 ? (typeof a === 'number' ? -a : -a) : a;
  });
  slot('py_truth', function (this: PyObject): boolean {
    return get(this) !== 0;
  });
  slot('py_repr', function (this: PyObject): string {
    const a = get(this);
    return typeof a === 'number' ? a.toString() : bigText(a);
  });
  slot('py_str', function (this: PyObject): string {
    const a = get(this);
    return typeof a === 'number' ? a.toString() : bigText(a);
  });
  slot('py_hash', function (this: PyObject): number {
    const a = get(this);
    if (small(a)) return a;
    return typeof a === 'number' ? (a | 0) ^ Math.floor(a / 4294967296) : Number(BigInt.asIntN(32, a));
  });
}

const numberSlots = slotsOf(Number.prototype);
installInt(numberSlots, (self: number) => self);
const otherSlots = slotsOf(BigInt.prototype);
installInt(otherSlots, (self: bigint | boolean) => (typeof self === 'boolean' ? (self ? 1 : 0) : self));
Object.setPrototypeOf(Boolean.prototype, otherSlots);

define(PyFloat.prototype, 'py_contains', function (this: PyFloat, item: PyObject): boolean {
  throw notContained(this, item);
});

defineAll(Boolean.prototype, {
  py_repr(this: boolean): string {
    return this ? 'True' : 'False';
  },
  py_str(this: boolean): string {
    return this ? 'True' : 'False';
  },
  py_truth(this: boolean): boolean {
    return this;
  },
});

// The operators that hot programs reach with a number on the left.
defineAll(numberSlots, {
  py_add(this: number, other: PyObject): PyObject {
    if (other instanceof PyFloat) return makeFloat(intAsFloat(this) + other.f);
    if (typeof other === 'number') {
      const r = this + other;
      if (r <= MAX && r >= -MAX) return r;
    }
    return otherwise(ADD, this, other);
  },
  py_sub(this: number, other: PyObject): PyObject {
    if (other instanceof PyFloat) return makeFloat(intAsFloat(this) - other.f);
    if (typeof other === 'number') {
      const r = this - other;
      if (r <= MAX && r >= -MAX) return r;
    }
    return otherwise(SUB, this, other);
  },
  py_mul(this: number, other: PyObject): PyObject {
    if (other instanceof PyFloat) return makeFloat(intAsFloat(this) * other.f);
    if (typeof other === 'number') {
      const r = this * other;
      if (r <= MAX && r >= -MAX) return r + 0;
    }
    return otherwise(MUL, this, other);
  },
  py_truediv(this: number, other: PyObject): PyObject {
    if (typeof other === 'number' && other !== 0) return makeFloat(intAsFloat(this) / intAsFloat(other));
    if (other instanceof PyFloat && other.f !== 0) return makeFloat(intAsFloat(this) / other.f);
    return otherwise(TRUEDIV, this, other);
  },
  py_pow(this: number, other: PyObject): PyObject {
    if (typeof other === 'number' && other >= 0) return intPow(this, other);
    if (other instanceof PyFloat && (this >= 0 || Number.isInteger(other.f)))
      return makeFloat(floatPow(intAsFloat(this), other.f));
    return otherwise(POW, this, other);
  },
  py_floordiv(this: number, other: PyObject): PyObject {
    return typeof other === 'number' ? intFloorDiv(this, other) : otherwise(FLOORDIV, this, other);
  },
  py_mod(this: number, other: PyObject): PyObject {
    return typeof other === 'number' ? intMod(this, other) : otherwise(MOD, this, other);
  },
  py_lshift(this: number, other: PyObject): PyObject {
    return typeof other === 'number' ? intShiftLeft(this, other) : otherwise(LSHIFT, this, other);
  },
  py_rshift(this: number, other: PyObject): PyObject {
    return typeof other === 'number' ? intShiftRight(this, other) : otherwise(RSHIFT, this, other);
  },
});

defineAll(BigInt.prototype, {
  py_add(this: bigint, other: PyObject): PyObject {
    return typeof other === 'bigint' ? normal(this + other) : otherwise(ADD, this, other);
  },
  py_sub(this: bigint, other: PyObject): PyObject {
    return typeof other === 'bigint' ? normal(this - other) : otherwise(SUB, this, other);
  },
  py_mul(this: bigint, other: PyObject): PyObject {
    return typeof other === 'bigint' ? normal(this * other) : otherwise(MUL, this, other);
  },
});

function otherwise(op: BinaryOp, a: Int, other: PyObject): PyObject {
  const b = plainInt(other);
  return b === undefined ? reflect(op, a, other) : intBinary(op, a, b);
}

/** The int of a JS number, without its fraction; raises for infinities and NaN. */
export function intOf(x: number): Int {
  if (!Number.isFinite(x)) {
    if (x !== x) throw valueError("can't convert NaN to int");
    raise('OverflowError', "can't convert inf to int");
  }
  const whole = Math.trunc(x) + 0;
  return Number.isSafeInteger(whole) ? whole : BigInt(whole);
}

export const intType = defineType({
  name: 'int',
  proto: Number.prototype,
  make: ['int(x=0, base=10, /)', int_make, 'direct'],
  methods: intMethods,
});

define(BigInt.prototype, 'cls', intType);

function bool_make(x?: PyObject): PyObject {
  if (arguments.length > 1) wrongCount(arguments.length, 0, 1);
  return x !== undefined && truth(x);
}

export const boolType = defineType({
  name: 'bool',
  proto: Boolean.prototype,
  make: ['bool(object=False, /)', bool_make, 'direct'],
});

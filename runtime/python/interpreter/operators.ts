/** Operators as data, and the slots that every value has unless its type says otherwise. */
import {
  None,
  NotImplemented,
  ObjectBase,
  beginDefinitions,
  define,
  defineAll,
  type PyFunction,
  type PyIterator,
  type PyObject,
} from '../objects/object';
import { lookUp } from '../objects/running';
import { hasNarrowWords } from '../objects/machine-word';
import type { PyType } from '../objects/type';
import { raise, typeError } from '../objects/raise';

/** A binary operator: its symbol, slot and special methods. */
export interface BinaryOp {
  readonly symbol: string;
  /** Slot, such as `py_add`. */
  readonly slot: SlotName;
  /** In-place slot, such as `py_iadd`. */
  readonly inplaceSlot: SlotName;
  readonly method: SpecialName;
  readonly reflected: SpecialName;
  readonly inplace: SpecialName;
  /** The property with the reflected method of a class made in Python. */
  readonly reflectedKey: `${SpecialName}$`;
}

type SpecialName = `__${string}__`;

type SlotName = {
  [K in keyof PyObject]: PyObject[K] extends (other: PyObject) => PyObject ? K : never;
}[keyof PyObject] &
  string;

function binary(symbol: string, name: string, method = name): BinaryOp {
  return {
    symbol,
    slot: `py_${name}` as SlotName,
    inplaceSlot: `py_i${name}` as SlotName,
    method: `__${method}__`,
    reflected: `__r${method}__`,
    inplace: `__i${method}__`,
    reflectedKey: `__r${method}__$`,
  };
}

export const ADD = binary('+', 'add');
export const SUB = binary('-', 'sub');
export const MUL = binary('*', 'mul');
export const MATMUL = binary('@', 'matmul');
export const TRUEDIV = binary('/', 'truediv');
export const FLOORDIV = binary('//', 'floordiv');
export const MOD = binary('%', 'mod');
export const POW = binary('**', 'pow');
export const LSHIFT = binary('<<', 'lshift');
export const RSHIFT = binary('>>', 'rshift');
export const AND = binary('&', 'and');
export const OR = binary('|', 'or');
export const XOR = binary('^', 'xor');

export const BINARY_OPS: readonly BinaryOp[] = [
  ADD, SUB, MUL, MATMUL, TRUEDIV, FLOORDIV, MOD, POW, LSHIFT, RSHIFT, AND, OR, XOR,
]; // prettier-ignore

/** A comparison: its symbol, slot and special method. */
export interface CompareOp {
  readonly symbol: string;
  readonly slot: SlotName;
  readonly method: SpecialName;
}

function comparison(symbol: string, name: string): CompareOp {
  return { symbol, slot: `py_${name}` as SlotName, method: `__${name}__` };
}

export const LT = comparison('<', 'lt');
export const LE = comparison('<=', 'le');
export const GT = comparison('>', 'gt');
export const GE = comparison('>=', 'ge');

export const COMPARE_OPS: readonly CompareOp[] = [LT, LE, GT, GE];

export function unsupportedBinary(method: string, left: PyObject, right: PyObject): never {
  throw typeError(`unsupported types for ${method}: '${operandName(left)}', '${right.cls.typeName}'`);
}

/** A bool that is asked to do arithmetic does it as an int. */
const operandName = (value: PyObject): string => (typeof value === 'boolean' ? 'int' : value.cls.typeName);

export function unsupportedUnary(method: string, value: PyObject): never {
  throw typeError(`unsupported type for ${method}: '${value.cls.typeName}'`);
}

/** What is left when the left operand's type does not know the operation: ask the right one, else TypeError. */
export function reflect(op: BinaryOp, left: PyObject, right: PyObject): PyObject {
  const result = right.py_reflected(op, left);
  if (result !== undefined && result !== NotImplemented) return result;
  if (typeof right === 'boolean') return unsupportedBool(op, left);
  return unsupportedBinary(op.method, left, right);
}

/** A bool on the right is asked last, as the int it is; of a float or complex MicroPython then tells it the other way round. */
function unsupportedBool(op: BinaryOp, left: PyObject): never {
  const name = left.cls.typeName;
  if (name === 'float' || name === 'complex') unsupportedBinary(op.reflected, 1, left);
  return unsupportedBinary(op.method, left, 1);
}

/** The truth of a value, as `if` asks for it. */
export function truth(value: PyObject): boolean {
  return value === true || (value !== false && value.py_truth());
}

/** `a == b` as a JS boolean, for the library's own searches. */
export function equal(a: PyObject, b: PyObject): boolean {
  return isItself(a, b) || truth(a.py_eq(b));
}

/** Whether two values are one that need not be asked whether it equals itself. */
export function isItself(a: PyObject, b: PyObject): boolean {
  return a === b && (typeof a !== 'object' || a.irreflexive !== true);
}

/** `a < b` as a JS boolean. */
export function less(a: PyObject, b: PyObject): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a < b : truth(a.py_lt(b));
}

/** An iterator over a value: what `iter(x)` gives. */
export function iterate(value: PyObject): PyIterator {
  return value.py_iter();
}

/** Calls any callable with positional arguments. */
export function call(callee: PyObject, ...args: PyObject[]): PyObject {
  return (typeof callee === 'function' ? (callee as PyFunction) : callee.py_callable())(...args);
}

const unary = [
  ['py_neg', '__neg__'],
  ['py_pos', '__pos__'],
  ['py_invert', '__invert__'],
  ['py_abs', '__abs__'],
] as const;

const attributeMissing = (value: PyObject, name: string): never =>
  raise('AttributeError', `'${value.cls.typeName}' object has no attribute '${name}'`);

/** The slots of a value whose type defines nothing. */
const defaults: ThisType<PyObject> & Record<string, unknown> = {
  nostore: true,
  py_reflected(): undefined {
    return undefined;
  },
  py_eq(this: PyObject, other: PyObject): PyObject {
    if (this === other) return true;
    const result = other.py_reflectedEq(this);
    return result ?? false;
  },
  py_ne(this: PyObject, other: PyObject): PyObject {
    return other.py_reflectedNe(this) ?? !truth(this.py_eq(other));
  },
  py_reflectedNe(): undefined {
    return undefined;
  },
  py_reflectedEq(): undefined {
    return undefined;
  },
  py_truth(): boolean {
    return true;
  },
  py_len(this: PyObject): number {
    throw typeError(`object of type '${this.cls.typeName}' has no len()`);
  },
  py_hash(this: PyObject): number {
    return identityHash(this);
  },
  py_repr(this: PyObject): string {
    return `<${this.cls.typeName}>`;
  },
  py_str(this: PyObject): string {
    return this.py_repr();
  },
  py_iter(this: PyObject): PyIterator {
    throw typeError(`'${this.cls.typeName}' object isn't iterable`);
  },
  py_getitem(this: PyObject): PyObject {
    throw typeError(`'${this.cls.typeName}' object isn't subscriptable`);
  },
  py_setitem(this: PyObject): void {
    throw typeError(`'${this.cls.typeName}' object doesn't support item assignment`);
  },
  py_delitem(this: PyObject): void {
    throw typeError(`'${this.cls.typeName}' object doesn't support item deletion`);
  },
  py_contains(this: PyObject, item: PyObject): boolean {
    const it = this.py_iter();
    for (let x = it.n(); x !== undefined; x = it.n()) {
      lookUp();
      if (equal(x, item)) return true;
    }
    return false;
  },
  py_getattr(this: PyObject, name: string): PyObject | undefined {
    return this.cls.lookupOn(this, name);
  },
  py_setattr(this: PyObject, name: string): void {
    attributeMissing(this, name);
  },
  py_delattr(this: PyObject, name: string): void {
    attributeMissing(this, name);
  },
  py_callable(this: PyObject): PyFunction {
    throw typeError(`'${this.cls.typeName}' object isn't callable`);
  },
  py_buffer(): undefined {
    return undefined;
  },
};
beginDefinitions(ObjectBase.prototype);
for (const op of BINARY_OPS) {
  define(ObjectBase.prototype, op.slot, function (this: PyObject, other: PyObject): PyObject {
    return reflect(op, this, other);
  });
  define(ObjectBase.prototype, op.inplaceSlot, function (this: PyObject, other: PyObject): PyObject {
    return this[op.slot](other);
  });
}
for (const op of COMPARE_OPS) {
  define(ObjectBase.prototype, op.slot, function (this: PyObject, other: PyObject): PyObject {
    return unsupportedBinary(op.method, this, other);
  });
}
for (const [slot, method] of unary) {
  define(ObjectBase.prototype, slot, function (this: PyObject): PyObject {
    return unsupportedUnary(method, this);
  });
}
defineAll(ObjectBase.prototype, defaults);

/**
 * Where the slots of the values of a JS prototype stand: on a prototype of that prototype, which inherits the defaults.
 * Strings and numbers have them themselves: with another prototype V8 would take less for granted of them.
 */
export function slotsOf(prototype: object): object {
  if (prototype !== String.prototype && prototype !== Number.prototype) {
    const slots = Object.create(ObjectBase.prototype) as object;
    Object.setPrototypeOf(prototype, slots);
    return slots;
  }
  beginDefinitions(prototype);
  for (const name of Object.getOwnPropertyNames(ObjectBase.prototype)) {
    if (name !== 'constructor') define(prototype, name, ObjectBase.prototype[name as keyof ObjectBase]);
  }
  return prototype;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0x7f00_1000;
/** On a board, objects lie where its memory does. */
let lastBoardIdentity = 0x2000_2360;

const nextIdentity = (): number => (hasNarrowWords() ? (lastBoardIdentity += 16) : (lastIdentity += 32));

/** A number that belongs to this object alone: its `id()`, and its hash unless its type has another. */
export function identityHash(value: PyObject): number {
  if (typeof value !== 'object' && typeof value !== 'function') return 0;
  let id = identities.get(value);
  if (id === undefined) {
    identities.set(value, (id = nextIdentity()));
  }
  return id;
}

/** The class of `value` is `type` or derives from it. */
export function isInstance(value: PyObject, type: PyType): boolean {
  return value.cls === type || value.cls.ancestors.has(type);
}

export { None, ObjectBase };

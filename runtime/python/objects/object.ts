/**
 * What every Python value is: the slots that generated code and the library call on it, and their defaults.
 *
 * Representation. int: a JS number while a safe integer (never −0), BigInt beyond. float: a `PyFloat` box.
 * bool: a JS boolean. str: a JS string that holds no surrogate; a text with code points above U+FFFF (or lone
 * surrogates) is a `PyWideStr`. None and Ellipsis: one object each. list, tuple: an object around one JS array
 * `la`. Functions and classes: JS functions. Everything else: an object whose class extends `ObjectBase`.
 *
 * Every JS prototype a value can have, `Number.prototype` included, carries the slots below, so that
 * `a.py_add(b)` is one call at a site with its own inline cache. Slot names begin with `py_`. Python's own
 * names appear as `$name` (an attribute) and `name$` (a method that takes self explicitly), so that no name
 * of a Python program can reach a property of the host.
 */
import type { PyType } from './type';
import type { BinaryOp } from '../interpreter/operators';

/** A Python function, builtin or class, called with positional arguments. */
export type PyFunction = (...args: PyObject[]) => PyObject;

/** Attributes `$name` and methods `name$`, as generated code reaches them. */
export type Attributes = Record<string, PyObject | PyFunction | undefined>;

/** Something that `for` can draw from: the next item, or undefined at the end. */
export interface PyIterator extends PyObject {
  n(): PyObject | undefined;
}

/** A window on the bytes of a bytes-like object. */
export interface Buffer {
  bytes: Uint8Array;
  /** As in the array and struct modules; 'B' for bytes and bytearray. */
  typecode: string;
  readonly: boolean;
}

/** Any Python value. */
export interface PyObject {
  /** The type of the value: what `type(x)` gives. */
  readonly cls: PyType;
  /** The elements, of a list or tuple only. */
  readonly la?: PyObject[];
  /** True on a list: `la` may be written by an item store. */
  readonly mut?: true;
  /** True where an attribute store must go through `py_setattr`. */
  readonly nostore?: true;
  /** True where a value may differ from itself, which `==` in a list or tuple then asks. */
  readonly irreflexive?: true;
  /** The builtin object inside an instance of a class that derives from a builtin type. */
  readonly native?: PyObject | undefined;

  py_add(other: PyObject): PyObject;
  py_sub(other: PyObject): PyObject;
  py_mul(other: PyObject): PyObject;
  py_matmul(other: PyObject): PyObject;
  py_truediv(other: PyObject): PyObject;
  py_floordiv(other: PyObject): PyObject;
  py_mod(other: PyObject): PyObject;
  py_pow(other: PyObject): PyObject;
  py_lshift(other: PyObject): PyObject;
  py_rshift(other: PyObject): PyObject;
  py_and(other: PyObject): PyObject;
  py_or(other: PyObject): PyObject;
  py_xor(other: PyObject): PyObject;
  py_iadd(other: PyObject): PyObject;
  py_isub(other: PyObject): PyObject;
  py_imul(other: PyObject): PyObject;
  py_imatmul(other: PyObject): PyObject;
  py_itruediv(other: PyObject): PyObject;
  py_ifloordiv(other: PyObject): PyObject;
  py_imod(other: PyObject): PyObject;
  py_ipow(other: PyObject): PyObject;
  py_ilshift(other: PyObject): PyObject;
  py_irshift(other: PyObject): PyObject;
  py_iand(other: PyObject): PyObject;
  py_ior(other: PyObject): PyObject;
  py_ixor(other: PyObject): PyObject;
  /** `left op this` for a `left` that does not know this type; undefined when this type does not know it either. */
  py_reflected(op: BinaryOp, left: PyObject): PyObject | undefined;

  py_lt(other: PyObject): PyObject;
  py_le(other: PyObject): PyObject;
  py_gt(other: PyObject): PyObject;
  py_ge(other: PyObject): PyObject;
  /** `==`; never raises for builtin types. */
  py_eq(other: PyObject): PyObject;
  py_ne(other: PyObject): PyObject;
  /** `left == this` for a `left` that does not know this type; undefined when this type does not know it either. */
  py_reflectedEq(left: PyObject): PyObject | undefined;
  /** `left != this` by a special method of this object's class, or undefined. */
  py_reflectedNe(left: PyObject): PyObject | undefined;

  py_neg(): PyObject;
  py_pos(): PyObject;
  py_invert(): PyObject;
  py_abs(): PyObject;

  py_truth(): boolean;
  py_len(): number;
  /** A 32-bit hash; equal values have equal hashes. Raises TypeError where unhashable. */
  py_hash(): number;
  /** Text as `repr()`/`str()` show it: any JS string, surrogate pairs included. */
  py_repr(): string;
  py_str(): string;

  py_iter(): PyIterator;
  py_getitem(key: PyObject): PyObject;
  py_setitem(key: PyObject, value: PyObject): void;
  py_delitem(key: PyObject): void;
  py_contains(item: PyObject): boolean;

  /** The attribute, found the slow way, or undefined when there is none. */
  py_getattr(name: string): PyObject | undefined;
  py_setattr(name: string, value: PyObject): void;
  py_delattr(name: string): void;
  /** A JS function that calls this object; raises TypeError where it cannot be called. */
  py_callable(): PyFunction;
  /** The bytes of a bytes-like object, or undefined. */
  py_buffer(): Buffer | undefined;
}

/* Primitives and JS functions are Python values too: operators.ts, int.ts and str.ts give their prototypes the slots. */
declare global {
  interface Number extends PyObject {}
  interface BigInt extends PyObject {}
  interface Boolean extends PyObject {}
  interface String extends PyObject {}
  interface Function extends PyObject {}
}

/** Base of every builtin object: slots that raise what MicroPython raises. Filled by interpreter/operators. */

export interface ObjectBase extends PyObject {}

export class ObjectBase {}

/** How properties are defined that no enumeration of the host sees; one object, as thousands are defined at the start. */
const hidden: PropertyDescriptor = { value: undefined, writable: true, configurable: true, enumerable: false };

/** Defines a property that no enumeration of the host sees. */
export function define(target: object, name: string, value: unknown): void {
  hidden.value = value;
  Object.defineProperty(target, name, hidden);
}

/**
 * Prepares a prototype for many new properties. V8 copies the list of all of them for each one added to a "fast" object;
 * deleting one that is not the last makes it a dictionary.
 */
export function beginDefinitions(target: object): void {
  const spare = target as { $a?: null; $b?: null };
  define(spare, '$a', null);
  define(spare, '$b', null);
  delete spare.$a;
  delete spare.$b;
}

/** Makes the prototype fast again, which listing its properties does. */
export function endDefinitions(target: object): void {
  for (const _ in target) break;
}

/** Defines many properties of a prototype at once. */
export function defineAll(target: object, ...properties: readonly Readonly<Record<string, unknown>>[]): void {
  beginDefinitions(target);
  for (const values of properties) for (const name in values) define(target, name, values[name]);
  endDefinitions(target);
}

/** Overrides come after the defaults, which operators.ts puts on `ObjectBase` itself. */
class NoneType extends ObjectBase {
  override py_truth(): boolean {
    return false;
  }

  override py_repr(): string {
    return 'None';
  }
}

class EllipsisType extends ObjectBase {
  override py_repr(): string {
    return 'Ellipsis';
  }
}

class NotImplementedType extends ObjectBase {
  override py_repr(): string {
    return 'NotImplemented';
  }
}

export const None: PyObject = new NoneType();
export const Ellipsis: PyObject = new EllipsisType();
export const NotImplemented: PyObject = new NotImplementedType();

/**
 * Numbers that stand for objects, where a program puts an object into bytes: type code `O` of struct and array.
 *
 * A small int is its own number, odd, as in MicroPython; any other object has its identity, or an even number of its own.
 */
import type { PyObject } from './object';
import { identityHash } from '../interpreter/operators';

/** Small ints are those that fit into 31 bits. */
const isSmall = (value: PyObject): value is number => typeof value === 'number' && (value << 1) >> 1 === value;

/** Objects that a struct holds: it keeps none alive. */
const held = new Map<number, WeakRef<object>>();
/** Texts, other numbers, and what an array holds; kept for good, as nothing tells when the last copy of a number is gone. */
const kept = new Map<number, PyObject>();
const numbers = new Map<PyObject, number>();
let next = 0x1000;

/** The number for an object; with `keep` the object lives on. */
export function referenceTo(value: PyObject, keep: boolean): number {
  if (isSmall(value)) return value * 2 + 1;
  if (typeof value !== 'object' && typeof value !== 'function') return numberOfPrimitive(value);
  const id = identityHash(value);
  if (keep) kept.set(id, value);
  else held.set(id, new WeakRef(value));
  return id;
}

function numberOfPrimitive(value: PyObject): number {
  let number = numbers.get(value);
  if (number === undefined) {
    number = next += 2;
    numbers.set(value, number);
    kept.set(number, value);
  }
  return number;
}

/** The object of a number; where there is none any more, the number itself. */
export function referenced(id: number): PyObject {
  if (id % 2 !== 0) return (id - 1) / 2;
  return kept.get(id) ?? (held.get(id)?.deref() as PyObject | undefined) ?? id;
}

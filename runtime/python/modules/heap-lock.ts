/**
 * Locking the heap.
 *
 * What makes an object asks whether the heap is locked in its constructor. Here are the rest: results that are
 * JavaScript's own values (a str, an int of many digits) and containers that grow. They are too hot to ask each time,
 * so they get a guard when the heap is locked for the first time, and programs that never lock it pay nothing. How much
 * room a container has before it must grow follows MicroPython's own steps from how many items there are.
 */
import { PyByteArray, PyBytes } from '../objects/bytes';
import { PyArray } from '../objects/array';
import { PyDict } from '../objects/dict';
import { PyFloat } from '../objects/float';
import { heap, refuse, useHeapLocks } from '../objects/heap';
import { smallIntBits } from '../objects/machine-word';
import { PyInstance } from '../objects/instance';
import { PyList } from '../objects/list';
import { define, type PyObject } from '../objects/object';
import { PySet } from '../objects/set';
import { PySlice } from '../objects/slice';

/** Whether an operation would allocate. */
type Test = (self: PyObject, args: readonly PyObject[]) => boolean;

type Row = readonly [target: object, names: readonly string[], test: Test];

const always: Test = () => true;

/** A list's room is doubled, from 4 items on. */
function listRoom(count: number): number {
  let room = 4;
  while (room < count) room *= 2;
  return room;
}

/** Sizes of the tables of dicts and sets. */
const TABLE_SIZES = [0, 1, 2, 4, 6, 8, 10, 12, 17, 23, 29, 37, 47, 59, 73, 97, 127, 167, 223, 293, 389, 521, 691, 919];
const isFull = (count: number): boolean => TABLE_SIZES.includes(count);

const lengthOf = (x: PyObject | undefined): number => x?.la?.length ?? x?.py_buffer()?.bytes.length ?? 1;

const listGrows =
  (extra: (args: readonly PyObject[]) => number): Test =>
  (self, args) =>
    (self as PyList).la.length + extra(args) > listRoom((self as PyList).la.length);

const arrayGrows =
  (extra: (args: readonly PyObject[]) => number): Test =>
  (self, args) => {
    const { count, kind, data } = self as PyArray;
    return (count + extra(args)) * kind.size > data.length;
  };

/** A slice that is stored takes more room when what is stored is longer. */
const sliceGrows =
  (grows: (extra: (args: readonly PyObject[]) => number) => Test): Test =>
  (self, args) => {
    const [key, value] = args;
    if (!(key instanceof PySlice)) return false;
    const { start, stop } = key.indices(self.py_len());
    return grows(() => lengthOf(value) - Math.max(0, stop - start))(self, args);
  };

const isNewKey: Test = (self, [key]) => {
  const { hm } = self as PyDict;
  return key !== undefined && isFull(hm.size) && !hm.has(key);
};

/** An int that is no small int, and a float, take room; so does every text that was not there. */
function isMade(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number' || typeof value === 'bigint') return smallIntBits(value) !== BigInt(value);
  return value instanceof PyFloat;
}

const ARITHMETIC = [
  'py_add', 'py_sub', 'py_mul', 'py_truediv', 'py_floordiv', 'py_mod', 'py_pow', 'py_lshift', 'py_rshift', 'py_and',
  'py_or', 'py_xor', 'py_neg', 'py_invert',
]; // prettier-ignore

const TEXT_METHODS = ['join$', 'format$', 'replace$', 'upper$', 'lower$', 'center$'];

/** What allocates, by what it is called on. */
const growing = (): readonly Row[] => [
  [PyList.prototype, ['append$', 'insert$'], listGrows(() => 1)],
  [PyList.prototype, ['extend$', 'py_iadd'], listGrows(([items]) => lengthOf(items))],
  [PyList.prototype, ['py_setitem'], sliceGrows(listGrows)],
  [PyArray.prototype, ['append$'], arrayGrows(() => 1)],
  [PyArray.prototype, ['extend$', 'py_iadd'], arrayGrows(([items]) => lengthOf(items))],
  [PyArray.prototype, ['py_setitem'], sliceGrows(arrayGrows)],
  [PyByteArray.prototype, ['append$'], arrayGrows(() => 1)],
  [PyByteArray.prototype, ['extend$', 'py_iadd'], arrayGrows(([items]) => lengthOf(items))],
  [PyByteArray.prototype, ['py_setitem'], sliceGrows(arrayGrows)],
  [PyDict.prototype, ['py_setitem', 'setdefault$'], isNewKey],
  [PyDict.prototype, ['update$'], always],
  [PySet.prototype, ['add$'], isNewKey],
  [PyBytes.prototype, ['join$', 'replace$'], always],
];

/** Operators whose result may be a value that JavaScript makes. */
const computing = (): readonly (readonly [object, readonly string[]])[] => [
  [String.prototype, ['py_add', 'py_mul', 'py_mod', ...TEXT_METHODS]],
  [Number.prototype, ARITHMETIC],
  [BigInt.prototype, ARITHMETIC],
  [PyFloat.prototype, ARITHMETIC],
];

type Method = (this: unknown, ...args: unknown[]) => unknown;

function replace(target: object, name: string, make: (original: Method) => Method): void {
  // The methods come to the prototype with the table.
  void (target as PyObject).cls.table;
  const original = (target as Record<string, Method | undefined>)[name];
  if (original !== undefined) define(target, name, Object.assign(make(original), original));
}

/** The guards; a method, whose name ends in `$`, has self as its first argument. */
function installGuards(): void {
  heap.guarded = true;
  define(PyInstance, 'plain', false);
  for (const [target, names, test] of growing()) {
    for (const name of names) {
      const isMethod = name.endsWith('$');
      replace(
        target,
        name,
        (original) =>
          function (this: unknown, ...args) {
            if (heap.locked !== 0) {
              const [self, ...others] = (isMethod ? args : [this, ...args]) as [PyObject, ...PyObject[]];
              if (test(self, others)) refuse();
            }
            return original.apply(this, args);
          },
      );
    }
  }
  for (const [target, names] of computing()) {
    for (const name of names) {
      replace(
        target,
        name,
        (original) =>
          function (this: unknown, ...args) {
            const result = original.apply(this, args);
            if (heap.locked !== 0 && result !== this && !args.includes(result) && isMade(result)) refuse();
            return result;
          },
      );
    }
  }
}

export function lockHeap(): void {
  if (!heap.guarded) installGuards();
  useHeapLocks(heap.locked + 1);
}

/** How often it is still locked. */
export function unlockHeap(): number {
  if (heap.locked > 0) heap.locked--;
  return heap.locked;
}

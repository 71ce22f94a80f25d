/** tuple, and what tuples and lists have in common: order, equality, repetition, text. */
import { ObjectBase, type PyIterator, type PyObject } from './object';
import { heap } from './heap';
import { BuiltinIterator } from './iterator';
import { defineType } from './type';
import { noMemory, valueError, wrongCount } from './raise';
import {
  MUL,
  equal,
  reflect,
  ADD,
  unsupportedBinary,
  type BinaryOp,
  type CompareOp,
  GE,
  GT,
  LE,
  LT,
} from '../interpreter/operators';
import { isIndex, plainInt } from './int';
import { hasNarrowWords } from './machine-word';
import { LONG_LIST, longListGrew, lookAtHeap, lookUp, reserveItems } from './running';
import { PySlice, STEP_1_ONLY, clampIndex, itemIndex, machineInt } from './slice';
import { hashOf } from './hash-map';

// ---- what tuples and lists have in common

/** Longest sequence, so that a slip gives MemoryError and not a machine without memory. */
const MAX_ITEMS = 1 << 25;

const tooMany = (count: number): never => noMemory(count * (hasNarrowWords() ? 4 : 8));

/** Room for so many items; raises MemoryError. */
function makeRoom(count: number): void {
  if (count > MAX_ITEMS) tooMany(count);
  reserveItems(count);
}

/** Appends every item of an iterable to a JS array; raises MemoryError where there is no end. */
export function appendItems(items: PyObject[], source: PyObject): void {
  const { la } = source;
  if (la !== undefined) {
    const count = la.length;
    makeRoom(items.length + count);
    for (let i = 0; i < count; i++) items.push(la[i] as PyObject);
    return;
  }
  const it = source.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    const count = items.push(item);
    if (count > LONG_LIST) growLong(count);
    lookUp();
  }
}

function growLong(count: number): void {
  if (count > MAX_ITEMS) tooMany(count);
  longListGrew(count);
}

/** Every item of an iterable, in a new JS array. */
export function itemsOf(source: PyObject): PyObject[] {
  if (source.la !== undefined) {
    makeRoom(source.la.length);
    return source.la.slice();
  }
  const items: PyObject[] = [];
  appendItems(items, source);
  return items;
}

/** The items of `items * times`. */
export function repeated(items: readonly PyObject[], times: PyObject): PyObject[] {
  const n = machineInt(times);
  const count = items.length;
  const result: PyObject[] = [];
  if (n <= 0 || count === 0) return result;
  makeRoom(n * count);
  if (count === 1) {
    const item = items[0] as PyObject;
    for (let i = 0; i < n; i++) result.push(item);
  } else for (let i = 0; i < n; i++) for (let j = 0; j < count; j++) result.push(items[j] as PyObject);
  return result;
}

/** Whether `x` can say how often a sequence is repeated. */
export const isCount = (x: PyObject): boolean => typeof x === 'number' || isIndex(x);

export function sameItems(a: readonly PyObject[], b: readonly PyObject[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as PyObject;
    const y = b[i];
    if (y === undefined || !equal(x, y)) return false;
  }
  return true;
}

/** The order of two sequences: that of the first items that differ, else of their lengths. MicroPython asks only which is greater. */
export function compareItems(op: CompareOp, a: readonly PyObject[], b: readonly PyObject[]): boolean {
  // As in MicroPython, the items are only ever asked whether they are greater.
  if (op === LT) return compareItems(GT, b, a);
  if (op === LE) return compareItems(GE, b, a);
  const count = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < count; i++) {
    const x = a[i] as PyObject;
    const y = b[i] as PyObject;
    if (equal(x, y)) continue;
    if (typeof x === 'number' && typeof y === 'number') return x > y;
    return (op === GT ? x.py_gt(y) : x.py_ge(y)) === true;
  }
  return op === GT ? a.length > b.length : a.length >= b.length;
}

export function containsItem(items: readonly PyObject[], item: PyObject): boolean {
  for (let i = 0; i < items.length; i++) if (equal(items[i] as PyObject, item)) return true;
  return false;
}

export function countItem(items: readonly PyObject[], item: PyObject): number {
  let count = 0;
  for (let i = 0; i < items.length; i++) if (equal(items[i] as PyObject, item)) count++;
  return count;
}

/** Where `item` is; raises ValueError. */
export function findItem(
  owner: PyObject,
  items: readonly PyObject[],
  item: PyObject,
  from?: PyObject,
  to?: PyObject,
): number {
  const start = from === undefined ? 0 : clampIndex(owner.cls, from, items.length);
  const stop = to === undefined ? items.length : clampIndex(owner.cls, to, items.length);
  for (let i = start; i < stop; i++) if (equal(items[i] as PyObject, item)) return i;
  throw valueError('object not in sequence');
}

/** `a, b, c` as repr shows them. */
export function joinRepr(items: readonly PyObject[]): string {
  let text = '';
  for (let i = 0; i < items.length; i++) text += (i === 0 ? '' : ', ') + (items[i] as PyObject).py_repr();
  return text;
}

/** A tuple of the items as text. */
export const tupleRepr = (items: readonly PyObject[]): string =>
  items.length === 1 ? `(${joinRepr(items)},)` : `(${joinRepr(items)})`;

/** Draws from the items of a list or tuple, also those a list gets meanwhile. */
export class SequenceIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly items: readonly PyObject[]) {
    super();
  }

  n(): PyObject | undefined {
    const { at, items } = this;
    if (at >= items.length) return undefined;
    this.at = at + 1;
    return items[at];
  }
}

// ---- tuple

export interface PyTuple extends PyObject {}

/** Derives from ObjectBase below: a constructor that calls none above it is quicker before it is optimized. */
export class PyTuple {
  constructor(readonly la: PyObject[]) {
    if (--heap.left < 0) lookAtHeap();
  }

  py_add(other: PyObject): PyObject {
    const right = other.native ?? other;
    return right instanceof PyTuple ? makeTuple(this.la.concat(right.la)) : reflect(ADD, this, other);
  }

  py_mul(other: PyObject): PyObject {
    return isCount(other) ? makeTuple(repeated(this.la, other)) : reflect(MUL, this, other);
  }

  py_reflected(op: BinaryOp, left: PyObject): PyObject | undefined {
    return op === MUL && plainInt(left) !== undefined ? this.py_mul(left) : undefined;
  }

  py_eq(other: PyObject): PyObject {
    if (this === other) return true;
    return other instanceof PyTuple ? sameItems(this.la, other.la) : (other.py_reflectedEq(this) ?? false);
  }

  py_lt(other: PyObject): PyObject {
    return this.compare(LT, other);
  }
  py_le(other: PyObject): PyObject {
    return this.compare(LE, other);
  }
  py_gt(other: PyObject): PyObject {
    return this.compare(GT, other);
  }
  py_ge(other: PyObject): PyObject {
    return this.compare(GE, other);
  }

  private compare(op: CompareOp, other: PyObject): PyObject {
    const right = other.native ?? other;
    if (right instanceof PyTuple) return compareItems(op, this.la, right.la);
    return unsupportedBinary(op.method, this, other);
  }

  py_truth(): boolean {
    return this.la.length > 0;
  }

  py_len(): number {
    return this.la.length;
  }

  py_hash(): number {
    const { la } = this;
    let hash = 0x3456 + la.length;
    for (let i = 0; i < la.length; i++) hash = (Math.imul(hash, 1000003) ^ hashOf(la[i] as PyObject)) | 0;
    return hash;
  }

  py_repr(): string {
    return tupleRepr(this.la);
  }

  py_iter(): PyIterator {
    return new SequenceIterator(this.la);
  }

  py_getitem(key: PyObject): PyObject {
    const { la } = this;
    if (typeof key === 'number') {
      const item = la[key < 0 ? key + la.length : key];
      if (item !== undefined) return item;
    } else if (key instanceof PySlice) {
      const { start, stop } = key.contiguous(la.length, STEP_1_ONLY);
      return makeTuple(la.slice(start, stop));
    }
    return la[itemIndex(this.cls, key, la.length)] as PyObject;
  }

  py_contains(item: PyObject): boolean {
    return containsItem(this.la, item);
  }
}
Object.setPrototypeOf(PyTuple.prototype, ObjectBase.prototype);

/** The one empty tuple. */
export const EMPTY_TUPLE = new PyTuple([]);

/** A tuple of `items`, which must not change afterwards. */
export function makeTuple(items: PyObject[]): PyTuple {
  return items.length === 0 ? EMPTY_TUPLE : new PyTuple(items);
}

function tuple_make(items?: PyObject): PyObject {
  if (arguments.length > 1) wrongCount(arguments.length, 0, 1);
  if (items === undefined) return EMPTY_TUPLE;
  if (items.cls === tupleType) return items;
  return makeTuple(itemsOf(items));
}

const tuple_count = (self: PyTuple, item: PyObject): PyObject => countItem(self.la, item);
const tuple_index = (self: PyTuple, item: PyObject, start?: PyObject, stop?: PyObject): PyObject =>
  findItem(self, self.la, item, start, stop);

export const tupleType = defineType({
  name: 'tuple',
  proto: PyTuple.prototype,
  make: ['tuple(iterable=(), /)', tuple_make, 'direct'],
  methods: [
    ['count(self, value, /)', tuple_count],
    ['index(self, value, start=0, stop=None, /)', tuple_index],
  ],
});

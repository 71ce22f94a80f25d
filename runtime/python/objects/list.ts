/** list. */
import { None, ObjectBase, define, type PyIterator, type PyObject } from './object';
import { LIST_STEP } from '../compile/code';
import { heap } from './heap';
import { plainInt } from './int';
import { defineType } from './type';
import { exception, indexError, typeError, wrongCount } from './raise';
import {
  ADD, GE, GT, LE, LT, MUL, reflect, truth, unsupportedBinary, type BinaryOp, type CompareOp,
} from '../interpreter/operators'; // prettier-ignore
import { PySlice, clampIndex, itemIndex, sliced } from './slice';
import {
  SequenceIterator, appendItems, compareItems, containsItem, countItem, findItem, isCount, itemsOf, joinRepr, repeated, sameItems,
} from './tuple'; // prettier-ignore
import { listGrew, lookAtHeap, reserveItems } from './running';
import { sortItems } from './sort';

export interface PyList extends PyObject {}

/** Derives from ObjectBase below: a constructor that calls none above it is quicker before it is optimized. */
export class PyList {
  constructor(readonly la: PyObject[]) {
    if (--heap.left < 0) lookAtHeap();
  }

  py_add(other: PyObject): PyObject {
    if (!(other instanceof PyList)) return reflect(ADD, this, other);
    reserveItems(this.la.length + other.la.length);
    return new PyList(joined(this.la, other.la));
  }

  py_iadd(other: PyObject): PyObject {
    appendItems(this.la, other);
    return this;
  }

  py_mul(other: PyObject): PyObject {
    return isCount(other) ? new PyList(repeated(this.la, other)) : reflect(MUL, this, other);
  }

  py_reflected(op: BinaryOp, left: PyObject): PyObject | undefined {
    return op === MUL && plainInt(left) !== undefined ? this.py_mul(left) : undefined;
  }

  py_eq(other: PyObject): PyObject {
    if (this === other) return true;
    return other instanceof PyList ? sameItems(this.la, other.la) : (other.py_reflectedEq(this) ?? false);
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
    if (other instanceof PyList) return compareItems(op, this.la, other.la);
    return unsupportedBinary(op.method, this, other);
  }

  py_truth(): boolean {
    return this.la.length > 0;
  }

  py_len(): number {
    return this.la.length;
  }

  py_hash(): number {
    throw typeError(`unsupported type for __hash__: '${this.cls.typeName}'`);
  }

  py_repr(): string {
    return `[${joinRepr(this.la)}]`;
  }

  py_iter(): PyIterator {
    return new SequenceIterator(this.la);
  }

  py_getitem(key: PyObject): PyObject {
    const { la } = this;
    if (typeof key === 'number') {
      const item = la[key < 0 ? key + la.length : key];
      if (item !== undefined) return item;
    } else if (key instanceof PySlice) return new PyList(sliced(la, key));
    return la[itemIndex(this.cls, key, la.length)] as PyObject;
  }

  py_setitem(key: PyObject, value: PyObject): void {
    const { la } = this;
    if (typeof key === 'number' && key >= 0 && key < la.length) la[key] = value;
    else if (key instanceof PySlice) storeSlice(la, key, value);
    else la[itemIndex(this.cls, key, la.length)] = value;
  }

  py_delitem(key: PyObject): void {
    const { la } = this;
    if (key instanceof PySlice) {
      const { start, stop } = key.contiguous(la.length);
      la.splice(start, stop - start);
    } else if (la.length === 0) throw exception('IndexError', 'pop from empty list');
    else removeAt(la, itemIndex(this.cls, key, la.length));
  }

  py_contains(item: PyObject): boolean {
    return containsItem(this.la, item);
  }
}
Object.setPrototypeOf(PyList.prototype, ObjectBase.prototype);
define(PyList.prototype, 'mut', true);

/** From this many items that move, the host moves them; fewer are quicker moved one by one. */
const MANY = 32;

/** The items of both, in a new JS array. */
function joined(left: readonly PyObject[], right: readonly PyObject[]): PyObject[] {
  if (right.length > MANY) return left.concat(right);
  const items = left.slice();
  for (let i = 0; i < right.length; i++) items.push(right[i] as PyObject);
  return items;
}

/** `la[key] = value`, in place. */
function storeSlice(la: PyObject[], key: PySlice, value: PyObject): void {
  const { start, stop } = key.contiguous(la.length);
  if (value.la === undefined) throw typeError(`object '${value.cls.typeName}' isn't a tuple or list`);
  storeItems(la, start, stop, value.la);
}

/** `la[start:stop] = items`, in place. */
export function storeItems(la: PyObject[], start: number, stop: number, items: readonly PyObject[]): void {
  const count = items.length;
  if (count === stop - start) {
    for (let i = 0; i < count; i++) la[start + i] = items[i] as PyObject;
    return;
  }
  const added = items === la ? items.slice() : items;
  if (stop >= la.length) {
    la.length = start;
    for (let i = 0; i < count; i++) la.push(added[i] as PyObject);
    return;
  }
  const tail = la.slice(stop);
  la.length = start;
  for (let i = 0; i < count; i++) la.push(added[i] as PyObject);
  for (let i = 0; i < tail.length; i++) la.push(tail[i] as PyObject);
}

/** Takes the item at a valid index out. */
function removeAt(la: PyObject[], at: number): PyObject {
  if (at === la.length - 1) return la.pop() as PyObject;
  if (at === 0) return la.shift() as PyObject;
  return la.splice(at, 1)[0] as PyObject;
}

function list_make(items?: PyObject): PyObject {
  if (arguments.length > 1) wrongCount(arguments.length, 0, 1);
  return new PyList(items === undefined ? [] : itemsOf(items));
}

function list_append(self: PyList, item: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2);
  const count = self.la.push(item);
  if (count % LIST_STEP === 0) listGrew(count);
  return None;
}

function list_pop(self: PyList, index: PyObject): PyObject {
  const { la } = self;
  const given = arguments.length;
  if (given === 1) {
    const item = la.pop();
    if (item !== undefined) return item;
  } else if (given !== 2) wrongCount(given, 1, 2);
  if (la.length === 0) throw indexError('pop from empty list');
  return removeAt(la, itemIndex(self.cls, index, la.length));
}

function list_clear(self: PyList): PyObject {
  self.la.length = 0;
  return None;
}

const list_copy = (self: PyList): PyObject => new PyList(itemsOf(self));
const list_count = (self: PyList, item: PyObject): PyObject => countItem(self.la, item);

function list_extend(self: PyList, items: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2);
  appendItems(self.la, items);
  return None;
}

const list_index = (self: PyList, item: PyObject, start?: PyObject, stop?: PyObject): PyObject =>
  findItem(self, self.la, item, start, stop);

function list_insert(self: PyList, index: PyObject, item: PyObject): PyObject {
  if (arguments.length !== 3) wrongCount(arguments.length, 3);
  const { la } = self;
  const at = clampIndex(self.cls, index, la.length);
  if (la.length - at > MANY) la.splice(at, 0, item);
  else {
    la.push(item);
    for (let i = la.length - 1; i > at; i--) la[i] = la[i - 1] as PyObject;
    la[at] = item;
  }
  return None;
}

function list_remove(self: PyList, item: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2);
  removeAt(self.la, findItem(self, self.la, item));
  return None;
}

function list_reverse(self: PyList): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  self.la.reverse();
  return None;
}

function list_sort(self: PyList, key?: PyObject, reverse?: PyObject): PyObject {
  const { la } = self;
  const sorted = sortItems(la.slice(), key, reverse !== undefined && truth(reverse));
  for (let i = 0; i < sorted.length; i++) la[i] = sorted[i] as PyObject;
  return None;
}

export const listType = defineType({
  name: 'list',
  proto: PyList.prototype,
  make: ['list(iterable=(), /)', list_make, 'direct'],
  methods: [
    ['append(self, object, /)', list_append, 'direct'],
    ['clear(self, /)', list_clear],
    ['copy(self, /)', list_copy],
    ['count(self, value, /)', list_count],
    ['extend(self, iterable, /)', list_extend, 'direct'],
    ['index(self, value, start=0, stop=None, /)', list_index],
    ['insert(self, index, object, /)', list_insert, 'direct'],
    ['pop(self, index=-1, /)', list_pop, 'direct'],
    ['remove(self, value, /)', list_remove, 'direct'],
    ['reverse(self, /)', list_reverse, 'direct'],
    ['sort(self, *, key=None, reverse=False)', list_sort],
  ],
});

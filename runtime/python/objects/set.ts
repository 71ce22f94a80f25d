/** set and frozenset. */
import { None, ObjectBase, type PyIterator, type PyObject } from './object';
import { lookAtHeap, lookUp } from './running';
import { heap } from './heap';
import { defineType } from './type';
import { exception, raise, typeError, wrongCount } from './raise';
import {
  AND, GE, GT, LE, LT, OR, SUB, XOR, reflect, unsupportedBinary, type CompareOp,
} from '../interpreter/operators'; // prettier-ignore
import { HashMap, hashOf } from './hash-map';
import { KeyIterator } from './dict';

/** What set and frozenset have in common. The values of `hm` mean nothing. */
export class PySetBase extends ObjectBase {
  constructor(readonly hm: HashMap) {
    super();
    if (--heap.left < 0) lookAtHeap();
  }

  override py_or(other: PyObject): PyObject {
    const right = setOperand(other);
    return right === undefined ? reflect(OR, this, other) : set_union(this, right);
  }
  override py_xor(other: PyObject): PyObject {
    const right = setOperand(other);
    return right === undefined ? reflect(XOR, this, other) : set_symmetric_difference(this, right);
  }
  override py_and(other: PyObject): PyObject {
    const right = setOperand(other);
    return right === undefined ? reflect(AND, this, other) : set_intersection(this, right);
  }
  override py_sub(other: PyObject): PyObject {
    const right = setOperand(other);
    return right === undefined ? reflect(SUB, this, other) : set_difference(this, [right]);
  }

  override py_eq(other: PyObject): PyObject {
    const right = setOperand(other);
    if (right === undefined) return other.py_reflectedEq(this) ?? false;
    return this.hm.size === right.hm.size && isWithin(this, right);
  }

  override py_lt(other: PyObject): PyObject {
    const right = operandOf(LT, this, other);
    return this.hm.size < right.hm.size && isWithin(this, right);
  }
  override py_le(other: PyObject): PyObject {
    return isWithin(this, operandOf(LE, this, other));
  }
  override py_gt(other: PyObject): PyObject {
    const right = operandOf(GT, this, other);
    return this.hm.size > right.hm.size && isWithin(right, this);
  }
  override py_ge(other: PyObject): PyObject {
    return isWithin(operandOf(GE, this, other), this);
  }

  override py_truth(): boolean {
    return this.hm.size > 0;
  }

  override py_len(): number {
    return this.hm.size;
  }

  override py_iter(): PyIterator {
    return new KeyIterator(this.hm, this.hm.keys());
  }

  override py_contains(item: PyObject): boolean {
    return this.hm.has(item);
  }

  protected text(): string {
    let text = '';
    for (const item of this.hm.keys()) text += (text === '' ? '' : ', ') + item.py_repr();
    return `{${text}}`;
  }
}

export class PySet extends PySetBase {
  override py_ior(other: PyObject): PyObject {
    const right = setOperand(other);
    if (right === undefined) return reflect(OR, this, other);
    addAll(this.hm, right);
    return this;
  }
  override py_ixor(other: PyObject): PyObject {
    const right = setOperand(other);
    if (right === undefined) return reflect(XOR, this, other);
    toggleAll(this.hm, right);
    return this;
  }
  override py_iand(other: PyObject): PyObject {
    const right = setOperand(other);
    if (right === undefined) return reflect(AND, this, other);
    keepOnly(this, right);
    return this;
  }
  override py_isub(other: PyObject): PyObject {
    const right = setOperand(other);
    if (right === undefined) return reflect(SUB, this, other);
    removeAll(this.hm, right);
    return this;
  }

  override py_hash(): number {
    throw typeError(`unsupported type for __hash__: '${this.cls.typeName}'`);
  }

  override py_repr(): string {
    return this.hm.size === 0 ? 'set()' : this.text();
  }
}

export class PyFrozenSet extends PySetBase {
  override py_hash(): number {
    let hash = 0x5e7;
    for (const item of this.hm.keys()) hash = (hash + hashOf(item)) | 0;
    return hash;
  }

  override py_repr(): string {
    return this.hm.size === 0 ? 'frozenset()' : `frozenset(${this.text()})`;
  }
}

/** A set of the items: what a set display makes. */
export function makeSet(items: readonly PyObject[]): PySet {
  const hm = new HashMap();
  for (let i = 0; i < items.length; i++) hm.set(items[i] as PyObject, true);
  return new PySet(hm);
}

const setOperand = (x: PyObject): PySetBase | undefined => (x instanceof PySetBase ? x : undefined);

function operandOf(op: CompareOp, left: PyObject, right: PyObject): PySetBase {
  return setOperand(right) ?? unsupportedBinary(op.method, left, right);
}

/** A set of the type of `like` with the items of `hm`. */
const sameType = (like: PySetBase, hm: HashMap): PySetBase =>
  like instanceof PyFrozenSet ? new PyFrozenSet(hm) : new PySet(hm);

function copyMap(set: PySetBase): HashMap {
  const hm = new HashMap();
  hm.fillFrom(set.hm);
  return hm;
}

function asMap(items: PyObject): HashMap {
  const set = setOperand(items);
  if (set !== undefined) return set.hm;
  const hm = new HashMap();
  addAll(hm, items);
  return hm;
}

function addAll(hm: HashMap, items: PyObject): void {
  const it = items.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    hm.set(item, true);
  }
}

function removeAll(hm: HashMap, items: PyObject): void {
  if (setOperand(items)?.hm === hm) {
    hm.clear();
    return;
  }
  const it = items.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    hm.remove(item);
  }
}

function toggleAll(hm: HashMap, items: PyObject): void {
  if (setOperand(items)?.hm === hm) {
    hm.clear();
    return;
  }
  const it = items.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    if (hm.remove(item) === undefined) hm.set(item, true);
  }
}

/** The items of `others` that are in `hm` too. */
function common(hm: HashMap, others: PyObject): HashMap {
  const both = new HashMap();
  const it = others.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    if (hm.has(item)) both.set(item, true);
  }
  return both;
}

function keepOnly(set: PySet, others: PyObject): void {
  const both = common(set.hm, others);
  set.hm.clear();
  set.hm.fillFrom(both);
}

function isWithin(inner: PySetBase, outer: PySetBase): boolean {
  return mapWithin(inner.hm, outer.hm);
}

function mapWithin(inner: HashMap, outer: HashMap): boolean {
  for (const item of inner.keys()) if (!outer.has(item)) return false;
  return true;
}

// ---- methods

function set_make(items?: PyObject): PyObject {
  if (arguments.length > 1) wrongCount(arguments.length, 0, 1);
  const hm = new HashMap();
  if (items !== undefined) addAll(hm, items);
  return new PySet(hm);
}

function frozenset_make(items?: PyObject): PyObject {
  const hm = new HashMap();
  if (items !== undefined) addAll(hm, items);
  return new PyFrozenSet(hm);
}

function set_add(self: PySet, item: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2);
  const { hm } = self;
  if (!hm.has(item)) hm.set(item, true);
  return None;
}

function set_clear(self: PySet): PyObject {
  self.hm.clear();
  return None;
}

const set_copy = (self: PySetBase): PyObject => sameType(self, copyMap(self));

function set_discard(self: PySet, item: PyObject): PyObject {
  self.hm.remove(item);
  return None;
}

function set_difference(self: PySetBase, others: readonly PyObject[]): PyObject {
  const hm = copyMap(self);
  for (const other of others) {
    if (other === self) hm.clear();
    else removeAll(hm, other);
  }
  return sameType(self, hm);
}

function set_difference_update(self: PySet, others: readonly PyObject[]): PyObject {
  for (const other of others) removeAll(self.hm, other);
  return None;
}

function set_intersection(self: PySetBase, other: PyObject): PyObject {
  if (self === other) return set_copy(self);
  return new PySet(common(self.hm, other));
}

function set_intersection_update(self: PySet, other: PyObject): PyObject {
  keepOnly(self, other);
  return None;
}

function set_isdisjoint(self: PySetBase, other: PyObject): PyObject {
  const it = other.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    if (self.hm.has(item)) return false;
  }
  return true;
}

const set_issubset = (self: PySetBase, other: PyObject): PyObject => mapWithin(self.hm, asMap(other));
const set_issuperset = (self: PySetBase, other: PyObject): PyObject => mapWithin(asMap(other), self.hm);

function set_pop(self: PySet): PyObject {
  if (self.hm.size === 0) raise('KeyError', 'pop from an empty set');
  return self.hm.takeFirst()[0];
}

function set_remove(self: PySet, item: PyObject): PyObject {
  if (self.hm.remove(item) === undefined) throw exception('KeyError', item);
  return None;
}

function set_symmetric_difference(self: PySetBase, other: PyObject): PyObject {
  const hm = copyMap(self);
  toggleAll(hm, other);
  return sameType(self, hm);
}

function set_symmetric_difference_update(self: PySet, other: PyObject): PyObject {
  toggleAll(self.hm, other);
  return None;
}

function set_union(self: PySetBase, other: PyObject): PyObject {
  const hm = copyMap(self);
  addAll(hm, other);
  return sameType(self, hm);
}

function set_update(self: PySet, others: readonly PyObject[]): PyObject {
  for (const other of others) addAll(self.hm, other);
  return None;
}

const set_contains = (self: PySetBase, item: PyObject): PyObject => self.py_contains(item);

export const setType = defineType({
  name: 'set',
  proto: PySet.prototype,
  make: ['set(iterable=(), /)', set_make, 'direct'],
  methods: [
    ['add(self, item, /)', set_add, 'direct'],
    ['clear(self, /)', set_clear],
    ['copy(self, /)', set_copy],
    ['difference(self, /, *others)', set_difference],
    ['difference_update(self, /, *others)', set_difference_update],
    ['discard(self, item, /)', set_discard],
    ['intersection(self, other, /)', set_intersection],
    ['intersection_update(self, other, /)', set_intersection_update],
    ['isdisjoint(self, other, /)', set_isdisjoint],
    ['issubset(self, other, /)', set_issubset],
    ['issuperset(self, other, /)', set_issuperset],
    ['pop(self, /)', set_pop],
    ['remove(self, item, /)', set_remove],
    ['symmetric_difference(self, other, /)', set_symmetric_difference],
    ['symmetric_difference_update(self, other, /)', set_symmetric_difference_update],
    ['union(self, other, /)', set_union],
    ['update(self, /, *others)', set_update],
    ['__contains__(self, item, /)', set_contains],
  ],
});

export const frozensetType = defineType({
  name: 'frozenset',
  proto: PyFrozenSet.prototype,
  make: ['frozenset(iterable=(), /)', frozenset_make],
  methods: [
    ['copy(self, /)', set_copy],
    ['difference(self, /, *others)', set_difference],
    ['intersection(self, other, /)', set_intersection],
    ['isdisjoint(self, other, /)', set_isdisjoint],
    ['issubset(self, other, /)', set_issubset],
    ['issuperset(self, other, /)', set_issuperset],
    ['symmetric_difference(self, other, /)', set_symmetric_difference],
    ['union(self, other, /)', set_union],
    ['__contains__(self, item, /)', set_contains],
  ],
});

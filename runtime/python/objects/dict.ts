/** dict, OrderedDict, and the views of their keys, values and items. */
import { None, ObjectBase, type PyIterator, type PyObject } from './object';
import { lookAtHeap, lookUp } from './running';
import { heap } from './heap';
import { BuiltinIterator } from './iterator';
import { defineType, type PyType } from './type';
import { exception, raise, typeError, valueError, wrongCount } from './raise';
import { equal } from '../interpreter/operators';
import type { KeywordArgument } from '../interpreter/signature';
import { FixedMap, HashMap, OrderedMap } from './hash-map';
import { PyTuple } from './tuple';
import { makeStr } from './wide-str';

export class PyDict extends ObjectBase {
  constructor(
    /** What it holds. Replaced only where the dict becomes a view of a module's globals. */
    public hm: HashMap = new HashMap(),
  ) {
    super();
    if (--heap.left < 0) lookAtHeap();
  }

  /** The value at a key, or undefined. */
  get(key: PyObject): PyObject | undefined {
    return this.hm.get(key);
  }

  set(key: PyObject, value: PyObject): void {
    this.hm.set(key, value);
  }

  /** Calls `f` with each key and value. */
  each(f: (key: PyObject, value: PyObject) => void): void {
    for (const [key, value] of this.hm.entries()) f(key, value);
  }

  /** The keys, in a new JS array. */
  keys(): PyObject[] {
    return Array.from(this.hm.keys());
  }

  override py_or(other: PyObject): PyObject {
    const copy = copyOf(this);
    update(copy, other);
    return copy;
  }

  override py_ior(other: PyObject): PyObject {
    update(this, other);
    return this;
  }

  override py_eq(other: PyObject): PyObject {
    if (this === other) return true;
    if (!(other instanceof PyDict)) return other.py_reflectedEq(this) ?? false;
    // Of different types they are not compared.
    if (other.cls !== this.cls) return false;
    return this.cls === orderedDictType ? sameOrder(this.hm, other.hm) : sameEntries(this.hm, other.hm);
  }

  override py_truth(): boolean {
    return this.hm.size > 0;
  }

  override py_len(): number {
    return this.hm.size;
  }

  override py_hash(): number {
    throw typeError(`unsupported type for __hash__: '${this.cls.typeName}'`);
  }

  override py_repr(): string {
    let text = '';
    for (const [key, value] of this.hm.entries()) {
      text += `${text === '' ? '' : ', '}${key.py_repr()}: ${value.py_repr()}`;
    }
    return this.cls === orderedDictType ? `OrderedDict({${text}})` : `{${text}}`;
  }

  override py_iter(): PyIterator {
    return new KeyIterator(this.hm, this.hm.keys());
  }

  override py_getitem(key: PyObject): PyObject {
    return this.hm.get(key) ?? missing(key);
  }

  override py_setitem(key: PyObject, value: PyObject): void {
    this.hm.set(key, value);
  }

  override py_delitem(key: PyObject): void {
    if (this.hm.remove(key) === undefined) missing(key);
  }

  override py_contains(key: PyObject): boolean {
    return this.hm.has(key);
  }
}

class PyOrderedDict extends PyDict {
  constructor() {
    super(new OrderedMap());
  }
}

function missing(key: PyObject): never {
  throw exception('KeyError', key);
}

function sameEntries(a: HashMap, b: HashMap): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a.entries()) {
    const found = b.get(key);
    if (found === undefined || !equal(value, found)) return false;
  }
  return true;
}

function sameOrder(a: HashMap, b: HashMap): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [key, value] of a.entries()) {
    const other = others.next().value as [PyObject, PyObject] | undefined;
    if (other === undefined || !equal(key, other[0]) || !equal(value, other[1])) return false;
  }
  return true;
}

function copyOf(dict: PyDict): PyDict {
  const copy = dict.cls === orderedDictType ? new PyOrderedDict() : new PyDict();
  copy.hm.fillFrom(dict.hm);
  return copy;
}

/** Takes over what a mapping or an iterable of pairs holds. */
function update(dict: PyDict, other: PyObject): void {
  if (other instanceof PyDict) {
    if (other !== dict) for (const [key, value] of other.hm.entries()) dict.hm.set(key, value);
    return;
  }
  const it = other.py_iter();
  for (let pair = it.n(); pair !== undefined; pair = it.n()) {
    lookUp();
    const items = pair.py_iter();
    const key = items.n();
    const value = items.n();
    if (key === undefined || value === undefined || items.n() !== undefined) {
      throw valueError('dict update sequence has wrong length');
    }
    dict.hm.set(key, value);
  }
}

function updateFrom(dict: PyDict, args: readonly PyObject[], keywords: readonly KeywordArgument[]): void {
  if (args[0] !== undefined) update(dict, args[0]);
  for (const [name, value] of keywords) dict.hm.set(makeStr(name), value);
}

/** A new dict that cannot be changed. */
export function fixedDict(entries: Iterable<readonly [PyObject, PyObject]>): PyDict {
  const hm = new FixedMap();
  for (const [key, value] of entries) hm.map.set(key, value);
  return new PyDict(hm);
}

// ---- iterators and views

/** Draws keys or values. What is added while it runs does not make it run on for ever. */
export class KeyIterator extends BuiltinIterator {
  /** How many items are still to come, at most; −1 before the first. */
  private left = -1;

  constructor(
    private readonly hm: HashMap,
    private readonly source: Iterator<PyObject>,
  ) {
    super();
  }

  n(): PyObject | undefined {
    if (this.left === -1) this.left = this.hm.size;
    if (this.left-- === 0) return this.end();
    const step = this.source.next();
    return step.done === true ? this.end() : step.value;
  }

  private end(): undefined {
    this.left = 0;
    return undefined;
  }
}

/** Draws items, each a new tuple. */
class ItemIterator extends BuiltinIterator {
  private left = -1;

  constructor(
    private readonly hm: HashMap,
    private readonly source: Iterator<[PyObject, PyObject]>,
  ) {
    super();
  }

  n(): PyObject | undefined {
    if (this.left === -1) this.left = this.hm.size;
    if (this.left-- === 0) return this.end();
    const step = this.source.next();
    return step.done === true ? this.end() : new PyTuple(step.value);
  }

  private end(): undefined {
    this.left = 0;
    return undefined;
  }
}

type ViewKind = 'dict_keys' | 'dict_values' | 'dict_items';

/** What `d.keys()`, `d.values()` and `d.items()` give: it shows the dict as it is when looked at. */
class DictView extends ObjectBase {
  constructor(
    private readonly dict: PyDict,
    private readonly kind: ViewKind,
  ) {
    super();
    if (--heap.left < 0) lookAtHeap();
  }

  override py_iter(): PyIterator {
    const { hm } = this.dict;
    switch (this.kind) {
      case 'dict_keys':
        return new KeyIterator(hm, hm.keys());
      case 'dict_values':
        return new KeyIterator(hm, hm.values());
      case 'dict_items':
        return new ItemIterator(hm, hm.entries());
    }
  }

  override py_truth(): boolean {
    return this.dict.py_truth();
  }

  override py_len(): number {
    return this.dict.py_len();
  }

  override py_hash(): number {
    if (this.kind === 'dict_values') return super.py_hash();
    throw typeError("unsupported type for __hash__: 'dict_view'");
  }

  override py_contains(key: PyObject): boolean {
    return this.kind === 'dict_keys' ? this.dict.py_contains(key) : super.py_contains(key);
  }

  override py_repr(): string {
    let text = '';
    const it = this.py_iter();
    for (let item = it.n(); item !== undefined; item = it.n()) text += (text === '' ? '' : ', ') + item.py_repr();
    return `${this.kind}([${text}])`;
  }
}
defineType({ name: 'dict_view', proto: DictView.prototype });

// ---- methods

function dict_make(args: readonly PyObject[], keywords: readonly KeywordArgument[]): PyObject {
  const dict = new PyDict();
  init(dict, args, keywords);
  return dict;
}

function ordereddict_make(args: readonly PyObject[], keywords: readonly KeywordArgument[]): PyObject {
  const dict = new PyOrderedDict();
  init(dict, args, keywords);
  return dict;
}

function init(dict: PyDict, args: readonly PyObject[], keywords: readonly KeywordArgument[]): void {
  checkUpdateCount(args.length);
  updateFrom(dict, args, keywords);
}

function checkUpdateCount(given: number): void {
  if (given > 1) throw typeError(`function expected at most 2 arguments, got ${given + 1}`);
}

function dict_clear(self: PyDict): PyObject {
  self.hm.clear();
  return None;
}

const dict_copy = (self: PyDict): PyObject => copyOf(self);

function dict_fromkeys(_cls: PyType, keys: PyObject, value: PyObject = None): PyObject {
  const dict = new PyDict();
  const it = keys.py_iter();
  for (let key = it.n(); key !== undefined; key = it.n()) {
    lookUp();
    dict.hm.set(key, value);
  }
  return dict;
}

function dict_get(self: PyDict, key: PyObject, otherwise: PyObject): PyObject {
  const given = arguments.length;
  if (given !== 2 && given !== 3) wrongCount(given, 2, 3);
  const value = self.hm.get(key);
  if (value !== undefined) return value;
  return given === 3 ? otherwise : None;
}

function dict_pop(self: PyDict, key: PyObject, otherwise?: PyObject): PyObject {
  if (arguments.length < 2 || arguments.length > 3) wrongCount(arguments.length, 2, 3);
  return self.hm.remove(key) ?? otherwise ?? missing(key);
}

function dict_setdefault(self: PyDict, key: PyObject, value: PyObject = None): PyObject {
  if (arguments.length < 2 || arguments.length > 3) wrongCount(arguments.length, 2, 3);
  const found = self.hm.get(key);
  if (found !== undefined) return found;
  self.hm.set(key, value);
  return value;
}

function dict_popitem(self: PyDict): PyObject {
  const { hm } = self;
  if (hm.size === 0) raise('KeyError', 'popitem(): dictionary is empty');
  if (self.cls !== orderedDictType) return new PyTuple(hm.takeFirst());
  const last = hm.last();
  hm.remove(last[0]);
  return new PyTuple(last);
}

function dict_update(self: PyDict, args: readonly PyObject[], keywords: readonly KeywordArgument[]): PyObject {
  checkUpdateCount(args.length);
  updateFrom(self, args, keywords);
  return None;
}

function dict_keys(self: PyDict): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  return new DictView(self, 'dict_keys');
}

function dict_values(self: PyDict): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  return new DictView(self, 'dict_values');
}

function dict_items(self: PyDict): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  return new DictView(self, 'dict_items');
}

const dict_getitem = (self: PyDict, key: PyObject): PyObject => self.py_getitem(key);
function dict_setitem(self: PyDict, key: PyObject, value: PyObject): PyObject {
  self.py_setitem(key, value);
  return None;
}
function dict_delitem(self: PyDict, key: PyObject): PyObject {
  self.py_delitem(key);
  return None;
}

export const dictType = defineType({
  name: 'dict',
  proto: PyDict.prototype,
  make: ['dict(*args, **kwargs)', dict_make],
  methods: [
    ['clear(self, /)', dict_clear],
    ['copy(self, /)', dict_copy],
    ['fromkeys(cls, iterable, value=None, /)', dict_fromkeys, 'class'],
    ['get(self, key, default=None, /)', dict_get, 'direct'],
    ['items(self, /)', dict_items, 'direct'],
    ['keys(self, /)', dict_keys, 'direct'],
    ['pop(self, key, default=None, /)', dict_pop, 'direct'],
    ['popitem(self, /)', dict_popitem],
    ['setdefault(self, key, default=None, /)', dict_setdefault, 'direct'],
    ['update(self, *args, **kwargs)', dict_update],
    ['values(self, /)', dict_values, 'direct'],
    ['__getitem__(self, key, /)', dict_getitem],
    ['__setitem__(self, key, value, /)', dict_setitem],
    ['__delitem__(self, key, /)', dict_delitem],
  ],
});

/** `collections.OrderedDict`: a dict that shows its name, and equals another one only in the same order. */
export const orderedDictType = defineType({
  name: 'OrderedDict',
  proto: PyOrderedDict.prototype,
  base: dictType,
  make: ['OrderedDict(*args, **kwargs)', ordereddict_make],
});

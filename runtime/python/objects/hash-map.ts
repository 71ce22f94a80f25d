/**
 * The table under dict, set and frozenset: keys in the order of their coming, found by Python's idea of equality.
 *
 * One JS `Map` holds every key as the program gave it. A str or int is found in it at once, and so is an object that
 * equals itself only. Three kinds of key need more: a bool, a float or a complex number without imaginary part equals the
 * int of its value (`numbers` leads from the value to the key that is held); tuples, bytes and the like are found by hash (`buckets`); and an
 * instance with a `__hash__` of its own (or that wraps a builtin object) may equal anything, so the first one that comes, be it only to ask, turns
 * the map into one that finds all its keys by hash (`all`).
 */
import { ObjectBase, type PyObject } from './object';
import { PyComplex } from './complex';
import { PyFloat } from './float';
import { PyInstance } from './instance';
import { PyTuple } from './tuple';
import { normal, type Int } from './int';
import { exception } from './raise';
import { TABLE_STEP, tableGrew } from './running';
import { truth } from '../interpreter/operators';

export class HashMap {
  /** The keys as given, and their values. Read it freely; write it through the methods. */
  readonly map = new Map<PyObject, PyObject>();
  /** A str or int that is not in `map` is not there at all. */
  protected plain = true;
  private all = false;
  private numbers: Map<Int, PyObject> | null = null;
  /** Where `takeFirst` goes on: what it has passed is gone. */
  private cursor: Iterator<[PyObject, PyObject]> | null = null;
  private buckets: Map<number, PyObject | PyObject[]> | null = null;

  get size(): number {
    return this.map.size;
  }

  get(key: PyObject): PyObject | undefined {
    if (typeof key === 'string' || typeof key === 'number') {
      const value = this.map.get(key);
      if (value !== undefined || this.plain) return value;
    }
    const held = this.find(key);
    return held === undefined ? undefined : this.map.get(held);
  }

  has(key: PyObject): boolean {
    if (this.plain && (typeof key === 'string' || typeof key === 'number')) return this.map.has(key);
    return this.find(key) !== undefined;
  }

  /** Stores a value; a key that is there stays as it is. */
  set(key: PyObject, value: PyObject): void {
    if (this.plain && (typeof key === 'string' || typeof key === 'number')) {
      this.map.set(key, value);
      if (this.map.size % TABLE_STEP === 0) tableGrew();
      return;
    }
    const held = this.find(key);
    if (held === undefined) this.add(key);
    this.map.set(held ?? key, value);
    if (this.map.size % TABLE_STEP === 0) tableGrew();
  }

  /** Takes a key out; gives its value, or undefined when it was not there. */
  remove(key: PyObject): PyObject | undefined {
    const { map } = this;
    if (this.plain && (typeof key === 'string' || typeof key === 'number')) {
      const value = map.get(key);
      if (value !== undefined) map.delete(key);
      return value;
    }
    const held = this.find(key);
    if (held === undefined) return undefined;
    const value = map.get(held);
    map.delete(held);
    this.forget(held);
    return value;
  }

  clear(): void {
    this.map.clear();
    this.numbers = this.buckets = null;
    this.all = false;
    this.plain = true;
  }

  keys(): IterableIterator<PyObject> {
    return this.map.keys();
  }

  values(): IterableIterator<PyObject> {
    return this.map.values();
  }

  entries(): IterableIterator<[PyObject, PyObject]> {
    return this.map.entries();
  }

  /** Takes out the key that came first; gives it and its value. There must be one. */
  takeFirst(): [PyObject, PyObject] {
    let step = (this.cursor ??= this.entries()).next();
    if (step.done === true) step = (this.cursor = this.entries()).next();
    const first = step.value as [PyObject, PyObject];
    this.remove(first[0]);
    return first;
  }

  /** The key that came last and its value, in a new JS array; there must be one. */
  last(): [PyObject, PyObject] {
    let last: [PyObject, PyObject] | undefined;
    for (const entry of this.entries()) last = entry;
    return last as [PyObject, PyObject];
  }

  /** Makes this empty map hold what `other` holds. */
  fillFrom(other: HashMap): void {
    const { map } = this;
    if (other.plain && other.buckets === null) {
      for (const [key, value] of other.entries()) map.set(key, value);
    } else for (const [key, value] of other.entries()) this.set(key, value);
  }

  /** The key that is held and equals `key`, or undefined. */
  find(key: PyObject): PyObject | undefined {
    const { map } = this;
    if (this.all) return map.size === 0 ? undefined : this.findHashed(key);
    switch (typeof key) {
      case 'function':
      case 'string':
        return map.has(key) ? key : undefined;
      case 'number':
      case 'bigint':
        return map.has(key) ? key : this.numbers?.get(key);
      case 'boolean':
        return map.has(key) ? key : this.findNumber(key ? 1 : 0);
      default:
        return this.findObject(key);
    }
  }

  private findObject(key: PyObject): PyObject | undefined {
    const { map } = this;
    if (map.size === 0) return undefined;
    if (key instanceof PyTuple) return this.findHashed(key);
    if (key instanceof PyFloat || isReal(key)) {
      const value = numberKey(key);
      return value === undefined ? (map.has(key) ? key : undefined) : this.findNumber(value);
    }
    if (key instanceof PyInstance) {
      if (!isHashed(key)) return map.has(key) ? key : undefined;
      this.hashAll();
    } else if (key.py_hash === ObjectBase.prototype.py_hash) return map.has(key) ? key : undefined;
    return this.findHashed(key);
  }

  private findNumber(value: Int): PyObject | undefined {
    return this.map.has(value) ? value : this.numbers?.get(value);
  }

  private findHashed(key: PyObject): PyObject | undefined {
    const hash = this.hash(key);
    const bucket = this.buckets?.get(hash);
    if (bucket === undefined) return undefined;
    if (!Array.isArray(bucket)) return bucket === key || truth(bucket.py_eq(key)) ? bucket : undefined;
    for (let i = 0; i < bucket.length; i++) {
      const held = bucket[i] as PyObject;
      if (held === key || truth(held.py_eq(key))) return held;
    }
    return undefined;
  }

  /** Notes where a key that comes in will be found. */
  private add(key: PyObject): void {
    if (!this.all) {
      const value = numberKey(key);
      if (value !== undefined) {
        if (value === key) return;
        (this.numbers ??= new Map()).set(value, key);
        this.plain = false;
        return;
      }
      if (!isHashed(key)) return;
      if (key instanceof PyInstance) this.hashAll();
    }
    const hash = this.hash(key);
    const buckets = (this.buckets ??= new Map<number, PyObject | PyObject[]>());
    const bucket = buckets.get(hash);
    if (bucket === undefined) buckets.set(hash, key);
    else if (Array.isArray(bucket)) bucket.push(key);
    else buckets.set(hash, [bucket, key]);
  }

  private forget(key: PyObject): void {
    if (!this.all) {
      const value = numberKey(key);
      if (value !== undefined) {
        this.numbers?.delete(value);
        return;
      }
      if (!isHashed(key)) return;
    }
    const hash = this.hash(key);
    const bucket = this.buckets?.get(hash);
    if (Array.isArray(bucket) && bucket.length > 1) bucket.splice(bucket.indexOf(key), 1);
    else this.buckets?.delete(hash);
  }

  /** The hash of a key; raises TypeError where it has none. */
  protected hash(key: PyObject): number {
    return hashOf(key);
  }

  /** From now on every key is found by its hash. */
  private hashAll(): void {
    this.all = true;
    this.plain = false;
    this.numbers = this.buckets = null;
    for (const key of this.map.keys()) this.add(key);
  }
}

/** The map of an OrderedDict: it also takes keys that cannot be hashed, as MicroPython looks for keys one by one there. */
export class OrderedMap extends HashMap {
  protected override hash(key: PyObject): number {
    try {
      return hashOf(key);
    } catch {
      return 0;
    }
  }
}

/** A map that refuses every change, as MicroPython's fixed maps do. */
export class FixedMap extends HashMap {
  override set(): void {
    throw exception('TypeError');
  }
  override remove(): undefined {
    throw exception('TypeError');
  }
  override clear(): void {
    throw exception('TypeError');
  }
}

/** What a number key is found by: its int where it has one. Undefined for what is no number, and for NaN. */
function numberKey(key: PyObject): Int | undefined {
  switch (typeof key) {
    case 'number':
    case 'bigint':
      return key;
    case 'boolean':
      return key ? 1 : 0;
    default:
      return key instanceof PyFloat ? floatKey(key.f) : isReal(key) ? floatKey(key.re) : undefined;
  }
}

/** Whether a key is a complex number that equals a float. */
const isReal = (key: PyObject): key is PyComplex => key instanceof PyComplex && key.im === 0;

/** The int that a float equals; the number itself where there is none, as it then equals no int. */
function floatKey(f: number): Int | undefined {
  if (Number.isSafeInteger(f)) return f + 0;
  if (Number.isInteger(f)) return normal(BigInt(f));
  return f === f ? f : undefined;
}

/** Whether a key that is no number is found by hash, rather than by being the same. */
function isHashed(key: PyObject): boolean {
  if (typeof key !== 'object' || key instanceof PyFloat || isReal(key)) return false;
  if (key instanceof PyInstance) {
    const { __hash__$: hash, __eq__$: eq } = key as unknown as { __hash__$?: unknown; __eq__$?: unknown };
    return hash !== undefined || eq !== undefined || key.native !== undefined;
  }
  return key.py_hash !== ObjectBase.prototype.py_hash;
}

/** The hash of any key: equal keys have equal hashes, whatever their types. Raises TypeError where unhashable. */
export function hashOf(key: PyObject): number {
  if (typeof key === 'number' && (key | 0) === key) return key;
  if (typeof key === 'boolean') return key ? 1 : 0;
  if (key instanceof PyFloat || isReal(key)) {
    const value = numberKey(key);
    return typeof value === 'number' && !Number.isInteger(value) ? (value * 1e6) | 0 : (value ?? 0).py_hash() | 0;
  }
  return key.py_hash();
}

/** array.array, and what bytearray has in common with it: items of one machine type in a row of bytes that grows. */
import { None, ObjectBase, type Buffer, type PyIterator, type PyObject } from './object';
import { heap, refuse } from './heap';
import { defineType } from './type';
import { exception, noMemory, typeError, valueError, wrongCount } from './raise';
import { ADD, GE, GT, LE, LT, type CompareOp } from '../interpreter/operators';
import { itemKind, type ItemKind } from './array-item';
import { BuiltinIterator } from './iterator';
import { compareBuffers, contiguous, sourceBytes } from './memoryview';
import { hasNarrowWords } from './machine-word';
import { lookUp, reserve } from './running';
import { PySlice, itemIndex } from './slice';
import { textOf } from './wide-str';

/** A row of bytes longer than any program needs, so that a slip gives MemoryError. */
const MAX_BYTES = 1 << 30;

/** `count` zero bytes; raises MemoryError. */
export function newBytes(count: number): Uint8Array {
  if (count < 0 || count > MAX_BYTES) {
    noMemory(count < 0 ? BigInt.asUintN(hasNarrowWords() ? 32 : 64, BigInt(count)) : count);
  }
  reserve(count);
  return new Uint8Array(count);
}

export class PyArray extends ObjectBase {
  /** How many items there are. */
  count: number;
  /** The items, and room for more. */
  data: Uint8Array;
  /** The view of `data`, once there was need of one: V8 takes long to make it. */
  private seen: DataView | null = null;

  /** `data` holds whole items, and belongs to the array from now on. */
  constructor(
    readonly typecode: string,
    readonly kind: ItemKind,
    data: Uint8Array,
  ) {
    super();
    if (heap.locked !== 0) refuse();
    this.data = data;
    this.count = data.length / kind.size;
  }

  private get view(): DataView {
    const { data } = this;
    return (this.seen ??= new DataView(data.buffer, data.byteOffset, data.byteLength));
  }

  /** The bytes of the items. */
  get bytes(): Uint8Array {
    const { data } = this;
    const length = this.count * this.kind.size;
    return data.length === length ? data : data.subarray(0, length);
  }

  /** An array of the same type. */
  protected like(data: Uint8Array): PyArray {
    return new PyArray(this.typecode, this.kind, data);
  }

  /** Makes room for more items. */
  private reserve(more: number): void {
    const { size } = this.kind;
    const wanted = (this.count + more) * size;
    if (wanted <= this.data.length) return;
    const data = newBytes(Math.max(wanted, Math.min(this.data.length * 2, MAX_BYTES)));
    data.set(this.bytes);
    this.replace(data, this.count);
  }

  private replace(data: Uint8Array, count: number): void {
    this.data = data;
    this.seen = null;
    this.count = count;
  }

  item(at: number): PyObject {
    return this.kind.get(this.view, at * this.kind.size);
  }

  protected setItem(at: number, value: PyObject): void {
    this.kind.set(this.view, at * this.kind.size, value);
  }

  append(value: PyObject): void {
    this.reserve(1);
    this.setItem(this.count, value);
    this.count++;
  }

  /** Appends the whole items that `bytes` makes. */
  appendBytes(bytes: Uint8Array): void {
    const { size } = this.kind;
    const more = Math.floor(bytes.length / size);
    const start = this.count * size;
    this.reserve(more);
    this.data.set(bytes.length === more * size ? bytes : bytes.subarray(0, more * size), start);
    this.count += more;
  }

  extend(items: PyObject): void {
    const buffer = items.py_buffer();
    if (buffer !== undefined) {
      this.appendBytes(buffer.bytes);
      return;
    }
    const it = items.py_iter();
    for (let item = it.n(); item !== undefined; item = it.n()) {
      this.append(item);
      lookUp();
    }
  }

  override py_add(other: PyObject): PyObject {
    const buffer = other.py_buffer();
    if (buffer === undefined) {
      const result = other.py_reflected(ADD, this);
      if (result !== undefined) return result;
      throw typeError('object with buffer protocol required');
    }
    const sum = this.like(this.bytes.slice());
    sum.appendBytes(buffer.bytes);
    return sum;
  }

  override py_iadd(other: PyObject): PyObject {
    this.extend(other);
    return this;
  }

  /** Only arrays and bytearrays equal an array, and what says so itself. */
  override py_eq(other: PyObject): PyObject {
    const right = other.native ?? other;
    if (right instanceof PyArray) return compareBuffers(null, this.py_buffer(), right.py_buffer());
    return other.py_reflectedEq(this) ?? false;
  }
  override py_lt(other: PyObject): PyObject {
    return this.compare(LT, other);
  }
  override py_le(other: PyObject): PyObject {
    return this.compare(LE, other);
  }
  override py_gt(other: PyObject): PyObject {
    return this.compare(GT, other);
  }
  override py_ge(other: PyObject): PyObject {
    return this.compare(GE, other);
  }

  private compare(op: CompareOp, other: PyObject): PyObject {
    return compareBuffers(op, this.py_buffer(), other.py_buffer());
  }

  override py_truth(): boolean {
    return this.count > 0;
  }

  override py_len(): number {
    return this.count;
  }

  override py_hash(): number {
    throw typeError(`unsupported type for __hash__: '${this.cls.typeName}'`);
  }

  override py_repr(): string {
    let text = `array('${this.typecode}'`;
    for (let i = 0; i < this.count; i++) text += `${i === 0 ? ', [' : ', '}${this.item(i).py_repr()}`;
    return `${text}${this.count > 0 ? ']' : ''})`;
  }

  override py_iter(): PyIterator {
    return new ArrayIterator(this);
  }

  override py_getitem(key: PyObject): PyObject {
    if (key instanceof PySlice) {
      const { start, stop } = contiguous(key, this.count);
      const { size } = this.kind;
      return this.like(this.data.slice(start * size, stop * size));
    }
    return this.item(itemIndex(this.cls, key, this.count));
  }

  override py_setitem(key: PyObject, value: PyObject): void {
    if (!(key instanceof PySlice)) {
      this.setItem(itemIndex(this.cls, key, this.count), value);
      return;
    }
    const { size } = this.kind;
    const { start, stop } = contiguous(key, this.count);
    const source = sourceBytes(textOf(value) === undefined ? value : None, size);
    const more = source.length / size - (stop - start);
    if (more === 0) {
      this.data.set(source, start * size);
      return;
    }
    const own = source.buffer === this.data.buffer ? source.slice() : source;
    this.reserve(more);
    this.data.copyWithin((stop + more) * size, stop * size, this.count * size);
    this.data.set(own, start * size);
    this.count += more;
  }

  override py_contains(item: PyObject): boolean {
    if (item.py_buffer() !== undefined) return false;
    if (typeof item === 'number' || typeof item === 'bigint' || item.cls.typeName === 'float') {
      throw exception('NotImplementedError');
    }
    return false;
  }

  override py_buffer(): Buffer {
    return { bytes: this.bytes, typecode: this.typecode, readonly: false };
  }
}

class ArrayIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly array: PyArray) {
    super();
  }

  n(): PyObject | undefined {
    return this.at < this.array.count ? this.array.item(this.at++) : undefined;
  }
}

/** The items of an iterable as an array; bytes and bytearrays give their bytes. */
function array_make(typecode: PyObject, initializer?: PyObject): PyObject {
  const code = textOf(typecode);
  if (code === undefined) throw typeError(`can't convert '${typecode.cls.typeName}' object to str implicitly`);
  const kind = itemKind(code.slice(0, 1));
  if (kind === undefined) throw valueError('bad typecode');
  const array = new PyArray(code.slice(0, 1), kind, new Uint8Array(0));
  if (initializer === undefined) return array;
  const source = initializer.native ?? initializer;
  if (source.cls.typeName === 'bytes' || source.cls.typeName === 'bytearray') array.extend(source);
  else {
    const it = initializer.py_iter();
    for (let item = it.n(); item !== undefined; item = it.n()) {
      array.append(item);
      lookUp();
    }
  }
  return array;
}

export function array_append(self: PyArray, value: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2);
  self.append(value);
  return None;
}

export function array_extend(self: PyArray, items: PyObject): PyObject {
  self.extend(items);
  return None;
}

export const arrayType = defineType({
  name: 'array',
  proto: PyArray.prototype,
  make: ['array(typecode, initializer=(), /)', array_make],
  methods: [
    ['append(self, value, /)', array_append, 'direct'],
    ['extend(self, iterable, /)', array_extend],
  ],
});

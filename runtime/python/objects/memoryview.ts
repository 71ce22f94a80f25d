/** memoryview: a window on the bytes of another object, item by item. */
import { binaryText } from '../../bytes/binary-text';
import { ObjectBase, type Buffer, type PyIterator, type PyObject } from './object';
import { heap, refuse } from './heap';
import { BuiltinIterator } from './iterator';
import { defineType } from './type';
import { exception, typeError, valueError } from './raise';
import { GE, GT, LE, LT, type CompareOp } from '../interpreter/operators';
import { itemKind, type ItemKind } from './array-item';
import { itemIndex, PySlice, STEP_1_ONLY } from './slice';
import { textOf } from './wide-str';

export class PyMemoryView extends ObjectBase {
  readonly kind: ItemKind;
  readonly view: DataView;
  readonly count: number;

  constructor(
    readonly bytes: Uint8Array,
    readonly typecode: string,
    readonly readonly: boolean,
  ) {
    super();
    if (heap.locked !== 0) refuse();
    this.kind = itemKind(typecode) as ItemKind;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.count = Math.floor(bytes.length / this.kind.size);
  }

  override py_buffer(): Buffer {
    return { bytes: this.bytes, typecode: this.typecode, readonly: this.readonly };
  }

  override py_truth(): boolean {
    return this.count > 0;
  }

  override py_len(): number {
    return this.count;
  }

  override py_hash(): number {
    throw typeError("unsupported type for __hash__: 'memoryview'");
  }

  override py_iter(): PyIterator {
    return new ViewIterator(this);
  }

  override py_getitem(key: PyObject): PyObject {
    if (!(key instanceof PySlice)) return this.item(itemIndex(this.cls, key, this.count));
    const { start, stop } = contiguous(key, this.count);
    const { size } = this.kind;
    return new PyMemoryView(this.bytes.subarray(start * size, stop * size), this.typecode, this.readonly);
  }

  /** The item at a valid index. */
  item(at: number): PyObject {
    return this.kind.get(this.view, at * this.kind.size);
  }

  override py_setitem(key: PyObject, value: PyObject): void {
    const { size } = this.kind;
    if (key instanceof PySlice) {
      const { start, stop } = contiguous(key, this.count);
      const source = sourceBytes(value, size);
      if (this.readonly) super.py_setitem(key, value);
      if (source.length !== (stop - start) * size) incompatible();
      this.bytes.set(source, start * size);
      return;
    }
    const at = itemIndex(this.cls, key, this.count);
    if (this.readonly) super.py_setitem(key, value);
    this.kind.set(this.view, at * size, value);
  }

  override py_contains(item: PyObject): boolean {
    const isNumber = typeof item === 'number' || typeof item === 'bigint' || item.cls.typeName === 'float';
    if (isNumber) throw exception('NotImplementedError');
    return false;
  }

  override py_eq(other: PyObject): PyObject {
    return compareBuffers(null, this.py_buffer(), other.py_buffer());
  }
  override py_reflectedEq(left: PyObject): PyObject | undefined {
    const buffer = left.py_buffer();
    return buffer === undefined ? undefined : compareBuffers(null, buffer, this.py_buffer());
  }
  override py_lt(other: PyObject): PyObject {
    return compareBuffers(LT, this.py_buffer(), other.py_buffer());
  }
  override py_le(other: PyObject): PyObject {
    return compareBuffers(LE, this.py_buffer(), other.py_buffer());
  }
  override py_gt(other: PyObject): PyObject {
    return compareBuffers(GT, this.py_buffer(), other.py_buffer());
  }
  override py_ge(other: PyObject): PyObject {
    return compareBuffers(GE, this.py_buffer(), other.py_buffer());
  }
}

class ViewIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly view: PyMemoryView) {
    super();
  }

  n(): PyObject | undefined {
    return this.at < this.view.count ? this.view.item(this.at++) : undefined;
  }
}

/** The span of a slice of an array: only those with step 1 are there. */
export function contiguous(key: PySlice, length: number): { start: number; stop: number } {
  return key.contiguous(length, STEP_1_ONLY);
}

function incompatible(): never {
  throw valueError('lhs and rhs should be compatible');
}

/** The bytes on the right side of a slice assignment to items of `size` bytes. */
export function sourceBytes(value: PyObject, size: number): Uint8Array {
  const buffer = textOf(value) === undefined ? value.py_buffer() : undefined;
  if (buffer === undefined) throw exception('NotImplementedError', 'array/bytes required on right side');
  if (itemKind(buffer.typecode)?.size !== size) incompatible();
  return buffer.bytes;
}

/**
 * Compares two buffers byte by byte: for equality without an operator. Raises NotImplementedError where bytes do not
 * say it: floats, items of different sizes, and the order of signed ones.
 */
export function compareBuffers(op: CompareOp | null, left: Buffer, right: Buffer | undefined): boolean {
  if (right === undefined) return false;
  const a = left.typecode.toLowerCase();
  const unsigned = left.typecode < 'a' || right.typecode < 'a';
  if (a !== right.typecode.toLowerCase() || a === 'f' || a === 'd' || !(op === null || unsigned)) {
    throw exception('NotImplementedError');
  }
  const order = compareBytes(left.bytes, right.bytes);
  switch (op) {
    case null:
      return order === 0;
    case LT:
      return order < 0;
    case LE:
      return order <= 0;
    case GT:
      return order > 0;
    default:
      return order >= 0;
  }
}

/** Negative, 0 or positive, as the first of two rows of bytes comes before, with or after the second. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const count = Math.min(a.length, b.length);
  for (let i = 0; i < count; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function memoryview_make(x: PyObject): PyObject {
  const buffer = x.py_buffer();
  if (buffer === undefined) throw typeError('object with buffer protocol required');
  return new PyMemoryView(buffer.bytes, buffer.typecode, buffer.readonly);
}

function separatorText(x: PyObject): string {
  const text = textOf(x);
  if (text !== undefined) return text;
  const buffer = x.py_buffer();
  if (buffer === undefined) throw typeError(`can't convert '${x.cls.typeName}' object to str implicitly`);
  return binaryText(buffer.bytes);
}

function memoryview_hex(self: PyMemoryView, separator?: PyObject): PyObject {
  const digits = Array.from(self.bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return digits.join(separator === undefined ? '' : separatorText(separator).slice(0, 1));
}

export const memoryviewType = defineType({
  name: 'memoryview',
  proto: PyMemoryView.prototype,
  make: ['memoryview(object, /)', memoryview_make],
  methods: [['hex(self, sep="", /)', memoryview_hex]],
});

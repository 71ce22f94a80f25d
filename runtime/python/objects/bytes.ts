/** bytes and bytearray. */
import { ObjectBase, type Buffer, type PyIterator, type PyObject } from './object';
import { heap, refuse } from './heap';
import { defineType } from './type';
import { exception, typeError, valueError, wrongCount } from './raise';
import {
  ADD, GE, GT, LE, LT, MUL, reflect, unsupportedBinary, type BinaryOp, type CompareOp,
} from '../interpreter/operators'; // prettier-ignore
import { encodeUtf8 } from '../../bytes/utf8';
import { PyArray, array_append, array_extend, newBytes } from './array';
import { itemKind, type ItemKind } from './array-item';
import { intOperand, isIndex, plainInt } from './int';
import { BuiltinIterator } from './iterator';
import { compareBuffers, compareBytes, contiguous } from './memoryview';
import { lookUp } from './running';
import { PySlice, itemIndex, machineInt } from './slice';
import { PyWideStr, textOf } from './wide-str';
import { bytesMethods, findBytes } from './bytes-methods';
import { binaryText, textBytes } from '../../bytes/binary-text';
import { percentText } from './format';
import { quotedBytes } from './quoted-bytes';

// ---- bytes

export class PyBytes extends ObjectBase {
  constructor(readonly bytes: Uint8Array) {
    super();
    if (heap.locked !== 0) refuse();
  }

  override py_add(other: PyObject): PyObject {
    const right = bytesOf(other);
    if (right === undefined) return reflect(ADD, this, other);
    if (right.length === 0) return this;
    if (this.bytes.length === 0 && other instanceof PyBytes) return other;
    return new PyBytes(joined(this.bytes, right));
  }

  override py_mul(other: PyObject): PyObject {
    if (!isIndex(other)) return reflect(MUL, this, other);
    return new PyBytes(repeated(this.bytes, machineInt(other)));
  }

  override py_mod(other: PyObject): PyObject {
    return new PyBytes(textBytes(percentText(binaryText(this.bytes), other, true)));
  }

  override py_reflected(op: BinaryOp, left: PyObject): PyObject | undefined {
    return op === MUL && plainInt(left) !== undefined ? this.py_mul(left) : undefined;
  }

  override py_eq(other: PyObject): PyObject {
    if (other instanceof PyBytes) return sameBytes(this.bytes, other.bytes);
    if (other instanceof PyByteArray) return sameBytes(this.bytes, other.bytes);
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
    const right = bytesOf(other);
    if (right === undefined) return unsupportedBinary(op.method, this, other);
    const order = compareBytes(this.bytes, right);
    switch (op) {
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

  override py_truth(): boolean {
    return this.bytes.length > 0;
  }

  override py_len(): number {
    return this.bytes.length;
  }

  override py_hash(): number {
    const { bytes } = this;
    let hash = 5381;
    for (let i = 0; i < bytes.length; i++) hash = (Math.imul(hash, 33) ^ (bytes[i] as number)) | 0;
    return hash;
  }

  override py_repr(): string {
    return `b${quotedBytes(this.bytes)}`;
  }

  override py_iter(): PyIterator {
    return new BytesIterator(this.bytes);
  }

  override py_getitem(key: PyObject): PyObject {
    const { bytes } = this;
    if (typeof key === 'number') {
      const byte = bytes[key < 0 ? key + bytes.length : key];
      if (byte !== undefined) return byte;
    } else if (key instanceof PySlice) {
      const { start, stop } = contiguous(key, bytes.length);
      return new PyBytes(bytes.slice(start, stop));
    }
    return bytes[itemIndex(this.cls, key, bytes.length)] as number;
  }

  override py_contains(item: PyObject): boolean {
    const wanted = bytesOf(item);
    if (wanted !== undefined) return findBytes(this.bytes, wanted, 0, this.bytes.length) >= 0;
    const byte = intOperand(item);
    if (byte !== undefined) return typeof byte === 'number' && byte >= 0 && byte < 256 && this.bytes.includes(byte);
    return super.py_contains(item);
  }

  override py_buffer(): Buffer {
    return { bytes: this.bytes, typecode: 'B', readonly: true };
  }
}

/** The bytes of anything bytes-like. */
const bytesOf = (x: PyObject): Uint8Array | undefined => (x instanceof PyBytes ? x.bytes : x.py_buffer()?.bytes);

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = newBytes(a.length + b.length);
  if (all.length > 64) {
    all.set(a);
    all.set(b, a.length);
    return all;
  }
  const { length } = a;
  for (let i = 0; i < length; i++) all[i] = a[i] as number;
  for (let i = 0; i < b.length; i++) all[length + i] = b[i] as number;
  return all;
}

function repeated(bytes: Uint8Array, count: number): Uint8Array {
  const { length } = bytes;
  if (count <= 0 || length === 0) return new Uint8Array(0);
  const all = newBytes(length * count);
  if (length === 1) return all.fill(bytes[0] as number);
  for (let i = 0; i < count; i++) all.set(bytes, i * length);
  return all;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

class BytesIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    super();
  }

  n(): PyObject | undefined {
    return this.bytes[this.at++];
  }
}

/** A bytes object of `bytes`, which must not change afterwards. */
export function makeBytes(bytes: Uint8Array): PyBytes {
  return new PyBytes(bytes);
}

const EMPTY = new PyBytes(new Uint8Array(0));

function bytes_make(source?: PyObject, encoding?: PyObject, errors?: PyObject): PyObject {
  if (arguments.length > 3) wrongCount(arguments.length, 0, 3);
  if (source === undefined) return EMPTY;
  if (source instanceof PyBytes) return source;
  if (typeof source === 'string' || source instanceof PyWideStr) {
    if (encoding === undefined) throw typeError('string argument without an encoding');
    return new PyBytes(encodeUtf8(textOf(source) as string));
  }
  if (encoding !== undefined || errors !== undefined) throw typeError('wrong number of arguments');
  if (typeof source === 'number') {
    if (source < 0) throw exception('ValueError');
    return new PyBytes(newBytes(source));
  }
  const buffer = source.py_buffer();
  if (buffer !== undefined) return new PyBytes(buffer.bytes.slice());
  const bytes: number[] = [];
  const it = source.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    const byte = machineInt(item);
    if (byte < 0 || byte > 255) throw valueError('bytes value out of range');
    bytes.push(byte);
  }
  return new PyBytes(Uint8Array.from(bytes));
}

const bytes_fromhex = (_type: PyObject, text: PyObject): PyObject => new PyBytes(fromHex(text));

/** The bytes that hex digits in pairs say. */
function fromHex(text: PyObject): Uint8Array {
  const buffer = text.py_buffer();
  if (buffer === undefined) throw typeError('object with buffer protocol required');
  const digits = binaryText(buffer.bytes);
  const pairs = digits.match(/[0-9a-fA-F]{2}|[^ \t-\r]/g) ?? [];
  const bytes = new Uint8Array(pairs.length);
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i] as string;
    if (pair.length !== 2) throw valueError('non-hex digit');
    bytes[i] = parseInt(pair, 16);
  }
  return bytes;
}

export const bytesType = defineType({
  name: 'bytes',
  proto: PyBytes.prototype,
  make: ['bytes(source=b"", encoding="utf-8", errors="strict", /)', bytes_make, 'direct'],
  methods: [...bytesMethods, ['fromhex(cls, string, /)', bytes_fromhex, 'class']],
});

// ---- bytearray

let byteKind: ItemKind | undefined;

export class PyByteArray extends PyArray {
  constructor(data: Uint8Array) {
    super('B', (byteKind ??= itemKind('B') as ItemKind), data);
  }

  protected override like(data: Uint8Array): PyByteArray {
    return new PyByteArray(data);
  }

  override item(at: number): PyObject {
    return this.data[at] as number;
  }

  protected override setItem(at: number, value: PyObject): void {
    this.data[at] = typeof value === 'number' ? value : Number(BigInt.asUintN(8, wideInt(value)));
  }

  override py_getitem(key: PyObject): PyObject {
    if (typeof key === 'number' && key >= 0 && key < this.count) return this.data[key] as number;
    return super.py_getitem(key);
  }

  override py_setitem(key: PyObject, value: PyObject): void {
    if (typeof key === 'number' && key >= 0 && key < this.count && typeof value === 'number') this.data[key] = value;
    else super.py_setitem(key, value);
  }

  override py_repr(): string {
    return `bytearray(b${quotedBytes(this.bytes)})`;
  }

  /** Anything with bytes can equal a bytearray. */
  override py_eq(other: PyObject): PyObject {
    const buffer = other.py_buffer();
    if (buffer === undefined) return other.py_reflectedEq(this) ?? false;
    return compareBuffers(null, this.py_buffer(), buffer);
  }

  override py_reflectedEq(left: PyObject): PyObject | undefined {
    const buffer = left.py_buffer();
    return buffer === undefined ? undefined : compareBuffers(null, buffer, this.py_buffer());
  }

  override py_contains(item: PyObject): boolean {
    const wanted = bytesOf(item);
    if (wanted !== undefined) return findBytes(this.bytes, wanted, 0, this.count) >= 0;
    return super.py_contains(item);
  }
}

const wideInt = (value: PyObject): bigint => BigInt(intOperand(value) ?? machineInt(value));

function bytearray_make(source?: PyObject, encoding?: PyObject): PyObject {
  if (arguments.length > 3) wrongCount(arguments.length, 0, 3);
  if (source === undefined) return new PyByteArray(new Uint8Array(0));
  if (typeof source === 'number' || typeof source === 'bigint') return new PyByteArray(newBytes(machineInt(source)));
  if (encoding === undefined && (typeof source === 'string' || source instanceof PyWideStr)) {
    throw typeError('string argument without an encoding');
  }
  const buffer = source.py_buffer();
  if (buffer !== undefined) return new PyByteArray(buffer.bytes.slice());
  const array = new PyByteArray(new Uint8Array(0));
  array.extend(source);
  return array;
}

const bytearray_fromhex = (_type: PyObject, text: PyObject): PyObject => new PyByteArray(fromHex(text));

export const bytearrayType = defineType({
  name: 'bytearray',
  proto: PyByteArray.prototype,
  make: ['bytearray(source=b"", encoding="utf-8", errors="strict", /)', bytearray_make, 'direct'],
  methods: [
    ['append(self, value, /)', array_append, 'direct'],
    ['extend(self, iterable, /)', array_extend],
    ...bytesMethods,
    ['fromhex(cls, string, /)', bytearray_fromhex, 'class'],
  ],
});

/** The struct module. */
import { makeBytes } from '../objects/bytes';
import { makeFloat } from '../objects/float';
import { intOperand, normal } from '../objects/int';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { numberOf } from '../objects/number';
import { osError, valueError } from '../objects/raise';
import { referenceTo, referenced } from '../objects/reference';
import { machineInt } from '../objects/slice';
import { PyTuple } from '../objects/tuple';
import { decodeText } from '../objects/str-methods';
import { makeStr } from '../objects/wide-str';
import { Errno } from '../../vfs/errno';
import { bytesArgument, textArgument, writableArgument } from './arguments';
import { decodeHalf, encodeHalf } from './half-float';
import { bytesAt } from '../objects/memory';

/** Bytes of an item by its code; `l`, `L` and `P` depend on the machine. */
const SIZES: Readonly<Record<string, number | undefined>> = {
  b: 1, B: 1, e: 2, h: 2, H: 2, i: 4, I: 4, f: 4, q: 8, Q: 8, d: 8,
}; // prettier-ignore

const LOWEST_LETTER = 97;

/** One part of a format: `count` items of a code, or padding, or one string of `count` bytes. */
interface Part {
  readonly code: string;
  readonly count: number;
  /** Bytes of one item; 1 for `x` and `s`. */
  readonly size: number;
}

/** A format, taken apart. */
class Format {
  readonly parts: Part[] = [];
  readonly little: boolean;
  /** Items stand at multiples of their size. */
  readonly aligned: boolean;
  readonly size: number;
  /** How many values it holds. */
  readonly items: number;

  constructor(text: string, word: number) {
    const first = text[0] ?? '';
    const hasOrder = first !== '' && '!@=<>'.includes(first);
    this.little = first !== '>' && first !== '!';
    this.aligned = !hasOrder || first === '@';
    let count = -1;
    let size = 0;
    let items = 0;
    for (const code of hasOrder ? text.slice(1) : text) {
      if (code >= '0' && code <= '9') {
        count = (count < 0 ? 0 : count) * 10 + Number(code);
        continue;
      }
      const part = { code, count: count < 0 ? 1 : count, size: this.sizeOf(code, first, word) };
      this.parts.push(part);
      if (part.count > 0) size = this.align(size, part) + part.count * part.size;
      if (code === 's') items++;
      else if (code !== 'x') items += part.count;
      count = -1;
    }
    if (count >= 0) throw valueError('bad typecode');
    this.size = size;
    this.items = items;
  }

  private sizeOf(code: string, order: string, word: number): number {
    if (code === 'x' || code === 's') return 1;
    if (code === 'l' || code === 'L') return this.aligned ? word : 4;
    if ((code === 'P' || code === 'O' || code === 'S') && order !== '=') return word;
    const size = order === '=' ? undefined : Object.hasOwn(SIZES, code) ? SIZES[code] : undefined;
    if (size === undefined) throw valueError('bad typecode');
    return size;
  }

  align(at: number, part: Part): number {
    return this.aligned ? Math.ceil(at / part.size) * part.size : at;
  }
}

/** How many formats a struct module remembers. */
const CACHE_SIZE = 64;

/** The text that ends with a zero byte at an address. */
function textAt(address: number): PyObject {
  const bytes = bytesAt(address);
  if (bytes === undefined) throw osError(Errno.EFAULT);
  const end = bytes.indexOf(0);
  return makeStr(decodeText(end < 0 ? bytes : bytes.subarray(0, end)));
}

function readItem(view: DataView, at: number, { code, size }: Part, little: boolean): PyObject {
  switch (code) {
    case 'e':
      return makeFloat(decodeHalf(view.getUint16(at, little)));
    case 'f':
      return makeFloat(view.getFloat32(at, little));
    case 'd':
      return makeFloat(view.getFloat64(at, little));
  }
  if (code === 'O') return referenced(size === 8 ? Number(view.getBigInt64(at, little)) : view.getInt32(at, little));
  if (code === 'S') return textAt(size === 8 ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const signed = code.charCodeAt(0) >= LOWEST_LETTER;
  switch (size) {
    case 1:
      return signed ? view.getInt8(at) : view.getUint8(at);
    case 2:
      return signed ? view.getInt16(at, little) : view.getUint16(at, little);
    case 4:
      return signed ? view.getInt32(at, little) : view.getUint32(at, little);
    default:
      return normal(signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little));
  }
}

function writeItem(view: DataView, at: number, { code, size }: Part, little: boolean, value: PyObject): void {
  switch (code) {
    case 'e':
      view.setUint16(at, encodeHalf(numberOf(value)), little);
      return;
    case 'f':
      view.setFloat32(at, numberOf(value), little);
      return;
    case 'd':
      view.setFloat64(at, numberOf(value), little);
      return;
  }
  const x = code === 'O' ? referenceTo(value, false) : (intOperand(value) ?? machineInt(value));
  if (size === 8) view.setBigInt64(at, BigInt(x), little);
  else {
    const low = typeof x === 'bigint' ? Number(BigInt.asIntN(32, x)) : (x | 0) === x ? x : x % 4294967296;
    if (size === 1) view.setInt8(at, low);
    else if (size === 2) view.setInt16(at, low, little);
    else view.setInt32(at, low, little);
  }
}

/** Bytes to write to, with the view of them. */
interface Room {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

const roomIn = (bytes: Uint8Array): Room => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
});

/** What `pack` writes to before it has its bytes: V8 takes long to make a view of new ones. It is gone while in use. */
let desk: Room | undefined;
const DESK_SIZE = 256;

/** The bytes of `values`. */
function packed(format: Format, values: readonly PyObject[]): Uint8Array {
  const { size } = format;
  if (size > DESK_SIZE) {
    const bytes = new Uint8Array(size);
    packInto(format, roomIn(bytes), 0, values);
    return bytes;
  }
  const room = desk ?? roomIn(new Uint8Array(DESK_SIZE));
  desk = undefined;
  room.bytes.fill(0, 0, size);
  packInto(format, room, 0, values);
  desk = room;
  return room.bytes.slice(0, size);
}

/** Writes `values` from `start` on, relative to which they are aligned. */
function packInto(format: Format, { bytes: target, view }: Room, start: number, values: readonly PyObject[]): void {
  const { little } = format;
  let at = 0;
  let next = 0;
  for (const part of format.parts) {
    if (next >= values.length) return;
    if (part.count > 0) at = format.align(at, part);
    const end = at + part.count * part.size;
    if (part.code === 'x') target.fill(0, start + at, start + end);
    else if (part.code === 's') {
      const bytes = bytesArgument(values[next++] as PyObject).subarray(0, part.count);
      target.set(bytes, start + at);
      target.fill(0, start + at + bytes.length, start + end);
    } else {
      for (let i = at; i < end && next < values.length; i += part.size) {
        writeItem(view, start + i, part, little, values[next++] as PyObject);
      }
    }
    at = end;
  }
}

function tooSmall(): never {
  throw valueError('buffer too small');
}

/** Where in a buffer of `length` bytes an offset is, from the end when negative; `size` bytes must follow. */
function position(offset: PyObject | undefined, length: number, size: number): number {
  let at = offset === undefined ? 0 : machineInt(offset);
  if (at < 0) at += length;
  if (at < 0 || at + size > length) tooSmall();
  return at;
}

/** Makes the struct module; `word` is the size of a long and of a pointer on the machine. */
function structRows(word: number): readonly ModuleRow[] {
  /** Formats seen lately: programs use the same few again and again. */
  const cache = new Map<string, Format>();

  function formatOf(value: PyObject): Format {
    const text = textArgument(value);
    let format = cache.get(text);
    if (format === undefined) {
      format = new Format(text, word);
      if (cache.size >= CACHE_SIZE) cache.clear();
      cache.set(text, format);
    }
    return format;
  }

  const struct_calcsize = (format: PyObject): PyObject => formatOf(format).size;

  function struct_unpack(text: PyObject, data: PyObject, offset?: PyObject): PyObject {
    const format = formatOf(text);
    const bytes = bytesArgument(data);
    const start = position(offset, bytes.length, format.size);
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, format.size);
    const items: PyObject[] = [];
    let at = 0;
    for (const part of format.parts) {
      if (part.count > 0) at = format.align(at, part);
      const end = at + part.count * part.size;
      if (part.code === 's') items.push(makeBytes(bytes.slice(start + at, start + end)));
      else if (part.code !== 'x') {
        for (let i = at; i < end; i += part.size) items.push(readItem(view, i, part, format.little));
      }
      at = end;
    }
    return new PyTuple(items);
  }

  function struct_pack(text: PyObject, values: readonly PyObject[]): PyObject {
    return makeBytes(packed(formatOf(text), values));
  }

  function struct_pack_into(text: PyObject, target: PyObject, offset: PyObject, values: readonly PyObject[]): PyObject {
    const bytes = writableArgument(target);
    const format = formatOf(text);
    packInto(format, roomIn(bytes), position(offset, bytes.length, format.size), values);
    return None;
  }

  return [
    ['calcsize(format, /)', struct_calcsize],
    ['pack(format, /, *values)', struct_pack],
    ['pack_into(format, buffer, offset, /, *values)', struct_pack_into],
    ['unpack(format, data, offset=0, /)', struct_unpack],
    ['unpack_from(format, data, offset=0, /)', struct_unpack],
  ];
}

export function createStruct(interpreter: { readonly profile: 'host' | 'board' }): PyModule {
  return defineModule('struct', structRows(interpreter.profile === 'host' ? 8 : 4));
}

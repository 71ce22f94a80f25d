/**
 * The uctypes module: structures laid over memory.
 *
 * A field of a descriptor is an int of 31 bits: its type in the highest four, its offset in the others; or a tuple that
 * begins with an offset whose highest two bits say whether it is a structure, a pointer or an array.
 */
import type { Interpreter } from '../interpreter/interpreter';
import { PyByteArray, makeBytes } from '../objects/bytes';
import { PyDict } from '../objects/dict';
import { makeFloat } from '../objects/float';
import { intOperand, normal } from '../objects/int';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { ObjectBase, type Buffer, type PyObject } from '../objects/object';
import { numberOf } from '../objects/number';
import { exception, indexError, osError, typeError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { PyTuple } from '../objects/tuple';
import { defineType, fillTable } from '../objects/type';
import { textOf } from '../objects/wide-str';
import { Errno } from '../../vfs/errno';
import { bytesArgument } from './arguments';
import { addressOf, addressOfText, bytesAt, claim } from '../objects/memory';
import { makeStr } from '../objects/wide-str';
import { newBytes } from '../objects/array';

const LITTLE_ENDIAN = 0;
const BIG_ENDIAN = 1;
const NATIVE = 2;

/** Scalar types; bit 0 says whether signed. */
const Scalar = {
  UINT8: 0, INT8: 1, UINT16: 2, INT16: 3, UINT32: 4, INT32: 5, UINT64: 6, INT64: 7,
  BFUINT8: 8, BFINT8: 9, BFUINT16: 10, BFINT16: 11, BFUINT32: 12, BFINT32: 13, FLOAT32: 14, FLOAT64: 15,
} as const; // prettier-ignore

const STRUCT = 0;
const PTR = 1;
const ARRAY = 2;

const SCALAR_SHIFT = 27;
const SCALAR_OFFSET = (1 << SCALAR_SHIFT) - 1;
const AGGREGATE_SHIFT = 29;
const AGGREGATE_OFFSET = (1 << AGGREGATE_SHIFT) - 1;
const BIT_POSITION_SHIFT = 17;
const BIT_LENGTH_SHIFT = 22;
const BIT_FIELD_OFFSET = (1 << BIT_POSITION_SHIFT) - 1;

/** A type as it stands in the highest bits of a 31-bit int, the sign among them. */
const encoded = (type: number, shift: number): number => ((type << (shift + 1)) >> 1) | 0;

const scalarType = (field: number): number => (field >>> SCALAR_SHIFT) & 15;
const aggregateType = (field: number): number => (field >>> AGGREGATE_SHIFT) & 3;
const isBitField = (type: number): boolean => type >= Scalar.BFUINT8 && type <= Scalar.BFINT32;

const scalarSize = (type: number): number => (type === Scalar.FLOAT32 ? 4 : 1 << ((type & 7) >> 1));

function syntaxError(): never {
  throw typeError('syntax error in uctypes descriptor');
}

/** The ints and types of an aggregate's tuple. */
function aggregate(tuple: PyTuple): { kind: number; offset: number; count: number; type: number; item: PyObject } {
  const [first, second, third] = tuple.la;
  if (typeof first !== 'number' || second === undefined) syntaxError();
  const kind = aggregateType(first);
  const offset = first & AGGREGATE_OFFSET;
  if (kind !== ARRAY) {
    if (tuple.la.length !== 2) syntaxError();
    return { kind, offset, count: 0, type: typeof second === 'number' ? scalarType(second) : 0, item: second };
  }
  if (typeof second !== 'number' || tuple.la.length > 3) syntaxError();
  return { kind, offset, count: second & SCALAR_OFFSET, type: scalarType(second), item: third ?? second };
}

/** Size in bytes, and that of the largest field. */
interface Size {
  size: number;
  largest: number;
}

class Layouts {
  /** @param pointer the size of a pointer on the machine */
  constructor(readonly pointer: number) {}

  aggregateSize(tuple: PyTuple, layout: number): Size {
    const { kind, count, type, item } = aggregate(tuple);
    if (kind === STRUCT) return this.size(item, layout);
    if (kind === PTR) return { size: this.pointer, largest: this.pointer };
    if (kind !== ARRAY) syntaxError();
    if (tuple.la.length === 2) return { size: scalarSize(type) * count, largest: scalarSize(type) };
    const { size, largest } = this.size(item, layout);
    return { size: size * count, largest };
  }

  /** The size of what a descriptor describes. */
  size(descriptor: PyObject, layout: number): Size {
    const own = descriptor.native ?? descriptor;
    if (own instanceof PyTuple) return this.aggregateSize(own, layout);
    if (typeof own === 'number') throw typeError("can't unambiguously get sizeof scalar");
    if (!(own instanceof PyDict)) syntaxError();
    let end = 0;
    let largest = 0;
    own.each((_name, field) => {
      let offset: number;
      let size: Size;
      if (typeof field === 'number') {
        const type = scalarType(field);
        offset = field & (isBitField(type) ? BIT_FIELD_OFFSET : SCALAR_OFFSET);
        size = { size: scalarSize(type), largest: scalarSize(type) };
      } else {
        if (!(field instanceof PyTuple)) syntaxError();
        offset = aggregate(field).offset;
        size = this.aggregateSize(field, layout);
      }
      end = Math.max(end, offset + size.size);
      largest = Math.max(largest, size.largest);
    });
    if (layout === NATIVE && largest > 0) end = Math.ceil(end / largest) * largest;
    return { size: end, largest };
  }
}

/** A place in memory. */
interface Place {
  readonly view: DataView;
  readonly at: number;
}

function readScalar({ view, at }: Place, type: number, little: boolean): PyObject {
  switch (type) {
    case Scalar.UINT8:
      return view.getUint8(at);
    case Scalar.INT8:
      return view.getInt8(at);
    case Scalar.UINT16:
      return view.getUint16(at, little);
    case Scalar.INT16:
      return view.getInt16(at, little);
    case Scalar.UINT32:
      return view.getUint32(at, little);
    case Scalar.INT32:
      return view.getInt32(at, little);
    case Scalar.UINT64:
      return normal(view.getBigUint64(at, little));
    case Scalar.INT64:
      return normal(view.getBigInt64(at, little));
    case Scalar.FLOAT32:
      return makeFloat(view.getFloat32(at, little));
    default:
      return makeFloat(view.getFloat64(at, little));
  }
}

function writeScalar({ view, at }: Place, type: number, little: boolean, value: PyObject): void {
  if (type === Scalar.FLOAT32) view.setFloat32(at, numberOf(value), little);
  else if (type === Scalar.FLOAT64) view.setFloat64(at, numberOf(value), little);
  else {
    const x = BigInt(intOperand(value) ?? machineInt(value));
    const size = scalarSize(type);
    if (size === 8) view.setBigInt64(at, BigInt.asIntN(64, x), little);
    else if (size === 4) view.setInt32(at, Number(BigInt.asIntN(32, x)), little);
    else if (size === 2) view.setInt16(at, Number(BigInt.asIntN(16, x)), little);
    else view.setInt8(at, Number(BigInt.asIntN(8, x)));
  }
}

class PyStruct extends ObjectBase {
  constructor(
    readonly layouts: Layouts,
    readonly address: number,
    readonly descriptor: PyObject,
    readonly layout: number,
    /** The memory behind it, kept alive by it; undefined where the address leads nowhere. */
    readonly memory: Uint8Array | undefined = bytesAt(address),
  ) {
    super();
  }

  private get little(): boolean {
    return this.layout !== BIG_ENDIAN;
  }

  private place(offset: number, size: number): Place {
    const { memory } = this;
    if (memory === undefined || offset < 0 || offset + size > memory.length) throw osError(Errno.EFAULT);
    return { view: new DataView(memory.buffer, memory.byteOffset, memory.byteLength), at: offset };
  }

  /** A structure within this one. */
  private inner(offset: number, descriptor: PyObject): PyStruct {
    const memory = this.memory?.subarray(offset);
    return new PyStruct(this.layouts, this.address + offset, descriptor, this.layout, memory);
  }

  private field(name: string): PyObject {
    const own = this.descriptor.native ?? this.descriptor;
    if (!(own instanceof PyDict)) throw typeError('struct: no fields');
    return own.py_getitem(makeStr(name));
  }

  override py_getattr(name: string): PyObject | undefined {
    if (name === '__class__') return this.cls;
    const field = this.field(name);
    if (typeof field === 'number') return this.readField(field);
    if (!(field instanceof PyTuple)) syntaxError();
    const { kind, offset, count, type, item } = aggregate(field);
    if (kind === STRUCT) return this.inner(offset, item);
    if (kind === ARRAY && field.la.length === 2 && type === Scalar.UINT8) {
      const { view, at } = this.place(offset, count);
      return new PyByteArray(new Uint8Array(view.buffer, view.byteOffset + at, count));
    }
    return this.inner(offset, field);
  }

  private readField(field: number): PyObject {
    const type = scalarType(field);
    if (!isBitField(type)) return readScalar(this.place(field & SCALAR_OFFSET, scalarSize(type)), type, this.little);
    const { place, position, mask, base } = this.bitField(field);
    const value = machineInt(readScalar(place, base, this.little));
    return (value >>> position) & mask;
  }

  private bitField(field: number): { place: Place; position: number; mask: number; base: number } {
    const type = scalarType(field);
    const position = (field >>> BIT_POSITION_SHIFT) & 31;
    const length = (field >>> BIT_LENGTH_SHIFT) & 31;
    return {
      place: this.place(field & BIT_FIELD_OFFSET, scalarSize(type)),
      position,
      mask: (1 << length) - 1,
      base: type & 6,
    };
  }

  override py_setattr(name: string, value: PyObject): void {
    const field = this.field(name);
    if (typeof field !== 'number') syntaxError();
    const type = scalarType(field);
    if (!isBitField(type)) {
      writeScalar(this.place(field & SCALAR_OFFSET, scalarSize(type)), type, this.little, value);
      return;
    }
    const { place, position, mask, base } = this.bitField(field);
    const before = machineInt(readScalar(place, base, this.little));
    const bits = (machineInt(value) & mask) << position;
    writeScalar(place, base, this.little, ((before & ~(mask << position)) | bits) >>> 0);
  }

  private tuple(): PyTuple {
    if (!(this.descriptor instanceof PyTuple)) throw typeError("struct: can't index");
    return this.descriptor;
  }

  override py_getitem(key: PyObject): PyObject {
    const tuple = this.tuple();
    const { kind, type, item } = aggregate(tuple);
    const index = this.index(key);
    if (kind === ARRAY) {
      if (tuple.la.length === 2) {
        const size = scalarSize(type);
        return readScalar(this.place(size * index, size), type, this.little);
      }
      return this.inner(this.layouts.size(item, this.layout).size * index, item);
    }
    const target = this.pointer();
    if (typeof item === 'number') {
      const size = scalarSize(type);
      return readScalar(new PyStruct(this.layouts, target, item, NATIVE).place(size * index, size), type, true);
    }
    return new PyStruct(this.layouts, target + this.layouts.size(item, this.layout).size * index, item, this.layout);
  }

  override py_setitem(key: PyObject, value: PyObject): void {
    const tuple = this.tuple();
    const { kind, type } = aggregate(tuple);
    const index = this.index(key);
    if (kind !== ARRAY || tuple.la.length !== 2) {
      super.py_setitem(key, value);
      return;
    }
    const size = scalarSize(type);
    writeScalar(this.place(size * index, size), type, this.little, value);
  }

  private index(key: PyObject): number {
    const index = machineInt(key);
    const { kind, count } = aggregate(this.tuple());
    if (kind === ARRAY && index >= count) throw indexError('struct: index out of range');
    return index;
  }

  /** The address that a pointer holds. */
  pointer(): number {
    const { view, at } = this.place(0, this.layouts.pointer);
    return this.layouts.pointer === 8 ? Number(view.getBigUint64(at, true)) : view.getUint32(at, true);
  }

  get isPointer(): boolean {
    return this.descriptor instanceof PyTuple && aggregate(this.descriptor).kind === PTR;
  }

  get size(): number {
    return this.layouts.size(this.descriptor, this.layout).size;
  }

  override py_buffer(): Buffer | undefined {
    const { memory, size } = this;
    if (memory === undefined || size > memory.length) return undefined;
    return { bytes: memory.subarray(0, size), typecode: 'B', readonly: false };
  }

  override py_hash(): number {
    throw typeError("unsupported type for __hash__: 'struct'");
  }

  override py_repr(): string {
    const own = this.descriptor.native ?? this.descriptor;
    const kind =
      own instanceof PyDict
        ? 'STRUCT'
        : own instanceof PyTuple
          ? ['unk', 'PTR', 'ARRAY'][aggregate(own).kind]
          : 'ERROR';
    return `<struct ${kind ?? 'unk'} ${this.address.toString(16)}>`;
  }
}

/** `int(pointer)` gives the address that it holds. */
function struct_int(self: PyStruct): PyObject {
  if (!self.isPointer) throw typeError("can't convert struct to int");
  return self.pointer();
}

/** Layouts of machines with pointers of 4 and of 8 bytes, each with its type. */
function structType(layouts: Layouts): PyObject {
  class Struct extends PyStruct {}
  return defineType({
    name: 'struct',
    proto: Struct.prototype,
    make: [
      'struct(address, descriptor, layout=NATIVE, /)',
      (address: PyObject, descriptor: PyObject, layout?: PyObject) =>
        new Struct(layouts, machineInt(address), descriptor, layout === undefined ? NATIVE : machineInt(layout)),
    ],
  });
}

fillTable(
  defineType({
    name: 'struct',
    proto: PyStruct.prototype,
    methods: [['__int__(self, /)', struct_int]],
  }),
);

const names: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Object.entries(Scalar).map(([name, type]) => [name, encoded(type, SCALAR_SHIFT)])),
  VOID: encoded(Scalar.UINT8, SCALAR_SHIFT),
  SHORT: encoded(Scalar.INT16, SCALAR_SHIFT),
  USHORT: encoded(Scalar.UINT16, SCALAR_SHIFT),
  INT: encoded(Scalar.INT32, SCALAR_SHIFT),
  UINT: encoded(Scalar.UINT32, SCALAR_SHIFT),
  LONGLONG: encoded(Scalar.INT64, SCALAR_SHIFT),
  ULONGLONG: encoded(Scalar.UINT64, SCALAR_SHIFT),
  PTR: encoded(PTR, AGGREGATE_SHIFT),
  ARRAY: encoded(ARRAY, AGGREGATE_SHIFT),
  BF_POS: BIT_POSITION_SHIFT,
  BF_LEN: BIT_LENGTH_SHIFT,
  LITTLE_ENDIAN,
  BIG_ENDIAN,
  NATIVE,
};

export function createUctypes(interpreter: Interpreter): PyModule {
  const host = interpreter.profile === 'host';
  const layouts = new Layouts(host ? 8 : 4);

  function uctypes_sizeof(object: PyObject, layout?: PyObject): PyObject {
    if (object instanceof PyByteArray) return object.py_len();
    if (object instanceof PyStruct) {
      if (layout !== undefined) throw exception('TypeError');
      return object.size;
    }
    return layouts.size(object, layout === undefined ? NATIVE : machineInt(layout)).size;
  }

  function uctypes_addressof(object: PyObject): PyObject {
    const text = textOf(object);
    return text === undefined ? addressOf(bytesArgument(object)) : addressOfText(text);
  }

  function memoryAt(address: PyObject, size: PyObject): Uint8Array {
    const bytes = bytesAt(machineInt(address), machineInt(size));
    if (bytes === undefined) throw osError(Errno.EFAULT);
    return bytes;
  }

  /** Where no memory is, the bytes are the program's own, as if it were there. */
  function uctypes_bytearray_at(address: PyObject, size: PyObject): PyObject {
    const at = machineInt(address);
    const count = machineInt(size);
    return new PyByteArray(bytesAt(at, count) ?? claim(at, newBytes(Math.max(0, count))));
  }

  const long = host ? [Scalar.INT64, Scalar.UINT64] : [Scalar.INT32, Scalar.UINT32];
  return defineModule('uctypes', [
    ['struct', structType(layouts), 'value'],
    ['sizeof(object, layout=NATIVE, /)', uctypes_sizeof],
    ['addressof(object, /)', uctypes_addressof],
    ['bytes_at(address, size, /)', (at: PyObject, size: PyObject) => makeBytes(memoryAt(at, size).slice())],
    ['bytearray_at(address, size, /)', uctypes_bytearray_at],
    ...Object.entries(names).map(([name, value]): ModuleRow => [name, value, 'value']),
    ['LONG', encoded(long[0] as number, SCALAR_SHIFT), 'value'],
    ['ULONG', encoded(long[1] as number, SCALAR_SHIFT), 'value'],
  ]);
}

/** Reading and writing the items of arrays and memoryviews, by the type codes of the array module. */
import type { PyObject } from './object';
import { intOperand, normal } from './int';
import { floatOperand, makeFloat } from './float';
import { hasNarrowWords } from './machine-word';
import { referenceTo, referenced } from './reference';
import { machineInt } from './slice';
import { typeError } from './raise';

interface ItemKind {
  readonly size: number;
  get(view: DataView, at: number): PyObject;
  set(view: DataView, at: number, value: PyObject): void;
}

/** The low 32 bits of an int argument; what is beyond is dropped, as in C. */
function low32(value: PyObject): number {
  const x = intOperand(value);
  return typeof x === 'bigint' ? Number(BigInt.asIntN(32, x)) : (x ?? machineInt(value)) % 4294967296;
}

function low64(value: PyObject): bigint {
  return BigInt(intOperand(value) ?? machineInt(value));
}

function number(value: PyObject): number {
  const f = floatOperand(value);
  if (f === undefined) throw typeError(`can't convert ${value.cls.typeName} to float`);
  return f;
}

const INT: ItemKind = {
  size: 4,
  get: (view, at) => view.getInt32(at, true),
  set: (view, at, value) => {
    view.setInt32(at, low32(value), true);
  },
};
const UNSIGNED_INT: ItemKind = {
  size: 4,
  get: (view, at) => view.getUint32(at, true),
  set: (view, at, value) => {
    view.setUint32(at, low32(value), true);
  },
};
const LONG: ItemKind = {
  size: 8,
  get: (view, at) => normal(view.getBigInt64(at, true)),
  set: (view, at, value) => {
    view.setBigInt64(at, low64(value), true);
  },
};
const UNSIGNED_LONG: ItemKind = {
  size: 8,
  get: (view, at) => normal(view.getBigUint64(at, true)),
  set: (view, at, value) => {
    view.setBigUint64(at, low64(value), true);
  },
};

/** References to objects; they keep them alive. */
const OBJECT: ItemKind = {
  size: 8,
  get: (view, at) => referenced(Number(view.getBigInt64(at, true))),
  set: (view, at, value) => {
    view.setBigInt64(at, BigInt(referenceTo(value, true)), true);
  },
};
/** Addresses of text, which an array takes and never gives. */
const TEXT: ItemKind = {
  size: 8,
  get: () => 0,
  set: (_view, _at, value) => void low64(value),
};

const KINDS: Readonly<Record<string, ItemKind | undefined>> = {
  b: {
    size: 1,
    get: (view, at) => view.getInt8(at),
    set: (view, at, value) => {
      view.setInt8(at, low32(value));
    },
  },
  B: {
    size: 1,
    get: (view, at) => view.getUint8(at),
    set: (view, at, value) => {
      view.setUint8(at, low32(value));
    },
  },
  h: {
    size: 2,
    get: (view, at) => view.getInt16(at, true),
    set: (view, at, value) => {
      view.setInt16(at, low32(value), true);
    },
  },
  H: {
    size: 2,
    get: (view, at) => view.getUint16(at, true),
    set: (view, at, value) => {
      view.setUint16(at, low32(value), true);
    },
  },
  i: INT,
  I: UNSIGNED_INT,
  l: LONG,
  L: UNSIGNED_LONG,
  q: LONG,
  Q: UNSIGNED_LONG,
  P: LONG,
  O: OBJECT,
  S: TEXT,
  f: {
    size: 4,
    get: (view, at) => makeFloat(view.getFloat32(at, true)),
    set: (view, at, value) => {
      view.setFloat32(at, number(value), true);
    },
  },
  d: {
    size: 8,
    get: (view, at) => makeFloat(view.getFloat64(at, true)),
    set: (view, at, value) => {
      view.setFloat64(at, number(value), true);
    },
  },
};

/** How the items of a type code are kept, or undefined for an unknown one. */
export function itemKind(typecode: string): ItemKind | undefined {
  if (hasNarrowWords()) {
    if (typecode === 'l') return INT;
    if (typecode === 'L') return UNSIGNED_INT;
  }
  return Object.hasOwn(KINDS, typecode) ? KINDS[typecode] : undefined;
}

export type { ItemKind };

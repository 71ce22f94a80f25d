/**
 * What the code of viper functions calls: arithmetic of machine words where it does not fit a small int, conversions
 * between words and Python's values, and loads and stores through pointers.
 *
 * A word is kept as an int is: a JS number while it is a safe integer, a BigInt beyond (words of a board are always
 * numbers). A pointer is the bytes from its address to the end of the memory it points into, or the bare address where
 * there is no memory of ours.
 */
import type { PyObject } from '../objects/object';
import { addressOf, bytesAt } from '../objects/memory';
import { exception, osError, raise, typeError } from '../objects/raise';
import { intOperand } from '../objects/int';
import { Errno } from '../../vfs/errno';

type Word = number | bigint;
type Pointer = Uint8Array | number;

const normal = (x: bigint): Word =>
  x >= BigInt(Number.MIN_SAFE_INTEGER) && x <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(x) : x;

const signed = (x: bigint): Word => normal(BigInt.asIntN(64, x));
const unsigned = (x: bigint): Word => normal(BigInt.asUintN(64, x));

/** Whether the result of an operation on numbers is exact; −0 is none. */
const isExact = (x: number): boolean => Number.isSafeInteger(x);

type Operation = (a: bigint, b: bigint) => bigint;

/** An operation on 64-bit words: on numbers first, where the result is exact. */
function operation(onNumbers: (a: number, b: number) => number, onBigInts: Operation, wrap: (x: bigint) => Word) {
  const least = wrap === unsigned ? 0 : Number.MIN_SAFE_INTEGER;
  return (a: Word, b: Word): Word => {
    if (typeof a === 'number' && typeof b === 'number') {
      const result = onNumbers(a, b);
      if (isExact(result) && result >= least) return result + 0;
    }
    return wrap(onBigInts(BigInt(a), BigInt(b)));
  };
}

/** `&`, `|` and `^` of numbers; NaN where 32 bits do not hold them. */
const and = (a: number, b: number): number => ((a | 0) === a && (b | 0) === b ? a & b : NaN);
const or = (a: number, b: number): number => ((a | 0) === a && (b | 0) === b ? a | b : NaN);
const xor = (a: number, b: number): number => ((a | 0) === a && (b | 0) === b ? a ^ b : NaN);

// The common operations have functions of their own, so that each knows what it is called with.

function add(a: Word, b: Word): Word {
  const sum = typeof a === 'number' && typeof b === 'number' ? a + b : NaN;
  return isExact(sum) ? sum : signed(BigInt(a) + BigInt(b));
}

function sub(a: Word, b: Word): Word {
  const difference = typeof a === 'number' && typeof b === 'number' ? a - b : NaN;
  return isExact(difference) ? difference : signed(BigInt(a) - BigInt(b));
}

function mul(a: Word, b: Word): Word {
  const product = typeof a === 'number' && typeof b === 'number' ? a * b : NaN;
  return isExact(product) ? product + 0 : signed(BigInt(a) * BigInt(b));
}

const asUnsigned = (x: Word): Word => (typeof x === 'number' && x >= 0 ? x : unsigned(BigInt(x)));

/** Shifts count modulo 64. */
const shifted = (a: number, b: number): number => (b >= 0 && b < 32 ? a * 2 ** b : NaN);
const shiftedBack = (a: number, b: number): number => (b >= 0 && b < 64 ? Math.floor(a / 2 ** b) : NaN);

const divisor = (b: Word): Word => (b === 0 ? raise('ZeroDivisionError', 'divide by zero') : b);

function modulo(a: Word, b: Word): Word {
  divisor(b);
  if (typeof a === 'number' && typeof b === 'number') {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
  }
  const [x, y] = [BigInt(a), BigInt(b)];
  const rest = x % y;
  return signed(rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest);
}

function quotient(a: Word, b: Word): Word {
  const rest = modulo(a, b);
  if (typeof a === 'number' && typeof b === 'number' && isExact(a - (rest as number))) {
    return (a - (rest as number)) / b + 0;
  }
  const [x, y] = [BigInt(a), BigInt(b)];
  return signed(BigInt.asIntN(64, x + towardsFloor(x >= 0n, y, y < 0n)) / y);
}

/** What MicroPython adds before it divides without a sign; near the ends of the word the sum wraps, also in ours. */
const towardsFloor = (isPositive: boolean, y: bigint, isNegative: boolean): bigint =>
  isPositive ? (isNegative ? -y - 1n : 0n) : isNegative ? 0n : 1n - y;

function quotient32(a: number, b: number): number {
  divisor(b);
  const sum = a >= 0 ? (b < 0 ? a - b - 1 : a) : b >= 0 ? a + 1 - b : a;
  return ((sum | 0) / b) | 0;
}

/** The int that an object is, of any size; raises TypeError. */
function intOf(x: PyObject): Word {
  const own = intOperand(x);
  if (own !== undefined) return own;
  const f = (x as unknown as { __int__$?: (self: PyObject) => PyObject }).__int__$;
  const made = typeof x === 'object' && typeof f === 'function' ? intOperand(f(x)) : undefined;
  if (made === undefined) throw typeError(`can't convert ${x.cls.typeName} to int`);
  return made;
}

const toInt = (x: PyObject): Word => (typeof x === 'number' ? x : signed(BigInt(intOf(x))));
const toUint = (x: PyObject): Word => (typeof x === 'number' && x >= 0 ? x : unsigned(BigInt(intOf(x))));
const toInt32 = (x: PyObject): number => (typeof x === 'number' ? x | 0 : Number(BigInt.asIntN(32, BigInt(intOf(x)))));

/** What an address points to. */
const pointerTo = (address: Word): Pointer => bytesAt(Number(address)) ?? Number(address);

/** A bytes-like object as a pointer, or an int, which is an address. */
function toPointer(x: PyObject): Pointer {
  const buffer = typeof x === 'number' ? undefined : x.py_buffer();
  return buffer === undefined ? pointerTo(toUint(x)) : buffer.bytes;
}

const address = (p: Pointer): number => (typeof p === 'number' ? p : addressOf(p));

/** Memory that lies elsewhere than from the pointer's address to the end: before it, or at an address of its own. */
function elsewhere(p: Pointer, offset: number, size: number): Uint8Array {
  const bytes = bytesAt(address(p) + offset, size);
  if (bytes === undefined) throw osError(Errno.EFAULT);
  return bytes;
}

function load8(p: Pointer, index: Word): number {
  return (elsewhere(p, Number(index), 1) as Uint8Array & { 0: number })[0];
}

/** Where `size` bytes begin in the memory of a pointer, or −1 where they are not all in it. */
function inside(p: Pointer, index: Word, size: number): number {
  if (typeof p === 'number' || typeof index !== 'number') return -1;
  const at = index * size;
  return at >= 0 && at + size <= p.length ? at : -1;
}

function load16(p: Pointer, index: Word): number {
  let at = inside(p, index, 2);
  let bytes = p as Uint8Array;
  if (at < 0) {
    bytes = elsewhere(p, Number(index) * 2, 2);
    at = 0;
  }
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

/** Without a sign. */
function load32(p: Pointer, index: Word): number {
  const at = inside(p, index, 4);
  return at < 0 ? word(elsewhere(p, Number(index) * 4, 4), 0) : word(p as Uint8Array, at);
}

const word = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)) >>>
  0;

/** The low 32 bits of a word. */
const low = (value: Word): number => (typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value)));

/** Stores `size` bytes of a word. */
function store(p: Pointer, index: Word, value: Word, size: 1 | 2 | 4): void {
  let at = inside(p, index, size);
  let bytes = p as Uint8Array;
  if (at < 0) {
    bytes = elsewhere(p, Number(index) * size, size);
    at = 0;
  }
  const bits = low(value);
  bytes[at] = bits;
  if (size === 1) return;
  bytes[at + 1] = bits >> 8;
  if (size === 2) return;
  bytes[at + 2] = bits >> 16;
  bytes[at + 3] = bits >> 24;
}

function arity(given: number, wanted: number): never {
  throw exception('TypeError', `function takes ${wanted} positional arguments but ${given} were given`);
}

export const viper = {
  add,
  addu: (a: Word, b: Word): Word => asUnsigned(add(a, b)),
  sub,
  subu: (a: Word, b: Word): Word => asUnsigned(sub(a, b)),
  mul,
  mulu: (a: Word, b: Word): Word => asUnsigned(mul(a, b)),
  and: operation(and, (a, b) => a & b, signed),
  andu: operation(and, (a, b) => a & b, unsigned),
  or: operation(or, (a, b) => a | b, signed),
  oru: operation(or, (a, b) => a | b, unsigned),
  xor: operation(xor, (a, b) => a ^ b, signed),
  xoru: operation(xor, (a, b) => a ^ b, unsigned),
  shl: operation(shifted, (a, b) => a << (b & 63n), signed),
  shlu: operation(shifted, (a, b) => a << (b & 63n), unsigned),
  shr: operation(shiftedBack, (a, b) => a >> (b & 63n), signed),
  shru: operation(shiftedBack, (a, b) => a >> (b & 63n), unsigned),
  /** Shifts of 32-bit words count modulo 256, as the board's processor has it. */
  shl32: (a: number, b: number): number => ((b & 255) > 31 ? 0 : a << b),
  shr32: (a: number, b: number): number => a >> ((b & 255) > 31 ? 31 : b),
  shru32: (a: number, b: number): number => ((b & 255) > 31 ? 0 : a >>> b),
  div: quotient,
  div32: quotient32,
  mod: modulo,
  signed: (x: Word): Word => (typeof x === 'number' ? x : signed(x)),
  unsigned: asUnsigned,
  toInt,
  toUint,
  toInt32,
  toPointer,
  pointerTo,
  address,
  load8,
  load16,
  load32,
  store,
  arity,
} as const;

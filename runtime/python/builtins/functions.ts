/** The builtin functions that need no interpreter. */
import { None, NotImplemented, type PyFunction, type PyObject } from '../objects/object';
import { lookUp } from '../objects/running';
import { heap, refuse } from '../objects/heap';
import { exception, exceptionTypes, typeError, valueError, type ExceptionName, wrongCount } from '../objects/raise';
import { stopIteration } from '../objects/iterator';
import { identityHash, truth, unsupportedBinary } from '../interpreter/operators';
import { withNumbers, type Builtin, type KeywordArgument } from '../interpreter/signature';
import { callable } from '../interpreter/call';
import { deleteAttributeOf, findAttribute, getAttribute, setAttribute } from '../interpreter/attributes';
import { intFloorDiv, intMod, intOperand, normal, plainInt, type Int } from '../objects/int';
import { PyFloat, floatFloorDiv, floatMod, convertedFloat, floatOperand, makeFloat } from '../objects/float';
import { hasNarrowWords, smallIntBits } from '../objects/machine-word';
import { findMethod, isIterator, PyInstance, specialHash } from '../objects/instance';
import { numberOf } from '../objects/number';
import { PyBytes } from '../objects/bytes';
import { PyComplex } from '../objects/complex';
import { PyList } from '../objects/list';
import { PyRange } from '../objects/range';
import { PyTuple, itemsOf } from '../objects/tuple';
import { machineInt } from '../objects/slice';
import { sortItems } from '../objects/sort';
import { makeStr, textOf } from '../objects/str';
import { encodeUtf8 } from '../../bytes/utf8';
import { isType, isWithin, nameArgument } from './arguments';
import { build_class } from './types';

const methodOf = (o: PyObject, name: string): PyFunction | undefined =>
  typeof o === 'object' ? (o as unknown as Record<string, PyFunction | undefined>)[`${name}$`] : undefined;

/** Whether something thrown is a Python exception of the type, or of one derived from it. */
function isException(thrown: unknown, name: ExceptionName): boolean {
  return thrown instanceof PyInstance && thrown.cls.ancestors.has(exceptionTypes[name]);
}

// ---- numbers

function builtin_abs(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  return typeof x === 'number' ? (x < 0 ? -x : x) : x.py_abs();
}
withNumbers(builtin_abs, Math.abs);

/** The int of an argument that has to be one, of any size. */
function intArgument(x: PyObject): Int {
  return intOperand(x) ?? machineInt(x);
}

/** An int in another base, with its prefix. */
function inBase(value: Int, base: number, prefix: string): string {
  return value < 0 ? `-${prefix}${(-value).toString(base)}` : prefix + value.toString(base);
}

/** MicroPython has `%` make the text, which takes a tuple for its arguments. */
function formattedInt(x: PyObject): Int {
  if (!(x instanceof PyTuple)) return intArgument(x);
  if (x.la.length === 0) throw typeError('format string needs more arguments');
  const value = intArgument(x.la[0] as PyObject);
  if (x.la.length > 1) throw typeError("format string didn't convert all arguments");
  return value;
}

function builtin_hex(x: PyObject): PyObject {
  if (heap.locked !== 0) refuse();
  return inBase(formattedInt(x), 16, '0x');
}
const builtin_oct = (x: PyObject): PyObject => inBase(formattedInt(x), 8, '0o');

function builtin_bin(x: PyObject): PyObject {
  if (heap.locked !== 0) refuse();
  const value = intOperand(x);
  if (value === undefined) throw valueError(`unknown format code 'b' for object of type '${x.cls.typeName}'`);
  return inBase(value, 2, '0b');
}

function builtin_divmod(a: PyObject, b: PyObject): PyObject {
  if (a instanceof PyInstance) return divmodOf(a, b);
  const x = plainInt(a);
  const y = plainInt(b);
  if (x !== undefined && y !== undefined) return new PyTuple([intFloorDiv(x, y), intMod(x, y)]);
  const f = floatOperand(a);
  const g = floatOperand(b) ?? (a instanceof PyFloat ? convertedFloat(b) : undefined);
  if (f === undefined || g === undefined) return unsupportedBinary('__divmod__', x ?? a, b);
  return new PyTuple([makeFloat(floatFloorDiv(f, g)), makeFloat(floatMod(f, g))]);
}

function divmodOf(a: PyInstance, b: PyObject): PyObject {
  const special = methodOf(a, '__divmod__');
  if (special === undefined && a.native !== undefined) return builtin_divmod(a.native, b);
  const result = special === undefined ? NotImplemented : special(a, b);
  return result === NotImplemented ? unsupportedBinary('__divmod__', a, b) : result;
}

function builtin_pow(base: PyObject, exponent: PyObject, modulus: PyObject = None): PyObject {
  if (modulus === None) return base.py_pow(exponent);
  const b = plainInt(base);
  const e = plainInt(exponent);
  const m = plainInt(modulus);
  if (b === undefined || e === undefined || m === undefined) {
    throw typeError('pow() with 3 arguments requires integers');
  }
  if (m === 0) throw valueError('divide by zero');
  return modularPower(BigInt(b), BigInt(e), BigInt(m));
}

function modularPower(base: bigint, exponent: bigint, modulus: bigint): Int {
  if (exponent < 0n) return 0;
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    lookUp();
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return intMod(normal(result), normal(modulus));
}

function builtin_round(x: PyObject, digits?: PyObject): PyObject {
  const value = typeof x === 'boolean' || x instanceof PyInstance ? undefined : intOperand(x);
  if (value !== undefined) return digits === undefined ? value : roundInt(value, machineInt(digits));
  const f = numberOf(x);
  if (digits !== undefined) {
    const factor = Math.pow(10, machineInt(digits));
    return makeFloat(nearestEven(makeFloat(f * factor).f) / factor);
  }
  if (Number.isNaN(f)) throw valueError("can't convert NaN to int");
  if (!Number.isFinite(f)) throw exception('OverflowError', "can't convert inf to int");
  const nearest = nearestEven(f);
  return Number.isSafeInteger(nearest) ? nearest + 0 : normal(BigInt(nearest));
}

/** The integer next to a float; the even one of two. */
function nearestEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest < 0.5) return below;
  const nearest = rest > 0.5 || below % 2 !== 0 ? below + 1 : below;
  return nearest === 0 && x < 0 ? -0 : nearest;
}

function roundInt(value: Int, digits: number): Int {
  if (digits >= 0) return value;
  const unit = normal(10n ** BigInt(-digits));
  const rest = intMod(value, unit);
  const below = normal(BigInt(value) - BigInt(rest));
  const half = intFloorDiv(unit, 2);
  const isOdd = intMod(intFloorDiv(value, unit), 2) === 1;
  return rest > half || (rest === half && isOdd) ? normal(BigInt(below) + BigInt(unit)) : below;
}

function builtin_sum(items: PyObject, start: PyObject): PyObject {
  const given = arguments.length;
  if (given === 0 || given > 2) wrongCount(given, 1, 2);
  let total: PyObject = given === 1 ? 0 : start;
  const it = items.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    const plain = typeof total === 'number' && typeof item === 'number' ? total + item : NaN;
    total = Number.isSafeInteger(plain) ? plain : total.py_add(item);
  }
  return total;
}

// ---- the least and the greatest

/** Whether `a` comes before `b`; only True counts. */
type Before = (a: PyObject, b: PyObject) => boolean;
const isLess: Before = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a < b : a.py_lt(b) === true);
const isMore: Before = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a > b : a.py_gt(b) === true);

// Written out for each: V8 keeps what it learns of the comparison by the function it stands in.

function builtin_min(a: PyObject, b: PyObject): PyObject {
  const count = arguments.length;
  if (count < 2) return best(isLess, count === 0 ? [] : [a]);
  let found = isLess(b, a) ? b : a;
  for (let i = 2; i < count; i++) {
    const item = arguments[i] as PyObject; // eslint-disable-line prefer-rest-params
    if (isLess(item, found)) found = item;
  }
  return found;
}

function builtin_max(a: PyObject, b: PyObject): PyObject {
  const count = arguments.length;
  if (count < 2) return best(isMore, count === 0 ? [] : [a]);
  let found = isMore(b, a) ? b : a;
  for (let i = 2; i < count; i++) {
    const item = arguments[i] as PyObject; // eslint-disable-line prefer-rest-params
    if (isMore(item, found)) found = item;
  }
  return found;
}

const min_bound = (args: PyObject[], key?: PyObject, otherwise?: PyObject): PyObject =>
  best(isLess, args, key, otherwise);
const max_bound = (args: PyObject[], key?: PyObject, otherwise?: PyObject): PyObject =>
  best(isMore, args, key, otherwise);

/** The item that comes before all others: of the only argument, or of the arguments. */
function best(before: Before, args: PyObject[], key: PyObject = None, otherwise?: PyObject): PyObject {
  if (args.length === 0) throw typeError('function missing 1 required positional arguments');
  const it = (args.length === 1 ? (args[0] as PyObject) : new PyTuple(args)).py_iter();
  const keyOf = key === None ? undefined : callable(key);
  let found = it.n();
  if (found === undefined) {
    if (otherwise === undefined) throw valueError('arg is an empty sequence');
    return otherwise;
  }
  let foundKey = keyOf === undefined ? found : keyOf(found);
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    const itemKey = keyOf === undefined ? item : keyOf(item);
    if (before(itemKey, foundKey)) {
      found = item;
      foundKey = itemKey;
    }
  }
  return found;
}

// ---- characters

function builtin_chr(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  const code = typeof x === 'number' ? x : machineInt(x);
  if (code < 0 || code >= 0x110000) throw valueError('chr() arg not in range(0x110000)');
  return code < 0xd800 ? String.fromCharCode(code) : makeStr(String.fromCodePoint(code));
}

function builtin_ord(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  if (typeof x === 'string' && x.length === 1) return x.charCodeAt(0);
  const text = textOf(x);
  if (text !== undefined) {
    const length = x.py_len();
    return length === 1 ? (text.codePointAt(0) as number) : notOne(length);
  }
  if (!(x instanceof PyBytes)) return nameArgument(x);
  const { bytes } = x;
  return bytes.length === 1 ? (bytes[0] as number) : notOne(bytes.length);
}

function notOne(length: number): never {
  throw typeError(`ord() expected a character, but string of length ${length} found`);
}

function builtin_repr(x: PyObject): PyObject {
  if (heap.locked !== 0) refuse();
  return makeStr(x.py_repr());
}

// ---- iteration

function builtin_all(items: PyObject): PyObject {
  const it = items.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    if (!truth(item)) return false;
  }
  return true;
}

function builtin_any(items: PyObject): PyObject {
  const it = items.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    lookUp();
    if (truth(item)) return true;
  }
  return false;
}

function builtin_iter(x: PyObject): PyObject {
  if (heap.locked !== 0) refuse();
  const special = methodOf(x, '__iter__');
  return special === undefined ? x.py_iter() : special(x);
}

function builtin_len(x: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  const { la } = x;
  if (la !== undefined) return la.length;
  if (typeof x === 'string') return x.length;
  return x instanceof PyRange ? x.count : x.py_len();
}

function builtin_next(x: PyObject, otherwise: PyObject): PyObject {
  const given = arguments.length;
  if (given === 0 || given > 2) wrongCount(given, 1, 2);
  if (isIterator(x)) {
    const item = x.n();
    if (item !== undefined) return item;
    return given === 2 ? otherwise : stopIteration(x);
  }
  const next = x instanceof PyInstance ? findMethod(x, '__next__') : undefined;
  if (next === undefined) throw typeError(`'${x.cls.typeName}' object isn't an iterator`);
  if (given === 1) return next();
  try {
    return next();
  } catch (e) {
    if (isException(e, 'StopIteration')) return otherwise;
    throw e;
  }
}

function builtin_sorted(args: PyObject[], keywords: KeywordArgument[]): PyObject {
  const [items] = args;
  if (items === undefined) throw typeError('function missing 1 required positional arguments');
  if (args.length > 1) throw typeError('must use keyword argument for key function');
  let key: PyObject | undefined;
  let reverse = false;
  for (const [name, value] of keywords) {
    if (name === 'key') key = value;
    else if (name === 'reverse') reverse = truth(value);
    else throw typeError('extra keyword arguments given');
  }
  return new PyList(sortItems(itemsOf(items), key, reverse));
}

// ---- objects and classes

function builtin_callable(x: PyObject): PyObject {
  if (typeof x === 'function') return true;
  if (x instanceof PyInstance) return methodOf(x, '__call__') !== undefined || builtin_callable(x.native ?? None);
  return x.py_callable !== None.py_callable;
}

const builtin_id = (x: PyObject): PyObject => {
  switch (typeof x) {
    case 'number':
      return Number.isSafeInteger(2 * x + 1) ? 2 * x + 1 : x;
    case 'bigint':
      return x;
    case 'boolean':
      return x ? 30 : 14;
    case 'string':
      return (x.py_hash() >>> 0) * 8 + 2;
    default:
      return identityHash(x);
  }
};

function builtin_hash(x: PyObject): PyObject {
  switch (typeof x) {
    case 'number':
      return normal(smallIntBits(x));
    case 'bigint':
      return normal(smallIntBits(x < 0n ? -lowWord(-x) : lowWord(x)));
    case 'boolean':
      return x ? 1 : 0;
    case 'string':
      return bytesHash(encodeUtf8(x));
    default: {
      if (x instanceof PyFloat) return normal(floatHash(x.f));
      if (x instanceof PyComplex) return normal(floatHash(x.re) ^ floatHash(x.im));
      if (x instanceof PyBytes) return bytesHash(x.bytes);
      const special = methodOf(x, '__hash__');
      if (special !== undefined) return specialHash(special(x));
      return typeof x.native === 'string' ? builtin_hash(x.native) : x.py_hash();
    }
  }
}

/** A float without its fraction. */
const floatHash = (x: number): bigint => (Math.abs(x) < 2 ** 63 ? smallIntBits(Math.trunc(x)) : 0n);

const lowWord = (x: bigint): bigint => BigInt.asUintN(hasNarrowWords() ? 32 : 64, x);

/** The hash of bytes, and of text as UTF-8: 16 bits, and never 0. */
function bytesHash(bytes: Uint8Array): number {
  let hash = 5381;
  for (const byte of bytes) hash = (Math.imul(hash, 33) ^ byte) & 0xffff;
  return hash === 0 ? 1 : hash;
}

function builtin_isinstance(x: PyObject, type: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2);
  const { cls } = x;
  return cls === type || isWithin(cls, type);
}

function builtin_issubclass(cls: PyObject, type: PyObject): PyObject {
  if (!isType(cls)) throw typeError('issubclass() arg 1 must be a class');
  return isWithin(cls, type);
}

function builtin_getattr(x: PyObject, name: PyObject, otherwise?: PyObject): PyObject {
  if (arguments.length < 2 || arguments.length > 3) wrongCount(arguments.length, 2, 3);
  const text = nameArgument(name);
  if (otherwise === undefined) return getAttribute(x, text);
  return findOrNone(x, text) ?? otherwise;
}

function builtin_hasattr(x: PyObject, name: PyObject): PyObject {
  return findOrNone(x, nameArgument(name)) !== undefined;
}

/** The attribute, or undefined also where looking for it raises AttributeError. */
function findOrNone(x: PyObject, name: string): PyObject | undefined {
  try {
    return findAttribute(x, name);
  } catch (e) {
    if (!isException(e, 'AttributeError')) throw e;
    // Where a property raised it, MicroPython is left with the property.
    return x instanceof PyInstance ? x.cls.table[`$${name}`] : undefined;
  }
}

function builtin_setattr(x: PyObject, name: PyObject, value: PyObject): PyObject {
  if (arguments.length !== 3) wrongCount(arguments.length, 3);
  setAttribute(x, nameArgument(name), value);
  return None;
}

function builtin_delattr(x: PyObject, name: PyObject): PyObject {
  deleteAttributeOf(x, nameArgument(name));
  return None;
}

/** Rows: a signature and its function; with a third entry, it is hot and counts its positional arguments itself. */
export const functionRows: readonly (readonly [signature: string, fn: Builtin, how?: 'direct', bound?: Builtin])[] = [
  ['__build_class__(body, name, /, *bases)', build_class],
  ['abs(x, /)', builtin_abs, 'direct'],
  ['all(iterable, /)', builtin_all],
  ['any(iterable, /)', builtin_any],
  ['bin(number, /)', builtin_bin],
  ['callable(object, /)', builtin_callable],
  ['chr(code, /)', builtin_chr, 'direct'],
  ['delattr(object, name, /)', builtin_delattr],
  ['divmod(x, y, /)', builtin_divmod],
  ['getattr(object, name, default=None, /)', builtin_getattr, 'direct'],
  ['hasattr(object, name, /)', builtin_hasattr],
  ['hash(object, /)', builtin_hash],
  ['hex(number, /)', builtin_hex],
  ['id(object, /)', builtin_id],
  ['isinstance(object, class_or_tuple, /)', builtin_isinstance, 'direct'],
  ['issubclass(cls, class_or_tuple, /)', builtin_issubclass],
  ['iter(iterable, /)', builtin_iter],
  ['len(object, /)', builtin_len, 'direct'],
  ['max(*args, key=None, default=None)', builtin_max, 'direct', max_bound],
  ['min(*args, key=None, default=None)', builtin_min, 'direct', min_bound],
  ['next(iterator, default=None, /)', builtin_next, 'direct'],
  ['oct(number, /)', builtin_oct],
  ['ord(character, /)', builtin_ord, 'direct'],
  ['pow(base, exp, mod=None, /)', builtin_pow],
  ['repr(object, /)', builtin_repr],
  ['round(number, ndigits=None, /)', builtin_round],
  ['setattr(object, name, value, /)', builtin_setattr, 'direct'],
  ['sorted(*args, **kwargs)', builtin_sorted],
  ['sum(iterable, start=0, /)', builtin_sum, 'direct'],
];

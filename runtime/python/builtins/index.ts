/** The builtins module of an interpreter: every name a program finds without importing. */
import { Ellipsis, NotImplemented, type Attributes, type PyFunction, type PyObject } from '../objects/object';
import { objectType, type PyType } from '../objects/type';
import { exceptionTypes } from '../objects/raise';
import { PyModule } from '../objects/module';
import { PyFloat } from '../objects/float';
import { PyByteArray, PyBytes } from '../objects/bytes';
import { PyComplex } from '../objects/complex';
import { dictType } from '../objects/dict';
import { enumerateType, filterType, mapType, reversedType, zipType } from '../objects/iterators';
import { listType } from '../objects/list';
import { memoryviewType } from '../objects/memoryview';
import { rangeType } from '../objects/range';
import { frozensetType, setType } from '../objects/set';
import { sliceType } from '../objects/slice';
import { tupleType } from '../objects/tuple';
import { checked } from '../interpreter/signature';
import { direct } from './arguments';
import { frameRows } from './frame';
import { functionRows } from './functions';
import type { BuiltinsHost } from './host';
import { createPrint, inputOutputRows } from './input-output';
import { classmethodType, propertyType, staticmethodType, superType, typeType } from './types';

export type { BuiltinsHost };

const typeOf = (prototype: object): PyType => (prototype as { cls: PyType }).cls;

/** The builtin types by name. */
const types = (): Record<string, PyType> => ({
  bool: typeOf(Boolean.prototype),
  bytearray: typeOf(PyByteArray.prototype),
  bytes: typeOf(PyBytes.prototype),
  classmethod: classmethodType,
  complex: typeOf(PyComplex.prototype),
  dict: dictType,
  enumerate: enumerateType,
  filter: filterType,
  float: typeOf(PyFloat.prototype),
  frozenset: frozensetType,
  int: typeOf(Number.prototype),
  list: listType,
  map: mapType,
  memoryview: memoryviewType,
  object: objectType,
  property: propertyType,
  range: rangeType,
  reversed: reversedType,
  set: setType,
  slice: sliceType,
  staticmethod: staticmethodType,
  str: typeOf(String.prototype),
  super: superType,
  tuple: tupleType,
  type: typeType,
  zip: zipType,
});

const nameIn = (signature: string): string => signature.slice(0, signature.indexOf('('));

let shared: readonly (readonly [key: string, value: PyObject])[] | undefined;

/** What all interpreters have in common; made once, as nothing in it changes. */
function sharedBuiltins(): readonly (readonly [key: string, value: PyObject])[] {
  if (shared !== undefined) return shared;
  const found: [string, PyObject][] = [];
  for (const [name, type] of Object.entries(types())) found.push([`$${name}`, type]);
  for (const [signature, fn, how, bound] of functionRows) {
    const value: PyFunction = how === 'direct' ? direct(signature, fn, bound) : checked(signature, fn);
    found.push([`$${nameIn(signature)}`, value]);
  }
  for (const [name, type] of Object.entries(exceptionTypes)) found.push([`$${name}`, type]);
  found.push(['$Ellipsis', Ellipsis], ['$NotImplemented', NotImplemented]);
  return (shared = found);
}

/** Makes the builtins of one interpreter; `extras` are those that live elsewhere (`open`). */
export function createBuiltins(host: BuiltinsHost, extras: Readonly<Record<string, PyObject>> = {}): PyModule {
  const module = new PyModule('builtins');
  const names = module as unknown as Attributes;
  for (const [key, value] of sharedBuiltins()) names[key] = value;
  names.$print = createPrint(host);
  for (const [signature, fn] of [...frameRows(host), ...inputOutputRows(host)]) {
    names[`$${nameIn(signature)}`] = checked(signature, fn);
  }
  for (const [name, value] of Object.entries(extras)) names[`$${name}`] = value;
  return settle(module);
}

/** Being a prototype makes an object's properties quick to find, however many were added one by one. */
function settle<T extends object>(object: T): T {
  Object.create(object);
  return object;
}

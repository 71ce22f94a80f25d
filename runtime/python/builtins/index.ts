/** The builtins module of an interpreter: every name a program finds without importing. */
import { Ellipsis, NotImplemented, type Attributes, type PyFunction, type PyObject } from '../objects/object';
import { objectType, type PyType } from '../objects/type';
import { exceptionTypes, type ExceptionName } from '../objects/raise';
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
  __proto__: null as never,
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

/** Names and values, one after the other: at the start of a program, a pair for each would be work for nobody. */
interface Names {
  readonly keys: string[];
  readonly values: PyObject[];
}

let shared: Names | undefined;

/** What all interpreters have in common; made once, as nothing in it changes. */
function sharedBuiltins(): Names {
  if (shared !== undefined) return shared;
  const names: Names = { keys: [], values: [] };
  const add = (name: string, value: PyObject): void => {
    names.keys.push(`$${name}`);
    names.values.push(value);
  };
  const builtinTypes = types();
  for (const name in builtinTypes) add(name, builtinTypes[name] as PyType);
  for (const row of functionRows) {
    const signature = row[0];
    const value: PyFunction = row[2] === 'direct' ? direct(signature, row[1], row[3]) : checked(signature, row[1]);
    add(nameIn(signature), value);
  }
  for (const name in exceptionTypes) add(name, exceptionTypes[name as ExceptionName]);
  add('Ellipsis', Ellipsis);
  add('NotImplemented', NotImplemented);
  return (shared = names);
}

/** Makes the builtins of one interpreter; `extras` are those that live elsewhere (`open`). */
export function createBuiltins(host: BuiltinsHost, extras: Readonly<Record<string, PyObject>> = {}): PyModule {
  const module = new PyModule('builtins');
  const names = module as unknown as Attributes;
  const { keys, values } = sharedBuiltins();
  for (let i = 0; i < keys.length; i++) names[keys[i] as string] = values[i];
  names.$print = createPrint(host);
  for (const row of [...frameRows(host), ...inputOutputRows(host)]) {
    names[`$${nameIn(row[0])}`] = checked(row[0], row[1]);
  }
  for (const name in extras) names[`$${name}`] = extras[name];
  return settle(module);
}

/** Being a prototype makes an object's properties quick to find, however many were added one by one. */
function settle<T extends object>(object: T): T {
  Object.create(object);
  return object;
}

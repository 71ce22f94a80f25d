/** The names that `dir()` and `help()` find on a value. */
import type { Attributes, PyObject } from '../objects/object';
import { BuiltinProperty, objectType, type PyType } from '../objects/type';
import { PyInstance } from '../objects/instance';
import { isType } from './arguments';
import { PyModule } from '../objects/module';

/** What the table of a type holds, its bases included: name and unbound value. */
export function typeEntries(type: PyType): [string, PyObject][] {
  const found: [string, PyObject][] = [];
  for (const key in type.table) {
    const value = type.table[key] as PyObject | undefined;
    if (value !== undefined) found.push([key.slice(1), value]);
  }
  return found;
}

/** What an object holds itself. */
export function ownEntries(holder: object): [string, PyObject][] {
  const found: [string, PyObject][] = [];
  for (const key of Object.keys(holder)) {
    const value = (holder as Attributes)[key] as PyObject | undefined;
    if (key.startsWith('$') && value !== undefined) found.push([key.slice(1), value]);
  }
  return found;
}

/** Whether a type itself has an entry of its table: what only its objects have does not count. */
function isOfType(type: PyType, name: string, value: PyObject): boolean {
  if (type.user === true) return true;
  if (value instanceof BuiltinProperty || name === '__next__' || name === 'indices') return false;
  return name !== '__init__' || type.isException !== true;
}

/** What `object` has, found by name through a class. */
const OBJECT_METHODS = ['__init__', '__new__', '__setattr__', '__delattr__'];

/** The names of all attributes of a value, each once. */
export function attributeNames(x: PyObject): string[] {
  const names = new Set<string>(['__class__']);
  const add = (entries: readonly [string, PyObject][]): void => {
    for (const [name] of entries) names.add(name);
  };
  if (isType(x)) {
    for (const name of ['__name__', '__bases__', '__dict__']) names.add(name);
    if (x === objectType) for (const name of OBJECT_METHODS) names.add(name);
    for (const type of x.ancestors) add(typeEntries(type).filter(([name, value]) => isOfType(type, name, value)));
    return [...names];
  }
  if (x instanceof PyInstance || x instanceof PyModule) {
    names.add('__dict__');
    add(ownEntries(x));
  }
  for (const type of x.cls.ancestors) add(typeEntries(type));
  if (x.native !== undefined) add(typeEntries(x.native.cls));
  return [...names];
}

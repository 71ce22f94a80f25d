/** The names that `dir()` and `help()` find on a value. */
import type { Attributes, PyObject } from '../objects/object';
import type { PyType } from '../objects/type';
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

/** The names of all attributes of a value, each once. */
export function attributeNames(x: PyObject): string[] {
  const names = new Set<string>(['__class__']);
  const add = (entries: readonly [string, PyObject][]): void => {
    for (const [name] of entries) names.add(name);
  };
  if (isType(x)) {
    for (const name of ['__name__', '__bases__', '__dict__']) names.add(name);
    for (const type of x.ancestors) add(typeEntries(type));
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

/** What the `match` statement and `except*` of the host grammar ask of values. */
import { PyInstance } from '../objects/instance';
import type { PyObject } from '../objects/object';
import type { PyType } from '../objects/type';
import { PyDict } from '../objects/dict';
import { typeError } from '../objects/raise';
import { findAttribute } from './attributes';

/** The items of a value that a sequence pattern can match, or null. */
export function matchSequence(value: PyObject): PyObject[] | null {
  return (value.native ?? value).la ?? null;
}

/** The values at `keys` of a mapping, or null where it is no mapping or one is missing. */
export function matchMapping(value: PyObject, keys: readonly PyObject[]): PyObject[] | null {
  const mapping = value.native ?? value;
  if (!(mapping instanceof PyDict)) return null;
  const found: PyObject[] = [];
  for (const key of keys) {
    const item = mapping.get(key);
    if (item === undefined) return null;
    found.push(item);
  }
  return found;
}

/** What a mapping holds besides `keys`: `**rest`. */
export function matchRest(value: PyObject, keys: readonly PyObject[]): PyDict {
  const rest = new PyDict();
  const mapping = (value.native ?? value) as PyDict;
  mapping.each((k, v) => {
    rest.py_setitem(k, v);
  });
  for (const key of keys) rest.py_delitem(key);
  return rest;
}

/** The sub-values of `Class(p1, …, name=p)`, or null where the value is no instance or lacks an attribute. */
export function matchClass(
  value: PyObject,
  type: PyObject,
  positional: number,
  names: readonly string[],
): PyObject[] | null {
  if ((type as Partial<PyType>).isType !== true) throw typeError('called match pattern must be a class');
  const cls = type as PyType;
  if (value.cls !== cls && !value.cls.ancestors.has(cls)) return null;
  const found: PyObject[] = [];
  if (positional > 0) {
    const args = findAttribute(cls, '__match_args__')?.la;
    if (args === undefined) {
      if (positional > 1 || value instanceof PyInstance) {
        throw typeError(`${cls.typeName}() accepts 0 positional sub-patterns (${String(positional)} given)`);
      }
      found.push(value);
    } else {
      if (args.length < positional) {
        throw typeError(
          `${cls.typeName}() accepts ${String(args.length)} positional sub-patterns (${String(positional)} given)`,
        );
      }
      for (const name of args.slice(0, positional)) {
        const item = findAttribute(value, name.py_str());
        if (item === undefined) return null;
        found.push(item);
      }
    }
  }
  for (const name of names) {
    const item = findAttribute(value, name);
    if (item === undefined) return null;
    found.push(item);
  }
  return found;
}

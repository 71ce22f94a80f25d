/** Calls that are not plain positional ones: keywords, `*args`, `**kwargs`, and attributes that are called. */
import { NotImplemented, type Attributes, type PyFunction, type PyObject } from '../objects/object';
import { codeOf, withoutSelf, type PythonFunction } from '../objects/function';
import { PyBoundMethod, type PyType } from '../objects/type';
import { PyTuple, itemsOf } from '../objects/tuple';
import { checkedName } from '../objects/name';
import { PyDict } from '../objects/dict';
import { makeStr, textOf } from '../objects/wide-str';
import { construct } from '../objects/class';
import { countMessage, raise, typeError } from '../objects/raise';
import { signatureOf, type BuiltinFunction, type KeywordArgument } from './signature';
import { getAttribute } from './attributes';

/** Calls anything with positional and keyword arguments. */
export function callWithKeywords(
  callee: PyObject,
  args: readonly PyObject[],
  keywords: readonly KeywordArgument[],
): PyObject {
  if (typeof callee === 'function') {
    const f = callee as PyFunction;
    if (keywords.length === 0) return f(...args);
    if ((f as Partial<PyType>).user === true) return construct(f as PyType, args, keywords);
    if (codeOf(f) !== undefined) {
      const python = f as PythonFunction;
      return (python.body ?? python)(...(bindPython(python, args, keywords) as PyObject[]));
    }
    const signature = signatureOf(f);
    if (signature === undefined) throw typeError("function doesn't take keyword arguments");
    const bound = signature.bind(args, keywords) as PyObject[];
    return ((f as BuiltinFunction).fn as unknown as PyFunction)(...bound);
  }
  if (callee instanceof PyBoundMethod) {
    return callWithKeywords(callee.func, [callee.self, ...args], keywords);
  }
  if (keywords.length === 0) return callee.py_callable()(...args);
  const method = (callee as unknown as Attributes).__call__$;
  if (method !== undefined) return callWithKeywords(method, [callee, ...args], keywords);
  return callWithKeywords(callee.py_callable(), args, keywords);
}

/**
 * The JS arguments of a Python function for a call with keywords: every positional parameter, then the tuple of
 * `*args`, then the keyword-only ones, then the dict of `**kwargs`. Raises TypeError where they do not fit.
 */
export function bindPython(
  f: PythonFunction,
  args: readonly PyObject[],
  keywords: readonly KeywordArgument[],
): unknown[] {
  const { code } = f;
  const count = code.positional;
  const slots: (PyObject | undefined)[] = args.slice(0, count);
  if (args.length > count && !code.rest) throw wrongCount(code.name, count + code.closed, args.length + code.closed);
  while (slots.length < count) slots.push(undefined);
  const only: (PyObject | undefined)[] = code.args.slice(count).map(() => undefined);
  const extra: PyDict | null = code.keywords ? new PyDict() : null;
  for (const [name, value] of keywords) {
    const at = code.args.indexOf(name);
    if (at >= count) {
      if (only[at - count] !== undefined) throw typeError(`function got multiple values for argument '${name}'`);
      only[at - count] = value;
    } else if (at >= code.positionalOnly) {
      if (slots[at] !== undefined) {
        throw typeError(`function got multiple values for argument '${name}'`);
      }
      slots[at] = value;
    } else if (extra !== null) {
      const key = makeStr(name);
      if (extra.get(key) !== undefined) {
        throw typeError(`function got multiple values for argument '${name}'`);
      }
      extra.set(key, value);
    } else throw typeError(`unexpected keyword argument '${name}'`);
  }
  // Defaults of keyword-only parameters have MicroPython look at everything as at a call with keywords.
  const looks = keywords.length > 0 || f.keywordDefaults.some((value) => value !== undefined);
  for (let i = count - 1; i >= 0; i--) {
    if (slots[i] !== undefined) continue;
    if (i >= code.required) slots[i] = f.defaults[i - code.required];
    else if (!looks) throw wrongCount(code.name, code.required + code.closed, args.length + code.closed);
    // MicroPython names the last one that is missing, and counts from 0.
    else throw typeError(`function missing required positional argument #${String(i + code.closed)}`);
  }
  if (code.rest) {
    const rest = args.slice(count);
    if (f.body === undefined) slots.push(...rest);
    else slots.push(new PyTuple(rest));
  }
  if (only.length > 0) slots.push(...keywordOnly(f, only, looks));
  if (extra !== null) slots.push(extra);
  return slots;
}

/** The keyword-only arguments with their defaults; `looks` when MicroPython tells which one is missing. */
function keywordOnly(f: PythonFunction, given: readonly (PyObject | undefined)[], looks: boolean): PyObject[] {
  const { code } = f;
  const values = given.map((value, i) => value ?? f.keywordDefaults[i]);
  const missing = values.map((value, i) => (value === undefined ? code.args[code.positional + i] : undefined));
  // After `*args`, MicroPython has the last of them stand first.
  const names = code.rest ? [missing.pop(), ...missing] : missing;
  const name = names.find((n) => n !== undefined);
  if (name === undefined) return values as PyObject[];
  if (!looks) throw typeError('function missing keyword-only argument');
  throw typeError(`function missing required keyword argument '${name}'`);
}

function wrongCount(name: string, wanted: number, given: number): PyObject {
  return typeError(countMessage(name, wanted, given));
}

/** Raises the TypeError of a function called with the wrong number of arguments. */
export function arityError(given: number, required: number, max: number, name: string): never {
  throw wrongCount(name, given < required ? required : max, given);
}

/** The JS function behind any callable, for a call site `f(…)`. */
export function callable(f: PyObject): PyFunction {
  return typeof f === 'function' ? (f as PyFunction) : f.py_callable();
}

/** The function for a call `o.name(…)` where `o.name$` is not there: it will be called with `o` first. */
export function methodToCall(o: PyObject, name: string): PyFunction {
  const value = getAttribute(o, name);
  if (value instanceof PyBoundMethod && value.self === o && typeof value.func === 'function') {
    return value.func as PyFunction;
  }
  return withoutSelf(callable(value));
}

/** `**mapping` in a call, as keyword arguments. */
export function spreadKeywords(mapping: PyObject): KeywordArgument[] {
  const keywords: KeywordArgument[] = [];
  const name = (key: PyObject): string => {
    const text = textOf(key);
    if (text === undefined) throw typeError(`can't convert '${key.cls.typeName}' object to str implicitly`);
    return checkedName(text);
  };
  if (mapping instanceof PyDict) {
    mapping.each((key, value) => void keywords.push([name(key), value]));
    return keywords;
  }
  const keys = getAttribute(mapping, 'keys');
  const it = callable(keys)().py_iter();
  for (let key = it.n(); key !== undefined; key = it.n()) {
    keywords.push([name(key), mapping.py_getitem(key)]);
  }
  return keywords;
}

/** The items of `*iterable` in a call or a display. */
export function spread(iterable: PyObject): PyObject[] {
  return iterable.la ?? itemsOf(iterable);
}

/** `a, b = value`: exactly `count` items. */
export function unpack(value: PyObject, count: number): readonly PyObject[] {
  const items = value.la ?? unpackSome(value, count);
  if (items.length < count) raise('ValueError', `need more than ${String(items.length)} values to unpack`);
  if (items.length > count) raise('ValueError', `too many values to unpack (expected ${String(count)})`);
  return items;
}

/** Draws one item more than wanted, so that an endless iterator ends. */
function unpackSome(value: PyObject, count: number): PyObject[] {
  const items: PyObject[] = [];
  const it = value.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) {
    items.push(item);
    if (items.length > count) break;
  }
  return items;
}

/** `a, *b, c = value`: `before` items, the rest as a JS array, `after` items. */
export function unpackStar(value: PyObject, before: number, after: number): [PyObject[], PyObject[], PyObject[]] {
  const items = value.la === undefined ? spread(value) : value.la;
  if (items.length < before + after) {
    // Of what is no list or tuple, MicroPython counts only what comes before the star.
    const count = value.la === undefined ? Math.min(items.length, before) : items.length;
    raise('ValueError', `need more than ${String(count)} values to unpack`);
  }
  const end = items.length - after;
  return [items.slice(0, before), items.slice(before, end), items.slice(end)];
}

export { NotImplemented };

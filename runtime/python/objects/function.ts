/** Functions made by `def` and `lambda`: JS functions that carry what a keyword call and a traceback need. */
import { defineAll, type Attributes, type PyFunction, type PyObject } from './object';
import { heap } from './heap';
import { lookAtHeap } from './running';
import { defineType, type PyType } from './type';
import { identityHash, slotsOf } from '../interpreter/operators';
import { hasDetailedMessages } from './raise';
import { signatureOf } from '../interpreter/signature';
import type { Code } from '../compile/code';

export type { Code };

/** A function made by `def`. */
export interface PythonFunction extends PyFunction {
  readonly code: Code;
  /** Defaults of the last positional parameters. */
  readonly defaults: readonly PyObject[];
  /** Defaults of the keyword-only parameters; undefined where required. */
  readonly keywordDefaults: readonly (PyObject | undefined)[];
  /** With keyword-only parameters or `**kwargs`: the function that takes every parameter in order. */
  readonly body?: (...args: unknown[]) => PyObject;
}

/** The code of a function made by `def`, or undefined for a builtin. */
export function codeOf(f: PyObject): Code | undefined {
  return (f as Partial<PythonFunction>).code;
}

/** How `f.__globals__` is made; the dict module fills it in. */
export const globalsDict = {
  make(globals: PyObject): PyObject {
    return globals;
  },
};

const functionSlots = {
  py_repr(this: PyObject): string {
    const code = codeOf(this);
    if (code === undefined) return '<function>';
    if (code.closed > 0 && !hasDetailedMessages()) return '<closure>';
    const at = identityHash(this).toString(16);
    if (code.isGenerator) return `<generator object '${code.name}' at ${at}>`.replace(' object', '');
    return `<function ${code.name} at 0x${at}>`;
  },
  py_getattr(this: PyObject, name: string): PyObject | undefined {
    if (name === '__name__') return codeOf(this)?.name ?? signatureOf(this)?.name;
    const globals = (codeOf(this) as (Code & { globals?: PyObject }) | undefined)?.globals;
    if (name === '__globals__' && globals !== undefined) return globalsDict.make(globals);
    return name === '__class__' ? this.cls : undefined;
  },
  py_callable(this: PyFunction): PyFunction {
    return this;
  },
};
defineAll(slotsOf(Function.prototype), functionSlots);

export const functionType: PyType = defineType({ name: 'function', proto: Function.prototype });
export const generatorFunctionType: PyType = defineType({ name: 'generator', proto: {} });
export const closureType: PyType = defineType({ name: 'closure', proto: {} });

/** Gives a JS function what a keyword call, `repr` and a traceback need. Called by generated code at each `def`. */
export function makeFunction(
  f: PyFunction,
  code: Code,
  defaults?: readonly PyObject[],
  keywordDefaults?: readonly (PyObject | undefined)[],
  body?: (...args: unknown[]) => PyObject,
): PyFunction {
  if (--heap.left < 0) lookAtHeap();
  const target = f as unknown as Record<string, unknown>;
  target.code = code;
  if (defaults !== undefined) target.defaults = defaults;
  if (keywordDefaults !== undefined) target.keywordDefaults = keywordDefaults;
  if (body !== undefined) target.body = body;
  if (code.closed > 0) target.cls = closureType;
  else if (code.isGenerator) target.cls = generatorFunctionType;
  return f;
}

/** `f` as a method that drops self, for a function kept in an attribute; made once per function. */
export function withoutSelf(f: PyFunction): PyFunction {
  const holder = f as unknown as { dropSelf?: PyFunction };
  return (holder.dropSelf ??= (_self, ...args) => f(...args));
}

export type { Attributes };

/** Taking Python arguments apart: texts, classes, and the errors of builtins that count their arguments themselves. */
import type { PyFunction, PyObject } from '../objects/object';
import { typeError } from '../objects/raise';
import { PyTuple } from '../objects/tuple';
import type { PyType } from '../objects/type';
import { checkedName } from '../objects/name';
import { textOf } from '../objects/str';
import type { Builtin, BuiltinFunction } from '../interpreter/signature';

/** The text of a str argument; raises TypeError. */
export function textArgument(x: PyObject): string {
  return typeof x === 'string' ? x : (textOf(x) ?? notText(x));
}

/** The text of a str argument that is a name: RuntimeError where it is too long for one. */
export function nameArgument(x: PyObject): string {
  return checkedName(textArgument(x));
}

function notText(x: PyObject): never {
  throw typeError(`can't convert '${x.cls.typeName}' object to str implicitly`);
}

/** Whether a value is a class. */
export const isType = (x: PyObject): x is PyType => (x as Partial<PyType>).isType === true;

/** Whether a class is, or derives from, a class or one of a tuple of classes. */
export function isWithin(cls: PyType, type: PyObject): boolean {
  if (isType(type)) return cls.ancestors.has(type);
  if (!(type instanceof PyTuple)) {
    throw typeError('issubclass() arg 2 must be a class or a tuple of classes');
  }
  for (const t of type.la) if (t === cls || (isType(t) && cls.ancestors.has(t))) return true;
  return false;
}

/**
 * A hot builtin: `plain` is called as it is with positional arguments and checks their number itself;
 * `bound` gets what the signature says, for calls with keywords.
 */
export function direct(signature: string, plain: Builtin, bound: Builtin = plain): PyFunction {
  const f = plain as unknown as BuiltinFunction;
  f.signature = signature;
  f.fn = bound;
  return f;
}

/** Arguments that must be numbers, as JS numbers. */
import type { PyObject } from './object';
import { typeError } from './raise';
import { PyFloat, floatOperand } from './float';

/** The value of an int, bool or float, or of an instance with `__float__`; raises TypeError for anything else. */
export function numberOf(value: PyObject): number {
  const x = floatOperand(value);
  if (x !== undefined) return x;
  const f = (value as unknown as { __float__$?: (self: PyObject) => PyObject }).__float__$;
  if (typeof value === 'object' && typeof f === 'function') {
    const converted = f(value);
    if (converted instanceof PyFloat) return converted.f;
  }
  throw typeError(`can't convert ${value.cls.typeName} to float`);
}

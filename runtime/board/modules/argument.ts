/** How the board's modules read their arguments. */
import { intOperand } from '../../python/objects/int';
import type { PyObject } from '../../python/objects/object';
import { typeError } from '../../python/objects/raise';

/** A Python int as a JS number; raises TypeError for what is none. */
export function intArgument(x: PyObject): number {
  const n = intOperand(x);
  if (n === undefined) throw typeError(`can't convert ${x.cls.typeName} to int`);
  return Number(n);
}

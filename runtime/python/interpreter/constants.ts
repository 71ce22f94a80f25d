/** The constants of compiled code as Python's objects. */
import type { Constant } from '../compile/code';
import { makeBytes } from '../objects/bytes';
import { makeImaginary } from '../objects/complex';
import { makeFloat } from '../objects/float';
import { Ellipsis, None, type PyObject } from '../objects/object';
import { makeStr } from '../objects/str';
import { PyTuple } from '../objects/tuple';

/** The Python value of a constant. */
export function valueOf(c: Constant): PyObject {
  switch (c.type) {
    case 'int':
      return c.value;
    case 'float':
      return makeFloat(c.value);
    case 'imaginary':
      return makeImaginary(c.value);
    case 'str':
      return makeStr(c.value);
    case 'bytes':
      return makeBytes(c.value);
    case 'tuple':
      return new PyTuple(c.value.map(valueOf));
    case 'singleton':
      return c.value === null ? None : c.value === 'Ellipsis' ? Ellipsis : c.value;
    case 'code':
      throw new TypeError('a function is made with its globals');
  }
}

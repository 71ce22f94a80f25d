/** Slices without a step, the common case, without making a slice object. */
import { None, type PyObject } from '../objects/object';
import { PyList } from '../objects/list';
import { PySlice } from '../objects/slice';

/** `o[lower:upper]`. */
export function getSlice(o: PyObject, lower: PyObject, upper: PyObject): PyObject {
  if (o instanceof PyList) {
    const items = o.la;
    const from = bound(lower, 0, items.length);
    const to = bound(upper, items.length, items.length);
    if (from >= 0 && to >= 0) return new PyList(items.slice(from, to));
  } else if (typeof o === 'string') {
    const from = bound(lower, 0, o.length);
    const to = bound(upper, o.length, o.length);
    if (from >= 0 && to >= 0) return o.slice(from, to);
  }
  return o.py_getitem(new PySlice(lower, upper, None));
}

/** A bound of a slice as a JS index for `slice`, or −1 where it is not a plain int. */
function bound(value: PyObject, missing: number, length: number): number {
  if (value === None) return missing;
  if (typeof value !== 'number') return -1;
  if (value >= 0) return value;
  return value + length < 0 ? 0 : value + length;
}

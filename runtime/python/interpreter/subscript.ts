/** Slices without a step, the common case, without making a slice object. */
import { None, type PyObject } from '../objects/object';
import { heap, refuse } from '../objects/heap';
import { PyList, storeItems } from '../objects/list';
import { reserveItems } from '../objects/running';
import { PySlice } from '../objects/slice';

/** `o[lower:upper]`. */
export function getSlice(o: PyObject, lower: PyObject, upper: PyObject): PyObject {
  if (o instanceof PyList) {
    const items = o.la;
    const from = bound(lower, 0, items.length);
    const to = bound(upper, items.length, items.length);
    if (from >= 0 && to >= 0) {
      reserveItems(to - from);
      return new PyList(items.slice(from, to));
    }
  } else if (typeof o === 'string') {
    const from = bound(lower, 0, o.length);
    const to = bound(upper, o.length, o.length);
    if (from >= 0 && to >= 0) return heap.locked === 0 || to <= from ? o.slice(from, to) : refuse();
  }
  return o.py_getitem(new PySlice(lower, upper, None));
}

/** `o[lower:upper:step]`. */
export function getStepSlice(o: PyObject, lower: PyObject, upper: PyObject, step: PyObject): PyObject {
  if (o instanceof PyList && step === -1) {
    const items = o.la;
    const last = items.length - 1;
    const from = lower === None ? last : position(lower, items.length);
    const to = upper === None ? -1 : position(upper, items.length);
    if (from >= 0 && (to >= 0 || upper === None)) return new PyList(backwards(items, Math.min(from, last), to));
  }
  return o.py_getitem(new PySlice(lower, upper, step));
}

/** Up to so many items, a JS array is faster filled from here than by JavaScript's own functions. */
const FEW_ITEMS = 64;

/** The items at `from`, `from` − 1 … after `to`. */
function backwards(items: readonly PyObject[], from: number, to: number): PyObject[] {
  const count = Math.max(from - to, 0);
  reserveItems(count);
  if (count > FEW_ITEMS) return items.slice(to + 1, from + 1).reverse();
  const result = new Array<PyObject>(count);
  for (let i = 0; i < count; i++) result[i] = items[from - i] as PyObject;
  return result;
}

/** `o[lower:upper] = value`. */
export function setSlice(o: PyObject, lower: PyObject, upper: PyObject, value: PyObject): void {
  if (o instanceof PyList && value.la !== undefined) {
    const { la } = o;
    const from = Math.min(bound(lower, 0, la.length), la.length);
    const to = Math.min(bound(upper, la.length, la.length), la.length);
    if (from >= 0 && to >= 0) {
      storeItems(la, from, Math.max(from, to), value.la);
      return;
    }
  }
  o.py_setitem(new PySlice(lower, upper, None), value);
}

/** The index of a bound; negative where it is not a plain int, or lies before the first item. */
const position = (value: PyObject, length: number): number =>
  typeof value !== 'number' ? -1 : value < 0 ? value + length : value;

/** A bound of a slice as a JS index for `slice`, or −1 where it is not a plain int. */
function bound(value: PyObject, missing: number, length: number): number {
  if (value === None) return missing;
  if (typeof value !== 'number') return -1;
  if (value >= 0) return value;
  return value + length < 0 ? 0 : value + length;
}

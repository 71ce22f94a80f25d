/** Slices, and how a key of `x[key]` becomes an index or a span of a sequence. */
import { None, ObjectBase, type PyObject } from './object';
import { defineType, type PyType } from './type';
import { exception, indexError, raise, typeError, valueError } from './raise';
import { intOperand } from './int';
import { fitsWord } from './machine-word';
import { reserveItems } from './running';
import { PyTuple } from './tuple';

/** An int as a machine word, for counts and positions: beyond 53 bits it is rounded, beyond the word OverflowError. */
export function machineInt(x: PyObject): number {
  if (typeof x === 'number' && (x | 0) === x) return x;
  const value = intOperand(x) ?? intOperand(intOf(x));
  if (value === undefined) throw typeError(`can't convert ${x.cls.typeName} to int`);
  if (!fitsWord(value)) throw exception('OverflowError', 'overflow converting long int to machine word');
  return Number(value);
}

/** What `__int__` of an instance gives; the value itself where there is none. */
function intOf(x: PyObject): PyObject {
  const f = (x as unknown as { __int__$?: (self: PyObject) => PyObject }).__int__$;
  if (typeof x !== 'object' || typeof f !== 'function') return x;
  const value = f(x);
  return intOperand(value) === undefined ? raise('TypeError') : value;
}

/** The int value of a key, as machine word, or undefined where it is no int. */
function keyInt(key: PyObject): number | undefined {
  const value = intOperand(key) ?? intOperand(intOf(key));
  return value === undefined ? undefined : machineInt(value);
}

/** The int that a key is, as machine word; raises TypeError. */
export function indexInt(type: PyType, key: PyObject): number {
  const i = typeof key === 'number' && (key | 0) === key ? key : keyInt(key);
  if (i === undefined) {
    throw typeError(`${type.typeName} indices must be integers, not ${key.cls.typeName}`);
  }
  return i;
}

/** The index that `key` names in a sequence of `length` items of type `type`; raises TypeError and IndexError. */
export function itemIndex(type: PyType, key: PyObject, length: number): number {
  const i = indexInt(type, key);
  const at = i < 0 ? i + length : i;
  if (at < 0 || at >= length) throw indexError(`${type.typeName} index out of range`);
  return at;
}

/** A position within 0 … length: negative counts from the end, what lies outside is cut off. */
export function clampIndex(type: PyType, key: PyObject, length: number): number {
  const i = indexInt(type, key);
  const at = i < 0 ? i + length : i;
  return at < 0 ? 0 : at > length ? length : at;
}

/** What a slice selects: `count` items at start, start + step … */
export interface Span {
  start: number;
  stop: number;
  step: number;
  count: number;
}

export class PySlice extends ObjectBase {
  constructor(
    readonly start: PyObject,
    readonly stop: PyObject,
    readonly step: PyObject,
  ) {
    super();
  }

  /** The span in a sequence of `length` items. */
  indices(length: number): Span {
    const step = this.step === None ? 1 : machineInt(this.step);
    if (step === 0) throw valueError("slice step can't be zero");
    const low = step > 0 ? 0 : -1;
    const high = step > 0 ? length : length - 1;
    const start = this.start === None ? (step > 0 ? low : high) : bound(machineInt(this.start), length, low, high);
    const stop = this.stop === None ? (step > 0 ? high : low) : bound(machineInt(this.stop), length, low, high);
    const count = step > 0 ? Math.ceil((stop - start) / step) : Math.ceil((start - stop) / -step);
    return { start, stop, step, count: count > 0 ? count : 0 };
  }

  /** The span where only a step of 1 will do: NotImplementedError, with the message if given, for any other. */
  contiguous(length: number, message?: string): Span {
    const span = this.indices(length);
    if (span.step !== 1) {
      throw message === undefined ? exception('NotImplementedError') : exception('NotImplementedError', message);
    }
    if (span.stop < span.start) span.stop = span.start;
    return span;
  }

  override py_repr(): string {
    return `slice(${this.start.py_repr()}, ${this.stop.py_repr()}, ${this.step.py_repr()})`;
  }

  override py_hash(): number {
    throw typeError("unsupported type for __hash__: 'slice'");
  }
}

function bound(i: number, length: number, low: number, high: number): number {
  if (i < 0) i += length;
  return i < low ? low : i > high ? high : i;
}

/** What is raised where slices with a step are not supported. */
export const STEP_1_ONLY = 'only slices with step=1 (aka None) are supported';

/** The items of `la` that `key` selects, in a new JS array. */
export function sliced(la: readonly PyObject[], key: PySlice): PyObject[] {
  const { start, stop, step, count } = key.indices(la.length);
  reserveItems(count);
  if (step === 1) return la.slice(start, stop);
  const items: PyObject[] = [];
  for (let i = 0, at = start; i < count; i++, at += step) items.push(la[at] as PyObject);
  return items;
}

function slice_indices(self: PySlice, length: PyObject): PyObject {
  const { start, stop, step } = self.indices(machineInt(length));
  return new PyTuple([start, stop, step]);
}

export const sliceType = defineType({
  name: 'slice',
  proto: PySlice.prototype,
  methods: [
    ['start', (self: PySlice) => self.start, 'property'],
    ['stop', (self: PySlice) => self.stop, 'property'],
    ['step', (self: PySlice) => self.step, 'property'],
    ['indices(self, length, /)', slice_indices],
  ],
});

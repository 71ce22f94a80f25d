/** range. */
import { ObjectBase, type PyIterator, type PyObject } from './object';
import { heap } from './heap';
import { lookAtHeap } from './running';
import { BuiltinIterator } from './iterator';
import { defineType } from './type';
import { indexError, typeError, valueError, wrongCount } from './raise';
import { intBinary, intFloorDiv, intOperand, type Int } from './int';
import { ADD, MUL, SUB } from '../interpreter/operators';
import { PySlice, indexInt, machineInt } from './slice';

const plus = (a: Int, b: Int): Int => intBinary(ADD, a, b) as Int;
const minus = (a: Int, b: Int): Int => intBinary(SUB, a, b) as Int;
const times = (a: Int, b: Int): Int => intBinary(MUL, a, b) as Int;

/** `start + at * step`. */
function along(start: Int, at: Int, step: Int): Int {
  if (typeof start === 'number' && typeof at === 'number' && typeof step === 'number') {
    const value = start + at * step;
    if (Number.isSafeInteger(value)) return value;
  }
  return plus(start, times(at, step));
}

export class PyRange extends ObjectBase {
  /** How many ints it has. */
  readonly count: Int;

  constructor(
    readonly start: Int,
    readonly stop: Int,
    readonly step: Int,
  ) {
    super();
    if (--heap.left < 0) lookAtHeap();
    const span = step > 0 ? minus(stop, start) : minus(start, stop);
    const stride = step > 0 ? step : minus(0, step);
    this.count = span > 0 ? intFloorDiv(plus(span, minus(stride, 1)), stride) : 0;
  }

  override py_truth(): boolean {
    return this.count > 0;
  }

  override py_len(): number {
    return Number(this.count);
  }

  override py_hash(): number {
    throw typeError("unsupported type for __hash__: 'range'");
  }

  override py_repr(): string {
    const { start, stop, step } = this;
    return step === 1 ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`;
  }

  override py_iter(): PyIterator {
    const { start, stop, step } = this;
    if (typeof start === 'number' && typeof stop === 'number' && typeof step === 'number') {
      return new RangeIterator(start, stop, step);
    }
    return new WideRangeIterator(this);
  }

  override py_getitem(key: PyObject): PyObject {
    const { start, step, count } = this;
    if (key instanceof PySlice) {
      const span = key.indices(Number(count));
      return new PyRange(along(start, span.start, step), along(start, span.stop, step), times(step, span.step));
    }
    return this.item(key);
  }

  /** The item at an index of any sign. */
  private item(key: PyObject): Int {
    const { start, step, count } = this;
    const i = indexInt(this.cls, key);
    const at = i < 0 ? plus(i, count) : i;
    if (at < 0 || at >= count) throw indexError('range index out of range');
    return along(start, at, step);
  }

  override py_contains(item: PyObject): boolean {
    const value = intOperand(item);
    const { start, step, count } = this;
    if (typeof value !== 'number' || typeof start !== 'number' || typeof step !== 'number') {
      return super.py_contains(item);
    }
    const offset = (value - start) / step;
    return Number.isInteger(offset) && offset >= 0 && offset < count;
  }
}

/** The iterator of a range: `for` loops that generated code does not unfold come here. */
export class RangeIterator extends BuiltinIterator {
  constructor(
    private at: number,
    private readonly stop: number,
    private readonly step: number,
  ) {
    super();
  }

  n(): PyObject | undefined {
    const { at, step } = this;
    if (step > 0 ? at >= this.stop : at <= this.stop) return undefined;
    this.at = at + step;
    return at;
  }
}

/** The iterator of a range with bounds beyond the numbers that are exact. */
class WideRangeIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly range: PyRange) {
    super();
  }

  n(): PyObject | undefined {
    const { start, step, count } = this.range;
    return this.at < count ? along(start, this.at++, step) : undefined;
  }
}

/** A bound or step: an int that fits a machine word. */
function bound(x: PyObject): Int {
  const value = machineInt(x);
  return typeof x === 'bigint' ? x : value;
}

function range_make(first: PyObject, second: PyObject, third: PyObject): PyObject {
  switch (arguments.length) {
    case 1:
      return new PyRange(0, bound(first), 1);
    case 2:
      return new PyRange(bound(first), bound(second), 1);
    case 3: {
      const step = bound(third);
      if (step === 0) throw valueError('zero step');
      return new PyRange(bound(first), bound(second), step);
    }
    default:
      return wrongCount(arguments.length, 1, 3);
  }
}

export const rangeType = defineType({
  name: 'range',
  proto: PyRange.prototype,
  make: ['range(start, stop=None, step=1, /)', range_make, 'direct'],
  methods: [
    ['start', (self: PyRange) => self.start, 'property'],
    ['stop', (self: PyRange) => self.stop, 'property'],
    ['step', (self: PyRange) => self.step, 'property'],
  ],
});

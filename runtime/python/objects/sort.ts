/** Sorting as `sorted()` and `list.sort()` do: stable, asking only whether one item is less than another. */
import { None, type PyObject } from './object';
import { PyFloat } from './float';
import { exceptionTypes } from './raise';
import { callable } from '../interpreter/call';
import { less } from '../interpreter/operators';
import { lookUp } from './running';

/** What all of some items are, as far as a faster way to compare them goes. */
type Kind = 'number' | 'string' | 'float' | 'mixed';

const kindOfItem = (x: PyObject): Kind =>
  typeof x === 'number' ? 'number' : typeof x === 'string' ? 'string' : x instanceof PyFloat ? 'float' : 'mixed';

function kindOf(items: readonly PyObject[]): Kind {
  const kind = kindOfItem(items[0] as PyObject);
  for (let i = 1; i < items.length; i++) if (kindOfItem(items[i] as PyObject) !== kind) return 'mixed';
  return kind;
}

/** More items are not sorted in one step of JavaScript, which Ctrl-C could not stop. */
const MOST_AT_ONCE = 2 ** 18;

/** Sorts the items, in place where that is quickest, and gives the sorted array. */
export function sortItems(items: PyObject[], key: PyObject | undefined, reverse: boolean): PyObject[] {
  if (items.length < 2) return items;
  if (key !== undefined && key !== None) return sortByKey(items, key, reverse);
  if (items.length > MOST_AT_ONCE) return mergeSort(items, items, reverse);
  switch (kindOf(items)) {
    case 'number':
      return sortNumbers(items as number[], reverse);
    case 'string':
      items.sort();
      return reverse ? items.reverse() : items;
    case 'float':
    case 'mixed':
      return mergeOrExplain(items, items, reverse);
  }
}

function sortNumbers(items: number[], reverse: boolean): PyObject[] {
  const sorted = Float64Array.from(items).sort();
  const last = items.length - 1;
  for (let i = 0; i <= last; i++) items[i] = sorted[reverse ? last - i : i] as number;
  return items;
}

function sortByKey(items: PyObject[], key: PyObject, reverse: boolean): PyObject[] {
  const f = callable(key);
  const keys: PyObject[] = [];
  for (let i = 0; i < items.length; i++) {
    lookUp();
    keys.push(f(items[i] as PyObject));
  }
  return mergeOrExplain(items, keys, reverse);
}

/** Keys among which that pair is looked for, which takes the longer the better they are sorted. */
const MOST_EXPLAINED = 1000;

/** Sorts; where two keys cannot be compared, the error is about the pair that MicroPython's quicksort meets first. */
function mergeOrExplain(items: readonly PyObject[], keys: readonly PyObject[], reverse: boolean): PyObject[] {
  try {
    return mergeSort(items, keys, reverse);
  } catch (e) {
    const isMistake = (e as Partial<PyObject>).cls === exceptionTypes.TypeError && keys.length <= MOST_EXPLAINED;
    // What a program compares by methods of its own is not asked twice.
    if (isMistake && !keys.some((key) => key.cls.user === true)) quickSort([...keys], 0, keys.length - 1, !reverse);
    throw e;
  }
}

/** As MicroPython sorts: the last item is the pivot, and the smaller part comes first. */
function quickSort(keys: PyObject[], head: number, tail: number, before: boolean): void {
  while (head < tail) {
    let h = head - 1;
    let t = tail;
    const pivot = keys[tail] as PyObject;
    for (;;) {
      do h++;
      while (h < t && less(keys[h] as PyObject, pivot) === before);
      do t--;
      while (h < t && less(pivot, keys[t] as PyObject) === before);
      if (h >= t) break;
      swap(keys, h, t);
    }
    swap(keys, h, tail);
    if (t - head < tail - h - 1) {
      quickSort(keys, head, t, before);
      head = h + 1;
    } else {
      quickSort(keys, h + 1, tail, before);
      tail = t;
    }
  }
}

function swap(keys: PyObject[], a: number, b: number): void {
  const key = keys[a] as PyObject;
  keys[a] = keys[b] as PyObject;
  keys[b] = key;
}

/** Longest run that is sorted by insertion. */
const RUN = 8;

/** Sorts `items` by `keys` (one for each). Reversed, equal items still keep their order. */
function mergeSort(items: readonly PyObject[], keys: readonly PyObject[], reverse: boolean): PyObject[] {
  const before = orderOf(kindOf(keys), reverse);
  const count = items.length;
  let order = new Int32Array(count);
  for (let start = 0; start < count; start += RUN)
    insertionSort(order, keys, start, Math.min(start + RUN, count), before);
  let spare = new Int32Array(count);
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      merge(order, spare, keys, start, Math.min(start + width, count), Math.min(start + 2 * width, count), before);
    }
    [order, spare] = [spare, order];
  }
  const sorted: PyObject[] = [];
  for (let i = 0; i < count; i++) sorted.push(items[order[i] as number] as PyObject);
  return sorted;
}

type Before = (a: PyObject, b: PyObject) => boolean;

/** Whether the first of two keys goes strictly before the second. */
function orderOf(kind: Kind, reverse: boolean): Before {
  const before: Before =
    kind === 'number' || kind === 'string'
      ? (a, b) => (a as number) < (b as number)
      : kind === 'float'
        ? (a, b) => (a as PyFloat).f < (b as PyFloat).f
        : less;
  return reverse ? (a, b) => before(b, a) : before;
}

function insertionSort(order: Int32Array, keys: readonly PyObject[], start: number, end: number, before: Before): void {
  for (let i = start; i < end; i++) {
    const key = keys[i] as PyObject;
    let at = i;
    while (at > start && before(key, keys[order[at - 1] as number] as PyObject)) {
      order[at] = order[at - 1] as number;
      at--;
    }
    order[at] = i;
  }
}

/** Merges two sorted runs from one array of positions into another. */
function merge(
  from: Int32Array,
  to: Int32Array,
  keys: readonly PyObject[],
  start: number,
  middle: number,
  end: number,
  before: Before,
): void {
  // prettier-ignore
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    lookUp();
    const takeRight =
      left >= middle ||
      (right < end && before(keys[from[right] as number] as PyObject, keys[from[left] as number] as PyObject));
    to[at] = from[takeRight ? right++ : left++] as number;
  }
}

/** The heapq module: a list kept so that no item is smaller than the one at (i − 1) / 2. */
import { PyList } from '../objects/list';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { indexError, typeError } from '../objects/raise';
import { less } from '../interpreter/operators';

function heapOf(value: PyObject): PyObject[] {
  const list = value.native ?? value;
  if (!(list instanceof PyList)) throw typeError('heap must be a list');
  return list.la;
}

/** Moves the item at `at` towards the beginning, as far as it is smaller. */
function siftDown(heap: PyObject[], start: number, at: number): void {
  const item = heap[at] as PyObject;
  while (at > start) {
    const above = (at - 1) >> 1;
    const parent = heap[above] as PyObject;
    if (!less(item, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = item;
}

/** Moves the item at `at` to the end, smaller children up, and then to its place. */
function siftUp(heap: PyObject[], start: number): void {
  const end = heap.length;
  const item = heap[start] as PyObject;
  let at = start;
  for (let child = 2 * at + 1; child < end; child = 2 * at + 1) {
    if (child + 1 < end && !less(heap[child] as PyObject, heap[child + 1] as PyObject)) child++;
    heap[at] = heap[child] as PyObject;
    at = child;
  }
  heap[at] = item;
  siftDown(heap, start, at);
}

function heapq_heappush(list: PyObject, item: PyObject): PyObject {
  const heap = heapOf(list);
  heap.push(item);
  siftDown(heap, 0, heap.length - 1);
  return None;
}

function heapq_heappop(list: PyObject): PyObject {
  const heap = heapOf(list);
  const last = heap.pop();
  if (last === undefined) throw indexError('empty heap');
  const first = heap[0];
  if (first === undefined) return last;
  heap[0] = last;
  siftUp(heap, 0);
  return first;
}

function heapq_heapify(list: PyObject): PyObject {
  const heap = heapOf(list);
  for (let i = heap.length >> 1; i > 0;) siftUp(heap, --i);
  return None;
}

const rows: readonly ModuleRow[] = [
  ['heappush(heap, item, /)', heapq_heappush],
  ['heappop(heap, /)', heapq_heappop],
  ['heapify(heap, /)', heapq_heapify],
];

export function createHeapq(): PyModule {
  return defineModule('heapq', rows);
}

/** The interpreter that runs: what library code asks of it that loops for long or makes something large. */

import { LIST_STEP } from '../compile/code';
import { heap, refuse } from './heap';
import { noMemory } from './raise';

/** The memory of an interpreter, as far as it is looked after: small objects are not counted when they are made. */
export interface Heap {
  /** The bytes of a reference in a list. */
  readonly word: number;
  /** Bytes in use and in all, as `gc` tells them. */
  readonly used: number;
  readonly total: number;
  /** Told before one object of so many bytes is made or grows by them; raises MemoryError where there is no room. */
  reserve(bytes: number): void;
  /**
   * Told now and then while a program runs; raises MemoryError where small objects have filled the memory. Gives how
   * many more can be made before the next look.
   */
  look(): number;
  /** `gc.collect()`. */
  collect(): void;
}

/** What is known of the interpreter that runs. */
export interface Running {
  /** As in its Hal: not 0 when it has to look up. */
  readonly pending: Int32Array;
  poll(): void;
  readonly heap: Heap;
}

const nothing = (): void => undefined;

let running: Running = {
  pending: new Int32Array(1),
  poll: nothing,
  heap: { word: 8, used: 0, total: Infinity, reserve: nothing, look: () => 2 ** 18, collect: nothing },
};
let { pending } = running;

/** Names the interpreter that runs from now on; gives the one before. */
export function setRunning(next: Running): Running {
  const before = running;
  running = next;
  ({ pending } = next);
  return before;
}

/** To be called in each round of a loop that may be long: Ctrl-C and events have their turn. */
export function lookUp(): void {
  if (pending[0] !== 0) running.poll();
}

/** Called by what makes an object when the countdown of `heap.left` has run out. */
export function lookAtHeap(): void {
  if (heap.locked !== 0) {
    heap.left = 0;
    refuse();
  }
  // What raises MemoryError says itself when to look again.
  heap.left = running.heap.look();
}

/** A table has grown by so many entries. */
export const TABLE_STEP = 256;

/** Each time a table has grown by TABLE_STEP entries; they take what some small objects do. */
export function tableGrew(): void {
  if ((heap.left -= TABLE_STEP / 4) < 0 && heap.locked === 0) lookAtHeap();
}

/** Objects of fewer bytes, or references, are not worth asking for. */
const FEW = 256;

/** Room for an object of `bytes`; raises MemoryError. */
export function reserve(bytes: number): void {
  if (bytes > FEW) running.heap.reserve(bytes);
}

/** Room for `count` references. */
export function reserveItems(count: number): void {
  if (count > FEW) running.heap.reserve(count * running.heap.word);
}

/** A list that grows beyond this many items asks for more room each time it has grown by as many. */
export const LONG_LIST = 16384;

/** A list has grown by LIST_STEP items to so many. */
export function listGrew(count: number): void {
  if ((heap.left -= LIST_STEP / 16) < 0 && heap.locked === 0) lookAtHeap();
  if (count >= LONG_LIST) longListGrew(count + 1);
}

/** More items JavaScript does not keep in a row. */
const LONGEST_LIST = 2 ** 26;

/** A list has grown to more than LONG_LIST items, for which MicroPython takes twice the room it had. */
export function longListGrew(count: number): void {
  if (count > LONGEST_LIST) noMemory(2 * running.heap.word * LONGEST_LIST);
  if (count % LONG_LIST === 1) running.heap.reserve(running.heap.word * (count === LONG_LIST + 1 ? 2 : 1) * LONG_LIST);
}

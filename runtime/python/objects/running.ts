/** The interpreter that runs: what library code asks of it that loops for long or makes something large. */

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
  /** Told now and then while a program runs; raises MemoryError where small objects have filled the memory. */
  look(): void;
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
  heap: { word: 8, used: 0, total: Infinity, reserve: nothing, look: nothing, collect: nothing },
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

/** More items JavaScript does not keep in a row. */
const LONGEST_LIST = 2 ** 26;

/** A list has grown to more than LONG_LIST items, for which MicroPython takes twice the room it had. */
export function longListGrew(count: number): void {
  if (count > LONGEST_LIST) noMemory(2 * running.heap.word * LONGEST_LIST);
  if (count % LONG_LIST === 1) running.heap.reserve(running.heap.word * (count === LONG_LIST + 1 ? 2 : 1) * LONG_LIST);
}

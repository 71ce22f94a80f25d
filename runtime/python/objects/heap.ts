/**
 * How many objects may be made before the heap is looked at, and whether it is locked, which `micropython.heap_lock`
 * does: what allocates then raises MemoryError.
 *
 * Objects that can hold others count down in their constructors, to where `lookAtHeap` of running.ts asks; the rest
 * ask whether it is locked, by one comparison. Ways to grow that are too hot for it, and results that are
 * JavaScript's own values, are guarded from the first lock on (`modules/heap-lock.ts`).
 */
import { raise } from './raise';

export const heap = {
  /**
   * So many objects may be made before the next look; none while it is locked. A larger one counts as several. The first
   * look takes milliseconds, which most programs are spared, and no computer is short of memory so soon.
   */
  left: 2 ** 19,
  /** How often the heap of the interpreter at work is locked. */
  locked: 0,
  /** Whether it ever was: then all instances are made the slow way, which asks. */
  guarded: false,
};

/** The interpreter at work has a heap of its own; gives how often that of the one before is locked. */
export function useHeapLocks(count: number): number {
  const before = heap.locked;
  heap.locked = count;
  if (count > 0) heap.left = 0;
  return before;
}

/** Makes what MicroPython does not allocate, though we do. */
export function withoutLock<T>(make: () => T): T {
  if (heap.locked === 0) return make();
  const count = useHeapLocks(0);
  try {
    return make();
  } finally {
    useHeapLocks(count);
  }
}

export function refuse(): never {
  raise('MemoryError', 'memory allocation failed, heap is locked');
}

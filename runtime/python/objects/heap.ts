/** Whether the heap is locked, which `micropython.heap_lock` does: what allocates then raises MemoryError. */

export const heap = {
  /** How often it has been locked. */
  locked: 0,
};

/** Defines what the simulated board's thread and the process that keeps it share: memory, and the few messages. */

/** What a thread is started with. */
export interface ThreadData {
  /** A ByteRing: bytes to the board. */
  readonly input: SharedArrayBuffer;
  /** A ByteRing: bytes from the board. The board waits while it is full. */
  readonly output: SharedArrayBuffer;
  /** One Int32, the `pending` of the board's Hal. */
  readonly pending: SharedArrayBuffer;
  /** One Int32: not 0 when the board's input has ended and its thread is to end too. */
  readonly ending: SharedArrayBuffer;
  /** The board's outside: see HardwareRegisters. */
  readonly registers: SharedArrayBuffer;
  /** The file that holds the flash; null for a flash that ends with the board. */
  readonly flash: string | null;
  /** What another program than the board's is to do. */
  readonly task?: unknown;
}

/**
 * From the thread. `started`: the board exists. `output`: there is something to read. `room`: the input ring has room again.
 * `reset`: the board's program asked for a hard reset. `flashInUse`: another process, of this id, has the flash; the thread ends.
 */
export type ThreadMessage = 'started' | 'output' | 'room' | 'reset' | { readonly flashInUse: number };

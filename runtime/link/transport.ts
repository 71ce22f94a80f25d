/** A stream of bytes to a board: the one interface that a simulated board and a real one share. */

import type { Unsubscribe } from '../bytes/emitter';

export type TransportKind = 'serial' | 'socket' | 'simulator';

export interface TransportInfo {
  readonly kind: TransportKind;
  /** What a person types to reach it again: `/dev/ttyACM0`, `COM3`, `socket://127.0.0.1:2323`, `sim`. */
  readonly address: string;
}

/**
 * No strings, no time-outs, no "read until", no locking: those belong to `ByteReader`, `RawRepl` and `BoardSession`.
 * A transport is opened once and closed once; to connect again, make another.
 */
export interface Transport {
  readonly info: TransportInfo;

  /** Resolves when bytes can flow. Rejects with `PortUnavailable` when the board cannot be reached, and is closed then. */
  open(): Promise<void>;

  /**
   * Resolves when the wire took the bytes, which a board that reads nothing may delay for ever.
   * Rejects with `LinkLost` when the transport is not open or closes meanwhile. Writes keep their order.
   * The caller may reuse the array only after the promise is settled.
   */
  write(bytes: Uint8Array): Promise<void>;

  /** Calls `listener` for every chunk, cut anywhere. The chunk is the listener's to keep. */
  onData(listener: (chunk: Uint8Array) => void): Unsubscribe;

  /** Calls `listener` exactly once after a successful `open()`: without a reason when `close()` was called, with one when the wire broke. */
  onClose(listener: (reason?: Error) => void): Unsubscribe;

  /** Resolves when everything is released; never rejects; may be called at any time, also twice. */
  close(): Promise<void>;
}

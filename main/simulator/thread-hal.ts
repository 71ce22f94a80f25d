/** Defines ThreadHal: how the simulated board reaches the world from its thread. It blocks, as Python does; Ctrl-C wakes it. */
import { randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { ByteRing } from '../../runtime/bytes/byte-ring';
import { PENDING_INTERRUPT, type Garbage, type Hal, type HostMemory } from '../../runtime/python/interpreter/hal';
import { hostMemory } from '../python/heap-statistics';
import type { ThreadData, ThreadMessage } from './thread-data';

/** How long one sleep of the thread may last: bells cut it short, and a lost one costs no more than this. */
const LONGEST_WAIT = 1000;

export class ThreadHal implements Hal {
  readonly pending: Int32Array;
  readonly #input: ByteRing;
  readonly #output: ByteRing;
  readonly #ending: Int32Array;
  readonly #onWait: () => void;

  /** `onWait` is called before the thread sleeps, and about every second while it does. */
  constructor(data: ThreadData, onWait: () => void = () => undefined) {
    this.#ending = new Int32Array(data.ending);
    this.#onWait = onWait;
    this.pending = new Int32Array(data.pending);
    this.#input = new ByteRing(data.input);
    this.#output = new ByteRing(data.output);
  }

  now(): number {
    return performance.now();
  }

  epoch(): number {
    return Date.now();
  }

  random(): number {
    return randomBytes(4).readUInt32LE();
  }

  memory(garbage: Garbage): HostMemory {
    return hostMemory(garbage);
  }

  /** The byte that interrupts instead of being read; −1 for none. */
  setInterruptByte(byte: number): void {
    this.#input.interruptByte = byte;
  }

  get available(): number {
    return this.#input.length;
  }

  readByte(deadline = Infinity): number {
    for (;;) {
      const bell = this.#input.bell;
      const byte = this.#input.readByte();
      if (byte !== -1) {
        if (this.#input.takeWriterWaits()) post('room');
        return byte;
      }
      if (!this.#waitFor(bell, deadline)) return -1;
    }
  }

  sleepUntil(deadline: number): boolean {
    while (this.now() < deadline) {
      if (!this.#waitFor(this.#input.bell, deadline)) return this.now() >= deadline;
    }
    return true;
  }

  /**
   * Sends bytes, and waits while those that read them are behind. When Ctrl-C comes meanwhile, what has no room is dropped:
   * a program that floods its output can be stopped. So it is when the board has to end.
   */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const bell = this.#output.bell;
      at += this.#output.write(bytes.subarray(at));
      if (this.#output.announce()) post('output');
      if (at < bytes.length) {
        if (this.#hasEnded || (Atomics.load(this.pending, 0) & PENDING_INTERRUPT) !== 0) return;
        this.#output.wait(bell, LONGEST_WAIT);
      }
    }
  }

  writeError(bytes: Uint8Array): void {
    this.write(bytes);
  }

  /** Tells that the board exists and will read its input. */
  started(): void {
    post('started');
  }

  /** Has the board started anew in another thread. Does not return. */
  reset(): never {
    post('reset');
    for (;;) this.#input.wait(this.#input.bell, LONGEST_WAIT);
  }

  /** Waits for the bell of the input. False when the deadline is past, something is pending, or the board has to end. */
  #waitFor(bell: number, deadline: number): boolean {
    if (Atomics.load(this.pending, 0) !== 0 || this.#hasEnded) return false;
    const remaining = deadline - this.now();
    if (remaining <= 0) return false;
    this.#onWait();
    this.#input.wait(bell, Math.min(remaining, LONGEST_WAIT));
    return true;
  }

  get #hasEnded(): boolean {
    return Atomics.load(this.#ending, 0) !== 0;
  }
}

/** Tells the process that keeps the thread. */
export function post(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

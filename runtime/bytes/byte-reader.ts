/** Turns chunks that are cut anywhere into reads: until a delimiter, a number of bytes, or whatever is there. */

import { Cancelled, type CancelToken } from './cancel';
import type { CancelTimer, Clock } from './clock';
import { NO_BYTES, endsAt, indexOfBytes } from './bytes';

/** Raised by a read whose limit passed; what had come stays in the reader. */
export class ReadTimeout extends Error {
  override readonly name = 'ReadTimeout';

  constructor(
    /** The last bytes that were there, at most 40. */
    readonly received: Uint8Array,
  ) {
    super('The bytes that were waited for did not come in time.');
  }
}

export interface ReadLimit {
  /** The moment, on the reader's clock, at which the read ends. */
  readonly deadline?: number;
  /** Milliseconds without a new byte after which the read ends. */
  readonly idle?: number;
  /** When cancelled the read rejects with `Cancelled`. */
  readonly cancel?: CancelToken | undefined;
}

interface Waiting {
  /** Takes what it wants from the buffer, or returns false to wait for more. */
  attempt(): boolean;
  fail(error: Error): void;
  restartIdle(): void;
}

/** Reads wait for each other nowhere: one at a time, which its owner sees to. A read that is satisfied by what is there resolves even after `close`. */
export class ByteReader {
  #buffer = new Uint8Array(1024);
  #start = 0;
  #end = 0;
  #waiting: Waiting | undefined;
  #closedBy: Error | undefined;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many bytes are there to be read. */
  get available(): number {
    return this.#end - this.#start;
  }

  push(chunk: Uint8Array): void {
    if (this.#closedBy !== undefined || chunk.length === 0) return;
    this.#makeRoom(chunk.length);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    if (!waiting.attempt()) waiting.restartIdle();
  }

  /** Ends the stream: the pending read and all later ones reject with this error. Only the first call counts. */
  close(error: Error): void {
    if (this.#closedBy !== undefined) return;
    this.#closedBy = error;
    this.#waiting?.fail(error);
  }

  /** All that comes up to and with the first of the delimiters. */
  readUntil(delimiter: Uint8Array | readonly Uint8Array[], limit: ReadLimit = {}): Promise<Uint8Array> {
    const delimiters = delimiter instanceof Uint8Array ? [delimiter] : delimiter;
    const longest = Math.max(...delimiters.map((bytes) => bytes.length));
    let searched = 0;
    return this.#read(() => {
      const view = this.#buffer.subarray(this.#start, this.#end);
      let end = -1;
      for (const bytes of delimiters) {
        const found = indexOfBytes(view, bytes, searched);
        if (found >= 0 && (end < 0 || found + bytes.length < end)) end = found + bytes.length;
      }
      searched = Math.max(0, view.length - longest + 1);
      return end < 0 ? undefined : this.#consume(end);
    }, limit);
  }

  readExactly(length: number, limit: ReadLimit = {}): Promise<Uint8Array> {
    return this.#read(() => (this.available < length ? undefined : this.#consume(length)), limit);
  }

  /** Whatever is there, at least one byte. */
  readSome(limit: ReadLimit = {}): Promise<Uint8Array> {
    return this.#read(() => (this.available === 0 ? undefined : this.#consume(this.available)), limit);
  }

  /** Takes what is there without waiting. */
  drain(): Uint8Array {
    return this.#consume(this.available);
  }

  /** Puts bytes back in front of what is there. */
  unread(bytes: Uint8Array): void {
    const rest = this.drain();
    this.#makeRoom(bytes.length + rest.length);
    this.#buffer.set(bytes, this.#end);
    this.#buffer.set(rest, this.#end + bytes.length);
    this.#end += bytes.length + rest.length;
  }

  /** Whether what is there ends with these bytes. */
  endsWith(bytes: Uint8Array): boolean {
    return endsAt(this.#buffer.subarray(this.#start, this.#end), bytes);
  }

  #consume(length: number): Uint8Array {
    if (length === 0) return NO_BYTES;
    const bytes = this.#buffer.slice(this.#start, this.#start + length);
    this.#start += length;
    return bytes;
  }

  #read(take: () => Uint8Array | undefined, limit: ReadLimit): Promise<Uint8Array> {
    if (this.#waiting !== undefined) throw new Error('Two reads of one ByteReader at the same time.');
    return new Promise((resolve, reject) => {
      let cancelIdle: CancelTimer | undefined;
      const watches: (() => void)[] = [];
      const settle = (): void => {
        this.#waiting = undefined;
        cancelIdle?.();
        for (const stopWatching of watches) stopWatching();
      };
      const waiting: Waiting = {
        attempt: () => {
          const bytes = take();
          if (bytes === undefined) return false;
          settle();
          resolve(bytes);
          return true;
        },
        fail: (error) => {
          settle();
          reject(error);
        },
        restartIdle: () => {
          cancelIdle?.();
          if (limit.idle !== undefined) cancelIdle = this.#clock.after(limit.idle, timeOut);
        },
      };
      const timeOut = (): void => {
        waiting.fail(new ReadTimeout(this.#buffer.slice(Math.max(this.#start, this.#end - 40), this.#end)));
      };

      this.#waiting = waiting;
      if (waiting.attempt()) return;
      if (this.#closedBy !== undefined) {
        waiting.fail(this.#closedBy);
        return;
      }
      if (limit.cancel?.cancelled === true) {
        waiting.fail(new Cancelled());
        return;
      }
      waiting.restartIdle();
      if (limit.deadline !== undefined) {
        watches.push(this.#clock.after(Math.max(0, limit.deadline - this.#clock.now()), timeOut));
      }
      if (limit.cancel !== undefined) {
        watches.push(
          limit.cancel.onCancel(() => {
            waiting.fail(new Cancelled());
          }),
        );
      }
    });
  }

  #makeRoom(length: number): void {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    if (this.#end + length <= this.#buffer.length) return;
    const needed = this.available + length;
    const target = needed <= this.#buffer.length / 2 ? this.#buffer : new Uint8Array(Math.max(1024, needed * 2));
    target.set(this.#buffer.subarray(this.#start, this.#end));
    this.#buffer = target;
    this.#end -= this.#start;
    this.#start = 0;
  }
}

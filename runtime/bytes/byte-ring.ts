/**
 * Defines ByteRing: a ring buffer in shared memory, through which one thread sends bytes to another.
 *
 * Of the two threads one may block (a board's) and the other may not (the one with the windows). The one that may block
 * sleeps on the *bell*, a counter that rings at every write and every read; others who have news for it (a poked switch,
 * Ctrl-C) ring it too. To miss nothing, it looks at the bell first, then at everything it waits for, and then waits for
 * the bell to change. The one that may not block is told by a message; the ring only remembers whether one is due:
 * that there is room again (`takeWriterWaits`), or that there is something to read (`announce`).
 *
 * The reader can name one byte that does not queue. While `interruptByte` is set, writing that byte calls `interrupt` on the
 * writer's side instead, and bytes behind it stay in order: so Ctrl-C reaches a program that reads nothing,
 * as the USB interrupt handler of a real board does it.
 */

// The header, in Int32 elements. Counters run on and wrap; their difference is the fill.
const WRITTEN = 0;
const READ = 1;
const BELL = 2;
const INTERRUPT_BYTE = 3;
const WRITER_WAITS = 4;
const ANNOUNCED = 5;
const HEADER_LENGTH = 6;

export class ByteRing {
  readonly #header: Int32Array;
  readonly #bytes: Uint8Array;

  /** Makes the shared memory of a ring; hand it to the constructor on both sides. `capacity` has to be a power of two. */
  static allocate(capacity: number): SharedArrayBuffer {
    if (capacity < 1 || (capacity & (capacity - 1)) !== 0)
      throw new RangeError('the capacity has to be a power of two');
    const memory = new SharedArrayBuffer(HEADER_LENGTH * Int32Array.BYTES_PER_ELEMENT + capacity);
    Atomics.store(new Int32Array(memory, 0, HEADER_LENGTH), INTERRUPT_BYTE, -1);
    return memory;
  }

  constructor(memory: SharedArrayBuffer) {
    this.#header = new Int32Array(memory, 0, HEADER_LENGTH);
    this.#bytes = new Uint8Array(memory, HEADER_LENGTH * Int32Array.BYTES_PER_ELEMENT);
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  /** How many bytes wait to be read. */
  get length(): number {
    return (Atomics.load(this.#header, WRITTEN) - Atomics.load(this.#header, READ)) | 0;
  }

  /** The byte that interrupts instead of queuing, or −1. Set by the reader. */
  get interruptByte(): number {
    return Atomics.load(this.#header, INTERRUPT_BYTE);
  }

  set interruptByte(byte: number) {
    Atomics.store(this.#header, INTERRUPT_BYTE, byte);
  }

  /**
   * Writer: queues as much as there is room for, calls `interrupt` for each interrupt byte, and returns how many bytes were taken.
   * When not all were, the next read makes `takeWriterWaits()` true on the reader's side, once.
   */
  write(bytes: Uint8Array, interrupt: () => void = () => undefined): number {
    const header = this.#header;
    const interruptByte = Atomics.load(header, INTERRUPT_BYTE);
    const mask = this.#bytes.length - 1;
    let written = Atomics.load(header, WRITTEN);
    let taken = 0;
    for (const byte of bytes) {
      if (byte === interruptByte) {
        Atomics.store(header, WRITTEN, written);
        interrupt();
      } else {
        if (this.#isFull(written)) {
          // The flag goes up before the second look, so that a read between the two is not missed.
          Atomics.store(header, WRITER_WAITS, 1);
          if (this.#isFull(written)) break;
        }
        this.#bytes[written & mask] = byte;
        written = (written + 1) | 0;
      }
      taken += 1;
    }
    Atomics.store(header, WRITTEN, written);
    if (taken > 0) this.ring();
    return taken;
  }

  /** Writer: true when the reader has to be told by a message that there is something to read; false when it was told already. */
  announce(): boolean {
    return Atomics.exchange(this.#header, ANNOUNCED, 1) === 0;
  }

  /** Forgets everything. For a ring whose other side is gone. */
  reset(): void {
    this.#header.fill(0);
    Atomics.store(this.#header, INTERRUPT_BYTE, -1);
  }

  /** Anyone: wakes who sleeps on the bell. */
  ring(): void {
    Atomics.add(this.#header, BELL, 1);
    Atomics.notify(this.#header, BELL);
  }

  /** Reader: the next byte, or −1 when none waits. */
  readByte(): number {
    const header = this.#header;
    const read = Atomics.load(header, READ);
    if (read === Atomics.load(header, WRITTEN)) return -1;
    const byte = this.#bytes[read & (this.#bytes.length - 1)] ?? -1;
    Atomics.store(header, READ, (read + 1) | 0);
    return byte;
  }

  /**
   * Reader that never waits: everything that is there, and from now on a message is due again for what comes.
   * Wakes a writer that waits for room.
   */
  readAll(): Uint8Array {
    const header = this.#header;
    Atomics.store(header, ANNOUNCED, 0);
    const read = Atomics.load(header, READ);
    const length = (Atomics.load(header, WRITTEN) - read) | 0;
    const bytes = new Uint8Array(length);
    const start = read & (this.#bytes.length - 1);
    const untilEnd = Math.min(length, this.#bytes.length - start);
    bytes.set(this.#bytes.subarray(start, start + untilEnd));
    bytes.set(this.#bytes.subarray(0, length - untilEnd), untilEnd);
    Atomics.store(header, READ, (read + length) | 0);
    if (length > 0) this.ring();
    return bytes;
  }

  /** Reader: true once after a read when the writer could not place all its bytes; it then has to be told that there is room. */
  takeWriterWaits(): boolean {
    return Atomics.load(this.#header, WRITER_WAITS) === 1 && Atomics.exchange(this.#header, WRITER_WAITS, 0) === 1;
  }

  /** The bell as it stands, for `wait`. */
  get bell(): number {
    return Atomics.load(this.#header, BELL);
  }

  /** Sleeps until the bell differs from `seen`, at most `milliseconds`. Blocks its thread: never on a main thread. */
  wait(seen: number, milliseconds: number): void {
    Atomics.wait(this.#header, BELL, seen, milliseconds);
  }

  #isFull(written: number): boolean {
    return ((written - Atomics.load(this.#header, READ)) | 0) >= this.#bytes.length;
  }
}

/** Cuts a stream of bytes into lines, wherever its chunks are cut. */

const LF = 0x0a;
const CR = 0x0d;

/**
 * A line ends with LF or CR LF, which are left off. A line longer than the limit is cut there, and
 * `whole` is false for each of its pieces but the last.
 */
export class LineSplitter {
  readonly #held: Uint8Array;
  #length = 0;
  readonly #onLine: (line: Uint8Array, whole: boolean) => void;

  constructor(onLine: (line: Uint8Array, whole: boolean) => void, limit = 4096) {
    this.#onLine = onLine;
    this.#held = new Uint8Array(limit);
  }

  push(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte === LF) {
        this.#finish();
        continue;
      }
      if (this.#length === this.#held.length) {
        this.#emit(this.#length, false);
        this.#length = 0;
      }
      this.#held[this.#length++] = byte;
    }
  }

  /** Gives out what is left when the stream ends. */
  end(): void {
    if (this.#length > 0) this.#finish();
  }

  /** Forgets a line that has begun. */
  reset(): void {
    this.#length = 0;
  }

  #finish(): void {
    const hasReturn = this.#length > 0 && this.#held[this.#length - 1] === CR;
    this.#emit(hasReturn ? this.#length - 1 : this.#length, true);
    this.#length = 0;
  }

  #emit(length: number, whole: boolean): void {
    this.#onLine(this.#held.slice(0, length), whole);
  }
}

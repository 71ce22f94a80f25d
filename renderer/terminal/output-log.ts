// Defines the log of what a board sent, for saving it and for finding the last traceback: bytes, without the app's own lines.

/** Output comes in pieces of a few bytes, so it is kept in blocks. */
const blockSize = 64 * 1024;
/** More than 8 MB is more than anybody reads; the oldest goes first. */
const mostBlocks = 128;
const tailSize = 4_096;

const tracebackAtEnd = /Traceback \(most recent call last\):\r?\n((?:[ \t]+.*\r?\n)+\S.*)\r?\n?(?:>>> ?)?$/;

export class OutputLog {
  /** All full but the last, of which `#used` bytes are. */
  #blocks: Uint8Array[] = [];
  #used = blockSize;

  get size(): number {
    return Math.max(0, this.#blocks.length - 1) * blockSize + (this.#blocks.length > 0 ? this.#used : 0);
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#used === blockSize) this.#addBlock();
      const part = bytes.subarray(at, at + blockSize - this.#used);
      this.#blocks.at(-1)?.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
    }
  }

  #addBlock(): void {
    this.#blocks.push(new Uint8Array(blockSize));
    this.#used = 0;
    if (this.#blocks.length > mostBlocks) this.#blocks.shift();
  }

  clear(): void {
    this.#blocks = [];
    this.#used = blockSize;
  }

  /** All of it, or the last so many bytes. */
  bytes(last = this.size): Uint8Array {
    const result = new Uint8Array(Math.min(last, this.size));
    let end = result.length;
    for (let index = this.#blocks.length - 1; index >= 0 && end > 0; index -= 1) {
      const used = index === this.#blocks.length - 1 ? this.#used : blockSize;
      const part = (this.#blocks[index] ?? new Uint8Array()).subarray(Math.max(0, used - end), used);
      end -= part.length;
      result.set(part, end);
    }
    return result;
  }

  /** The traceback that the output ends with, if it does; behind it there may be the prompt. */
  lastTraceback(): string | null {
    const text = new TextDecoder().decode(this.bytes(tailSize));
    const at = text.lastIndexOf('Traceback (most recent call last):');
    return at === -1 ? null : (tracebackAtEnd.exec(text.slice(at))?.[1] ?? null);
  }
}

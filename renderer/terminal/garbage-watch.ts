// Defines the watch for output that is no text: another speed, or other firmware.

const window = 1_024;
const bound = 0.3;

/** Says once that over 30 % of 1 KB in a row could not be decoded. */
export class GarbageWatch {
  #seen = 0;
  #bad = 0;
  #said = false;
  #decoder = new TextDecoder();

  /** True the first time that what arrived does not look like text. */
  push(bytes: Uint8Array): boolean {
    if (this.#said) return false;
    const text = this.#decoder.decode(bytes, { stream: true });
    for (const letter of text) {
      const code = letter.codePointAt(0) ?? 0;
      this.#seen += 1;
      if (code === 0xfffd || (code < 0x20 && !isCommonControl(code))) this.#bad += 1;
      if (this.#seen < window) continue;
      if (this.#bad / this.#seen > bound) {
        this.#said = true;
        return true;
      }
      this.#seen = 0;
      this.#bad = 0;
    }
    return false;
  }
}

/** Bell, backspace, tab, line ends, form feed, escape, and the 0x04 that a board ends things with. */
function isCommonControl(code: number): boolean {
  return code === 4 || (code >= 7 && code <= 13) || code === 27;
}

/** Tells from what a board sends whether it stands at a prompt. */

import { binaryText } from '../bytes/binary-text';
import { Utf8Decoder } from '../bytes/utf8';

const LF = 0x0a;
/** How much of the last line is looked at from its start, and from its end. */
const KEPT = 12;

/**
 * The board stands at its prompt from the moment the last line begins with one, or ends with `>>> ` (after output without a line end),
 * until the next line end; what is typed at the prompt is echoed on the same line.
 */
export class PromptWatcher {
  #atPrompt = false;
  #lineStart = '';
  #lineEnd = '';

  get atPrompt(): boolean {
    return this.#atPrompt;
  }

  /** Whether the last line is the bare prompt, with nothing typed behind it. */
  get atBarePrompt(): boolean {
    return this.#atPrompt && this.#lineEnd.endsWith('>>> ');
  }

  /** Whether the last line is empty, so that the next output begins at its start. */
  get atLineStart(): boolean {
    return this.#lineStart === '';
  }

  push(chunk: Uint8Array): void {
    const lineEnd = chunk.lastIndexOf(LF);
    if (lineEnd >= 0) this.reset();
    const line = binaryText(chunk.subarray(Math.max(lineEnd + 1, chunk.length - 4096)));
    this.#lineStart = (this.#lineStart + line).slice(0, KEPT);
    this.#lineEnd = (this.#lineEnd + line).slice(-KEPT);
    if (/^(?:>>> |\.\.\. |=== )/.test(this.#lineStart) || this.#lineEnd.endsWith('>>> ')) this.#atPrompt = true;
  }

  /** To be called when something was sent that ends the present line, before its echo comes. */
  reset(): void {
    this.#atPrompt = false;
    this.#lineStart = '';
    this.#lineEnd = '';
  }
}

/** Whether at least seven in ten characters can be read, or too few came to tell: no other firmware, and no other speed. */
export function looksLikeText(bytes: Uint8Array): boolean {
  const text = new Utf8Decoder().decode(bytes);
  const unreadable = text.split(/[\ufffd\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]/).length - 1;
  return bytes.length < 16 || unreadable < text.length * 0.3;
}

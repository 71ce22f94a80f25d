/** What a board sends back while code runs in raw mode: output, 04, traceback, 04, `>`; as a codec without any wire. */

import { NO_BYTES, concatBytes } from '../bytes/bytes';
import { Utf8Decoder } from '../bytes/utf8';

const EOT = 0x04;
const PROMPT = 0x3e;

/** What the first bytes of a traceback are; without stack memory a board prints only the exception's name. */
const TRACEBACK = 'Traceback (most recent call last):';
const EXCEPTION_LINE = /^[A-Za-z_][\w.]*(?:[:\r\n].*)?$/s;
/** What follows both 04 when the code restarts Python, e.g. by `machine.soft_reset()` or `sys.exit()`, on various boards. */
const RESTARTS = ['', '\r\n'].flatMap((start) =>
  ['soft reboot\r\n', 'MPY: soft reboot\r\n', 'MPY: sync filesystems\r\nMPY: soft reboot\r\n'].map(
    (words) => start + words,
  ),
);

type State =
  /** Standard output. */
  | 'output'
  /** After a first 04: `held` is a traceback, or output of a program that prints 04 itself. */
  | 'error'
  /** After a second 04: `>`, or the first words of a restart, or output after all. */
  | 'prompt'
  | 'done';

export interface ExecOutcome {
  /** The traceback with lines ended by `\n`; empty when the code ended without an exception. */
  readonly traceback: string;
  /** Python restarted; the raw banner is still to come. */
  readonly restarted: boolean;
}

/** A program may print 04. So one that is followed by neither a traceback nor 04 and `>` is taken as output. */
export class ExecReply {
  #state: State = 'output';
  #held: number[] = [];
  #afterSecond: number[] = [];
  #outcome: ExecOutcome | undefined;
  readonly #onOutput: (bytes: Uint8Array) => void;

  constructor(onOutput: (bytes: Uint8Array) => void) {
    this.#onOutput = onOutput;
  }

  /** Defined as soon as the reply is complete. */
  get outcome(): ExecOutcome | undefined {
    return this.#outcome;
  }

  /** Takes a chunk, and returns what of it comes after the end of the reply. */
  push(chunk: Uint8Array): Uint8Array {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'done') return chunk.slice(at);
      if (this.#state === 'output') {
        const end = chunk.indexOf(EOT, at);
        const output = chunk.subarray(at, end < 0 ? chunk.length : end);
        if (output.length > 0) this.#onOutput(output.slice());
        if (end < 0) return NO_BYTES;
        this.#state = 'error';
        at = end + 1;
        continue;
      }
      const byte = chunk[at++] ?? 0;
      if (this.#state === 'error') this.#pushError(byte);
      else this.#pushPrompt(byte);
    }
    return NO_BYTES;
  }

  #pushError(byte: number): void {
    if (byte === EOT) {
      this.#state = 'prompt';
      return;
    }
    this.#held.push(byte);
    if (!couldBeTraceback(this.#held)) this.#giveOut(Uint8Array.of(EOT), Uint8Array.from(this.#held));
  }

  #pushPrompt(byte: number): void {
    if (byte === PROMPT && this.#afterSecond.length === 0) {
      this.#finish(false);
      return;
    }
    this.#afterSecond.push(byte);
    const text = String.fromCharCode(...this.#afterSecond);
    if (RESTARTS.includes(text)) this.#finish(true);
    else if (!RESTARTS.some((words) => words.startsWith(text))) this.#secondWasOutput();
  }

  /** Neither `>` nor a restart follows, so the first 04 and what was held are output, and the second 04 takes the place of the first. */
  #secondWasOutput(): void {
    const rest = Uint8Array.from(this.#afterSecond);
    this.#giveOut(Uint8Array.of(EOT), Uint8Array.from(this.#held));
    this.#state = 'error';
    this.push(rest);
  }

  #giveOut(...parts: Uint8Array[]): void {
    this.#held = [];
    this.#afterSecond = [];
    this.#state = 'output';
    this.#onOutput(concatBytes(parts));
  }

  #finish(restarted: boolean): void {
    this.#state = 'done';
    this.#outcome = { traceback: decodeTraceback(Uint8Array.from(this.#held)), restarted };
  }
}

function couldBeTraceback(held: readonly number[]): boolean {
  const text = String.fromCharCode(...held.slice(0, TRACEBACK.length));
  if (TRACEBACK.startsWith(text) || text.startsWith(TRACEBACK)) return true;
  return EXCEPTION_LINE.test(text);
}

function decodeTraceback(bytes: Uint8Array): string {
  const decoder = new Utf8Decoder();
  return (decoder.decode(bytes) + decoder.flush()).replaceAll('\r\n', '\n');
}

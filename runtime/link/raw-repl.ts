/** The raw REPL as its client speaks it: enter, run code and follow its output, stop it, restart Python, leave. */

import { type ByteReader, type ReadLimit, ReadTimeout } from '../bytes/byte-reader';
import { NO_BYTES, ascii, concatBytes, endsAt, indexOfBytes } from '../bytes/bytes';
import { Cancelled, type CancelToken, throwIfCancelled } from '../bytes/cancel';
import { type Clock, sleep } from '../bytes/clock';
import { Utf8Decoder, encodeUtf8 } from '../bytes/utf8';
import { BoardError, type LinkError, NoAnswer, NotMicroPython, RawRefused } from './errors';
import { type ExecOutcome, ExecReply } from './exec-reply';
import { looksLikeText } from './prompt-watcher';
import { type PythonValue, bytesLiteral, parseLiteral } from './python-literal';
import { type RawWire, RawPasteError, requestRawPaste, sendByRawPaste } from './raw-paste';
import { stageSource } from './staged-source';

export const KEY = {
  enterRaw: Uint8Array.of(0x01),
  leaveRaw: Uint8Array.of(0x02),
  interrupt: Uint8Array.of(0x03),
  execute: Uint8Array.of(0x04),
} as const;

const FRIENDLY_PROMPT = ascii('>>> ');
const RAW_BANNER = ascii('raw REPL; CTRL-B to exit');
const RAW_PROMPT = ascii('>');
const BANNER_END = ascii('for more information.\r\n');
const FRIENDLY_START = ascii('for more information.\r\n>>> ');
const SOFT_REBOOT = ascii('soft reboot');
const LINE_END = ascii('\n');
const ACCEPTED = ascii('OK');

/** Milliseconds for a short answer that needs no Python to run. */
const ANSWER_LIMIT = 3000;
/** Milliseconds without a byte from code of our own, and for the steps of a restart (boot.py may set up a network). */
const IDLE_LIMIT = 10_000;
/** Milliseconds after each 03 before it is sent again, and after the last before giving up. */
const INTERRUPT_WAITS = [1000, 2000, 2000];
/** For the raw prompt, each after one 03 that was given time to show the friendly prompt. */
const ENTER_ATTEMPTS = [
  { prompt: 150, banner: 500 },
  { prompt: 300, banner: 1000 },
  { prompt: 1000, banner: 1000 },
  { prompt: 1000, banner: 1500 },
];

export interface ExecOptions {
  /** Called with standard output as it comes, cut anywhere; the result of `exec` is then empty. */
  readonly onOutput?: (chunk: Uint8Array) => void;
  /** Called once the board has all of the code: what is sent from now on is its standard input. */
  readonly onRunning?: () => void;
  /** Milliseconds without any byte after which the code is interrupted and `NoAnswer` raised; 0 means no limit. Default 10 s. */
  readonly idleLimit?: number;
  /** When cancelled the code is interrupted; the call rejects with `Cancelled` once the board is at its raw prompt again. */
  readonly cancel?: CancelToken | undefined;
}

/** How source reaches the board: unknown until the first code is sent. */
type Delivery = 'unknown' | 'raw-paste' | 'plain';

/**
 * All methods reject with `LinkLost` when the wire breaks. One call at a time; between `enter` and `leave` the stream is this object's.
 */
export class RawRepl {
  readonly #wire: RawWire;
  readonly #clock: Clock;
  #delivery: Delivery = 'unknown';

  constructor(wire: RawWire, clock: Clock) {
    this.#wire = wire;
    this.#clock = clock;
  }

  /** Whether source is sent in small pieces, since the board has no flow control; undefined before the first `exec`. */
  get sendsInPieces(): boolean | undefined {
    return this.#delivery === 'unknown' ? undefined : this.#delivery === 'plain';
  }

  /**
   * Gets the raw prompt from the friendly prompt, from paste mode, from raw mode or from a program that obeys Ctrl-C, which it stops.
   * Rejects with `NoAnswer` when nothing came at all, `RawRefused` when a program goes on, `NotMicroPython` else; mostly in milliseconds, at most in 12 s.
   */
  async enter(cancel?: CancelToken): Promise<void> {
    const began = this.#clock.now();
    const heard: Uint8Array[] = [this.#reader.drain()];
    for (const { prompt, banner } of ENTER_ATTEMPTS) {
      throwIfCancelled(cancel);
      await this.#wire.write(KEY.interrupt);
      heard.push((await this.#sees(FRIENDLY_PROMPT, prompt)) ? FRIENDLY_PROMPT : this.#reader.drain());
      await this.#wire.write(KEY.enterRaw);
      if (await this.#sees(RAW_BANNER, banner)) {
        await this.#await('the raw prompt', this.#reader.readUntil(RAW_PROMPT, this.#within(ANSWER_LIMIT)));
        // A board that was slow answers each of the earlier attempts too, as late as it answered the first.
        const lateness = this.#clock.now() - began;
        while (heard.length > 2 && !(await this.#isQuiet(lateness))) this.#reader.drain();
        return;
      }
      heard.push(this.#reader.drain());
    }
    throw await this.#whyNoPrompt(concatBytes(heard));
  }

  /** Gives the friendly prompt back, also from the middle of anything. Rejects with `RawRefused` when the board does not. */
  async leave(): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (attempt > 0) {
        await this.#wire.write(KEY.interrupt);
        await sleep(this.#clock, 100);
      }
      this.#reader.drain();
      await this.#wire.write(KEY.leaveRaw);
      if (await this.#sees(FRIENDLY_PROMPT, 1000 * (attempt + 1))) return;
      // A prompt that was changed in sys.ps1 follows the banner all the same.
      if (indexOfBytes(this.#reader.drain(), BANNER_END) >= 0) return;
    }
    throw new RawRefused();
  }

  /** Runs code and returns what it printed. Rejects with `BoardError` when it raises, `NoAnswer` also when Python restarts, `Cancelled`. */
  async exec(source: string, options: ExecOptions = {}): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    const collect = (chunk: Uint8Array): void => {
      parts.push(chunk);
    };
    const { traceback, restarted } = await this.execute(source, { ...options, onOutput: options.onOutput ?? collect });
    const output = concatBytes(parts);
    if (restarted) throw new NoAnswer('an end of the code before Python restarted', output.slice(-40));
    if (traceback !== '') throw new BoardError(traceback, new Utf8Decoder().decode(output));
    return output;
  }

  /** The value of a Python expression whose `repr` is a literal. Rejects also with `LiteralError`. */
  async evaluate(expression: string, options: ExecOptions = {}): Promise<PythonValue> {
    const output = await this.exec(`print(repr(${expression}))`, options);
    return parseLiteral(new Utf8Decoder().decode(output).trim());
  }

  /**
   * Runs code and tells how it ended; an exception is a result. When the code restarts Python, it waits for the raw prompt.
   * Rejects with `NoAnswer`, `Cancelled`.
   */
  async execute(source: string, options: ExecOptions = {}): Promise<ExecOutcome> {
    const bytes = encodeUtf8(source);
    throwIfCancelled(options.cancel);
    // At the raw prompt nothing is due; a thread or an interrupt of a program that ran before may have printed.
    this.#reader.drain();
    if (this.#delivery !== 'plain') {
      const window = await this.#await('raw paste', requestRawPaste(this.#wire, this.#within(ANSWER_LIMIT)));
      if (window !== undefined) {
        this.#delivery = 'raw-paste';
        return this.#executeByRawPaste(window, bytes, options);
      }
      this.#delivery = 'plain';
    }
    return this.#executeInPieces(bytes, options);
  }

  /** Restarts Python and stays in raw mode: boot.py runs, main.py does not. What boot.py prints goes to `onOutput`. */
  async restart(options: Pick<ExecOptions, 'onOutput' | 'cancel'> = {}): Promise<void> {
    await this.#wire.write(KEY.execute);
    await this.#await('the restart', this.#reader.readUntil(SOFT_REBOOT, this.#within(IDLE_LIMIT)));
    await this.#await('the restart', this.#reader.readUntil(LINE_END, this.#within(ANSWER_LIMIT)));
    await this.#awaitRawBanner(options);
  }

  get #reader(): ByteReader {
    return this.#wire.reader;
  }

  async #executeByRawPaste(window: number, source: Uint8Array, options: ExecOptions): Promise<ExecOutcome> {
    // 03 and 04 would end the transfer, so source that holds them travels as a literal.
    const wrapped = source.some((byte) => byte === 0x03 || byte === 0x04);
    const sent = wrapped ? ascii(`exec(${bytesLiteral(source)})`) : source;
    await this.#await('more room for source', sendByRawPaste(this.#wire, window, sent, { idle: IDLE_LIMIT }));
    const outcome = await this.#follow(options);
    return wrapped ? withoutWrapper(outcome) : outcome;
  }

  async #executeInPieces(source: Uint8Array, options: ExecOptions): Promise<ExecOutcome> {
    const { pieces, code, cleanUp } = stageSource(source);
    for (const piece of pieces) {
      throwIfCancelled(options.cancel);
      const { traceback } = await this.#executePlain(piece, {});
      if (traceback === '') continue;
      if (cleanUp !== undefined) await this.#executePlain(cleanUp, {});
      throw new BoardError(traceback);
    }
    const outcome = await this.#executePlain(code, options);
    if (cleanUp === undefined || outcome.restarted) return outcome;
    await this.#executePlain(cleanUp, {});
    return withoutWrapper(outcome);
  }

  async #executePlain(code: Uint8Array, options: ExecOptions): Promise<ExecOutcome> {
    await this.#wire.write(concatBytes([code, KEY.execute]));
    const answer = await this.#await('OK', this.#reader.readExactly(2, this.#within(ANSWER_LIMIT)));
    if (!endsAt(answer, ACCEPTED)) throw new NoAnswer('OK', answer);
    return this.#follow(options);
  }

  async #follow(options: ExecOptions): Promise<ExecOutcome> {
    const { idleLimit = IDLE_LIMIT, onOutput = () => undefined } = options;
    options.onRunning?.();
    let tail = NO_BYTES;
    const reply = new ExecReply((output) => {
      tail = concatBytes([tail, output]).slice(-FRIENDLY_START.length);
      onOutput(output);
    });
    let stop: { reason: Error; sent: number; deadline: number } | undefined;
    const limit = (): ReadLimit => {
      if (stop !== undefined) return { deadline: stop.deadline };
      return { cancel: options.cancel, ...(idleLimit > 0 ? { idle: idleLimit } : {}) };
    };

    while (reply.outcome === undefined) {
      try {
        const rest = reply.push(await this.#reader.readSome(limit()));
        this.#reader.unread(rest);
      } catch (error) {
        if (!(error instanceof ReadTimeout || error instanceof Cancelled)) throw error;
        stop ??= {
          reason: error instanceof Cancelled ? error : noAnswer('an end of the code', error),
          sent: 0,
          deadline: 0,
        };
        const wait = INTERRUPT_WAITS[stop.sent++];
        if (wait === undefined) throw stop.reason instanceof Cancelled ? new RawRefused(tail) : stop.reason;
        stop.deadline = this.#clock.now() + wait;
        await this.#wire.write(KEY.interrupt);
      }
      if (endsAt(tail, FRIENDLY_START) && (await this.#isQuiet(200))) return { traceback: '', restarted: true };
    }
    if (stop !== undefined) throw stop.reason;
    if (reply.outcome.restarted) await this.#awaitRawBanner(options);
    return reply.outcome;
  }

  async #awaitRawBanner({ onOutput, cancel }: Pick<ExecOptions, 'onOutput' | 'cancel'>): Promise<void> {
    const output = await this.#await(
      'the prompt after the restart',
      this.#reader.readUntil([RAW_BANNER, FRIENDLY_START], { idle: IDLE_LIMIT, cancel }),
    );
    if (endsAt(output, FRIENDLY_START)) {
      await this.enter(cancel);
      return;
    }
    await this.#await('the raw prompt', this.#reader.readUntil(RAW_PROMPT, this.#within(ANSWER_LIMIT)));
    onOutput?.(output.slice(0, output.length - RAW_BANNER.length));
  }

  async #whyNoPrompt(heard: Uint8Array): Promise<LinkError> {
    if (heard.length === 0) return new NoAnswer('its prompt');
    if (!looksLikeText(heard)) return new NotMicroPython(heard.slice(-40));
    const text = new Utf8Decoder().decode(heard);
    const known = ['>>>', 'KeyboardInterrupt', 'Traceback', 'MicroPython'].some((mark) => text.includes(mark));
    return known || !(await this.#isQuiet(500))
      ? new RawRefused(heard.slice(-40))
      : new NotMicroPython(heard.slice(-40));
  }

  /** Whether the bytes come within so many milliseconds; takes them and all before them. */
  async #sees(bytes: Uint8Array, milliseconds: number): Promise<boolean> {
    try {
      await this.#reader.readUntil(bytes, this.#within(milliseconds));
      return true;
    } catch (error) {
      if (error instanceof ReadTimeout) return false;
      throw error;
    }
  }

  async #isQuiet(milliseconds: number): Promise<boolean> {
    try {
      this.#reader.unread(await this.#reader.readSome(this.#within(milliseconds)));
      return false;
    } catch (error) {
      if (error instanceof ReadTimeout) return true;
      throw error;
    }
  }

  async #await<Value>(awaited: string, value: Promise<Value>): Promise<Value> {
    try {
      return await value;
    } catch (error) {
      if (error instanceof ReadTimeout) throw noAnswer(awaited, error);
      if (error instanceof RawPasteError) throw new NoAnswer(`${awaited} (${error.message})`);
      throw error;
    }
  }

  #within(milliseconds: number): ReadLimit {
    return { deadline: this.#clock.now() + milliseconds };
  }
}

function noAnswer(awaited: string, timeout: ReadTimeout): NoAnswer {
  return new NoAnswer(awaited, timeout.received);
}

/** Source that was run by `exec` of a literal: takes the line of that call out of the traceback. */
function withoutWrapper(outcome: ExecOutcome): ExecOutcome {
  const traceback = outcome.traceback
    .replace('  File "<stdin>", line 1, in <module>\n  File "<string>"', '  File "<string>"')
    .replaceAll('File "<string>"', 'File "<stdin>"');
  return { ...outcome, traceback };
}

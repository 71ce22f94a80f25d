/** A board as small as it can be: MicroPython's prompts and raw mode over a Transport, with Python left to the test. */

import { Emitter, type Unsubscribe } from '../../runtime/bytes/emitter';
import { LinkLost } from '../../runtime/link/errors';
import type { Transport, TransportInfo } from '../../runtime/link/transport';

export interface BoardIo {
  /** Writes to standard output. */
  print(text: string | Uint8Array): void;
  /** Resolves at the first Ctrl-C while the code runs. */
  readonly interrupted: Promise<void>;
  /** The next byte from the terminal. */
  readByte(): Promise<number>;
}

/** Runs code and returns its traceback, empty when it ended well; `restart` stands for code that ends Python. */
export type RunCode = (code: string, io: BoardIo) => Promise<string | typeof RESTART>;

export const RESTART = Symbol('restart');
export const BANNER =
  'MicroPython v1.27.0 on 2026-01-01; Scripted board with none\r\nType "help()" for more information.\r\n';
const RAW_BANNER = 'raw REPL; CTRL-B to exit\r\n';

export interface ScriptedBoardOptions {
  readonly run?: RunCode;
  /** `unknown` is firmware from before raw paste. */
  readonly rawPaste?: 'yes' | 'refused' | 'unknown';
  readonly window?: number;
  /** Bytes that one write may hold; what is more is lost without a word. */
  readonly ring?: number;
  /** What main.py does after a start in friendly mode. */
  readonly main?: RunCode;
  /** What boot.py prints. */
  readonly boot?: string;
  /** Where the board stands when the transport is opened. */
  readonly start?: 'prompt' | 'silent-prompt' | 'raw' | 'main';
}

interface Events {
  data: [Uint8Array];
  close: [Error | undefined];
}

export class ScriptedBoard implements Transport {
  readonly info: TransportInfo = { kind: 'simulator', address: 'scripted' };
  /** Every piece of code that was run in raw mode. */
  readonly executed: string[] = [];
  /** All bytes that were written to it. */
  readonly received: number[] = [];
  softResets = 0;
  readonly #options: Required<ScriptedBoardOptions>;
  readonly #events = new Emitter<Events>();
  #input: number[] = [];
  #wakeInput: (() => void) | undefined;
  #interrupt: (() => void) | undefined;
  #open = false;
  #raw = false;

  constructor(options: ScriptedBoardOptions = {}) {
    const nothing: RunCode = async () => '';
    this.#options = {
      run: nothing,
      rawPaste: 'yes',
      window: 128,
      ring: Infinity,
      main: nothing,
      boot: '',
      start: 'silent-prompt',
      ...options,
    };
  }

  async open(): Promise<void> {
    this.#open = true;
    void this.#live();
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#open) throw new LinkLost(this.info.address);
    this.received.push(...bytes);
    for (const byte of bytes.slice(0, this.#options.ring)) {
      if (byte === 0x03 && this.#interrupt !== undefined) {
        this.#interrupt();
        continue;
      }
      this.#input.push(byte);
    }
    this.#wakeInput?.();
    await Promise.resolve();
  }

  onData(listener: (chunk: Uint8Array) => void): Unsubscribe {
    return this.#events.on('data', listener);
  }

  onClose(listener: (reason?: Error) => void): Unsubscribe {
    return this.#events.on('close', listener);
  }

  async close(): Promise<void> {
    this.unplug(undefined);
  }

  /** Pulls the cable. */
  unplug(reason: Error | undefined = new Error('pulled')): void {
    if (!this.#open) return;
    this.#open = false;
    this.#events.emit('close', reason);
  }

  /** Sends bytes that nobody asked for. */
  say(text: string | Uint8Array): void {
    if (!this.#open) return;
    this.#events.emit('data', typeof text === 'string' ? new TextEncoder().encode(text) : text.slice());
  }

  async #readByte(): Promise<number> {
    while (this.#input.length === 0) {
      await new Promise<void>((resolve) => (this.#wakeInput = resolve));
    }
    return this.#input.shift() ?? 0;
  }

  async #run(code: string, run: RunCode): Promise<string | typeof RESTART> {
    const interrupted = new Promise<void>((resolve) => (this.#interrupt = resolve));
    try {
      return await run(code, {
        print: (text) => {
          this.say(text);
        },
        interrupted,
        readByte: () => this.#readByte(),
      });
    } finally {
      this.#interrupt = undefined;
    }
  }

  async #live(): Promise<void> {
    const { start, main } = this.#options;
    this.#raw = start === 'raw';
    if (start === 'main') await this.#run('', main);
    if (start === 'prompt' || start === 'main') this.say(`${BANNER}>>> `);
    while (this.#open) await (this.#raw ? this.#rawMode() : this.#friendlyMode());
  }

  async #friendlyMode(): Promise<void> {
    let line = '';
    for (;;) {
      const byte = await this.#readByte();
      if (byte === 0x01 && line === '') {
        this.#raw = true;
        this.say(`\r\n${RAW_BANNER}>`);
        return;
      } else if (byte === 0x02 && line === '') this.say(`\r\n${BANNER}>>> `);
      else if (byte === 0x03) {
        line = '';
        this.say('\r\n>>> ');
      } else if (byte === 0x04 && line === '') {
        this.say('\r\n');
        await this.#softReset();
      } else if (byte === 0x0d) {
        this.say('\r\n');
        if (line.trim() !== '') {
          const traceback = await this.#run(line, this.#options.run);
          if (traceback !== RESTART) this.say(traceback);
        }
        line = '';
        this.say('>>> ');
      } else {
        line += String.fromCharCode(byte);
        this.say(Uint8Array.of(byte));
      }
    }
  }

  async #softReset(): Promise<void> {
    this.softResets++;
    this.say(`MPY: sync filesystems\r\nMPY: soft reboot\r\n${this.#options.boot}`);
    if (this.#raw) {
      this.say(`${RAW_BANNER}>`);
      return;
    }
    await this.#run('', this.#options.main);
    this.say(`${BANNER}>>> `);
  }

  async #rawMode(): Promise<void> {
    let buffer: number[] = [];
    for (;;) {
      const byte = await this.#readByte();
      if (byte === 0x01) {
        const asked = buffer[0] === 0x05 && buffer.length === 2;
        buffer = [];
        if (asked && this.#options.rawPaste === 'refused') this.say(Uint8Array.of(0x52, 0x00));
        else if (asked && this.#options.rawPaste === 'yes') await this.#rawPaste();
        else this.say(`${RAW_BANNER}>`);
      } else if (byte === 0x02) {
        this.#raw = false;
        this.say(`\r\n${BANNER}>>> `);
        return;
      } else if (byte === 0x03) buffer = [];
      else if (byte === 0x04) {
        this.say('OK');
        if (buffer.length === 0) {
          this.say('\r\n');
          await this.#softReset();
        } else {
          await this.#execute(Uint8Array.from(buffer));
          buffer = [];
        }
      } else buffer.push(byte);
    }
  }

  async #rawPaste(): Promise<void> {
    const { window } = this.#options;
    this.say(Uint8Array.of(0x52, 0x01, window & 0xff, window >> 8, 0x01));
    const source: number[] = [];
    let left = window;
    for (;;) {
      const byte = await this.#readByte();
      if (byte === 0x03 || byte === 0x04) {
        this.say(Uint8Array.of(0x04));
        if (byte === 0x04) await this.#execute(Uint8Array.from(source));
        else this.say('\x04KeyboardInterrupt: \r\n\x04>');
        return;
      }
      source.push(byte);
      if (--left === 0) {
        this.say(Uint8Array.of(0x01));
        left = window;
      }
      // The lexer meets a mistake long before the end of the source.
      if (String.fromCharCode(...source.slice(-8)) === '<<oops>>') {
        this.say(Uint8Array.of(0x04));
        while (![0x03, 0x04].includes(await this.#readByte())) continue;
        this.say(
          '\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1\r\nSyntaxError: invalid syntax\r\n\x04>',
        );
        return;
      }
    }
  }

  async #execute(source: Uint8Array): Promise<void> {
    const code = new TextDecoder().decode(source);
    this.executed.push(code);
    const traceback = await this.#run(code, this.#options.run);
    if (traceback !== RESTART) {
      this.say(`\x04${traceback}\x04>`);
      return;
    }
    this.say('\x04\x04');
    await this.#softReset();
  }
}

/** The traceback of an exception at the top of `<stdin>`. */
export function traceback(exception: string): string {
  return `Traceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\n${exception}\r\n`;
}

/** The board's console: the bytes of the REPL, one at a time in, text out. */
import { encodeUtf8 } from '../bytes/utf8';
import type { Interpreter } from '../python/interpreter/interpreter';

export const CTRL_A = 1;
export const CTRL_B = 2;
export const CTRL_C = 3;
export const CTRL_D = 4;
export const CTRL_E = 5;

/** The input has ended: nobody can type any more. */
export class ConsoleClosed extends Error {}

export class Console {
  /** Whether a program runs. Ctrl-C is an exception then, also while the program waits for input. */
  private programRuns = false;

  constructor(private readonly interpreter: Interpreter) {}

  /** From now on Ctrl-C stops a program, or is a key like any other. */
  setProgramRuns(runs: boolean): void {
    this.programRuns = runs;
    this.interpreter.setInterruptByte(runs ? CTRL_C : -1);
  }

  /**
   * Waits for the next byte. Events are served meanwhile. Throws ConsoleClosed at the end of the input, and
   * KeyboardInterrupt on Ctrl-C while a program runs.
   */
  read(): number {
    const { hal } = this.interpreter;
    for (;;) {
      const byte = hal.readByte();
      if (byte >= 0) return byte;
      if (Atomics.load(hal.pending, 0) === 0) throw new ConsoleClosed();
      if (this.programRuns) this.interpreter.poll();
      else this.interpreter.serveEvents();
    }
  }

  /** Writes text of the REPL itself, whose line ends are already `\r\n`. */
  write(text: string): void {
    this.interpreter.hal.write(encodeUtf8(text));
  }

  writeBytes(...bytes: number[]): void {
    this.interpreter.hal.write(Uint8Array.from(bytes));
  }
}

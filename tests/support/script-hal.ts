/** A machine for boards and interpreters in tests: input from a script, output kept, and a time that jumps over every wait. */
import { ConsoleClosed } from '../../runtime/board/console';
import type { BoardHal } from '../../runtime/board/simulated-board';
import { PENDING_INTERRUPT } from '../../runtime/python/interpreter/hal';

/** The board pressed its own reset button: for its program the console is gone. */
class HardReset extends ConsoleClosed {}

export class ScriptHal implements BoardHal {
  readonly pending = new Int32Array(new SharedArrayBuffer(4));
  private time = 0;
  private readonly input: number[] = [];
  private readonly outputBytes: number[] = [];
  private readonly later: { at: number; action: () => void }[] = [];
  private readonly awaited: { text: string; action: () => void }[] = [];
  /** Whether the board pressed its own reset button. */
  wasReset = false;
  private interruptByte = -1;
  private seed = 1;

  /** The script ends the input once its last byte was read and nothing is due any more. */
  constructor(script = '') {
    this.type(script);
  }

  /** What the board said so far, byte by byte as Latin-1. */
  get output(): string {
    return Buffer.from(this.outputBytes).toString('latin1');
  }

  /** Types text, sent as UTF-8. While a program runs, Ctrl-C interrupts it at once. */
  type(text: string): void {
    this.send(...Buffer.from(text));
  }

  send(...bytes: number[]): void {
    for (const byte of bytes) {
      if (byte === this.interruptByte) this.raise(PENDING_INTERRUPT);
      else this.input.push(byte);
    }
  }

  raise(bits: number): void {
    Atomics.or(this.pending, 0, bits);
  }

  /** Has something happen when the board's clock stands at so many milliseconds. */
  at(milliseconds: number, action: () => void): void {
    this.later.push({ at: milliseconds, action });
    this.later.sort((a, b) => a.at - b.at);
  }

  /** Has something happen as soon as the output ends with a text, once. */
  after(text: string, action: () => void): void {
    this.awaited.push({ text, action });
  }

  now(): number {
    return this.time;
  }

  epoch(): number {
    return Date.UTC(2026, 0, 1) + this.time;
  }

  random(): number {
    this.seed = (Math.imul(this.seed, 1664525) + 1013904223) >>> 0;
    return this.seed;
  }

  write(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.outputBytes.push(byte);
      this.look();
    }
  }

  writeError(bytes: Uint8Array): void {
    this.write(bytes);
  }

  get available(): number {
    return this.input.length;
  }

  readByte(deadline = Infinity): number {
    for (;;) {
      const byte = this.input.shift();
      if (byte !== undefined) return byte;
      if (Atomics.load(this.pending, 0) !== 0 || !this.advance(deadline)) return -1;
    }
  }

  sleepUntil(deadline: number): boolean {
    for (;;) {
      if (Atomics.load(this.pending, 0) !== 0) return false;
      if (!this.advance(deadline)) return true;
    }
  }

  setInterruptByte(byte: number): void {
    this.interruptByte = byte;
  }

  reset(): never {
    this.wasReset = true;
    throw new HardReset();
  }

  /** Lets time pass to what is due next; false when nothing is due before the deadline, to which time then jumps. */
  private advance(deadline: number): boolean {
    const [next] = this.later;
    if (next !== undefined && next.at <= deadline) {
      this.later.shift();
      this.time = Math.max(this.time, next.at);
      next.action();
      return true;
    }
    if (deadline !== Infinity) this.time = Math.max(this.time, deadline);
    return false;
  }

  private look(): void {
    const [next] = this.awaited;
    if (next === undefined) return;
    const tail = Buffer.from(this.outputBytes.slice(-next.text.length)).toString('latin1');
    if (tail !== next.text) return;
    this.awaited.shift();
    next.action();
  }
}

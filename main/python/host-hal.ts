/** The interpreter's machine when it is this computer: standard streams, clocks, sleep. Everything blocks the thread. */
import { constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { Garbage, Hal, HostMemory, HostProcess } from '../../runtime/python/interpreter/hal';
import { runShell } from './shell';
import { hostMemory } from './heap-statistics';

const STANDARD_INPUT = 0;
/** Milliseconds between two looks whether somebody has typed. */
const READ_PAUSE = 5;

/** Output is gathered up to this many bytes; it goes out earlier when something waits for it. */
const BUFFER_SIZE = 16384;

export class HostHal implements Hal {
  readonly pending = new Int32Array(new SharedArrayBuffer(4));
  private readonly output = new Uint8Array(BUFFER_SIZE);
  private filled = 0;
  private readonly input = new Uint8Array(4096);
  private inputAt = 0;
  private inputEnd = 0;
  private inputFile: number | undefined;
  private readonly immediate: boolean;

  /** `beforeWait` is given where somebody types the input, and may press Ctrl-C instead: called before a wait. */
  constructor(private readonly beforeWait?: () => void) {
    this.immediate = isTerminal(1);
  }

  now(): number {
    return performance.now();
  }

  epoch(): number {
    return Date.now();
  }

  write(bytes: Uint8Array): void {
    if (this.filled + bytes.length > BUFFER_SIZE) this.flush();
    if (bytes.length > BUFFER_SIZE) {
      writeAll(1, bytes);
      return;
    }
    this.output.set(bytes, this.filled);
    this.filled += bytes.length;
    if (this.immediate) this.flush();
  }

  writeError(bytes: Uint8Array): void {
    this.flush();
    writeAll(2, bytes);
  }

  /** Sends what was gathered. */
  flush(): void {
    if (this.filled === 0) return;
    const { filled } = this;
    this.filled = 0;
    writeAll(1, this.output.subarray(0, filled));
  }

  get available(): number {
    return this.inputEnd - this.inputAt;
  }

  readByte(_deadline?: number): number {
    if (this.inputAt === this.inputEnd) {
      this.flush();
      this.inputAt = 0;
      this.inputEnd = this.readSome();
      if (this.inputEnd === 0) return -1;
    }
    return this.input[this.inputAt++] as number;
  }

  /** Reads what there is of the input, waiting for the first byte; 0 at its end, or when something became pending. */
  private readSome(): number {
    this.inputFile ??= this.beforeWait === undefined ? STANDARD_INPUT : openTerminal();
    this.beforeWait?.();
    for (;;) {
      try {
        return readSync(this.inputFile, this.input);
      } catch (e) {
        if (isCode(e, 'EOF')) return 0;
        if (!isCode(e, 'EAGAIN')) throw e;
      }
      if (Atomics.load(this.pending, 0) !== 0) return 0;
      Atomics.wait(this.pending, 0, 0, READ_PAUSE);
    }
  }

  sleepUntil(deadline: number): boolean {
    this.flush();
    this.beforeWait?.();
    for (;;) {
      if (Atomics.load(this.pending, 0) !== 0) return false;
      const left = deadline - this.now();
      if (left <= 0) return true;
      Atomics.wait(this.pending, 0, 0, left);
    }
  }

  random(): number {
    return (Math.random() * 4294967296) >>> 0;
  }

  readonly process: HostProcess = {
    getVariable: (name) => process.env[name],
    setVariable: (name, value) => {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    },
    run: (command) => {
      this.flush();
      this.beforeWait?.();
      return runShell(command);
    },
  };

  memory(garbage: Garbage): HostMemory {
    return hostMemory(garbage);
  }
}

function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false;
  }
}

const isCode = (e: unknown, code: string): boolean => (e as { code?: unknown }).code === code;

/** Writes everything; waits while a pipe is full, and says nothing when nobody reads any more. */
function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (e) {
      if (isCode(e, 'EAGAIN')) pause();
      else if (isCode(e, 'EPIPE')) process.exit(0);
      else throw e;
    }
  }
}

/** The terminal once more, so that reading it never waits; where there is no such file, the input as it is. */
function openTerminal(): number {
  try {
    return openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return STANDARD_INPUT;
  }
}

const nothing = new Int32Array(new SharedArrayBuffer(4));

function pause(): void {
  Atomics.wait(nothing, 0, 0, 2);
}

/** What an interpreter needs of the machine it runs on. */

/** The bit of `pending[0]` that is Ctrl-C; the others are events for `Interpreter.onPending`. */
export const PENDING_INTERRUPT = 1;

/** The bit of `pending[0]` that says a callback of `micropython.schedule` waits. */
export const PENDING_SCHEDULED = 1 << 30;

/** The bit of `pending[0]` that has the interpreter look at how much memory is in use; set now and then while a program runs. */
export const PENDING_MEMORY = 1 << 29;

export type Garbage = 'none' | 'young' | 'all';

/** What the host tells of its memory, in bytes. */
export interface HostMemory {
  readonly used: number;
  readonly buffers: number;
  readonly limit: number;
}

/** What a program asks of the process it runs in. */
export interface HostProcess {
  getVariable(name: string): string | undefined;
  /** Takes the variable out of the environment when there is no value. */
  setVariable(name: string, value: string | undefined): void;
  /** Runs a command line in the shell and waits for it; its status as `wait` of Unix gives it. */
  run(command: string): number;
}

export interface Hal {
  /** One Int32: not 0 when the running program has to look up. Generated code reads it at loops and calls. */
  readonly pending: Int32Array;

  /** Milliseconds of a clock that only goes forward. */
  now(): number;

  /** Milliseconds since 1970, UTC. */
  epoch(): number;

  /** Sends bytes to the output; may wait until there is room. */
  write(bytes: Uint8Array): void;

  /** As `write`, for what goes to the error output where there is one. */
  writeError(bytes: Uint8Array): void;

  /**
   * The next byte of the input, waiting until `deadline` (in terms of `now`). −1 when none came, when something became
   * pending before, or when the input has ended.
   */
  readByte(deadline?: number): number;

  /** How many bytes can be read without waiting. */
  readonly available: number;

  /** Waits until `deadline`. False when something became pending before. */
  sleepUntil(deadline: number): boolean;

  /** 32 random bits. */
  random(): number;

  /**
   * Bytes that the host has in use, and where it breaks down. `garbage`: what is to be collected before; the young can be
   * had soon. `buffers`: those bytes that hold bytearrays and the like. Missing where the host cannot tell.
   */
  memory?(garbage: Garbage): HostMemory;

  /** The process that the interpreter is; missing where it is none. */
  readonly process?: HostProcess;
}

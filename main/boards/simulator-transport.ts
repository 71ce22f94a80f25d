/**
 * Defines SimulatorTransport: the simulated board's thread as a Transport like any other.
 *
 * Bytes go in and out through two rings in shared memory. The output ring is the flow control: when nobody reads (`hold`),
 * it fills up, and the board then waits in `print`. A hard reset ends the thread and starts another on the same memory,
 * so a board that hangs can always be brought back, and switch and sliders keep their places.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { HardwareRegisters } from '../../runtime/board/hardware-registers';
import { ByteRing } from '../../runtime/bytes/byte-ring';
import { Emitter, type Unsubscribe } from '../../runtime/bytes/emitter';
import { LinkLost, PortUnavailable } from '../../runtime/link/errors';
import { PENDING_INTERRUPT, PENDING_MEMORY } from '../../runtime/python/interpreter/hal';
import type { Transport, TransportInfo } from '../../runtime/link/transport';
import { dataFolder } from '../data-folder';
import { builtPath } from '../resources';
import type { ThreadData, ThreadMessage } from '../simulator/thread-data';

/** Enough for what a person pastes while a program runs and reads nothing. */
const INPUT_CAPACITY = 64 * 1024;

/** Milliseconds in which a board that is closed may end by itself. */
const END_LIMIT = 500;

/** What is on its way when nobody reads: some screens full. */
const OUTPUT_CAPACITY = 64 * 1024;

/** How often, in milliseconds, a program looks at how much memory it uses. */
const MEMORY_INTERVAL = 50;

export interface SimulatorOptions {
  /** The file that keeps the flash; null keeps nothing. By default the one in the user's data folder. */
  readonly flash?: string | null;
  /** The memory of HardwareRegisters, for those who show and poke the board's outside. */
  readonly registers?: SharedArrayBuffer;
  /** The thread's program; tests run others. */
  readonly program?: string;
  /** Plain data for that program. */
  readonly task?: unknown;
}

interface TransportEvents {
  data: [Uint8Array];
  close: [Error | undefined];
}

interface Write {
  readonly bytes: Uint8Array;
  at: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class SimulatorTransport implements Transport {
  readonly info: TransportInfo = { kind: 'simulator', address: 'sim' };
  readonly #events = new Emitter<TransportEvents>();
  readonly #program: string;
  readonly #data: ThreadData;
  readonly #input: ByteRing;
  readonly #output: ByteRing;
  readonly #pending: Int32Array;
  readonly #writes: Write[] = [];
  #worker: Worker | undefined;
  #state: 'new' | 'opening' | 'open' | 'closed' = 'new';
  #opening: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  #held = false;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(options: SimulatorOptions = {}) {
    this.#program = options.program ?? builtPath('main', 'simulator-worker.cjs');
    this.#data = {
      input: ByteRing.allocate(INPUT_CAPACITY),
      output: ByteRing.allocate(OUTPUT_CAPACITY),
      pending: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
      ending: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
      registers: options.registers ?? HardwareRegisters.allocate(),
      flash: options.flash === undefined ? join(dataFolder(), 'simulated-flash.img') : options.flash,
      task: options.task,
    };
    this.#input = new ByteRing(this.#data.input);
    this.#output = new ByteRing(this.#data.output);
    this.#pending = new Int32Array(this.#data.pending);
  }

  async open(): Promise<void> {
    if (this.#state === 'closed') throw new LinkLost(this.info.address);
    this.#state = 'opening';
    await new Promise<void>((resolve, reject) => {
      this.#opening = { resolve, reject };
      this.#start();
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(new LinkLost(this.info.address));
    return new Promise((resolve, reject) => {
      this.#writes.push({ bytes, at: 0, resolve, reject });
      this.#pump();
    });
  }

  onData(listener: (chunk: Uint8Array) => void): Unsubscribe {
    return this.#events.on('data', listener);
  }

  onClose(listener: (reason?: Error) => void): Unsubscribe {
    return this.#events.on('close', listener);
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#end(undefined);
    if (worker === undefined) return;
    // The board ends by itself, and gives its flash free, unless its program takes no notice.
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    Atomics.store(new Int32Array(this.#data.ending), 0, 1);
    this.raise(PENDING_INTERRUPT);
    const limit = setTimeout(() => void worker.terminate(), END_LIMIT);
    await ended;
    clearTimeout(limit);
  }

  /** While held nothing is read from the board; with a full ring it then waits. */
  hold(held: boolean): void {
    this.#held = held;
    if (!held && this.#state === 'open') this.#read();
  }

  /** Has the board look at its registers after something in them has changed. */
  raise(pending: number): void {
    Atomics.or(this.#pending, 0, pending);
    // The board may sleep on either of its rings.
    this.#input.ring();
    this.#output.ring();
  }

  /** The reset button: a new thread, whatever the old one does. What was written and not yet read is lost, as on a board. */
  async reset(): Promise<void> {
    const worker = this.#worker;
    if (this.#state !== 'open' || worker === undefined) return;
    this.#worker = undefined;
    await worker.terminate();
    if (this.#state !== 'open') return;
    this.#read();
    for (const { resolve } of this.#writes.splice(0)) resolve();
    this.#input.reset();
    this.#output.reset();
    Atomics.store(this.#pending, 0, 0);
    this.#start();
  }

  /** Has a program that runs look at its memory now and then. */
  #watchMemory(): void {
    this.#clock ??= setInterval(() => {
      if (this.#input.interruptByte >= 0) Atomics.or(this.#pending, 0, PENDING_MEMORY);
    }, MEMORY_INTERVAL);
    this.#clock.unref();
  }

  #start(): void {
    this.#watchMemory();
    const worker = new Worker(this.#program, { workerData: this.#data });
    this.#worker = worker;
    let reason: Error | undefined;
    worker.on('message', (message: ThreadMessage) => {
      if (this.#worker !== worker) return;
      if (message === 'started') this.#started();
      if (message === 'output' && !this.#held) this.#read();
      if (message === 'room') this.#pump();
      if (message === 'reset') void this.reset();
      if (typeof message === 'object') reason = flashInUse(message.flashInUse);
    });
    worker.on('error', (error: Error) => (reason = error));
    worker.on('exit', (status) => {
      if (this.#worker !== worker) return;
      // What it said last is the most telling.
      this.#read();
      this.#end(reason ?? new Error(`The simulated board's thread ended with status ${status}.`));
    });
  }

  #started(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.#opening?.resolve();
  }

  #read(): void {
    const chunk = this.#output.readAll();
    if (chunk.length > 0) this.#events.emit('data', chunk);
  }

  /** Hands over as much of the waiting writes as the board has room for. */
  #pump(): void {
    for (let next = this.#writes[0]; next !== undefined; next = this.#writes[0]) {
      next.at += this.#input.write(next.bytes.subarray(next.at), () => this.raise(PENDING_INTERRUPT));
      if (next.at < next.bytes.length) return;
      this.#writes.shift();
      next.resolve();
    }
  }

  #end(reason: Error | undefined): void {
    const wasOpen = this.#state === 'open';
    this.#state = 'closed';
    this.#worker = undefined;
    clearInterval(this.#clock);
    this.#opening?.reject(reason instanceof PortUnavailable ? reason : new LinkLost(this.info.address, reason));
    if (!wasOpen) return;
    for (const { reject } of this.#writes.splice(0)) reject(new LinkLost(this.info.address, reason));
    this.#events.emit('close', reason);
  }
}

function flashInUse(process: number): PortUnavailable {
  const holder = { program: 'Tether', process };
  return new PortUnavailable('The flash of the simulated board', 'busy', 'Its file is locked.', { holder });
}

/** Defines Connection: one open board, with its session, its state in the terms of the window, and its output's viewers. */
import type { CancelToken } from '../../runtime/bytes/cancel';
import type { Clock } from '../../runtime/bytes/clock';
import { AppError, type ErrorData } from '../../runtime/contract/app-error';
import type { BoardInfo, BoardState, BusyDoing, RunRequest, RunResult } from '../../runtime/contract/types';
import { BoardSession, type BoardAccess } from '../../runtime/link/board-session';
import { LinkLost } from '../../runtime/link/errors';
import type { Transport } from '../../runtime/link/transport';
import { boardState, type Busy } from './board-state';
import { toAppError, type LinkContext } from './link-errors';
import type { OutputGate } from './output-gate';
import { SimulatorTransport } from './simulator-transport';

/** What a task on the board is, for its state and for the sentence when it fails. */
export interface TaskWords {
  readonly doing: BusyDoing;
  /** The file at work, if one is meant. */
  readonly file: string | null;
  /** Completes “… while …”. */
  readonly task: string;
}

/** What a task may tell while it works. */
export type ReportProgress = (file: string, fraction: number) => void;

/** A board on which tasks can be done: what those see of a connection who know of nothing else. */
export interface TaskRunner {
  /** Does something on the board by way of Python. Fails with AppErrors only, as far as the reasons are known. */
  task<T>(
    words: TaskWords,
    work: (board: BoardAccess, report: ReportProgress) => Promise<T>,
    cancel?: CancelToken,
  ): Promise<T>;
}

export interface ConnectionServices<V> {
  readonly clock: Clock;
  readonly onState: (state: BoardState) => void;
  /** Outlives the connection: a terminal goes on where it was when the board comes back. */
  readonly gate: OutputGate<V>;
  /** The link broke; `unnoticed` when nothing that was asked for failed by it. */
  readonly onLost: (error: ErrorData, unnoticed: boolean) => void;
}

/** A listener that is called for every few kilobytes must not flood the windows. */
const PROGRESS_EVERY = 100;

/** What holds the board for long, so that a key typed meanwhile is refused rather than kept. */
const LONG_TASKS: ReadonlySet<BusyDoing> = new Set(['uploading', 'downloading']);

export class Connection<V> implements TaskRunner {
  readonly gate: OutputGate<V>;
  readonly #board: () => BoardInfo;
  readonly #transport: Transport;
  readonly #session: BoardSession;
  readonly #services: ConnectionServices<V>;
  #busy: Busy | null = null;
  #stopIgnored = false;
  /** Asked for and not ended: when the link breaks, one of these tells it. */
  #asked = 0;
  #ended = false;
  #shown: BoardState = { name: 'connecting' };
  #typing: Promise<unknown> = Promise.resolve();
  #idle = new Set<() => void>();

  /** `board` gives what is known of it now: its name may change while it is open. */
  constructor(board: () => BoardInfo, transport: Transport, services: ConnectionServices<V>) {
    this.#board = board;
    this.#transport = transport;
    this.#services = services;
    const { clock, gate, onLost } = services;
    this.gate = gate;
    this.simulator?.hold(gate.held);
    this.#session = new BoardSession(transport, { clock });
    this.#session.on('output', (bytes, source) => this.gate.push(bytes, source));
    this.#session.on('stopIgnored', () => {
      this.#stopIgnored = true;
      this.#update();
    });
    this.#session.on('lost', (error) => {
      this.gate.flush();
      const task = 'waiting for the board';
      if (!this.#ended) onLost(AppError.toData(this.#told(error, task, null), task), this.#asked === 0);
    });
    this.#session.on('status', () => this.#update());
  }

  get board(): BoardInfo {
    return this.#board();
  }

  get state(): BoardState {
    return this.#shown;
  }

  /** The transport, when the board is the simulated one. */
  get simulator(): SimulatorTransport | null {
    return this.#transport instanceof SimulatorTransport ? this.#transport : null;
  }

  open(): Promise<void> {
    return this.#ask('connecting to the board', () => this.#session.open());
  }

  /** What is pending ends as stopped, not as lost. */
  async close(): Promise<void> {
    this.#ended = true;
    this.gate.flush();
    await this.#session.close();
  }

  /**
   * What was typed. False when a transfer has the board. Behind a short task of ours, such as listing a folder, it waits.
   * Keys keep their order.
   */
  write(bytes: Uint8Array): Promise<boolean> {
    const written = this.#typing.then(() => this.#ask('sending to the board', () => this.#writeWhenIdle(bytes)));
    this.#typing = written.catch(() => undefined);
    return written;
  }

  task<T>(
    words: TaskWords,
    work: (board: BoardAccess, report: ReportProgress) => Promise<T>,
    cancel?: CancelToken,
  ): Promise<T> {
    const options = { name: words.task, ...(cancel === undefined ? {} : { cancel }) };
    let { file } = words;
    const run = (): Promise<T> =>
      this.#session.run(async (board) => {
        this.#show({ name: 'busy', doing: words.doing, file, fraction: null });
        let told = -Infinity;
        try {
          return await work(board, (name, fraction) => {
            const now = this.#services.clock.now();
            if (name === file && now - told < PROGRESS_EVERY) return;
            told = now;
            file = name;
            this.#show({ name: 'busy', doing: words.doing, file, fraction });
          });
        } finally {
          this.#busy = null;
        }
      }, options);
    return this.#ask(words.task, run, () => (words.doing === 'uploading' ? file : null));
  }

  async run({ name, code, fresh }: RunRequest): Promise<RunResult> {
    const options = { name, freshBoard: fresh, interrupt: true };
    const { outcome, error } = await this.#ask('running the program', () =>
      this.#session.runScript(code, options),
    ).catch((reason: unknown) => {
      if (AppError.is(reason, 'cancelled')) return { outcome: 'stopped', error: undefined } as const;
      throw reason;
    });
    const ended = ({ done: 'finished', error: 'failed', stopped: 'stopped', restarted: 'stopped' } as const)[outcome];
    this.gate.flush();
    return { ended, traceback: error?.traceback ?? '' };
  }

  stop(): Promise<void> {
    return this.#ask('stopping the program', () => this.#session.stop());
  }

  softReset(): Promise<void> {
    if (this.#busy !== null) throw this.busyError(this.#busy);
    return this.#ask('resetting the board', () => this.#session.softReset());
  }

  /** What cannot wait until a task is done is refused with this. */
  busyError({ doing, file }: Busy): AppError {
    return new AppError('board-busy', { board: this.board.name, task: file === null ? doing : `${doing} ${file}` });
  }

  /** What the board says of itself; null when it cannot be asked now. */
  async identify(): Promise<{ readonly machine: string; readonly version: string } | null> {
    return this.#session.identify().catch(() => null);
  }

  async #writeWhenIdle(bytes: Uint8Array): Promise<boolean> {
    while (!(await this.#session.write(bytes))) {
      if (this.#busy !== null && LONG_TASKS.has(this.#busy.doing)) return false;
      await new Promise<void>((resolve) => this.#idle.add(resolve));
    }
    return true;
  }

  /** `uploading` tells which file was on its way to the board when it failed. */
  async #ask<T>(task: string, work: () => Promise<T>, uploading: () => string | null = () => null): Promise<T> {
    this.#asked += 1;
    try {
      return await work();
    } catch (error) {
      throw this.#told(error, task, uploading());
    } finally {
      this.#asked -= 1;
    }
  }

  #told(error: unknown, task: string, uploading: string | null): unknown {
    if (error instanceof LinkLost && this.#ended) return new AppError('cancelled', { sent: 0, files: 1 });
    if (error instanceof LinkLost && this.simulator !== null) {
      return new AppError('simulator-died', {}, error.reason?.stack ?? error.message);
    }
    const context: LinkContext = { board: this.board.name, port: this.board.address, task };
    return toAppError(error, uploading === null ? context : { ...context, uploading });
  }

  #show(busy: Busy): void {
    this.#busy = busy;
    this.#update();
  }

  #update(): void {
    const { status } = this.#session;
    if (!status.stopping) this.#stopIgnored = false;
    if (status.state !== 'busy') {
      for (const resolve of this.#idle) resolve();
      this.#idle.clear();
    }
    const simulated = this.board.kind === 'simulated';
    const state = boardState(status, { busy: this.#busy, stopIgnored: this.#stopIgnored, simulated });
    if (JSON.stringify(state) === JSON.stringify(this.#shown)) return;
    this.#shown = state;
    // What was said before a change of state is shown before it.
    this.gate.flush();
    this.#services.onState(state);
  }
}

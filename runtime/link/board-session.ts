/** The only owner of a Transport: decides whether bytes belong to the terminal or to a task, and gives the board back. */

import { binaryText } from '../bytes/binary-text';
import { ByteReader } from '../bytes/byte-reader';
import { NO_BYTES, ascii } from '../bytes/bytes';
import { CancelSource, Cancelled, type CancelToken, throwIfCancelled } from '../bytes/cancel';
import type { CancelTimer, Clock } from '../bytes/clock';
import { Emitter, type Unsubscribe } from '../bytes/emitter';
import { type Logger, silentLogger } from '../bytes/logger';
import { encodeUtf8 } from '../bytes/utf8';
import { type BoardIdentity, identify } from './board-identity';
import { BoardError, BoardOccupied, LinkLost, NoAnswer } from './errors';
import { PromptWatcher, looksLikeText } from './prompt-watcher';
import { KEY, RawRepl } from './raw-repl';
import { RemoteFs } from './remote-fs';
import type { Transport, TransportInfo } from './transport';

/**
 * `closed`: not opened, or closed on request. `opening`: finding out what the board does. `terminal`: bytes pass both ways.
 * `busy`: a task or a script of ours has the stream. `lost`: the wire broke; make a new session to connect again.
 */
export type SessionState = 'closed' | 'opening' | 'terminal' | 'busy' | 'lost';

/**
 * What the board seems to do. `none` while closed or lost; `starting` after a soft reset until its prompt; `prompt` idle;
 * `program` its own program, or a line typed in the terminal, runs; `script` a script of ours; `task` a task of ours;
 * `silent` it does not even take bytes; `foreign` it answers, but not as MicroPython.
 */
export type BoardActivity = 'none' | 'starting' | 'prompt' | 'program' | 'script' | 'task' | 'silent' | 'foreign';

export interface SessionStatus {
  readonly state: SessionState;
  readonly activity: BoardActivity;
  /** The name of the script or task under way, as given to `runScript` or `run`. */
  readonly task: string | undefined;
  /** A stop was asked for and the program has not ended yet. */
  readonly stopping: boolean;
}

/** Where output comes from: `terminal` is prompt, echo and program mixed; `program` a script of ours printed, `error` is its traceback. */
export type OutputSource = 'terminal' | 'program' | 'error';

export interface SessionEvents {
  status: [status: SessionStatus];
  /** Bytes to show, cut anywhere. What tasks say to the board is not among them. */
  output: [chunk: Uint8Array, source: OutputSource];
  /** Three seconds after `stop()` the program still runs. */
  stopIgnored: [];
  /** Once, when the wire broke; everything pending rejects with the same error. */
  lost: [error: LinkLost];
}

export interface TaskOptions {
  /** Words for the status, e.g. `uploading main.py`. */
  readonly name: string;
  /** Stop a program that runs. Without it such a task rejects with `BoardOccupied` and nothing is sent. */
  readonly interrupt?: boolean;
  /** When cancelled a waiting task never starts, and one that runs sees it in `BoardAccess.cancel`. */
  readonly cancel?: CancelToken;
}

export interface ScriptOptions {
  /** What the status calls it, e.g. `blink.py`. */
  readonly name: string;
  /** Soft reset first: boot.py runs, main.py does not. */
  readonly freshBoard?: boolean;
  /** Stop a program that runs. Without it the call rejects with `BoardOccupied` and nothing is sent. */
  readonly interrupt?: boolean;
}

export interface ScriptResult {
  /** `restarted`: the script reset the board, or the board reset itself. */
  readonly outcome: 'done' | 'error' | 'stopped' | 'restarted';
  /** The exception, when the outcome is `error` or `stopped`; its text has already been sent as output. */
  readonly error: BoardError | undefined;
}

/** What a task is handed, valid only until its promise is settled. */
export interface BoardAccess {
  readonly raw: RawRepl;
  readonly files: RemoteFs;
  /** Cancelled by `stop()` and by the token of `TaskOptions`: to be passed on to what may be cut short. */
  readonly cancel: CancelToken;
}

/** Milliseconds in which a board at its prompt shows it: of itself, after the probe, and after a line that is quickly done. */
const WAITS = { attached: 80, probe: 400, settle: 300 } as const;
/** Milliseconds for the wire to take a few bytes. A board that reads nothing leaves them in the computer. */
const WRITE_LIMIT = 5000;
/** Milliseconds without a prompt after which a line typed in the terminal counts as a running program. */
const PROGRAM_GRACE = 150;
/** Milliseconds after the first Ctrl-C. */
const STOP_AGAIN = 1000;
const STOP_IGNORED = 3000;
/** Milliseconds for a soft reset to be announced, and after that for a prompt, which a main.py that runs on never gives. */
const RESET_LIMIT = 5000;
const RESET_PROMPT_LIMIT = 2000;

/** A blank and a line end: at a prompt they bring the next prompt, and nothing else notices them but a program that reads. */
const PROBE = ascii(' \r');
const NEW_LINE = ascii('\r\n');
const NEW_PROMPT = ascii('\r\n>>> ');

/** Something that has the stream, or waits for it. */
interface Job {
  readonly kind: 'task' | 'script' | 'reset';
  readonly name: string;
  readonly cancel: CancelSource;
  /** Set while a script of ours runs: what is typed is its standard input. */
  takesInput: boolean;
}

export class BoardSession {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #events: Emitter<SessionEvents>;
  readonly #reader: ByteReader;
  readonly #raw: RawRepl;
  readonly #files: RemoteFs;
  readonly #watcher = new PromptWatcher();

  #connection: 'closed' | 'opening' | 'open' | 'lost' = 'closed';
  /** Why nothing goes any more; set once. */
  #ended: LinkLost | undefined;
  #closing = false;
  #job: Job | undefined;
  /** Those that wait for their turn. */
  readonly #waiting = new Set<Job>();
  /** Whether incoming bytes belong to the terminal, or to RawRepl. */
  #toTerminal = true;
  #queue: Promise<unknown> = Promise.resolve();
  /** What is known of the board while it is not at its prompt. */
  #offPrompt: 'prompt' | 'program' | 'silent' | 'foreign' = 'program';
  #promptWaits = new Set<() => void>();
  #graceTimer: CancelTimer | undefined;
  #stopTimers: CancelTimer[] = [];
  #status: SessionStatus = { state: 'closed', activity: 'none', task: undefined, stopping: false };
  #identity: BoardIdentity | undefined;

  constructor(transport: Transport, services: { readonly clock: Clock; readonly logger?: Logger }) {
    this.#transport = transport;
    this.#clock = services.clock;
    this.#logger = services.logger ?? silentLogger;
    this.#events = new Emitter((error) => {
      this.#logger.log('error', `A listener failed: ${String(error)}`);
    });
    this.#reader = new ByteReader(this.#clock);
    this.#raw = new RawRepl({ reader: this.#reader, write: (bytes) => this.#send(bytes) }, this.#clock);
    this.#files = new RemoteFs(this.#raw);
  }

  get info(): TransportInfo {
    return this.#transport.info;
  }

  get status(): SessionStatus {
    return this.#status;
  }

  /** Known after `identify()`. */
  get identity(): BoardIdentity | undefined {
    return this.#identity;
  }

  on<Name extends keyof SessionEvents>(name: Name, listener: (...values: SessionEvents[Name]) => void): Unsubscribe {
    return this.#events.on(name, listener);
  }

  /**
   * Opens the transport and finds out what the board does, without interrupting a program: mostly in a few milliseconds, at most in 2 s.
   * Rejects with `PortUnavailable`, or with `LinkLost` when the wire breaks meanwhile. May be called once.
   */
  async open(): Promise<void> {
    if (this.#connection !== 'closed' || this.#ended !== undefined) throw new Error('A session is opened once.');
    this.#connection = 'opening';
    this.#update();
    this.#transport.onData((chunk) => {
      this.#receive(chunk);
    });
    this.#transport.onClose((reason) => {
      this.#end(reason);
    });
    try {
      await this.#transport.open();
      await this.#attach();
    } catch (error) {
      if (this.#ended === undefined) this.#connection = 'closed';
      this.#update();
      throw error;
    }
    this.#connection = 'open';
    this.#update();
  }

  /** Sends typed bytes to the board. Resolves to false, with nothing sent or kept, while a task has the stream. Rejects with `LinkLost`. */
  async write(bytes: Uint8Array): Promise<boolean> {
    this.#throwIfEnded();
    if (this.#connection !== 'open') return false;
    if (this.#job !== undefined && !this.#job.takesInput) return false;
    if (bytes.some((byte) => byte === 0x0d || byte === 0x0a || byte === 0x04)) this.#leavePrompt();
    await this.#transport.write(bytes);
    return true;
  }

  /**
   * Waits its turn, takes the stream, calls the task and gives the board back at its friendly prompt, also when the task throws.
   * Rejects with what the task threw, or `BoardOccupied`, `RawRefused`, `NoAnswer`, `NotMicroPython`, `LinkLost`, `Cancelled`.
   */
  run<Result>(task: (board: BoardAccess) => Promise<Result>, options: TaskOptions): Promise<Result> {
    return this.#enqueue('task', options, async (job) => {
      await this.#takeStream(job, options.interrupt);
      try {
        return await task({ raw: this.#raw, files: this.#files, cancel: job.cancel });
      } finally {
        await this.#giveBack();
      }
    });
  }

  /**
   * Runs Python; its output comes as `output` events, and `write` reaches its standard input. An exception is a result, not a rejection.
   * Rejects otherwise as `run` does, and with `RawRefused` when it is to make way for something else and does not stop.
   */
  runScript(source: string, options: ScriptOptions): Promise<ScriptResult> {
    return this.#enqueue('script', options, async (job) => {
      await this.#takeStream(job, options.interrupt);
      try {
        if (!this.#watcher.atLineStart) this.#show(NEW_LINE, 'terminal');
        const show = (chunk: Uint8Array): void => {
          this.#show(chunk, 'program');
        };
        if (options.freshBoard === true) await this.#raw.restart({ onOutput: show, cancel: job.cancel });
        const { traceback, restarted } = await this.#raw.execute(source, {
          onOutput: show,
          onRunning: () => {
            job.takesInput = true;
          },
          idleLimit: 0,
          cancel: job.cancel,
        });
        if (traceback !== '') this.#show(encodeUtf8(traceback.replaceAll('\n', '\r\n')), 'error');
        return scriptResult(traceback, restarted, this.#isStopping);
      } catch (error) {
        if (error instanceof Cancelled) return { outcome: 'stopped', error: undefined };
        throw error;
      } finally {
        job.takesInput = false;
        this.#stopObeyed();
        await this.#giveBack();
      }
    });
  }

  /**
   * Interrupts what runs: a script or a program by Ctrl-C, again after 1 s, and after 3 s without effect `stopIgnored` is emitted;
   * a task by its token. A script that waits for its turn never starts. Resolves when the first byte is sent, or cannot be. Rejects with `LinkLost`.
   */
  async stop(): Promise<void> {
    this.#throwIfEnded();
    for (const waiting of this.#waiting) if (waiting.kind === 'script') waiting.cancel.cancel();
    const job = this.#job;
    if (job !== undefined && !job.takesInput) {
      job.cancel.cancel();
      return;
    }
    this.#stopObeyed();
    this.#stopTimers = [
      this.#clock.after(STOP_AGAIN, () => {
        // Ctrl-B brings the prompt of a board that was left in raw mode by someone else.
        const keys = this.#job === undefined ? Uint8Array.of(0x03, 0x02) : KEY.interrupt;
        this.#send(keys).catch(() => undefined);
      }),
      this.#clock.after(STOP_IGNORED, () => {
        this.#events.emit('stopIgnored');
      }),
    ];
    this.#update();
    if (job === undefined && this.#watcher.atPrompt) this.#stopObeyed();
    await this.#send(KEY.interrupt);
  }

  /**
   * Restarts Python: boot.py and main.py run. Stops what runs first. Resolves when the board stands at its prompt again, or 2 s after it
   * said that it restarts. Rejects as `run` does.
   */
  softReset(): Promise<void> {
    return this.#enqueue('reset', { name: 'soft reset', interrupt: true }, async (job) => {
      await this.#takeStream(job, true);
      await this.#giveBack();
      this.#leavePrompt();
      const announced = this.#heard('soft reboot', RESET_LIMIT);
      await this.#send(KEY.execute);
      if (!(await announced)) throw new NoAnswer('word of its restart');
      await this.#promptWithin(RESET_PROMPT_LIMIT);
    });
  }

  /** Asks the board who it is, in one exec; rejects with `BoardOccupied` when a program runs. */
  async identify(): Promise<BoardIdentity> {
    this.#identity = await this.run(({ raw }) => identify(raw), { name: 'asking the board' });
    return this.#identity;
  }

  /** Releases the transport; everything pending rejects with `LinkLost`. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#transport.close();
    this.#end(undefined);
  }

  // ── What comes in ──

  #receive(chunk: Uint8Array): void {
    if (this.#toTerminal) this.#show(chunk, 'terminal');
    else this.#reader.push(chunk);
  }

  #show(chunk: Uint8Array, source: OutputSource): void {
    if (chunk.length === 0) return;
    this.#watcher.push(chunk);
    this.#events.emit('output', chunk, source);
    if (source === 'terminal') this.#promptMayHaveChanged();
  }

  #promptMayHaveChanged(): void {
    if (this.#ended !== undefined) return;
    if (this.#watcher.atPrompt) {
      this.#graceTimer?.();
      this.#graceTimer = undefined;
      this.#offPrompt = 'prompt';
      if (this.#job === undefined) this.#stopObeyed();
      for (const wake of [...this.#promptWaits]) wake();
    } else if (this.#offPrompt !== 'program') {
      this.#graceTimer ??= this.#clock.after(PROGRAM_GRACE, () => {
        this.#graceTimer = undefined;
        if (!this.#watcher.atPrompt) this.#offPrompt = 'program';
        this.#update();
      });
    }
    this.#update();
  }

  #leavePrompt(): void {
    this.#watcher.reset();
    this.#promptMayHaveChanged();
  }

  /** Whether the board is at its prompt now or within so many milliseconds. */
  #promptWithin(milliseconds: number): Promise<boolean> {
    return this.#within(milliseconds, (found) => {
      const check = (): void => {
        if (this.#watcher.atPrompt || this.#ended !== undefined) found();
      };
      this.#promptWaits.add(check);
      check();
      return () => this.#promptWaits.delete(check);
    });
  }

  /** Whether the board says these words in the terminal within so many milliseconds. */
  #heard(words: string, milliseconds: number): Promise<boolean> {
    return this.#within(milliseconds, (found) => {
      let tail = '';
      const off = this.#events.on('output', (chunk) => {
        tail = (tail + binaryText(chunk)).slice(-4096);
        if (tail.includes(words)) found();
      });
      const onEnd = (): void => {
        if (this.#ended !== undefined) found();
      };
      this.#promptWaits.add(onEnd);
      return () => {
        off();
        this.#promptWaits.delete(onEnd);
      };
    });
  }

  async #within(milliseconds: number, watch: (found: () => void) => () => void): Promise<boolean> {
    const cleanUps: (() => void)[] = [];
    try {
      return await new Promise<boolean>((resolve) => {
        cleanUps.push(
          this.#clock.after(milliseconds, () => {
            resolve(false);
          }),
          watch(() => {
            resolve(true);
          }),
        );
      });
    } finally {
      for (const cleanUp of cleanUps) cleanUp();
      this.#throwIfEnded();
    }
  }

  async #attach(): Promise<void> {
    let heard: Uint8Array = NO_BYTES;
    const off = this.#events.on('output', (chunk) => {
      heard = chunk;
    });
    try {
      if (await this.#promptWithin(WAITS.attached)) return;
      await this.#send(PROBE, STOP_AGAIN);
      if (await this.#promptWithin(WAITS.probe)) return;
      this.#offPrompt = looksLikeText(heard) ? 'program' : 'foreign';
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#offPrompt = 'silent';
    } finally {
      off();
    }
  }

  // ── Who has the stream ──

  #enqueue<Result>(kind: Job['kind'], options: TaskOptions, work: (job: Job) => Promise<Result>): Promise<Result> {
    const job: Job = { kind, name: options.name, cancel: new CancelSource(), takesInput: false };
    const offCancel = options.cancel?.onCancel(() => {
      job.cancel.cancel();
    });
    const running = this.#job;
    if (running?.kind === 'script') {
      if (options.interrupt !== true) return Promise.reject(new BoardOccupied());
      running.cancel.cancel();
    }
    this.#waiting.add(job);
    const turn = this.#queue.then(async () => {
      this.#waiting.delete(job);
      this.#throwIfEnded();
      throwIfCancelled(job.cancel);
      if (this.#connection !== 'open') throw new LinkLost(this.info.address, new Error('It is not open.'));
      this.#job = job;
      this.#update();
      try {
        return await work(job);
      } catch (error) {
        // Whatever broke while the wire was going, the wire is what is told.
        throw this.#ended ?? error;
      } finally {
        this.#job = undefined;
        this.#update();
      }
    });
    this.#queue = turn.catch(() => undefined);
    const cancelled = new Promise<never>((_, reject) => {
      job.cancel.onCancel(() => {
        if (this.#job !== job) reject(new Cancelled());
      });
    });
    return Promise.race([turn, cancelled]).finally(() => offCancel?.());
  }

  async #takeStream(job: Job, interrupt = false): Promise<void> {
    if (!interrupt && !(await this.#promptWithin(WAITS.settle))) throw new BoardOccupied();
    this.#toTerminal = false;
    try {
      await this.#raw.enter(job.cancel);
    } catch (error) {
      this.#returnToTerminal();
      throw error;
    }
  }

  /** The task's outcome stands, also when the board does not come back to its prompt: then its activity tells. */
  async #giveBack(): Promise<void> {
    try {
      await this.#raw.leave();
    } catch (error) {
      this.#logger.log('warn', `The board did not give its prompt back: ${String(error)}`);
      this.#leavePrompt();
      this.#returnToTerminal();
      return;
    }
    const rest = this.#reader.drain();
    this.#toTerminal = true;
    if (!this.#watcher.atBarePrompt)
      this.#show(this.#watcher.atLineStart ? NEW_PROMPT.slice(2) : NEW_PROMPT, 'terminal');
    this.#show(rest, 'terminal');
  }

  #returnToTerminal(): void {
    this.#toTerminal = true;
    this.#show(this.#reader.drain(), 'terminal');
  }

  // ── What goes out ──

  async #send(bytes: Uint8Array, limit = WRITE_LIMIT): Promise<void> {
    let cancelTimer: CancelTimer | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      cancelTimer = this.#clock.after(limit, () => {
        reject(new NoAnswer('room for what was sent'));
      });
    });
    try {
      await Promise.race([this.#transport.write(bytes), tooLong]);
    } finally {
      cancelTimer?.();
    }
  }

  get #isStopping(): boolean {
    return this.#stopTimers.length > 0;
  }

  #stopObeyed(): void {
    for (const cancelTimer of this.#stopTimers) cancelTimer();
    this.#stopTimers = [];
  }

  // ── The end ──

  #end(reason: Error | undefined): void {
    if (this.#ended !== undefined) return;
    this.#ended = new LinkLost(this.info.address, this.#closing ? new Error('It was closed.') : reason);
    this.#connection = this.#closing ? 'closed' : 'lost';
    this.#stopObeyed();
    this.#graceTimer?.();
    this.#reader.close(this.#ended);
    for (const wake of [...this.#promptWaits]) wake();
    this.#job?.cancel.cancel();
    this.#update();
    if (!this.#closing) this.#events.emit('lost', this.#ended);
  }

  #throwIfEnded(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }

  #update(): void {
    const next = this.#presentStatus();
    const now = this.#status;
    const same =
      next.state === now.state &&
      next.activity === now.activity &&
      next.task === now.task &&
      next.stopping === now.stopping;
    if (same) return;
    this.#status = next;
    this.#events.emit('status', next);
  }

  #presentStatus(): SessionStatus {
    const stopping = this.#isStopping;
    const task = this.#job?.name;
    if (this.#connection !== 'open') {
      return { state: this.#connection, activity: 'none', task: undefined, stopping: false };
    }
    if (this.#job === undefined) return { state: 'terminal', activity: this.#offPrompt, task, stopping };
    const activity = this.#job.kind === 'reset' ? 'starting' : this.#job.kind;
    return { state: 'busy', activity, task, stopping };
  }
}

function scriptResult(traceback: string, restarted: boolean, stopping: boolean): ScriptResult {
  if (restarted) return { outcome: 'restarted', error: undefined };
  if (traceback === '') return { outcome: 'done', error: undefined };
  const error = new BoardError(traceback);
  return { outcome: stopping && error.type === 'KeyboardInterrupt' ? 'stopped' : 'error', error };
}

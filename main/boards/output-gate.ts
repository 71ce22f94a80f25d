/**
 * Defines OutputGate: brings a board's output to those who show it, in few pieces and not faster than they can show it.
 * It also keeps the last of it for a page that is loaded again.
 */
import type { CancelTimer, Clock } from '../../runtime/bytes/clock';
import type { OutputSource } from '../../runtime/contract/types';

/** Half a frame: what is typed still seems to echo at once. */
const FLUSH_AFTER = 8;

/** Output that one viewer was sent and has not shown: above the first figure the board is held, below the second it goes on. */
const HOLD_ABOVE = 512 * 1024;
const GO_ON_BELOW = 256 * 1024;

const RECENT = 64 * 1024;

export type Viewer<V> = (viewer: V, bytes: Uint8Array, source: OutputSource) => void;

export class OutputGate<V> {
  readonly #clock: Clock;
  readonly #send: Viewer<V>;
  readonly #hold: (held: boolean) => void;
  /** Each viewer with the number of bytes it has not shown yet. */
  readonly #viewers = new Map<V, number>();
  #pending: { source: OutputSource; bytes: Uint8Array }[] = [];
  #timer: CancelTimer | undefined;
  #recent: Uint8Array = new Uint8Array();
  #held = false;

  /** `send` is called for each viewer and piece; `hold` when the board has to wait, and when it may go on. */
  constructor(clock: Clock, send: Viewer<V>, hold: (held: boolean) => void) {
    this.#clock = clock;
    this.#send = send;
    this.#hold = hold;
  }

  /** Begins to send to a viewer what comes from now on, and returns the last output before that. */
  add(viewer: V): Uint8Array {
    this.flush();
    this.#viewers.set(viewer, 0);
    this.#update();
    return this.#recent;
  }

  /** Whether the board has to wait. */
  get held(): boolean {
    return this.#held;
  }

  remove(viewer: V): void {
    if (this.#viewers.delete(viewer)) this.#update();
  }

  shown(viewer: V, bytes: number): void {
    const before = this.#viewers.get(viewer);
    if (before === undefined) return;
    this.#viewers.set(viewer, Math.max(0, before - bytes));
    this.#update();
  }

  push(bytes: Uint8Array, source: OutputSource): void {
    this.#pending.push({ source, bytes });
    this.#timer ??= this.#clock.after(FLUSH_AFTER, () => this.flush());
  }

  /** Sends what waits, now. */
  flush(): void {
    this.#timer?.();
    this.#timer = undefined;
    const pending = this.#pending;
    this.#pending = [];
    for (let from = 0; from < pending.length;) {
      const source = pending[from]?.source ?? 'terminal';
      let to = from;
      while (pending[to]?.source === source) to += 1;
      this.#deliver(join(pending.slice(from, to).map(({ bytes }) => bytes)), source);
      from = to;
    }
    this.#update();
  }

  #deliver(bytes: Uint8Array, source: OutputSource): void {
    this.#recent = join([this.#recent, bytes]).slice(-RECENT);
    for (const [viewer, outstanding] of this.#viewers) {
      this.#viewers.set(viewer, outstanding + bytes.length);
      this.#send(viewer, bytes, source);
    }
  }

  #update(): void {
    const most = Math.max(0, ...this.#viewers.values());
    const held = this.#held ? most >= GO_ON_BELOW : most >= HOLD_ABOVE;
    if (held === this.#held) return;
    this.#held = held;
    this.#hold(held);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Cancelling work that is under way: a source that is cancelled, and the token that workers watch. */

import type { Unsubscribe } from './emitter';

/** Raised by work that ended because its token was cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor(message = 'Stopped on request.') {
    super(message);
  }
}

export interface CancelToken {
  readonly cancelled: boolean;
  /** Calls `listener` once when the token is cancelled; at once when it already is. */
  onCancel(listener: () => void): Unsubscribe;
}

export class CancelSource implements CancelToken {
  #cancelled = false;
  readonly #listeners = new Set<() => void>();

  get cancelled(): boolean {
    return this.#cancelled;
  }

  onCancel(listener: () => void): Unsubscribe {
    if (this.#cancelled) {
      listener();
      return () => undefined;
    }
    const entry = (): void => {
      listener();
    };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}

/** Throws `Cancelled` when the token is cancelled. */
export function throwIfCancelled(token: CancelToken | undefined): void {
  if (token?.cancelled === true) throw new Cancelled();
}

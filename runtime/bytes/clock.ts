/** Time as it is given to those who need it; nothing in `runtime/` reaches for the host's own clock. */

/** Ends a wait that has not come due; harmless when it has. */
export type CancelTimer = () => void;

export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Calls `action` once, `milliseconds` from now, unless the returned function is called before. */
  after(milliseconds: number, action: () => void): CancelTimer;
}

/** Resolves `milliseconds` from now. */
export function sleep(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}

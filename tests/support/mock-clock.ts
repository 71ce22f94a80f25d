/** A clock that stands still until a test advances it. */

import type { CancelTimer, Clock } from '../../runtime/bytes/clock';

interface Timer {
  readonly due: number;
  readonly action: () => void;
}

export class MockClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, action: () => void): CancelTimer {
    const timer = { due: this.#now + milliseconds, action };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** How many waits have not come due. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Lets so much time pass, timer by timer, with what each sets off done before the next. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.action();
      await settle();
    }
    this.#now = end;
  }

  /** Lets time pass until the promise is settled, for at most ten minutes of it. */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let settled = false;
    const done = (): void => {
      settled = true;
    };
    promise.then(done, done);
    await settle();
    for (const end = this.#now + 600_000; !settled && this.#now < end;) await this.advance(10);
    if (!settled) throw new Error('Nothing happened for ten minutes.');
    return promise;
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= end && (first === undefined || timer.due < first.due)) first = timer;
    }
    return first;
  }
}

/** Lets all promises that can settle now do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

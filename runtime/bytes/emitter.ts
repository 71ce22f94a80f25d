/** A typed list of listeners per event name. */

/** Takes a listener off again; harmless when called twice. */
export type Unsubscribe = () => void;

/**
 * `Events` maps an event's name to the tuple of its arguments, e.g. `{ output: [Uint8Array]; ready: [] }`.
 * Listeners are called in the order in which they were added. A listener that throws stops neither the
 * others nor the one who emits: its error goes to `onListenerError`.
 */
export class Emitter<Events extends { [Name in keyof Events]: unknown[] }> {
  readonly #listeners = new Map<keyof Events, Set<(...values: never[]) => void>>();
  readonly #onListenerError: (error: unknown) => void;

  constructor(onListenerError: (error: unknown) => void = () => undefined) {
    this.#onListenerError = onListenerError;
  }

  on<Name extends keyof Events>(name: Name, listener: (...values: Events[Name]) => void): Unsubscribe {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    // A wrapper of its own lets the same function be added twice and taken off once.
    const entry = (...values: never[]): void => {
      listener(...(values as unknown as Events[Name]));
    };
    listeners.add(entry);
    return () => {
      listeners.delete(entry);
    };
  }

  emit<Name extends keyof Events>(name: Name, ...values: Events[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(...(values as unknown as never[]));
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }
}

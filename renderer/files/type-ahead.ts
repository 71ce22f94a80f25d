/** Defines TypeAhead: which row is meant by the letters that are typed. */

/** Letters that follow each other faster than this belong together. */
const TOGETHER_MS = 700;

export class TypeAhead {
  #typed = '';
  #last = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * The index of the first name after `from` that begins with what was typed, going around; −1 when there is none. The same letter
   * again goes on to the next such name.
   */
  next(letter: string, names: readonly string[], from: number): number {
    const now = this.now();
    const fresh = now - this.#last > TOGETHER_MS;
    this.#last = now;
    const again = !fresh && [...this.#typed].every((typed) => typed === letter.toLowerCase());
    this.#typed = fresh || again ? letter.toLowerCase() : this.#typed + letter.toLowerCase();
    // A longer word may still mean the row it has led to.
    const start = this.#typed.length > 1 ? from : from + 1;
    for (let step = 0; step < names.length; step++) {
      const at = (start + step) % names.length;
      if (names[at]?.toLowerCase().startsWith(this.#typed) === true) return at;
    }
    return -1;
  }
}

/** A source of choices that is the same for the same seed. */

export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) % limit;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** One of the words of a text. */
  word(words: string): string {
    return this.pick(words.split(' '));
  }

  /** From `low` to `high` things made by a function. */
  some<T>(low: number, high: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.between(low, high) }, (_, i) => make(i));
  }

  /** From `low` to `high` texts made by a function, joined. */
  list(low: number, high: number, make: (index: number) => string, separator = ', '): string {
    return this.some(low, high, make).join(separator);
  }

  /** A few different elements of a list, in their order. */
  choose<T>(list: readonly T[], low: number, high: number): T[] {
    const wanted = this.between(low, Math.min(high, list.length));
    const left = list.map((_, i) => i);
    const chosen = Array.from({ length: wanted }, () => left.splice(this.below(left.length), 1)[0] as number);
    return chosen.sort((a, b) => a - b).map((i) => list[i] as T);
  }

  shuffled<T>(list: readonly T[]): T[] {
    const left = [...list];
    return list.map(() => left.splice(this.below(left.length), 1)[0] as T);
  }
}

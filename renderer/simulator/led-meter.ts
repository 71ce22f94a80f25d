/** Defines LedMeter: how one LED is drawn for people who asked for less motion. */

/** Above this many changes a second an LED is drawn steady. */
const FAST = 3;

/** How far back changes count, in seconds. */
const MEMORY = 1;

/** What is drawn: an intensity of 0 to 255, and how often a second the LED blinks, or null while it is drawn as it is. */
export interface SteadyLed {
  readonly intensity: number;
  readonly hertz: number | null;
}

export class LedMeter {
  #changes: { readonly at: number; readonly intensity: number }[] = [];

  /** `at` is in seconds and never goes back. */
  note(intensity: number, at: number): void {
    if (this.#changes.at(-1)?.intensity !== intensity) this.#changes.push({ at, intensity });
    // The last one before the memory begins says what the LED was then.
    while (this.#changes.length > 1 && (this.#changes[1]?.at ?? at) <= at - MEMORY) this.#changes.shift();
  }

  /** What to draw at that moment: the mean of the last second and two changes as one blink, if it changes too fast. */
  steady(at: number): SteadyLed {
    const now = this.#changes.at(-1)?.intensity ?? 0;
    const since = at - MEMORY;
    const changes = this.#changes.filter((change) => change.at > since).length;
    if (changes <= FAST) return { intensity: now, hertz: null };
    let sum = 0;
    this.#changes.forEach((change, index) => {
      const until = this.#changes[index + 1]?.at ?? at;
      sum += change.intensity * Math.max(0, until - Math.max(change.at, since));
    });
    return { intensity: Math.round(sum / MEMORY), hertz: Math.round(changes / 2 / MEMORY) };
  }
}

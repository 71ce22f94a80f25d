// Defines what the two live regions of the window say, and when.

interface Sentence {
  text: string;
  at: number;
}

/** A sentence waits this long at most for its turn; later it would describe a past that no longer matters. */
const staleAfterMs = 5_000;
/** Screen readers need a moment between two sentences to notice both. */
const betweenMs = 500;

class LiveRegion {
  text = $state('');
  #queue: Sentence[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #padded = false;

  say(text: string): void {
    this.#queue.push({ text, at: Date.now() });
    this.#timer ??= setTimeout(() => this.#next(), 0);
  }

  #next(): void {
    this.#timer = undefined;
    const now = Date.now();
    let sentence = this.#queue.shift();
    while (sentence && now - sentence.at > staleAfterMs) sentence = this.#queue.shift();
    if (!sentence) return;
    // A repeated sentence is read again only when the text differs, so a no-break space comes and goes behind it.
    this.#padded = !this.#padded;
    this.text = this.#padded ? `${sentence.text}\u00a0` : sentence.text;
    if (this.#queue.length > 0) this.#timer = setTimeout(() => this.#next(), betweenMs);
  }
}

export class Announcer {
  readonly polite = new LiveRegion();
  readonly urgent = new LiveRegion();

  /** Read when the screen reader has time: ready, run ended, saved, transfer start and end, board arrived. */
  say(text: string): void {
    this.polite.say(text);
  }

  /** Read at once: target changed, connection lost, an error of a thing just asked for. */
  alert(text: string): void {
    this.urgent.say(text);
  }
}

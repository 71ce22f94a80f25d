/** Defines PlotState: what the plotter of one board keeps and shows. */
import { SvelteSet } from 'svelte/reactivity';
import { csvLines } from '../../runtime/plot/csv';
import { PlotInput, type PlotSource } from '../../runtime/plot/plot-input';
import { SampleBuffer, type TimeRange } from '../../runtime/plot/sample-buffer';
import { summaryWords } from './words';

/** The choices of “Last 10 s / 30 s / 1 min / 5 min / All”, in seconds; null is all. */
export const RANGES: readonly { readonly seconds: number | null; readonly label: string }[] = [
  { seconds: 10, label: 'Last 10 s' },
  { seconds: 30, label: 'Last 30 s' },
  { seconds: 60, label: 'Last 1 min' },
  { seconds: 300, label: 'Last 5 min' },
  { seconds: null, label: 'All' },
];

/** A picture of less than this would be noise blown up. */
const SHORTEST = 1e-4;

/** What the view shows of the samples; made anew once per animation frame while samples arrive. */
export interface PlotFacts {
  /** Grows with whatever changes the picture. */
  readonly version: number;
  readonly series: readonly { readonly name: string; readonly last: number }[];
  readonly samples: number;
  /** Lines of the program's output without a number. */
  readonly textLines: number;
  /** Samples came and went: the oldest are gone. */
  readonly full: boolean;
  /** The first series for which there was no room. */
  readonly refusedSeries: string | undefined;
}

/** Where time comes from, and how the view is told at most once per frame. */
export interface PlotTiming {
  /** In seconds; never goes back. */
  readonly now: () => number;
  readonly onNextFrame: (action: () => void) => void;
}

const browserTiming: PlotTiming = {
  now: () => performance.now() / 1000,
  onNextFrame: (action) => requestAnimationFrame(action),
};

export class PlotState {
  readonly buffer = new SampleBuffer();
  facts = $state.raw<PlotFacts>() as PlotFacts;
  /** How far the live picture looks back, in seconds; null is everything. */
  lookBack = $state<number | null>(30);
  autoScale = $state(true);
  /** The limits that count while `autoScale` is off; null while a field holds no number. */
  low = $state<number | null>(0);
  high = $state<number | null>(1);
  /** The limits in the picture as it was drawn last. */
  drawnLimits: readonly [number, number] = [0, 1];
  /** Names of the series that are not drawn. */
  readonly hidden = new SvelteSet<string>();
  /** What the still picture shows; null while the picture is live. */
  #still = $state.raw<{ readonly span: TimeRange; readonly samples: number; readonly zoomed: boolean } | null>(null);
  /** The summary of the last still picture. */
  summary = $state('The plot is empty.');
  readonly #input = new PlotInput(this.buffer);
  readonly #timing: PlotTiming;
  /** The moment that the time axis calls 0: that of the first sample since the last clear. */
  #zero = 0;
  #scheduled = false;

  constructor(timing: PlotTiming = browserTiming) {
    this.#timing = timing;
    this.#refresh();
  }

  /** Takes what the board sent; `bytes` may be cut anywhere. */
  push(bytes: Uint8Array, source: PlotSource): void {
    this.#input.push(bytes, source, this.#now());
    this.#schedule();
  }

  /** What is printed from now on belongs to a new run. */
  startRun(): void {
    this.#input.startRun(this.#now());
    this.#schedule();
  }

  /** The link was lost or begins; with `midway` the board may be in the middle of a line. */
  interrupt(midway: boolean): void {
    this.#input.interrupt(this.#now(), midway);
    this.#schedule();
  }

  clear(): void {
    this.#input.clear();
    this.#still = null;
    this.#refresh();
    this.#summarize();
  }

  /** The limits of the values as a person set them; null where the picture scales itself, and while they make no sense. */
  get limits(): readonly [number, number] | null {
    const { autoScale, low, high } = this;
    return autoScale || low === null || high === null || low >= high ? null : [low, high];
  }

  get paused(): boolean {
    return this.#still !== null;
  }

  /** A person went to another part of the time axis, so that the way back is more than “Resume”. */
  get zoomed(): boolean {
    return this.#still?.zoomed === true;
  }

  /** Samples that came since the picture stands still. */
  get newSamples(): number {
    return this.#still === null ? 0 : this.facts.samples - this.#still.samples;
  }

  pause(): void {
    if (this.paused) return;
    this.#refresh();
    this.#still = { span: this.visible, samples: this.facts.samples, zoomed: false };
    this.#summarize();
  }

  /** Back to now; reading went on all the while. */
  resume(): void {
    this.#still = null;
  }

  togglePause(): void {
    if (this.paused) this.resume();
    else this.pause();
  }

  /** The span of time in the picture. A live picture ends with the newest sample. */
  get visible(): TimeRange {
    if (this.#still !== null) return this.#still.span;
    // Read for its reactivity: the span moves with the samples.
    const kept = this.facts.samples > 0 ? this.buffer.range() : undefined;
    if (kept === undefined) return { from: 0, to: this.lookBack ?? 10 };
    const from = this.lookBack === null ? kept.from : Math.max(kept.from, kept.to - this.lookBack);
    return { from: Math.min(from, kept.to - SHORTEST), to: kept.to };
  }

  /** Shows that span, standing still. */
  show(span: TimeRange): void {
    if (span.to - span.from < SHORTEST) return;
    this.pause();
    if (this.#still !== null) this.#still = { ...this.#still, span, zoomed: true };
    this.#summarize();
  }

  /** Below 1 zooms in. `around` is the time that keeps its place; without it, the middle. */
  zoom(factor: number, around?: number): void {
    const { from, to } = this.visible;
    const center = around ?? (from + to) / 2;
    this.show({ from: center - (center - from) * factor, to: center + (to - center) * factor });
  }

  /** Moves by a share of what is visible; below 0 back in time. */
  pan(share: number): void {
    const { from, to } = this.visible;
    const by = (to - from) * share;
    this.show({ from: from + by, to: to + by });
  }

  /** To the oldest or to the newest sample, with the same zoom. */
  panToEnd(end: 'oldest' | 'newest'): void {
    const kept = this.buffer.range();
    if (kept === undefined) return;
    const { from, to } = this.visible;
    const by = end === 'oldest' ? kept.from - from : kept.to - to;
    this.show({ from: from + by, to: to + by });
  }

  showAll(): void {
    const kept = this.buffer.range();
    if (kept !== undefined) this.show(kept);
  }

  /** Live, and scaled by itself. */
  backToLive(): void {
    this.resume();
    this.autoScale = true;
  }

  /** Switching off begins with what is seen, so that nothing moves at first. */
  toggleAutoScale(): void {
    if (this.autoScale) this.#setLimits(...this.drawnLimits);
    else this.autoScale = true;
  }

  /** Below 1 zooms in. */
  zoomValues(factor: number): void {
    const [low, high] = this.drawnLimits;
    const middle = (low + high) / 2;
    const half = ((high - low) / 2) * factor;
    if (!(half > 0)) return;
    this.#setLimits(middle - half, middle + half);
  }

  toggleSeries(name: string): void {
    if (!this.hidden.delete(name)) this.hidden.add(name);
    this.#summarize();
  }

  /** A CSV file of what is visible or of all there is, of every series. */
  csv(what: 'visible' | 'all'): Uint8Array {
    const lines = what === 'all' ? csvLines(this.buffer) : csvLines(this.buffer, this.visible);
    return new TextEncoder().encode([...lines].join(''));
  }

  /** Limits with no more digits than a person would type, nothing cut off but a double's error. */
  #setLimits(low: number, high: number): void {
    const unit = 10 ** (Math.floor(Math.log10(high - low)) - 3);
    this.low = Number((Math.floor(low / unit + 1e-6) * unit).toPrecision(12));
    this.high = Number((Math.ceil(high / unit - 1e-6) * unit).toPrecision(12));
    this.autoScale = false;
  }

  #now(): number {
    const now = this.#timing.now();
    if (this.buffer.range() === undefined) this.#zero = now;
    return now - this.#zero;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#timing.onNextFrame(() => {
      this.#scheduled = false;
      this.#refresh();
    });
  }

  #refresh(): void {
    const { series, version } = this.buffer;
    this.facts = {
      version,
      series: series.map(({ name, last }) => ({ name, last })),
      samples: series.reduce((sum, { length, dropped }) => sum + length + dropped, 0),
      textLines: this.#input.textLines,
      full: series.some(({ dropped }) => dropped > 0),
      refusedSeries: this.#input.refusedSeries,
    };
  }

  #summarize(): void {
    this.summary = summaryWords(this.buffer, this.visible, (name) => this.hidden.has(name));
  }
}

/** Defines SampleBuffer: what the plotter keeps, one ring of samples per series, and the pictures that are drawn of it. */

export interface SampleBufferOptions {
  /** Samples kept of each series; then the oldest go. */
  readonly capacity?: number;
  readonly maxSeries?: number;
}

/** Where a run began, in seconds. Runs count from 1 and go on counting after `clear`. */
export interface RunMark {
  readonly time: number;
  readonly run: number;
}

/** From and to, in seconds, both included. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Columns as uPlot wants them. In a series a number is a sample, null a gap, and undefined means that the series has nothing to
 * say at that time, so that its line goes on to its next sample.
 */
export interface PlotView {
  readonly times: readonly number[];
  /** One entry per series of the buffer, in its order; of a series that is not shown it holds nothing but undefined. */
  readonly values: readonly (readonly (number | null | undefined)[])[];
  /** True when the picture shows the extremes of each pixel rather than every sample. */
  readonly reduced: boolean;
}

type Column = (number | null | undefined)[];

/** Parts two moments that have to stay in order: well under the time between two samples, well over a double's error. */
const TICK = 1e-6;

const FIRST_SIZE = 1024;

/** One series: a ring of times and values that grows by doubling until it holds its capacity. Index 0 is the oldest sample. */
export class SeriesRing {
  #times = new Float64Array(FIRST_SIZE);
  #values = new Float64Array(FIRST_SIZE);
  #start = 0;
  #length = 0;
  #dropped = 0;

  constructor(
    readonly name: string,
    readonly capacity: number,
  ) {}

  get length(): number {
    return this.#length;
  }

  /** How many samples were pushed out by newer ones. */
  get dropped(): number {
    return this.#dropped;
  }

  /** NaN before the first sample. */
  get last(): number {
    return this.#length === 0 ? NaN : this.value(this.#length - 1);
  }

  time(index: number): number {
    return this.#times[this.#slot(index)] as number;
  }

  value(index: number): number {
    return this.#values[this.#slot(index)] as number;
  }

  push(time: number, value: number): void {
    if (this.#length === this.capacity) {
      this.#start = this.#start + 1 === this.#times.length ? 0 : this.#start + 1;
      this.#dropped++;
      this.#length--;
    } else if (this.#length === this.#times.length) {
      this.#grow();
    }
    const slot = this.#slot(this.#length);
    this.#times[slot] = time;
    this.#values[slot] = value;
    this.#length++;
  }

  /** The first index whose time is `time` or later; `length` when there is none. */
  indexAt(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #slot(index: number): number {
    const slot = this.#start + index;
    return slot >= this.#times.length ? slot - this.#times.length : slot;
  }

  /** Runs only while nothing was dropped, so the oldest sample stands in slot 0. */
  #grow(): void {
    const size = Math.min(this.capacity, this.#times.length * 2);
    const times = new Float64Array(size);
    const values = new Float64Array(size);
    times.set(this.#times);
    values.set(this.#values);
    this.#times = times;
    this.#values = values;
  }
}

/**
 * Times are seconds, and never go back: an earlier one is taken as the latest known. A run mark and a gap part the samples before
 * them from those after, in every series; so does a sample that is not a finite number, in its own series.
 */
export class SampleBuffer {
  readonly capacity: number;
  readonly maxSeries: number;
  readonly #series: SeriesRing[] = [];
  readonly #byName = new Map<string, SeriesRing>();
  #marks: RunMark[] = [];
  #gaps: number[] = [];
  #runs = 0;
  #runAtClear = 0;
  #lastTime = -Infinity;
  #version = 0;

  constructor(options: SampleBufferOptions = {}) {
    this.capacity = options.capacity ?? 200_000;
    this.maxSeries = options.maxSeries ?? 64;
  }

  get series(): readonly SeriesRing[] {
    return this.#series;
  }

  /** The runs of which samples may still be here, oldest first. */
  get marks(): readonly RunMark[] {
    return this.#marks;
  }

  /** Changes with whatever changes the picture. */
  get version(): number {
    return this.#version;
  }

  /** The series of that name, made if it is new; undefined when there are `maxSeries` others already. */
  seriesNamed(name: string): SeriesRing | undefined {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.#series.length === this.maxSeries) return undefined;
    const made = new SeriesRing(name, this.capacity);
    this.#series.push(made);
    this.#byName.set(name, made);
    return made;
  }

  /** False when the sample was left out because there are `maxSeries` others already. */
  push(name: string, time: number, value: number): boolean {
    const series = this.seriesNamed(name);
    if (series === undefined) return false;
    if (time > this.#lastTime) this.#lastTime = time;
    series.push(this.#lastTime, value);
    this.#version++;
    return true;
  }

  /** Says that what comes now does not continue what came before: a lost link, a board that was busy with something else. */
  gap(time: number): void {
    this.#gaps.push(this.#part(time));
    this.#forgetOld();
  }

  /** Returns the number of the run. */
  startRun(time: number): number {
    this.#runs++;
    const at = this.#part(time);
    this.#gaps.push(at);
    this.#marks.push({ time: at, run: this.#runs });
    this.#forgetOld();
    return this.#runs;
  }

  /** Drops samples, series and marks. */
  clear(): void {
    this.#series.length = 0;
    this.#byName.clear();
    this.#marks = [];
    this.#gaps = [];
    this.#lastTime = -Infinity;
    this.#runAtClear = this.#runs;
    this.#version++;
  }

  /** From the oldest to the newest sample; undefined when there is none. */
  range(): TimeRange | undefined {
    let from = Infinity;
    let to = -Infinity;
    for (const series of this.#series) {
      if (series.length === 0) continue;
      from = Math.min(from, series.time(0));
      to = Math.max(to, series.time(series.length - 1));
    }
    return from <= to ? { from, to } : undefined;
  }

  /** The run that was under way at `time`; 0 before the first that is known. */
  runAt(time: number): number {
    for (let index = this.#marks.length - 1; index >= 0; index--) {
      const mark = this.#marks[index] as RunMark;
      if (mark.time <= time) return mark.run;
    }
    return this.#runAtClear;
  }

  /**
   * The picture of a span that is `width` pixels wide. Up to four samples a pixel are given as they are, with the ones just
   * outside the span so that lines reach its edges; of more, each pixel gives its smallest and its largest in the order in which
   * they came, and no peak is lost. Pixels are counted from time 0 and not from the span's edge: a picture that moves keeps its shape.
   */
  view(span: TimeRange, width: number, shown: (series: SeriesRing, index: number) => boolean = () => true): PlotView {
    const columns = Math.max(1, Math.floor(width));
    const windows = this.#series.map((series, index) => {
      if (!shown(series, index) || series.length === 0) return undefined;
      const first = Math.max(0, series.indexAt(span.from) - 1);
      const end = Math.min(series.length, series.indexAt(span.to + TICK) + 1);
      return { series, first, end };
    });
    const count = windows.reduce((sum, window) => sum + (window === undefined ? 0 : window.end - window.first), 0);
    const gaps = gapsWithin(this.#gaps, windows);
    return count <= columns * 4 ? wholeView(windows, gaps) : reducedView(windows, gaps, span, columns);
  }

  /** A moment after all samples so far and before all to come. */
  #part(time: number): number {
    const at = Math.max(time, this.#lastTime + TICK);
    this.#lastTime = at + TICK;
    this.#version++;
    return at;
  }

  /** Keeps the lists of marks and gaps as short as the samples they part; the mark of the oldest sample's run stays. */
  #forgetOld(): void {
    const from = this.range()?.from ?? Infinity;
    this.#gaps = this.#gaps.filter((gap, index) => gap >= from || index === this.#gaps.length - 1);
    let first = this.#marks.length - 1;
    while (first > 0 && (this.#marks[first] as RunMark).time > from) first--;
    this.#marks = this.#marks.slice(Math.max(first, 0));
  }
}

/** The samples of one series that a picture shows: from `first` up to, not including, `end`. */
interface Window {
  readonly series: SeriesRing;
  readonly first: number;
  readonly end: number;
}

/** The gaps that part two of the samples in the picture. */
function gapsWithin(gaps: readonly number[], windows: readonly (Window | undefined)[]): number[] {
  let from = Infinity;
  let to = -Infinity;
  for (const window of windows) {
    if (window === undefined || window.first === window.end) continue;
    from = Math.min(from, window.series.time(window.first));
    to = Math.max(to, window.series.time(window.end - 1));
  }
  return gaps.filter((gap) => gap > from && gap < to);
}

function wholeView(windows: readonly (Window | undefined)[], gaps: readonly number[]): PlotView {
  const times = mergedTimes(windows, gaps);
  const values = windows.map((window) => {
    const column: Column = new Array<number | null | undefined>(times.length).fill(undefined);
    if (window === undefined) return column;
    let row = 0;
    for (let index = window.first; index < window.end; index++) {
      while ((times[row] as number) < window.series.time(index)) row++;
      const value = window.series.value(index);
      column[row] = Number.isFinite(value) ? value : null;
    }
    return column;
  });
  markGaps(times, values, gaps);
  values.forEach(spreadGaps);
  return { times, values, reduced: false };
}

/** All times of all windows and gaps, rising, each once. */
function mergedTimes(windows: readonly (Window | undefined)[], gaps: readonly number[]): number[] {
  const all: number[] = [...gaps];
  for (const window of windows) {
    if (window === undefined) continue;
    for (let index = window.first; index < window.end; index++) all.push(window.series.time(index));
  }
  const sorted = Float64Array.from(all).sort();
  const times: number[] = [];
  for (const time of sorted) if (time !== times.at(-1)) times.push(time);
  return times;
}

function markGaps(times: readonly number[], values: readonly Column[], gaps: readonly number[]): void {
  let row = 0;
  for (const gap of gaps) {
    while ((times[row] as number) < gap) row++;
    for (const column of values) column[row] = null;
  }
}

/** A gap reaches from the sample before it to the sample after it, also where the series has nothing to say for a while. */
function spreadGaps(column: Column): void {
  let inGap = false;
  const look = (row: number): void => {
    if (column[row] === undefined && inGap) column[row] = null;
    else inGap = column[row] === null;
  };
  for (let row = 0; row < column.length; row++) look(row);
  inGap = false;
  for (let row = column.length - 1; row >= 0; row--) look(row);
}

/** Each pixel has three rows: its left edge, where gaps are marked, and two inside it for the extremes. */
const ROWS = 3;

function reducedView(
  windows: readonly (Window | undefined)[],
  gaps: readonly number[],
  span: TimeRange,
  columns: number,
): PlotView {
  const pixel = (span.to - span.from) / columns;
  const first = Math.floor(span.from / pixel) - 1;
  const pixels = columns + 3;
  const times: number[] = [];
  for (let at = first; at < first + pixels; at++) times.push(at * pixel, (at + 0.25) * pixel, (at + 0.75) * pixel);
  const values = windows.map((window) => {
    const column: Column = new Array<number | null | undefined>(times.length).fill(undefined);
    if (window === undefined) return column;
    fillExtremes(column, window, first, pixel, pixels);
    for (const gap of gaps) {
      const at = Math.min(Math.max(Math.floor(gap / pixel) - first, 1), pixels - 2);
      // Behind the samples of its pixel, unless some of them came after it.
      const after = window.series.indexAt(gap);
      const shares = after < window.end && Math.floor(window.series.time(after) / pixel) - first <= at;
      column[(shares ? at : at + 1) * ROWS] = null;
    }
    spreadGaps(column);
    return column;
  });
  return { times, values, reduced: true };
}

/** A pixel in which there is nothing but gaps is a gap; a gap beside samples is not seen. */
function fillExtremes(column: Column, window: Window, first: number, pixel: number, pixels: number): void {
  const { series, end } = window;
  let index = window.first;
  let at = -1;
  while (index < end) {
    // The sample just outside the span may be far outside the pixels; it is drawn at their edge. And each round takes a later
    // pixel, also when rounding says otherwise, so that none is written twice.
    at = Math.min(Math.max(Math.floor(series.time(index) / pixel) - first, at + 1), pixels - 1);
    const until = at === pixels - 1 ? Infinity : (first + at + 1) * pixel;
    let low = Infinity;
    let high = -Infinity;
    let rising = true;
    do {
      const value = series.value(index);
      if (value < low && value !== -Infinity) {
        low = value;
        rising = false;
      }
      if (value > high && value !== Infinity) {
        high = value;
        rising = true;
      }
      index++;
    } while (index < end && series.time(index) < until);
    const row = at * ROWS;
    const empty = low > high;
    column[row + 1] = empty ? null : rising ? low : high;
    column[row + 2] = empty ? null : rising ? high : low;
  }
}

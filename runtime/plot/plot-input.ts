/** Defines PlotInput: the way from a board's bytes to the samples of a plot. */

import { LineSplitter } from '../bytes/line-splitter';
import { Utf8Decoder } from '../bytes/utf8';
import { OutputFilter } from './output-filter';
import { SampleParser, type LeftOut, type Sample } from './parse-sample';
import type { SampleBuffer } from './sample-buffer';

/** Who wrote the bytes: the board's prompt and whatever it runs by itself, a program we started, or that program's traceback. */
export type PlotSource = 'terminal' | 'program' | 'error';

/** What became of a line. Lines that the program did not print have a reason of their own and are in no count. */
export interface PlotLine {
  readonly text: string;
  readonly samples: readonly Sample[];
  readonly leftOut: readonly (LeftOut | { readonly why: 'prompt' | 'traceback' | 'board' })[];
}

/**
 * A chunk arrives all at once though its lines were printed one after another: transports gather some 16 ms of output. Its lines are
 * spread over the time since the chunk before it, and over no more than this many seconds, since a slow program may well print
 * several lines at once.
 */
const GATHERED = 0.02;

/** The least time between two lines, so that none hides another. */
const BETWEEN_LINES = 1e-6;

const MAX_LINE = 4096;

export class PlotInput {
  readonly #buffer: SampleBuffer;
  readonly #onLine: ((line: PlotLine) => void) | undefined;
  readonly #splitter = new LineSplitter((bytes, whole) => this.#takeLine(bytes, whole), MAX_LINE);
  readonly #decoder = new Utf8Decoder();
  readonly #filter = new OutputFilter();
  readonly #parser = new SampleParser();
  #source: PlotSource = 'terminal';
  #cutLine = false;
  #skipLine = false;
  #pending: (readonly Sample[])[] = [];
  #lastTime = -Infinity;
  #plottedLines = 0;
  #textLines = 0;
  #refusedSeries: string | undefined;

  /** `onLine` is told of each line, for whoever explains what is plotted and what is not. */
  constructor(buffer: SampleBuffer, onLine?: (line: PlotLine) => void) {
    this.#buffer = buffer;
    this.#onLine = onLine;
  }

  /** Lines of output that gave a sample. */
  get plottedLines(): number {
    return this.#plottedLines;
  }

  /** Lines of output that gave none. */
  get textLines(): number {
    return this.#textLines;
  }

  /** The first series that was left out because the buffer holds no more. */
  get refusedSeries(): string | undefined {
    return this.#refusedSeries;
  }

  /** `bytes` may be cut anywhere; `now` is in seconds and never goes back. */
  push(bytes: Uint8Array, source: PlotSource, now: number): void {
    if (source !== this.#source) {
      // What one writer left without a line end is not the beginning of the other's line.
      this.#splitter.end();
      this.#filter.reset();
      this.#source = source;
    }
    this.#splitter.push(bytes);
    this.#store(now);
  }

  /** What is printed from now on belongs to a new run. Returns its number. */
  startRun(now: number): number {
    this.#splitter.end();
    this.#store(now);
    this.#filter.reset();
    this.#parser.reset();
    return this.#buffer.startRun(now);
  }

  /**
   * The link was lost, or another one begins. The line under way is dropped; with `midway` so is what comes before the next line
   * end, since a board that is already printing may be anywhere in a line.
   */
  interrupt(now: number, midway: boolean): void {
    this.#splitter.reset();
    this.#filter.reset();
    this.#parser.reset();
    this.#cutLine = false;
    this.#skipLine = midway;
    this.#buffer.gap(now);
  }

  /** Drops the samples, and counts lines anew. */
  clear(): void {
    this.#buffer.clear();
    this.#plottedLines = 0;
    this.#textLines = 0;
    this.#refusedSeries = undefined;
    this.#lastTime = -Infinity;
  }

  #takeLine(bytes: Uint8Array, whole: boolean): void {
    const cut = this.#cutLine;
    this.#cutLine = !whole;
    if (this.#skipLine) {
      this.#skipLine = !whole;
      return;
    }
    if (cut && !whole) return;
    if (cut || !whole) {
      if (whole) this.#leaveOut('', { why: 'too-long' });
      return;
    }
    const text = this.#decoder.decode(bytes) + this.#decoder.flush();
    if (this.#source === 'error') {
      this.#onLine?.({ text, samples: [], leftOut: [{ why: 'traceback' }] });
      return;
    }
    const line = this.#filter.next(text);
    if (line.kind === 'output') this.#parse(line.text);
    else this.#onLine?.({ text, samples: [], leftOut: [{ why: line.kind }] });
  }

  #parse(text: string): void {
    const { samples, leftOut } = this.#parser.parse(text);
    const refused = samples.filter((sample) => this.#buffer.seriesNamed(sample.name) === undefined);
    if (samples.length === refused.length) {
      // An empty line is no line of text that somebody would miss in the plot.
      if (text.trim() !== '') this.#textLines++;
    } else {
      this.#plottedLines++;
      this.#pending.push(samples);
    }
    this.#refusedSeries ??= refused[0]?.name;
    if (this.#onLine === undefined) return;
    if (refused.length === 0) this.#onLine({ text, samples, leftOut });
    else {
      const tooMany = refused.map(({ name }) => ({ why: 'too-many-series', name }) as const);
      this.#onLine({
        text,
        samples: samples.filter((sample) => !refused.includes(sample)),
        leftOut: [...leftOut, ...tooMany],
      });
    }
  }

  #leaveOut(text: string, reason: LeftOut): void {
    this.#textLines++;
    this.#onLine?.({ text, samples: [], leftOut: [reason] });
  }

  #store(now: number): void {
    const lines = this.#pending;
    if (lines.length === 0) return;
    // Of the time before the first lines nothing is known: they begin now.
    const isFirst = this.#lastTime === -Infinity;
    const since = isFirst ? now : Math.max(this.#lastTime, now - GATHERED);
    const step = Math.max((now - since) / lines.length, BETWEEN_LINES);
    lines.forEach((samples, index) => {
      const time = since + step * (isFirst ? index : index + 1);
      for (const { name, value } of samples) this.#buffer.push(name, time, value);
      this.#lastTime = time;
    });
    this.#pending = [];
  }
}

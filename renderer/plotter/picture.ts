/** Defines Picture: the drawing of a plot on a canvas, by uPlot. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type PlotView, type RunMark, type TimeRange } from '../../runtime/plot/sample-buffer';

/** What is drawn in one frame. */
export interface Frame {
  readonly span: TimeRange;
  readonly view: PlotView;
  /** Null scales to the samples in view. */
  readonly limits: readonly [number, number] | null;
  readonly marks: readonly RunMark[];
}

export interface PictureOptions {
  readonly width: number;
  readonly height: number;
  readonly series: number;
  /** A person dragged over this part of the time axis. */
  readonly onSelect: (span: TimeRange) => void;
  /** The picture was drawn, with these limits of the values. */
  readonly onDrawn: (limits: readonly [number, number]) => void;
}

/** Dashes of series 1–8, 9–16, 17–24 and 25–32; colours repeat every eight series, dashes every 32. */
const DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [8, 3, 2, 3]];

/** The token of a series' colour, such as `--series-1`. */
export function seriesColour(index: number): string {
  return `--series-${(index % 8) + 1}`;
}

/** Lengths of line and gap, in px; empty for a solid line. */
export function seriesDash(index: number): readonly number[] {
  return DASHES[Math.floor(index / 8) % DASHES.length] ?? [];
}

const FONT_SIZE = 12;

/** It is made anew for another number of series and another theme; size and data change in place. */
export class Picture {
  readonly #plot: uPlot;
  #frame: Frame = {
    span: { from: 0, to: 1 },
    view: { times: [], values: [], reduced: false },
    limits: null,
    marks: [],
  };

  constructor(target: HTMLElement, options: PictureOptions) {
    const style = getComputedStyle(target);
    const token = (name: string): string => style.getPropertyValue(name).trim();
    const font = `${FONT_SIZE}px ${token('--font') || 'sans-serif'}`;
    const axis: uPlot.Axis = {
      stroke: token('--text-2'),
      font,
      grid: { stroke: token('--line'), width: 1 },
      ticks: { stroke: token('--line'), width: 1, size: 4 },
    };
    const lines = Array.from({ length: options.series }, (_, index): uPlot.Series => {
      const colour = token(seriesColour(index));
      return {
        stroke: colour,
        width: 2,
        dash: [...seriesDash(index)],
        points: { size: 5, fill: colour, stroke: colour },
        spanGaps: false,
      };
    });
    this.#plot = new uPlot(
      {
        width: options.width,
        height: options.height,
        padding: [12, 12, 0, 0],
        legend: { show: false },
        cursor: { x: false, y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
        scales: {
          x: { time: false, range: () => [this.#frame.span.from, this.#frame.span.to] },
          y: { range: (_, min, max) => this.#limits(min, max) },
        },
        axes: [
          { ...axis, size: 28, space: 72, values: (_, splits) => splits.map((split) => `${roundTick(split)} s`) },
          { ...axis, size: 56, space: 32, values: (_, splits) => splits.map(roundTick) },
        ],
        series: [{}, ...lines],
        hooks: {
          draw: [
            (plot) => {
              const { min, max } = plot.scales['y'] ?? {};
              options.onDrawn([min ?? 0, max ?? 1]);
              this.#drawMarks(plot, font, token('--text-2'));
            },
          ],
          setSelect: [
            (plot) => {
              const { left, width } = plot.select;
              if (width <= 0) return;
              options.onSelect({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
              plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            },
          ],
        },
      },
      [[], ...lines.map(() => [])],
      target,
    );
  }

  /** The part in which lines are drawn. */
  get area(): HTMLElement {
    return this.#plot.over;
  }

  draw(frame: Frame): void {
    this.#frame = frame;
    const values = frame.view.values.map((column) => [...column]);
    this.#plot.setData([[...frame.view.times], ...values]);
  }

  resize(width: number, height: number): void {
    if (width !== this.#plot.width || height !== this.#plot.height) this.#plot.setSize({ width, height });
  }

  /** The time at a distance from the left edge of the area, in CSS pixels. */
  timeAt(left: number): number {
    return this.#plot.posToVal(left, 'x');
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #limits(min: number | null, max: number | null): uPlot.Range.MinMax {
    if (this.#frame.limits !== null) return [...this.#frame.limits];
    return min === null || max === null ? [0, 1] : uPlot.rangeNum(min, max, 0.1, true);
  }

  #drawMarks(plot: uPlot, font: string, colour: string): void {
    const { ctx, bbox } = plot;
    const { span, marks } = this.#frame;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.lineWidth = ratio;
    ctx.font = font.replace(`${FONT_SIZE}px`, `${FONT_SIZE * ratio}px`);
    ctx.textBaseline = 'top';
    ctx.textAlign = 'left';
    ctx.setLineDash([4 * ratio, 4 * ratio]);
    for (const { time, run } of marks) {
      if (time < span.from || time > span.to) continue;
      const x = plot.valToPos(time, 'x', true);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const label = `run ${run}`;
      const room = bbox.left + bbox.width - x;
      const width = ctx.measureText(label).width;
      ctx.fillText(label, width + 4 * ratio < room ? x + 4 * ratio : x - width - 4 * ratio, bbox.top);
    }
    ctx.restore();
  }
}

/** uPlot steps through a scale by adding, and shows it: 0.30000000000000004. */
function roundTick(value: number): string {
  return String(Number(value.toPrecision(10)));
}

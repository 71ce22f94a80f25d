/** What the plotter keeps, and the pictures drawn of it. */
import { describe, expect, it } from 'vitest';

import { SampleBuffer, type PlotView } from '../../../runtime/plot/sample-buffer';

function valuesOf(buffer: SampleBuffer, series = 0): number[] {
  const ring = buffer.series[series];
  return ring === undefined ? [] : Array.from({ length: ring.length }, (_, index) => ring.value(index));
}

/** The rows of a picture, without those in which no series has a word to say. */
function rows(view: PlotView): unknown[] {
  return view.times
    .map((time, row) => [time, ...view.values.map((column) => column[row])])
    .filter((row) => row.slice(1).some((value) => value !== undefined));
}

describe('the rings', () => {
  it('keep samples in their order and grow past their first size', () => {
    const buffer = new SampleBuffer();
    for (let i = 0; i < 5000; i++) buffer.push('a', i, i * 2);
    const ring = buffer.series[0];
    expect(ring?.length).toBe(5000);
    expect([ring?.value(0), ring?.value(1024), ring?.value(4999), ring?.last]).toEqual([0, 2048, 9998, 9998]);
    expect(ring?.dropped).toBe(0);
  });

  it('drop the oldest when they are full', () => {
    const buffer = new SampleBuffer({ capacity: 3 });
    for (let i = 0; i < 8; i++) buffer.push('a', i, i);
    expect(valuesOf(buffer)).toEqual([5, 6, 7]);
    expect(buffer.series[0]?.dropped).toBe(5);
    expect(buffer.range()).toEqual({ from: 5, to: 7 });
  });

  it('hold a capacity that is no power of two, and go around more than once', () => {
    const buffer = new SampleBuffer({ capacity: 1500 });
    for (let i = 0; i < 4000; i++) buffer.push('a', i, i);
    expect(valuesOf(buffer)).toEqual(Array.from({ length: 1500 }, (_, index) => 2500 + index));
    expect(buffer.series[0]?.indexAt(2600)).toBe(100);
  });

  it('find the first sample at or after a time', () => {
    const buffer = new SampleBuffer();
    for (const time of [1, 2, 2, 4]) buffer.push('a', time, 0);
    const ring = buffer.series[0];
    expect([0, 1, 2, 3, 4, 5].map((time) => ring?.indexAt(time))).toEqual([0, 0, 1, 3, 3, 4]);
  });

  it('are as many as are allowed; a further name is refused, a known one is not', () => {
    const buffer = new SampleBuffer({ maxSeries: 2 });
    expect(buffer.push('a', 0, 1)).toBe(true);
    expect(buffer.push('b', 0, 1)).toBe(true);
    expect(buffer.push('c', 0, 1)).toBe(false);
    expect(buffer.push('a', 1, 1)).toBe(true);
    expect(buffer.series.map((series) => series.name)).toEqual(['a', 'b']);
  });

  it('take names that objects have of themselves', () => {
    const buffer = new SampleBuffer();
    buffer.push('constructor', 0, 1);
    buffer.push('__proto__', 0, 2);
    expect(buffer.series.map((series) => series.last)).toEqual([1, 2]);
  });

  it('take a time that goes back as the latest known', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 5, 1);
    buffer.push('a', 3, 2);
    expect(buffer.series[0]?.time(1)).toBe(5);
  });
});

describe('runs', () => {
  it('are counted, also over a clear', () => {
    const buffer = new SampleBuffer();
    expect(buffer.startRun(0)).toBe(1);
    buffer.push('a', 1, 1);
    expect(buffer.startRun(2)).toBe(2);
    buffer.push('a', 3, 1);
    expect([buffer.runAt(1), buffer.runAt(3)]).toEqual([1, 2]);
    buffer.clear();
    expect(buffer.marks).toEqual([]);
    expect(buffer.runAt(3)).toBe(2);
    expect(buffer.startRun(4)).toBe(3);
  });

  it('begin after the samples before them, also at the same time', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 1, 1);
    buffer.startRun(1);
    buffer.push('a', 1, 2);
    const ring = buffer.series[0];
    expect([0, 1].map((index) => buffer.runAt(ring?.time(index) ?? NaN))).toEqual([0, 1]);
  });

  it('are forgotten with their last sample', () => {
    const buffer = new SampleBuffer({ capacity: 2 });
    for (let run = 0; run < 10; run++) {
      buffer.startRun(run * 10);
      buffer.push('a', run * 10 + 1, run);
      buffer.push('a', run * 10 + 2, run);
    }
    expect(buffer.marks.map((mark) => mark.run)).toEqual([9, 10]);
  });
});

describe('clear', () => {
  it('drops samples and series and lets time begin anew', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 100, 1);
    const before = buffer.version;
    buffer.clear();
    expect(buffer.version).not.toBe(before);
    expect(buffer.series).toEqual([]);
    expect(buffer.range()).toBeUndefined();
    buffer.push('b', 1, 7);
    expect(buffer.range()).toEqual({ from: 1, to: 1 });
  });
});

describe('a picture of few samples', () => {
  it('gives each of them, and undefined where a series has none', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 1, 10);
    buffer.push('b', 1, 20);
    buffer.push('a', 2, 11);
    buffer.push('b', 3, 21);
    expect(buffer.view({ from: 0, to: 10 }, 100)).toEqual({
      times: [1, 2, 3],
      values: [
        [10, 11, undefined],
        [20, undefined, 21],
      ],
      reduced: false,
    });
  });

  it('reaches over its edges by one sample on each side', () => {
    const buffer = new SampleBuffer();
    for (let i = 0; i < 10; i++) buffer.push('a', i, i);
    expect(buffer.view({ from: 3.5, to: 5.5 }, 100).times).toEqual([3, 4, 5, 6]);
    expect(buffer.view({ from: 4, to: 5 }, 100).times).toEqual([3, 4, 5, 6]);
  });

  it('has a gap for a sample that is no finite number', () => {
    const buffer = new SampleBuffer();
    [1, NaN, Infinity, 4].forEach((value, time) => buffer.push('a', time, value));
    expect(buffer.view({ from: 0, to: 10 }, 100).values).toEqual([[1, null, null, 4]]);
  });

  it('has a gap in every series at a new run and where the link was lost', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 1, 1);
    buffer.push('b', 1, 1);
    buffer.startRun(2);
    buffer.push('a', 3, 2);
    buffer.push('b', 3, 2);
    buffer.gap(4);
    buffer.push('a', 5, 3);
    const view = buffer.view({ from: 0, to: 10 }, 100);
    expect(view.times).toEqual([1, 2, 3, 4, 5]);
    expect(view.values).toEqual([
      [1, null, 2, null, 3],
      [1, null, 2, null, null],
    ]);
  });

  it('has a gap that reaches from sample to sample, also over the samples of other series', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 1, 1);
    buffer.push('b', 2, 5);
    buffer.gap(3);
    buffer.push('b', 4, 6);
    buffer.push('a', 5, 2);
    expect(buffer.view({ from: 0, to: 10 }, 100).values).toEqual([
      [1, null, null, null, 2],
      [undefined, 5, null, 6, undefined],
    ]);
  });

  it('keeps a gap between the sample outside its edge and the first inside', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 1, 1);
    buffer.gap(2);
    buffer.push('a', 8, 2);
    expect(buffer.view({ from: 5, to: 10 }, 100).values).toEqual([[1, null, 2]]);
  });

  it('has nothing to say of a series that is not shown', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 1, 1);
    buffer.push('b', 2, 2);
    const view = buffer.view({ from: 0, to: 10 }, 100, (series) => series.name === 'b');
    expect(view.times).toEqual([2]);
    expect(view.values).toEqual([[undefined], [2]]);
  });

  it('is empty without samples', () => {
    expect(new SampleBuffer().view({ from: 0, to: 10 }, 100)).toEqual({ times: [], values: [], reduced: false });
  });
});

describe('a picture of many samples', () => {
  /** 100 samples a pixel on 10 pixels of 1 s, all 0 but for what `spike` says. */
  function dense(spike: (index: number) => number = () => 0): SampleBuffer {
    const buffer = new SampleBuffer();
    for (let i = 0; i < 1000; i++) buffer.push('a', i / 100, spike(i));
    return buffer;
  }

  it('loses no peak, up or down', () => {
    const view = dense((i) => (i === 555 ? 9 : i === 777 ? -9 : 0)).view({ from: 0, to: 10 }, 10);
    expect(view.reduced).toBe(true);
    const values = (view.values[0] ?? []).filter((value) => typeof value === 'number');
    expect([Math.min(...values), Math.max(...values)]).toEqual([-9, 9]);
  });

  it('gives the two extremes of a pixel in the order in which they came', () => {
    const rising = dense((i) => i).view({ from: 0, to: 10 }, 10);
    const falling = dense((i) => -i).view({ from: 0, to: 10 }, 10);
    expect(rows(rising).slice(0, 3)).toEqual([
      [0.25, 0],
      [0.75, 99],
      [1.25, 100],
    ]);
    expect(rows(falling).slice(1, 3)).toEqual([
      [0.75, -99],
      [1.25, -100],
    ]);
  });

  it('draws the same pixels when the span moves by less than one', () => {
    const buffer = dense((i) => (i * 7919) % 101);
    const inside = ({ times, values }: PlotView): unknown[] =>
      times.flatMap((time, row) => (time > 3.1 && time < 8 ? [[time.toFixed(6), values[0]?.[row]]] : []));
    const one = inside(buffer.view({ from: 2, to: 8 }, 6));
    expect(one.length).toBe(14);
    expect(inside(buffer.view({ from: 2.3, to: 8.3 }, 6))).toEqual(one);
  });

  it('has times that rise, whatever the span', () => {
    const buffer = dense();
    for (const [from, to] of [
      [0, 10],
      [3.21, 4.567],
      [-5, 7],
    ] as const) {
      const { times } = buffer.view({ from, to }, 10);
      expect(times.every((time, row) => row === 0 || time > (times[row - 1] as number))).toBe(true);
    }
  });

  it('marks a gap at the edge of its pixel', () => {
    const buffer = new SampleBuffer();
    for (let i = 0; i < 1000; i++) {
      if (i === 500) buffer.gap(5);
      buffer.push('a', i / 100, 1);
    }
    const view = buffer.view({ from: 0, to: 10 }, 10);
    expect(view.times.filter((_, row) => view.values[0]?.[row] === null)).toEqual([5]);
  });

  it('marks a gap behind what came before it, and before what came after it', () => {
    const buffer = new SampleBuffer();
    for (let i = 0; i < 500; i++) {
      buffer.push('stops', i / 100 + 0.2, 1);
      buffer.push('begins', i / 100 + 0.2, 1);
    }
    buffer.gap(5.3);
    for (let i = 0; i < 300; i++) {
      buffer.push('begins', i / 100 + 5.5, 2);
      if (i > 100) buffer.push('stops', i / 100 + 5.5, 2);
    }
    const view = buffer.view({ from: 0, to: 10 }, 10);
    const order = (series: number): unknown[] =>
      view.times.flatMap((time, row) => {
        const value = view.values[series]?.[row];
        return time > 4.9 && time < 7 && value !== undefined ? [[time, value]] : [];
      });
    expect(order(0)).toEqual([
      [5.25, 1],
      [5.75, 1],
      [6, null],
      [6.25, 2],
      [6.75, 2],
    ]);
    expect(order(1)).toEqual([
      [5, null],
      [5.25, 1],
      [5.75, 2],
      [6.25, 2],
      [6.75, 2],
    ]);
  });

  it('has a gap where a whole pixel holds nothing finite, and sees none beside samples', () => {
    const view = dense((i) => (i >= 300 && i < 400 ? NaN : i === 650 ? NaN : 1)).view({ from: 0, to: 10 }, 10);
    expect(view.times.filter((_, row) => view.values[0]?.[row] === null)).toEqual([3, 3.25, 3.75, 4]);
  });

  it('lets the line of a slow series go on over empty pixels', () => {
    const buffer = new SampleBuffer();
    for (let i = 0; i < 1000; i++) {
      buffer.push('fast', i / 100, 0);
      if (i % 400 === 0) buffer.push('slow', i / 100, i);
    }
    const view = buffer.view({ from: 0, to: 10 }, 10);
    expect(view.values[1]?.filter((value) => value !== undefined)).toEqual([0, 0, 400, 400, 800, 800]);
  });

  it('counts every sample, however the edges of the pixels are rounded', () => {
    const buffer = new SampleBuffer();
    const sample = (i: number): number => (i % 2 === 0 ? i : -i);
    for (let i = 0; i < 30_000; i++) buffer.push('a', i / 3000, sample(i));
    const values = (buffer.view({ from: 0, to: 10 }, 97).values[0] ?? []).filter((value) => typeof value === 'number');
    // The amplitude grows, so the extremes of a pixel are its last two samples, and each is the largest so far.
    const highest = values.filter((value) => value > 0);
    expect(highest).toEqual([...highest].sort((a, b) => a - b));
    expect([Math.min(...values), Math.max(...values)]).toEqual([-29_999, 29_998]);
    expect(values.length).toBe(2 * 97);
  });
});

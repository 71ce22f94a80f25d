/** What a series did over a span of time. */
import { describe, expect, it } from 'vitest';

import { SampleBuffer, type SeriesRing } from '../../../runtime/plot/sample-buffer';
import { seriesStatistics } from '../../../runtime/plot/statistics';

function series(values: readonly number[]): SeriesRing {
  const buffer = new SampleBuffer();
  values.forEach((value, time) => buffer.push('a', time, value));
  return buffer.series[0] as SeriesRing;
}

const all = { from: 0, to: Infinity };

function ramp(count: number, of: (index: number) => number): number[] {
  return Array.from({ length: count }, (_, index) => of(index));
}

describe('seriesStatistics', () => {
  it('gives count, smallest, largest, mean and last of the span', () => {
    const five = series([100, 1, 2, 6, 100]);
    expect(seriesStatistics(five, { from: 1, to: 3 })).toEqual({
      count: 3,
      min: 1,
      max: 6,
      mean: 3,
      last: 6,
      trend: 'rising',
    });
  });

  it('passes over what is no finite number', () => {
    expect(seriesStatistics(series([1, NaN, 3, Infinity]), all)).toMatchObject({
      count: 4,
      min: 1,
      max: 3,
      mean: 2,
      last: 3,
    });
    expect(seriesStatistics(series([NaN]), all)).toBeUndefined();
  });

  it('gives nothing for a span without samples', () => {
    expect(seriesStatistics(series([1, 2]), { from: 10, to: 20 })).toBeUndefined();
  });

  it('judges the trend by the last tenth', () => {
    expect(seriesStatistics(series(ramp(100, (i) => (i < 90 ? i : 180 - i))), all)?.trend).toBe('falling');
    expect(seriesStatistics(series(ramp(100, (i) => (i < 90 ? -i : i - 180))), all)?.trend).toBe('rising');
  });

  it('calls a level series and a single sample steady', () => {
    expect(seriesStatistics(series(ramp(100, () => 5)), all)?.trend).toBe('steady');
    expect(seriesStatistics(series(ramp(100, (i) => (i === 10 ? 100 : 0.0001 * i))), all)?.trend).toBe('steady');
    expect(seriesStatistics(series([7]), all)?.trend).toBe('steady');
  });
});

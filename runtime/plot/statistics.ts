/** Defines seriesStatistics: what one series did over a span of time, in figures. */

import type { SeriesRing, TimeRange } from './sample-buffer';

export type Trend = 'rising' | 'falling' | 'steady';

export interface SeriesStatistics {
  /** Samples in the span; those that are no finite number count here and nowhere else. */
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly last: number;
  /** Where the last tenth of the samples was heading. */
  readonly trend: Trend;
}

/** A change of less than this share of the whole height counts as none. */
const STEADY = 0.02;

/** Undefined when the span holds no finite number. */
export function seriesStatistics(series: SeriesRing, span: TimeRange): SeriesStatistics | undefined {
  const first = series.indexAt(span.from);
  let end = series.indexAt(span.to);
  while (end < series.length && series.time(end) <= span.to) end++;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let finite = 0;
  let last = NaN;
  for (let index = first; index < end; index++) {
    const value = series.value(index);
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    finite++;
    last = value;
  }
  if (finite === 0) return undefined;
  const tail = Math.max(first, Math.min(end - 2, Math.floor(end - (end - first) / 10)));
  const change = lineChange(series, tail, end);
  const trend = Math.abs(change) <= (max - min) * STEADY ? 'steady' : change > 0 ? 'rising' : 'falling';
  return { count: end - first, min, max, mean: sum / finite, last, trend };
}

/** How far the straight line of least squares through the samples from `first` up to `end` rises over their time. */
function lineChange(series: SeriesRing, first: number, end: number): number {
  const origin = first < end ? series.time(first) : 0;
  let count = 0;
  let sumTime = 0;
  let sumValue = 0;
  let sumSquare = 0;
  let sumProduct = 0;
  let duration = 0;
  for (let index = first; index < end; index++) {
    const value = series.value(index);
    if (!Number.isFinite(value)) continue;
    duration = series.time(index) - origin;
    count++;
    sumTime += duration;
    sumValue += value;
    sumSquare += duration * duration;
    sumProduct += duration * value;
  }
  const spread = count * sumSquare - sumTime * sumTime;
  return spread > 0 ? ((count * sumProduct - sumTime * sumValue) / spread) * duration : 0;
}

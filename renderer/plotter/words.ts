/** Defines the plotter's sentences: figures with their units, and the summary that stands for the picture. */
import { type SampleBuffer, type TimeRange } from '../../runtime/plot/sample-buffer';
import { seriesStatistics } from '../../runtime/plot/statistics';

const counts = new Intl.NumberFormat('en-US');

/** “1,240”. */
export function countWords(count: number): string {
  return counts.format(count);
}

/** A value with as many digits as one can read: “21.5”, “-0.000123457”, “1.5e+9”. */
export function valueWords(value: number): string {
  return Number.isFinite(value)
    ? String(Number(value.toPrecision(6)))
    : Number.isNaN(value)
      ? 'nan'
      : value > 0
        ? 'inf'
        : '-inf';
}

/** “12.4 s”. */
export function secondsWords(seconds: number): string {
  return `${Number(seconds.toFixed(seconds < 10 ? 2 : 1))} s`;
}

function rateWords(perSecond: number): string {
  const rate = perSecond < 10 ? Number(perSecond.toPrecision(2)) : Math.round(perSecond);
  return `${countWords(rate)} ${rate === 1 ? 'sample' : 'samples'} a second`;
}

/** What can be seen in `span`, for those who cannot: “2 series over 12.4 s, 100 samples a second. temp: from 20.1 to 24.8, …”. */
export function summaryWords(buffer: SampleBuffer, span: TimeRange, hidden: (name: string) => boolean): string {
  const rows = buffer.series.flatMap((series) => {
    const statistics = hidden(series.name) ? undefined : seriesStatistics(series, span);
    return statistics === undefined ? [] : [{ name: series.name, statistics }];
  });
  if (rows.length === 0) return 'The plot is empty.';
  const duration = span.to - span.from;
  const most = Math.max(...rows.map(({ statistics }) => statistics.count));
  const rate = duration > 0 ? `, ${rateWords(most / duration)}` : '';
  const lines = rows.map(({ name, statistics: { min, max, mean, last, trend } }) => {
    const [low, high, middle, latest] = [min, max, mean, last].map(valueWords);
    return `${name}: from ${low} to ${high}, mean ${middle}, last ${latest}, ${trend}.`;
  });
  return `${rows.length} series over ${secondsWords(duration)}${rate}. ${lines.join(' ')}`;
}

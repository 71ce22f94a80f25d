/** Defines csvLines: the samples of a plot as lines of a CSV file. */

import type { SampleBuffer, TimeRange } from './sample-buffer';

/** RFC 4180 asks for quotes around what holds a comma, a quote or a line end. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** As Python writes it, which other programs read as well. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  return String(value);
}

/** Seconds, to the microsecond. */
function timeText(time: number): string {
  return String(Math.round(time * 1e6) / 1e6);
}

/**
 * One line for the names and one for each moment at which a sample arrived, each with its `\r\n`: the time in seconds, the run, and
 * the series in their order. A series that said nothing at that moment leaves its cell empty.
 */
export function* csvLines(buffer: SampleBuffer, span: TimeRange | undefined = buffer.range()): Generator<string> {
  yield ['time (s)', 'run', ...buffer.series.map((series) => quoted(series.name))].join(',') + '\r\n';
  if (span === undefined) return;
  const next = buffer.series.map((series) => series.indexAt(span.from));
  for (;;) {
    let time = Infinity;
    buffer.series.forEach((series, column) => {
      const index = next[column] as number;
      if (index < series.length) time = Math.min(time, series.time(index));
    });
    if (time === Infinity || time > span.to) return;
    // A series can have said several things at one moment; each gets its line.
    const cells = buffer.series.map((series, column) => {
      const index = next[column] as number;
      if (index >= series.length || series.time(index) !== time) return '';
      next[column] = index + 1;
      return numberText(series.value(index));
    });
    yield [timeText(time), String(buffer.runAt(time)), ...cells].join(',') + '\r\n';
  }
}

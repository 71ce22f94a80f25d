/** The samples of a plot as a CSV file. */
import { describe, expect, it } from 'vitest';

import { csvLines } from '../../../runtime/plot/csv';
import { SampleBuffer, type TimeRange } from '../../../runtime/plot/sample-buffer';

function csv(buffer: SampleBuffer, span?: TimeRange): string[] {
  return [...csvLines(buffer, span)];
}

describe('csvLines', () => {
  it('gives time, run and the series, one line a moment', () => {
    const buffer = new SampleBuffer();
    buffer.push('temp', 0, 21.5);
    buffer.push('light', 0, 310);
    buffer.startRun(1);
    buffer.push('temp', 2, 22);
    buffer.push('light', 3.25, 311);
    expect(csv(buffer)).toEqual(['time (s),run,temp,light\r\n', '0,0,21.5,310\r\n', '2,1,22,\r\n', '3.25,1,,311\r\n']);
  });

  it('gives only the lines of a span, edges included', () => {
    const buffer = new SampleBuffer();
    for (let i = 0; i < 10; i++) buffer.push('a', i, i);
    expect(csv(buffer, { from: 3, to: 5 }).slice(1)).toEqual(['3,0,3\r\n', '4,0,4\r\n', '5,0,5\r\n']);
  });

  it('gives the line of names alone when there is no sample', () => {
    expect(csv(new SampleBuffer())).toEqual(['time (s),run\r\n']);
    const buffer = new SampleBuffer();
    buffer.push('a', 1, 1);
    expect(csv(buffer, { from: 2, to: Infinity })).toEqual(['time (s),run,a\r\n']);
  });

  it('quotes names that need it', () => {
    const buffer = new SampleBuffer();
    buffer.push('a "b", c', 0, 1);
    expect(csv(buffer)[0]).toBe('time (s),run,"a ""b"", c"\r\n');
  });

  it('writes what is no finite number as Python does', () => {
    const buffer = new SampleBuffer();
    [NaN, Infinity, -Infinity].forEach((value, time) => buffer.push('a', time, value));
    expect(csv(buffer).slice(1)).toEqual(['0,0,nan\r\n', '1,0,inf\r\n', '2,0,-inf\r\n']);
  });

  it('gives a line to each of two samples at one moment', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 1, 10);
    buffer.push('a', 1, 11);
    buffer.push('b', 1, 20);
    expect(csv(buffer).slice(1)).toEqual(['1,0,10,20\r\n', '1,0,11,\r\n']);
  });

  it('writes times to the microsecond', () => {
    const buffer = new SampleBuffer();
    buffer.push('a', 0.1 + 0.2, 1);
    expect(csv(buffer)[1]).toBe('0.3,0,1\r\n');
  });
});

/** The way from a board's bytes to samples. */
import { describe, expect, it } from 'vitest';

import { PlotInput, type PlotLine } from '../../../runtime/plot/plot-input';
import { SampleBuffer } from '../../../runtime/plot/sample-buffer';

class Bench {
  readonly lines: PlotLine[] = [];
  readonly buffer: SampleBuffer;
  readonly input: PlotInput;

  constructor(maxSeries = 64) {
    this.buffer = new SampleBuffer({ maxSeries });
    this.input = new PlotInput(this.buffer, (line) => this.lines.push(line));
  }

  terminal(text: string, now = 0): void {
    this.input.push(new TextEncoder().encode(text), 'terminal', now);
  }

  program(text: string, now = 0): void {
    this.input.push(new TextEncoder().encode(text), 'program', now);
  }

  get samples(): Record<string, number[]> {
    return Object.fromEntries(
      this.buffer.series.map((series) => [
        series.name,
        Array.from({ length: series.length }, (_, index) => series.value(index)),
      ]),
    );
  }

  get times(): number[] {
    const series = this.buffer.series[0];
    return series === undefined ? [] : Array.from({ length: series.length }, (_, index) => series.time(index));
  }
}

const SESSION =
  'MicroPython v1.29.0 on 2026-01-01; PYBv1.1 with STM32F405RG\r\nType "help()" for more information.\r\n' +
  '>>> for i in range(2):\r\n...     print("größe:", i)\r\n... \r\ngröße: 0\r\ngröße: 1\r\n' +
  '>>> 1/0\r\nTraceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\nZeroDivisionError: divide by zero\r\n' +
  '>>> print(1, end="")\r\n7>>> (3, 4)\r\n(3, 4)\r\n>>> ';

describe('PlotInput', () => {
  it('plots what was printed and nothing else', () => {
    const bench = new Bench();
    bench.terminal(SESSION);
    expect(bench.samples).toEqual({ größe: [0, 1], 'value 1': [7, 3], 'value 2': [4] });
  });

  it('gives the same wherever the chunks are cut', () => {
    const bytes = new TextEncoder().encode(SESSION);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const bench = new Bench();
      bench.input.push(bytes.subarray(0, cut), 'terminal', 0);
      bench.input.push(bytes.subarray(cut), 'terminal', 0);
      expect(bench.samples).toEqual({ größe: [0, 1], 'value 1': [7, 3], 'value 2': [4] });
    }
    const bench = new Bench();
    for (let at = 0; at < bytes.length; at++) bench.input.push(bytes.subarray(at, at + 1), 'terminal', at);
    expect(bench.samples).toEqual({ größe: [0, 1], 'value 1': [7, 3], 'value 2': [4] });
  });

  it('does not take the prompt for the beginning of what a program prints', () => {
    const bench = new Bench();
    bench.terminal('>>> ');
    bench.program('1.5\r\n');
    expect(bench.samples).toEqual({ 'value 1': [1.5] });
  });

  it('takes what a program printed last without a line end', () => {
    const bench = new Bench();
    bench.program('1\r\n2');
    bench.terminal('>>> ');
    expect(bench.samples).toEqual({ 'value 1': [1, 2] });
  });

  it('leaves a traceback of our program out', () => {
    const bench = new Bench();
    bench.input.push(new TextEncoder().encode('Traceback\r\n12\r\n'), 'error', 0);
    expect(bench.samples).toEqual({});
    expect(bench.lines.map((line) => line.leftOut)).toEqual([[{ why: 'traceback' }], [{ why: 'traceback' }]]);
    expect(bench.input.textLines).toBe(0);
  });

  it('counts lines of output with and without a sample, and no others', () => {
    const bench = new Bench();
    bench.terminal('>>> run()\r\nhello\r\n\r\ntemp:abc\r\n1\r\nTraceback (most recent call last):\r\n  x\r\ny\r\n');
    expect([bench.input.plottedLines, bench.input.textLines]).toEqual([1, 2]);
    bench.input.clear();
    expect([bench.input.plottedLines, bench.input.textLines]).toEqual([0, 0]);
  });

  it('tells of each line what became of it', () => {
    const bench = new Bench();
    bench.terminal('>>> x\r\n5\r\nhello\r\n');
    expect(bench.lines).toEqual([
      { text: '>>> x', samples: [], leftOut: [{ why: 'prompt' }] },
      { text: '5', samples: [{ name: 'value 1', value: 5 }], leftOut: [] },
      { text: 'hello', samples: [], leftOut: [{ why: 'no-number' }] },
    ]);
  });

  it('leaves out a line of more than 4,096 bytes, once, and reads on after it', () => {
    const bench = new Bench();
    bench.program(`${'1,'.repeat(6000)}1\r\n7\r\n`);
    expect(bench.lines.map((line) => line.leftOut)).toEqual([[{ why: 'too-long' }], []]);
    expect(bench.samples).toEqual({ 'value 1': [7] });
  });

  it('takes a line of just 4,096 bytes', () => {
    const bench = new Bench();
    bench.program(`a:1${' '.repeat(4093)}\n`);
    expect(bench.samples).toEqual({ a: [1] });
  });

  it('names the first series for which there is no room', () => {
    const bench = new Bench(2);
    bench.program('a:1,b:2,c:3\r\nd:4\r\n');
    expect(bench.samples).toEqual({ a: [1], b: [2] });
    expect(bench.input.refusedSeries).toBe('c');
    expect(bench.lines.map((line) => line.leftOut)).toEqual([
      [{ why: 'too-many-series', name: 'c' }],
      [{ why: 'too-many-series', name: 'd' }],
    ]);
    expect(bench.lines[0]?.samples.map((sample) => sample.name)).toEqual(['a', 'b']);
  });

  it('goes on after bytes that are no UTF-8', () => {
    const bench = new Bench();
    bench.input.push(Uint8Array.of(0xff, 0xe2, 0x0a, 0x35, 0x0a), 'terminal', 0);
    expect(bench.samples).toEqual({ 'value 1': [5] });
  });
});

describe('times', () => {
  it('of a line that comes alone are those of its arrival', () => {
    const bench = new Bench();
    bench.program('1\n', 1);
    bench.program('2\n', 2);
    expect(bench.times).toEqual([1, 2]);
  });

  it('of lines that come at once are spread over 20 ms at most', () => {
    const bench = new Bench();
    bench.program('1\n', 1);
    bench.program('1\n2\n3\n4\n', 2);
    expect(bench.times.map((time) => time.toFixed(3))).toEqual(['1.000', '1.985', '1.990', '1.995', '2.000']);
  });

  it('of the first lines begin with their arrival', () => {
    const bench = new Bench();
    bench.program('1\n2\n', 0);
    expect(bench.times.map((time) => time.toFixed(6))).toEqual(['0.000000', '0.000001']);
  });

  it('of lines that come at once are spread over the time since the last', () => {
    const bench = new Bench();
    bench.program('1\n', 1);
    bench.program('1\n2\n', 1.01);
    expect(bench.times.map((time) => time.toFixed(3))).toEqual(['1.000', '1.005', '1.010']);
  });

  it('rise also within one moment', () => {
    const bench = new Bench();
    bench.program('1\n2\n', 1);
    bench.program('3\n', 1);
    const times = bench.times;
    expect(new Set(times).size).toBe(3);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  it('may begin again at nothing after a clear', () => {
    const bench = new Bench();
    bench.program('1\n', 100);
    bench.input.clear();
    bench.program('1\n', 0.5);
    expect(bench.times).toEqual([0.5]);
  });
});

describe('runs and interruptions', () => {
  it('a run takes the samples after it, and those before stay with the run before', () => {
    const bench = new Bench();
    expect(bench.input.startRun(0)).toBe(1);
    bench.program('1\n2', 1);
    expect(bench.input.startRun(2)).toBe(2);
    bench.program('3\n', 3);
    expect(bench.samples).toEqual({ 'value 1': [1, 2, 3] });
    expect(bench.times.map((time) => bench.buffer.runAt(time))).toEqual([1, 1, 2]);
  });

  it('a run begins without the header of the one before', () => {
    const bench = new Bench();
    bench.program('a,b\n1,2\n');
    bench.input.startRun(1);
    bench.program('1,2\n', 2);
    expect(Object.keys(bench.samples)).toEqual(['a', 'b', 'value 1', 'value 2']);
  });

  it('a lost link leaves a gap and drops the line under way', () => {
    const bench = new Bench();
    bench.terminal('1\n2', 1);
    bench.input.interrupt(2, false);
    bench.terminal('3\n', 3);
    expect(bench.samples).toEqual({ 'value 1': [1, 3] });
    expect(bench.buffer.view({ from: 0, to: 9 }, 100).values).toEqual([[1, null, 3]]);
  });

  it('of a board that is met while it prints the first partial line is dropped', () => {
    const bench = new Bench();
    bench.input.interrupt(0, true);
    bench.terminal('1.5\r\n21.6\r\n', 1);
    expect(bench.samples).toEqual({ 'value 1': [21.6] });
  });
});

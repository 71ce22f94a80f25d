/** What the plotter of a board keeps and shows. */
import { describe, expect, it } from 'vitest';

import { PlotState } from '../../../renderer/plotter/plot.svelte';

/** A plot whose time and frames are a test's to give. */
class Bench {
  time = 0;
  frames: (() => void)[] = [];
  readonly plot = new PlotState({ now: () => this.time, onNextFrame: (action) => this.frames.push(action) });

  /** Prints at a time, and lets a frame pass. */
  print(text: string, at: number): void {
    this.time = at;
    this.plot.push(new TextEncoder().encode(text), 'program');
    this.frame();
  }

  frame(): void {
    for (const action of this.frames.splice(0)) action();
  }
}

/** One sample a second from 0 to `seconds`. */
function filled(seconds: number): Bench {
  const bench = new Bench();
  for (let at = 0; at <= seconds; at++) bench.print(`temp:${at}\n`, at);
  return bench;
}

describe('PlotState', () => {
  it('tells the view once per frame, however much arrives', () => {
    const bench = new Bench();
    bench.plot.push(new TextEncoder().encode('1\n'), 'program');
    bench.plot.push(new TextEncoder().encode('2\n'), 'program');
    expect(bench.frames.length).toBe(1);
    expect(bench.plot.facts.samples).toBe(0);
    bench.frame();
    expect(bench.plot.facts.samples).toBe(2);
    expect(bench.plot.facts.series).toEqual([{ name: 'value 1', last: 2 }]);
  });

  it('counts lines of text', () => {
    const bench = new Bench();
    bench.print('hello\nworld\n', 0);
    expect(bench.plot.facts).toMatchObject({ textLines: 2, samples: 0 });
  });

  it('begins its time with the first sample, and again after a clear', () => {
    const bench = new Bench();
    bench.print('MicroPython\n', 900);
    bench.time = 950;
    bench.plot.startRun();
    bench.print('1\n', 1000);
    bench.print('1\n', 1002);
    const range = bench.plot.buffer.range();
    expect([range?.from.toFixed(3), range?.to.toFixed(3)]).toEqual(['0.000', '2.000']);
    bench.plot.clear();
    expect(bench.plot.facts).toMatchObject({ samples: 0, series: [], textLines: 0 });
    bench.print('1\n', 2000);
    expect(bench.plot.buffer.range()).toEqual({ from: 0, to: 0 });
  });
});

describe('what is visible', () => {
  it('ends with the newest sample and goes back as far as is chosen', () => {
    const bench = filled(100);
    expect(bench.plot.visible).toEqual({ from: 70, to: 100 });
    bench.plot.lookBack = 10;
    expect(bench.plot.visible).toEqual({ from: 90, to: 100 });
    bench.plot.lookBack = null;
    expect(bench.plot.visible).toEqual({ from: 0, to: 100 });
  });

  it('begins with the first sample while there are few', () => {
    expect(filled(5).plot.visible).toEqual({ from: 0, to: 5 });
  });

  it('is never without extent', () => {
    const { from, to } = filled(0).plot.visible;
    expect(to - from).toBeGreaterThan(0);
  });
});

describe('pause', () => {
  it('holds the picture still while samples are kept, and resume shows them', () => {
    const bench = filled(10);
    bench.plot.pause();
    expect([bench.plot.paused, bench.plot.newSamples]).toEqual([true, 0]);
    for (let at = 11; at <= 20; at++) bench.print(`temp:${at}\n`, at);
    expect(bench.plot.visible).toEqual({ from: 0, to: 10 });
    expect(bench.plot.newSamples).toBe(10);
    bench.plot.resume();
    expect(bench.plot.visible).toEqual({ from: 0, to: 20 });
    const series = bench.plot.buffer.series[0];
    expect(Array.from({ length: 21 }, (_, index) => series?.value(index))).toEqual([...Array(21).keys()]);
  });

  it('counts what had arrived but was not shown yet as shown', () => {
    const bench = filled(1);
    bench.time = 2;
    bench.plot.push(new TextEncoder().encode('temp:2\n'), 'program');
    bench.plot.pause();
    bench.frame();
    expect(bench.plot.newSamples).toBe(0);
    expect(bench.plot.visible.to).toBe(2);
  });

  it('gives the picture a summary', () => {
    const bench = filled(10);
    bench.plot.pause();
    expect(bench.plot.summary).toBe(
      '1 series over 10 s, 1.1 samples a second. temp: from 0 to 10, mean 5, last 10, rising.',
    );
    bench.plot.toggleSeries('temp');
    expect(bench.plot.summary).toBe('The plot is empty.');
  });

  it('ends with a clear', () => {
    const bench = filled(10);
    bench.plot.pause();
    bench.plot.clear();
    expect(bench.plot.paused).toBe(false);
    expect(bench.plot.summary).toBe('The plot is empty.');
  });
});

describe('zoom and pan', () => {
  it('pause by themselves, and lead back to live', () => {
    const bench = filled(20);
    bench.plot.zoom(0.5, 10);
    expect([bench.plot.paused, bench.plot.zoomed]).toEqual([true, true]);
    expect(bench.plot.visible).toEqual({ from: 5, to: 15 });
    bench.plot.pan(-0.1);
    expect(bench.plot.visible).toEqual({ from: 4, to: 14 });
    bench.plot.backToLive();
    expect([bench.plot.paused, bench.plot.zoomed]).toEqual([false, false]);
    expect(bench.plot.visible).toEqual({ from: 0, to: 20 });
  });

  it('reach the ends and all of it', () => {
    const bench = filled(20);
    bench.plot.show({ from: 5, to: 7 });
    bench.plot.panToEnd('oldest');
    expect(bench.plot.visible).toEqual({ from: 0, to: 2 });
    bench.plot.panToEnd('newest');
    expect(bench.plot.visible).toEqual({ from: 18, to: 20 });
    bench.plot.showAll();
    expect(bench.plot.visible).toEqual({ from: 0, to: 20 });
  });

  it('do not go deeper than there is something to see', () => {
    const bench = filled(20);
    bench.plot.show({ from: 1, to: 1 });
    expect(bench.plot.paused).toBe(false);
    for (let i = 0; i < 200; i++) bench.plot.zoom(0.5, 10);
    expect(bench.plot.visible.to - bench.plot.visible.from).toBeGreaterThan(0.00009);
  });
});

describe('limits', () => {
  it('begin with what is seen, and count while they make sense', () => {
    const { plot } = filled(1);
    plot.drawnLimits = [-1.23456789, 2.98765432];
    expect(plot.limits).toBeNull();
    plot.toggleAutoScale();
    expect(plot.limits).toEqual([-1.235, 2.988]);
    plot.low = 5;
    expect(plot.limits).toBeNull();
    plot.low = null;
    expect(plot.limits).toBeNull();
    plot.toggleAutoScale();
    expect(plot.autoScale).toBe(true);
  });

  it('follow a zoom of the values, and are given up on the way back to live', () => {
    const { plot } = filled(1);
    plot.drawnLimits = [0, 10];
    plot.zoomValues(0.5);
    expect(plot.limits).toEqual([2.5, 7.5]);
    plot.backToLive();
    expect(plot.limits).toBeNull();
  });
});

describe('CSV', () => {
  it('holds what is visible, or all, with hidden series', () => {
    const bench = filled(3);
    bench.plot.toggleSeries('temp');
    bench.plot.show({ from: 1, to: 2 });
    const text = (what: 'visible' | 'all'): string => new TextDecoder().decode(bench.plot.csv(what));
    expect(text('visible')).toBe('time (s),run,temp\r\n1,0,1\r\n2,0,2\r\n');
    expect(text('all')).toBe('time (s),run,temp\r\n0,0,0\r\n1,0,1\r\n2,0,2\r\n3,0,3\r\n');
  });
});

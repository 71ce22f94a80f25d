/** The plots of a window: which bytes reach which, and what the commands do. */
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { plotsOf, type Plots } from '../../../renderer/plotter/plots.svelte';
import { type App } from '../../../renderer/state/app.svelte';
import { AppError } from '../../../runtime/contract/app-error';
import { FakeHost, pyboardA } from '../files/fake-host';

let host: FakeHost;
let app: App;
let plots: Plots;

beforeEach(async () => {
  vi.useFakeTimers();
  host = new FakeHost();
  app = await host.app('sim');
  plots = plotsOf(app);
  flushSync();
});

afterEach(() => {
  vi.useRealTimers();
});

function frame(): void {
  vi.advanceTimersByTime(50);
}

describe('Plots', () => {
  it('are the same however often they are asked for', () => {
    expect(plotsOf(app)).toBe(plots);
  });

  it('plot what the target prints', () => {
    host.print('temp:21.5\n');
    frame();
    expect(plots.shown?.facts.series).toEqual([{ name: 'temp', last: 21.5 }]);
  });

  it('keep the boards apart, and read on for one that is not the target', () => {
    const simulated = plots.shown;
    const real = app.boards.use(pyboardA.id);
    flushSync();
    app.boards.target = real ?? null;
    host.print('a:1\n');
    host.print('b:2\n', 'program', pyboardA.id);
    frame();
    expect(plots.shown?.facts.series.map(({ name }) => name)).toEqual(['b']);
    expect(simulated?.facts.series.map(({ name }) => name)).toEqual(['a']);
  });

  it('count a run when a program of ours starts, and not for what the board runs by itself', () => {
    host.setState({ name: 'running', program: null });
    host.setState({ name: 'ready' });
    host.setState({ name: 'running', program: 'a.py' });
    host.print('1\n');
    host.setState({ name: 'stopping', stubborn: false });
    host.setState({ name: 'ready' });
    host.setState({ name: 'running', program: 'a.py' });
    expect(plots.shown?.buffer.marks.map(({ run }) => run)).toEqual([1, 2]);
  });

  it('count no run for a program that is on its way to its end after a stop', () => {
    host.setState({ name: 'running', program: 'a.py' });
    host.print('1\n');
    host.setState({ name: 'stopping', stubborn: false });
    host.setState({ name: 'running', program: 'a.py' });
    host.setState({ name: 'ready' });
    host.print('2\n', 'terminal');
    expect(plots.shown?.buffer.marks.map(({ run }) => run)).toEqual([1]);
  });

  it('count a run that takes the place of a stopped one at once', () => {
    host.setState({ name: 'running', program: 'a.py' });
    host.print('1\n');
    host.setState({ name: 'stopping', stubborn: false });
    host.setState({ name: 'running', program: 'a.py' });
    host.print('2\n');
    expect(plots.shown?.buffer.marks.map(({ run }) => run)).toEqual([1, 2]);
  });

  it('leave a gap where the link was lost', () => {
    host.print('1\n');
    host.setState({ name: 'lost' });
    host.setState({ name: 'ready' });
    host.print('2\n');
    const view = plots.shown?.buffer.view({ from: 0, to: 9 }, 100);
    expect(view?.values).toEqual([[1, null, 2]]);
  });
});

describe('commands', () => {
  it('pause and resume', () => {
    expect(app.commands.run('plot.pause')).toBe(true);
    expect([plots.shown?.paused, app.commands.isOn('plot.pause')]).toEqual([true, true]);
    app.commands.run('plot.pause');
    expect(plots.shown?.paused).toBe(false);
  });

  it('that need samples wait for the first', () => {
    expect(app.commands.reason('plot.clear')).toBe('Nothing was plotted yet.');
    host.print('1\n');
    frame();
    expect(app.commands.reason('plot.clear')).toBeNull();
    app.commands.run('plot.clear');
    expect(plots.shown?.facts.samples).toBe(0);
  });

  it('write a CSV file where the person says, and say so', async () => {
    host.answers['computer:chooseSave'] = () => '/home/me/plot.csv';
    host.print('a:1\n');
    frame();
    app.commands.run('plot.csvAll');
    await vi.advanceTimersByTimeAsync(10);
    const [call] = host.called('files:write');
    expect([call?.[0], call?.[1]]).toEqual([{ on: 'computer' }, '/home/me/plot.csv']);
    expect(new TextDecoder().decode(call?.[2])).toMatch(/^time \(s\),run,a\r\n[\d.]+,0,1\r\n$/);
    expect(app.notices.list.map(({ text }) => text)).toEqual(['Saved the plot as plot.csv.']);
  });

  it('write nothing when no place is chosen', async () => {
    host.answers['computer:chooseSave'] = () => null;
    host.print('a:1\n');
    frame();
    app.commands.run('plot.csvVisible');
    await vi.advanceTimersByTimeAsync(10);
    expect(host.called('files:write')).toEqual([]);
  });

  it('say why a CSV file could not be written', async () => {
    host.answers['computer:chooseSave'] = () => '/plot.csv';
    host.answers['files:write'] = () => {
      throw new AppError('disk-denied', { name: 'plot.csv' });
    };
    host.print('a:1\n');
    frame();
    app.commands.run('plot.csvAll');
    await vi.advanceTimersByTimeAsync(10);
    expect(app.notices.list.map(({ text }) => text)).toEqual(['This computer does not allow writing to plot.csv.']);
  });
});

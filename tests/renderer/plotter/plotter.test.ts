/** The plotter before there is a picture: what it says, and which controls work. */
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import Plotter from '../../../renderer/plotter/Plotter.svelte';
import { plotsOf } from '../../../renderer/plotter/plots.svelte';
import { type App } from '../../../renderer/state/app.svelte';
import { FakeHost } from '../files/fake-host';
import { button, byLabel, mountIn } from '../files/mounting';

let host: FakeHost;
let app: App;
let takeAway: () => void;

async function show(target: 'sim' | 'none' = 'sim'): Promise<void> {
  host = new FakeHost();
  app = await host.app(target);
  takeAway = mountIn(app, Plotter);
}

const text = (): string => document.body.textContent.replace(/\s+/g, ' ');

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  takeAway();
  vi.useRealTimers();
});

describe('Plotter', () => {
  it('says what to print, with an example to copy', async () => {
    await show();
    expect(text()).toContain('Print numbers and they are drawn here. Try: print("temp:", 21.5)');
    expect(button('Copy')).toBeTruthy();
  });

  it('counts lines that hold no number', async () => {
    await show();
    host.print('hello\nworld\n');
    vi.advanceTimersByTime(50);
    flushSync();
    expect(text()).toContain('2 lines arrived, none with a number.');
  });

  it('says that there is no board', async () => {
    await show('none');
    expect(text()).toContain('No board.');
  });

  it('has its controls in a toolbar with one Tab stop', async () => {
    await show();
    const controls = [...byLabel('Plot').querySelectorAll<HTMLElement>('button, select')];
    expect(byLabel('Plot').getAttribute('role')).toBe('toolbar');
    expect(controls.map((each) => each.getAttribute('aria-label') ?? each.textContent.trim())).toEqual([
      'Pause',
      'Clear plot',
      'Time range',
      'Auto scale',
      'Export',
    ]);
    expect(controls.filter((each) => each.tabIndex === 0).length).toBe(1);
  });

  it('cannot export or clear what is not there', async () => {
    await show();
    expect(button('Clear plot').getAttribute('aria-disabled')).toBe('true');
    expect(button('Export').getAttribute('aria-disabled')).toBe('true');
  });

  it('becomes Resume when it is paused', async () => {
    await show();
    button('Pause').click();
    flushSync();
    expect(plotsOf(app).shown?.paused).toBe(true);
    button('Resume').click();
    flushSync();
    expect(button('Pause')).toBeTruthy();
  });

  it('takes limits by hand, and says when they make no sense', async () => {
    await show();
    button('Auto scale').click();
    flushSync();
    expect(button('Auto scale').getAttribute('aria-pressed')).toBe('false');
    const [low, high] = [...document.querySelectorAll<HTMLInputElement>('input[type="number"]')];
    if (low === undefined || high === undefined) throw new Error('the fields are missing');
    low.value = '5';
    low.dispatchEvent(new Event('input', { bubbles: true }));
    high.value = '2';
    high.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    expect(text()).toContain('The lower limit has to be below the upper one.');
    expect(low.getAttribute('aria-invalid')).toBe('true');
    high.value = '7';
    high.dispatchEvent(new Event('input', { bubbles: true }));
    flushSync();
    expect(text()).not.toContain('The lower limit');
    expect(plotsOf(app).shown?.limits).toEqual([5, 7]);
  });
});

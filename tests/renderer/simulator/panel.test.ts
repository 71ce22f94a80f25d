/** The panel as a person meets it: names, words, and what its controls send. */
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import SimulatorPanel from '../../../renderer/simulator/SimulatorPanel.svelte';
import { type App } from '../../../renderer/state/app.svelte';
import { type HardwareSnapshot } from '../../../runtime/contract/types';
import { FakeHost } from '../files/fake-host';
import { button, byLabel, mountIn, press } from '../files/mounting';

const snapshot: HardwareSnapshot = {
  board: 'sim',
  leds: [255, 0, 128, 0],
  switchPressed: false,
  accel: { x: 10, y: 0, z: 18 },
  adc: [{ pin: 'X1', value: 2048 }],
  pins: [
    { name: 'X1', cpu: 'PA0', mode: 'analogue', pull: 'none', level: 0, input: 'floating' },
    { name: 'X4', cpu: 'PA3', mode: 'input', pull: 'up', level: 1, input: 'floating' },
    { name: 'Y1', cpu: 'PC6', mode: 'unused', pull: 'none', level: 0, input: 'floating' },
  ],
  memory: { used: 12 * 1024, total: 103_168 },
};

let host: FakeHost;
let app: App;
let takeAway: () => void;

beforeEach(async () => {
  host = new FakeHost();
  app = await host.app('sim');
  takeAway = mountIn(app, SimulatorPanel);
});

afterEach(() => takeAway());

function show(changes: Partial<HardwareSnapshot> = {}): void {
  host.emit('sim:hardware', { ...snapshot, ...changes });
  flushSync();
}

describe('SimulatorPanel', () => {
  it('has its controls off, and says so, until the board tells of itself', () => {
    expect(document.body.textContent).toContain('Starting up…');
    expect(document.querySelector('fieldset')?.disabled).toBe(true);
    show();
    expect(document.body.textContent).not.toContain('Starting up…');
    expect(document.querySelector('fieldset')?.disabled).toBe(false);
  });

  it('names each LED with its state', () => {
    show();
    expect([...document.querySelectorAll('[aria-label^="LED "]')].map((led) => led.getAttribute('aria-label'))).toEqual(
      ['LED 1, red, on', 'LED 2, green, off', 'LED 3, yellow, 50 %', 'LED 4, blue, off'],
    );
    expect(document.querySelector('.leds')?.getAttribute('aria-live')).toBeNull();
  });

  it('names pins and keeps them one Tab stop', () => {
    show();
    expect(byLabel('X4, input, high').getAttribute('tabindex')).toBe('-1');
    expect(document.querySelectorAll('g.pin').length).toBe(30);
    expect(document.querySelectorAll('g.pin[tabindex="0"]').length).toBe(1);
  });

  it('gives each slider a name and a unit', () => {
    show();
    expect(byLabel('x').getAttribute('aria-valuetext')).toBe('0.48 g');
    expect(byLabel('X1').getAttribute('aria-valuetext')).toBe('1.65 V');
    expect(document.body.textContent).toContain('0.48 g (10)');
    expect(document.body.textContent).toContain('1.65 V (2048)');
  });

  it('refuses a voltage the board does not know, and takes one it does', () => {
    show();
    const field = byLabel<HTMLInputElement>('X1 in volts');
    field.value = '9';
    field.dispatchEvent(new Event('change', { bubbles: true }));
    flushSync();
    expect(document.body.textContent).toContain('Between 0 and 3.3 volts.');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(host.called('sim:input')).toEqual([]);
    field.value = '3.3';
    field.dispatchEvent(new Event('change', { bubbles: true }));
    flushSync();
    expect(document.body.textContent).not.toContain('Between 0 and 3.3 volts.');
    expect(host.called('sim:input')).toEqual([['sim', { kind: 'adc', pin: 'X1', value: 4095 }]]);
  });

  it('presses USR for as long as a key is down', () => {
    show();
    const user = button('Press USR');
    press(user, ' ');
    press(user, ' ', { repeat: true });
    user.dispatchEvent(new KeyboardEvent('keyup', { key: ' ', bubbles: true }));
    expect(host.called('sim:input').map(([, input]) => input)).toEqual([
      { kind: 'switch', pressed: true },
      { kind: 'switch', pressed: false },
    ]);
    show({ switchPressed: true });
    expect(user.getAttribute('aria-pressed')).toBe('true');
  });

  it('lists the pins in use, or all', () => {
    show();
    const rows = (): string[] => [...document.querySelectorAll('tbody th')].map((cell) => cell.textContent);
    expect(rows()).toEqual(['X1', 'X4']);
    const filter = byLabel<HTMLSelectElement>('Which pins');
    filter.value = 'all';
    filter.dispatchEvent(new Event('change', { bubbles: true }));
    flushSync();
    expect(rows()).toEqual(['X1', 'X4', 'Y1']);
    expect(document.querySelectorAll('tbody select').length).toBe(1);
  });

  it('tells how much memory is in use', () => {
    show();
    expect(document.body.textContent).toContain('12 of 101 KB');
  });
});

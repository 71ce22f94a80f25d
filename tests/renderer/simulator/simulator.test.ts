/** What the panel does to the simulated board, and what it takes from it. */
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { simulatorOf, TILTS, type Simulator } from '../../../renderer/simulator/simulator.svelte';
import { type App } from '../../../renderer/state/app.svelte';
import { type HardwareSnapshot, type PanelInput } from '../../../runtime/contract/types';
import { FakeHost } from '../files/fake-host';

const snapshot: HardwareSnapshot = {
  board: 'sim',
  leds: [255, 0, 0, 0],
  switchPressed: false,
  accel: { x: 1, y: 2, z: 20 },
  adc: [{ pin: 'X1', value: 100 }],
  pins: [],
  memory: { used: 1, total: 2 },
};

let host: FakeHost;
let app: App;
let simulator: Simulator;

beforeEach(async () => {
  vi.useFakeTimers();
  host = new FakeHost();
  app = await host.app('sim');
  app.commands.condition('sim', () => true);
  simulator = simulatorOf(app);
});

afterEach(() => {
  vi.useRealTimers();
});

function inputs(): PanelInput[] {
  return host.called('sim:input').map(([, input]) => input);
}

function emit(changes: Partial<HardwareSnapshot> = {}): void {
  host.emit('sim:hardware', { ...snapshot, ...changes });
}

describe('watching', () => {
  it('begins with the first watcher and ends with the last', () => {
    const stopOne = simulator.watch();
    const stopTwo = simulator.watch();
    flushSync();
    stopOne();
    stopOne();
    expect(host.called('sim:watch')).toEqual([['sim', true]]);
    stopTwo();
    expect(host.called('sim:watch')).toEqual([
      ['sim', true],
      ['sim', false],
    ]);
  });

  it('begins again when the board was started again', () => {
    const stop = simulator.watch();
    flushSync();
    host.setState({ name: 'closed' });
    flushSync();
    host.setState({ name: 'ready' });
    flushSync();
    expect(host.called('sim:watch').map(([, on]) => on)).toEqual([true, false, true]);
    stop();
  });

  it('makes the panel live with the first snapshot, and not while the board restarts', () => {
    expect(simulator.live).toBe(false);
    emit();
    expect(simulator.live).toBe(true);
    host.setState({ name: 'starting' });
    expect(simulator.live).toBe(false);
  });

  it('tells of the LEDs in words at once, then twice a second', () => {
    const stop = simulator.watch();
    emit();
    expect(simulator.ledsWords).toContain('red\u00a0on');
    emit({ leds: [0, 0, 0, 0] });
    expect(simulator.ledsWords).toContain('red\u00a0on');
    vi.advanceTimersByTime(500);
    expect(simulator.ledsWords).toContain('red\u00a0off');
    stop();
  });
});

describe('USR and RST', () => {
  it('press and release', () => {
    simulator.pressUser(true);
    simulator.pressUser(false);
    simulator.reset();
    expect(inputs()).toEqual([
      { kind: 'switch', pressed: true },
      { kind: 'switch', pressed: false },
      { kind: 'reset' },
    ]);
  });

  it('hold keeps USR down until it is taken away', () => {
    simulator.setHold(true);
    simulator.pressUser(true);
    simulator.pressUser(false);
    simulator.setHold(false);
    expect(inputs().map((input) => input.kind === 'switch' && input.pressed)).toEqual([true, true, true, false]);
  });

  it('the commands press them too', () => {
    app.commands.run('sim.user');
    expect(inputs()).toEqual([{ kind: 'switch', pressed: true }]);
    vi.advanceTimersByTime(300);
    return vi.advanceTimersByTimeAsync(1).then(() => {
      app.commands.run('sim.reset');
      expect(inputs().slice(1)).toEqual([{ kind: 'switch', pressed: false }, { kind: 'reset' }]);
    });
  });
});

describe('the accelerometer', () => {
  it('takes whole counts within its range', () => {
    simulator.setTilt({ x: 99, y: -99, z: 1.6 });
    expect(inputs()).toEqual([{ kind: 'accel', x: 31, y: -32, z: 2 }]);
  });

  it('tilted on the pad feels one g in all', () => {
    simulator.tiltTo(12, -9);
    expect(simulator.tilt).toEqual({ x: 12, y: -9, z: 15 });
    simulator.tiltTo(42, 0);
    expect(simulator.tilt).toEqual({ x: 21, y: 0, z: 0 });
  });

  it('has positions by name', () => {
    expect(TILTS.map(({ label }) => label)).toEqual([
      'Lay flat',
      'Tilt left',
      'Tilt right',
      'Tilt forward',
      'Tilt back',
      'Upside down',
    ]);
    for (const { tilt } of TILTS) expect(Math.abs(Math.hypot(tilt.x, tilt.y, tilt.z) - 21)).toBeLessThan(1);
  });

  it('follows the board, but not while a person moves it', () => {
    emit();
    expect(simulator.tilt).toEqual({ x: 1, y: 2, z: 20 });
    simulator.setTilt({ x: 9, y: 9, z: 9 });
    emit();
    expect(simulator.tilt).toEqual({ x: 9, y: 9, z: 9 });
    vi.advanceTimersByTime(500);
    emit();
    expect(simulator.tilt).toEqual({ x: 1, y: 2, z: 20 });
  });

  it('shakes for a while and comes to rest where it was', () => {
    simulator.setTilt({ x: 3, y: 4, z: 5 });
    simulator.shake();
    vi.advanceTimersByTime(5000);
    const sent = inputs();
    expect(sent.length).toBeGreaterThan(8);
    expect(sent.length).toBeLessThan(20);
    expect(sent.some((input) => input.kind === 'accel' && Math.abs(input.x) > 8)).toBe(true);
    expect(sent.at(-1)).toEqual({ kind: 'accel', x: 3, y: 4, z: 5 });
  });

  it('with noise moves by one count at most, until it is switched off', () => {
    simulator.setTilt({ x: 3, y: 4, z: 5 });
    simulator.setNoise(true);
    vi.advanceTimersByTime(2000);
    const noisy = inputs().slice(1);
    expect(noisy.length).toBe(40);
    expect(noisy.every((input) => input.kind === 'accel' && Math.abs(input.x - 3) <= 1)).toBe(true);
    expect(simulator.tilt).toEqual({ x: 3, y: 4, z: 5 });
    simulator.setNoise(false);
    vi.advanceTimersByTime(2000);
    expect(inputs().length).toBe(42);
    expect(inputs().at(-1)).toEqual({ kind: 'accel', x: 3, y: 4, z: 5 });
  });
});

describe('analogue pins and inputs', () => {
  it('follow the board, and a person', () => {
    emit();
    expect(simulator.adc.get('X1')).toBe(100);
    simulator.setAdc('X1', 2048);
    emit();
    expect(simulator.adc.get('X1')).toBe(2048);
    expect(inputs()).toEqual([{ kind: 'adc', pin: 'X1', value: 2048 }]);
  });

  it('can be added before a program opens them', () => {
    simulator.addPin('Y12');
    expect([...simulator.addedPins]).toEqual(['Y12']);
    expect(inputs()).toEqual([{ kind: 'adc', pin: 'Y12', value: 0 }]);
  });

  it('are driven high, low or not at all', () => {
    simulator.setPin('X4', 'high');
    expect(inputs()).toEqual([{ kind: 'pin', pin: 'X4', input: 'high' }]);
  });
});

describe('reading out', () => {
  it('speaks the board in one go, watching only for a moment', async () => {
    const said = vi.spyOn(app.announcer, 'say');
    app.commands.run('sim.readOut');
    flushSync();
    expect(host.called('sim:watch')).toEqual([['sim', true]]);
    emit();
    await vi.advanceTimersByTimeAsync(1);
    expect(said).toHaveBeenCalledWith(expect.stringContaining('USR is released.'));
    expect(host.called('sim:watch').at(-1)).toEqual(['sim', false]);
  });
});

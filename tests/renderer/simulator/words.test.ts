/** The simulated board in words. */
import { describe, expect, it } from 'vitest';

import {
  adcOf,
  boardWords,
  gWords,
  ledWords,
  ledsWords,
  levelWords,
  modeWords,
  pinWords,
  voltWords,
} from '../../../renderer/simulator/words';
import { type PinSnapshot } from '../../../runtime/contract/types';

const pin: PinSnapshot = { name: 'X1', cpu: 'PA0', mode: 'output', pull: 'none', level: 1, input: 'floating' };

describe('words', () => {
  it.each([
    [0, 'off'],
    [1, '1 %'],
    [128, '50 %'],
    [254, '99 %'],
    [255, 'on'],
  ])('of an LED at %d are %s', (intensity, expected) => {
    expect(ledWords(intensity)).toBe(expected);
  });

  it('of all LEDs name number, colour and state', () => {
    expect(ledsWords([255, 0, 128, 0]).replaceAll('\u00a0', ' ')).toBe(
      '1 red on · 2 green off · 3 yellow 50 % · 4 blue off',
    );
  });

  it.each([
    [10, '0.48 g'],
    [-3, '-0.14 g'],
    [0, '0.00 g'],
    [21, '1.00 g'],
  ])('of %d counts are %s', (counts, expected) => {
    expect(gWords(counts)).toBe(expected);
  });

  it('of a voltage go with the raw value both ways', () => {
    expect(voltWords(2048)).toBe('1.65 V');
    expect([adcOf(0), adcOf(1.65), adcOf(3.3)]).toEqual([0, 2048, 4095]);
  });

  it('of a pin say what it is used as, and its level where it has one', () => {
    expect(pinWords(pin)).toBe('X1, output, high');
    expect(pinWords({ ...pin, mode: 'analogue' })).toBe('X1, analogue');
    expect(pinWords({ ...pin, mode: 'unused' })).toBe('X1, not in use');
    expect(modeWords({ ...pin, mode: 'input', pull: 'up' })).toBe('input, pull-up');
    expect(levelWords({ ...pin, mode: 'input', level: 0 })).toBe('low');
  });

  it('of the whole board are four sentences', () => {
    expect(
      boardWords({
        board: 'sim',
        leds: [255, 0, 0, 0],
        switchPressed: true,
        accel: { x: 0, y: 0, z: 21 },
        adc: [],
        pins: [pin, { ...pin, name: 'X2', mode: 'unused' }],
        memory: { used: 0, total: 1 },
      }),
    ).toBe(
      'LEDs: 1 red on, 2 green off, 3 yellow off, 4 blue off. USR is pressed. ' +
        'Accelerometer: x 0.00 g, y 0.00 g, z 1.00 g. Pins in use: X1, output, high.',
    );
  });
});

/** How an LED is drawn for people who asked for less motion. */
import { describe, expect, it } from 'vitest';

import { LedMeter } from '../../../renderer/simulator/led-meter';

function blinking(hertz: number, seconds: number): LedMeter {
  const meter = new LedMeter();
  const half = 1 / hertz / 2;
  for (let change = 0; change * half < seconds; change++) meter.note(change % 2 === 0 ? 255 : 0, change * half);
  return meter;
}

describe('LedMeter', () => {
  it('draws a slow LED as it is', () => {
    const meter = blinking(1, 3);
    expect(meter.steady(2.9)).toEqual({ intensity: 0, hertz: null });
    meter.note(255, 3);
    expect(meter.steady(3.1)).toEqual({ intensity: 255, hertz: null });
  });

  it('draws a fast LED at its mean brightness, with how often it blinks', () => {
    const { intensity, hertz } = blinking(10, 3).steady(3);
    expect(hertz).toBe(10);
    expect(intensity).toBeGreaterThan(110);
    expect(intensity).toBeLessThan(145);
  });

  it('draws it as it is again when the blinking has stopped', () => {
    const meter = blinking(10, 3);
    meter.note(255, 3);
    expect(meter.steady(4.1)).toEqual({ intensity: 255, hertz: null });
  });

  it('takes the same intensity again for no change', () => {
    const meter = new LedMeter();
    for (let at = 0; at < 1; at += 0.05) meter.note(255, at);
    expect(meter.steady(1)).toEqual({ intensity: 255, hertz: null });
  });

  it('is off before it has heard of anything', () => {
    expect(new LedMeter().steady(0)).toEqual({ intensity: 0, hertz: null });
  });
});

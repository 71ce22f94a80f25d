/** `pyb.LED`: the four LEDs of the board. */
import { None, ObjectBase, type PyObject } from '../../python/objects/object';
import { valueError } from '../../python/objects/raise';
import { defineType, type PyType } from '../../python/objects/type';
import type { HardwareRegisters } from '../hardware-registers';
import { intArgument } from './argument';

const FULL = 255;

export function createLed(registers: HardwareRegisters): PyType {
  class Led extends ObjectBase {
    constructor(readonly n: number) {
      super();
    }
    override py_repr(): string {
      return `LED(${String(this.n)})`;
    }
  }
  const leds = [1, 2, 3, 4].map((n) => new Led(n));

  const set = (self: Led, intensity: number): PyObject => {
    // LEDs 1 and 2 have no timer: they are on or off.
    const dimmed = self.n > 2 && intensity > 0 && intensity < FULL;
    registers.setLed(self.n, dimmed ? intensity : intensity > 0 ? FULL : 0);
    return None;
  };
  const led_intensity = (self: Led, value?: PyObject): PyObject =>
    value === undefined ? registers.led(self.n) : set(self, intArgument(value));

  return defineType({
    name: 'LED',
    proto: Led.prototype,
    make: [
      'LED(id, /)',
      (id: PyObject) => {
        const n = intArgument(id);
        const led = leds[n - 1];
        if (led === undefined) throw valueError(`LED(${String(n)}) doesn't exist`);
        return led;
      },
    ],
    methods: [
      ['on(self, /)', (self: Led) => set(self, FULL)],
      ['off(self, /)', (self: Led) => set(self, 0)],
      ['toggle(self, /)', (self: Led) => set(self, registers.led(self.n) === 0 ? FULL : 0)],
      ['intensity(self, value=None, /)', led_intensity],
    ],
  });
}

/** `pyb.Accel`: the accelerometer, an MMA7660. */
import { None, ObjectBase, type PyObject } from '../../python/objects/object';
import { PyTuple } from '../../python/objects/tuple';
import { defineType, type PyType } from '../../python/objects/type';
import type { Hardware } from '../hardware/hardware';
import { intArgument } from './argument';

/** Power off, power on and its start each take this. */
const STEP_MS = 30;
/** From its start to its first sample. */
const FIRST_SAMPLE_MS = 20;
const FILTER_DEPTH = 4;

/** Registers of the device. */
const TILT = 3;
const MODE = 7;
const ACTIVE = 1;

export function createAccel(hardware: Hardware): PyType {
  class Accel extends ObjectBase {}
  const accel = new Accel();
  const { hal } = hardware.interpreter;
  const samples: number[][] = Array.from({ length: FILTER_DEPTH }, () => [0, 0, 0]);
  let firstSample = Infinity;
  let mode = 0;

  const axis = (n: number): number => (hal.now() < firstSample ? 0 : hardware.registers.accel(n));
  const start = (): void => {
    firstSample = Infinity;
    hardware.delay(2 * STEP_MS);
    mode = ACTIVE;
    hardware.delay(STEP_MS);
    firstSample = hal.now() + FIRST_SAMPLE_MS;
  };
  /** The sums of the last four samples. */
  const accel_filtered_xyz = (): PyObject => {
    samples.shift();
    samples.push([axis(0), axis(1), axis(2)]);
    return new PyTuple([0, 1, 2].map((n) => samples.reduce((sum, sample) => sum + (sample[n] ?? 0), 0)));
  };
  /** The tilt register stays 0: not known how it lies. */
  const accel_read = (_self: Accel, register: PyObject): PyObject => {
    const n = intArgument(register);
    if (n < TILT) return axis(n) & 0x3f;
    return n === MODE ? mode : 0;
  };
  const accel_write = (_self: Accel, register: PyObject, value: PyObject): PyObject => {
    if (intArgument(register) === MODE) mode = intArgument(value) & 0xff;
    return None;
  };

  return defineType({
    name: 'Accel',
    proto: Accel.prototype,
    make: [
      'Accel()',
      () => {
        start();
        return accel;
      },
    ],
    methods: [
      ['x(self, /)', () => axis(0)],
      ['y(self, /)', () => axis(1)],
      ['z(self, /)', () => axis(2)],
      ['tilt(self, /)', () => 0],
      ['filtered_xyz(self, /)', accel_filtered_xyz],
      ['read(self, register, /)', accel_read],
      ['write(self, register, value, /)', accel_write],
    ],
  });
}

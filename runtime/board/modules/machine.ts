/** The machine module of a pyboard. */
import { makeBytes } from '../../python/objects/bytes';
import { defineModule, type PyModule } from '../../python/objects/module';
import { None, type PyObject } from '../../python/objects/object';
import { exception } from '../../python/objects/raise';
import { PyTuple } from '../../python/objects/tuple';
import { chooseClocks } from '../hardware/clocks';
import type { Hardware } from '../hardware/hardware';
import { UNIQUE_ID } from '../pyboard';
import { createMachineAdc } from './adc';
import { intArgument } from './argument';
import type { PinClass } from './pin';
import { createSignal } from './signal';

/** What made the board start. */
const SOFT_RESET = 0;
const PWRON_RESET = 1;

/** `machine.freq` and `pyb.freq`. */
export function machineFreq(hardware: Hardware): (args: readonly PyObject[]) => PyObject {
  return (args) => {
    if (args.length === 0) return new PyTuple([...hardware.clocks]);
    hardware.clocks = chooseClocks(args.map(intArgument));
    return None;
  };
}

/** `soft`: whether the session began with a soft reset. `reset` is the reset button. */
export function createMachine(hardware: Hardware, pins: PinClass, soft: boolean, reset: () => never): PyModule {
  const sleep = (milliseconds: PyObject | undefined): void => {
    hardware.delay(milliseconds === undefined ? Infinity : Math.max(0, intArgument(milliseconds)));
  };
  const machine_soft_reset = (value?: PyObject): PyObject => {
    throw value === undefined ? exception('SystemExit') : exception('SystemExit', value);
  };
  const machine_lightsleep = (milliseconds?: PyObject): PyObject => {
    sleep(milliseconds);
    return None;
  };
  const machine_deepsleep = (milliseconds?: PyObject): PyObject => {
    sleep(milliseconds);
    return reset();
  };
  const machine_idle = (): PyObject => {
    // The clock's tick, every millisecond, ends the wait.
    hardware.delay(1);
    return None;
  };
  return defineModule('machine', [
    ['unique_id()', () => makeBytes(UNIQUE_ID.slice())],
    ['soft_reset(value=None, /)', machine_soft_reset],
    ['reset()', () => reset()],
    ['reset_cause()', () => (soft ? SOFT_RESET : PWRON_RESET)],
    ['idle()', machine_idle],
    ['freq(*args)', machineFreq(hardware)],
    ['lightsleep(ms=None, /)', machine_lightsleep],
    ['sleep(ms=None, /)', machine_lightsleep],
    ['deepsleep(ms=None, /)', machine_deepsleep],
    ['disable_irq()', () => true],
    ['enable_irq(state=True, /)', () => None],
    ['rng()', () => hardware.interpreter.hal.random() >>> 2],
    ['Signal', createSignal(pins), 'value'],
    ['ADC', createMachineAdc(hardware, pins), 'value'],
    ['Pin', pins.type, 'value'],
    ['PWRON_RESET', PWRON_RESET, 'value'],
    ['HARD_RESET', 2, 'value'],
    ['WDT_RESET', 3, 'value'],
    ['DEEPSLEEP_RESET', 4, 'value'],
    ['SOFT_RESET', SOFT_RESET, 'value'],
  ]);
}

/** The pyb module: what a pyboard has, under the names it had first. */
import { makeBytes } from '../../python/objects/bytes';
import { defineModule, type PyModule } from '../../python/objects/module';
import { None, type PyObject } from '../../python/objects/object';
import type { Hardware } from '../hardware/hardware';
import { UNIQUE_ID } from '../pyboard';
import { createAccel } from './accel';
import { createAdc, createAdcAll } from './adc';
import { intArgument } from './argument';
import { createLed } from './led';
import { machineFreq } from './machine';
import type { PinClass } from './pin';
import { createSwitch } from './switch';

/** The counters wrap where the small ints of a 32-bit board end. */
const TICKS_PERIOD = 2 ** 30;

/** `reset` is the reset button. */
export function createPyb(hardware: Hardware, pins: PinClass, reset: () => never): PyModule {
  const { hal, vfs } = hardware.interpreter;
  const milliseconds = (): number => Math.floor(hal.now());
  const microseconds = (): number => Math.floor(hal.now() * 1000);
  const since = (start: PyObject, now: number): number => (now - intArgument(start)) & (TICKS_PERIOD - 1);
  const sleep = (time: number): PyObject => {
    hardware.delay(Math.max(0, time));
    return None;
  };
  const pyb_main = (file: PyObject): PyObject => {
    hardware.mainScript = file.py_str();
    return None;
  };
  const pyb_sync = (): PyObject => {
    vfs.sync();
    return None;
  };
  return defineModule('pyb', [
    ['fault_debug(value, /)', () => None],
    ['hard_reset()', () => reset()],
    ['unique_id()', () => makeBytes(UNIQUE_ID.slice())],
    ['freq(*args)', machineFreq(hardware)],
    // The clock's tick, every millisecond, ends the wait.
    ['wfi()', () => sleep(1)],
    ['disable_irq()', () => true],
    ['enable_irq(state=True, /)', () => None],
    ['main(filename, /)', pyb_main],
    ['repl_uart(uart=None, /)', () => None],
    ['usb_mode(*args, **kwargs)', (args: PyObject[]) => (args.length === 0 ? 'VCP+MSC' : None)],
    ['have_cdc()', () => true],
    ['millis()', () => milliseconds() % TICKS_PERIOD],
    ['elapsed_millis(start, /)', (start: PyObject) => since(start, milliseconds())],
    ['micros()', () => microseconds() % TICKS_PERIOD],
    ['elapsed_micros(start, /)', (start: PyObject) => since(start, microseconds())],
    ['delay(ms, /)', (ms: PyObject) => sleep(intArgument(ms))],
    ['udelay(us, /)', (us: PyObject) => sleep(intArgument(us) / 1000)],
    ['sync()', pyb_sync],
    ['rng()', () => hal.random() >>> 2],
    ['Pin', pins.type, 'value'],
    ['Switch', createSwitch(hardware), 'value'],
    ['LED', createLed(hardware.registers), 'value'],
    ['ADC', createAdc(hardware, pins), 'value'],
    ['ADCAll', createAdcAll(hardware), 'value'],
    ['Accel', createAccel(hardware), 'value'],
  ]);
}

/** The machine module of a computer: memory, pins that are objects in Python, and signals. */
import type { Interpreter } from '../interpreter/interpreter';
import { call, truth } from '../interpreter/operators';
import { getAttribute } from '../interpreter/attributes';
import { defineModule, type PyModule } from '../objects/module';
import { None, ObjectBase, type PyFunction, type PyObject } from '../objects/object';
import { exception, osError, valueError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { defineType } from '../objects/type';
import { Errno } from '../../vfs/errno';
import { low32 } from './arguments';
import { bytesAt } from '../objects/memory';

// ---- memory

class PyMemory extends ObjectBase {
  constructor(private readonly size: 1 | 2 | 4) {
    super();
  }

  private view(key: PyObject): DataView {
    const address = machineInt(key);
    if (address % this.size !== 0) {
      throw valueError(`address ${address.toString(16).padStart(8, '0')} is not aligned to ${this.size} bytes`);
    }
    const bytes = bytesAt(address, this.size);
    if (bytes === undefined) throw osError(Errno.EFAULT);
    return new DataView(bytes.buffer, bytes.byteOffset, this.size);
  }

  override py_getitem(key: PyObject): PyObject {
    const view = this.view(key);
    return this.size === 1 ? view.getUint8(0) : this.size === 2 ? view.getUint16(0, true) : view.getUint32(0, true);
  }

  override py_setitem(key: PyObject, value: PyObject): void {
    const view = this.view(key);
    const bits = low32(value);
    if (this.size === 1) view.setUint8(0, bits);
    else if (this.size === 2) view.setUint16(0, bits, true);
    else view.setUint32(0, bits, true);
  }

  override py_repr(): string {
    return `<${8 * this.size}-bit memory>`;
  }
}

defineType({ name: 'mem', proto: PyMemory.prototype });

// ---- pins

/** `machine.PinBase`: the sign that an object in Python is a pin; it has `value()`. */
class PyPinBase extends ObjectBase {}
const pinBase = new PyPinBase();

const pinBaseType = defineType({
  name: 'PinBase',
  proto: PyPinBase.prototype,
  make: ['PinBase(*args, **kwargs)', () => pinBase],
});

const readPin = (pin: PyObject): number => machineInt(call(getAttribute(pin, 'value')));

function writePin(pin: PyObject, value: boolean): void {
  call(getAttribute(pin, 'value'), value);
}

// ---- signals

class PySignal extends ObjectBase {
  constructor(
    private readonly pin: PyObject,
    private readonly invert: boolean,
  ) {
    super();
  }

  /** What the pin says, its lowest bit turned over where the signal is inverted. */
  get(): PyObject {
    const value = readPin(this.pin);
    if (!this.invert) return value;
    return value % 2 === 0 ? value + 1 : value - 1;
  }

  set(value: boolean): PyObject {
    writePin(this.pin, value !== this.invert);
    return None;
  }

  override py_callable(): PyFunction {
    return (value?: PyObject) => signal_value(this, value);
  }
}

function signal_value(self: PySignal, value?: PyObject): PyObject {
  return value === undefined ? self.get() : self.set(truth(value));
}

function signal_make(args: readonly PyObject[], invert: PyObject = false): PyObject {
  const [pin] = args;
  if (pin === undefined || args.length > 1) throw exception('TypeError');
  return new PySignal(pin, truth(invert));
}

const signalType = defineType({
  name: 'Signal',
  proto: PySignal.prototype,
  make: ['Signal(*args, invert=False)', signal_make],
  methods: [
    ['value(self, value=None, /)', signal_value],
    ['on(self, /)', (self: PySignal) => self.set(true)],
    ['off(self, /)', (self: PySignal) => self.set(false)],
  ],
});

// ---- the module

/** A microsecond count as the pulse's length, or what says how it was missed. */
const NO_START = -2;
const NO_END = -1;

export function createMachine(interpreter: Interpreter): PyModule {
  const { hal } = interpreter;

  /** Waits for a level of the pin; false after `limit` milliseconds. */
  function wait(pin: PyObject, isDone: (level: number) => boolean, limit: number): boolean {
    const end = hal.now() + limit;
    while (!isDone(readPin(pin))) {
      if (hal.now() >= end) return false;
      if (hal.pending[0] !== 0) interpreter.poll();
    }
    return true;
  }

  function machine_time_pulse_us(pin: PyObject, level: PyObject, timeout: PyObject = 1000000): PyObject {
    const wanted = machineInt(level);
    const limit = machineInt(timeout) / 1000;
    if (!wait(pin, (x) => x === wanted, limit)) return NO_START;
    const start = hal.now();
    if (!wait(pin, (x) => x !== wanted, limit)) return NO_END;
    return Math.floor((hal.now() - start) * 1000);
  }

  function machine_soft_reset(): PyObject {
    throw exception('SystemExit');
  }

  return defineModule('machine', [
    ['mem8', new PyMemory(1), 'value'],
    ['mem16', new PyMemory(2), 'value'],
    ['mem32', new PyMemory(4), 'value'],
    ['PinBase', pinBaseType, 'value'],
    ['Signal', signalType, 'value'],
    ['idle()', () => None],
    ['soft_reset()', machine_soft_reset],
    ['time_pulse_us(pin, level, timeout=1000000, /)', machine_time_pulse_us],
  ]);
}

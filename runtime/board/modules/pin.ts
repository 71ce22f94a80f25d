/** `machine.Pin`, which is also `pyb.Pin`. */
import { truth } from '../../python/interpreter/operators';
import { checked } from '../../python/interpreter/signature';
import { PyDict } from '../../python/objects/dict';
import { None, ObjectBase, type PyFunction, type PyObject } from '../../python/objects/object';
import { PyList } from '../../python/objects/list';
import { exception, typeError, valueError } from '../../python/objects/raise';
import { defineType, type MethodRow, type PyType } from '../../python/objects/type';
import type { Hardware } from '../hardware/hardware';
import type { PinMode, Pull } from '../hardware-registers';
import { CPU_PINS, PINS } from '../pyboard';
import { intArgument } from './argument';

/** The port's numbers of modes, pulls and edges. */
const IN = 0;
const OUT = 1;
const ALT = 2;
const ANALOG = 3;
const OPEN_DRAIN = 17;
const ALT_OPEN_DRAIN = 18;
const PULL_NONE = 0;
const PULL_UP = 1;
const PULL_DOWN = 2;
const IRQ_RISING = 0x10110000;
const IRQ_FALLING = 0x10210000;
const EDGE_BITS = 0x00300000;

interface ModeRow {
  readonly number: number;
  readonly name: string;
  readonly mode: PinMode;
}

/** The first row of a mode is the one that it is shown as. */
const MODES: readonly ModeRow[] = [
  { number: IN, name: 'IN', mode: 'input' },
  { number: OUT, name: 'OUT', mode: 'output' },
  { number: OPEN_DRAIN, name: 'OPEN_DRAIN', mode: 'open-drain' },
  { number: ANALOG, name: 'ANALOG', mode: 'analogue' },
  { number: ALT, name: 'ALT', mode: 'alternate' },
  { number: ALT, name: 'ALT', mode: 'pwm' },
  { number: ALT_OPEN_DRAIN, name: 'ALT_OPEN_DRAIN', mode: 'alternate' },
  { number: IN, name: 'IN', mode: 'unused' },
];
const PULLS: readonly Pull[] = ['none', 'up', 'down'];

/** Where the registers of port A begin, and how far apart the ports are. */
const GPIO_BASE = 0x40020000;
const GPIO_STRIDE = 0x400;

/** A handler of edges. */
interface PinIrq {
  readonly handler: PyObject;
  readonly trigger: number;
  readonly hard: boolean;
}

/** A pin of the processor. There is one object for each. */
export class GpioPin extends ObjectBase {
  irq: PinIrq | undefined;
  /** The number of the alternate function, and whether its output is open drain. */
  af = 0;
  afOpenDrain = false;
  private last: 0 | 1;
  private called: PyFunction | undefined;

  constructor(
    private readonly hardware: Hardware,
    /** Its name, such as `A0`. */
    readonly cpu: string,
  ) {
    super();
    this.last = this.level;
    hardware.watch(() => {
      this.look();
    });
  }

  get level(): 0 | 1 {
    return this.hardware.registers.pinLevel(this.cpu);
  }

  get number(): number {
    return Number(this.cpu.slice(1));
  }

  get port(): number {
    return this.cpu.charCodeAt(0) - 'A'.charCodeAt(0);
  }

  get modeRow(): ModeRow {
    const mode = this.hardware.registers.pinMode(this.cpu);
    const number = mode === 'alternate' && this.afOpenDrain ? ALT_OPEN_DRAIN : undefined;
    return MODES.find((row) => row.mode === mode && (number ?? row.number) === row.number) as ModeRow;
  }

  get pull(): number {
    return PULLS.indexOf(this.hardware.registers.pinPull(this.cpu));
  }

  set(level: 0 | 1): void {
    this.hardware.registers.drivePin(this.cpu, level);
    this.look();
  }

  configure(mode: PinMode, pull: Pull): void {
    this.hardware.registers.configurePin(this.cpu, mode, pull);
    this.look();
  }

  /** Calls the handler when the level has changed in a way it waits for. */
  private look(): void {
    const { level, irq } = this;
    if (level === this.last) return;
    this.last = level;
    const edge = level === 1 ? IRQ_RISING : IRQ_FALLING;
    if (irq === undefined || (irq.trigger & edge & EDGE_BITS) === 0) return;
    const { interpreter } = this.hardware;
    if (!irq.hard) interpreter.schedule(irq.handler, this);
    else if (!this.hardware.callHard(this.number, () => interpreter.call(irq.handler, this))) this.irq = undefined;
  }

  override py_callable(): PyFunction {
    return (this.called ??= checked('Pin(value=None, /)', (value?: PyObject) => pin_value(this, value)));
  }

  override py_repr(): string {
    const { name } = this.modeRow;
    let text = `Pin(Pin.cpu.${this.cpu}, mode=Pin.${name}`;
    if (name !== 'ANALOG') {
      if (this.pull !== PULL_NONE) text += `, pull=Pin.PULL_${this.pull === PULL_UP ? 'UP' : 'DOWN'}`;
      if (name.startsWith('ALT')) text += `, alt=${String(this.af)}`;
    }
    return `${text})`;
  }
}

function pin_value(self: GpioPin, value?: PyObject): PyObject {
  if (value === undefined) return self.level;
  self.set(truth(value) ? 1 : 0);
  return None;
}

function pin_on(self: GpioPin): PyObject {
  self.set(1);
  return None;
}

function pin_off(self: GpioPin): PyObject {
  self.set(0);
  return None;
}

function pin_init(
  self: GpioPin,
  mode: PyObject,
  pull?: PyObject,
  af?: PyObject,
  value?: PyObject,
  alt?: PyObject,
): PyObject {
  const number = intArgument(mode);
  const row = MODES.find((r) => r.number === number);
  if (row === undefined) throw valueError(`invalid pin mode: ${String(number)}`);
  const pullNumber = pull === undefined || pull === None ? PULL_NONE : intArgument(pull);
  const pullName = PULLS[pullNumber];
  if (pullName === undefined) throw valueError(`invalid pin pull: ${String(pullNumber)}`);
  const alternate = intArgument(alt ?? af ?? -1);
  if (row.mode === 'alternate') {
    if (alternate < 0 || alternate > 15) throw valueError(`invalid pin af: ${String(alternate)}`);
    self.af = alternate;
    self.afOpenDrain = number === ALT_OPEN_DRAIN;
  }
  // The level comes first, so that the pin does not show another one for a moment.
  if (value !== undefined) self.set(truth(value) ? 1 : 0);
  self.configure(row.mode, pullName);
  return None;
}

function pin_names(self: GpioPin): PyObject {
  return new PyList([self.cpu, ...PINS.filter((p) => p.cpu === self.cpu).map((p) => p.name)]);
}

/** The Pin type of one board, and how a pin is found by what a program calls it. */
export interface PinClass {
  readonly type: PyType;
  find(id: PyObject): GpioPin;
}

export function createPinClass(hardware: Hardware): PinClass {
  class Pin extends GpioPin {}
  const pins = new Map(CPU_PINS.map((cpu) => [cpu, new Pin(hardware, cpu)]));
  const byName = new Map(PINS.map((row) => [row.name, pins.get(row.cpu) as Pin]));
  let mapper: PyObject = None;
  let dict: PyObject = None;

  const find = (id: PyObject): Pin => {
    if (id instanceof Pin) return id;
    if (mapper !== None) {
      const mapped = hardware.interpreter.call(mapper, id);
      if (mapped instanceof Pin) return mapped;
      if (mapped !== None) throw valueError("Pin.mapper didn't return a Pin object");
    }
    const inDict = dict instanceof PyDict ? dict.get(id) : undefined;
    if (inDict instanceof Pin) return inDict;
    if (typeof id !== 'string') throw typeError(`can't convert '${id.cls.typeName}' object to str implicitly`);
    const pin = byName.get(id) ?? pins.get(id);
    if (pin === undefined) throw valueError(`Pin(${id}) doesn't exist`);
    return pin;
  };

  const pin_irq = (self: Pin, handler?: PyObject, trigger?: PyObject, hard?: PyObject): PyObject => {
    if (handler === undefined && trigger === undefined && hard === undefined) return None;
    for (const other of pins.values()) {
      if (other !== self && other.number === self.number && other.irq !== undefined) {
        throw exception('OSError', `IRQ resource already taken by Pin('${other.cpu}')`);
      }
    }
    self.irq =
      handler === undefined || handler === None
        ? undefined
        : {
            handler,
            trigger: trigger === undefined ? IRQ_RISING | IRQ_FALLING : intArgument(trigger),
            hard: hard !== undefined && truth(hard),
          };
    return None;
  };

  const pin_mapper = (_cls: PyObject, fn?: PyObject): PyObject => {
    if (fn === undefined) return mapper;
    mapper = fn;
    return None;
  };
  const pin_dict = (_cls: PyObject, map?: PyObject): PyObject => {
    if (map === undefined) return dict;
    dict = map;
    return None;
  };

  const make = (id: PyObject, mode?: PyObject, ...rest: (PyObject | undefined)[]): PyObject => {
    const pin = find(id);
    if (mode !== undefined) pin_init(pin, mode, ...rest);
    else if (rest.some((argument) => argument !== undefined)) throw typeError("'mode' argument required");
    return pin;
  };

  const type = defineType({
    name: 'Pin',
    proto: Pin.prototype,
    make: ['Pin(id, mode=-1, pull=None, af=-1, *, value=None, alt=-1)', make],
    methods: [
      ['init(self, mode, pull=None, af=-1, *, value=None, alt=-1)', pin_init],
      ['value(self, value=None, /)', pin_value],
      ['off(self, /)', pin_off],
      ['on(self, /)', pin_on],
      ['irq(self, handler=None, trigger=271646720, hard=False)', pin_irq],
      ['low(self, /)', pin_off],
      ['high(self, /)', pin_on],
      ['name(self, /)', (self: Pin) => self.cpu],
      ['names(self, /)', pin_names],
      ['port(self, /)', (self: Pin) => self.port],
      ['pin(self, /)', (self: Pin) => self.number],
      ['gpio(self, /)', (self: Pin) => GPIO_BASE + self.port * GPIO_STRIDE],
      ['mode(self, /)', (self: Pin) => self.modeRow.number],
      ['pull(self, /)', (self: Pin) => self.pull],
      ['af(self, /)', (self: Pin) => self.af],
      ['mapper(cls, function=None, /)', pin_mapper, 'class'],
      ['dict(cls, map=None, /)', pin_dict, 'class'],
      ['board', pinNames('board', byName), 'value'],
      ['cpu', pinNames('cpu', pins), 'value'],
      ...CONSTANTS,
    ],
  });
  return { type, find };
}

const CONSTANTS: readonly MethodRow[] = [
  ['IN', IN, 'value'],
  ['OUT', OUT, 'value'],
  ['OPEN_DRAIN', OPEN_DRAIN, 'value'],
  ['ALT', ALT, 'value'],
  ['ALT_OPEN_DRAIN', ALT_OPEN_DRAIN, 'value'],
  ['ANALOG', ANALOG, 'value'],
  ['PULL_UP', PULL_UP, 'value'],
  ['PULL_DOWN', PULL_DOWN, 'value'],
  ['PULL_NONE', PULL_NONE, 'value'],
  ['IRQ_RISING', IRQ_RISING, 'value'],
  ['IRQ_FALLING', IRQ_FALLING, 'value'],
  ['OUT_PP', OUT, 'value'],
  ['OUT_OD', OPEN_DRAIN, 'value'],
  ['AF_PP', ALT, 'value'],
  ['AF_OD', ALT_OPEN_DRAIN, 'value'],
];

/** `Pin.board` and `Pin.cpu`: a class whose attributes are pins. */
function pinNames(name: string, pins: ReadonlyMap<string, GpioPin>): PyObject {
  class Names extends ObjectBase {}
  return defineType({ name, proto: Names.prototype, methods: [...pins].map(([key, pin]) => [key, pin, 'value']) });
}

/** The analogue converter: `pyb.ADC`, `pyb.ADCAll` and `machine.ADC`. */
import { makeFloat } from '../../python/objects/float';
import { intOperand } from '../../python/objects/int';
import { ObjectBase, type PyObject } from '../../python/objects/object';
import { valueError } from '../../python/objects/raise';
import { defineType, type PyType } from '../../python/objects/type';
import type { Hardware } from '../hardware/hardware';
import { PINS, type PinRow } from '../pyboard';
import { intArgument } from './argument';
import type { PinClass } from './pin';

const TEMPERATURE = 16;
const REFERENCE = 17;
const BATTERY = 18;

/** What the inner channels read, of 4095 at 3.3 V: 25 °C, 1.21 V, and half of a battery's 3.3 V. */
const INNER: Readonly<Record<number, number>> = { [TEMPERATURE]: 943, [REFERENCE]: 1502, [BATTERY]: 2048 };
const VOLTS_PER_COUNT = 3.3 / 4095;
/** What the factory measured at 30 °C and at 110 °C. */
const AT_30 = 959;
const AT_110 = 1207;

const rowOfChannel = (channel: number): PinRow | undefined => PINS.find((p) => p.adc === channel);

/** The value of a channel, 12 bits. */
function readChannel(hardware: Hardware, channel: number): number {
  return INNER[channel] ?? hardware.registers.adc(channel);
}

/** Makes the pin of a channel, where it has one, an input of the converter. */
function openChannel(hardware: Hardware, channel: number): void {
  const row = rowOfChannel(channel);
  if (row === undefined) return;
  hardware.registers.configurePin(row.cpu, 'analogue', 'none');
  hardware.registers.openAdc(channel);
}

function checkChannel(channel: number): number {
  if (channel < 0 || channel > BATTERY) throw valueError(`not a valid ADC Channel: ${String(channel)}`);
  return channel;
}

function channelOfPin(pins: PinClass, id: PyObject, complaint: string): number {
  const { cpu } = pins.find(id);
  const row = PINS.find((p) => p.cpu === cpu && p.adc >= 0);
  if (row === undefined) throw valueError(`Pin(${cpu}) ${complaint} ADC capabilities`);
  return row.adc;
}

/** `pyb.ADC`. */
export function createAdc(hardware: Hardware, pins: PinClass): PyType {
  class Adc extends ObjectBase {
    constructor(
      readonly pin: PyObject,
      readonly channel: number,
    ) {
      super();
    }
    override py_repr(): string {
      return `<ADC on ${this.pin.py_str()} channel=${String(this.channel)}>`;
    }
  }
  return defineType({
    name: 'ADC',
    proto: Adc.prototype,
    make: [
      'ADC(pin, /)',
      (id: PyObject) => {
        const number = intOperand(id);
        const channel = number === undefined ? channelOfPin(pins, id, "doesn't have") : checkChannel(Number(number));
        openChannel(hardware, channel);
        return new Adc(id, channel);
      },
    ],
    methods: [['read(self, /)', (self: Adc) => readChannel(hardware, self.channel)]],
  });
}

/** `pyb.ADCAll`. */
export function createAdcAll(hardware: Hardware): PyType {
  class AdcAll extends ObjectBase {
    constructor(readonly bits: number) {
      super();
    }
  }
  const reference = (INNER[REFERENCE] ?? 0) * VOLTS_PER_COUNT;
  const battery = 2 * (INNER[BATTERY] ?? 0) * VOLTS_PER_COUNT;
  const temperature = ((INNER[TEMPERATURE] ?? 0) - AT_30) / ((AT_110 - AT_30) / 80) + 30;
  return defineType({
    name: 'ADCAll',
    proto: AdcAll.prototype,
    make: [
      'ADCAll(resolution, mask=0xffffffff, /)',
      (resolution: PyObject, mask?: PyObject) => {
        const bits = intArgument(resolution);
        if (![6, 8, 10, 12].includes(bits)) throw valueError(`resolution ${String(bits)} not supported`);
        const chosen = mask === undefined ? 0xffffffff : intArgument(mask);
        for (let channel = 0; channel < TEMPERATURE; channel++) {
          if (((chosen >> channel) & 1) !== 0) openChannel(hardware, channel);
        }
        return new AdcAll(bits);
      },
    ],
    methods: [
      [
        'read_channel(self, channel, /)',
        (self: AdcAll, channel: PyObject) =>
          readChannel(hardware, checkChannel(intArgument(channel))) >> (12 - self.bits),
      ],
      ['read_core_temp(self, /)', () => makeFloat(temperature)],
      ['read_core_vbat(self, /)', () => makeFloat(battery)],
      ['read_core_vref(self, /)', () => makeFloat(reference)],
      ['read_vref(self, /)', () => makeFloat(3.3)],
    ],
  });
}

/** Numbers of `machine.ADC` for what has no pin. */
const CORE_VREF = 256;
const CORE_TEMP = 257;
const CORE_VBAT = 258;
const VREF = 0xffff;
const INNER_OF: Readonly<Record<number, number>> = {
  [CORE_VREF]: REFERENCE,
  [CORE_TEMP]: TEMPERATURE,
  [CORE_VBAT]: BATTERY,
};

/** `machine.ADC`. */
export function createMachineAdc(hardware: Hardware, pins: PinClass): PyType {
  class Adc extends ObjectBase {
    constructor(readonly channel: number) {
      super();
    }
    override py_repr(): string {
      return `<ADC1 channel=${String(this.channel)}>`;
    }
  }
  const adc_read_u16 = (self: Adc): PyObject => {
    if (self.channel === VREF) return 0xffff;
    const raw = readChannel(hardware, INNER_OF[self.channel] ?? self.channel);
    return (raw << 4) | (raw >> 8);
  };
  return defineType({
    name: 'ADC',
    proto: Adc.prototype,
    make: [
      'ADC(id, /)',
      (id: PyObject) => {
        const number = intOperand(id);
        if (number !== undefined) return new Adc(Number(number));
        const channel = channelOfPin(pins, id, 'does not have');
        openChannel(hardware, channel);
        return new Adc(channel);
      },
    ],
    methods: [
      ['read_u16(self, /)', adc_read_u16],
      ['VREF', VREF, 'value'],
      ['CORE_VREF', CORE_VREF, 'value'],
      ['CORE_TEMP', CORE_TEMP, 'value'],
      ['CORE_VBAT', CORE_VBAT, 'value'],
    ],
  });
}

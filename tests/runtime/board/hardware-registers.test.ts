import { beforeEach, describe, expect, test } from 'vitest';
import { HardwareRegisters, type PinInput } from '../../../runtime/board/hardware-registers';

let registers: HardwareRegisters;

beforeEach(() => {
  registers = new HardwareRegisters(HardwareRegisters.allocate());
});

const drive = (pin: string, input: PinInput): boolean => registers.apply({ kind: 'pin', pin, input });

describe('HardwareRegisters', () => {
  test('describe a board that lies flat, with nothing connected', () => {
    const { leds, switchPressed, accel, adc, pins } = registers.snapshot();
    expect({ leds, switchPressed, accel, adc }).toEqual({
      leds: [0, 0, 0, 0],
      switchPressed: false,
      accel: { x: 0, y: 0, z: 21 },
      adc: [],
    });
    expect(pins).toHaveLength(30);
    expect(pins[0]).toEqual({ name: 'X1', cpu: 'PA0', mode: 'unused', pull: 'none', level: 0, input: 'floating' });
  });

  test('are one memory for both sides', () => {
    const memory = HardwareRegisters.allocate();
    new HardwareRegisters(memory).setLed(3, 77);
    expect(new HardwareRegisters(memory).snapshot().leds).toEqual([0, 0, 77, 0]);
  });

  test('keep the accelerometer and the converter within their ranges', () => {
    registers.apply({ kind: 'accel', x: -99, y: 99, z: 1.6 });
    expect(registers.snapshot().accel).toEqual({ x: -32, y: 31, z: 2 });
    registers.openAdc(0);
    registers.apply({ kind: 'adc', pin: 'X1', value: 9999 });
    expect(registers.snapshot().adc).toEqual([{ pin: 'X1', value: 4095 }]);
    registers.apply({ kind: 'adc', pin: 'X1', value: -1 });
    expect(registers.adc(0)).toBe(0);
  });

  test('have the board told of the switch and of pins only', () => {
    expect(registers.apply({ kind: 'switch', pressed: true })).toBe(true);
    expect(drive('X1', 'high')).toBe(true);
    expect(registers.apply({ kind: 'accel', x: 0, y: 0, z: 0 })).toBe(false);
    expect(drive('nowhere', 'high')).toBe(false);
    expect(registers.apply({ kind: 'adc', pin: 'nowhere', value: 1 })).toBe(false);
  });

  test.each([
    ['an output shows what the board drives', 'output', 1, 'low', 1],
    ['an output is low when driven low', 'output', 0, 'high', 0],
    ['an open drain driven low is low', 'open-drain', 0, 'high', 0],
    ['an open drain let go shows what the world drives', 'open-drain', 1, 'high', 1],
    ['an input shows what the world drives', 'input', 0, 'high', 1],
    ['an open input is low', 'input', 1, 'floating', 0],
  ] as const)('%s', (_what, mode, output, input, level) => {
    registers.configurePin('A0', mode, 'none');
    registers.drivePin('A0', output);
    drive('X1', input);
    expect(registers.pinLevel('A0')).toBe(level);
  });

  test('an open input follows its pull', () => {
    registers.configurePin('A0', 'input', 'up');
    expect(registers.pinLevel('A0')).toBe(1);
    registers.configurePin('A0', 'input', 'down');
    expect(registers.pinLevel('A0')).toBe(0);
  });

  test('the pin of the switch is low while it is pressed', () => {
    expect(registers.pinLevel('B3')).toBe(1);
    registers.setSwitch(true);
    expect(registers.pinLevel('B3')).toBe(0);
  });

  test('a reset clears what the board drives, and leaves what the world does', () => {
    registers.setLed(1, 255);
    registers.openAdc(0);
    registers.configurePin('A0', 'output', 'up');
    registers.drivePin('A0', 1);
    drive('X1', 'high');
    registers.setSwitch(true);
    registers.reset();
    const { leds, switchPressed, adc, pins } = registers.snapshot();
    expect({ leds, switchPressed, adc }).toEqual({ leds: [0, 0, 0, 0], switchPressed: true, adc: [] });
    expect(pins[0]).toEqual({ name: 'X1', cpu: 'PA0', mode: 'unused', pull: 'none', level: 1, input: 'high' });
  });
});

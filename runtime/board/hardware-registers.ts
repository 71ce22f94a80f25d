/**
 * The outside of the simulated board, in memory that two threads share: the board writes what it drives, the panel
 * writes what it does to the board. One writer per element, so plain loads and stores are enough.
 */
import { CPU_PINS, HEADER_PINS, HEAP_SIZE, PINS } from './pyboard';

/** How a pin is used; the numbers are what the registers hold. */
export const PIN_MODES = ['unused', 'input', 'output', 'open-drain', 'analogue', 'pwm', 'alternate'] as const;
export type PinMode = (typeof PIN_MODES)[number];
export const PULLS = ['none', 'up', 'down'] as const;
export type Pull = (typeof PULLS)[number];
/** What the world drives on a pin. */
export const PIN_INPUTS = ['floating', 'low', 'high'] as const;
export type PinInput = (typeof PIN_INPUTS)[number];

/** Bits of the pending word that the panel raises, besides Ctrl-C (bit 0). */
export const PENDING_PIN = 2;

// Element numbers.
const LED = 0;
const SWITCH = 4;
const ACCEL = 5;
const MEMORY_USED = 8;
const ADC = 16;
const ADC_OPEN = 32;
const PIN_BASE = 64;
const PIN_STRIDE = 4;
const LENGTH = PIN_BASE + PIN_STRIDE * 64;

/** One moment of the board, for the panel. */
export interface RegistersSnapshot {
  leds: [number, number, number, number];
  switchPressed: boolean;
  accel: { x: number; y: number; z: number };
  adc: { pin: string; value: number }[];
  pins: { name: string; cpu: string; mode: PinMode; pull: Pull; level: 0 | 1; input: PinInput }[];
  memory: { used: number; total: number };
}

/** What the panel does. */
export type RegistersInput =
  | { kind: 'switch'; pressed: boolean }
  | { kind: 'accel'; x: number; y: number; z: number }
  | { kind: 'adc'; pin: string; value: number }
  | { kind: 'pin'; pin: string; input: PinInput };

export class HardwareRegisters {
  private readonly cells: Int32Array;

  static allocate(): SharedArrayBuffer {
    const memory = new SharedArrayBuffer(LENGTH * Int32Array.BYTES_PER_ELEMENT);
    new HardwareRegisters(memory).powerOn();
    return memory;
  }

  constructor(memory: SharedArrayBuffer) {
    this.cells = new Int32Array(memory);
  }

  /** A board that lies flat, with nothing connected. */
  private powerOn(): void {
    this.setAccel(0, 0, 21);
    for (let i = 0; i < 16; i++) this.cells[ADC + i] = 2048;
  }

  /** What a reset of the processor clears: everything the board drives. */
  reset(): void {
    this.cells.fill(0, LED, LED + 4);
    this.cells.fill(0, ADC_OPEN, ADC_OPEN + 16);
    for (let i = 0; i < CPU_PINS.length; i++) {
      const at = PIN_BASE + i * PIN_STRIDE;
      this.cells.fill(0, at, at + 3);
    }
  }

  private cell(at: number): number {
    return this.cells[at] as number;
  }

  // ---- the board's side

  /** Intensity 0 to 255 of LED 1 to 4. */
  led(n: number): number {
    return this.cell(LED + n - 1);
  }
  setLed(n: number, intensity: number): void {
    this.cells[LED + n - 1] = intensity;
  }

  get switchPressed(): boolean {
    return this.cell(SWITCH) !== 0;
  }

  /** Raw counts of axis 0 (x), 1 (y) or 2 (z). */
  accel(axis: number): number {
    return this.cell(ACCEL + axis);
  }

  /** 0 to 4095 on a channel of the converter. */
  adc(channel: number): number {
    return this.cell(ADC + channel);
  }
  openAdc(channel: number): void {
    this.cells[ADC_OPEN + channel] = 1;
  }

  setMemoryUsed(bytes: number): void {
    this.cells[MEMORY_USED] = bytes;
  }

  private pin(cpu: string): number {
    return PIN_BASE + CPU_PINS.indexOf(cpu) * PIN_STRIDE;
  }

  pinMode(cpu: string): PinMode {
    return PIN_MODES[this.cell(this.pin(cpu))] as PinMode;
  }
  configurePin(cpu: string, mode: PinMode, pull: Pull): void {
    const at = this.pin(cpu);
    this.cells[at] = PIN_MODES.indexOf(mode);
    this.cells[at + 1] = PULLS.indexOf(pull);
  }
  pinPull(cpu: string): Pull {
    return PULLS[this.cell(this.pin(cpu) + 1)] as Pull;
  }
  drivePin(cpu: string, level: number): void {
    this.cells[this.pin(cpu) + 2] = level;
  }
  pinOutput(cpu: string): number {
    return this.cell(this.pin(cpu) + 2);
  }
  pinInput(cpu: string): PinInput {
    return PIN_INPUTS[this.cell(this.pin(cpu) + 3)] as PinInput;
  }

  /** The level on a pin: what the board drives, else what the world drives, else the pull, else low. */
  pinLevel(cpu: string): 0 | 1 {
    const mode = this.pinMode(cpu);
    const output = this.pinOutput(cpu);
    if (mode === 'output' || (mode === 'open-drain' && output === 0)) return output === 0 ? 0 : 1;
    if (cpu === 'B3') return this.switchPressed ? 0 : 1;
    const input = this.pinInput(cpu);
    if (input !== 'floating') return input === 'high' ? 1 : 0;
    return this.pinPull(cpu) === 'up' ? 1 : 0;
  }

  // ---- the panel's side

  setSwitch(pressed: boolean): void {
    this.cells[SWITCH] = pressed ? 1 : 0;
  }

  setAccel(x: number, y: number, z: number): void {
    const clamp = (v: number): number => Math.max(-32, Math.min(31, Math.round(v)));
    this.cells[ACCEL] = clamp(x);
    this.cells[ACCEL + 1] = clamp(y);
    this.cells[ACCEL + 2] = clamp(z);
  }

  /** Carries out what the panel does. True when the board has to be told: raise PENDING_PIN. An unknown pin is ignored. */
  apply(input: RegistersInput): boolean {
    switch (input.kind) {
      case 'switch':
        this.setSwitch(input.pressed);
        return true;
      case 'accel':
        this.setAccel(input.x, input.y, input.z);
        return false;
      case 'adc': {
        const found = PINS.find((p) => p.name === input.pin);
        if (found !== undefined && found.adc >= 0) {
          this.cells[ADC + found.adc] = Math.max(0, Math.min(4095, Math.round(input.value)));
        }
        return false;
      }
      case 'pin': {
        const found = PINS.find((p) => p.name === input.pin);
        if (found === undefined) return false;
        this.cells[this.pin(found.cpu) + 3] = PIN_INPUTS.indexOf(input.input);
        return true;
      }
    }
  }

  snapshot(): RegistersSnapshot {
    const header = PINS.slice(0, HEADER_PINS);
    return {
      leds: [this.led(1), this.led(2), this.led(3), this.led(4)],
      switchPressed: this.switchPressed,
      accel: { x: this.accel(0), y: this.accel(1), z: this.accel(2) },
      adc: header
        .filter((p) => p.adc >= 0 && this.cell(ADC_OPEN + p.adc) !== 0)
        .map((p) => ({ pin: p.name, value: this.adc(p.adc) })),
      pins: header.map((p) => ({
        name: p.name,
        cpu: `P${p.cpu}`,
        mode: this.pinMode(p.cpu),
        pull: this.pinPull(p.cpu),
        level: this.pinLevel(p.cpu),
        input: this.pinInput(p.cpu),
      })),
      memory: { used: this.cell(MEMORY_USED), total: HEAP_SIZE },
    };
  }
}

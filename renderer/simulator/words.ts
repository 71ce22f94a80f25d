/** Defines the simulated board in words: LEDs, accelerometer, voltages and pins, for the panel and for screen readers. */
import { type HardwareSnapshot, type PinSnapshot } from '../../runtime/contract/types';

export const LED_NAMES = ['red', 'green', 'yellow', 'blue'] as const;

/** One g in raw counts, as the board's accelerometer gives it. */
export const COUNTS_PER_G = 21;
export const LOWEST_COUNT = -32;
export const HIGHEST_COUNT = 31;

export const FULL_VOLTS = 3.3;
export const FULL_ADC = 4095;

/** “on”, “off”, “50 %”; `intensity` is 0 to 255. */
export function ledWords(intensity: number): string {
  if (intensity <= 0) return 'off';
  return intensity >= 255 ? 'on' : percentWords(intensity);
}

/** “50 %”, and never 0 or 100 for what is neither off nor fully on. */
export function percentWords(intensity: number): string {
  return `${Math.min(99, Math.max(1, Math.round((intensity / 255) * 100)))} %`;
}

/** “1 red on · 2 green off · 3 yellow 50 % · 4 blue off”, with spaces that keep each LED's words on one line. */
export function ledsWords(leds: HardwareSnapshot['leds']): string {
  return leds
    .map((intensity, index) => `${index + 1} ${LED_NAMES[index]} ${ledWords(intensity)}`.replaceAll(' ', '\u00a0'))
    .join(' · ');
}

/** “0.48 g”. */
export function gWords(counts: number): string {
  return `${tidy(counts / COUNTS_PER_G)} g`;
}

/** “1.65 V”. */
export function voltWords(value: number): string {
  return `${tidy(voltsOf(value))} V`;
}

export function voltsOf(value: number): number {
  return (value / FULL_ADC) * FULL_VOLTS;
}

export function adcOf(volts: number): number {
  return Math.round((volts / FULL_VOLTS) * FULL_ADC);
}

/** Two digits, and no minus before a zero. */
function tidy(value: number): string {
  return (Math.round(value * 100) / 100 + 0).toFixed(2);
}

const MODE_WORDS: { readonly [M in PinSnapshot['mode']]: string } = {
  unused: 'not in use',
  input: 'input',
  output: 'output',
  'open-drain': 'open drain',
  analogue: 'analogue',
  pwm: 'PWM',
  alternate: 'peripheral',
};

/** “input, pull-up”. */
export function modeWords({ mode, pull }: PinSnapshot): string {
  return pull === 'none' || mode === 'unused' ? MODE_WORDS[mode] : `${MODE_WORDS[mode]}, pull-${pull}`;
}

/** “high”; nothing for a pin whose level says nothing. */
export function levelWords({ mode, level }: PinSnapshot): string {
  if (mode === 'unused' || mode === 'analogue' || mode === 'pwm') return '';
  return level === 1 ? 'high' : 'low';
}

/** “X1, output, high”. */
export function pinWords(pin: PinSnapshot): string {
  return [pin.name, MODE_WORDS[pin.mode], levelWords(pin)].filter((part) => part !== '').join(', ');
}

/** The whole board in one sentence each: LEDs, switch, accelerometer, pins in use. */
export function boardWords({ leds, switchPressed, accel, pins }: HardwareSnapshot): string {
  const used = pins.filter(({ mode }) => mode !== 'unused').map(pinWords);
  return [
    `LEDs: ${leds.map((intensity, index) => `${index + 1} ${LED_NAMES[index]} ${ledWords(intensity)}`).join(', ')}.`,
    `USR is ${switchPressed ? 'pressed' : 'released'}.`,
    `Accelerometer: x ${gWords(accel.x)}, y ${gWords(accel.y)}, z ${gWords(accel.z)}.`,
    used.length === 0 ? 'No pin is in use.' : `Pins in use: ${used.join('; ')}.`,
  ].join(' ');
}

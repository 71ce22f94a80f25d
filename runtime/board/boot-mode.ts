/** How the board starts: as USR says that is held at reset. */
import type { Hal } from '../python/interpreter/hal';
import type { HardwareRegisters } from './hardware-registers';

/** `safe` runs neither boot.py nor main.py; `factory` makes the files of a fresh board first. */
export type BootMode = 'normal' | 'safe' | 'factory';

/** LED 2 is bit 0 of the number of a mode, LED 3 bit 1. */
const MODES: readonly BootMode[] = ['normal', 'safe', 'factory'];

const STEP_MS = 20;
/** Steps for which each mode is shown while USR is held. */
const STEPS_PER_MODE = 30;
/** Whoever holds USR longer gets the mode then shown. */
const LONGEST_STEPS = 100 * STEPS_PER_MODE;
const BLINKS = 6;
const BLINK_MS = 50;
const END_MS = 400;

/** Lets USR choose: while it is held the modes take turns on the LEDs, and the one at which it is let go is confirmed. */
export function bootMode(hal: Hal, registers: HardwareRegisters): BootMode {
  if (!registers.switchPressed) return 'normal';
  let chosen = 0;
  for (let step = 0; step < LONGEST_STEPS && registers.switchPressed; step++) {
    chosen = Math.floor(step / STEPS_PER_MODE) % MODES.length;
    show(registers, chosen + 1);
    wait(hal, STEP_MS);
  }
  for (let blink = 0; blink < BLINKS; blink++) {
    show(registers, 0);
    wait(hal, BLINK_MS);
    show(registers, chosen + 1);
    wait(hal, BLINK_MS);
  }
  wait(hal, END_MS);
  return MODES[chosen] ?? 'normal';
}

function show(registers: HardwareRegisters, bits: number): void {
  for (const [bit, led] of [2, 3, 4].entries()) registers.setLed(led, ((bits >> bit) & 1) * 255);
}

/** Nobody is there yet to be told of events. */
function wait(hal: Hal, milliseconds: number): void {
  const deadline = hal.now() + milliseconds;
  while (!hal.sleepUntil(deadline)) Atomics.store(hal.pending, 0, 0);
}

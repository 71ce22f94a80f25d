/**
 * The memory of an interpreter on a computer: all that the host gives. What is large is counted as it is made; each
 * time that comes to some amount, or a clock says so, the host tells how much is left, and a program that would break
 * it gets a MemoryError.
 */
import { noMemory } from '../objects/raise';
import type { Heap } from '../objects/running';
import type { Garbage, Hal } from './hal';

/** As MicroPython on a computer tells them. */
const TOTAL = 2072832;
const USED = 4736;

/** One object larger than this cannot be. */
const LARGEST = 2 ** 31;
/** The host is asked each time that so many bytes have been made. */
const STEP = 2 ** 25;
/** Of what the host has, so much can be used: with more it would spend its time on looking for garbage. */
const SHARE = 0.5;

export class HostHeap implements Heap {
  readonly word = 8;
  readonly total = TOTAL;
  readonly used = USED;
  private made = 0;

  constructor(private readonly hal: Hal) {}

  reserve(bytes: number): void {
    if (bytes >= LARGEST) noMemory(bytes);
    this.made += bytes;
    if (this.made < STEP) return;
    this.made = 0;
    this.check(bytes);
  }

  look(): void {
    this.check(32);
  }

  collect(): void {
    // JavaScript collects by itself.
  }

  private check(bytes: number): void {
    const { hal } = this;
    if (hal.memory === undefined) return;
    const isShort = (garbage: Garbage): boolean => {
      const { used, limit } = hal.memory?.(garbage) ?? { used: 0, limit: Infinity };
      return used + bytes > limit * SHARE;
    };
    if (isShort('none') && isShort('all')) noMemory(bytes);
  }
}

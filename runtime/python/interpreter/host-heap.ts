/**
 * The memory of an interpreter on a computer: a generous part of what the host gives, or as much as is asked for.
 *
 * JavaScript tells neither what an object takes nor when its memory runs out. So what is large is counted as it is
 * made, and small objects by their number; each time that comes to some amount, or a clock says so, the host is asked
 * how much it has in use. When that is more than the limit also without garbage, MemoryError.
 */
import { heap } from '../objects/heap';
import { noMemory } from '../objects/raise';
import type { Heap } from '../objects/running';
import type { Garbage, Hal } from './hal';

/** What MicroPython has in use when it begins. */
const USED = 4736;

/** One object larger than this cannot be. */
const LARGEST = 2 ** 31;
/** The host is asked each time that so many bytes, or so many small objects, have been made. */
const STEP = 2 ** 25;
const SMALL_OBJECTS = 2 ** 19;
/** A MemoryError leaves room for so many; half of it each time that this was not enough to let go of something. */
const SPARE_OBJECTS = 4096;
const LEAST_SPARE = 16;

/**
 * 250 times the heap that MicroPython takes on a computer, of which its objects take half to a third of ours. A program
 * that grows without end is there in a few seconds, and a collection of it all takes less than one.
 */
const LIMIT = 2 ** 29;
/** Of what the host has, so much can be used: with more it would spend its time on looking for garbage. */
const SHARE = 0.5;
/** What an interpreter comes to need itself as a program goes on: code, tables, modules. */
const OWN = 2 ** 22;
/** Near the limit so much garbage is let be before it is collected again. */
const GARBAGE = 2 ** 26;

export class HostHeap implements Heap {
  readonly word = 8;
  private readonly limit: number;
  /** What does not count: asked for only where a limit was, which may be narrow. */
  private readonly atStart: number;
  /** With less in use there is no need to collect. */
  private ceiling: number;
  private made = 0;
  private spare = SPARE_OBJECTS;
  /** What was in use when it was first asked for. */
  private base: number | undefined;
  private isToCollect = false;

  /** `size`: the limit that was asked for. */
  constructor(
    private readonly hal: Hal,
    size?: number,
  ) {
    this.limit = size ?? LIMIT;
    this.atStart = size === undefined ? 0 : (hal.memory?.('all').used ?? 0) + OWN;
    this.ceiling = this.limit;
    heap.left = Math.min(heap.left, this.step);
  }

  /** So many small objects may be made between two looks. */
  private get step(): number {
    return Math.min(SMALL_OBJECTS, Math.ceil(this.limit / 1024));
  }

  get total(): number {
    return this.limit;
  }

  /** Bytes in use; garbage counts until it is collected, as in MicroPython. */
  get used(): number {
    const used = this.inUse(this.isToCollect || this.base === undefined ? 'all' : 'none');
    this.isToCollect = false;
    this.base ??= used;
    return Math.min(this.limit, USED + Math.max(0, used - this.base));
  }

  reserve(bytes: number): void {
    if (bytes >= Math.min(LARGEST, this.limit)) noMemory(bytes);
    this.made += bytes;
    if (this.made < Math.min(STEP, this.limit / 4)) return;
    this.made = 0;
    this.check(bytes);
  }

  look(): number {
    this.check(32);
    return this.step;
  }

  /** JavaScript collects by itself; only who asks how much is in use can tell the difference. */
  collect(): void {
    this.isToCollect = true;
  }

  private inUse(garbage: Garbage): number {
    return (this.hal.memory?.(garbage).used ?? 0) - this.atStart;
  }

  private check(bytes: number): void {
    const host = this.hal.memory?.('none');
    if (host === undefined) return;
    const limit = Math.min(this.limit, host.limit * SHARE - this.atStart);
    if (host.used - this.atStart + bytes <= Math.min(this.ceiling, limit + GARBAGE)) return;
    const used = this.inUse('all');
    if (used + bytes > limit) {
      this.ceiling = limit;
      this.spare = Math.max(LEAST_SPARE, this.spare / 2);
      heap.left = this.spare;
      noMemory(bytes);
    }
    this.spare = SPARE_OBJECTS;
    this.ceiling = used + Math.min(GARBAGE, limit / 4);
  }
}

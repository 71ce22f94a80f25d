/**
 * The heap of a board, as a model: JavaScript's own memory is neither as small nor as tidy.
 *
 * In use is what was there from the start, what names led to at the last collection (heap-walk.ts), and what came since:
 * large objects, counted when they are made, or what names lead to now, whichever is more. When that would not fit, the
 * heap is collected; when it still does not, MemoryError. What only local variables hold is seen by the host alone,
 * who tells its buffers to the byte; for small objects there is a wide margin.
 *
 * Small objects are not counted when they are made, so a program that makes them without end is stopped by the next
 * look at the clock's bidding, once names lead to more than the heap has, or the host has far more in use.
 */
import { noMemory } from '../objects/raise';
import type { Heap } from '../objects/running';
import type { Garbage, Hal } from './hal';
import { BLOCK, blocks, measure, type Measure } from './heap-walk';

/** The heap of a pyboard v1.1, as `gc` reports it, and what a fresh interpreter holds. */
const TOTAL = 103168;
const BASE = 2640;

/** How much more the host may have in use than at the start before the board is taken to hold it all in small objects. */
const HOST_MARGIN = 48 * 2 ** 20;
/** After a collection: what a program within the board's heap cannot take there. */
const HOST_LIVE = 6 * 2 ** 20;
/** The host has more in use by as much: worth a look. */
const HOST_STEP = 2 ** 18;
/** Of what small objects take on the host, this part is told as garbage; of the first `HOST_STEP` nothing. */
const HOST_SCALE = 1 / 4;
/** So many objects may be made before the next look: the clock asks for one more often. */
const STEP = 2 ** 18;
/** Buffers that the interpreter itself may have made. */
const OWN_BUFFERS = 4096;

export class BoardHeap implements Heap {
  readonly word = 4;
  readonly total = TOTAL;
  /** Bytes that were in use after the last collection, beyond `BASE`. */
  private live = 0;
  /** Bytes of large objects made since. */
  private made = 0;
  /** Beyond this, a look raises MemoryError: the heap, or what a program was left with by the last one. */
  private ceiling = TOTAL - BASE;
  private hostAtStart: { used: number; buffers: number } | undefined;
  private hostAtCollection = 0;
  private hostAtLook = 0;

  /** `roots` are the objects that a program's names begin at. */
  constructor(
    private readonly hal: Hal,
    private readonly roots: () => Iterable<unknown>,
  ) {
    this.hostAtStart = hal.memory?.('none');
    this.hostAtCollection = this.hostAtStart?.used ?? 0;
  }

  get used(): number {
    const used = this.estimate();
    if (used <= TOTAL) return used;
    this.collect();
    return Math.min(BASE + this.live, TOTAL);
  }

  /** Without a collection, however much it comes to. */
  private estimate(): number {
    const now = sum(measure(this.roots(), 2 * TOTAL));
    return BASE + this.live + Math.max(this.made, now - this.live) + this.hostGarbage();
  }

  private hostGarbage(): number {
    const used = this.hal.memory?.('none').used ?? 0;
    return blocks(Math.max(0, used - this.hostAtCollection - HOST_STEP) * HOST_SCALE);
  }

  reserve(bytes: number): void {
    const size = blocks(bytes);
    if (BASE + this.live + this.made + size > TOTAL) {
      this.makeRoom(size, bytes);
    }
    this.made += size;
  }

  /** Collects no more than is needed. */
  private makeRoom(size: number, bytes: number): void {
    for (const garbage of ['none', 'young', 'all'] as const) {
      this.count(garbage);
      if (BASE + this.live + size <= TOTAL) return;
    }
    noMemory(bytes);
  }

  collect(): void {
    this.count('all');
  }

  /** Finds out what is in use, after the host has collected some of its garbage. */
  private count(garbage: Garbage): void {
    const found = measure(this.roots(), 2 * TOTAL);
    const host = this.hal.memory?.(garbage);
    const buffers = host === undefined ? 0 : host.buffers - (this.hostAtStart?.buffers ?? 0) - OWN_BUFFERS;
    this.live = found.rest + Math.max(found.buffers, buffers);
    this.made = 0;
    if (host !== undefined) this.hostAtCollection = host.used;
    this.ceiling = Math.max(TOTAL - BASE, Math.min(this.ceiling, 2 * this.live));
  }

  look(): number {
    this.judgeAll();
    return STEP;
  }

  private judgeAll(): void {
    const host = this.hal.memory?.('none');
    if (host === undefined || this.hostAtStart === undefined) {
      this.count('none');
      this.judge(this.live);
      return;
    }
    if (Math.abs(host.used - this.hostAtLook) < HOST_STEP) return;
    this.hostAtLook = host.used;
    if (host.used < this.hostAtStart.used) this.hostAtStart = { ...this.hostAtStart, used: host.used };
    this.judge(sum(measure(this.roots(), this.ceiling)));
    if (host.used > this.hostAtStart.used + HOST_MARGIN) this.judgeHost(this.hostAtStart.used);
  }

  private judgeHost(atStart: number): void {
    const { used } = this.hal.memory?.('all') ?? { used: 0 };
    if (used <= atStart + HOST_LIVE) return;
    // The next one is due when as much again has come.
    this.hostAtStart = { used, buffers: this.hostAtStart?.buffers ?? 0 };
    noMemory(BLOCK);
  }

  private judge(bytes: number): void {
    if (bytes <= TOTAL - BASE) this.ceiling = TOTAL - BASE;
    if (bytes <= this.ceiling) return;
    this.ceiling = sum(measure(this.roots(), 64 * TOTAL)) + TOTAL / 8;
    noMemory(BLOCK);
  }
}

const sum = (m: Measure): number => m.buffers + m.rest;

// A thread's program in place of a board: echoes bytes, and does on request what boards do to those who keep them.
import { workerData } from 'node:worker_threads';
import { ThreadHal, post } from '../../../main/simulator/thread-hal';
import type { ThreadData } from '../../../main/simulator/thread-data';
import { PENDING_INTERRUPT } from '../../../runtime/python/interpreter/hal';

const data = workerData as ThreadData;
const hal = new ThreadHal(data);
const say = (text: string): void => hal.write(new TextEncoder().encode(text));

const interrupted = (): boolean => (Atomics.load(hal.pending, 0) & PENDING_INTERRUPT) !== 0;

const runs: Record<string, () => void> = {
  /** Floods its output until Ctrl-C. */
  f: () => {
    while (!interrupted()) say('0123456789abcdef\n');
  },
  /** Sleeps for a day, or until Ctrl-C. */
  s: () => {
    const deadline = hal.now() + 86_400_000;
    // What else is pending does not end it.
    while (!hal.sleepUntil(deadline) && !interrupted()) Atomics.and(hal.pending, 0, PENDING_INTERRUPT);
  },
  /** Neither reads nor looks at Ctrl-C. */
  h: () => {
    for (;;);
  },
  d: () => {
    throw new Error('died on request');
  },
  r: () => hal.reset(),
  /** Waits a moment for a byte that does not come. */
  t: () => say(`${hal.readByte(hal.now() + 20)}\n`),
  /** Echoes the registers. */
  g: () => say(`${String(new Uint8Array(data.registers)[0])}\n`),
};

// A flash with this name is in use by another process, and one with that name breaks the board.
if (data.flash === 'in-use') {
  post({ flashInUse: 4312 });
  process.exit();
}
if (data.flash === 'broken') throw new Error('no board today');
hal.started();
say('ready\n');
for (;;) {
  const byte = hal.readByte();
  if (byte === -1) {
    // Nothing is pending, so the input has ended.
    if (Atomics.exchange(hal.pending, 0, 0) === 0) process.exit();
    continue;
  }
  const run = runs[String.fromCharCode(byte)];
  if (run === undefined) {
    hal.write(Uint8Array.of(byte));
    continue;
  }
  hal.setInterruptByte(3);
  say('run\n');
  run();
  hal.setInterruptByte(-1);
  if ((Atomics.exchange(hal.pending, 0, 0) & 1) !== 0) say('interrupted\n');
}

/** Stops programs that take too long, from a thread of its own: a program keeps its own thread busy. */
import { Worker } from 'node:worker_threads';

/** The bit of the interrupt flag that is raised; no event of a machine. */
export const TIME_IS_UP = 1 << 9;

/** A program has so many milliseconds, then it is told so, again and again; what takes no notice for long is stuck. */
const LIMIT = 1000;
const PATIENCE = 60_000;

const WATCH = `
const { workerData: shared } = require('node:worker_threads');
for (;;) {
  const job = Atomics.load(shared, 1);
  if (job % 2 === 0) { Atomics.wait(shared, 1, job); continue; }
  if (Atomics.wait(shared, 1, job, ${LIMIT}) !== 'timed-out') continue;
  let ended = false;
  for (let waited = 0; waited < ${PATIENCE} && !ended; waited += 100) {
    Atomics.or(shared, 0, ${TIME_IS_UP});
    ended = Atomics.wait(shared, 1, job, 100) !== 'timed-out';
  }
  if (ended) continue;
  require('node:fs').writeSync(1, 'seed ' + Atomics.load(shared, 2) + ': cannot be stopped\\n');
  process.kill(process.pid, 'SIGKILL');
}`;

/** The interrupt flag; a number that is odd while a program runs; and which one it is. */
const shared = new Int32Array(new SharedArrayBuffer(12));
let watch: Worker | undefined;

/** The interrupt flag of whatever runs. */
export const pending = shared.subarray(0, 1);

/** Does the work of a seed; when it takes too long the flag is raised; where nobody looks at it the process ends. */
export function withDeadline(seed: number, work: () => void): void {
  watch ??= new Worker(WATCH, { eval: true, workerData: shared });
  watch.unref();
  Atomics.store(shared, 0, 0);
  Atomics.store(shared, 2, seed);
  Atomics.add(shared, 1, 1);
  Atomics.notify(shared, 1);
  try {
    work();
  } finally {
    Atomics.add(shared, 1, 1);
    Atomics.notify(shared, 1);
  }
}

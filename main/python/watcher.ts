/** The thread that watches while a script runs at a terminal: for Ctrl-C, and for the time to look at its memory. */
import { Script } from 'node:vm';
import { workerData } from 'node:worker_threads';
import { PENDING_INTERRUPT, PENDING_MEMORY } from '../../runtime/python/interpreter/hal';

/** How often, in milliseconds, a script looks at how much memory it uses. */
const MEMORY_INTERVAL = 50;

/** A script that has not noticed Ctrl-C for so many milliseconds is ended by the next one. */
const PATIENCE = 1000;

const pending = new Int32Array(workerData as SharedArrayBuffer);
const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Never returns. */
function askForMemory(): void {
  for (;;) {
    Atomics.wait(nothing, 0, 0, MEMORY_INTERVAL);
    Atomics.or(pending, 0, PENDING_MEMORY);
  }
}

/** Has Ctrl-C raise KeyboardInterrupt; false when an earlier one has done nothing yet. */
function interrupt(): boolean {
  const before = Atomics.or(pending, 0, PENDING_INTERRUPT);
  Atomics.notify(pending, 0);
  return (before & PENDING_INTERRUPT) === 0;
}

Object.assign(globalThis, { askForMemory });
const watching = new Script('askForMemory()');
let asked = 0;
for (;;) {
  try {
    // Node breaks off such a script at Ctrl-C, in whichever thread it runs; only the main thread is told of a signal.
    watching.runInThisContext({ breakOnSigint: true });
  } catch {
    if (interrupt()) asked = performance.now();
    else if (performance.now() - asked > PATIENCE) process.kill(process.pid, 'SIGINT');
  }
}

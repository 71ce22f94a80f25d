/** Runs a script in a thread of its own, so that Ctrl-C raises KeyboardInterrupt in it. */
import { Worker } from 'node:worker_threads';
import { builtPath } from '../resources';
import { HostHal } from './host-hal';
import type { ScriptRequest } from './run-script';
import type { ScriptThreadData } from './script-worker';

/** A program that has not ended this many milliseconds after Ctrl-C is ended by the next one. */
const PATIENCE = 1000;

/** How often, in milliseconds, a program looks at how much memory it uses. */
const MEMORY_INTERVAL = 50;

/** Runs the script to its end; the exit status. */
export function runInThread(request: ScriptRequest): Promise<number> {
  const hal = new HostHal();
  const pending = hal.pending.buffer as SharedArrayBuffer;
  const data: ScriptThreadData = { request, pending, atTerminal: process.stdin.isTTY };
  const worker = new Worker(builtPath('main', 'script-worker.cjs'), { workerData: data });
  let asked = 0;
  const interrupt = (): void => {
    // A second Ctrl-C ends what takes no notice of the first, such as a read that waits for Enter.
    if (asked > 0 && hal.now() - asked > PATIENCE) void worker.terminate();
    asked ||= hal.now();
    hal.interrupt();
  };
  process.on('SIGINT', interrupt);
  const clock = setInterval(() => hal.askForMemory(), MEMORY_INTERVAL);
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', (status) => {
      process.off('SIGINT', interrupt);
      clearInterval(clock);
      resolve(status);
    });
  });
}

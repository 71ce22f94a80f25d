/** Starts the thread that watches while a script runs. */
import { Worker } from 'node:worker_threads';
import { builtPath } from '../resources';

/** `pending` is the interrupt flag of the script. */
export function startWatcher(pending: Int32Array): void {
  new Worker(builtPath('main', 'watcher.cjs'), { workerData: pending.buffer }).unref();
}

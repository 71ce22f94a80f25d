/** The thread in which a script runs when somebody sits at the terminal: Ctrl-C has to reach it. */
import { workerData } from 'node:worker_threads';
import { HostHal } from './host-hal';
import { makerFor, runScript, type ScriptRequest } from './run-script';

/** What the thread is started with. */
export interface ScriptThreadData {
  readonly request: ScriptRequest;
  /** The interrupt flag. */
  readonly pending: SharedArrayBuffer;
  /** Whether somebody types its input. */
  readonly atTerminal: boolean;
}

const { request, pending, atTerminal } = workerData as ScriptThreadData;
void makerFor(request).then((make) => process.exit(runScript(request, new HostHal(pending, atTerminal), make)));

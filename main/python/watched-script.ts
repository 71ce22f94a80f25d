/**
 * Runs a script where somebody sits at a terminal: Ctrl-C raises KeyboardInterrupt in it. The script has this thread to
 * itself, so another one watches; it is started only when the script turns out to take longer, as it takes as long to
 * start as all the rest. Before that, Ctrl-C ends the process.
 */
import { HostHal } from './host-hal';
import { runScript, type InterpreterMaker, type ScriptRequest } from './run-script';
import { startWatcher } from './start-watcher';

/** A script that has looked up so often, or for so many milliseconds, takes longer. */
const MOST_LOOKS = 1000;
const SOON = 20;

/** The bit of `pending[0]` that has the script look up, at its loops and calls. */
const PENDING_LOOK = 1 << 28;

/** Runs the script to its end; the exit status. */
export function runWatched(request: ScriptRequest, make: InterpreterMaker): number {
  let isWatched = false;
  const watch = (): void => {
    if (isWatched) return;
    isWatched = true;
    Atomics.and(hal.pending, 0, ~PENDING_LOOK);
    startWatcher(hal.pending);
  };
  const hal = new HostHal(watch);
  let looks = 0;
  const begun = hal.now();
  const look = (): void => {
    if (++looks > MOST_LOOKS || hal.now() - begun > SOON) watch();
    else if (!isWatched) Atomics.or(hal.pending, 0, PENDING_LOOK);
  };
  return runScript(request, hal, (options) => {
    const interpreter = make(options, hal);
    // A board has events of its own.
    if (request.board) watch();
    else {
      interpreter.onPending = look;
      look();
    }
    return interpreter;
  });
}

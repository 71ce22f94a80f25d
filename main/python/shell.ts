/** Runs a command line of `os.system` in this computer's shell. */
import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/** Waits for its end; the status as `wait` of Unix gives it: the exit status times 256, or the signal. −1 when there is no shell. */
export function runShell(command: string): number {
  const { status, signal, error } = spawnSync(command, { shell: true, stdio: 'inherit' });
  if (error !== undefined) return -1;
  if (signal !== null) return constants.signals[signal];
  return (status ?? 0) << 8;
}

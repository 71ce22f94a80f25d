/** Runs the built `tether`; its tests begin with `beforeAll(built)`. */
import { execFile } from 'node:child_process';
import { builtPath } from '../../main/resources';

export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `tether` with its words in a folder, to its end. */
export function tether(folder: string, ...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [builtPath('main', 'cli.cjs'), ...words],
      { cwd: folder },
      (_, out, err) => {
        resolve({ status: child.exitCode ?? -1, out, err });
      },
    );
  });
}

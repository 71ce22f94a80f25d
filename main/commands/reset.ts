/** `tether reset`: restarts the board, or only its Python. */

import { LinkLost, NoAnswer } from '../../runtime/link/errors';
import type { RawRepl } from '../../runtime/link/raw-repl';
import { parseOptions } from './options';
import { withSession } from './with-board';

/** Milliseconds without a word after which a board that was told to restart counts as restarting. */
const SILENCE = 1500;

export async function run(args: readonly string[]): Promise<number> {
  const { port, flags } = parseOptions(args, { soft: undefined }, { most: 0 });
  await withSession(port, 'restarting the board', async (session) => {
    if (flags.has('soft')) await session.softReset();
    else await session.run(({ raw }) => hardReset(raw), { name: 'restarting', interrupt: true }).catch(ignoreLoss);
  });
  return 0;
}

async function hardReset(raw: RawRepl): Promise<void> {
  try {
    await raw.exec('import machine\nmachine.reset()', { idleLimit: SILENCE });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
}

/** A board with its own USB leaves the cable when it restarts. */
function ignoreLoss(error: unknown): void {
  if (!(error instanceof LinkLost)) throw error;
}

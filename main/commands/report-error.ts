/** How the command line tells an error: one sentence on standard error, and an exit status. */

import { AppError } from '../../runtime/contract/app-error';
import { errorSentence } from '../../runtime/contract/messages';
import { BoardError, Cancelled, LinkLost } from '../../runtime/link/errors';
import { CommandError, EXIT, UsageError } from './command';

/** The codes that mean: there is no board to talk to. */
const NO_BOARD: ReadonlySet<string> = new Set([
  'port-denied',
  'port-busy',
  'port-gone',
  'not-micropython',
  'board-silent',
  'raw-refused',
  'link-lost',
  'simulator-died',
  'no-board',
  'not-connected',
]);

/** What people do at a shell differs from what they do in the window, and only here. */
const SENTENCES: Readonly<Record<string, string>> = {
  'link-lost': 'The connection to the board was lost. Plug it in again and repeat the command.',
};

export function reportError(command: string, error: unknown): number {
  if (error instanceof UsageError) {
    say(`${error.message}\nUsage: see tether ${command} --help`);
    return EXIT.usage;
  }
  if (error instanceof CommandError) {
    say(error.message);
    return error.status;
  }
  if (error instanceof BoardError) {
    process.stderr.write(error.traceback);
    return EXIT.failed;
  }
  if (error instanceof Cancelled) return EXIT.stopped;
  if (error instanceof LinkLost) {
    say(SENTENCES['link-lost'] ?? '');
    return EXIT.noBoard;
  }
  const data = AppError.toData(error, `running tether ${command}`);
  if (data.code === 'address-bad') {
    say(errorSentence(data));
    return EXIT.usage;
  }
  say(SENTENCES[data.code] ?? errorSentence(data));
  if (data.code === 'app-fault') say(data.technical ?? '');
  return NO_BOARD.has(data.code) ? EXIT.noBoard : EXIT.failed;
}

function say(sentence: string): void {
  process.stderr.write(`tether: ${sentence}\n`);
}

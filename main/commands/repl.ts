/** `tether repl`: the keyboard to the board and the board to the screen, until Ctrl-] or Ctrl-X. */

import type { BoardSession } from '../../runtime/link/board-session';
import { sleep } from '../../runtime/bytes/clock';
import { systemClock } from '../boards/system-clock';
import { parseOptions } from './options';
import { withSession } from './with-board';

const LEAVE = [0x1d, 0x18];
/** Milliseconds of silence at the prompt after which a session whose input came from a file is over. */
const AFTER_INPUT = 300;

export async function run(args: readonly string[]): Promise<number> {
  const { port } = parseOptions(args, {}, { most: 0 });
  await withSession(port, 'talking to the board', passKeysRaw, (session) => {
    if (process.stdin.isTTY) process.stderr.write(`${session.info.address}: Ctrl-] leaves.\n`);
    session.on('output', (chunk) => process.stdout.write(chunk));
  });
  return 0;
}

/** Without a terminal's own editing, echo and Ctrl-C: all keys are the board's. */
async function passKeysRaw(session: BoardSession): Promise<void> {
  const { stdin } = process;
  if (stdin.isTTY) stdin.setRawMode(true);
  try {
    await passKeys(session, stdin);
  } finally {
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
  }
  process.stderr.write('\n');
}

async function passKeys(session: BoardSession, stdin: typeof process.stdin): Promise<void> {
  const lost = new Promise<never>((_, reject) => {
    session.on('lost', reject);
  });
  lost.catch(() => undefined);
  const input = stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const next = await Promise.race([input.next(), lost]);
    if (next.done === true) break;
    const keys = next.value;
    const end = keys.findIndex((key) => LEAVE.includes(key));
    const sent = end < 0 ? keys : keys.subarray(0, end);
    // A file has line ends where a keyboard has Enter.
    await session.write(stdin.isTTY ? sent : sent.map((byte) => (byte === 0x0a ? 0x0d : byte)));
    if (end >= 0) return;
  }
  await Promise.race([untilQuiet(session), lost]);
}

async function untilQuiet(session: BoardSession): Promise<void> {
  let quiet = false;
  session.on('output', () => {
    quiet = false;
  });
  while (!quiet || session.status.activity !== 'prompt') {
    quiet = true;
    await sleep(systemClock, AFTER_INPUT);
  }
}

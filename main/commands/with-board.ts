/** What every command with a board does: choose the port, connect, do its work, and let the port go. */

import { BoardSession, type TaskOptions } from '../../runtime/link/board-session';
import type { RemoteFs } from '../../runtime/link/remote-fs';
import { toAppError } from '../boards/link-errors';
import { SIMULATED_ADDRESS, makeTransport } from '../boards/open-transport';
import { systemClock } from '../boards/system-clock';
import { CommandError, EXIT } from './command';

/** The address that was given, else the one board on a cable, else the simulated one. */
export async function chooseAddress(given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const { likelyBoards, listPorts } = await import('../boards/board-list');
  const boards = likelyBoards((await listPorts()) ?? []);
  const [only, second] = boards;
  if (second !== undefined) {
    const paths = boards.map(({ path }) => path).join(', ');
    throw new CommandError(`Several boards are connected: ${paths}. Name one with -p.`, EXIT.noBoard);
  }
  if (only === undefined) process.stderr.write('tether: No board on a cable, so this is the simulated board.\n');
  return only?.path ?? SIMULATED_ADDRESS;
}

/**
 * Connects, calls `work`, and closes whatever happens. `prepare` is called before connecting, for what the board says meanwhile.
 * Errors of the link come out as AppErrors, those of Python as they are.
 */
export async function withSession<Result>(
  port: string | undefined,
  task: string,
  work: (session: BoardSession) => Promise<Result>,
  prepare: (session: BoardSession) => void = () => undefined,
): Promise<Result> {
  const address = await chooseAddress(port);
  const board = address === SIMULATED_ADDRESS ? 'the simulated board' : address;
  let session: BoardSession | undefined;
  try {
    session = new BoardSession(await makeTransport(address), { clock: systemClock });
    prepare(session);
    await session.open();
    return await work(session);
  } catch (error) {
    if (error instanceof Error && error.name === 'BoardError') throw error;
    throw toAppError(error, { board, port: address, task });
  } finally {
    await session?.close();
  }
}

/** Does something with the board's files. Who asks for it on a command line wants it done: a program that runs is stopped. */
export async function withFiles<Result>(
  port: string | undefined,
  task: string,
  work: (files: RemoteFs, cancel: NonNullable<TaskOptions['cancel']>) => Promise<Result>,
): Promise<Result> {
  return withSession(port, task, async (session) => {
    const stop = (): void => void session.stop();
    process.on('SIGINT', stop);
    try {
      return await session.run(({ files, cancel }) => work(files, cancel), { name: task, interrupt: true });
    } finally {
      process.off('SIGINT', stop);
    }
  });
}

/** `tether log`: what the board says, line by line, with the time. */

import { ReadlineParser } from '@serialport/parser-readline';
import { LinkLost } from '../../runtime/link/errors';
import { toAppError } from '../boards/link-errors';
import { makeTransport } from '../boards/open-transport';
import { parseOptions } from './options';
import { chooseAddress } from './with-board';

export async function run(args: readonly string[]): Promise<number> {
  const { port, rest: _ } = parseOptions(args, {}, { most: 0 });
  const address = await chooseAddress(port);
  try {
    await followLines(address);
  } catch (error) {
    throw toAppError(error, { board: address, port: address, task: 'reading from the board' });
  }
  return 0;
}

async function followLines(address: string): Promise<void> {
  const transport = await makeTransport(address);
  const lines = new ReadlineParser({ delimiter: '\n' });
  lines.on('data', (line: string) => {
    process.stdout.write(`${timeOfDay(new Date())} ${line.replace(/\r$/, '')}\n`);
  });
  transport.onData((chunk) => lines.write(Buffer.from(chunk)));
  const ended = new Promise<void>((resolve, reject) => {
    transport.onClose((reason) => {
      if (reason === undefined) resolve();
      else reject(new LinkLost(address, reason));
    });
  });
  const stop = (): void => void transport.close();
  process.once('SIGINT', stop);
  try {
    await transport.open();
    await ended;
  } finally {
    // A line that has no end yet is shown too.
    lines.end();
    process.off('SIGINT', stop);
  }
}

/** `14:03:22.107`, on this computer's clock. */
function timeOfDay(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = `${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, '0')}`;
  return `${two(time.getHours())}:${two(time.getMinutes())}:${seconds}`;
}

/** `tether sim --tcp [HOST:]PORT`: serves a simulated board to other tools until Ctrl-C. */
import { parseArgs } from 'node:util';
import { AppError } from '../../runtime/contract/app-error';
import { toAppError } from '../boards/link-errors';
import { SimulatorTransport } from '../boards/simulator-transport';
import { BoardServer } from '../simulator/board-server';
import { CommandError, EXIT, UsageError } from './command';

interface SimOptions {
  readonly host: string;
  readonly port: number;
  /** Undefined for the flash of the app's simulated board. */
  readonly flash: string | null | undefined;
}

export async function run(args: readonly string[]): Promise<number> {
  const { host, port, flash } = readOptions(args);
  const transport = new SimulatorTransport(flash === undefined ? {} : { flash });
  const server = new BoardServer(transport);
  const died = new Promise<Error | undefined>((resolve) => transport.onClose(resolve));
  const actualPort = await server.listen(host, port).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`${host}:${port} cannot be had (${error.code ?? error.message}). Choose another port.`);
  });
  await transport.open().catch((error: unknown) => {
    throw toAppError(error, { board: 'The simulated board', port: 'sim', task: 'starting the simulated board' });
  });
  console.log(`A simulated board is at socket://${host.includes(':') ? `[${host}]` : host}:${actualPort}`);
  const stopped = new Promise<undefined>((resolve) => {
    process.once('SIGINT', () => resolve(undefined));
    process.once('SIGTERM', () => resolve(undefined));
  });
  const reason = await Promise.race([died, stopped]);
  await server.close();
  await transport.close();
  if (reason !== undefined) throw new AppError('simulator-died', {}, reason.stack ?? reason.message);
  return EXIT.ok;
}

function readOptions(args: readonly string[]): SimOptions {
  const options = { tcp: { type: 'string' }, flash: { type: 'string' }, 'no-keep': { type: 'boolean' } } as const;
  let values: { tcp?: string; flash?: string; 'no-keep'?: boolean };
  try {
    values = parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? '');
  }
  if (values.tcp === undefined) throw new UsageError('--tcp [HOST:]PORT is missing.');
  if (values.flash !== undefined && values['no-keep'] === true) {
    throw new UsageError('--flash and --no-keep exclude each other.');
  }
  return { ...readAddress(values.tcp), flash: values['no-keep'] === true ? null : values.flash };
}

/** `2323`, `0.0.0.0:2323`, `[::1]:2323`. */
function readAddress(text: string): { host: string; port: number } {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]:|([^\s:[\]]+):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new UsageError(`‘${text}’ is not [HOST:]PORT.`);
  return { host: match[1] ?? match[2] ?? '127.0.0.1', port };
}

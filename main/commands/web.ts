/** `tether` and `tether --web [--port N]`: the app in the browser, served on 127.0.0.1 until Ctrl-C. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startApp } from '../app';
import { BrowserHost } from '../browser-host';
import { dataFolder } from '../data-folder';
import { Ipc, serveSocket } from '../ipc';
import { builtPath } from '../resources';
import { WebServer } from '../web-server';
import { CommandError, EXIT, UsageError } from './command';

export async function run(args: readonly string[]): Promise<number> {
  const port = portOf(args);
  const page = builtPath('renderer');
  if (!existsSync(page)) throw new CommandError('The page is not built yet: npm run build');
  const ipc = new Ipc();
  const server = new WebServer({ folder: page, port, onSocket: (socket) => serveSocket(ipc, socket) });
  const link = await server.listen().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    throw new CommandError(`Port ${port} cannot be had (${error.code}). Choose another one with --port.`);
  });
  const folder = dataFolder();
  const tether = await startApp(new BrowserHost(folder), ipc, folder);
  console.log(`Tether is at\n\n  ${link}\n\nOpen the link in a browser on this computer. Ctrl-C ends Tether.`);
  await untilStopped();
  await server.close();
  await tether.dispose();
  return EXIT.ok;
}

function portOf(args: readonly string[]): number {
  const options = { web: { type: 'boolean' }, port: { type: 'string' } } as const;
  let text: string | undefined;
  try {
    text = parseArgs({ args: [...args], options }).values.port;
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? '');
  }
  const port = text === undefined ? 0 : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`‘${text ?? ''}’ is no port.`);
  return port;
}

/** Resolves at Ctrl-C, or when another program asks this one to end. A second Ctrl-C ends it at once. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

/** Any board on a TCP port of this computer, for one client at a time. */

import { type AddressInfo, type Socket, createServer } from 'node:net';
import type { Transport } from '../../runtime/link/transport';

export interface TcpBoard {
  /** `socket://127.0.0.1:PORT`. */
  readonly address: string;
  /** Resolves when a client has connected for the first time. */
  readonly connected: Promise<void>;
  /** Ends the connection of the client, which to it is the cable being pulled. */
  disconnect(): void;
  close(): Promise<void>;
}

/** The transport is open already. */
export async function serveBoard(transport: Transport): Promise<TcpBoard> {
  let client: Socket | undefined;
  transport.onData((chunk) => client?.write(chunk));
  let markConnected = (): void => undefined;
  const connected = new Promise<void>((resolve) => (markConnected = resolve));
  const server = createServer((socket) => {
    client = socket;
    markConnected();
    socket.on('data', (chunk) => void transport.write(new Uint8Array(chunk)));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `socket://127.0.0.1:${port}`,
    connected,
    disconnect: () => client?.destroy(),
    close: () =>
      new Promise((resolve) => {
        client?.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

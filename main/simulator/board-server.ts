/**
 * Defines BoardServer: a simulated board behind a TCP port, for tools that drive boards.
 *
 * It behaves as a board with its own USB port does. One tool at a time has it; the next one finds it as it was left.
 * With no tool there, the board runs on, and of what it says only the end is kept, as much as a real one's buffer holds.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { SimulatorTransport } from '../boards/simulator-transport';

/** The transmit buffer of a pyboard's USB serial port. */
const KEPT = 1024;

export class BoardServer {
  readonly #transport: SimulatorTransport;
  readonly #server: Server;
  #client: Socket | undefined;
  #kept: Uint8Array = new Uint8Array();

  /** The transport has to be open already. */
  constructor(transport: SimulatorTransport) {
    this.#transport = transport;
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    transport.onData((chunk) => this.#send(chunk));
  }

  /** Resolves with the port. Rejects with the system's error when it cannot be had. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /** Ends the connection and lets the port go. The board is its owner's to close. */
  close(): Promise<void> {
    this.#client?.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #accept(socket: Socket): void {
    if (this.#client !== undefined) {
      socket.destroy();
      return;
    }
    this.#client = socket;
    socket.on('error', () => undefined);
    socket.on('drain', () => this.#transport.hold(false));
    socket.on('close', () => {
      this.#client = undefined;
      this.#transport.hold(false);
    });
    socket.on('data', (chunk: Buffer) => {
      socket.pause();
      this.#transport.write(chunk).then(
        () => socket.resume(),
        () => socket.destroy(),
      );
    });
    const kept = this.#kept;
    this.#kept = new Uint8Array();
    if (kept.length > 0) this.#send(kept);
  }

  #send(chunk: Uint8Array): void {
    if (this.#client === undefined) {
      const all = Buffer.concat([this.#kept, chunk]);
      this.#kept = all.subarray(Math.max(0, all.length - KEPT));
      return;
    }
    // A tool that does not read makes the board wait, as USB does.
    if (!this.#client.write(chunk)) this.#transport.hold(true);
  }
}

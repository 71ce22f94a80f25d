/** A board behind a TCP port that passes bytes as they are: `socket://HOST:PORT`. */

import { type Socket, connect } from 'node:net';
import { Emitter, type Unsubscribe } from '../../runtime/bytes/emitter';
import { LinkLost, PortUnavailable } from '../../runtime/link/errors';
import type { Transport, TransportInfo } from '../../runtime/link/transport';

/** Milliseconds until a computer that does not answer counts as not there. */
const CONNECT_LIMIT = 10_000;

interface TransportEvents {
  data: [Uint8Array];
  close: [Error | undefined];
}

export class SocketTransport implements Transport {
  readonly info: TransportInfo;
  readonly #host: string;
  readonly #port: number;
  readonly #events = new Emitter<TransportEvents>();
  #socket: Socket | undefined;
  #open = false;

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
    const shownHost = host.includes(':') ? `[${host}]` : host;
    this.info = { kind: 'socket', address: `socket://${shownHost}:${String(port)}` };
  }

  async open(): Promise<void> {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    this.#socket = socket;
    await new Promise<void>((resolve, reject) => {
      const failed = (text: string): void => {
        socket.destroy();
        reject(new PortUnavailable(this.info.address, 'gone', text));
      };
      socket.setTimeout(CONNECT_LIMIT, () => {
        failed('No answer.');
      });
      socket.once('error', (error) => {
        failed(error.message);
      });
      socket.once('close', () => {
        failed('Closed.');
      });
      socket.once('connect', resolve);
    });
    socket.setTimeout(0);
    socket.removeAllListeners('close');
    this.#open = true;

    let reason = new Error('The other side closed the connection.');
    socket.on('error', (error) => {
      reason = error;
    });
    socket.on('data', (chunk) => {
      this.#events.emit('data', new Uint8Array(chunk));
    });
    socket.on('close', () => {
      this.#ended(reason);
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || !this.#open) throw new LinkLost(this.info.address);
    await new Promise<void>((resolve, reject) => {
      socket.write(bytes, (error) => {
        if (error == null) resolve();
        else reject(new LinkLost(this.info.address, error));
      });
    });
  }

  onData(listener: (chunk: Uint8Array) => void): Unsubscribe {
    return this.#events.on('data', listener);
  }

  onClose(listener: (reason?: Error) => void): Unsubscribe {
    return this.#events.on('close', listener);
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    this.#ended(undefined);
    if (socket === undefined || socket.destroyed) return;
    await new Promise<void>((resolve) => {
      socket.once('close', resolve);
      // What was written still goes out; a peer that never closes its side is not waited for.
      socket.end(() => socket.destroy());
      setTimeout(() => socket.destroy(), 1000).unref();
    });
  }

  #ended(reason: Error | undefined): void {
    if (!this.#open) return;
    this.#open = false;
    this.#events.emit('close', reason);
  }
}

/** A board on a serial port, also a pseudo-terminal. */

import type { SerialPort } from 'serialport';
import { Emitter, type Unsubscribe } from '../../runtime/bytes/emitter';
import { LinkLost } from '../../runtime/link/errors';
import type { Transport, TransportInfo } from '../../runtime/link/transport';
import { whyPortDoesNotOpen } from './port-problem';

/** What UART boards use; boards with their own USB do not care. */
const BAUD_RATE = 115_200;

interface TransportEvents {
  data: [Uint8Array];
  close: [Error | undefined];
}

export class SerialTransport implements Transport {
  readonly info: TransportInfo;
  readonly #path: string;
  readonly #events = new Emitter<TransportEvents>();
  #port: SerialPort | undefined;
  #closed = false;

  constructor(path: string) {
    this.#path = path;
    this.info = { kind: 'serial', address: path };
  }

  async open(): Promise<void> {
    const { SerialPort } = await import('serialport');
    const port = new SerialPort({
      path: this.#path,
      baudRate: BAUD_RATE,
      autoOpen: false,
      // Closing must not drop DTR, which resets many boards with a USB bridge.
      hupcl: false,
    });
    // Without a listener an error would end the process; what it means shows in `close` or in the write that it belongs to.
    port.on('error', () => undefined);
    port.on('data', (chunk: Buffer) => {
      this.#events.emit('data', new Uint8Array(chunk));
    });
    port.on('close', (reason: Error | null | undefined) => {
      this.#ended(reason ?? undefined);
    });
    await new Promise<void>((resolve, reject) => {
      port.open((error) => {
        if (error == null) resolve();
        else whyPortDoesNotOpen(this.#path, error).then(reject, reject);
      });
    });
    this.#port = port;
    if (this.#closed) await this.#release(port);
  }

  async write(bytes: Uint8Array): Promise<void> {
    const port = this.#port;
    if (port === undefined || this.#closed) throw new LinkLost(this.#path);
    await new Promise<void>((resolve, reject) => {
      const failed = (error: Error): void => {
        reject(new LinkLost(this.#path, error));
      };
      // A write that is pending when the port closes is never called back.
      const offClose = this.#events.on('close', (reason) => {
        failed(reason ?? new Error('The port was closed.'));
      });
      port.write(bytes, (writeError) => {
        if (writeError != null) {
          offClose();
          failed(writeError);
          return;
        }
        port.drain((drainError) => {
          offClose();
          if (drainError == null) resolve();
          else failed(drainError);
        });
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
    const port = this.#port;
    this.#ended(undefined);
    if (port !== undefined) await this.#release(port);
  }

  async #release(port: SerialPort): Promise<void> {
    if (!port.isOpen) return;
    await new Promise<void>((resolve) => {
      port.close(() => {
        resolve();
      });
    });
  }

  /** serialport may say twice that it closed. */
  #ended(reason: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#port !== undefined) this.#events.emit('close', reason);
  }
}

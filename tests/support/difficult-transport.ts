/** A transport as cables are: what comes is cut into pieces, late, lost, or ends in the middle. */

import type { Clock } from '../../runtime/bytes/clock';
import { Emitter, type Unsubscribe } from '../../runtime/bytes/emitter';
import { LinkLost } from '../../runtime/link/errors';
import type { Transport, TransportInfo } from '../../runtime/link/transport';

export interface Difficulties {
  /** Bytes per chunk from the board. */
  readonly pieces?: number;
  /** Milliseconds that each chunk from the board is late. */
  readonly delay?: number;
  /** Which bytes to the board are lost, by their number from 0. */
  readonly dropsSent?: (index: number) => boolean;
  /** Which bytes from the board are lost, by their number from 0. */
  readonly dropsReceived?: (index: number) => boolean;
  /** The cable is pulled when so many bytes have gone to the board. */
  readonly unplugAfterSent?: number;
  /** The cable is pulled when so many bytes have come from the board. */
  readonly unplugAfterReceived?: number;
  /** The board takes nothing: writes never settle. */
  readonly stuck?: boolean;
}

interface Events {
  data: [Uint8Array];
  close: [Error | undefined];
}

export class DifficultTransport implements Transport {
  readonly info: TransportInfo;
  /** May be changed while it is in use. */
  difficulties: Difficulties;
  sent = 0;
  received = 0;
  readonly #inner: Transport;
  readonly #clock: Clock;
  readonly #events = new Emitter<Events>();
  #pulled = false;

  constructor(inner: Transport, clock: Clock, difficulties: Difficulties = {}) {
    this.#inner = inner;
    this.#clock = clock;
    this.difficulties = difficulties;
    this.info = inner.info;
    inner.onData((chunk) => {
      this.#receive(chunk);
    });
    inner.onClose((reason) => {
      if (!this.#pulled) this.#events.emit('close', reason);
    });
  }

  open(): Promise<void> {
    return this.#inner.open();
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#pulled) throw new LinkLost(this.info.address);
    if (this.difficulties.stuck === true) {
      return new Promise((_, reject) => {
        this.#events.on('close', (reason) => {
          reject(new LinkLost(this.info.address, reason));
        });
      });
    }
    const { dropsSent = () => false, unplugAfterSent = Infinity } = this.difficulties;
    const kept: number[] = [];
    let pull = false;
    for (const byte of bytes) {
      if (this.sent >= unplugAfterSent) {
        pull = true;
        break;
      }
      if (!dropsSent(this.sent++)) kept.push(byte);
    }
    await this.#inner.write(Uint8Array.from(kept));
    if (!pull) return;
    this.pull();
    throw new LinkLost(this.info.address, new Error('pulled'));
  }

  onData(listener: (chunk: Uint8Array) => void): Unsubscribe {
    return this.#events.on('data', listener);
  }

  onClose(listener: (reason?: Error) => void): Unsubscribe {
    return this.#events.on('close', listener);
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  /** Pulls the cable: nothing goes either way any more. The board itself stays as it is. */
  pull(): void {
    if (this.#pulled) return;
    this.#pulled = true;
    this.#events.emit('close', new Error('pulled'));
  }

  #receive(chunk: Uint8Array): void {
    const { pieces = chunk.length, delay, dropsReceived = () => false } = this.difficulties;
    for (let at = 0; at < chunk.length; at += pieces) {
      const kept = chunk.slice(at, at + pieces).filter(() => !dropsReceived(this.received++));
      if (delay === undefined) this.#pass(kept);
      else {
        this.#clock.after(delay, () => {
          this.#pass(kept);
        });
      }
    }
  }

  #pass(chunk: Uint8Array): void {
    if (this.#pulled) return;
    this.#events.emit('data', chunk);
    if (this.received >= (this.difficulties.unplugAfterReceived ?? Infinity)) this.pull();
  }
}

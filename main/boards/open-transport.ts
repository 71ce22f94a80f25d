/** From what a person types as PORT to the transport for it. */

import { BadAddress } from '../../runtime/link/errors';
import type { Transport } from '../../runtime/link/transport';

/** The address of the simulated board. */
export const SIMULATED_ADDRESS = 'sim';

/**
 * PORT is a device path or name (`/dev/ttyACM0`, `COM3`), `socket://HOST:PORT`, or `sim`. The transport is not open yet.
 * Rejects with `BadAddress` when the text is none of these.
 */
export async function makeTransport(address: string): Promise<Transport> {
  if (address === SIMULATED_ADDRESS) {
    const { SimulatorTransport } = await import('./simulator-transport');
    return new SimulatorTransport();
  }
  if (address.includes('://')) {
    const { host, port } = parseSocketAddress(address);
    const { SocketTransport } = await import('./socket-transport');
    return new SocketTransport(host, port);
  }
  if (!isPortName(address)) throw new BadAddress(address);
  const { SerialTransport } = await import('./serial-transport');
  return new SerialTransport(address);
}

/** Whether `makeTransport` would take this text. */
export function isAddress(address: string): boolean {
  if (address === SIMULATED_ADDRESS || isPortName(address)) return true;
  try {
    parseSocketAddress(address);
    return true;
  } catch {
    return false;
  }
}

function isPortName(text: string): boolean {
  return /^(?:\/\S+|COM\d+|\\\\\.\\\S+)$/i.test(text) && !text.includes('://');
}

function parseSocketAddress(address: string): { host: string; port: number } {
  const match = /^socket:\/\/(?:\[([0-9a-fA-F:.]+)\]|([^\s/:[\]]+)):(\d{1,5})\/?$/.exec(address);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port < 1 || port > 65_535) throw new BadAddress(address);
  return { host, port };
}

/** Raw paste: sends source to a board in raw mode as fast as the board says it can take it. */

import { ascii } from '../bytes/bytes';
import type { ByteReader, ReadLimit } from '../bytes/byte-reader';

/** Asks for raw paste. To a board that does not know it, the last byte asks for the raw banner again. */
const REQUEST = ascii('\x05A\x01');
const GRANTED = ascii('R\x01');
const UNDERSTOOD_BUT_UNSUPPORTED = ascii('R\x00');
const MORE = 0x01;
const END = 0x04;

/** What a protocol in raw mode needs of the session: the incoming bytes, and a write that settles when the wire took them. */
export interface RawWire {
  readonly reader: ByteReader;
  write(bytes: Uint8Array): Promise<void>;
}

/** Raised when the board answers with a byte that raw paste does not know. */
export class RawPasteError extends Error {
  override readonly name = 'RawPasteError';
}

/**
 * Asks for raw paste at the raw prompt. Resolves to the window in bytes; to undefined, at the raw prompt again, when the board
 * has no raw paste.
 */
export async function requestRawPaste(wire: RawWire, limit: ReadLimit): Promise<number | undefined> {
  await wire.write(REQUEST);
  const answer = await wire.reader.readExactly(2, limit);
  if (answer[0] === GRANTED[0] && answer[1] === GRANTED[1]) {
    const [low = 0, high = 0] = await wire.reader.readExactly(2, limit);
    return low | (high << 8);
  }
  if (answer[0] === UNDERSTOOD_BUT_UNSUPPORTED[0] && answer[1] === UNDERSTOOD_BUT_UNSUPPORTED[1]) return undefined;
  // Older firmware took the request for a Ctrl-A and prints its banner.
  await wire.reader.readUntil(ascii('>'), limit);
  return undefined;
}

/**
 * Sends the source after `requestRawPaste` granted a window, and the end mark. The credit is one window at first and grows by one for
 * each 01. A board that sends 04 before the end takes no more, mostly because of a syntax error; the reply that follows tells.
 */
export async function sendByRawPaste(
  wire: RawWire,
  window: number,
  source: Uint8Array,
  limit: ReadLimit,
): Promise<void> {
  let credit = window;
  let sent = 0;
  while (sent < source.length) {
    while (credit === 0 || wire.reader.available > 0) {
      const [answer] = await wire.reader.readExactly(1, limit);
      if (answer === MORE) credit += window;
      else if (answer === END) return await wire.write(Uint8Array.of(END));
      else throw new RawPasteError(`Unexpected byte ${String(answer)} in raw paste.`);
    }
    const length = Math.min(credit, source.length - sent);
    await wire.write(source.slice(sent, sent + length));
    sent += length;
    credit -= length;
  }
  await wire.write(Uint8Array.of(END));
  for (;;) {
    const [answer] = await wire.reader.readExactly(1, limit);
    if (answer === END) return;
    if (answer !== MORE) throw new RawPasteError(`Unexpected byte ${String(answer)} in raw paste.`);
  }
}

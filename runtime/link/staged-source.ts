/** Source in pieces for a board without flow control: each is run on its own, so that none can overrun the board's input buffer. */

import { ascii } from '../bytes/bytes';
import { escapeByte } from './python-literal';

/**
 * Bytes in one go, with the 04 that ends them. The smallest buffer known, a micro:bit's, holds 63 and drops what is more without a
 * word. At the raw prompt, with the answer to the last piece in hand, it is empty.
 */
const PIECE_LIMIT = 60;
const START = "_t=b''";
const BEFORE = "_t+=b'";
const AFTER = "'";

export interface StagedSource {
  /** To be run one after the other before `code`. */
  readonly pieces: readonly Uint8Array[];
  readonly code: Uint8Array;
  /** To be run after `code`, which it frees; undefined when the source fitted into one piece as it is. */
  readonly cleanUp: Uint8Array | undefined;
}

export function stageSource(source: Uint8Array): StagedSource {
  // An empty line and 04 would be a soft reset.
  if (source.length === 0) return { pieces: [], code: ascii('pass'), cleanUp: undefined };
  if (source.length < PIECE_LIMIT && source.every((byte) => byte > 0x05)) {
    return { pieces: [], code: source, cleanUp: undefined };
  }
  const room = PIECE_LIMIT - 1 - BEFORE.length - AFTER.length;
  const pieces = literalPieces(source, room).map((text) => ascii(BEFORE + text + AFTER));
  return { pieces: [ascii(START), ...pieces], code: ascii('exec(_t)'), cleanUp: ascii('del _t') };
}

/** The insides of bytes literals, each at most `room` characters long, that make up the bytes together. */
export function literalPieces(bytes: Uint8Array, room: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const byte of bytes) {
    const escaped = escapeByte(byte);
    if (piece.length + escaped.length > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += escaped;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

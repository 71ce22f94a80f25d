/** Defines UTF-8 in both directions: whole strings, and a stream of bytes that may be cut anywhere. */
import { binaryText } from './binary-text';

/** Raised by `decodeUtf8` for bytes that are not UTF-8. */
export class Utf8Error extends Error {
  override readonly name = 'Utf8Error';

  /** @param index where the first sequence begins that is not UTF-8 */
  constructor(readonly index: number) {
    super(`not UTF-8 at byte ${index}`);
  }
}

/**
 * The bytes of a string. Half of a surrogate pair without the other becomes a three-byte sequence of its own, as in
 * MicroPython, and `decodeUtf8` gives it back.
 */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    if (code < 0x800) {
      bytes[length++] = 0xc0 | (code >> 6);
    } else {
      const low = text.charCodeAt(index + 1);
      if ((code & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00) {
        code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        index++;
        bytes[length++] = 0xf0 | (code >> 18);
        bytes[length++] = 0x80 | ((code >> 12) & 0x3f);
      } else {
        bytes[length++] = 0xe0 | (code >> 12);
      }
      bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[length++] = 0x80 | (code & 0x3f);
  }
  return bytes.slice(0, length);
}

/** How many bytes `encodeUtf8` makes of a string. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

/**
 * The string of bytes that are UTF-8 and nothing else; otherwise raises `Utf8Error`.
 * Lone surrogates, as `encodeUtf8` writes them, are taken.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  if (isAscii(bytes)) return binaryText(bytes);
  const units = new UnitBuffer(bytes.length);
  for (let index = 0; index < bytes.length;) {
    const lead = bytes[index] ?? 0;
    const length = sequenceLength(lead);
    let code = length === 1 ? lead : lead & (0x7f >> length);
    for (let offset = 1; offset < length; offset++) {
      const next = bytes[index + offset] ?? 0;
      if ((next & 0xc0) !== 0x80) throw new Utf8Error(index);
      code = (code << 6) | (next & 0x3f);
    }
    if (length === 0 || code > 0x10ffff || code < (smallestCode[length] ?? 0)) throw new Utf8Error(index);
    units.push(code);
    index += length;
  }
  return units.toString();
}

/**
 * Decodes a stream in chunks that may be cut anywhere. What is not UTF-8 becomes U+FFFD, in the same number and places
 * as a browser's `TextDecoder` would put it; nothing raises.
 */
export class Utf8Decoder {
  /** The code point so far, and how many bytes of its sequence are still to come. */
  private code = 0;
  private missing = 0;
  /** What the next byte must lie between. Narrower than 0x80…0xbf only after some lead bytes. */
  private lowest = 0x80;
  private highest = 0xbf;

  decode(chunk: Uint8Array): string {
    const units = new UnitBuffer(chunk.length + 1);
    for (let index = 0; index < chunk.length;) {
      const byte = chunk[index] ?? 0;
      if (this.missing === 0) {
        index++;
        if (byte < 0x80) units.push(byte);
        else if (!this.begin(byte)) units.push(0xfffd);
      } else if (byte < this.lowest || byte > this.highest) {
        // The byte begins something new and is looked at again.
        this.missing = 0;
        units.push(0xfffd);
      } else {
        index++;
        this.lowest = 0x80;
        this.highest = 0xbf;
        this.code = (this.code << 6) | (byte & 0x3f);
        if (--this.missing === 0) units.push(this.code);
      }
    }
    return units.toString();
  }

  /** Ends the stream: U+FFFD when it broke off inside a sequence. The decoder is then as new. */
  flush(): string {
    const rest = this.missing > 0 ? '\ufffd' : '';
    this.missing = 0;
    return rest;
  }

  private begin(lead: number): boolean {
    const length = sequenceLength(lead);
    if (length < 2 || lead < 0xc2 || lead > 0xf4) return false;
    this.missing = length - 1;
    this.code = lead & (0x7f >> length);
    this.lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    this.highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    return true;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] as number) >= 0x80) return false;
  return true;
}

/** The smallest code point that needs a sequence of this length. */
const smallestCode = [0, 0, 0x80, 0x800, 0x10000];

/** The length of the sequence that a byte begins, 0 for a byte that begins none. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc0) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf8 ? 4 : 0;
}

/** Collects UTF-16 units. */
class UnitBuffer {
  private readonly units: Uint16Array;
  private length = 0;

  /** @param capacity the most units that will come */
  constructor(capacity: number) {
    this.units = new Uint16Array(capacity);
  }

  push(code: number): void {
    if (code > 0xffff) {
      this.units[this.length++] = 0xd800 + ((code - 0x10000) >> 10);
      this.units[this.length++] = 0xdc00 + (code & 0x3ff);
    } else {
      this.units[this.length++] = code;
    }
  }

  toString(): string {
    return binaryText(this.units.subarray(0, this.length));
  }
}

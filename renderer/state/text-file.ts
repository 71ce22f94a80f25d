// Defines how the bytes of a file become a text with its line ends, or the place where they are no text.

/** What a file's lines end with. A file of mixed ends keeps each `\r` as a character of its line. */
export type LineEnd = '\n' | '\r\n';

export type Decoded = { lines: string[]; lineEnd: LineEnd } | { byte: number; position: number };

/** Decodes strict UTF-8 without NUL; otherwise says which byte is none of it, and where. */
export function decodeText(bytes: Uint8Array): Decoded {
  const zero = bytes.indexOf(0);
  const wrong = firstBadByte(bytes);
  const position = zero === -1 ? wrong : wrong === -1 ? zero : Math.min(zero, wrong);
  if (position !== -1) return { byte: bytes[position] ?? 0, position };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const lineEnds = text.split('\r\n').length - 1;
  const feeds = text.split('\n').length - 1;
  const lineEnd: LineEnd = lineEnds > 0 && lineEnds === feeds ? '\r\n' : '\n';
  return { lines: text.split(lineEnd), lineEnd };
}

/** The position of the first byte that is no UTF-8, or −1. */
function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

/** How long the UTF-8 sequence at `at` is; 0 when there is none. Overlong forms and surrogates are none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let index = 1; index < length; index += 1) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0;
  return length;
}

/** Base64 (RFC 4648), as Python's binascii reads and writes it. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (let index = 0; index < ALPHABET.length; index++) VALUES[ALPHABET.charCodeAt(index)] = index;

/** Four characters for every three bytes, filled up with `=`, without line ends. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += ALPHABET.charAt(word >> 18) + ALPHABET.charAt((word >> 12) & 63);
    text += at + 1 < bytes.length ? ALPHABET.charAt((word >> 6) & 63) : '=';
    text += at + 2 < bytes.length ? ALPHABET.charAt(word & 63) : '=';
  }
  return text;
}

/** The bytes of one base64 text given as ASCII bytes, or undefined when it is none. */
export function decodeBase64(text: Uint8Array): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  let length = text.length;
  while (length > text.length - 2 && text[length - 1] === 0x3d) length--;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let word = 0;
  for (let at = 0, to = 0; at < length; at++) {
    const value = VALUES[text[at] as number] ?? -1;
    if (value < 0) return undefined;
    word = (word << 6) | value;
    if (at % 4 === 1) bytes[to++] = word >> 4;
    if (at % 4 === 2) bytes[to++] = word >> 2;
    if (at % 4 === 3) bytes[to++] = word;
  }
  return bytes;
}

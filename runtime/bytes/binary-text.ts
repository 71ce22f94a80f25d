/** Bytes as text in which every character is a byte (Latin-1), and back. */

/** How many characters are made by one call: far fewer arguments than any engine takes. */
const CHUNK = 4096;

/** The text of bytes, or of UTF-16 units. Applied, as an engine spreads an array of numbers by its iterator: ten times as long. */
export function binaryText(units: Uint8Array | Uint16Array): string {
  if (units.length <= CHUNK) return fromUnits(units);
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK) text += fromUnits(units.subarray(at, at + CHUNK));
  return text;
}

const fromUnits = (units: Uint8Array | Uint16Array): string =>
  String.fromCharCode.apply(null, units as unknown as number[]);

/** The bytes of binary text. */
export function textBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

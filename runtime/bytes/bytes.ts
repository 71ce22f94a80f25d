/** Finding, joining and comparing bytes. */

export const NO_BYTES = new Uint8Array(0);

/** The bytes of a text that is plain ASCII. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The first position at or after `from` where `wanted` stands, or -1. */
export function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array, from = 0): number {
  const first = wanted[0];
  if (first === undefined) return from;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return -1;
    if (startsAt(bytes, wanted, at)) return at;
  }
  return -1;
}

/** Whether `wanted` stands at `position`. */
export function startsAt(bytes: Uint8Array, wanted: Uint8Array, position: number): boolean {
  if (position < 0 || position + wanted.length > bytes.length) return false;
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[position + index] !== wanted[index]) return false;
  }
  return true;
}

/** Whether `bytes` ends with `wanted`. */
export function endsAt(bytes: Uint8Array, wanted: Uint8Array): boolean {
  return startsAt(bytes, wanted, bytes.length - wanted.length);
}

export function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && startsAt(left, right, 0);
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const only = parts[0];
  if (parts.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return joined;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

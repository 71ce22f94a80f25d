/**
 * Defines the WebSocket carrier's wire format: each message is one JSON text,
 * in which a Uint8Array is written as an object with the single key `$bytes` and a string of as many characters,
 * whose codes are the bytes. What boards say is mostly ASCII, so this is shorter than base64.
 */

import type { CallName, EventName, Reply } from './channels';

/** From the page. `id` is any number the page has not in use. */
export interface CallMessage {
  readonly call: CallName;
  readonly id: number;
  readonly args: readonly unknown[];
}

/** From the host. */
export type HostMessage =
  { readonly id: number; readonly reply: Reply } | { readonly event: EventName; readonly value: unknown };

/** The path of the socket; the token goes with it as the query `?token=`. */
export const SOCKET_PATH = '/socket';

export function encodeMessage(message: CallMessage | HostMessage): string {
  // Looked up again in its holder, since Node's Buffer has a toJSON that has run before.
  return JSON.stringify(message, function (this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    return original instanceof Uint8Array ? { $bytes: toCharacters(original) } : value;
  });
}

/** Throws a SyntaxError when the text is no JSON. What the message holds is not checked. */
export function decodeMessage(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    const encoded = encodedBytes(value);
    return encoded === null ? value : fromCharacters(encoded);
  });
}

function encodedBytes(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('$bytes' in value)) return null;
  return typeof value.$bytes === 'string' && Object.keys(value).length === 1 ? value.$bytes : null;
}

/** As many arguments as every engine takes in one call. */
const CHUNK = 8192;

function toCharacters(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    // Applied, as engines take ten times as long to spread an array of numbers.
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]);
  }
  return text;
}

function fromCharacters(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

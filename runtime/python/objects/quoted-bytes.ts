/** How bytes are shown. */

const ESCAPES: Record<number, string> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

/** Bytes in quotes, with all beyond printable ASCII escaped. */
export function quotedBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? 34 : 39;
  const mark = quote === 39 ? "'" : '"';
  let text = mark;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === quote) text += `\\${mark}`;
    else if (ESCAPES[byte] !== undefined) text += ESCAPES[byte];
    else if (byte >= 32 && byte < 127) text += String.fromCharCode(byte);
    else text += `\\x${byte < 16 ? '0' : ''}${byte.toString(16)}`;
  }
  return text + mark;
}

/** The text of a source file: UTF-8, or what its first lines say, as in `# -*- coding: latin-1 -*-`. */
import buffer from 'node:buffer';
import { Utf8Error, decodeUtf8 } from '../../runtime/bytes/utf8';

/** On the first line, or on the second below a comment or nothing. */
const DECLARATION = /^(?:[ \t\f]*(?:#.*)?\r?\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** One byte is one character, which is not what the web calls by these names. */
const LATIN_1 = /^(?:latin[-_]?1|iso[-_]?8859[-_]?1|l1|cp819)$/i;

/** Where the bytes are UTF-8 they are taken so, whatever is declared. Throws `Utf8Error` where nobody knows what they are. */
export function decodeSource(bytes: Uint8Array): string {
  // Most sources are ASCII, and our own decoder is slow before it is optimized. A Node before 18.15 cannot tell.
  if ('isAscii' in buffer && buffer.isAscii(bytes)) return asLatin1(bytes);
  try {
    return decodeUtf8(bytes);
  } catch (e) {
    if (!(e instanceof Utf8Error)) throw e;
    const name = DECLARATION.exec(asLatin1(bytes))?.[1];
    const text = name === undefined ? undefined : decodeAs(name, bytes);
    if (text === undefined) throw e;
    return text;
  }
}

const asLatin1 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1');

function decodeAs(name: string, bytes: Uint8Array): string | undefined {
  if (LATIN_1.test(name)) return asLatin1(bytes);
  try {
    return new TextDecoder(name.replaceAll('_', '-'), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

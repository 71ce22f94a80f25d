/** Python values as source text, and back: what `repr` prints for the plain types. */

import { decodeUtf8, encodeUtf8 } from '../bytes/utf8';

/** Raised for text that is no literal of the types below. */
export class LiteralError extends Error {
  override readonly name = 'LiteralError';

  constructor(text: string, position: number) {
    super(`Not a Python literal at position ${position}: ${text.slice(0, 80)}`);
  }
}

/**
 * Numbers are int or float (`1.0` and `1` are both 1), ints beyond 2^53 bigint; tuples and lists are arrays;
 * dicts are Maps; sets are Sets; bytes are Uint8Array.
 */
export type PythonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly PythonValue[]
  | ReadonlySet<PythonValue>
  | ReadonlyMap<PythonValue, PythonValue>;

const NAMED_ESCAPES: Readonly<Record<string, number>> = {
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
  n: 10,
  r: 13,
  t: 9,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
};

/** A bytes literal in plain ASCII without control characters: safe in raw mode, in raw paste and on one line. */
export function bytesLiteral(bytes: Uint8Array): string {
  let text = "b'";
  for (const byte of bytes) text += escapeByte(byte);
  return `${text}'`;
}

/** How one byte stands in a bytes literal between `'`. */
export function escapeByte(byte: number): string {
  if (byte === 0x5c) return '\\\\';
  if (byte === 0x27) return "\\'";
  if (byte === 0x0a) return '\\n';
  if (byte === 0x0d) return '\\r';
  if (byte === 0x09) return '\\t';
  if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, '0')}`;
  return String.fromCharCode(byte);
}

/** A str literal in plain ASCII without control characters. */
export function stringLiteral(text: string): string {
  let literal = "'";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x7f) literal += escapeByte(code);
    else if (code <= 0xff) literal += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code <= 0xffff) literal += `\\u${code.toString(16).padStart(4, '0')}`;
    else literal += `\\U${code.toString(16).padStart(8, '0')}`;
  }
  return `${literal}'`;
}

/** The value of one literal; nothing but blanks may stand around it. Rejects everything that would need evaluation. */
export function parseLiteral(text: string): PythonValue {
  const parser = new LiteralParser(text);
  const value = parser.parseValue();
  parser.expectEnd();
  return value;
}

class LiteralParser {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  parseValue(): PythonValue {
    this.#skipBlanks();
    const character = this.#text.charAt(this.#at);
    if (character === '(') return this.#parseItems(')');
    if (character === '[') return this.#parseItems(']');
    if (character === '{') return this.#parseBraces();
    if (character === "'" || character === '"') return this.#parseString(false);
    if (character === 'b') {
      this.#at++;
      return this.#parseString(true);
    }
    return this.#parseWord();
  }

  expectEnd(): void {
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#fail();
  }

  #fail(): never {
    throw new LiteralError(this.#text, this.#at);
  }

  #skipBlanks(): void {
    while (' \t\r\n'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at++;
  }

  #eat(character: string): boolean {
    this.#skipBlanks();
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#eat(character)) this.#fail();
  }

  #parseItems(close: string): PythonValue[] {
    this.#at++;
    const items: PythonValue[] = [];
    while (!this.#eat(close)) {
      items.push(this.parseValue());
      if (!this.#eat(',')) {
        this.#expect(close);
        break;
      }
    }
    return items;
  }

  #parseBraces(): PythonValue {
    this.#at++;
    const map = new Map<PythonValue, PythonValue>();
    const set = new Set<PythonValue>();
    while (!this.#eat('}')) {
      const key = this.parseValue();
      if (this.#eat(':')) map.set(key, this.parseValue());
      else set.add(key);
      if (!this.#eat(',')) {
        this.#expect('}');
        break;
      }
    }
    if (set.size > 0 && map.size > 0) this.#fail();
    return set.size > 0 ? set : map;
  }

  #parseWord(): PythonValue {
    const word = /^(?:set\(\)|[-+\w.]+)/.exec(this.#text.slice(this.#at))?.[0] ?? this.#fail();
    const value = wordValue(word);
    if (value === undefined) this.#fail();
    this.#at += word.length;
    return value;
  }

  #parseString(asBytes: boolean): string | Uint8Array {
    const quote = this.#text.charAt(this.#at++);
    if (quote !== "'" && quote !== '"') this.#fail();
    let text = '';
    const bytes: number[] = [];
    for (;;) {
      const character = this.#text.charAt(this.#at++);
      if (character === '' || character === '\n') this.#fail();
      if (character === quote) break;
      if (asBytes) bytes.push(character === '\\' ? this.#parseEscape() : character.charCodeAt(0));
      else text += character === '\\' ? String.fromCodePoint(this.#parseEscape()) : character;
    }
    return asBytes ? Uint8Array.from(bytes) : text;
  }

  #parseEscape(): number {
    const kind = this.#text.charAt(this.#at++);
    const named = NAMED_ESCAPES[kind];
    if (named !== undefined) return named;
    const length = { x: 2, u: 4, U: 8 }[kind];
    if (length !== undefined) return this.#parseDigits(/^[0-9a-fA-F]+$/, length, 16);
    if (kind >= '0' && kind <= '7') {
      this.#at--;
      const digits = /^[0-7]{1,3}/.exec(this.#text.slice(this.#at))?.[0] ?? '';
      return this.#parseDigits(/^/, digits.length, 8);
    }
    return this.#fail();
  }

  #parseDigits(allowed: RegExp, length: number, base: number): number {
    const digits = this.#text.slice(this.#at, this.#at + length);
    const code = parseInt(digits, base);
    if (digits.length < length || !allowed.test(digits) || code > 0x10ffff) this.#fail();
    this.#at += length;
    return code;
  }
}

function wordValue(word: string): PythonValue | undefined {
  if (word === 'None') return null;
  if (word === 'True') return true;
  if (word === 'False') return false;
  if (word === 'set()') return new Set();
  if (/^[-+]?\d+$/.test(word)) {
    const value = Number(word);
    return Number.isSafeInteger(value) ? value : BigInt(word);
  }
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(word)) return Number(word);
  if (/^[-+]?inf$/.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  if (word === 'nan') return NaN;
  return undefined;
}

/** Text of bytes that should be UTF-8; what is not becomes U+FFFD, and `exact` tells. */
export function readableText(bytes: Uint8Array): { text: string; exact: boolean } {
  try {
    return { text: decodeUtf8(bytes), exact: true };
  } catch {
    return {
      text: Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\ufffd')).join(''),
      exact: false,
    };
  }
}

/** The literal of a path: the bytes of the text, so that names the board cannot decode work the same way. */
export function pathLiteral(path: string | Uint8Array): string {
  return bytesLiteral(typeof path === 'string' ? encodeUtf8(path) : path);
}

/** What literals stand for: the digits of numbers and the escapes of strings. */

export interface NumberLiteral {
  kind: 'int' | 'float' | 'imaginary';
  value: number | bigint;
  /** Offset behind the literal. */
  end: number;
  /** The message to raise when the literal is used, or null when it is right. */
  error: string | null;
}

/** What `readNumber` takes to belong to a number: a letter, a digit, a point. */
function isNumberPart(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 46;
}

/**
 * Reads the number that begins at `start`.
 *
 * MicroPython takes all letters, digits, points and underscores that follow, and then sees whether they are a number.
 * CPython stops where the number stops, so that `1if x else y` is legal. The host grammar tries the first, then the
 * second.
 */
export function readNumber(source: string, start: number, end: number, strict: boolean): NumberLiteral {
  const literal = readGreedyNumber(source, start, end);
  if (literal.error === null || strict) return literal;
  return readLongestNumber(source, start, end) ?? literal;
}

function readGreedyNumber(source: string, start: number, end: number): NumberLiteral {
  const base = source.charCodeAt(start + 1) | 32;
  const hasBase = source.charCodeAt(start) === 48 && (base === 98 || base === 111 || base === 120);
  let isInt = source.charCodeAt(start) !== 46;
  let text = '';
  let pos = start;
  while (pos < end) {
    const c = source.charCodeAt(pos);
    if (!hasBase && (c | 32) === 101 && pos > start) {
      isInt = false;
      text += 'e';
      const sign = pos + 1 < end ? source.charCodeAt(++pos) : ++pos;
      if (sign === 43 || sign === 45) {
        text += source[pos++]!;
      }
    } else if (isNumberPart(c)) {
      if (c === 46 || (c | 32) === 106) isInt = false;
      text += source[pos++]!;
    } else if (c === 95) {
      pos++;
    } else {
      break;
    }
  }
  return isInt ? intLiteral(text, pos) : floatLiteral(text, pos);
}

const bases: Readonly<Record<string, { base: number; digits: RegExp }>> = {
  x: { base: 16, digits: /^[0-9a-f]+$/ },
  o: { base: 8, digits: /^[0-7]+$/ },
  b: { base: 2, digits: /^[01]+$/ },
};

function intLiteral(text: string, end: number): NumberLiteral {
  const lower = text.toLowerCase();
  const prefixed = lower.length > 1 && lower[0] === '0' ? bases[lower[1]!] : undefined;
  let base = 10;
  let digits = text;
  let isRight: boolean;
  if (prefixed !== undefined) {
    base = prefixed.base;
    digits = text.slice(2);
    isRight = prefixed.digits.test(lower.slice(2));
  } else if (text.length > 1 && text[0] === '0') {
    base = 0;
    isRight = /^0+$/.test(text);
  } else {
    isRight = /^[0-9]+$/.test(text);
  }
  if (!isRight) {
    return { kind: 'int', value: 0, end, error: `invalid syntax for integer with base ${base}: '${digits}'` };
  }
  const value = Number(lower);
  return { kind: 'int', value: Number.isSafeInteger(value) ? value : BigInt(lower), end, error: null };
}

function floatLiteral(text: string, end: number): NumberLiteral {
  const isImaginary = /[jJ]$/.test(text);
  // MicroPython takes an exponent without digits where an imaginary unit follows.
  const digits = isImaginary ? text.slice(0, -1).replace(/e[+-]?$/, '') : text;
  if (!/^[0-9]*\.?[0-9]*(?:e[+-]?[0-9]+)?$/.test(digits)) {
    return { kind: 'float', value: 0, end, error: 'invalid syntax for number' };
  }
  return { kind: isImaginary ? 'imaginary' : 'float', value: Number(digits), end, error: null };
}

const longestNumber =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?[jJ]?/y;

/** What CPython lets follow a number at once: a word that is an operator, or an attribute. */
const numberFollower = /(?:and|else|for|if|in|is|not|or)(?![A-Za-z0-9_])|\.[A-Za-z_]/y;

/** The longest number as CPython reads it, if it may be followed by what follows. */
function readLongestNumber(source: string, start: number, end: number): NumberLiteral | null {
  longestNumber.lastIndex = start;
  const match = longestNumber.exec(source);
  if (match === null || start + match[0].length > end) return null;
  numberFollower.lastIndex = start + match[0].length;
  if (!numberFollower.test(source)) return null;
  const literal = readGreedyNumber(source, start, start + match[0].length);
  return literal.error === null ? literal : null;
}

/** Resolves the name in `\N{name}` to its character; null when it knows no such name. */
export type UnicodeNames = (name: string) => string | null;

/**
 * Why a string literal cannot be used. A `bad` escape makes its token unusable (an "invalid syntax"); a `named` one is
 * `\N{…}` where nobody can resolve the name.
 */
export type EscapeFault = 'bad' | 'named';

const simpleEscapes: Readonly<Record<string, number>> = {
  '\\': 92,
  "'": 39,
  '"': 34,
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
};

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Takes a string literal's content apart into characters, escapes resolved. The reader is shared by str and bytes; what
 * it finds is in `code` after each `next()`: a code point, or -1 behind the last one.
 */
class EscapeReader {
  code = -1;
  /** Whether `code` came from an escape. */
  isEscaped = false;
  fault: EscapeFault | null = null;
  /** Characters that a named escape stands for, beyond the first. */
  private pending = '';

  constructor(
    private readonly source: string,
    private pos: number,
    private readonly end: number,
    private readonly isRaw: boolean,
    private readonly isBytes: boolean,
    private readonly strict: boolean,
    private readonly unicodeName: UnicodeNames | null,
  ) {}

  next(): boolean {
    if (this.pending !== '') {
      this.code = this.pending.codePointAt(0)!;
      this.pending = this.pending.slice(this.code > 0xffff ? 2 : 1);
      return true;
    }
    while (this.pos < this.end) {
      const c = this.source.charCodeAt(this.pos);
      this.isEscaped = false;
      if (c === 92 && !this.isRaw && this.pos + 1 < this.end) {
        this.pos++;
        this.isEscaped = true;
        if (this.readEscape()) return this.fault === null;
      } else if (c === 13) {
        this.pos += this.source.charCodeAt(this.pos + 1) === 10 ? 2 : 1;
        this.code = 10;
        return true;
      } else {
        this.code = this.source.codePointAt(this.pos)!;
        this.pos += this.code > 0xffff ? 2 : 1;
        return true;
      }
    }
    return false;
  }

  /** Resolves the escape whose letter is at `pos`; false when it stands for nothing: a joined line. */
  private readEscape(): boolean {
    const letter = this.source[this.pos]!;
    const simple = simpleEscapes[letter];
    if (simple !== undefined) {
      this.code = simple;
      this.pos++;
    } else if (letter === '\n' || letter === '\r') {
      this.pos += letter === '\r' && this.source[this.pos + 1] === '\n' ? 2 : 1;
      return false;
    } else if (letter === 'x' || (!this.isBytes && (letter === 'u' || letter === 'U'))) {
      this.readHex(hexLengths[letter]!);
    } else if (letter >= '0' && letter <= '7') {
      this.readOctal();
    } else if (letter === 'N' && (this.strict || !this.isBytes)) {
      this.readNamed();
    } else {
      // An unknown escape stands for itself, backslash included; its letter is read next.
      this.code = 92;
    }
    return true;
  }

  private readHex(length: number): void {
    const digits = this.source.slice(this.pos + 1, Math.min(this.pos + 1 + length, this.end));
    this.pos += 1 + length;
    this.code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? parseInt(digits, 16) : -1;
    if (this.code < 0 || this.code >= 0x110000) this.fault = 'bad';
  }

  private readOctal(): void {
    let code = 0;
    for (let n = 0; n < 3 && this.pos < this.end; n++) {
      const digit = this.source.charCodeAt(this.pos) - 48;
      if (digit < 0 || digit > 7) break;
      code = code * 8 + digit;
      this.pos++;
    }
    this.code = code;
    if (this.isBytes && code > 255) {
      this.code = code & 255;
      if (this.strict) this.fault = 'bad';
    }
  }

  private readNamed(): void {
    const close = this.source.indexOf('}', this.pos);
    const isName = this.source[this.pos + 1] === '{' && close > 0 && close < this.end;
    if (this.strict) {
      this.fault = 'named';
      return;
    }
    if (!isName) {
      this.fault = 'bad';
      return;
    }
    const text = this.unicodeName?.(this.source.slice(this.pos + 2, close)) ?? null;
    if (text === null || text === '') {
      this.fault = 'named';
      return;
    }
    this.pos = close + 1;
    this.code = text.codePointAt(0)!;
    this.pending = text.slice(this.code > 0xffff ? 2 : 1);
  }
}

export interface LiteralOptions {
  isRaw: boolean;
  strict: boolean;
  unicodeName: UnicodeNames | null;
}

/** The text that the content of a str literal stands for, or what is wrong with it. */
export function decodeString(
  source: string,
  start: number,
  end: number,
  options: LiteralOptions,
): { text: string } | EscapeFault {
  const reader = new EscapeReader(source, start, end, options.isRaw, false, options.strict, options.unicodeName);
  let text = '';
  while (reader.next()) {
    text += String.fromCodePoint(reader.code);
  }
  return reader.fault ?? { text };
}

/** Appends to `bytes` what the content of a bytes literal stands for; returns what is wrong with it, or null. */
export function decodeBytes(
  source: string,
  start: number,
  end: number,
  options: LiteralOptions,
  bytes: number[],
): EscapeFault | null {
  const reader = new EscapeReader(source, start, end, options.isRaw, true, options.strict, options.unicodeName);
  while (reader.next()) {
    if (reader.isEscaped) {
      bytes.push(reader.code);
    } else {
      appendUtf8(bytes, reader.code);
    }
  }
  return reader.fault;
}

/** A character beyond ASCII in a bytes literal stands for the bytes of its UTF-8 form, as in MicroPython. */
function appendUtf8(bytes: number[], code: number): void {
  if (code < 0x80) {
    bytes.push(code);
  } else if (code < 0x800) {
    bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
  } else if (code < 0x10000) {
    bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  } else {
    bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
}

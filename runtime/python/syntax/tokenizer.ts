/**
 * Text to tokens: the base class of the parser, which asks for one token at a time with `next()`.
 *
 * A token is not an object. It is the state of the tokenizer: `type`, `start`, `line`, `column` and, for names and
 * literals, a value. Layout follows MicroPython's lexer: a newline outside brackets looks ahead to the next line that
 * has something on it, compares its indentation with the open blocks, and leaves INDENTs or DEDENTs to be handed out
 * after the NEWLINE. When the indentation matches no open block, the NEWLINE itself turns into a mismatch, so the error
 * is found on the line before.
 */
import { utf8Length } from '../../bytes/utf8';
import { readNumber } from './literal';
import { PySyntaxError } from './syntax-error';
import { keywords, tt, type TokenType } from './token';

/** What a string literal's prefix and quotes say, as bits. */
export const StringFlag = { raw: 1, bytes: 2, format: 4, template: 8, triple: 16 } as const;

/** The longest name that MicroPython holds, in bytes of UTF-8. */
const LONGEST_NAME = 255;

/** Values of `contentEnd` for strings that lack their closing quotes. */
const unfinished = -1;
const unfinishedTriple = -2;

const NAME = 1;
const DIGIT = 2;

/** What an ASCII character may be part of. All characters beyond ASCII may be part of a name, as in MicroPython. */
const characterKinds = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const isLetter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
  const isDigit = c >= 48 && c <= 57;
  characterKinds[c] = (isLetter ? NAME : 0) | (isDigit ? DIGIT : 0);
}

function isNamePart(c: number): boolean {
  return c >= 128 || (characterKinds[c]! & (NAME | DIGIT)) !== 0;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** All that changes while tokens are read, for looking ahead and coming back. */
export interface TokenizerState {
  pos: number;
  end: number;
  lineNumber: number;
  lineStart: number;
  nesting: number;
  indents: number[];
  pendingDents: number;
  type: TokenType;
  start: number;
  line: number;
  column: number;
  value: string;
  number: number | bigint;
  numberError: string | null;
  flags: number;
  contentStart: number;
  contentEnd: number;
  isPlain: boolean;
}

export class Tokenizer {
  // ---- the current token

  type: TokenType = tt.end;
  /** Offset of its first character. */
  start = 0;
  /** Line of its first character, from 1. */
  line = 1;
  /** Column of its first character, from 1. */
  column = 1;
  /** A name's text. */
  protected value = '';
  /** A number's value; an imaginary one's without the `j`. */
  protected number: number | bigint = 0;
  /** Why a number cannot be used: the message of the error to raise where it is. */
  protected numberError: string | null = null;
  /** A string's prefix and quotes: bits of `StringFlag`. */
  protected flags = 0;
  /** Where a string's content begins and ends. */
  protected contentStart = 0;
  protected contentEnd = 0;
  /** Whether a string's content stands for itself: no backslash, no carriage return. */
  protected isPlain = true;

  // ---- the place where reading goes on

  protected pos = 0;
  protected end: number;
  protected lineNumber = 1;
  protected lineStart = 0;
  /** How many brackets are open; inside any, newlines are spaces. */
  protected nesting = 0;
  private indents: number[] = [0];
  /** INDENTs (positive) or DEDENTs (negative) still to be handed out. */
  private pendingDents = 0;
  /** Whether a comment, or a backslash, reaches to the end of the text. */
  protected hidesEnd = false;

  constructor(
    protected readonly source: string,
    protected readonly strict: boolean,
  ) {
    this.end = source.length;
    if (!strict && source.charCodeAt(0) === 0xfeff) {
      this.pos = this.lineStart = 1;
    }
  }

  /** Reads the first token, which must stand in the first column. */
  protected begin(): void {
    while (!this.strict && this.source.charCodeAt(this.pos) === 12) {
      this.lineStart = ++this.pos;
    }
    this.next();
    if (this.type !== tt.newline && this.type !== tt.end && this.column !== 1) {
      this.type = tt.indent;
    }
  }

  protected saveState(): TokenizerState {
    return {
      pos: this.pos,
      end: this.end,
      lineNumber: this.lineNumber,
      lineStart: this.lineStart,
      nesting: this.nesting,
      indents: this.indents.slice(),
      pendingDents: this.pendingDents,
      type: this.type,
      start: this.start,
      line: this.line,
      column: this.column,
      value: this.value,
      number: this.number,
      numberError: this.numberError,
      flags: this.flags,
      contentStart: this.contentStart,
      contentEnd: this.contentEnd,
      isPlain: this.isPlain,
    };
  }

  protected restoreState(state: TokenizerState): void {
    Object.assign(this, state, { indents: state.indents.slice() });
  }

  /** Reads the next token. */
  next(): void {
    const source = this.source;
    const end = this.end;
    let pos = this.pos;
    let c: number;
    for (;;) {
      if (pos >= end) {
        c = -1;
        break;
      }
      c = source.charCodeAt(pos);
      if (c === 32 || c === 9) {
        pos++;
      } else if (c > 92) {
        break;
      } else if (c === 10 || c === 13) {
        if (this.nesting === 0) break;
        pos = this.crossLine(pos);
      } else if (c === 35) {
        pos = this.skipComment(pos);
      } else if (c === 92 && this.isLineJoin(pos)) {
        pos = this.crossLine(pos + 1);
      } else if (c === 11 || c === 12) {
        pos++;
      } else {
        break;
      }
    }
    this.pos = pos;
    this.start = pos;
    this.line = this.lineNumber;
    this.column = pos - this.lineStart + 1;

    if (this.pendingDents !== 0) {
      this.readDent();
    } else if (c === -1) {
      this.readEnd();
    } else if (c >= 128 || (characterKinds[c]! & NAME) !== 0) {
      this.readName(c);
    } else if (c === 10 || c === 13) {
      this.readNewline();
    } else if (isDigit(c)) {
      this.readNumber(c);
    } else {
      this.readPunctuation(c);
    }
  }

  // ---- layout

  /** Whether the backslash at `pos` joins its line to the next. */
  private isLineJoin(pos: number): boolean {
    const c = this.source.charCodeAt(pos + 1);
    if (pos + 1 >= this.end) return (this.hidesEnd = true);
    return c === 10 || c === 13;
  }

  /** Steps over the line end at `pos`: LF, CR or CR LF. At the end of the text a line end is imagined. */
  protected crossLine(pos: number): number {
    const c = this.source.charCodeAt(pos);
    pos += c === 13 && this.source.charCodeAt(pos + 1) === 10 ? 2 : 1;
    if (pos > this.end) pos = this.end;
    this.lineNumber++;
    this.lineStart = pos;
    return pos;
  }

  private skipComment(pos: number): number {
    const source = this.source;
    const end = this.end;
    while (pos < end) {
      const c = source.charCodeAt(pos);
      if (c === 10 || c === 13) return pos;
      pos++;
    }
    this.hidesEnd = true;
    return pos;
  }

  private readDent(): void {
    if (this.pendingDents > 0) {
      this.pendingDents--;
      this.type = tt.indent;
    } else {
      this.pendingDents++;
      this.type = tt.dedent;
    }
  }

  /** The end of the text; a last line without a line end gets one first, which inside brackets is a space. */
  private readEnd(): void {
    const isLineOpen = this.pos !== this.lineStart && this.end === this.source.length;
    if (isLineOpen && this.nesting === 0) {
      this.readNewline();
      return;
    }
    if (isLineOpen) {
      this.crossLine(this.pos);
      this.line = this.lineNumber;
      this.column = 1;
    }
    this.type = tt.end;
  }

  private readNewline(): void {
    this.type = tt.newline;
    const indent = this.skipToNextStatement();
    const indents = this.indents;
    let top = indents[indents.length - 1]!;
    if (indent > top) {
      indents.push(indent);
      this.pendingDents = 1;
      return;
    }
    while (indent < top) {
      indents.pop();
      this.pendingDents--;
      top = indents[indents.length - 1]!;
    }
    if (indent !== top) {
      this.type = tt.dedentMismatch;
    }
  }

  /** Steps over blank lines and comments to the next token; returns its indentation, counted as MicroPython does. */
  private skipToNextStatement(): number {
    const source = this.source;
    const end = this.end;
    let pos = this.pos;
    let indent = 0;
    let joined = -1;
    for (;;) {
      if (pos >= end) {
        if (pos !== this.lineStart) this.crossLine(pos);
        indent = 0;
        break;
      }
      const c = source.charCodeAt(pos);
      if (c === 32) {
        indent++;
        pos++;
      } else if (c === 10 || c === 13) {
        pos = this.crossLine(pos);
        indent = 0;
        joined = -1;
      } else if (c === 9) {
        indent = (indent & ~7) + 8;
        pos++;
      } else if (c === 35) {
        pos = this.skipComment(pos);
      } else if (c === 92 && this.isLineJoin(pos)) {
        // CPython takes the indentation of the first of the joined lines, MicroPython of the last.
        if (!this.strict && joined < 0) joined = indent;
        pos = this.crossLine(pos + 1);
        indent = 0;
      } else if (c === 11 || c === 12) {
        // A form feed begins the line anew for CPython.
        indent = c === 12 && !this.strict ? 0 : indent + 1;
        pos++;
      } else {
        break;
      }
    }
    this.pos = pos;
    return joined >= 0 ? joined : indent;
  }

  // ---- words and numbers

  private readName(first: number): void {
    const source = this.source;
    const end = this.end;
    const start = this.pos;
    let pos = start + 1;
    let bits = first;
    while (pos < end) {
      const c = source.charCodeAt(pos);
      if (c < 128 && (characterKinds[c]! & (NAME | DIGIT)) === 0) break;
      bits |= c;
      pos++;
    }
    const length = pos - start;
    if (length <= 2 && pos < end) {
      const c = source.charCodeAt(pos);
      if ((c === 34 || c === 39) && this.readPrefix(start, length)) {
        this.readString(pos, c);
        return;
      }
    }
    this.pos = pos;
    const text = source.slice(start, pos);
    if (length * 3 > LONGEST_NAME && this.strict && utf8Length(text) > LONGEST_NAME) {
      throw new PySyntaxError('RuntimeError', 'name too long', this.lineNumber, start - this.lineStart + 1);
    }
    // Names that are written differently may be one in CPython, as with a ligature.
    this.value = bits < 128 || this.strict ? text : text.normalize('NFKC');
    if (length >= 2 && length <= 9 && (first >= 97 || first === 70 || first === 78 || first === 84 || first === 95)) {
      const keyword = keywords.get(text);
      if (keyword !== undefined) {
        this.type = keyword;
        return;
      }
    }
    this.type = tt.name;
  }

  /** Whether the word at `start` is a string's prefix; if so, `flags` says which. MicroPython knows small letters only. */
  private readPrefix(start: number, length: number): boolean {
    let prefix = this.source.slice(start, start + length);
    if (!this.strict) prefix = prefix.toLowerCase();
    const flags = prefixes.get(prefix);
    if (flags === undefined) return false;
    this.flags = flags;
    return true;
  }

  private readNumber(first: number): void {
    const source = this.source;
    this.numberError = null;
    let pos = this.pos + 1;
    let value = first - 48;
    let c = source.charCodeAt(pos);
    while (isDigit(c)) {
      value = value * 10 + c - 48;
      c = source.charCodeAt(++pos);
    }
    const isWhole = first !== 46 && !(isNamePart(c) && c < 128) && c !== 46;
    if (isWhole && pos - this.pos <= 15 && (first !== 48 || pos - this.pos === 1) && pos <= this.end) {
      this.type = tt.int;
      this.number = value;
      this.pos = pos;
      return;
    }
    const literal = readNumber(source, this.pos, this.end, this.strict);
    this.type = tt[literal.kind];
    this.number = literal.value;
    this.numberError = literal.error;
    this.pos = literal.end;
  }

  // ---- strings

  /**
   * Reads a string literal whose opening quote is at `pos`. An f-string or t-string is only begun: what follows the
   * quote is for the parser to read, since its fields are expressions.
   */
  private readString(pos: number, quote: number): void {
    const source = this.source;
    if (source.charCodeAt(pos + 1) === quote && source.charCodeAt(pos + 2) === quote) {
      this.flags |= StringFlag.triple;
      pos += 3;
    } else {
      pos += 1;
    }
    this.contentStart = pos;
    if ((this.flags & (StringFlag.format | StringFlag.template)) !== 0) {
      this.type = tt.formatString;
      this.pos = pos;
      return;
    }
    const isTriple = (this.flags & StringFlag.triple) !== 0;
    const end = this.end;
    this.isPlain = true;
    while (pos < end) {
      const c = source.charCodeAt(pos);
      if (c === quote) {
        if (!isTriple) {
          this.finishString(pos, pos + 1);
          return;
        }
        if (source.charCodeAt(pos + 1) === quote && source.charCodeAt(pos + 2) === quote) {
          this.finishString(pos, pos + 3);
          return;
        }
        pos++;
      } else if (c === 92) {
        this.isPlain = false;
        pos++;
        const escaped = source.charCodeAt(pos);
        if (escaped === 10 || escaped === 13) {
          pos = this.crossLine(pos);
        } else {
          pos++;
        }
      } else if (c === 10 || c === 13) {
        if (!isTriple) break;
        if (c === 13) this.isPlain = false;
        pos = this.crossLine(pos);
      } else {
        pos++;
      }
    }
    this.type = tt.invalid;
    this.pos = Math.min(pos, end);
    this.contentEnd = isTriple ? unfinishedTriple : unfinished;
  }

  private finishString(contentEnd: number, pos: number): void {
    this.contentEnd = contentEnd;
    this.type = tt.string;
    this.pos = pos;
    if (pos > this.end) {
      this.type = tt.invalid;
      this.pos = this.end;
    }
  }

  /** Whether the current token is a string in three quotes that the text ends in the middle of. */
  protected isUnfinishedTriple(): boolean {
    return this.type === tt.invalid && this.contentEnd === unfinishedTriple;
  }

  /** Whether the current token is a string whose closing quotes are missing. */
  protected isUnfinishedString(): boolean {
    return this.type === tt.invalid && this.contentEnd < 0;
  }

  // ---- punctuation

  private finish(type: TokenType, length: number): void {
    this.type = type;
    this.pos += length;
  }

  private readPunctuation(c: number): void {
    const source = this.source;
    const second = this.pos + 1 < this.end ? source.charCodeAt(this.pos + 1) : 0;
    switch (c) {
      case 40:
        this.nesting++;
        return this.finish(tt.parenOpen, 1);
      case 41:
        this.nesting--;
        return this.finish(tt.parenClose, 1);
      case 91:
        this.nesting++;
        return this.finish(tt.bracketOpen, 1);
      case 93:
        this.nesting--;
        return this.finish(tt.bracketClose, 1);
      case 123:
        this.nesting++;
        return this.finish(tt.braceOpen, 1);
      case 125:
        this.nesting--;
        return this.finish(tt.braceClose, 1);
      case 44:
        return this.finish(tt.comma, 1);
      case 59:
        return this.finish(tt.semicolon, 1);
      case 126:
        return this.finish(tt.tilde, 1);
      case 34:
      case 39:
        this.flags = 0;
        return this.readString(this.pos, c);
      case 46:
        if (isDigit(second)) return this.readNumber(c);
        if (second === 46 && source.charCodeAt(this.pos + 2) === 46) return this.finish(tt.ellipsis, 3);
        return this.finish(tt.period, 1);
      case 58:
        return second === 61 ? this.finish(tt.walrus, 2) : this.finish(tt.colon, 1);
      case 61:
        return second === 61 ? this.finish(tt.equal, 2) : this.finish(tt.assign, 1);
      case 33:
        return second === 61 ? this.finish(tt.notEqual, 2) : this.finish(tt.bang, 1);
      case 45:
        if (second === 62) return this.finish(tt.arrow, 2);
        return second === 61 ? this.finish(tt.minusAssign, 2) : this.finish(tt.minus, 1);
      case 43:
        return second === 61 ? this.finish(tt.plusAssign, 2) : this.finish(tt.plus, 1);
      case 38:
        return second === 61 ? this.finish(tt.ampersandAssign, 2) : this.finish(tt.ampersand, 1);
      case 124:
        return second === 61 ? this.finish(tt.pipeAssign, 2) : this.finish(tt.pipe, 1);
      case 94:
        return second === 61 ? this.finish(tt.caretAssign, 2) : this.finish(tt.caret, 1);
      case 37:
        return second === 61 ? this.finish(tt.percentAssign, 2) : this.finish(tt.percent, 1);
      case 64:
        return second === 61 ? this.finish(tt.atAssign, 2) : this.finish(tt.at, 1);
      case 42:
      case 47:
      case 60:
      case 62:
        return this.readDoubling(doublings.get(c)!, c, second);
      default:
        this.contentEnd = 0;
        return this.finish(tt.invalid, 1);
    }
  }

  /** An operator that may be doubled, and may assign in both forms: `*`, `*=`, `**`, `**=`. */
  private readDoubling(types: readonly TokenType[], c: number, second: number): void {
    if (second === c) {
      const isAssign = this.source.charCodeAt(this.pos + 2) === 61;
      this.finish(isAssign ? types[3]! : types[2]!, isAssign ? 3 : 2);
    } else {
      this.finish(second === 61 ? types[1]! : types[0]!, second === 61 ? 2 : 1);
    }
  }
}

const doublings: ReadonlyMap<number, readonly TokenType[]> = new Map([
  [42, [tt.star, tt.starAssign, tt.power, tt.powerAssign]],
  [47, [tt.slash, tt.slashAssign, tt.doubleSlash, tt.doubleSlashAssign]],
  [60, [tt.less, tt.lessEqual, tt.leftShift, tt.leftShiftAssign]],
  [62, [tt.greater, tt.greaterEqual, tt.rightShift, tt.rightShiftAssign]],
]);

/** String prefixes in small letters. */
const prefixes: ReadonlyMap<string, number> = new Map([
  ['u', 0],
  ['r', StringFlag.raw],
  ['b', StringFlag.bytes],
  ['br', StringFlag.bytes | StringFlag.raw],
  ['rb', StringFlag.bytes | StringFlag.raw],
  ['f', StringFlag.format],
  ['fr', StringFlag.format | StringFlag.raw],
  ['rf', StringFlag.format | StringFlag.raw],
  ['t', StringFlag.template],
  ['tr', StringFlag.template | StringFlag.raw],
  ['rt', StringFlag.template | StringFlag.raw],
]);

/**
 * Compiles a regular expression to a program for `execute`.
 *
 * The instructions, their sizes and their one-byte operands are those of MicroPython's engine, so that what is too
 * complex for it is too complex here. Texts are "binary texts": strings whose units are bytes of UTF-8.
 */
import { valueError } from '../../objects/raise';

export const Op = {
  /** Operand: the byte. */
  char: 1,
  any: 2,
  /** Operands: the number of pairs, then lowest and highest byte of each. */
  class: 3,
  classNot: 4,
  /** Operand: the letter. */
  namedClass: 5,
  bol: 6,
  eol: 7,
  /** Operand: how far to jump. */
  jump: 8,
  /** Goes on behind it; if that fails, jumps. */
  split: 9,
  /** Jumps; if that fails, goes on behind it. */
  reverseSplit: 10,
  /** Operand: the number of the position to note. */
  save: 11,
  match: 12,
} as const;

/** In place of a pair's lowest byte: the pair is a named class, its letter the second. */
export const NAMED = 0;

export interface Program {
  readonly code: readonly number[];
  /** Groups in brackets, the whole match not counted. */
  readonly groups: number;
}

const isNamedClass = (c: string): boolean => 'dDsSwW'.includes(c) && c !== '';
const fits = (x: number): boolean => x >= -128 && x <= 127;

class Compiler {
  readonly code: number[] = [];
  groups = 0;
  at = 0;

  constructor(readonly text: string) {}

  private peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  private tooComplex(): never {
    throw valueError('regex too complex');
  }

  private checked(operand: number): number {
    return fits(operand) ? operand : this.tooComplex();
  }

  /** Makes room for a jump at `at`; gives its place. */
  private insert(at: number): void {
    this.code.splice(at, 0, 0, 0);
  }

  private setJump(at: number, op: number, to: number): void {
    this.code[at] = op;
    this.code[at + 1] = this.checked(to - at - 2);
  }

  /** Compiles up to the end or to a closing bracket. */
  alternatives(): void {
    const { code } = this;
    const start = code.length;
    let term = start;
    let pendingJump = -1;
    const endAlternative = (): void => {
      if (pendingJump >= 0) code[pendingJump] = this.checked(code.length - pendingJump - 1);
    };
    for (let c = this.peek(); c !== '' && c !== ')'; this.at++, c = this.peek()) {
      switch (c) {
        case '?':
        case '*':
        case '+':
          if (code.length === term) this.tooComplex();
          this.repeat(c, term);
          term = code.length;
          break;
        case '|':
          endAlternative();
          this.insert(start);
          code.push(Op.jump, 0);
          pendingJump = code.length - 1;
          this.setJump(start, Op.split, code.length);
          term = code.length;
          break;
        case '^':
          code.push(Op.bol);
          term = code.length;
          break;
        case '$':
          code.push(Op.eol);
          term = code.length;
          break;
        default:
          term = code.length;
          this.atom(c);
      }
    }
    endAlternative();
  }

  /** A repetition of what begins at `term`; a `?` behind it makes it reluctant. */
  private repeat(c: string, term: number): void {
    const { code } = this;
    const reluctant = this.peek(1) === '?';
    if (reluctant) this.at++;
    if (c === '+') {
      code.push(0, 0);
      this.setJump(code.length - 2, reluctant ? Op.split : Op.reverseSplit, term);
      return;
    }
    this.insert(term);
    if (c === '*') {
      code.push(0, 0);
      this.setJump(code.length - 2, Op.jump, term);
    }
    this.setJump(term, reluctant ? Op.reverseSplit : Op.split, code.length);
  }

  private atom(c: string): void {
    const { code } = this;
    if (c === '.') code.push(Op.any);
    else if (c === '[') this.characterClass();
    else if (c === '(') this.group();
    else if (c === '\\') {
      this.at++;
      const escaped = this.peek();
      if (escaped === '') this.tooComplex();
      code.push(isNamedClass(escaped) ? Op.namedClass : Op.char, escaped.charCodeAt(0));
    } else code.push(Op.char, c.charCodeAt(0));
  }

  private group(): void {
    const { code } = this;
    const captures = this.peek(1) !== '?' || this.peek(2) !== ':';
    const number = captures ? ++this.groups : 0;
    if (captures) code.push(Op.save, this.checked(2 * number));
    else this.at += 2;
    this.at++;
    this.alternatives();
    if (this.peek() !== ')') this.tooComplex();
    if (captures) code.push(Op.save, this.checked(2 * number + 1));
  }

  private characterClass(): void {
    const { code } = this;
    this.at++;
    const negated = this.peek() === '^';
    if (negated) this.at++;
    code.push(negated ? Op.classNot : Op.class, 0);
    const countAt = code.length - 1;
    let count = 0;
    for (; this.peek() !== ']'; this.at++, count++) {
      let c = this.peek();
      if (c === '\\') {
        this.at++;
        c = this.peek();
        if (isNamedClass(c)) {
          code.push(NAMED, c.charCodeAt(0));
          continue;
        }
      }
      if (c === '') this.tooComplex();
      if (this.peek(1) === '-' && this.peek(2) !== ']') this.at += 2;
      code.push(c.charCodeAt(0), this.peek() === '' ? 0 : this.peek().charCodeAt(0));
    }
    code[countAt] = this.checked(count);
  }
}

/** Compiles a pattern; raises ValueError. */
export function compileProgram(pattern: string): Program {
  const nul = pattern.indexOf('\0');
  const compiler = new Compiler(nul < 0 ? pattern : pattern.slice(0, nul));
  compiler.alternatives();
  if (compiler.at < compiler.text.length) throw valueError('error in regex');
  compiler.code.push(Op.save, 1, Op.match);
  return { code: compiler.code, groups: compiler.groups };
}

/**
 * Writes the bytecode of one scope.
 *
 * A scope is written several times over, as in MicroPython: first to learn its names, then how deep its stack grows,
 * then how far its jumps go, and then until it no longer shrinks, for a jump that has become short may make others so.
 */
import { raise } from '../objects/raise';
import type { NameScope } from './name-scope';
import { multiple, Op } from './opcodes';

/** The rounds in which a scope is written. */
export type Pass = 'scope' | 'stack' | 'size' | 'emit';

/** How many places on the stack an iterator takes. */
export const ITERATOR_SLOTS = 4;

/** Added to a label: leaving the loop drops an iterator. */
export const FROM_FOR = 0x8000;

/** The function's code when it is done. */
export interface CodeBytes {
  readonly bytes: Uint8Array;
  /** How many of them come before the first opcode. */
  readonly infoSize: number;
}

export class CodeWriter {
  pass: Pass = 'scope';
  private scope!: NameScope;
  private info: number[] = [];
  private code: number[] = [];
  /** Nothing can run here: behind a `return` up to the next label. */
  private isDead = false;
  private depth = 0;
  private line = 1;
  private lineOffset = 0;
  private hasOverflow = false;
  private readonly labels: number[] = [];
  // Of the pass before.
  private lineInfoSize = 0;
  private cells = 0;
  private infoSize = 0;
  private codeSize = 0;

  constructor(
    /** Gives the index of a name in the module's table. */
    private readonly nameIndex: (name: string) => number,
    /** Whether the places of lines are kept. */
    private readonly keepsLines: () => boolean,
  ) {}

  // ---- passes

  start(pass: Pass, scope: NameScope): void {
    this.pass = pass;
    this.scope = scope;
    this.info = [];
    this.code = [];
    this.isDead = false;
    this.depth = 0;
    this.line = 1;
    this.lineOffset = 0;
    this.hasOverflow = false;
    if (pass === 'scope') scope.stackSize = scope.handlerDepth = 0;
    this.signature();
    if (pass === 'size' || pass === 'emit') this.sizes();
    this.lineInfoSize = this.info.length;
    this.unsigned(this.info, this.nameIndex(scope.name));
    for (let i = 0; i < scope.positional + scope.keywordOnly; i++) {
      this.unsigned(this.info, this.nameIndex(scope.parameterIn(i)));
    }
  }

  /** Ends the pass; the code, or null when another pass is needed. Raises RuntimeError where a jump is too long. */
  end(): CodeBytes | null {
    if (this.pass === 'scope') return null;
    this.lineInfoSize = this.info.length - this.lineInfoSize;
    const cells = this.scope.names.filter(({ kind }) => kind === 'cell');
    for (const { slot } of cells) this.info.push(slot);
    this.cells = cells.length;
    const isSettled = this.info.length === this.infoSize && this.code.length === this.codeSize;
    this.infoSize = this.info.length;
    this.codeSize = this.code.length;
    if (this.pass !== 'emit' || !isSettled) return null;
    if (this.hasOverflow) raise('RuntimeError', 'bytecode overflow');
    return { bytes: Uint8Array.from([...this.info, ...this.code]), infoSize: this.info.length };
  }

  /** Sizes of the stacks, flags and numbers of parameters, their bits mixed so that small numbers take one byte. */
  private signature(): void {
    const { scope } = this;
    let stack = Math.max(scope.locals + scope.stackSize, 1) - 1;
    let handlers = scope.handlerDepth;
    let flags =
      (scope.isGenerator ? 1 : 0) |
      (scope.hasKeywords ? 2 : 0) |
      (scope.hasRest ? 4 : 0) |
      (scope.hasKeywordDefaults ? 8 : 0);
    let { positional, keywordOnly, defaults } = scope;
    let byte = ((stack & 15) << 3) | ((handlers & 1) << 2) | (positional & 3);
    stack >>= 4;
    handlers >>= 1;
    positional >>= 2;
    while ((stack | handlers | flags | positional | keywordOnly | defaults) !== 0) {
      this.info.push(0x80 | byte);
      byte =
        ((flags & 1) << 6) |
        ((stack & 3) << 4) |
        ((keywordOnly & 1) << 3) |
        ((positional & 1) << 2) |
        ((handlers & 1) << 1) |
        (defaults & 1);
      stack >>= 2;
      handlers >>= 1;
      flags >>= 1;
      positional >>= 1;
      keywordOnly >>= 1;
      defaults >>= 1;
    }
    this.info.push(byte);
  }

  /** The sizes of the names with the lines and of the list of cells. */
  private sizes(): void {
    let { lineInfoSize, cells } = this;
    do {
      const byte = ((lineInfoSize & 0x3f) << 1) | (cells & 1);
      cells >>= 1;
      lineInfoSize >>= 6;
      this.info.push((cells | lineInfoSize) !== 0 ? byte | 0x80 : byte);
    } while ((cells | lineInfoSize) !== 0);
  }

  // ---- lines

  /** What follows stands on `line`; 0 when that is not known. Lines only ever grow. */
  setLine(line: number): void {
    if (line <= this.line || !this.keepsLines()) return;
    let bytes = this.code.length - this.lineOffset;
    let lines = line - this.line;
    while (bytes > 0 || lines > 0) {
      let b: number;
      let l: number;
      if (lines <= 6 || bytes > 15) {
        b = Math.min(bytes, 31);
        // Only the last of the bytes may step over lines.
        l = b < bytes ? 0 : Math.min(lines, 3);
        this.info.push(b | (l << 5));
      } else {
        b = Math.min(bytes, 15);
        l = Math.min(lines, 0x7ff);
        this.info.push(0x80 | b | ((l >> 4) & 0x70), l & 0xff);
      }
      bytes -= b;
      lines -= l;
    }
    this.lineOffset = this.code.length;
    this.line = line;
  }

  // ---- bytes

  private push(...bytes: number[]): void {
    if (!this.isDead) this.code.push(...bytes);
  }

  private unsigned(to: number[], value: number): void {
    const bytes = [value & 0x7f];
    for (let rest = value >>> 7; rest !== 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
    to.push(...bytes);
  }

  /** The stack grows by `delta`, or shrinks. */
  adjust(delta: number): void {
    if (this.pass === 'scope') return;
    this.depth += delta;
    this.scope.stackSize = Math.max(this.scope.stackSize, this.depth);
  }

  op(code: number, delta: number): void {
    this.adjust(delta);
    this.push(code);
  }

  opNumber(code: number, delta: number, value: number): void {
    this.op(code, delta);
    if (!this.isDead) this.unsigned(this.code, value);
  }

  opName(code: number, delta: number, name: string): void {
    this.opNumber(code, delta, this.nameIndex(name));
  }

  /** A byte behind an opcode. */
  extra(byte: number): void {
    this.push(byte);
  }

  smallInt(value: number | bigint): void {
    const { first, count, from } = multiple.smallInt;
    if (typeof value === 'number' && value >= from && value < from + count) {
      this.op(first + value - from, 1);
      return;
    }
    const bytes: number[] = [];
    let rest = BigInt(value);
    do {
      bytes.unshift(Number(rest & 0x7fn) | (bytes.length > 0 ? 0x80 : 0));
      rest >>= 7n;
    } while (rest !== 0n && rest !== -1n);
    // The highest bit written is the sign.
    const isNegative = ((bytes[0] as number) & 0x40) !== 0;
    if (rest === -1n && !isNegative) bytes.unshift(0xff);
    else if (rest === 0n && isNegative) bytes.unshift(0x80);
    this.op(Op.LOAD_CONST_SMALL_INT, 1);
    this.push(...bytes);
  }

  // ---- jumps

  label(label: number): void {
    this.isDead = false;
    if (this.pass !== 'scope') this.labels[label] = this.code.length;
  }

  /** An opcode that jumps: one byte says how far where that is enough, else two do. */
  opJump(code: number, delta: number, label: number): void {
    this.adjust(delta);
    if (this.isDead) return;
    const isSigned = code <= Op.POP_JUMP_IF_FALSE;
    let distance = 0;
    if (this.pass === 'size' || this.pass === 'emit') {
      distance = (this.labels[label] as number) - this.code.length - 2;
      if (isSigned ? -64 <= distance && distance <= 63 : 0 <= distance && distance <= 127) {
        this.push(code, distance + (isSigned ? 0x40 : 0));
        return;
      }
      distance -= 1;
    }
    if (isSigned) distance += 0x4000;
    if (this.pass === 'emit' && (distance < 0 || distance > 0x7fff)) this.hasOverflow = true;
    this.push(code, 0x80 | (distance & 0x7f), (distance >> 7) & 0xff);
  }

  /** What follows cannot be reached. */
  endOfFlow(): void {
    this.isDead = true;
  }

  jump(label: number): void {
    this.opJump(Op.JUMP, 0, label);
    this.endOfFlow();
  }

  /** Leaves a loop, or goes on with it, through `depth` handlers. */
  unwindJump(label: number, depth: number): void {
    const isFromFor = (label & FROM_FOR) !== 0;
    const target = label & ~FROM_FOR;
    if (depth === 0) {
      if (isFromFor) for (let i = 0; i < ITERATOR_SLOTS; i++) this.push(Op.POP_TOP);
      this.opJump(Op.JUMP, 0, target);
    } else {
      this.opJump(Op.UNWIND_JUMP, 0, target);
      this.push((isFromFor ? 0x80 : 0) | depth);
    }
    this.endOfFlow();
  }
}

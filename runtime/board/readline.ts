/**
 * The line editor of the friendly REPL: cursor keys, Emacs keys, history, Tab completion and automatic indentation,
 * with the bytes that MicroPython's own sends.
 */
import { CTRL_A, CTRL_B, CTRL_C, CTRL_D, CTRL_E, type Console } from './console';

/** How many lines are remembered. */
const HISTORY_SIZE = 50;

/** What Tab found: text to insert, or a listing that was printed, or nothing. */
export type Completion = { insert: string } | 'listed' | null;

/** `line` is the text before the cursor on the present line. */
export type Completer = (line: string) => Completion;

type Escape = 'none' | 'escape' | 'bracket' | 'digit' | 'O';

/** How one editing step changed what is shown. */
interface Redraw {
  back: number;
  forward: number;
  fromCursor: boolean;
}

export class Readline {
  private line = '';
  /** Where the present line begins in `line`, which holds all lines of a statement. */
  private start = 0;
  private cursor = 0;
  private prompt = '';
  private historyAt = -1;
  private escape: Escape = 'none';
  private escapeDigit = 0;
  private lastNewline = 0;
  private indents = true;
  private indentJustAdded = false;

  constructor(
    private readonly console: Console,
    private readonly complete: Completer,
    /** The lines of before, newest first, which grow by those read. */
    readonly history: string[] = [],
  ) {}

  /**
   * Reads a line that continues `before`. Gives the whole text and how it ended: 0 for Enter, else the control
   * character (Ctrl-A to Ctrl-E on an empty line, Ctrl-C anywhere).
   */
  read(before: string, prompt: string): { text: string; end: number } {
    this.line = before;
    this.start = before.length;
    this.cursor = before.length;
    this.prompt = prompt;
    this.historyAt = -1;
    this.escape = 'none';
    this.console.write(prompt);
    this.indentJustAdded = false;
    if (before === '') this.indents = true;
    this.autoIndent();
    for (;;) {
      const end = this.process(this.console.read());
      if (end >= 0) return { text: this.line, end };
    }
  }

  /** Handles one byte; the end code, or −1 to go on. */
  private process(c: number): number {
    const lengthBefore = this.line.length;
    const redraw: Redraw = { back: 0, forward: 0, fromCursor: false };
    if (this.escape === 'none') {
      const empty = this.line.length === this.start;
      if (c >= CTRL_A && c <= CTRL_E && empty) return c;
      if (c === CTRL_C) return c;
      if (this.isNewline(c)) {
        this.console.write('\r\n');
        this.remember(this.line.slice(this.start));
        return 0;
      }
      this.key(c, redraw);
    } else this.escapeSequence(c, redraw);
    this.draw(redraw, lengthBefore);
    this.indentJustAdded = false;
    return -1;
  }

  /** Whether a newline counts: of the pair `\r\n` only the first does. */
  private isNewline(c: number): boolean {
    if ((c === 13 || c === 10) && (this.lastNewline === 0 || this.lastNewline === c)) {
      this.lastNewline = c;
      return true;
    }
    this.lastNewline = 0;
    return false;
  }

  private key(c: number, redraw: Redraw): void {
    switch (c) {
      case CTRL_A:
        this.home(redraw);
        return;
      case CTRL_B:
        this.left(redraw);
        return;
      case CTRL_D:
        this.deleteAtCursor(redraw);
        return;
      case CTRL_E:
        this.end(redraw);
        return;
      case 6: // Ctrl-F
        this.right(redraw);
        return;
      case 11: // Ctrl-K
        this.line = this.line.slice(0, this.cursor);
        redraw.fromCursor = true;
        return;
      case 14: // Ctrl-N
        this.younger(redraw);
        return;
      case 16: // Ctrl-P
        this.older(redraw);
        return;
      case 21: // Ctrl-U
        this.cut(this.start, this.cursor);
        redraw.back = this.cursor - this.start;
        redraw.fromCursor = true;
        return;
      case 23: // Ctrl-W
        this.killWord(redraw);
        return;
      case 27:
        this.escape = 'escape';
        return;
      case 8:
      case 127:
        this.backspace(redraw);
        return;
      case 9:
        this.tab(redraw);
        return;
      default:
        if (this.indentJustAdded && c === 32) {
          // A space after automatic indentation leaves one space of a level, and ends the automatism.
          this.line = this.line.slice(0, -3);
          redraw.back = 3;
          this.indents = false;
        } else if (c >= 32 && c <= 126) this.insert(String.fromCharCode(c), redraw);
    }
  }

  private escapeSequence(c: number, redraw: Redraw): void {
    const { escape } = this;
    this.escape = 'none';
    switch (escape) {
      case 'escape':
        if (c === 0x5b) this.escape = 'bracket';
        else if (c === 0x4f) this.escape = 'O';
        else if (c === 0x62) redraw.back = this.word(-1);
        else if (c === 0x66) redraw.forward = this.word(1);
        else if (c === 0x64) {
          this.cut(this.cursor, this.cursor + this.word(1));
          redraw.fromCursor = true;
        } else if (c === 127) this.killWord(redraw);
        return;
      case 'bracket':
        if (c >= 0x30 && c <= 0x39) {
          this.escape = 'digit';
          this.escapeDigit = c - 0x30;
        } else if (c === 0x41) this.older(redraw);
        else if (c === 0x42) this.younger(redraw);
        else if (c === 0x43) this.right(redraw);
        else if (c === 0x44) this.left(redraw);
        else if (c === 0x48) this.home(redraw);
        else if (c === 0x46) this.end(redraw);
        return;
      case 'digit':
        if (c === 0x7e) {
          if (this.escapeDigit === 1 || this.escapeDigit === 7) this.home(redraw);
          else if (this.escapeDigit === 4 || this.escapeDigit === 8) this.end(redraw);
          else if (this.escapeDigit === 3) this.deleteAtCursor(redraw);
        } else if (c === 0x3b && this.escapeDigit === 1) this.escape = 'bracket';
        else if (this.escapeDigit === 5 && c === 0x43) redraw.forward = this.word(1);
        else if (this.escapeDigit === 5 && c === 0x44) redraw.back = this.word(-1);
        return;
      case 'O':
        if (c === 0x48) this.home(redraw);
        else if (c === 0x46) this.end(redraw);
        return;
      case 'none':
        return;
    }
  }

  // ---- editing

  private insert(text: string, redraw: Redraw): void {
    this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
    redraw.fromCursor = true;
    redraw.forward = text.length;
  }

  private cut(from: number, to: number): void {
    this.line = this.line.slice(0, from) + this.line.slice(to);
  }

  private home(redraw: Redraw): void {
    redraw.back = this.cursor - this.start;
  }

  private end(redraw: Redraw): void {
    redraw.forward = this.line.length - this.cursor;
  }

  private left(redraw: Redraw): void {
    if (this.cursor > this.start) redraw.back = 1;
  }

  private right(redraw: Redraw): void {
    if (this.cursor < this.line.length) redraw.forward = 1;
  }

  private deleteAtCursor(redraw: Redraw): void {
    if (this.cursor >= this.line.length) return;
    this.cut(this.cursor, this.cursor + 1);
    redraw.fromCursor = true;
  }

  /** Backspace; a whole level where only indentation stands before the cursor. */
  private backspace(redraw: Redraw): void {
    if (this.cursor <= this.start) return;
    const before = this.line.slice(this.start, this.cursor);
    const count = before.length >= 4 && before.trim() === '' ? 4 : 1;
    this.cut(this.cursor - count, this.cursor);
    redraw.back = count;
    redraw.fromCursor = true;
  }

  private killWord(redraw: Redraw): void {
    redraw.back = this.word(-1);
    this.cut(this.cursor - redraw.back, this.cursor);
    redraw.fromCursor = true;
  }

  /** The distance to the next end of a word in a direction. */
  private word(direction: 1 | -1): number {
    let at = this.cursor;
    let inside = false;
    for (;;) {
      if (direction < 0 ? at <= this.start : at >= this.line.length) break;
      const c = this.line[direction < 0 ? at - 1 : at] ?? '';
      if (/[A-Za-z0-9]/.test(c)) inside = true;
      else if (inside) break;
      at += direction;
    }
    return Math.abs(at - this.cursor);
  }

  private tab(redraw: Redraw): void {
    if (this.indentJustAdded) {
      this.indents = false;
      return;
    }
    const before = this.line[this.cursor - 1];
    if (before !== undefined && /\s/.test(before)) {
      this.insert('    ', redraw);
      return;
    }
    const completion = this.complete(this.line.slice(this.start, this.cursor));
    if (completion === 'listed') {
      this.console.write(this.prompt + this.line.slice(this.start, this.cursor));
      redraw.fromCursor = true;
    } else if (completion !== null) this.insert(completion.insert, redraw);
  }

  // ---- history

  private remember(text: string): void {
    if (text === '' || this.history[0] === text) return;
    this.history.unshift(text);
    if (this.history.length > HISTORY_SIZE) this.history.pop();
  }

  private older(redraw: Redraw): void {
    if (this.historyAt + 1 >= this.history.length) return;
    this.historyAt++;
    this.recall(redraw);
  }

  private younger(redraw: Redraw): void {
    if (this.historyAt < 0) return;
    this.historyAt--;
    this.recall(redraw);
  }

  private recall(redraw: Redraw): void {
    this.line = this.line.slice(0, this.start) + (this.history[this.historyAt] ?? '');
    redraw.back = this.cursor - this.start;
    redraw.fromCursor = true;
    redraw.forward = this.line.length - this.start;
  }

  // ---- indentation and drawing

  /** Gives a continued line the indentation of the one before, and one level more after a colon. */
  private autoIndent(): void {
    const { line } = this;
    if (!this.indents || line.length < 2 || !line.endsWith('\n')) return;
    const lines = line.slice(0, -1).split('\n');
    const last = lines[lines.length - 1] ?? '';
    const spaces = last.length - last.replace(/^ +/, '').length;
    if (spaces === last.length && lines.length > 1 && /^ *$/.test(lines[lines.length - 2] ?? '')) return;
    const levels = Math.floor(spaces / 4) + (last.endsWith(':') ? 1 : 0);
    if (levels === 0) return;
    const indent = '    '.repeat(levels);
    this.line += indent;
    this.cursor += indent.length;
    this.console.write(indent);
    this.indentJustAdded = true;
  }

  private draw(redraw: Redraw, lengthBefore: number): void {
    if (redraw.back > 0) {
      this.moveBack(redraw.back);
      this.cursor -= redraw.back;
    }
    if (redraw.fromCursor) {
      if (this.line.length < lengthBefore) this.console.write('\x1b[K');
      this.console.write(this.line.slice(this.cursor));
      this.moveBack(this.line.length - (this.cursor + redraw.forward));
      this.cursor += redraw.forward;
    } else if (redraw.forward > 0) {
      this.console.write(this.line.slice(this.cursor, this.cursor + redraw.forward));
      this.cursor += redraw.forward;
    }
  }

  private moveBack(count: number): void {
    if (count <= 0) return;
    this.console.write(count <= 4 ? '\b'.repeat(count) : `\x1b[${String(count)}D`);
  }
}

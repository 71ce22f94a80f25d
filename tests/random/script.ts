/** A Python program being written: lines, and statements that print what an expression is or which exception it raises. */
import type { Random } from './random';

/** Moves lines to the right. */
export const indent = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

export class Script {
  private readonly lines: string[] = [];
  private shown = 0;

  constructor(readonly r: Random) {}

  get text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /** Lines as they are; they must not fail. */
  add(...lines: readonly string[]): void {
    this.lines.push(...lines);
  }

  /** Prints what an expression is, or its exception. */
  show(expression: string): void {
    this.attempt([], expression);
  }

  /** Statements that may fail, and after them what an expression is. */
  attempt(statements: readonly string[], expression: string): void {
    const number = String(this.shown++);
    this.lines.push(
      'try:',
      ...indent([...statements, `print(${number}, repr(${expression}))`]),
      `except Exception as e: print(${number}, type(e).__name__, e)`,
    );
  }
}

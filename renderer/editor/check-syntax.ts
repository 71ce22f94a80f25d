// Defines the check of a text by our own parser, before it is sent and while it is written.
import { type PySyntaxError, checkSyntax as firstMistake } from '../../runtime/python/syntax';

export interface SyntaxProblem {
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Without a full stop: "expected ‘:’". */
  message: string;
}

const blockStart = /^\s*(?:async\s+)?(?:if|elif|else|for|while|def|class|with|try|except|finally)\b/;
const wordAt = /^(?:[\p{L}\p{N}_]+|\S)/u;

/** The problems of a text, the first one first; empty when it is well formed. */
export function checkSyntax(text: string): SyntaxProblem[] {
  const mistake = firstMistake(text, 'strict');
  if (!mistake) return [];
  return [{ line: mistake.line, column: mistake.column, message: describe(mistake, text) }];
}

/** MicroPython says "invalid syntax" of most mistakes; the text at that place tells more. */
function describe(mistake: PySyntaxError, text: string): string {
  if (mistake.message !== 'invalid syntax') return mistake.message;
  const line = text.split(/\r\n|\r|\n/)[mistake.line - 1] ?? '';
  const rest = line.slice(mistake.column - 1).trimStart();
  if (rest === '' || rest.startsWith('#')) return blockStart.test(line) ? 'expected ‘:’' : 'the line ends too early';
  return `‘${wordAt.exec(rest)?.[0] ?? rest}’ is not expected here`;
}

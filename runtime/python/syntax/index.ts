/** Python source to syntax tree: the public face of this folder. */
import type { Module } from './ast';
import type { UnicodeNames } from './literal';
import type { KnownValues } from './parser-base';
import { Parser } from './parser';
import { PySyntaxError } from './syntax-error';

export { needsMoreInput } from './needs-more-input';
export { PySyntaxError, type SyntaxErrorKind } from './syntax-error';
export type { NumberConstant } from './constant';
export type { KnownValues } from './parser-base';
export type { UnicodeNames } from './literal';

/** `strict` accepts what MicroPython accepts, `host` all of that and all of CPython 3.11. */
export type Grammar = 'host' | 'strict';

export interface ParseOptions {
  grammar: Grammar;
  /** The file's name, for whoever reports errors; the parser does not use it. */
  name?: string;
  /** Resolves `\N{name}` in the host grammar. Without it, and for names it does not know, such an escape is a mistake. */
  unicodeName?: UnicodeNames | undefined;
  /** What some names stand for. */
  known?: KnownValues;
}

/** Reads a whole module. Throws `PySyntaxError`. */
export function parseModule(source: string, options: ParseOptions): Module {
  return parse(source, options, (parser) => parser.parseModule());
}

/** Reads one statement as typed at a prompt, or an empty line; an empty text is a mistake. Throws `PySyntaxError`. */
export function parseInteractive(source: string, options: ParseOptions): Module {
  return parse(source, options, (parser) => parser.parseInteractive());
}

/** Reads an expression, as `eval` does; the module's body is one `Expr` statement. Throws `PySyntaxError`. */
export function parseExpression(source: string, options: ParseOptions): Module {
  return parse(source, options, (parser) => parser.parseExpression());
}

/** The first mistake in a module, or null. */
export function checkSyntax(source: string, grammar: Grammar): PySyntaxError | null {
  try {
    parseModule(source, { grammar });
    return null;
  } catch (error) {
    if (error instanceof PySyntaxError) return error;
    throw error;
  }
}

function parse(source: string, options: ParseOptions, read: (parser: Parser) => Module): Module {
  const parser = new Parser(source, options.grammar === 'strict', options.unicodeName ?? null, options.known);
  try {
    return read(parser);
  } catch (error) {
    // Called with little stack left, the parser may run out of it before it reaches its own limit of nesting.
    if (error instanceof RangeError) {
      throw new PySyntaxError('MemoryError', 'memory allocation failed', parser.line, parser.column);
    }
    throw error;
  }
}

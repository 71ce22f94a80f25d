/**
 * What all parts of the parser share: its verbs, its errors, and the scope it stands in.
 *
 * MicroPython finds mistakes in two rounds. Its parser stops at the first one; its compiler then walks the scopes, the
 * outer ones first, and stops at the first one of its own. Here both happen in one reading: what the compiler would
 * find is put aside with `report`, and thrown at the end if the text could be read that far.
 */
import type { Expr, NodeBase } from './ast';
import { foldConstant, type NumberConstant } from './constant';
import type { UnicodeNames } from './literal';
import { PySyntaxError, type SyntaxErrorKind } from './syntax-error';
import { tt, type TokenType } from './token';
import { Tokenizer, type TokenizerState } from './tokenizer';

/** How deep expressions and blocks may nest, so that neither this parser nor what reads its tree runs out of stack. */
export const nestingLimit = 400;

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension';

/** A scope being read. */
export interface OpenScope {
  kind: ScopeKind;
  outer: OpenScope | null;
  /** As tracebacks name it. */
  name: string;
  /** Number of scopes around it. */
  depth: number;
  /** Line it begins on. */
  line: number;
  isInLoop: boolean;
  isGenerator: boolean;
  hasParameters: boolean;
  /** The `yield`s and `await`s read so far that stand directly in it. */
  suspensions: NodeBase[];
  /** The first `return` with a value that stands directly in it. */
  valueReturn: NodeBase | null;
}

/** A mistake put aside. */
interface Report {
  message: string;
  /** 0 while it is not known: MicroPython's constants and names carry no line. */
  line: number;
  column: number;
  /** The line it gets if no node is found that has one. */
  candidate: number;
  depth: number;
  block: string;
  node: NodeBase | null;
}

interface ParserState extends TokenizerState {
  reported: number;
  depth: number;
  suspended: number;
}

/** What MicroPython's parser puts in the place of some names. */
export interface KnownValues {
  /** False where `__debug__` is. */
  debug?: boolean;
  /** The number that `module.name` is in MicroPython's table of constants, or undefined. */
  moduleConstant?: (module: string, name: string) => NumberConstant | undefined;
}

export class ParserBase extends Tokenizer {
  protected scope: OpenScope = newScope('module', '<module>', null, 1);
  protected depth = 0;
  protected readonly reports: Report[] = [];

  constructor(
    source: string,
    strict: boolean,
    protected readonly unicodeName: UnicodeNames | null,
    /** What names of modules and `__debug__` stand for when the source is read. */
    protected readonly known: KnownValues = {},
  ) {
    super(source, strict);
  }

  // ---- verbs

  /** Steps over a token of this type, if it is the current one. */
  protected eat(type: TokenType): boolean {
    if (this.type !== type) return false;
    this.next();
    return true;
  }

  /** Steps over a token of this type; anything else is a mistake. */
  protected expect(type: TokenType): void {
    if (this.type !== type) this.unexpected();
    this.next();
  }

  protected expectName(): string {
    if (this.type !== tt.name) this.unexpected();
    const name = this.value;
    this.next();
    return name;
  }

  // ---- mistakes

  protected raise(
    message: string,
    kind: SyntaxErrorKind = 'SyntaxError',
    line = this.line,
    column = this.column,
    incomplete = false,
  ): never {
    throw new PySyntaxError(kind, message, line, column, incomplete);
  }

  /** The current token cannot stand here. */
  protected unexpected(): never {
    if (this.type === tt.indent) this.raise('unexpected indent', 'IndentationError');
    if (this.type === tt.dedentMismatch) {
      this.raise("unindent doesn't match any outer indent level", 'IndentationError');
    }
    const incomplete = this.type === tt.end || this.isUnfinishedTriple();
    this.raise('invalid syntax', 'SyntaxError', this.line, this.column, incomplete);
  }

  /** Puts aside a mistake that MicroPython's compiler finds in the current scope. */
  protected report(message: string, node: NodeBase, scope: OpenScope = this.scope, hasLine = true): void {
    this.reports.push({
      message,
      line: hasLine ? node.line : 0,
      column: node.column,
      candidate: 0,
      depth: scope.depth,
      block: scope.name,
      node,
    });
  }

  /** Puts aside a mistake in an expression, whose line MicroPython may not know. */
  protected reportExpression(message: string, node: Expr): void {
    this.report(message, node, this.scope, hasLine(node));
  }

  /** Takes back what was put aside about `node`. */
  protected withdraw(node: NodeBase): void {
    const reports = this.reports;
    for (let i = reports.length - 1; i >= 0; i--) {
      if (reports[i]!.node === node) {
        reports.splice(i, 1);
        return;
      }
    }
  }

  /** Gives reports without a line, from the one numbered `from` on, the line of the statement they are in. */
  protected placeReports(from: number, line: number): void {
    for (let i = from; i < this.reports.length; i++) {
      const report = this.reports[i]!;
      if (report.line === 0 && report.candidate === 0) report.candidate = line;
    }
  }

  /** Ends a block: in one of several statements the statement's line counts, else that of the statement around. */
  protected settleReports(from: number, statements: number): void {
    for (let i = from; i < this.reports.length; i++) {
      const report = this.reports[i]!;
      if (report.line !== 0) continue;
      if (statements > 1) report.line = report.candidate;
      report.candidate = 0;
    }
  }

  /** Throws the mistake MicroPython's compiler finds first: in the outermost scope, then in the order of the text. */
  protected throwReports(): void {
    let first: Report | undefined;
    for (const report of this.reports) {
      if (first === undefined || report.depth < first.depth) first = report;
    }
    if (first === undefined) return;
    const line = first.line || first.candidate || 1;
    throw new PySyntaxError('SyntaxError', first.message, line, first.column, false, first.block);
  }

  // ---- nesting

  protected descend(): void {
    if (++this.depth > nestingLimit) this.raise('memory allocation failed', 'MemoryError');
  }

  /** Reads something in a scope of its own. */
  protected inScope<T>(kind: ScopeKind, name: string, line: number, read: (scope: OpenScope) => T): T {
    const outer = this.scope;
    const from = this.reports.length;
    const scope = newScope(kind, name, outer, line);
    this.scope = scope;
    const result = read(scope);
    this.scope = outer;
    for (let i = from; i < this.reports.length; i++) {
      const report = this.reports[i]!;
      if (report.line === 0) report.line = report.candidate || line;
    }
    return result;
  }

  // ---- looking ahead

  /**
   * Tries a way to read what follows: when it ends in a mistake or returns null, reading goes on where it began, and
   * the result is null.
   */
  protected attempt<T>(read: () => T | null): T | null {
    const state = this.saveAll();
    const scope = this.scope;
    let result: T | null = null;
    try {
      result = read();
    } catch (error) {
      if (!(error instanceof PySyntaxError)) throw error;
    }
    if (result === null) {
      this.scope = scope;
      this.restoreAll(state);
    }
    return result;
  }

  protected saveAll(): ParserState {
    return {
      ...this.saveState(),
      reported: this.reports.length,
      depth: this.depth,
      suspended: this.scope.suspensions.length,
    };
  }

  protected restoreAll(state: ParserState): void {
    const { reported, depth, suspended, ...tokens } = state;
    this.restoreState(tokens);
    this.reports.length = reported;
    this.depth = depth;
    this.scope.suspensions.length = suspended;
  }
}

function newScope(kind: ScopeKind, name: string, outer: OpenScope | null, line: number): OpenScope {
  return {
    kind,
    outer,
    name,
    depth: outer === null ? 0 : outer.depth + 1,
    line,
    isInLoop: false,
    isGenerator: false,
    hasParameters: false,
    suspensions: [],
    valueReturn: null,
  };
}

/** Whether MicroPython's tree keeps a line for this expression; it keeps none for names and small constants. */
function hasLine(node: Expr): boolean {
  switch (node.type) {
    case 'Name':
    case 'Singleton':
      return false;
    case 'Int':
      return typeof node.value === 'bigint';
    case 'Str':
      return node.value.length > 10;
    case 'UnaryOp':
    case 'BinOp':
    case 'BoolOp':
      return foldConstant(node) === null;
    default:
      return true;
  }
}

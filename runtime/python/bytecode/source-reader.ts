/**
 * Reads a source as MicroPython's parser does, and keeps what that parser's tree tells and ours does not: on which line
 * a trailer begins, which texts have become names, what a constant has taken the place of.
 */
import { encodeUtf8 } from '../../bytes/utf8';
import type { Attribute, Expr, JoinedStr, Module, Stmt } from '../syntax/ast';
import { formatCall, type StringRow } from '../syntax/format-template';
import type { KnownValues } from '../syntax/index';
import { Parser } from '../syntax/parser';
import { tt, type TokenType } from '../syntax/token';
import { templateCall } from './template-call';

/** A text of more bytes becomes a name only if it is one already. */
const LONGEST_INTERNED = 10;

/** What stands in a source: a whole module, one statement of a prompt, or an expression. */
export type SourceKind = 'exec' | 'single' | 'eval';

/** What there is to know of the nodes of a tree. */
export interface SourceFacts {
  readonly tree: Module;
  readonly kind: SourceKind;
  /** The line of the `.`, `(` or `[` of an attribute, call or subscript. */
  readonly trailerLines: ReadonlyMap<Expr, number>;
  /** The line of an expression's first bracket, where that stands before the line of the expression itself. */
  readonly bracketLines: ReadonlyMap<Expr, number>;
  /** Literals of texts that are names. */
  readonly interned: ReadonlySet<Expr>;
  /** Constants that stand where the source has their name. */
  readonly substituted: ReadonlySet<Expr>;
  /** Numbers that stand where the source has `module.name`. */
  readonly moduleConstants: ReadonlySet<Expr>;
  /** Tuples that end with a comma. */
  readonly lastCommas: ReadonlySet<Expr>;
  /** Generator expressions in brackets of their own. */
  readonly bracketed: ReadonlySet<Expr>;
  /** `_name = const(value)`, of which nothing is compiled. */
  readonly definitions: ReadonlySet<Stmt>;
}

/** Reads a source. `names` are the long names that are known; those of the source are added. Throws `PySyntaxError`. */
export function readSource(source: string, kind: SourceKind, known: KnownValues, names: Set<string>): SourceFacts {
  return new SourceReader(source, known, names).read(kind);
}

class SourceReader extends Parser implements Omit<SourceFacts, 'tree' | 'kind'> {
  readonly trailerLines = new Map<Expr, number>();
  readonly bracketLines = new Map<Expr, number>();
  readonly interned = new Set<Expr>();
  readonly substituted = new Set<Expr>();
  readonly moduleConstants = new Set<Expr>();
  readonly lastCommas = new Set<Expr>();
  readonly bracketed = new Set<Expr>();
  readonly definitions = new Set<Stmt>();
  /** The two tokens before the current one, the nearer first. */
  private behind: [TokenType, TokenType] = [tt.end, tt.end];

  constructor(
    source: string,
    known: KnownValues,
    private readonly names: Set<string>,
  ) {
    super(source, true, null, known);
  }

  read(kind: SourceKind): SourceFacts {
    const tree =
      kind === 'exec' ? this.parseModule() : kind === 'single' ? this.parseInteractive() : this.parseExpression();
    const { trailerLines, bracketLines, interned, substituted, moduleConstants } = this;
    const { lastCommas, bracketed, definitions } = this;
    return {
      tree, kind, trailerLines, bracketLines, interned, substituted, moduleConstants, lastCommas, bracketed, definitions,
    }; // prettier-ignore
  }

  override next(): void {
    if (this.type === tt.name) this.names.add(this.value);
    this.behind = [this.type, this.behind[0]];
    super.next();
  }

  override parseTest(): Expr {
    const { line } = this;
    const node = super.parseTest();
    if (node.line !== line) this.bracketLines.set(node, line);
    return node;
  }

  protected override parseTrailer(node: Expr, line: number, column: number): Expr {
    const at = this.line;
    const trailer = super.parseTrailer(node, line, column);
    this.trailerLines.set(trailer, at);
    return trailer;
  }

  protected override parseStrings(): Expr {
    const node = super.parseStrings();
    if (node.type === 'JoinedStr') return this.template(node);
    this.intern(node);
    return node;
  }

  /** A literal, or that of an f-string, may be a name. */
  private intern(node: Expr): void {
    if (node.type === 'Call' && node.func.type === 'Attribute') this.intern(node.func.value);
    else if (node.type === 'Str' && this.isName(node.value)) this.interned.add(node);
  }

  private template(node: JoinedStr): Expr {
    const call = templateCall(node, this.line);
    this.trailerLines.set(call, this.line);
    for (const argument of call.args) {
      this.moveTo(argument, this.line);
      for (const literal of argument.type === 'Tuple' ? argument.elts : [argument]) this.intern(literal);
    }
    return call;
  }

  private isName(text: string): boolean {
    return this.names.has(text) || encodeUtf8(text).length <= LONGEST_INTERNED;
  }

  /** Each f-string is a call of `format`, whose arguments MicroPython reads where the text has ended. */
  protected override formatted(row: StringRow): Expr {
    if (this.line !== row.line) for (const { value } of row.fields) this.moveTo(value, this.line);
    return formatCall(row);
  }

  private moveTo(node: object, line: number): void {
    for (const value of Object.values(node) as unknown[]) {
      if (value !== null && typeof value === 'object') this.moveTo(value, line);
    }
    if ('line' in node) node.line = line;
    if (this.trailerLines.has(node as Expr)) this.trailerLines.set(node as Expr, line);
  }

  protected override parseAtom(): Expr {
    const isName = this.type === tt.name;
    const node = super.parseAtom();
    if (isName && node.type !== 'Name') this.substituted.add(node);
    if (node.type === 'GeneratorExp') this.bracketed.add(node);
    if (node.type === 'Tuple' && this.behind[1] === tt.comma) this.lastCommas.add(node);
    return node;
  }

  protected override moduleConstant(node: Attribute): Expr {
    const constant = super.moduleConstant(node);
    if (constant !== node) this.moduleConstants.add(constant);
    return constant;
  }

  protected override defineConstant(target: Expr, value: Expr, line: number, column: number): Stmt {
    const statement = super.defineConstant(target, value, line, column);
    if (statement.type === 'Pass') this.definitions.add(statement);
    return statement;
  }
}

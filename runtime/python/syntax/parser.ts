/** Statements, and the three things a source text can be: a module, one interactive statement, an expression. */
import type {
  Alias,
  ClassDef,
  ExceptHandler,
  Expr,
  FunctionDef,
  If,
  ImportFrom,
  Match,
  MatchCase,
  Module,
  NodeBase,
  Stmt,
  Try,
  WithItem,
} from './ast';
import { foldConstant, intLiteral, truthOf } from './constant';
import { PatternParser } from './patterns';
import { Precedence, tt } from './token';

const isYield = (node: NodeBase): boolean => (node as Expr).type === 'Yield';

/** The decorators of the `micropython` module, which are no functions but orders to the compiler. */
const compilerDecorators: ReadonlySet<string> = new Set(['bytecode', 'native', 'viper', 'asm_thumb']);

/** A tuple of more elements, those of its elements included, is not copied to where its name is used. */
const mostCopiedElements = 256;

function countElements(value: Expr): number {
  let count = 1;
  if (value.type === 'Tuple') {
    for (const element of value.elts) count += countElements(element);
  }
  return count;
}

export class Parser extends PatternParser {
  /** Whether a constant stayed a variable, so that others made of it are not seen to be constant. */
  private hasLargeConstant = false;

  // ---- the whole text

  parseModule(): Module {
    const body: Stmt[] = [];
    this.begin();
    const statements = this.parseStatements(body, () => this.type === tt.end);
    this.settleReports(0, statements);
    this.throwReports();
    return { type: 'Module', body };
  }

  /** One statement, simple or compound, as typed at a prompt. */
  parseInteractive(): Module {
    const body: Stmt[] = [];
    this.begin();
    const isBlank = this.eat(tt.newline);
    // MicroPython takes a blank line for the whole input, CPython looks behind it.
    if (!isBlank || (!this.strict && this.type !== tt.end)) {
      const line = this.line;
      this.parseStatement(body);
      this.placeReports(0, line);
    }
    if (this.type !== tt.end) this.unexpected();
    this.throwReports();
    return { type: 'Module', body };
  }

  parseExpression(): Module {
    if (!this.strict) this.skipLeadingSpace();
    this.begin();
    if (!this.strict) this.eat(tt.newline);
    const { line, column } = this;
    const value = this.parseExpressionList(!this.strict);
    this.eat(tt.newline);
    if (this.type !== tt.end) this.unexpected();
    this.throwReports();
    return { type: 'Module', body: [{ type: 'Expr', line, column, value }] };
  }

  /** CPython's `eval` forgives spaces before the expression. */
  private skipLeadingSpace(): void {
    while (this.source[this.pos] === ' ' || this.source[this.pos] === '\t') {
      this.lineStart = ++this.pos;
    }
  }

  // ---- blocks

  /** Reads statements until `isDone`; returns how many nodes MicroPython would count. */
  private parseStatements(out: Stmt[], isDone: () => boolean): number {
    let count = 0;
    while (!isDone()) {
      count++;
      if (this.type === tt.newline && this.scope.depth === 0 && count === 1) {
        this.next();
        continue;
      }
      const line = this.line;
      const reported = this.reports.length;
      this.parseStatement(out);
      if (this.reports.length > reported) this.placeReports(reported, line);
    }
    return count;
  }

  /** What follows a colon: the rest of the line, or an indented block. */
  private parseBlock(): Stmt[] {
    const body: Stmt[] = [];
    const reported = this.reports.length;
    this.expect(tt.colon);
    this.descend();
    if (this.eat(tt.newline)) {
      this.expect(tt.indent);
      const statements = this.parseStatements(body, () => this.type === tt.dedent || this.type === tt.end);
      this.expect(tt.dedent);
      this.settleReports(reported, statements);
    } else {
      const line = this.line;
      this.parseSimpleStatements(body);
      this.placeReports(reported, line);
      this.settleReports(reported, body.length);
    }
    this.depth--;
    return body;
  }

  /**
   * A block that runs only under a condition. Where MicroPython's compiler sees that it never does, it is not compiled:
   * nothing in it is a mistake, nothing in it makes a name local or a function a generator, so it is no part of the
   * tree.
   */
  private parseConditionalBlock(isDead: boolean): Stmt[] {
    if (!isDead) return this.parseBlock();
    const { line, column } = this;
    const reported = this.reports.length;
    const { isGenerator, suspensions } = this.scope;
    const suspended = suspensions.length;
    this.parseBlock();
    this.reports.length = reported;
    this.scope.isGenerator = isGenerator;
    suspensions.length = suspended;
    return [{ type: 'Pass', line, column }];
  }

  private parseLoopBlock(isDead: boolean): Stmt[] {
    const wasInLoop = this.scope.isInLoop;
    this.scope.isInLoop = true;
    const body = this.parseConditionalBlock(isDead);
    this.scope.isInLoop = wasInLoop;
    return body;
  }

  private parseElse(): Stmt[] {
    return this.eat(tt._else) ? this.parseBlock() : [];
  }

  // ---- statements

  private parseStatement(out: Stmt[]): void {
    switch (this.type) {
      case tt._if:
        out.push(this.parseIf());
        return;
      case tt._while:
        out.push(this.parseWhile());
        return;
      case tt._for:
        out.push(this.parseFor(this.line, this.column, false));
        return;
      case tt._try:
        out.push(this.parseTry());
        return;
      case tt._with:
        out.push(this.parseWith(this.line, this.column, false));
        return;
      case tt._def:
        out.push(this.parseFunction(this.line, this.column, [], false));
        return;
      case tt._class:
        out.push(this.parseClassDefinition([]));
        return;
      case tt.at:
        out.push(this.parseDecorated());
        return;
      case tt._async:
        out.push(this.parseAsync());
        return;
      case tt.name:
        if (!this.strict && this.value === 'match') {
          const { line, column } = this;
          const subject = this.attempt(() => this.parseMatchHead());
          if (subject !== null) {
            out.push(this.parseMatch(line, column, subject));
            return;
          }
        }
        this.parseSimpleStatements(out);
        return;
      default:
        this.parseSimpleStatements(out);
    }
  }

  /** Statements of one line. */
  private parseSimpleStatements(out: Stmt[]): void {
    do {
      out.push(this.parseSimpleStatement());
    } while (this.eat(tt.semicolon) && this.type !== tt.newline);
    this.expect(tt.newline);
  }

  private parseSimpleStatement(): Stmt {
    const { line, column } = this;
    switch (this.type) {
      case tt._pass:
        this.next();
        return { type: 'Pass', line, column };
      case tt._break:
      case tt._continue:
        return this.parseLoopExit();
      case tt._return:
        return this.parseReturn();
      case tt._raise:
        return this.parseRaise();
      case tt._del:
        return this.parseDelete();
      case tt._global:
      case tt._nonlocal:
        return this.parseScopeStatement();
      case tt._import:
        return this.parseImport();
      case tt._from:
        return this.parseImportFrom();
      case tt._assert:
        return this.parseAssert();
      case tt._yield:
        return { type: 'Expr', line, column, value: this.parseYield() };
      default:
        return this.parseExpressionStatement();
    }
  }

  private parseLoopExit(): Stmt {
    const { line, column } = this;
    const isBreak = this.type === tt._break;
    this.next();
    const node: Stmt = { type: isBreak ? 'Break' : 'Continue', line, column };
    if (!this.scope.isInLoop) this.report("'break'/'continue' outside loop", node);
    return node;
  }

  private parseReturn(): Stmt {
    const { line, column } = this;
    this.next();
    const stars = !this.strict;
    const reported = this.reports.length;
    const hasValue = this.type.startsExpression || (stars && this.type === tt.star);
    const node: Stmt = { type: 'Return', line, column, value: hasValue ? this.parseExpressionList(stars) : null };
    if (this.scope.kind !== 'function') {
      this.reports.length = reported;
      this.report("'return' outside function", node);
    }
    if (hasValue) this.scope.valueReturn ??= node;
    return node;
  }

  private parseRaise(): Stmt {
    const { line, column } = this;
    this.next();
    const exc = this.type.startsExpression ? this.parseTest() : null;
    const cause = exc !== null && this.eat(tt._from) ? this.parseTest() : null;
    return { type: 'Raise', line, column, exc, cause };
  }

  private parseDelete(): Stmt {
    const { line, column } = this;
    this.next();
    const list = this.parseBareTargets();
    const targets = list.type === 'Tuple' && !list.parenthesised ? list.elts : [list];
    for (const target of targets) this.checkDeletion(target);
    return { type: 'Delete', line, column, targets };
  }

  private parseScopeStatement(): Stmt {
    const { line, column } = this;
    const isGlobal = this.type === tt._global;
    this.next();
    const names = [this.expectName()];
    while (this.eat(tt.comma)) names.push(this.expectName());
    return { type: isGlobal ? 'Global' : 'Nonlocal', line, column, names };
  }

  private parseAssert(): Stmt {
    const { line, column } = this;
    this.next();
    const test = this.parseTest();
    const msg = this.eat(tt.comma) ? this.parseTest() : null;
    return { type: 'Assert', line, column, test, msg };
  }

  // ---- imports

  private parseImport(): Stmt {
    const { line, column } = this;
    this.next();
    const names: Alias[] = [];
    do {
      const at = { line: this.line, column: this.column };
      const name = this.parseDottedName();
      names.push({ ...at, name, asname: this.parseAsName() });
    } while (this.eat(tt.comma));
    return { type: 'Import', line, column, names };
  }

  private parseDottedName(): string {
    let name = this.expectName();
    while (this.eat(tt.period)) name += `.${this.expectName()}`;
    return name;
  }

  private parseAsName(): string | null {
    return this.eat(tt._as) ? this.expectName() : null;
  }

  private parseImportFrom(): ImportFrom {
    const node: ImportFrom = {
      type: 'ImportFrom',
      line: this.line,
      column: this.column,
      module: '',
      names: [],
      level: 0,
    };
    this.next();
    while (this.type === tt.period || this.type === tt.ellipsis) {
      node.level += this.type === tt.period ? 1 : 3;
      this.next();
    }
    if (node.level === 0 || this.type === tt.name) node.module = this.parseDottedName();
    this.expect(tt._import);
    if (this.type === tt.star) {
      node.names.push({ line: this.line, column: this.column, name: '*', asname: null });
      this.next();
      if (this.scope.kind !== 'module') this.report('import * not at module level', node);
    } else if (this.eat(tt.parenOpen)) {
      this.parseImportedNames(node.names);
      this.expect(tt.parenClose);
    } else {
      this.parseImportedNames(node.names);
    }
    return node;
  }

  /** A comma may follow the last name, with brackets or (in MicroPython) without. */
  private parseImportedNames(names: Alias[]): void {
    do {
      const { line, column } = this;
      const name = this.expectName();
      names.push({ line, column, name, asname: this.parseAsName() });
    } while (this.eat(tt.comma) && this.type === tt.name);
  }

  // ---- expressions as statements, and assignments

  private parseExpressionStatement(): Stmt {
    const { line, column } = this;
    const reported = this.reports.length;
    const left = this.parseExpressionList(true);
    if (this.type === tt.assign) return this.parseAssignment(left, line, column);
    if (this.type === tt.colon) return this.parseAnnotatedAssignment(left, line, column, reported);
    const op = this.type.augments;
    if (op === null) return { type: 'Expr', line, column, value: left };
    const target = this.checkAugmentedTarget(left);
    this.next();
    return { type: 'AugAssign', line, column, target, op, value: this.parseAssignedValue() };
  }

  private parseAssignment(first: Expr, line: number, column: number): Stmt {
    const targets: Expr[] = [];
    let value = first;
    while (this.eat(tt.assign)) {
      targets.push(value);
      value = this.parseAssignedValue();
    }
    if (targets.length === 1) {
      const constant = this.readConstant(first, value);
      if (constant !== null) return this.defineConstant(first, constant, line, column);
    }
    for (const target of targets) this.checkTarget(target);
    return { type: 'Assign', line, column, targets, value };
  }

  /** Without a value nothing is compiled, so nothing put aside from `reported` on counts. */
  private parseAnnotatedAssignment(target: Expr, line: number, column: number, reported: number): Stmt {
    this.next();
    const annotation = this.parseAnnotation(false);
    if (!this.eat(tt.assign)) {
      this.reports.length = reported;
      return { type: 'AnnAssign', line, column, target, annotation, value: null };
    }
    const value = this.parseAssignedValue();
    const constant = this.readConstant(target, value);
    if (constant !== null) return this.defineConstant(target, constant, line, column);
    this.checkTarget(target);
    return { type: 'AnnAssign', line, column, target, annotation, value };
  }

  /**
   * The value in `name = const(value)`, ints computed. MicroPython refuses what is not constant; in the host grammar
   * `const` may then be any function.
   */
  private readConstant(target: Expr, value: Expr): Expr | null {
    if (target.type !== 'Name' || value.type !== 'Call') return null;
    if (value.func.type !== 'Name' || value.func.id !== 'const') return null;
    const argument = value.args.length === 1 && value.keywords.length === 0 ? value.args[0]! : null;
    const constant = argument === null ? null : foldConstant(argument);
    if (argument !== null && constant === null && this.hasLargeConstant) return argument;
    if (argument === null || constant === null) {
      if (this.strict) this.raise('not a constant', 'SyntaxError', value.line, value.column);
      return null;
    }
    if (constant.kind !== 'int') return argument;
    return intLiteral(constant.value, argument);
  }

  /**
   * A constant whose name begins with an underscore is not stored at all. One too large to be copied to each place of its
   * use stays a variable.
   */
  protected defineConstant(target: Expr, value: Expr, line: number, column: number): Stmt {
    const { id } = target as Extract<Expr, { type: 'Name' }>;
    const isCopied = foldConstant(value) !== null && countElements(value) <= mostCopiedElements;
    this.hasLargeConstant ||= !isCopied;
    if (isCopied) this.constants.set(id, value);
    if (isCopied && id.startsWith('_')) return { type: 'Pass', line, column };
    return { type: 'Assign', line, column, targets: [target], value };
  }

  // ---- branches and loops

  private parseIf(): If {
    const first = this.parseBranch(false);
    let last = first;
    let isDead = first.isAlwaysTrue;
    while (this.type === tt._elif) {
      const branch = this.parseBranch(isDead);
      if (!isDead) last.node.orelse = [branch.node];
      isDead ||= branch.isAlwaysTrue;
      if (!isDead || branch.isAlwaysTrue) last = branch;
    }
    if (this.eat(tt._else)) {
      const body = this.parseConditionalBlock(isDead);
      if (!isDead) last.node.orelse = body;
    }
    return first.node;
  }

  /** `if` or `elif` with its block; `isDead` when a branch before it is always taken. */
  private parseBranch(isDead: boolean): { node: If; isAlwaysTrue: boolean } {
    const { line, column } = this;
    this.next();
    const reported = this.reports.length;
    const test = this.parseNamedTest();
    if (isDead) this.reports.length = reported;
    const truth = truthOf(test);
    const body = this.parseConditionalBlock(isDead || truth === false);
    return { node: { type: 'If', line, column, test, body, orelse: [] }, isAlwaysTrue: truth === true };
  }

  private parseWhile(): Stmt {
    const { line, column } = this;
    this.next();
    const test = this.parseNamedTest();
    const body = this.parseLoopBlock(truthOf(test) === false);
    return { type: 'While', line, column, test, body, orelse: this.parseElse() };
  }

  private parseFor(line: number, column: number, isAsync: boolean): Stmt {
    this.next();
    const target = this.parseTargetList();
    this.expect(tt._in);
    const iter = this.parseExpressionList(!this.strict);
    const body = this.parseLoopBlock(false);
    return { type: 'For', line, column, target, iter, body, orelse: this.parseElse(), isAsync };
  }

  // ---- try and with

  private parseTry(): Try {
    const { line, column } = this;
    this.next();
    const node: Try = {
      type: 'Try',
      line,
      column,
      body: this.parseBlock(),
      handlers: [],
      orelse: [],
      finalbody: [],
      isStar: false,
    };
    while (this.type === tt._except) this.parseHandler(node);
    if (node.handlers.length > 0) {
      for (const handler of node.handlers.slice(0, -1)) {
        if (handler.excType === null) this.report("default 'except' must be last", handler);
      }
      node.orelse = this.parseElse();
    }
    if (this.type === tt._finally || node.handlers.length === 0) {
      this.expect(tt._finally);
      node.finalbody = this.parseBlock();
    }
    return node;
  }

  private parseHandler(node: Try): void {
    const { line, column } = this;
    this.next();
    if (!this.strict && this.type === tt.star && (node.isStar || node.handlers.length === 0)) {
      this.next();
      node.isStar = true;
    } else if (node.isStar) {
      this.unexpected();
    }
    let excType: Expr | null = null;
    let name: string | null = null;
    if (this.type !== tt.colon || node.isStar) {
      excType = this.parseTest();
      name = this.parseAsName();
    }
    const handler: ExceptHandler = { line, column, excType, name, body: this.parseBlock() };
    node.handlers.push(handler);
  }

  private parseWith(line: number, column: number, isAsync: boolean): Stmt {
    this.next();
    let items: WithItem[] | null = null;
    if (!this.strict && this.type === tt.parenOpen) items = this.attempt(() => this.parseBracketedItems());
    if (items === null) {
      items = [];
      do {
        items.push(this.parseWithItem());
      } while (this.eat(tt.comma));
    }
    return { type: 'With', line, column, items, body: this.parseBlock(), isAsync };
  }

  /** The host's `with (a as b, c as d):`; null when the bracket turns out to belong to an expression. */
  private parseBracketedItems(): WithItem[] | null {
    const items: WithItem[] = [];
    this.next();
    do {
      if (this.type === tt.parenClose) break;
      items.push(this.parseWithItem());
    } while (this.eat(tt.comma));
    if (items.length === 0 || !this.eat(tt.parenClose)) return null;
    return this.type === tt.colon ? items : null;
  }

  private parseWithItem(): WithItem {
    const context = this.parseTest();
    if (!this.eat(tt._as)) return { context, target: null };
    const target = this.parseOperators(Precedence.bitOr);
    this.checkTarget(target);
    return { context, target };
  }

  // ---- definitions

  private parseFunction(line: number, column: number, decorators: Expr[], isAsync: boolean): FunctionDef {
    this.expect(tt._def);
    const name = this.expectName();
    this.expect(tt.parenOpen);
    const { args, check } = this.parseParameters(tt.parenClose, true);
    this.expect(tt.parenClose);
    const returns = this.eat(tt.arrow) ? this.parseAnnotation(false) : null;
    return this.inScope('function', name, line, (scope) => {
      scope.isGenerator = isAsync;
      check();
      const body = this.parseBlock();
      const isAsyncGenerator = isAsync && !this.strict && scope.suspensions.some(isYield);
      if (isAsyncGenerator && scope.valueReturn !== null) {
        this.report("'return' with value in async generator", scope.valueReturn, scope);
      }
      return { type: 'FunctionDef', line, column, name, args, returns, body, decorators, isAsync, isAsyncGenerator };
    });
  }

  private parseClassDefinition(decorators: Expr[]): ClassDef {
    const { line, column } = this;
    this.next();
    const name = this.expectName();
    const bases = this.eat(tt.parenOpen) ? this.parseArguments() : { args: [], keywords: [] };
    return this.inScope('class', name, line, () => {
      const body = this.parseBlock();
      return { type: 'ClassDef', line, column, name, bases: bases.args, keywords: bases.keywords, body, decorators };
    });
  }

  private parseAsync(): Stmt {
    const { line, column } = this;
    this.next();
    if (this.type === tt._def) return this.parseFunction(line, column, [], true);
    if (this.type !== tt._for && this.type !== tt._with) this.unexpected();
    if (!this.scope.isGenerator) {
      this.report('async for/with outside async function', { line: this.line, column: this.column });
    }
    return this.type === tt._for ? this.parseFor(line, column, true) : this.parseWith(line, column, true);
  }

  private parseDecorated(): Stmt {
    const decorators: Expr[] = [];
    while (this.eat(tt.at)) {
      const decorator = this.strict ? this.parseStrictDecorator() : this.parseNamedTest();
      this.checkDecorator(decorator);
      decorators.push(decorator);
      this.expect(tt.newline);
    }
    const { line, column } = this;
    if (this.type === tt._class) return this.parseClassDefinition(decorators);
    const isAsync = this.eat(tt._async);
    if (this.type !== tt._def) this.unexpected();
    return this.parseFunction(line, column, decorators, isAsync);
  }

  /** A dotted name, called or not: all that MicroPython takes. */
  private parseStrictDecorator(): Expr {
    const { line, column } = this;
    let node: Expr = { type: 'Name', line, column, id: this.expectName() };
    while (this.eat(tt.period)) {
      node = { type: 'Attribute', line, column, value: node, attr: this.expectName() };
    }
    if (!this.eat(tt.parenOpen)) return node;
    return { type: 'Call', line, column, func: node, ...this.parseArguments() };
  }

  private checkDecorator(decorator: Expr): void {
    const named = decorator.type === 'Call' ? decorator.func : decorator;
    let base = named;
    while (base.type === 'Attribute') base = base.value;
    if (base.type !== 'Name' || base.id !== 'micropython') return;
    const isKnown = named.type === 'Attribute' && named.value === base && compilerDecorators.has(named.attr);
    if (!isKnown) this.report('invalid micropython decorator', decorator, this.scope, false);
  }

  // ---- match

  /** Reads a `match` up to its first `case` and returns the subject; null when `match` turns out to be a name. */
  private parseMatchHead(): Expr | null {
    this.next();
    if (!this.type.startsExpression && this.type !== tt.star) return null;
    const subject = this.parseMatchSubject();
    if (!this.eat(tt.colon) || !this.eat(tt.newline) || !this.eat(tt.indent)) return null;
    return this.startsCase() ? subject : null;
  }

  private startsCase(): boolean {
    return this.type === tt.name && this.value === 'case';
  }

  private parseMatch(line: number, column: number, subject: Expr): Match {
    const cases: MatchCase[] = [];
    while (this.startsCase()) cases.push(this.parseCase());
    this.expect(tt.dedent);
    return { type: 'Match', line, column, subject, cases };
  }

  private parseMatchSubject(): Expr {
    const { line, column } = this;
    const first = this.parseDisplayItem();
    if (this.type !== tt.comma) return first;
    const elts = [first];
    while (this.eat(tt.comma) && this.type !== tt.colon) elts.push(this.parseDisplayItem());
    this.admitStars(elts);
    return { type: 'Tuple', line, column, elts, parenthesised: false };
  }

  private parseCase(): MatchCase {
    this.next();
    const pattern = this.parseCasePattern();
    const guard = this.eat(tt._if) ? this.parseNamedTest() : null;
    return { pattern, guard, body: this.parseBlock() };
  }
}

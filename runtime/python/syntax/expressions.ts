/** Expressions: from a whole list of them down to a single name, and the targets that some of them may be. */
import type {
  Arguments,
  Attribute,
  AugAssign,
  Call,
  Compare,
  CompareOperator,
  Comprehension,
  DictExpr,
  Expr,
  Keyword,
  NodeBase,
  Parameter,
  SetExpr,
  Starred,
} from './ast';
import { intLiteral, truthOf } from './constant';
import type { OpenScope } from './parser-base';
import { StringParser } from './strings';
import { Precedence, tt, type TokenType } from './token';

/** Parameters or arguments of a call, as they stand in the tree. */
export type CallArguments = Pick<Call, 'args' | 'keywords'>;

/** MicroPython keeps in a small int which arguments of a call have stars; this many fit on a board. */
const mostStarIndex = 30;

const starMessage = '*x must be assignment target';

export abstract class ExpressionParser extends StringParser {
  /** What `const()` gave names: each later use of such a name is a copy of its value, as in MicroPython's parser. */
  protected readonly constants = new Map<string, Expr>();

  // ---- lists of expressions

  /** `a, b` or a single expression, with stars where `stars` allows them; stops at what no expression begins with. */
  protected parseExpressionList(stars: boolean): Expr {
    const { line, column } = this;
    const first = this.parseListItem(stars);
    if (this.type !== tt.comma) return first;
    const elts = [first];
    while (this.eat(tt.comma) && this.startsListItem(stars)) {
      elts.push(this.parseListItem(stars));
    }
    if (!this.strict) this.admitStars(elts);
    return { type: 'Tuple', line, column, elts, parenthesised: false };
  }

  /** The right-hand side of an assignment: a list, or a `yield`. */
  protected parseAssignedValue(): Expr {
    return this.type === tt._yield ? this.parseYield() : this.parseExpressionList(true);
  }

  private startsListItem(stars: boolean): boolean {
    return this.type.startsExpression || (stars && this.type === tt.star);
  }

  private parseListItem(stars: boolean): Expr {
    return stars && this.type === tt.star ? this.parseStarred() : this.parseTest();
  }

  /**
   * `*value` in a list. MicroPython takes it in targets only, CPython in a list only: until it is known to stand right,
   * it is put aside as a mistake.
   */
  protected parseStarred(): Starred {
    const { line, column } = this;
    this.expect(tt.star);
    const value = this.parseOperators(Precedence.bitOr);
    const starred: Starred = { type: 'Starred', line, column, value };
    this.report(starMessage, starred);
    return starred;
  }

  /** The host grammar takes stars in any list. The last was put aside last, and is found first. */
  protected admitStars(elts: readonly Expr[]): void {
    for (let i = elts.length - 1; i >= 0; i--) {
      const element = elts[i]!;
      if (element.type === 'Starred') this.withdraw(element);
    }
  }

  // ---- operators

  protected override parseField(): Expr {
    return this.type === tt._yield ? this.parseYield() : this.parseExpressionList(true);
  }

  /** A conditional expression or a lambda. */
  parseTest(): Expr {
    if (this.type === tt._lambda) return this.parseLambda(false);
    const { line, column } = this;
    const body = this.parseOperators(Precedence.or);
    if (this.type !== tt._if) return body;
    this.next();
    const test = this.parseOperators(Precedence.or);
    this.expect(tt._else);
    this.descend();
    const orelse = this.parseTest();
    this.depth--;
    return { type: 'IfExp', line, column, test, body, orelse };
  }

  /** `test` or `name := test`. */
  protected parseNamedTest(): Expr {
    const { line, column } = this;
    const target = this.parseTest();
    if (this.type !== tt.walrus) return target;
    this.next();
    return this.parseNamedValue(line, column, target);
  }

  private parseNamedValue(line: number, column: number, target: Expr): Expr {
    const value = this.parseTest();
    if (target.type !== 'Name') {
      this.reportExpression("can't assign to expression", target);
      return value;
    }
    return { type: 'NamedExpr', line, column, target, value };
  }

  /** The condition of a comprehension: anything but a conditional expression. */
  private parseCondition(): Expr {
    return this.type === tt._lambda ? this.parseLambda(true) : this.parseOperators(Precedence.or);
  }

  /** An expression of operators that bind at least as tightly as `least`. */
  protected parseOperators(least: number): Expr {
    const { line, column } = this;
    let left: Expr;
    this.descend();
    if (this.type === tt._not && least <= Precedence.not) {
      this.next();
      const operand = this.parseOperators(Precedence.not);
      left = { type: 'UnaryOp', line, column, op: 'not', operand };
    } else {
      left = this.parseUnary();
    }
    for (;;) {
      const type = this.type;
      const precedence = type.precedence;
      if (precedence === 0 || precedence < least) break;
      if (type.binary !== null) {
        this.next();
        const right = this.parseOperators(precedence + 1);
        left = { type: 'BinOp', line, column, op: type.binary, left, right };
      } else if (precedence === Precedence.compare) {
        left = this.parseComparison(line, column, left);
      } else {
        left = this.parseBoolean(line, column, type, left);
      }
    }
    this.depth--;
    return left;
  }

  /** What follows a constant that decides is not compiled by MicroPython, and no part of the tree. */
  private parseBoolean(line: number, column: number, type: TokenType, first: Expr): Expr {
    const values = [first];
    const decisive = type === tt._or;
    let isDecided = truthOf(first) === decisive;
    while (this.eat(type)) {
      const reported = this.reports.length;
      const suspended = this.scope.suspensions.length;
      const value = this.parseOperators(type.precedence + 1);
      if (isDecided) {
        this.reports.length = reported;
        this.scope.suspensions.length = suspended;
      } else {
        values.push(value);
        isDecided = truthOf(value) === decisive;
      }
    }
    return values.length === 1 ? first : { type: 'BoolOp', line, column, op: decisive ? 'or' : 'and', values };
  }

  private parseComparison(line: number, column: number, left: Expr): Compare {
    const ops: CompareOperator[] = [];
    const comparators: Expr[] = [];
    while (this.type.compare !== null) {
      ops.push(this.parseCompareOperator());
      comparators.push(this.parseOperators(Precedence.compare + 1));
    }
    return { type: 'Compare', line, column, left, ops, comparators };
  }

  private parseCompareOperator(): CompareOperator {
    const type = this.type;
    this.next();
    if (type === tt._not) {
      this.expect(tt._in);
    } else if (type === tt._is && this.eat(tt._not)) {
      return 'is not';
    }
    return type.compare!;
  }

  private parseUnary(): Expr {
    const type = this.type;
    if (type === tt.minus || type === tt.plus || type === tt.tilde) {
      const { line, column } = this;
      this.descend();
      this.next();
      const operand = this.parseUnary();
      this.depth--;
      return { type: 'UnaryOp', line, column, op: type === tt.minus ? '-' : type === tt.plus ? '+' : '~', operand };
    }
    const { line, column } = this;
    const left = type === tt._await ? this.parseAwait() : this.parsePostfix(this.parseAtom(), line, column);
    if (this.type !== tt.power) return left;
    this.descend();
    this.next();
    const right = this.parseUnary();
    this.depth--;
    return { type: 'BinOp', line, column, op: '**', left, right };
  }

  private parseAwait(): Expr {
    const { line, column } = this;
    this.next();
    const at = { line: this.line, column: this.column };
    const reported = this.reports.length;
    const value = this.parsePostfix(this.parseAtom(), at.line, at.column);
    const node: Expr = { type: 'Await', line, column, value };
    if (!this.mayAwait(this.scope)) {
      this.reports.length = reported;
      this.report("'await' outside function", node);
    }
    this.suspend(node);
    return node;
  }

  /** Whether `await` may stand in `scope`; in the host grammar also in comprehensions inside a function. */
  private mayAwait(scope: OpenScope): boolean {
    while (!this.strict && scope.kind === 'comprehension' && scope.outer !== null) scope = scope.outer;
    return scope.kind === 'function' || scope.kind === 'lambda';
  }

  protected parseYield(): Expr {
    const { line, column } = this;
    const reported = this.reports.length;
    this.expect(tt._yield);
    let node: Expr;
    if (this.eat(tt._from)) {
      node = { type: 'YieldFrom', line, column, value: this.parseTest() };
    } else if (this.startsListItem(!this.strict)) {
      node = { type: 'Yield', line, column, value: this.parseExpressionList(!this.strict) };
    } else {
      node = { type: 'Yield', line, column, value: null };
    }
    if (this.scope.kind !== 'function' && this.scope.kind !== 'lambda') {
      this.reports.length = reported;
      this.report("'yield' outside function", node);
    }
    this.suspend(node);
    return node;
  }

  private suspend(node: NodeBase): void {
    this.scope.suspensions.push(node);
    this.scope.isGenerator = true;
  }

  // ---- what follows an atom

  private parsePostfix(node: Expr, line: number, column: number): Expr {
    for (;;) {
      const type = this.type;
      if (type === tt.period || type === tt.parenOpen || type === tt.bracketOpen) {
        node = this.parseTrailer(node, line, column);
      } else {
        return node.type === 'Attribute' && this.known.moduleConstant !== undefined ? this.moduleConstant(node) : node;
      }
    }
  }

  /** An attribute of `node`, a call of it or an item in it; the whole began at `line` and `column`. */
  protected parseTrailer(node: Expr, line: number, column: number): Expr {
    if (this.type === tt.parenOpen) return this.parseCall(node, line, column);
    const isAttribute = this.type === tt.period;
    this.next();
    return isAttribute
      ? { type: 'Attribute', line, column, value: node, attr: this.parseAttributeName() }
      : { type: 'Subscript', line, column, value: node, slice: this.parseSubscripts() };
  }

  /** MicroPython puts the numbers of some modules in the place of `module.name`, imported or not. */
  protected moduleConstant(node: Attribute): Expr {
    if (node.value.type !== 'Name') return node;
    const constant = this.known.moduleConstant?.(node.value.id, node.attr);
    if (constant === undefined) return node;
    if (constant.kind === 'int') return intLiteral(constant.value, node);
    return { type: 'Float', line: node.line, column: node.column, value: constant.value };
  }

  /** In the host grammar `__debug__`, which is a value, may still be an attribute. */
  private parseAttributeName(): string {
    if (this.type !== tt._True || this.strict || this.value !== '__debug__') return this.expectName();
    this.next();
    return '__debug__';
  }

  private parseCall(func: Expr, line: number, column: number): Call {
    const at = { line: this.line, column: this.column };
    this.next();
    const { args, keywords } = this.parseArguments();
    if (func.type === 'Name' && func.id === 'super' && args.length + keywords.length === 0) {
      // CPython leaves this to the run.
      const isLost = this.strict && this.scope.kind === 'function' && !this.scope.hasParameters;
      if (isLost) this.report("super() can't find self", at);
    }
    return { type: 'Call', line, column, func, args, keywords };
  }

  /** The arguments of a call up to and with its closing bracket. */
  protected parseArguments(): CallArguments {
    const args: Expr[] = [];
    const keywords: Keyword[] = [];
    let hasMapping = false;
    while (this.type !== tt.parenClose) {
      const { line, column } = this;
      if (this.eat(tt.star)) {
        const starred: Starred = { type: 'Starred', line, column, value: this.parseTest() };
        if (hasMapping) {
          this.report('* arg after **', starred);
        } else if (this.strict && keywords.length > 0) {
          this.report('* arg after kwarg', starred);
        } else if (this.strict && args.length + keywords.length >= mostStarIndex) {
          this.report('too many args', starred);
        }
        args.push(starred);
      } else if (this.eat(tt.power)) {
        keywords.push({ type: 'Keyword', line, column, arg: null, value: this.parseTest() });
        hasMapping = true;
      } else {
        this.parseArgument(args, keywords, hasMapping);
      }
      if (!this.eat(tt.comma)) break;
    }
    this.expect(tt.parenClose);
    return { args, keywords };
  }

  private parseArgument(args: Expr[], keywords: Keyword[], hasMapping: boolean): void {
    const { line, column } = this;
    const mark = this.scope.suspensions.length;
    const value = this.parseTest();
    if (this.eat(tt.assign)) {
      if (value.type === 'Name') {
        keywords.push({ type: 'Keyword', line, column, arg: value.id, value: this.parseTest() });
      } else {
        this.report('LHS of keyword arg must be an id', { line, column });
        this.parseTest();
      }
    } else if (this.eat(tt.walrus)) {
      args.push(this.parseNamedValue(line, column, value));
    } else if (this.startsComprehension()) {
      args.push({
        type: 'GeneratorExp',
        line,
        column,
        elt: value,
        generators: this.parseGenerators('<genexpr>', mark),
      });
    } else {
      if (hasMapping) {
        this.reportExpression('positional arg after **', value);
      } else if (keywords.length > 0) {
        this.reportExpression('positional arg after keyword arg', value);
      }
      args.push(value);
    }
  }

  /** What stands in the square brackets of a subscript, up to and with the closing one. */
  private parseSubscripts(): Expr {
    const { line, column } = this;
    const first = this.parseSubscript();
    let node = first;
    if (this.type === tt.comma || first.type === 'Starred') {
      const elts = [first];
      while (this.eat(tt.comma) && this.type !== tt.bracketClose) {
        elts.push(this.parseSubscript());
      }
      this.admitStars(elts);
      node = { type: 'Tuple', line, column, elts, parenthesised: false };
    }
    this.expect(tt.bracketClose);
    return node;
  }

  private parseSubscript(): Expr {
    const { line, column } = this;
    if (!this.strict && this.type === tt.star) return this.parseStarred();
    let lower: Expr | null = null;
    if (this.type !== tt.colon) {
      lower = this.strict ? this.parseTest() : this.parseNamedTest();
      if (this.type !== tt.colon) return lower;
    }
    this.next();
    const upper = this.type.startsExpression ? this.parseTest() : null;
    const step = this.eat(tt.colon) && this.type.startsExpression ? this.parseTest() : null;
    return { type: 'Slice', line, column, lower, upper, step };
  }

  // ---- atoms

  protected parseAtom(): Expr {
    const { line, column } = this;
    switch (this.type) {
      case tt.name: {
        const id = this.value;
        this.next();
        if (this.constants.size > 0) {
          const constant = this.constants.get(id);
          if (constant !== undefined) return { ...constant, line, column };
        }
        return { type: 'Name', line, column, id };
      }
      case tt.string:
      case tt.formatString:
        return this.parseStrings();
      case tt.int:
      case tt.float:
      case tt.imaginary:
        return this.parseNumber();
      case tt.parenOpen:
        return this.parseParenthesised();
      case tt.bracketOpen:
        return this.parseListDisplay();
      case tt.braceOpen:
        return this.parseBraceDisplay();
      case tt._None:
        this.next();
        return { type: 'Singleton', line, column, value: null };
      case tt._True: {
        const value = this.value !== '__debug__' || this.known.debug !== false;
        this.next();
        return { type: 'Singleton', line, column, value };
      }
      case tt._False:
        this.next();
        return { type: 'Singleton', line, column, value: false };
      case tt.ellipsis:
        this.next();
        return { type: 'Singleton', line, column, value: 'Ellipsis' };
      default:
        this.unexpected();
    }
  }

  protected parseNumber(): Expr {
    const { line, column, type, number, numberError } = this;
    if (numberError !== null) this.raise(numberError);
    this.next();
    if (type === tt.int) return { type: 'Int', line, column, value: number };
    if (type === tt.float) return { type: 'Float', line, column, value: number as number };
    return { type: 'Imaginary', line, column, value: number as number };
  }

  private parseParenthesised(): Expr {
    const { line, column } = this;
    this.next();
    return this.parseParenthesisedRest(line, column, tt.parenClose);
  }

  protected override parseWholeField(): Expr {
    return this.parseParenthesisedRest(this.line, this.column, tt.end);
  }

  /** What stands in parentheses, up to and with `close`. */
  private parseParenthesisedRest(line: number, column: number, close: TokenType): Expr {
    if (this.eat(close)) return { type: 'Tuple', line, column, elts: [], parenthesised: true };
    if (this.type === tt._yield) {
      const node = this.parseYield();
      this.expect(close);
      return node;
    }
    const mark = this.scope.suspensions.length;
    const first = this.parseDisplayItem();
    if (this.startsComprehension()) {
      const generators = this.parseGenerators('<genexpr>', mark);
      this.expect(close);
      return { type: 'GeneratorExp', line, column, elt: first, generators };
    }
    if (this.type === tt.comma) {
      const elts = this.parseDisplayRest(first, close);
      return { type: 'Tuple', line, column, elts, parenthesised: close === tt.parenClose };
    }
    this.expect(close);
    return first;
  }

  private parseListDisplay(): Expr {
    const { line, column } = this;
    this.next();
    if (this.eat(tt.bracketClose)) return { type: 'List', line, column, elts: [] };
    const mark = this.scope.suspensions.length;
    const first = this.parseDisplayItem();
    if (this.startsComprehension()) {
      const generators = this.parseGenerators('<listcomp>', mark);
      this.expect(tt.bracketClose);
      return { type: 'ListComp', line, column, elt: first, generators };
    }
    return { type: 'List', line, column, elts: this.parseDisplayRest(first, tt.bracketClose) };
  }

  /** What a display, or the subject of a `match`, may hold. */
  protected parseDisplayItem(): Expr {
    return this.type === tt.star ? this.parseStarred() : this.parseNamedTest();
  }

  /** The elements of a display from behind the first, up to and with the closing bracket. */
  private parseDisplayRest(first: Expr, close: TokenType): Expr[] {
    const elts = [first];
    while (this.eat(tt.comma) && this.type !== close) {
      elts.push(this.parseDisplayItem());
    }
    if (!this.strict) this.admitStars(elts);
    this.expect(close);
    return elts;
  }

  /** A dict or set, or a comprehension of either. */
  private parseBraceDisplay(): Expr {
    const { line, column } = this;
    this.next();
    const dict: DictExpr = { type: 'Dict', line, column, keys: [], values: [] };
    if (this.eat(tt.braceClose)) return dict;
    const set: SetExpr = { type: 'Set', line, column, elts: [] };
    const at = { line: this.line, column: this.column };
    const mark = this.scope.suspensions.length;
    const isDict = this.parseBraceItem(dict, set);
    if (this.startsComprehension()) return this.parseBraceComprehension(dict, set, isDict, mark);
    let isMixed = false;
    while (this.eat(tt.comma) && this.type !== tt.braceClose) {
      if (this.parseBraceItem(dict, set) !== isDict) isMixed = true;
    }
    this.expect(tt.braceClose);
    if (isMixed) this.report(isDict ? 'expecting key:value for dict' : 'expecting just a value for set', at);
    if (isDict) return dict;
    this.admitStars(set.elts);
    return set;
  }

  /** Reads one element into the dict or the set; returns whether it was for the dict. */
  private parseBraceItem(dict: DictExpr, set: SetExpr): boolean {
    if (!this.strict && this.eat(tt.power)) {
      dict.keys.push(null);
      dict.values.push(this.parseOperators(Precedence.bitOr));
      return true;
    }
    if (!this.strict && this.type === tt.star) {
      set.elts.push(this.parseStarred());
      return false;
    }
    const item = this.strict ? this.parseTest() : this.parseNamedTest();
    if (!this.eat(tt.colon)) {
      set.elts.push(item);
      return false;
    }
    dict.keys.push(item);
    dict.values.push(this.parseTest());
    return true;
  }

  private parseBraceComprehension(dict: DictExpr, set: SetExpr, isDict: boolean, mark: number): Expr {
    const { line, column } = dict;
    const generators = this.parseGenerators(isDict ? '<dictcomp>' : '<setcomp>', mark);
    this.expect(tt.braceClose);
    if (!isDict) return { type: 'SetComp', line, column, elt: set.elts[0]!, generators };
    const key = dict.keys[0]!;
    if (key === null) this.report('invalid syntax', dict);
    return { type: 'DictComp', line, column, key: key ?? dict.values[0]!, value: dict.values[0]!, generators };
  }

  // ---- comprehensions

  private startsComprehension(): boolean {
    return this.type === tt._for || (!this.strict && this.type === tt._async);
  }

  /**
   * The `for` and `if` parts of a comprehension. The first iterable is read in the scope around, all else belongs to
   * the comprehension, and so do the `yield`s and `await`s of its element, which were read before it was known for one:
   * those from `mark` on.
   */
  private parseGenerators(name: string, mark: number): Comprehension[] {
    const outer = this.scope;
    const generators: Comprehension[] = [];
    this.inScope('comprehension', name, this.line, (scope) => {
      this.claimSuspensions(outer, scope, mark);
      while (this.startsComprehension()) {
        const isAsync = this.eat(tt._async);
        if (isAsync && name !== '<genexpr>' && !this.mayAwait(scope)) {
          this.report('async for/with outside async function', { line: this.line, column: this.column });
        }
        this.expect(tt._for);
        const target = this.parseTargetList();
        this.expect(tt._in);
        if (generators.length === 0) this.scope = outer;
        const iter = this.parseOperators(Precedence.or);
        this.scope = scope;
        const ifs: Expr[] = [];
        while (this.eat(tt._if)) ifs.push(this.parseCondition());
        generators.push({ target, iter, ifs, isAsync });
      }
      // A host's comprehension may await; then what holds it suspends.
      if (!this.strict && scope.suspensions.length > 0) outer.isGenerator = true;
    });
    return generators;
  }

  private claimSuspensions(outer: OpenScope, scope: OpenScope, mark: number): void {
    for (const node of outer.suspensions.splice(mark) as Expr[]) {
      this.withdraw(node);
      if (node.type !== 'Await') {
        this.report("'yield' outside function", node, scope);
      } else if (!this.mayAwait(scope)) {
        this.report("'await' outside function", node, scope);
      } else {
        scope.suspensions.push(node);
      }
    }
  }

  // ---- targets

  /** The target of a `for`, with or without commas. */
  protected parseTargetList(): Expr {
    const target = this.parseBareTargets();
    this.checkTarget(target);
    return target;
  }

  /** A list of what may be targets, not yet checked. */
  protected parseBareTargets(): Expr {
    const { line, column } = this;
    const first = this.parseBareTarget();
    if (this.type !== tt.comma) return first;
    const elts = [first];
    while (this.eat(tt.comma) && this.startsListItem(true)) {
      elts.push(this.parseBareTarget());
    }
    return { type: 'Tuple', line, column, elts, parenthesised: false };
  }

  private parseBareTarget(): Expr {
    return this.type === tt.star ? this.parseStarred() : this.parseOperators(Precedence.bitOr);
  }

  /** Makes sure that something can be assigned to `node`. */
  protected checkTarget(node: Expr): void {
    switch (node.type) {
      case 'Name':
      case 'Attribute':
      case 'Subscript':
        return;
      case 'Tuple':
        if (this.strict && node.elts.length === 0) this.reportExpression("can't assign to expression", node);
        this.checkTargets(node.elts);
        return;
      case 'List':
        this.checkTargets(node.elts);
        return;
      default:
        this.refuseTarget("can't assign to expression", node);
    }
  }

  private checkTargets(elts: readonly Expr[]): void {
    let hasStar = false;
    for (const element of elts) {
      if (element.type !== 'Starred') {
        this.checkTarget(element);
        continue;
      }
      this.withdraw(element);
      if (hasStar) {
        this.report('multiple *x in assignment', element);
        return;
      }
      hasStar = true;
      this.checkTarget(element.value);
    }
  }

  /** Makes sure that `node` can be the target of an augmented assignment. */
  protected checkAugmentedTarget(node: Expr): AugAssign['target'] {
    if (node.type === 'Name' || node.type === 'Attribute' || node.type === 'Subscript') return node;
    this.refuseTarget("can't assign to expression", node);
    return { type: 'Name', line: node.line, column: node.column, id: '' };
  }

  /** Makes sure that `node` can be deleted. */
  protected checkDeletion(node: Expr): void {
    if (node.type === 'Name' || node.type === 'Attribute' || node.type === 'Subscript') return;
    const isList = node.type === 'List' && !this.strict;
    if (isList || (node.type === 'Tuple' && (node.elts.length > 0 || !this.strict))) {
      for (const element of node.elts) this.checkDeletion(element);
    } else {
      this.refuseTarget("can't delete expression", node);
    }
  }

  /** A star that is no target is a mistake as a target, no longer as a star. */
  private refuseTarget(message: string, node: Expr): void {
    if (node.type === 'Starred') this.withdraw(node);
    this.reportExpression(message, node);
  }

  // ---- functions

  private parseLambda(isCondition: boolean): Expr {
    const { line, column } = this;
    this.next();
    const { args, check } = this.parseParameters(tt.colon, false);
    this.expect(tt.colon);
    return this.inScope('lambda', '<lambda>', line, () => {
      check();
      this.descend();
      const body = isCondition ? this.parseCondition() : this.parseTest();
      this.depth--;
      return { type: 'Lambda', line, column, args, body };
    });
  }

  /**
   * Parameters up to `close`, which is not stepped over. `check` puts aside what is wrong with them and has to be
   * called in the function's own scope.
   */
  protected parseParameters(close: TokenType, annotated: boolean): { args: Arguments; check: () => void } {
    const args: Arguments = { posonly: [], args: [], vararg: null, kwonly: [], kwarg: null };
    const order: Parameter[] = [];
    const faults: NodeBase[] = [];
    let hasStar = false;
    let hasSlash = false;
    while (this.type !== close) {
      const at = { line: this.line, column: this.column };
      if (args.kwarg !== null) faults.push(at);
      if (this.eat(tt.power)) {
        args.kwarg = this.parseParameter(annotated, false);
        order.push(args.kwarg);
      } else if (this.eat(tt.star)) {
        if (hasStar) faults.push(at);
        hasStar = true;
        if (this.type === tt.name) {
          args.vararg = this.parseParameter(annotated, true);
          order.push(args.vararg);
        }
      } else if (!this.strict && !hasSlash && !hasStar && order.length > 0 && this.eat(tt.slash)) {
        hasSlash = true;
        args.posonly = args.args;
        args.args = [];
      } else {
        const parameter = this.parseParameter(annotated, false);
        if (this.eat(tt.assign)) parameter.default = this.parseTest();
        order.push(parameter);
        (hasStar ? args.kwonly : args.args).push(parameter);
      }
      if (!this.eat(tt.comma)) break;
    }
    this.checkDefaults(args);
    return { args, check: () => this.checkParameters(order, faults) };
  }

  private parseParameter(annotated: boolean, isVararg: boolean): Parameter {
    const { line, column } = this;
    const name = this.expectName();
    const annotation = annotated && this.eat(tt.colon) ? this.parseAnnotation(isVararg) : null;
    return { line, column, name, annotation, default: null };
  }

  /** An annotation is never compiled by MicroPython, so only the parser's mistakes count in it. */
  protected parseAnnotation(allowStar: boolean): Expr {
    const reported = this.reports.length;
    const node = allowStar && !this.strict && this.type === tt.star ? this.parseStarred() : this.parseTest();
    this.reports.length = reported;
    return node;
  }

  private checkDefaults(args: Arguments): void {
    let hasDefault = false;
    for (const parameter of [...args.posonly, ...args.args]) {
      if (parameter.default !== null) {
        hasDefault = true;
      } else if (hasDefault) {
        const isPlain = parameter.annotation === null;
        this.report('non-default argument follows default argument', parameter, this.scope, !isPlain);
        return;
      }
    }
  }

  private checkParameters(order: readonly Parameter[], faults: readonly NodeBase[]): void {
    this.scope.hasParameters = order.length > 0;
    for (const fault of faults) this.report('invalid syntax', fault);
    const names = new Set<string>();
    for (const parameter of order) {
      if (names.has(parameter.name)) {
        const isPlain = parameter.annotation === null && parameter.default === null;
        this.report('argument name reused', parameter, this.scope, !isPlain);
        return;
      }
      names.add(parameter.name);
    }
  }
}

/** The resolver: walks a tree once and says, for each node that opens a scope, which names are bound where. */
import type {
  Arguments,
  Comprehension,
  Expr,
  FunctionDef,
  ClassDef,
  GeneratorExp,
  ListComp,
  SetComp,
  DictComp,
  Lambda,
  Module,
  Name,
  NodeBase,
  Pattern,
  Stmt,
} from '../syntax/ast';
import { PySyntaxError } from '../syntax/syntax-error';
import { isFloat } from './likely-floats';
import { Scope } from './scope';

export type ScopeNode = Module | FunctionDef | Lambda | ClassDef | ListComp | SetComp | DictComp | GeneratorExp;

/** Raises what only the scopes show to be wrong; `scope` is the one it stands in. */
function mistake(scope: Scope, message: string, at: NodeBase): never {
  throw new PySyntaxError('SyntaxError', message, at.line, at.column, false, scope.name);
}

/** What MicroPython's code of a part takes at most, and of each name that it binds. */
const MOST_BYTES = { statement: 100, expression: 20, name: 20, asyncItem: 80 } as const;

/** The scope of each node that opens one. */
export type Scopes = Map<ScopeNode, Scope>;

/** What the resolver found. */
export interface Resolved {
  readonly scopes: Scopes;
  /** A float literal or a true division is somewhere in the source. */
  readonly floats: boolean;
  /** Names that an import or a `class` statement somewhere in the source binds: calls through them take no self. */
  readonly holders: ReadonlySet<string>;
}

/** The names that a pattern binds. */
function namesIn(p: Pattern): Set<string> {
  const inside = (patterns: readonly Pattern[]): string[] => patterns.flatMap((q) => [...namesIn(q)]);
  const name = (text: string | null): string[] => (text === null ? [] : [text]);
  switch (p.type) {
    case 'MatchValue':
    case 'MatchSingleton':
      return new Set();
    case 'MatchSequence':
      return new Set(inside(p.patterns));
    case 'MatchOr':
      return new Set(inside(p.patterns.slice(0, 1)));
    case 'MatchMapping':
      return new Set([...inside(p.patterns), ...name(p.rest)]);
    case 'MatchClass':
      return new Set(inside([...p.patterns, ...p.kwdPatterns]));
    case 'MatchStar':
      return new Set(name(p.name));
    case 'MatchAs':
      return new Set([...inside(p.pattern === null ? [] : [p.pattern]), ...name(p.name)]);
  }
}

export function resolve(tree: Module): Resolved {
  const resolver = new Resolver();
  const scope = new Scope('module', null, '<module>');
  resolver.scopes.set(tree, scope);
  resolver.scope = scope;
  resolver.statements(tree.body);
  resolver.leave(scope);
  resolver.markCaptured(scope);
  return resolver;
}

class Resolver implements Resolved {
  readonly scopes: Scopes = new Map();
  floats = false;
  readonly holders = new Set<string>();
  scope!: Scope;
  /** The most bytes that MicroPython may make of what has been read of the scope. */
  private bytes = 0;

  statements(body: readonly Stmt[]): void {
    for (const s of body) this.statement(s);
  }

  private inside(node: ScopeNode, scope: Scope, visit: () => void): void {
    this.scopes.set(node, scope);
    const { scope: outer, bytes } = this;
    this.scope = scope;
    this.bytes = 0;
    visit();
    this.leave(scope);
    this.scope = outer;
    outer.mostBytes = Math.max(outer.mostBytes, scope.mostBytes);
    // What it takes from around is loaded when it is made.
    this.bytes = bytes + MOST_BYTES.name * scope.used.size;
  }

  leave(scope: Scope): void {
    scope.mostBytes = Math.max(scope.mostBytes, this.bytes);
  }

  private bind(name: string): void {
    const { scope } = this;
    this.bytes += MOST_BYTES.name;
    scope.used.add(name);
    if (!scope.globals.has(name) && !scope.nonlocals.has(name)) scope.locals.add(name);
  }

  private bindHolder(name: string): void {
    this.holders.add(name);
    this.bind(name);
  }

  /** `:=` in a comprehension binds in the scope around it. */
  private bindNamed(target: Name): void {
    const name = target.id;
    let scope = this.scope;
    if (scope.kind === 'comprehension' && scope.locals.has(name)) {
      mistake(scope, 'identifier redefined as nonlocal', target);
    }
    while (scope.kind === 'comprehension' && scope.parent !== null) scope = scope.parent;
    if (scope !== this.scope) this.scope.used.add(name);
    const here = this.scope;
    this.scope = scope;
    this.bind(name);
    scope.named.add(name);
    this.scope = here;
  }

  private statement(s: Stmt): void {
    this.bytes += MOST_BYTES.statement;
    switch (s.type) {
      case 'Expr':
        return this.expr(s.value);
      case 'Assign':
        this.expr(s.value);
        for (const t of s.targets) {
          this.target(t);
          this.noteFloats(t, s.value);
        }
        return;
      case 'AugAssign':
        if (s.op === '/') this.floats = true;
        this.expr(s.value);
        this.target(s.target);
        if (s.target.type === 'Name' && (s.op === '/' || isFloat(s.value, this.scope)))
          this.scope.floats.add(s.target.id);
        return;
      case 'AnnAssign':
        if (s.value !== null) this.expr(s.value);
        if (s.value !== null || s.target.type !== 'Name') this.target(s.target);
        else if (this.scope.kind !== 'module' && this.scope.kind !== 'class') this.bind(s.target.id);
        return;
      case 'Return':
        return this.optional(s.value);
      case 'Delete':
        for (const t of s.targets) this.deleteTarget(t);
        return;
      case 'Raise':
        this.optional(s.exc);
        return this.optional(s.cause);
      case 'Global':
        return this.declareGlobal(s.names, s);
      case 'Nonlocal':
        return this.declareNonlocal(s.names, s);
      case 'Assert':
        this.expr(s.test);
        return this.optional(s.msg);
      case 'Import':
        for (const a of s.names) this.bindHolder(a.asname ?? (a.name.split('.')[0] as string));
        return;
      case 'ImportFrom':
        for (const a of s.names) if (a.name !== '*') this.bindHolder(a.asname ?? a.name);
        return;
      case 'If':
      case 'While':
        this.expr(s.test);
        this.statements(s.body);
        return this.statements(s.orelse);
      case 'For':
        if (s.isAsync) this.scope.isGenerator = true;
        this.expr(s.iter);
        this.target(s.target);
        this.statements(s.body);
        return this.statements(s.orelse);
      case 'Try':
        this.statements(s.body);
        for (const h of s.handlers) {
          this.optional(h.excType);
          if (h.name !== null) {
            this.bind(h.name);
            this.scope.deleted.add(h.name);
          }
          this.statements(h.body);
        }
        this.statements(s.orelse);
        return this.statements(s.finalbody);
      case 'With':
        if (s.isAsync) {
          this.scope.isGenerator = true;
          this.bytes += MOST_BYTES.asyncItem * s.items.length;
        }
        for (const item of s.items) {
          this.expr(item.context);
          if (item.target !== null) this.target(item.target);
        }
        return this.statements(s.body);
      case 'FunctionDef':
        return this.functionDef(s);
      case 'ClassDef':
        return this.classDef(s);
      case 'Match':
        this.expr(s.subject);
        for (const c of s.cases) {
          this.pattern(c.pattern);
          this.optional(c.guard);
          this.statements(c.body);
        }
        return;
      case 'Pass':
      case 'Break':
      case 'Continue':
        return;
    }
  }

  /** Notes the names that a float is assigned to, also one by one: `a, b = 0.5, 1.5`. */
  private noteFloats(target: Expr, value: Expr): void {
    if (target.type === 'Name') {
      if (isFloat(value, this.scope)) this.scope.floats.add(target.id);
    } else if (target.type === 'Tuple' && value.type === 'Tuple' && target.elts.length === value.elts.length) {
      target.elts.forEach((t, i) => {
        this.noteFloats(t, value.elts[i] as Expr);
      });
    }
  }

  private declareGlobal(names: string[], at: NodeBase): void {
    for (const name of names) {
      if (this.scope.kind === 'module') continue;
      if (this.scope.locals.has(name) || this.scope.nonlocals.has(name)) {
        mistake(this.scope, 'identifier redefined as global', at);
      }
      this.scope.globals.add(name);
    }
  }

  private declareNonlocal(names: string[], at: NodeBase): void {
    if (this.scope.kind === 'module') {
      mistake(this.scope, "can't declare nonlocal in outer code", at);
    }
    for (const name of names) {
      if (this.scope.locals.has(name) || this.scope.globals.has(name)) {
        mistake(this.scope, 'identifier redefined as nonlocal', at);
      }
      this.scope.nonlocals.add(name);
      this.scope.used.add(name);
      // The owner may bind the name further down, so what MicroPython checks here is checked once all is known.
      this.pendingNonlocals.push([this.scope, name, at]);
    }
  }

  private readonly pendingNonlocals: [Scope, string, NodeBase][] = [];

  private functionDef(s: FunctionDef): void {
    for (const d of s.decorators) this.expr(d);
    this.defaults(s.args);
    this.bind(s.name);
    const scope = new Scope('function', this.scope, s.name);
    if (s.isAsync) scope.isGenerator = true;
    scope.isAsyncGenerator = s.isAsyncGenerator;
    this.inside(s, scope, () => {
      this.parameters(s.args);
      this.statements(s.body);
    });
  }

  private classDef(s: ClassDef): void {
    for (const d of s.decorators) this.expr(d);
    for (const b of s.bases) this.expr(b);
    for (const k of s.keywords) this.expr(k.value);
    this.bindHolder(s.name);
    this.inside(s, new Scope('class', this.scope, s.name), () => {
      this.statements(s.body);
    });
  }

  private defaults(args: Arguments): void {
    for (const p of [...args.posonly, ...args.args, ...args.kwonly]) this.optional(p.default);
  }

  private parameters(args: Arguments): void {
    const all = [...args.posonly, ...args.args, ...args.kwonly];
    if (args.vararg !== null) all.push(args.vararg);
    if (args.kwarg !== null) all.push(args.kwarg);
    for (const p of all) {
      this.scope.params.push(p.name);
      this.bind(p.name);
    }
  }

  private optional(e: Expr | null): void {
    if (e !== null) this.expr(e);
  }

  private target(t: Expr): void {
    switch (t.type) {
      case 'Name':
        return this.bind(t.id);
      case 'Tuple':
      case 'List':
        for (const e of t.elts) this.target(e);
        return;
      case 'Starred':
        return this.target(t.value);
      default:
        return this.expr(t);
    }
  }

  private deleteTarget(t: Expr): void {
    if (t.type === 'Name') {
      this.bind(t.id);
      this.scope.deleted.add(t.id);
    } else if (t.type === 'Tuple' || t.type === 'List') {
      for (const e of t.elts) this.deleteTarget(e);
    } else this.expr(t);
  }

  private pattern(p: Pattern): void {
    switch (p.type) {
      case 'MatchValue':
        return this.expr(p.value);
      case 'MatchSingleton':
        return;
      case 'MatchSequence':
        for (const q of p.patterns) this.pattern(q);
        return;
      case 'MatchOr': {
        for (const q of p.patterns) this.pattern(q);
        const [first, ...others] = p.patterns.map((q) => [...namesIn(q)].sort().join());
        if (others.some((names) => names !== first)) {
          mistake(this.scope, 'alternative patterns bind different names', p);
        }
        return;
      }
      case 'MatchMapping':
        for (const k of p.keys) this.expr(k);
        for (const q of p.patterns) this.pattern(q);
        if (p.rest !== null) this.bind(p.rest);
        return;
      case 'MatchClass':
        this.expr(p.cls);
        for (const q of [...p.patterns, ...p.kwdPatterns]) this.pattern(q);
        return;
      case 'MatchStar':
        if (p.name !== null) this.bind(p.name);
        return;
      case 'MatchAs':
        if (p.pattern !== null) this.pattern(p.pattern);
        if (p.name !== null) this.bind(p.name);
        return;
    }
  }

  private comprehension(
    node: ListComp | SetComp | DictComp | GeneratorExp,
    generators: readonly Comprehension[],
    elements: readonly Expr[],
    name: string,
  ): void {
    const [first, ...rest] = generators as [Comprehension, ...Comprehension[]];
    this.expr(first.iter);
    const scope = new Scope('comprehension', this.scope, name);
    this.inside(node, scope, () => {
      this.target(first.target);
      for (const c of first.ifs) this.expr(c);
      for (const g of rest) {
        this.expr(g.iter);
        this.target(g.target);
        for (const c of g.ifs) this.expr(c);
      }
      for (const e of elements) this.expr(e);
    });
    if (generators.some((g) => g.isAsync)) scope.isGenerator = true;
  }

  private expr(e: Expr): void {
    this.bytes += MOST_BYTES.expression;
    switch (e.type) {
      case 'Name':
        this.scope.used.add(e.id);
        return;
      case 'Float':
        this.floats = true;
        return;
      case 'Int':
      case 'Imaginary':
      case 'Str':
      case 'Bytes':
      case 'Singleton':
        return;
      case 'JoinedStr':
        for (const v of e.values) if (v.type === 'FormattedValue') this.expr(v);
        return;
      case 'FormattedValue':
        this.expr(e.value);
        return this.optional(e.formatSpec);
      case 'Tuple':
      case 'List':
      case 'Set':
        for (const x of e.elts) this.expr(x);
        return;
      case 'Dict':
        e.values.forEach((v, i) => {
          this.optional(e.keys[i] ?? null);
          this.expr(v);
        });
        return;
      case 'UnaryOp':
        return this.expr(e.operand);
      case 'BinOp':
        if (e.op === '/') this.floats = true;
        this.expr(e.left);
        return this.expr(e.right);
      case 'BoolOp':
        for (const v of e.values) this.expr(v);
        return;
      case 'Compare':
        this.expr(e.left);
        for (const c of e.comparators) this.expr(c);
        if (e.ops.some((op) => op === 'is' || op === 'is not')) {
          for (const x of [e.left, ...e.comparators]) if (x.type === 'Name') this.scope.identified.add(x.id);
        }
        return;
      case 'IfExp':
        this.expr(e.test);
        this.expr(e.body);
        return this.expr(e.orelse);
      case 'NamedExpr':
        this.expr(e.value);
        return this.bindNamed(e.target);
      case 'Attribute':
      case 'Starred':
        return this.expr(e.value);
      case 'Subscript':
        this.expr(e.value);
        return this.expr(e.slice);
      case 'Slice':
        this.optional(e.lower);
        this.optional(e.upper);
        return this.optional(e.step);
      case 'Call':
        if (e.func.type === 'Name' && e.func.id === 'super' && e.args.length === 0) this.scope.callsSuper = true;
        this.expr(e.func);
        for (const a of e.args) this.expr(a);
        for (const k of e.keywords) this.expr(k.value);
        return;
      case 'Lambda':
        this.defaults(e.args);
        return this.inside(e, new Scope('lambda', this.scope, '<lambda>'), () => {
          this.parameters(e.args);
          this.expr(e.body);
        });
      case 'ListComp':
        return this.comprehension(e, e.generators, [e.elt], '<listcomp>');
      case 'SetComp':
        return this.comprehension(e, e.generators, [e.elt], '<setcomp>');
      case 'DictComp':
        return this.comprehension(e, e.generators, [e.key, e.value], '<dictcomp>');
      case 'GeneratorExp':
        return this.comprehension(e, e.generators, [e.elt], '<genexpr>');
      case 'Yield':
        this.scope.isGenerator = true;
        return this.optional(e.value);
      case 'YieldFrom':
      case 'Await':
        this.scope.isGenerator = true;
        return this.expr(e.value);
    }
  }

  /** Marks each local that an inner scope uses, and checks the nonlocal declarations. */
  markCaptured(module: Scope): void {
    for (const [scope, name, at] of this.pendingNonlocals) {
      if (scope.ownerAbove(name) === null) {
        mistake(scope, 'no binding for nonlocal found', at);
      }
    }
    const visit = (scope: Scope): void => {
      for (const name of scope.used) {
        if (!scope.locals.has(name) && !scope.globals.has(name)) {
          scope.ownerAbove(name)?.captured.add(name);
        }
      }
      for (const child of scope.children) visit(child);
    };
    visit(module);
  }
}

/**
 * The compiler to bytecode: a tree becomes the functions that MicroPython's compiler makes of it, byte for byte.
 *
 * All scopes are read once before the first is written, the module first and each in the order in which the ones before
 * met it. The tables of names and objects belong to the module and grow in that order, too.
 */
import type { Constant } from '../compile/code';
import { constantKey } from '../compile/constants';
import type { ScopeNode } from '../compile/resolver';
import type { Arguments, Comprehension, Expr, Stmt } from '../syntax/ast';
import { CodeWriter, type Pass } from './code-writer';
import { comprehensionBody, expression } from './expressions';
import { Folder, type Folded } from './folding';
import { NameScope, type EmitKind, type NameScopeKind, type ScopeName } from './name-scope';
import { binaryOperators, multiple, Op, unaryOperators } from './opcodes';
import type { SourceFacts } from './source-reader';
import { block, statement } from './statements';

/** How a source is compiled. */
export interface BytecodeOptions {
  /** As tracebacks show it. */
  readonly file: string;
  /** `micropython.opt_level`: from 1 on no assertions are compiled, from 3 on no line numbers kept. */
  readonly optimisation: number;
  readonly target: Target;
}

/** What the code is made for, and by whom. */
export interface Target {
  /** How many bits a small int has where the code runs. */
  readonly smallIntBits: number;
  /** Whether the items in `OrderedDict({…})` are stored in their order, without a dict between. */
  readonly ordersItems: boolean;
}

/** MicroPython on a computer and on a board, which compile for themselves, and `mpy-cross`, which does for all boards. */
export const targets = {
  host: { smallIntBits: 63, ordersItems: true },
  board: { smallIntBits: 31, ordersItems: true },
  cross: { smallIntBits: 31, ordersItems: false },
} as const satisfies Readonly<Record<string, Target>>;

/** A function, class body or comprehension, or the module. */
export interface FunctionCode {
  readonly scope: NameScope;
  bytes: Uint8Array;
  /** How many of the bytes come before the first opcode. */
  infoSize: number;
  /** The functions it makes. */
  children: FunctionCode[];
}

/** A compiled source. */
export interface ModuleCode {
  readonly names: readonly string[];
  readonly objects: readonly Constant[];
  /** All functions, the module first. */
  readonly functions: readonly FunctionCode[];
}

/** Compiles a source. Raises RuntimeError where a jump is too long for its bytes. */
export function compileBytecode(facts: SourceFacts, options: BytecodeOptions): ModuleCode {
  return new Compiler(facts, options).module();
}

/** Raised for what MicroPython has and this compiler does not. */
export class NoBytecode extends Error {}

/** Where `break` and `continue` go. */
export interface Loop {
  readonly breakLabel: number;
  readonly continueLabel: number;
  /** How many handlers are around the loop. */
  readonly level: number;
}

/** How deep `assert` and line numbers survive. */
const NO_ASSERTIONS = 1;
const NO_LINES = 3;

const unaryNumber = new Map<string, number>(unaryOperators.map(([symbol], i) => [symbol, i]));
const binaryNumber = new Map<string, number>(binaryOperators.map(([symbol], i) => [symbol, i]));

export class Compiler {
  readonly folder: Folder;
  readonly writer: CodeWriter;
  scope!: NameScope;
  loop: Loop | null = null;
  /** Handlers around the point reached. */
  handlers = 0;
  private labels = 0;
  private readonly names = new Map<string, number>();
  private readonly objects: Constant[] = [];
  /** By a text that equal ones share; what is equal to nothing stands for itself. */
  private readonly objectIndex = new Map<string | Constant, number>();
  private readonly functions: FunctionCode[] = [];
  private readonly byNode = new Map<ScopeNode, FunctionCode>();
  private children: FunctionCode[] = [];

  constructor(
    readonly facts: SourceFacts,
    readonly options: BytecodeOptions,
  ) {
    this.folder = new Folder(facts, options.target.smallIntBits);
    this.writer = new CodeWriter(
      (name) => this.nameIndex(name),
      () => options.optimisation < NO_LINES,
    );
    this.nameIndex(options.file);
  }

  module(): ModuleCode {
    this.addScope('module', '<module>', null, 'bytecode');
    // The list grows while it is walked.
    for (const code of this.functions) {
      this.writeScope(code, 'scope');
      code.scope.closeOverGlobals();
    }
    for (const { scope } of this.functions) scope.numberVariables();
    for (const code of this.functions) {
      this.writeScope(code, 'stack');
      this.writeScope(code, 'size');
      while (!this.writeScope(code, 'emit'));
    }
    return { names: [...this.names.keys()], objects: this.objects, functions: this.functions };
  }

  get pass(): Pass {
    return this.writer.pass;
  }

  get hasAssertions(): boolean {
    return this.options.optimisation < NO_ASSERTIONS;
  }

  /** The line of the first token of `e`. */
  lineOf(e: Expr): number {
    return this.facts.bracketLines.get(e) ?? e.line;
  }

  // ---- scopes

  /** The scope of a node; in the first pass it is made. */
  scopeOf(kind: NameScopeKind, name: string, node: ScopeNode, emit: EmitKind = this.scope.emit): NameScope {
    if (this.pass === 'scope') return this.addScope(kind, name, node, emit);
    return (this.byNode.get(node) as FunctionCode).scope;
  }

  private addScope(kind: NameScopeKind, name: string, node: ScopeNode | null, emit: EmitKind): NameScope {
    const scope = new NameScope(kind, node === null ? null : this.scope, name, node, emit);
    const code: FunctionCode = { scope, bytes: new Uint8Array(), infoSize: 0, children: [] };
    this.functions.push(code);
    if (node !== null) this.byNode.set(node, code);
    return scope;
  }

  /** Writes a scope; whether no other pass is needed. */
  private writeScope(code: FunctionCode, pass: Pass): boolean {
    const { writer } = this;
    this.scope = code.scope;
    this.labels = 0;
    this.children = [];
    writer.start(pass, code.scope);
    this.body();
    const done = writer.end();
    if (done === null) return false;
    Object.assign(code, done, { children: this.children });
    return true;
  }

  private body(): void {
    const { node, kind } = this.scope;
    const { writer } = this;
    if (node === null || node.type === 'Module') return this.moduleBody();
    switch (node.type) {
      case 'FunctionDef':
        this.parameters(node.args);
        block(this, node.body);
        return this.returnNone();
      case 'Lambda':
        writer.setLine(node.line);
        this.parameters(node.args);
        expression(this, node.body);
        if (!this.scope.isGenerator) return this.returnValue();
        writer.op(Op.POP_TOP, -1);
        return this.returnNone();
      case 'ClassDef':
        return this.classBody(node.name, node.body);
      case 'DictComp':
        return comprehensionBody(
          this,
          kind,
          this.lineOf(node.key),
          node.generators as [Comprehension, ...Comprehension[]],
          [node.value, node.key],
        );
      default:
        return comprehensionBody(
          this,
          kind,
          this.lineOf(node.elt),
          node.generators as [Comprehension, ...Comprehension[]],
          [node.elt],
        );
    }
  }

  private moduleBody(): void {
    const { tree, kind } = this.facts;
    const [only] = tree.body;
    if (kind === 'eval' && only?.type === 'Expr') {
      expression(this, only.value);
      return this.returnValue();
    }
    // MicroPython takes all of a module to begin on line 1.
    for (const each of tree.body) statement(this, each);
    this.returnNone();
  }

  private classBody(name: string, body: readonly Stmt[]): void {
    const { scope, writer } = this;
    if (this.pass === 'scope') scope.findOrAdd('__class__', 'local');
    this.load('__name__');
    this.store('__module__');
    writer.opName(Op.LOAD_CONST_STRING, 1, name);
    this.store('__qualname__');
    block(this, body);
    const cell = scope.find('__class__') as ScopeName;
    if (cell.kind === 'local') return this.returnNone();
    this.loadFast(cell.slot);
    this.returnValue();
  }

  private parameters({ posonly, args, vararg, kwonly, kwarg }: Arguments): void {
    if (this.pass !== 'scope') return;
    const { scope } = this;
    for (const { name } of [...posonly, ...args]) scope.addParameter(name, 'plain');
    if (vararg !== null) scope.addParameter(vararg.name, 'star');
    for (const { name } of kwonly) scope.addParameter(name, 'plain');
    if (kwarg !== null) scope.addParameter(kwarg.name, 'doubleStar');
    scope.positional = posonly.length + args.length;
    scope.keywordOnly = kwonly.length;
    scope.hasRest = vararg !== null;
    scope.hasKeywords = kwarg !== null;
  }

  private returnNone(): void {
    this.none();
    this.returnValue();
  }

  returnValue(): void {
    this.writer.op(Op.RETURN_VALUE, -1);
    this.writer.endOfFlow();
  }

  // ---- names and constants

  private nameIndex(name: string): number {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    this.names.set(name, this.names.size);
    return this.names.size - 1;
  }

  load(name: string): void {
    if (this.pass === 'scope') this.scope.findOrAdd(name, 'global');
    else this.access(name, [Op.LOAD_NAME, Op.LOAD_GLOBAL, Op.LOAD_FAST_N, Op.LOAD_DEREF], 1);
  }

  store(name: string): void {
    if (this.pass === 'scope') this.scope.bind(name);
    else this.access(name, [Op.STORE_NAME, Op.STORE_GLOBAL, Op.STORE_FAST_N, Op.STORE_DEREF], -1);
  }

  delete(name: string): void {
    if (this.pass === 'scope') this.scope.bind(name);
    else this.access(name, [Op.DELETE_NAME, Op.DELETE_GLOBAL, Op.DELETE_FAST, Op.DELETE_DEREF], 0);
  }

  /** The opcodes are those for a name of a namespace, of the globals, for a variable, and for one that is shared. */
  private access(
    name: string,
    [byName, global, fast, shared]: readonly [number, number, number, number],
    delta: number,
  ): void {
    const { kind, slot } = this.scope.find(name) as ScopeName;
    const { writer } = this;
    if (kind === 'global' || kind === 'assigned') writer.opName(byName, delta, name);
    else if (kind === 'declaredGlobal') writer.opName(global, delta, name);
    else if (kind !== 'local') writer.opNumber(shared, delta, slot);
    else if (slot < multiple.loadFast.count && fast === Op.LOAD_FAST_N)
      writer.op(multiple.loadFast.first + slot, delta);
    else if (slot < multiple.storeFast.count && fast === Op.STORE_FAST_N)
      writer.op(multiple.storeFast.first + slot, delta);
    else writer.opNumber(fast, delta, slot);
  }

  private loadFast(slot: number): void {
    if (slot < multiple.loadFast.count) this.writer.op(multiple.loadFast.first + slot, 1);
    else this.writer.opNumber(Op.LOAD_FAST_N, 1, slot);
  }

  loadGlobal(name: string): void {
    this.writer.opName(Op.LOAD_GLOBAL, 1, name);
  }

  none(): void {
    this.writer.op(Op.LOAD_CONST_NONE, 1);
  }

  constant({ constant, isLeaf, line }: Folded): void {
    const { writer } = this;
    if (!isLeaf) {
      writer.setLine(line);
      this.object(constant);
    } else if (constant.type === 'int') {
      writer.smallInt(constant.value);
    } else if (constant.type === 'str') {
      writer.opName(Op.LOAD_CONST_STRING, 1, constant.value);
    } else if (constant.value === 'Ellipsis') {
      this.object(constant);
    } else {
      const { value } = constant;
      writer.op(value === null ? Op.LOAD_CONST_NONE : value === true ? Op.LOAD_CONST_TRUE : Op.LOAD_CONST_FALSE, 1);
    }
  }

  private object(constant: Constant): void {
    const key = Number.isNaN(constant.value) ? constant : constantKey(constant);
    let index = this.objectIndex.get(key);
    if (index === undefined) {
      index = this.objects.push(constant) - 1;
      this.objectIndex.set(key, index);
    }
    this.writer.opNumber(Op.LOAD_CONST_OBJ, 1, index);
  }

  // ---- operators, labels, blocks

  unary(symbol: string): void {
    this.writer.op(multiple.unary.first + (unaryNumber.get(symbol) as number), 0);
  }

  binary(symbol: string): void {
    this.writer.op(multiple.binary.first + (binaryNumber.get(symbol) as number), -1);
  }

  newLabel(): number {
    return this.labels++;
  }

  /** Begins a block with a handler. */
  enterHandler(code: number, label: number): void {
    // A context manager becomes three values: its exit, itself, and what it gives.
    this.writer.opJump(code, code === Op.SETUP_WITH ? 2 : 0, label);
    this.handlers++;
    this.scope.handlerDepth = Math.max(this.scope.handlerDepth, this.handlers);
  }

  leaveHandler(): void {
    this.handlers--;
    this.writer.op(Op.END_FINALLY, -1);
  }

  /** Makes a function of a scope, with what it takes from around and its defaults on the stack. */
  makeFunction(scope: NameScope, defaults = 0, keywordDefaults = 0): void {
    const { writer } = this;
    if (keywordDefaults > 0) scope.hasKeywordDefaults = true;
    scope.defaults = defaults;
    const captured = this.scope.kind === 'module' ? [] : this.scope.capturedBy(scope);
    for (const { slot } of captured) this.loadFast(slot);
    const hasDefaults = defaults > 0 || keywordDefaults > 0;
    const delta = 1 - captured.length - (hasDefaults ? 2 : 0);
    const child = this.children.push(this.byNode.get(scope.node as ScopeNode) as FunctionCode) - 1;
    if (captured.length === 0) {
      writer.opNumber(hasDefaults ? Op.MAKE_FUNCTION_DEFARGS : Op.MAKE_FUNCTION, delta, child);
    } else {
      writer.opNumber(hasDefaults ? Op.MAKE_CLOSURE_DEFARGS : Op.MAKE_CLOSURE, delta, child);
      writer.extra(captured.length);
    }
  }

  /** Makes a function with its defaults. */
  functionWithDefaults(scope: NameScope, { posonly, args, kwonly }: Arguments): void {
    const { writer } = this;
    const defaults = [...posonly, ...args].flatMap((p) => (p.default === null ? [] : [p.default]));
    const keywords = kwonly.filter((p) => p.default !== null);
    for (const value of defaults) expression(this, value);
    if (keywords.length > 0) {
      if (defaults.length > 0) writer.opNumber(Op.BUILD_TUPLE, 1 - defaults.length, defaults.length);
      else writer.op(Op.LOAD_NULL, 1);
      writer.opNumber(Op.BUILD_MAP, 1, 0);
      for (const { name, default: value } of keywords) {
        expression(this, value as Expr);
        writer.opName(Op.LOAD_CONST_STRING, 1, name);
        writer.op(Op.STORE_MAP, -2);
      }
    } else if (defaults.length > 0) {
      writer.opNumber(Op.BUILD_TUPLE, 1 - defaults.length, defaults.length);
      writer.op(Op.LOAD_NULL, 1);
    }
    this.makeFunction(scope, defaults.length, keywords.length);
  }
}

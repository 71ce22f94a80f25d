/**
 * The code generator: a resolved tree becomes the text of one JavaScript function.
 *
 * The function is called as `(R, G, FL, K)`: the runtime's names, the module's globals, the interrupt flag and the
 * constants. In its text a Python name is always `$name`; names without `$` are the runtime's (`iter`, `note`), the
 * constants (`k1`), temporaries (`t1`) and `L`, the line being executed. One `Unit` is one JS function being written.
 */
import type { Expr, Module, Stmt } from '../syntax/ast';
import type { Code, CompiledModule, Constant } from './code';
import { isLong } from './long-jumps';
import { resolve, type Resolved, type ScopeNode, type Scopes } from './resolver';
import type { Scope } from './scope';
import { ViperScope } from './viper-types';
import { property, quote, unboxedVariable, variable } from './js-builder';
import { expression } from './expressions';
import { block } from './statements';

/** How a source is to be compiled. */
export interface CompileOptions {
  /** As tracebacks show it. */
  file: string;
  /** 'single' shows the value of expression statements; 'eval' gives the value of one expression. */
  mode: 'exec' | 'single' | 'eval';
  /** Whether a name is that of a builtin: it is looked up there at once when the module does not define it. */
  isBuiltin: (name: string) => boolean;
  /** Names bound at the top go to a namespace `ns` of their own (`exec` with separate locals). */
  separateLocals?: boolean;
  /** Words have 32 bits. */
  narrowWords?: boolean;
  /** Floats have single precision. */
  singlePrecision?: boolean;
  /** `except` tells the interpreter what it handles: the source asks for `sys.exc_info()`. */
  tracksHandled?: boolean;
  /** Whether `assert` is compiled. */
  assertions?: boolean;
  /** Told where a scope is so long that MicroPython might not be able to jump in it. */
  onLongSource?: ((scopes: Scopes) => void) | undefined;
  /** Whether calls are counted, for a stack that is smaller than JavaScript's. */
  countsDepth?: boolean;
}

/** Compiles a tree; raises PySyntaxError for what only the scopes show. */
export function compileModule(tree: Module, options: CompileOptions): CompiledModule {
  const resolved = resolve(tree);
  if (options.onLongSource !== undefined && isLong(tree, resolved.scopes)) options.onLongSource(resolved.scopes);
  return new CodeGenerator(options, resolved).module(tree);
}

/** A loop being written: how `break` and `continue` leave it. */
export interface Loop {
  /** Label of the block that a `break` leaves, where the loop has an `else`. */
  label: string | null;
}

/** One JS function being written. */
export class Unit {
  /** Locals certainly assigned at the point reached. */
  assigned = new Set<string>();
  private depth = 0;
  temporaries = 0;
  /** The line `L` certainly holds, or 0. */
  line = 0;
  readonly loops: Loop[] = [];
  /** The caught exception's variable of each `except` around the point reached. */
  readonly handlers: string[] = [];
  /** The line of the statement being written, and whether its expressions stand on others too. */
  statementLine = 0;
  severalLines = false;
  readonly viper: ViperScope | null;
  /** Locals that hold a float without a box at some point. */
  readonly unboxed = new Set<string>();

  constructor(
    readonly scope: Scope,
    /** The constant with this function's `Code`. */
    readonly code: string,
    /** The variable with the class whose body this function stands in, for `super()`. */
    readonly classVariable: string | null,
    readonly outer: Unit | null,
    /** Whether `yield` may be written: the JS function is a generator. */
    readonly isGenerator: boolean,
    /** The types of a viper function; a comprehension in one has its own. */
    viper: ViperScope | null = null,
  ) {
    const around = scope.kind === 'comprehension' ? (outer?.viper ?? null) : null;
    this.viper = around === null ? viper : new ViperScope('object', around);
  }

  /** A temporary that lives until `release`. */
  temp(): string {
    this.depth++;
    if (this.depth > this.temporaries) this.temporaries = this.depth;
    return `t${String(this.depth)}`;
  }

  /** Runs `write` and frees the temporaries it took. */
  scoped<T>(write: () => T): T {
    const before = this.depth;
    const result = write();
    this.depth = before;
    return result;
  }
}

export class CodeGenerator {
  readonly constants: Constant[] = [];
  private readonly constantNames = new Map<string, string>();
  /** Runtime names in use. */
  private readonly names = new Set<string>();
  unit!: Unit;
  private counter = 0;
  /** The names of keyword arguments, by place that calls with them. */
  private readonly keywordSites: (readonly string[])[] = [];

  constructor(
    readonly options: CompileOptions,
    private readonly resolved: Resolved,
  ) {}

  /** Whether the source uses floats: then they are computed in place, too. */
  get floats(): boolean {
    return this.resolved.floats;
  }

  /** Whether a name is mostly that of a module or class: what is called through it is an ordinary function. */
  isHolder(name: string): boolean {
    return this.resolved.holders.has(name);
  }

  scopeOf(node: ScopeNode): Scope {
    return this.resolved.scopes.get(node) as Scope;
  }

  /** A name of the runtime. */
  rt(name: string): string {
    this.names.add(name);
    return name;
  }

  /** A number that makes a JS name unique. */
  unique(): string {
    return String(++this.counter);
  }

  /** The name of a constant; equal keys share one. */
  constant(key: string | null, value: Constant): string {
    const known = key === null ? undefined : this.constantNames.get(key);
    if (known !== undefined) return known;
    const name = `k${String(this.constants.length)}`;
    this.constants.push(value);
    if (key !== null) this.constantNames.set(key, name);
    return name;
  }

  /** What one place that calls with keyword arguments keeps. */
  keywordSite(names: readonly string[]): string {
    this.rt('KeywordSite');
    return `q${String(this.keywordSites.push(names))}`;
  }

  float(value: number): string {
    return this.constant(`f${Object.is(value, -0) ? '-0' : String(value)}`, { type: 'float', value });
  }

  /** A number as JavaScript, rounded as the float of a literal is. */
  number(value: number): string {
    const n = this.options.singlePrecision === true ? Math.fround(value) : value;
    return n < 0 ? `(${String(n)})` : String(n);
  }

  str(text: string): string {
    if (/[\ud800-\udfff]/.test(text)) return this.constant(`s${text}`, { type: 'str', value: text });
    return quote(text);
  }

  /** The constant of a function's facts. `parts` are those that differ from a function without parameters. */
  code(name: string, line: number, parts: Partial<Code> = {}): string {
    const value: Code = {
      name, file: this.options.file, line, args: [], positional: 0, positionalOnly: 0, required: 0,
      rest: false, keywords: false, isGenerator: false, closed: 0, ...parts,
    }; // prettier-ignore
    return this.constant(null, { type: 'code', value });
  }

  /** Writes one JS function's inside: `write` gives its statements. */
  inUnit(unit: Unit, write: () => string): string {
    const before = this.unit;
    this.unit = unit;
    const text = write();
    this.unit = before;
    return text;
  }

  module(tree: Module): CompiledModule {
    const scope = this.scopeOf(tree);
    const { mode, separateLocals } = this.options;
    const unit = new Unit(scope, this.code('<module>', 1), null, null, false);
    const body = this.inUnit(unit, () => {
      const [only] = tree.body;
      if (mode === 'eval' && only?.type === 'Expr') {
        return `L=${String(only.line)};return ${expression(this, only.value)};`;
      }
      return `${block(this, tree.body)}return ${this.rt('None')};`;
    });
    const note = this.rt('note');
    const globals =
      separateLocals === true
        ? ''
        : [...scope.locals, ...globalsIn(scope)]
            .map((n) => `if(${property('G', n)}===undefined)${property('G', n)}=undefined;`)
            .join('');
    const temporaries = this.declare(unit, []);
    const names = [...this.names];
    const js =
      `"use strict";const{${names.join(',')}}=R;` +
      this.constants.map((_, i) => `const k${String(i)}=K[${String(i)}];`).join('') +
      this.keywordSites
        .map((n, i) => `const q${String(i + 1)}=new KeywordSite([${n.map(quote).join(',')}]);`)
        .join('') +
      `${temporaries}${globals}try{${body}}catch(E){throw ${note}(E,${unit.code},L);}`;
    return { js, constants: this.constants };
  }

  /** The declarations of a unit: temporaries, `locals` and the line. */
  declare(unit: Unit, locals: readonly string[], line = 1): string {
    const names: string[] = [];
    for (let i = 1; i <= unit.temporaries; i++) names.push(`t${String(i)}`);
    names.push(
      ...locals.map(variable),
      ...[...unit.unboxed].map((n) => `${unboxedVariable(n)}=0`),
      `L=${String(line)}`,
    );
    return `let ${names.join(',')};`;
  }

  // ---- names

  /** Reading a name. */
  load(name: string): string {
    const { unit } = this;
    switch (unit.scope.bindingOf(name)) {
      case 'local': {
        const v = variable(name);
        const value = unit.assigned.has(name) ? v : `(${v}!==undefined?${v}:${this.rt('unbound')}())`;
        return this.keepsFloat(name) ? `(${v}===null?${this.boxLocal(name)}:${value})` : value;
      }
      case 'free': {
        const v = variable(name);
        return `(${v}!==undefined?${v}:${this.rt('unbound')}(${quote(name)}))`;
      }
      case 'class':
      case 'global':
        if (this.hasNamespace() && !unit.scope.globals.has(name)) {
          const t = unit.temp();
          return `((${t}=${property('ns', name)})!==undefined?${t}:${this.loadGlobal(name)})`;
        }
        return this.loadGlobal(name);
    }
  }

  /** Whether a local may hold a float without a box: the variable then is null, and `unboxedVariable` has the number. */
  keepsFloat(name: string): boolean {
    const { unit } = this;
    const keeps = this.floats && unit.viper === null && unit.scope.keepsFloat(name);
    if (keeps) unit.unboxed.add(name);
    return keeps;
  }

  /** Makes the box that such a local lacks. */
  boxLocal(name: string): string {
    return `${variable(name)}=new ${this.rt('PyFloat')}(${unboxedVariable(name)})`;
  }

  private loadGlobal(name: string): string {
    const t = this.unit.temp();
    const fallback = `${this.rt('global')}(G,${quote(name)})`;
    if (this.options.isBuiltin(name)) {
      return `((${t}=${property('G', name)})!==undefined||(${t}=${property(this.rt('B'), name)})!==undefined?${t}:${fallback})`;
    }
    return `((${t}=${property('G', name)})!==undefined?${t}:${fallback})`;
  }

  /** The place a name is stored in, as a JS assignment target. */
  place(name: string): string {
    const { unit } = this;
    switch (unit.scope.bindingOf(name)) {
      case 'local':
        unit.assigned.add(name);
        return variable(name);
      case 'free':
        return variable(name);
      case 'class':
        return property('ns', name);
      case 'global':
        if (unit.scope.kind === 'module' && this.options.separateLocals === true) return property('ns', name);
        return property('G', name);
    }
  }

  /** Whether names bound here go to a namespace `ns`. */
  hasNamespace(): boolean {
    const { kind } = this.unit.scope;
    return kind === 'class' || (kind === 'module' && this.options.separateLocals === true);
  }

  /** Whether the name is a builtin that nothing in this source rebinds above the module's own names. */
  isGlobalName(e: Expr, name: string): boolean {
    return e.type === 'Name' && e.id === name && this.unit.scope.bindingOf(name) === 'global';
  }

  /** The test of the interrupt flag. */
  poll(): string {
    return `if(FL[0]!==0)${this.rt('poll')}();`;
  }

  block(body: readonly Stmt[]): string {
    return block(this, body);
  }
}

/** Names that functions of the module declare `global`. */
function globalsIn(scope: Scope): string[] {
  const names = new Set<string>();
  const visit = (s: Scope): void => {
    for (const name of s.globals) names.add(name);
    for (const child of s.children) visit(child);
  };
  visit(scope);
  for (const name of scope.locals) names.delete(name);
  return [...names];
}

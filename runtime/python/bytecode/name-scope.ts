/**
 * Defines a scope as MicroPython's compiler keeps it: its names in the order in which they are met, for the numbers of
 * its local variables follow from that order.
 */
import type { ScopeNode } from '../compile/resolver';

/** What is known of a name. `assigned` is a name of a module or class body that cannot be closed over. */
export type NameKind = 'undecided' | 'global' | 'assigned' | 'declaredGlobal' | 'local' | 'cell' | 'free';

/** A name in a scope. */
export interface ScopeName {
  readonly name: string;
  kind: NameKind;
  /** `star` and `doubleStar` are parameters too. */
  parameter: 'none' | 'plain' | 'star' | 'doubleStar';
  /** The number of the variable. */
  slot: number;
}

export type NameScopeKind =
  'module' | 'class' | 'lambda' | 'listcomp' | 'dictcomp' | 'setcomp' | 'genexpr' | 'function';

/** What is compiled to what: an order of a decorator. */
export type EmitKind = 'bytecode' | 'native';

const isVariableKind = (kind: NameKind): boolean => kind === 'local' || kind === 'cell' || kind === 'free';

export class NameScope {
  readonly names: ScopeName[] = [];
  private readonly byName = new Map<string, ScopeName>();
  positional = 0;
  keywordOnly = 0;
  defaults = 0;
  locals = 0;
  /** The deepest its stacks grow: of values, and of handlers. */
  stackSize = 0;
  handlerDepth = 0;
  isGenerator = false;
  hasRest = false;
  hasKeywords = false;
  hasKeywordDefaults = false;

  constructor(
    readonly kind: NameScopeKind,
    readonly parent: NameScope | null,
    /** As a listing and a traceback show it. */
    readonly name: string,
    /** Null for a module. */
    readonly node: ScopeNode | null,
    readonly emit: EmitKind,
  ) {}

  get isComprehension(): boolean {
    return this.kind.endsWith('comp') || this.kind === 'genexpr';
  }

  private get isFunctionLike(): boolean {
    return this.kind !== 'module' && this.kind !== 'class';
  }

  find(name: string): ScopeName | undefined {
    return this.byName.get(name);
  }

  findOrAdd(name: string, kind: NameKind): ScopeName {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const added: ScopeName = { name, kind, parameter: 'none', slot: 0 };
    this.names.push(added);
    this.byName.set(name, added);
    return added;
  }

  addParameter(name: string, parameter: 'plain' | 'star' | 'doubleStar'): void {
    const added = this.findOrAdd(name, 'local');
    added.parameter = parameter;
  }

  /** The name is stored to or deleted here. */
  bind(name: string): ScopeName {
    const bound = this.findOrAdd(name, 'global');
    if (bound.kind === 'global') bound.kind = this.isFunctionLike ? 'local' : 'assigned';
    return bound;
  }

  declareGlobal(known: ScopeName): void {
    known.kind = 'declaredGlobal';
    const outermost = this.outermost().find(known.name);
    if (outermost !== undefined) outermost.kind = 'declaredGlobal';
  }

  declareNonlocal(known: ScopeName): void {
    if (known.kind !== 'undecided') return;
    known.kind = 'global';
    this.closeOver(known);
  }

  private outermost(): NameScope {
    let scope: NameScope = this;
    while (scope.parent !== null) scope = scope.parent;
    return scope;
  }

  /** Makes a name that seems global a free one where a function around has a variable of that name. */
  closeOver(known: ScopeName): void {
    for (let scope = this.parent; scope !== null && scope.parent !== null; scope = scope.parent) {
      const outer = scope.find(known.name);
      if (outer === undefined) continue;
      if (isVariableKind(outer.kind)) {
        known.kind = 'free';
        this.closeOverInParents(known.name);
      }
      return;
    }
  }

  private closeOverInParents(name: string): void {
    for (let scope = this.parent; scope !== null; scope = scope.parent) {
      const outer = scope.findOrAdd(name, 'undecided');
      if (outer.kind !== 'undecided') {
        if (outer.kind === 'local') outer.kind = 'cell';
        return;
      }
      outer.kind = 'free';
    }
  }

  /** Closes over what needs it once the whole scope has been read. */
  closeOverGlobals(): void {
    for (const known of this.names) if (known.kind === 'global') this.closeOver(known);
  }

  /** Names of this scope that `inner` takes with it, in the order of this scope. */
  capturedBy(inner: NameScope): ScopeName[] {
    return this.names.filter(
      ({ name, kind }) => (kind === 'cell' || kind === 'free') && inner.find(name)?.kind === 'free',
    );
  }

  /** Numbers the variables: what is taken from around, then parameters and locals, then what inner functions take. */
  numberVariables(): void {
    this.moveRestLast();
    const counted = this.names.filter(({ name }) => this.kind !== 'class' || name !== '__class__');
    for (const known of counted) {
      if (this.isFunctionLike && known.kind === 'global') known.kind = 'declaredGlobal';
      if (known.kind === 'local' || known.parameter !== 'none') known.slot = this.locals++;
    }
    for (const known of this.names) {
      if (known.kind === 'cell' && known.parameter === 'none') known.slot = this.locals++;
    }
    this.numberFree();
  }

  private numberFree(): void {
    const free = this.parent?.capturedBy(this) ?? [];
    free.forEach(({ name }, slot) => {
      (this.find(name) as ScopeName).slot = slot;
    });
    for (const known of this.names) {
      if (known.kind !== 'free' || known.parameter !== 'none') known.slot += free.length;
    }
    this.positional += free.length;
    this.locals += free.length;
  }

  /** `*args` is numbered behind all other parameters but `**kwargs`. */
  private moveRestLast(): void {
    const at = this.names.findIndex(({ parameter }) => parameter === 'star');
    const last = this.names.map(({ parameter }) => parameter).lastIndexOf('plain');
    if (at < 0 || last < at) return;
    const rest = this.names[at] as ScopeName;
    this.names[at] = this.names[last] as ScopeName;
    this.names[last] = rest;
  }

  /** The name of the positional or keyword-only parameter in `slot`; `*` for what is taken from around. */
  parameterIn(slot: number): string {
    return this.names.find((known) => known.parameter !== 'none' && known.slot === slot)?.name ?? '*';
  }
}

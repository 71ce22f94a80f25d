/** Who owns a name: the scopes of a module and, for each name in one, where it lives. */

/** Where a name used in a scope lives. */
export type Binding =
  /** A JS variable of this function. */
  | 'local'
  /** A JS variable of an enclosing function. */
  | 'free'
  /** A property of the module's globals, or a builtin. */
  | 'global'
  /** A property of the namespace of the class body being executed. */
  | 'class';

export type ScopeKind = 'module' | 'function' | 'lambda' | 'class' | 'comprehension';

/** One scope of the source and its names. */
export class Scope {
  /** Names bound here (assigned, parameter, import, def …) that are neither global nor nonlocal. */
  readonly locals = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  /** Locals that an inner scope reads or writes. */
  readonly captured = new Set<string>();
  /** Parameter names, in order; they are locals too. */
  readonly params: string[] = [];
  /** Every name read or written here. */
  readonly used = new Set<string>();
  readonly children: Scope[] = [];
  /** Locals that `:=` writes: they may change while an expression is evaluated. */
  readonly named = new Set<string>();
  /** Locals that arithmetic with a float is assigned to. */
  readonly floats = new Set<string>();
  /** Locals that `is` looks at. */
  readonly identified = new Set<string>();
  /** Whether a `yield` (or an `await`) stands in it. */
  isGenerator = false;
  /** Whether it is an asynchronous generator. */
  isAsyncGenerator = false;
  /** Whether `super()` stands in it, which uses the class around. */
  callsSuper = false;
  /** The most bytes that MicroPython's code of it, or of a scope inside, may take: `long-jumps.ts`. */
  mostBytes = 0;
  /** Names that are the target of a `del`, so that reading them needs a check. */
  readonly deleted = new Set<string>();

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | null,
    /** As a traceback shows it: `<module>`, `<lambda>`, `<listcomp>` or the name. */
    readonly name: string,
  ) {
    parent?.children.push(this);
  }

  /** Where `name`, used in this scope, lives. */
  bindingOf(name: string): Binding {
    if (this.kind === 'module' || this.globals.has(name)) return 'global';
    if (this.locals.has(name)) return this.kind === 'class' ? 'class' : 'local';
    return this.ownerAbove(name) === null ? 'global' : 'free';
  }

  /** Whether a local may hold a float without a box: nothing but this function's own code sees it, and only its value counts. */
  keepsFloat(name: string): boolean {
    return (
      this.floats.has(name) &&
      (this.kind === 'function' || this.kind === 'lambda') &&
      this.locals.has(name) &&
      ![this.captured, this.named, this.deleted, this.identified].some((names) => names.has(name))
    );
  }

  /** The names of enclosing functions that are used here or in scopes inside: what MicroPython's closure holds. */
  get closedOver(): ReadonlySet<string> {
    return (this.closed ??= this.findClosedOver());
  }

  private closed: ReadonlySet<string> | undefined;

  private findClosedOver(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const name of this.used) if (this.bindingOf(name) === 'free') names.add(name);
    if (this.callsSuper && this.ownerAbove('__class__') !== null) names.add('__class__');
    for (const child of this.children) {
      for (const name of child.closedOver) if (this.ownerAbove(name) !== null && !this.owns(name)) names.add(name);
    }
    return names;
  }

  private owns(name: string): boolean {
    return this.kind === 'class' ? name === '__class__' : this.locals.has(name);
  }

  /** The enclosing function scope that owns `name`, or null when it is global. `__class__` belongs to the class around. */
  ownerAbove(name: string): Scope | null {
    for (let scope = this.parent; scope !== null; scope = scope.parent) {
      if (scope.kind === 'module') return null;
      if (scope.kind === 'class') {
        if (name === '__class__') return scope;
        continue;
      }
      if (scope.globals.has(name)) return null;
      if (scope.locals.has(name)) return scope;
    }
    return null;
  }
}

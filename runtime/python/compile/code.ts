/** What the code generator hands over besides the text: constants as data, and the facts of each function. */

/** What is the same for every function made by one `def`. */
export interface Code {
  readonly name: string;
  /** As a traceback shows it. */
  readonly file: string;
  readonly line: number;
  /** Positional parameters, then the keyword-only ones. */
  readonly args: readonly string[];
  /** How many of `args` are positional. */
  readonly positional: number;
  /** How many of the positional ones cannot be given by name. */
  readonly positionalOnly: number;
  /** How many positional ones have no default. */
  readonly required: number;
  /** `*args` is there. */
  readonly rest: boolean;
  /** `**kwargs` is there. */
  readonly keywords: boolean;
  readonly isGenerator: boolean;
  /** How many variables of enclosing functions it uses; MicroPython counts them as arguments. */
  readonly closed: number;
}

/** A constant that JavaScript text cannot hold; the interpreter makes the Python value. */
export type Constant =
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'imaginary'; readonly value: number }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: Uint8Array }
  | { readonly type: 'singleton'; readonly value: null | boolean | 'Ellipsis' }
  | { readonly type: 'tuple'; readonly value: readonly Constant[] }
  | { readonly type: 'code'; readonly value: Code };

/** A compiled source, to be instantiated with a runtime and globals. */
export interface CompiledModule {
  /** The body of a function `(R, G, FL, K, ns)`: runtime, globals, interrupt flag, constants, separate locals. */
  readonly js: string;
  readonly constants: readonly Constant[];
}

/** A list tells each time it has grown by this many items, a power of 2. */
export const LIST_STEP = 128;

/** The types of `@micropython.viper` functions, and what is known of a function while it is written. */
import type { Expr } from '../syntax/ast';
import { PySyntaxError } from '../syntax/syntax-error';

/** `None` is the type of None itself; `cast` that of a type's name, which can only be called. */
export type NativeType = 'object' | 'bool' | 'int' | 'uint' | 'ptr' | 'ptr8' | 'ptr16' | 'ptr32' | 'None' | 'cast';

/** Types that parameters, results and casts may have. */
const TYPES: ReadonlySet<string> = new Set(['object', 'bool', 'int', 'uint', 'ptr', 'ptr8', 'ptr16', 'ptr32']);

/** A value of viper code. A word has bounds where they are known; one without may be a BigInt. */
export interface Native {
  readonly type: NativeType;
  readonly js: string;
  readonly low: number;
  readonly high: number;
  /** Known when the function is compiled. */
  readonly constant?: boolean;
  /** As a JS boolean, of a bool that a comparison gives. */
  readonly test?: string;
  /** The type that a `cast` is to. */
  readonly to?: NativeType;
}

/** A mistake: MicroPython goes on to the end of the function, and tells the last with the line of the first. */
interface Mistake {
  message: string;
  line: number;
}

/** One viper function, or a comprehension in one. */
export class ViperScope {
  /** Types of the locals that have been given one. */
  readonly types = new Map<string, NativeType>();
  mistake: Mistake | null = null;

  constructor(
    readonly returns: NativeType,
    readonly outer: ViperScope | null,
  ) {}

  fail(message: string, line: number): void {
    if (this.outer !== null) this.outer.fail(message, line);
    else if (this.mistake === null) this.mistake = { message, line };
    else this.mistake.message = message;
  }

  /** Throws what was found wrong in the function `name`. */
  throwMistake(name: string): void {
    const { mistake } = this;
    if (mistake !== null) throw new PySyntaxError('ViperTypeError', mistake.message, mistake.line, 1, false, name);
  }
}

/** What MicroPython's native code generator cannot do; it does not say where. */
export function unsupported(what: string): never {
  throw new PySyntaxError('NotImplementedError', what, 0, 1);
}

/** The type an annotation names; raises SyntaxError. */
export function annotatedType(annotation: Expr | null, scope: ViperScope, line: number, name: string): NativeType {
  if (annotation === null) return 'object';
  if (annotation.type !== 'Name') {
    throw new PySyntaxError('SyntaxError', 'annotation must be an identifier', line, annotation.column, false, name);
  }
  if (TYPES.has(annotation.id)) return annotation.id as NativeType;
  scope.fail(`unknown type '${annotation.id}'`, line);
  return 'object';
}

/** The type that a name casts to, or null. */
export const castOf = (name: string): NativeType | null =>
  name !== 'object' && TYPES.has(name) ? (name as NativeType) : null;

export const isWord = (type: NativeType): boolean => type === 'int' || type === 'uint';
export const isPointer = (type: NativeType): boolean => type.startsWith('ptr');

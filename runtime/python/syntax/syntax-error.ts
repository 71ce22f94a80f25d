/** The one error that reading Python source can end in. */

/** The Python exception that a mistake in the source becomes. */
export type SyntaxErrorKind =
  | 'SyntaxError'
  | 'IndentationError'
  /** `\N{name}` in the strict grammar, which MicroPython has not. */
  | 'NotImplementedError'
  /** A name is longer than MicroPython can hold. */
  | 'RuntimeError'
  /** What the types of a viper function do not allow. */
  | 'ViperTypeError'
  /** The source nests deeper than the reader follows. */
  | 'MemoryError';

/**
 * A mistake in Python source. It is thrown as it is, not as a JavaScript `Error`: it needs no stack of ours.
 *
 * `block` is the name MicroPython's traceback shows after the line (`<module>`, a function's name); it is null where
 * MicroPython shows none, which is the case for mistakes its parser finds rather than its compiler.
 */
export class PySyntaxError {
  constructor(
    /** Which Python exception this is. */
    readonly kind: SyntaxErrorKind,
    /** The exception's text, word for word MicroPython's. */
    readonly message: string,
    /** Line of the mistake, from 1. */
    readonly line: number,
    /** Column of the mistake, from 1, in UTF-16 units. */
    readonly column: number,
    /** Whether the text ended too early, so that more text could make it right. */
    readonly incomplete: boolean = false,
    /** The scope that was being compiled, or null. */
    readonly block: string | null = null,
  ) {}
}

/** Making MicroPython's exceptions from inside the library; exception.ts fills the table. */
import type { PyObject } from './object';
import type { PyType } from './type';
import type { PyException } from './exception';

export type ExceptionName =
  | 'BaseException' | 'SystemExit' | 'KeyboardInterrupt' | 'GeneratorExit' | 'Exception'
  | 'StopIteration' | 'StopAsyncIteration' | 'ArithmeticError' | 'OverflowError'
  | 'ZeroDivisionError' | 'AssertionError' | 'AttributeError' | 'EOFError' | 'ImportError'
  | 'LookupError' | 'IndexError' | 'KeyError' | 'MemoryError' | 'NameError' | 'OSError'
  | 'RuntimeError' | 'NotImplementedError' | 'SyntaxError' | 'IndentationError' | 'TypeError'
  | 'ValueError' | 'UnicodeError' | 'ViperTypeError'; // prettier-ignore

/** Whether messages name what a board's firmware leaves out to save room; set on entry to an interpreter. */
let detailed = true;

/** Chooses between the messages of MicroPython on a computer and those of a board; gives the choice before. */
export function useDetailedMessages(on: boolean): boolean {
  const before = detailed;
  detailed = on;
  return before;
}

export function hasDetailedMessages(): boolean {
  return detailed;
}

/** A message as MicroPython on a computer words it, and as a board does. */
export const worded = (onComputer: string, onBoard: string): string => (detailed ? onComputer : onBoard);

/** The message of a call whose positional arguments do not fit; a board does not name the function. */
export function countMessage(name: string, wanted: number, given: number): string {
  const rest = `takes ${String(wanted)} positional arguments but ${String(given)} were given`;
  return worded(`${name}() ${rest}`, `function ${rest}`);
}

/** The exception types by name. */
export const exceptionTypes = { __proto__: null } as unknown as Record<ExceptionName, PyType>;

/** A new exception of the type `name` with Python arguments. */
export function exception(name: ExceptionName, ...args: PyObject[]): PyException {
  return exceptionTypes[name](...args) as PyException;
}

/** Throws an exception with one message, or with none where MicroPython has none. */
export function raise(name: ExceptionName, message?: string): never {
  throw message === undefined ? exception(name) : exception(name, message);
}

/** Raises the MemoryError of an allocation. */
export function noMemory(bytes: number | bigint): never {
  const shown = typeof bytes === 'number' ? BigInt(Math.min(bytes, Number.MAX_SAFE_INTEGER)) : bytes;
  return raise('MemoryError', `memory allocation failed, allocating ${shown} bytes`);
}

export const typeError = (message: string): PyException => exception('TypeError', message);
export const valueError = (message: string): PyException => exception('ValueError', message);
export const indexError = (message: string): PyException => exception('IndexError', message);

/** Raises the TypeError of a builtin that takes `min` to `max` arguments and was called with another number. */
export function wrongCount(given: number, min: number, max = min): never {
  if (min === max) throw typeError(`function takes ${max} positional arguments but ${given} were given`);
  if (given < min) throw typeError(`function missing ${min - given} required positional arguments`);
  throw typeError(`function expected at most ${max} arguments, got ${given}`);
}

/** An OSError with the number of errno.ts. */
export const osError = (errno: number): PyException => exception('OSError', errno);

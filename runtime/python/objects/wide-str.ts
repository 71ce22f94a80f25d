/** What a str is in JavaScript: a string without surrogates as it is, any other text as a `PyWideStr`. */
import { ObjectBase, type PyObject } from './object';

/** A str with code points above U+FFFF, or with lone surrogates: its length and indices count code points. */
export class PyWideStr extends ObjectBase {
  private split: string[] | undefined;

  constructor(readonly text: string) {
    super();
  }

  /** The code points, each as a JS string. */
  get points(): readonly string[] {
    return (this.split ??= Array.from(this.text));
  }
}

const SURROGATE = /[\ud800-\udfff]/;

/** The str of any JS string. */
export function makeStr(text: string): PyObject {
  return SURROGATE.test(text) ? new PyWideStr(text) : text;
}

/** The JS text of a str; undefined for another value. */
export function textOf(value: PyObject): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof PyWideStr ? value.text : undefined;
}

/** The JS text of a str, or of an instance that wraps one, where MicroPython looks at the bytes; undefined for another value. */
export function wrappedText(value: PyObject): string | undefined {
  return textOf(value) ?? (value.native === undefined ? undefined : wrappedText(value.native));
}

/** Signatures: a builtin's parameters as text, parsed when first needed, and the checks that follow from it. */
import type { PyFunction, PyObject } from '../objects/object';
import { raise, typeError, wrongCount } from '../objects/raise';

/** A builtin's JS function. It receives its parameters in the order of its signature; one not given is undefined. */
export type Builtin = (...args: never[]) => PyObject;

/** Types whose arguments have names in Python that MicroPython does not take. */
const BY_POSITION_ONLY: ReadonlySet<string> = new Set(['str', 'bytes']);

/** A keyword argument. */
export type KeywordArgument = [name: string, value: PyObject];

/**
 * A parsed signature such as `sorted(iterable, /, *, key=None, reverse=False)`.
 *
 * The JS function gets: the positional parameters, then (with `*args`) one JS array of the rest, then the
 * keyword-only ones, then (with `**kwargs`) one JS array of `[name, value]`. Defaults in the text are for
 * people; the function itself says what undefined means.
 */
export class Signature {
  readonly name: string;
  readonly positional: string[] = [];
  /** How many of `positional` cannot be given by name. */
  positionalOnly = 0;
  required = 0;
  readonly keywordOnly: { name: string; required: boolean }[] = [];
  hasRest = false;
  hasKeywords = false;

  constructor(readonly text: string) {
    const paren = text.indexOf('(');
    this.name = text.slice(0, paren);
    let afterStar = false;
    for (const part of splitParameters(text.slice(paren + 1, text.lastIndexOf(')')))) {
      if (part === '/') this.positionalOnly = this.positional.length;
      else if (part === '*') afterStar = true;
      else if (part.startsWith('**')) this.hasKeywords = true;
      else if (part.startsWith('*')) this.hasRest = afterStar = true;
      else {
        const name = part.split('=')[0]?.trim() ?? '';
        const required = !part.includes('=');
        if (afterStar) this.keywordOnly.push({ name, required });
        else {
          this.positional.push(name);
          if (required) this.required = this.positional.length;
        }
      }
    }
  }

  get takesKeywords(): boolean {
    return this.hasKeywords || this.keywordOnly.length > 0 || this.positionalOnly < this.positional.length;
  }

  /** Raises TypeError unless `count` positional arguments fit. */
  checkCount(count: number): void {
    const max = this.positional.length;
    if (count >= this.required && (count <= max || this.hasRest)) return;
    if (this.takesKeywords) {
      if (count > max) throw typeError('extra positional arguments given');
      throw typeError(`'${this.positional[count] ?? ''}' argument required`);
    }
    wrongCount(count, this.required, this.hasRest ? Infinity : max);
  }

  /** The JS arguments for a call with keywords; raises TypeError where they do not fit. */
  bind(positional: readonly PyObject[], keywords: readonly KeywordArgument[]): unknown[] {
    if (!this.takesKeywords && keywords.length > 0) {
      if (BY_POSITION_ONLY.has(this.name)) {
        raise('NotImplementedError', 'keyword argument(s) not implemented - use normal args instead');
      }
      throw typeError("function doesn't take keyword arguments");
    }
    const count = positional.length;
    const slots: unknown[] = positional.slice(0, this.positional.length);
    while (slots.length < this.positional.length) slots.push(undefined);
    const byName: unknown[] = this.keywordOnly.map(() => undefined);
    const extra: KeywordArgument[] = [];
    for (const [name, value] of keywords) {
      const at = this.positional.indexOf(name, this.positionalOnly);
      const only = this.keywordOnly.findIndex((k) => k.name === name);
      if (at >= 0 && slots[at] === undefined) slots[at] = value;
      else if (only >= 0) byName[only] = value;
      else extra.push([name, value]);
    }
    for (let i = 0; i < this.required; i++) {
      if (slots[i] === undefined) {
        if (i < this.positionalOnly) this.checkCount(count);
        throw typeError(`'${this.positional[i] ?? ''}' argument required`);
      }
    }
    this.keywordOnly.forEach((k, i) => {
      if (k.required && byName[i] === undefined) throw typeError(`'${k.name}' argument required`);
    });
    // MicroPython looks for what is missing before what is too much.
    if (count > this.positional.length && !this.hasRest) this.checkCount(count);
    if (extra.length > 0 && !this.hasKeywords) throw typeError('extra keyword arguments given');
    if (this.hasRest) slots.push(positional.slice(this.positional.length));
    slots.push(...byName);
    if (this.hasKeywords) slots.push(extra);
    return slots;
  }
}

/** Splits at the commas that are not inside brackets or quotes of a default. */
function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (i === text.length || (c === ',' && depth === 0)) {
      const part = text.slice(start, i).trim();
      if (part !== '') parts.push(part);
      start = i + 1;
    }
  }
  return parts;
}

/** A builtin function as Python holds it. */
export interface BuiltinFunction extends PyFunction {
  /** The signature's text, or its parsed form once needed. */
  signature: string | Signature;
  /** The JS function behind the checks. */
  fn: Builtin;
  /** What it does to the number of a float, where the result is a float; one that is not finite may stand for an error. */
  ofFloat?: (x: number) => number;
}

/** Tells generated code what a builtin that is called directly does to the number of a float. */
export function withNumbers(fn: Builtin, ofFloat: (x: number) => number): void {
  (fn as unknown as BuiltinFunction).ofFloat = ofFloat;
}

/** The parsed signature of a builtin, or undefined for a function that is not one. */
export function signatureOf(f: PyObject): Signature | undefined {
  const builtin = f as unknown as BuiltinFunction;
  const s = builtin.signature;
  if (typeof s !== 'string') return s;
  return (builtin.signature = new Signature(s));
}

/**
 * A Python function around a builtin: checks the number of positional arguments before it calls.
 * With `direct`, `fn` itself is returned and checks by itself; what it has as `fn` already is for calls with keywords.
 */
export function checked(signature: string, fn: Builtin, direct = false): PyFunction {
  const f = fn as unknown as PyFunction;
  if (direct) {
    (f as BuiltinFunction).signature = signature;
    (f as Partial<BuiltinFunction>).fn ??= fn;
    return f;
  }
  let min = -1;
  let max = 0;
  let hasRest = false;
  /** No keyword arguments, for a builtin that takes any. */
  let none: PyObject | undefined;
  /** Whether nothing else is to be filled in. */
  let isSimple = true;
  const wrapper = function (a: PyObject, b: PyObject, c: PyObject): PyObject {
    const count = arguments.length;
    if (min < 0) {
      const s = signatureOf(wrapper) as Signature;
      min = s.required;
      max = s.positional.length;
      hasRest = s.hasRest;
      if (s.hasKeywords) none = [] as unknown as PyObject;
      isSimple = s.hasKeywords ? s.hasRest && s.keywordOnly.length === 0 : !s.keywordOnly.some((k) => k.required);
    }
    if (isSimple && count >= min) {
      if (hasRest) {
        const rest: PyObject[] = [];
        for (let i = max; i < count; i++) rest.push(arguments[i] as PyObject); // eslint-disable-line prefer-rest-params
        const list = rest as unknown as PyObject;
        switch (max) {
          case 0:
            return f(list, none as PyObject);
          case 1:
            return f(a, list, none as PyObject);
          case 2:
            return f(a, b, list, none as PyObject);
          case 3:
            return f(a, b, c, list, none as PyObject);
        }
      } else if (count <= max) {
        switch (count) {
          case 0:
            return f();
          case 1:
            return f(a);
          case 2:
            return f(a, b);
          case 3:
            return f(a, b, c);
        }
      }
    }
    const s = signatureOf(wrapper) as Signature;
    // eslint-disable-next-line prefer-rest-params
    const args = Array.from(arguments) as PyObject[];
    if (isSimple) s.checkCount(count);
    return f(...(s.bind(args, []) as PyObject[]));
  } as unknown as BuiltinFunction;
  wrapper.signature = signature;
  wrapper.fn = fn;
  return wrapper;
}

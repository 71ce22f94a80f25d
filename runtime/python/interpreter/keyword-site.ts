/** A call with keyword arguments at one place of a source: which parameter takes which argument is found once per callee. */
import { None, type PyFunction, type PyObject } from '../objects/object';
import { PyDict } from '../objects/dict';
import type { Code, PythonFunction } from '../objects/function';
import { allocate } from '../objects/class';
import { typeError } from '../objects/raise';
import { EMPTY_TUPLE } from '../objects/tuple';
import { PyBoundMethod, type PyType } from '../objects/type';
import { makeStr } from '../objects/wide-str';
import { callWithKeywords } from './call';
import { signatureOf, type BuiltinFunction, type KeywordArgument, type Signature } from './signature';

/** A parameter that gets its default. */
const DEFAULT = -1;
/** The parameter `*args` of a function that takes keyword-only ones, too: nothing is left for it. */
const REST = -2;

/** Which argument each parameter takes: its index in the positional arguments followed by the values of the keywords. */
interface Plan {
  readonly sources: readonly number[];
  /** The keywords, by index, that go into the dict of `**kwargs`; undefined where there is none. */
  readonly extra: readonly number[] | undefined;
}

/** Places have one each, so the callee is mostly the one of the last call. What has no plan is bound in the general way. */
export class KeywordSite {
  private callee: Code | Signature | undefined;
  private given = 0;
  private plan: Plan | undefined;

  constructor(private readonly names: readonly string[]) {}

  /** Calls anything with positional arguments and a value for each of the names. */
  call(callee: PyObject, args: readonly PyObject[], values: readonly PyObject[]): PyObject {
    if (typeof callee === 'function') {
      const result = this.callFunction(callee as PyFunction, args, values);
      if (result !== undefined) return result;
    } else if (callee instanceof PyBoundMethod) return this.call(callee.func, [callee.self, ...args], values);
    const keywords = this.names.map((name, i): KeywordArgument => [name, values[i] as PyObject]);
    return callWithKeywords(callee, args, keywords);
  }

  /** As `call`, for a method that `methodKw` found. */
  callMethod(
    method: PyFunction | readonly [bound: PyObject],
    o: PyObject,
    args: readonly PyObject[],
    values: readonly PyObject[],
  ): PyObject {
    if (typeof method === 'function') return this.call(method, [o, ...args], values);
    return this.call(method[0], args, values);
  }

  /** As `call`; undefined where the general way has to be taken. */
  private callFunction(f: PyFunction, args: readonly PyObject[], values: readonly PyObject[]): PyObject | undefined {
    const { code } = f as Partial<PythonFunction>;
    if (code !== undefined) {
      const plan = this.planFor(code, args.length, (given) => this.planFunction(code, f as PythonFunction, given));
      const slots = plan === undefined ? undefined : this.fill(plan, f as PythonFunction, args, values);
      return slots === undefined ? undefined : apply((f as PythonFunction).body ?? f, slots);
    }
    if ((f as Partial<PyType>).user === true) return this.construct(f as PyType, args, values);
    const signature = signatureOf(f);
    if (signature === undefined) return undefined;
    const plan = this.planFor(signature, args.length, (given) => this.planBuiltin(signature, given));
    if (plan === undefined) return undefined;
    const slots = plan.sources.map((at) => (at < args.length ? args[at] : values[at - args.length]));
    return apply((f as BuiltinFunction).fn as unknown as PyFunction, slots as PyObject[]);
  }

  /** The instance of a class that has nothing but an `__init__` of Python to make one. */
  private construct(type: PyType, args: readonly PyObject[], values: readonly PyObject[]): PyObject | undefined {
    if (type.table.$__new__ !== undefined || type.nativeBase !== undefined || type.isException === true)
      return undefined;
    const o = allocate(type);
    if (o.__init__$ === undefined) return undefined;
    const result = this.call(o.__init__$, [o, ...args], values);
    if (result !== None) throw typeError(`__init__() should return None, not '${result.cls.typeName}'`);
    return o;
  }

  private planFor(
    callee: Code | Signature,
    given: number,
    make: (given: number) => Plan | undefined,
  ): Plan | undefined {
    if (callee !== this.callee || given !== this.given) {
      this.callee = callee;
      this.given = given;
      this.plan = make(given);
    }
    return this.plan;
  }

  private planFunction(code: Code, f: PythonFunction, given: number): Plan | undefined {
    const { positional } = code;
    const sources = code.args.map((_, i) => (i < given ? i : DEFAULT));
    const extra: number[] = [];
    for (const [i, name] of this.names.entries()) {
      const at = code.args.indexOf(name);
      if (at < code.positionalOnly) extra.push(i);
      else if (sources[at] === DEFAULT) sources[at] = given + i;
      else return undefined;
    }
    if (given > positional || (extra.length > 0 && !code.keywords) || new Set(this.names).size < this.names.length)
      return undefined;
    if (sources.slice(0, code.required).includes(DEFAULT)) return undefined;
    if (code.rest && f.body !== undefined) sources.splice(positional, 0, REST);
    return { sources, extra: code.keywords ? extra : undefined };
  }

  private planBuiltin(signature: Signature, given: number): Plan | undefined {
    const { positional, keywordOnly, positionalOnly } = signature;
    if (signature.hasRest || signature.hasKeywords || given > positional.length) return undefined;
    const names = [...positional, ...keywordOnly.map((k) => k.name)];
    const absent = given + this.names.length;
    const sources = names.map((_, i) => (i < given ? i : absent));
    for (const [i, name] of this.names.entries()) {
      const at = names.indexOf(name, positionalOnly);
      if (at < 0 || sources[at] !== absent) return undefined;
      sources[at] = given + i;
    }
    const isRequired = (i: number): boolean =>
      i < positional.length ? i < signature.required : keywordOnly[i - positional.length]?.required === true;
    return sources.some((at, i) => at === absent && isRequired(i)) ? undefined : { sources, extra: undefined };
  }

  /** The JS arguments of a Python function; undefined where one has no default. */
  private fill(
    plan: Plan,
    f: PythonFunction,
    args: readonly PyObject[],
    values: readonly PyObject[],
  ): PyObject[] | undefined {
    const { code } = f;
    const { sources, extra } = plan;
    const given = args.length;
    const slots: PyObject[] = [];
    for (let i = 0; i < sources.length; i++) {
      const at = sources[i] as number;
      let value: PyObject | undefined;
      if (at >= given) value = values[at - given];
      else if (at >= 0) value = args[at];
      else if (at === REST) value = EMPTY_TUPLE;
      else if (i < code.positional) value = f.defaults[i - code.required];
      else value = f.keywordDefaults[code.args.length - sources.length + i - code.positional];
      if (value === undefined) return undefined;
      slots.push(value);
    }
    if (extra !== undefined) {
      const dict = new PyDict();
      for (const i of extra) dict.set(makeStr(this.names[i] as string), values[i] as PyObject);
      slots.push(dict);
    }
    return slots;
  }
}

/** `f(...slots)`; spreading a few is slower. */
function apply(f: (...args: PyObject[]) => PyObject, slots: readonly PyObject[]): PyObject {
  const [a, b, c, d] = slots as [PyObject, PyObject, PyObject, PyObject];
  switch (slots.length) {
    case 1:
      return f(a);
    case 2:
      return f(a, b);
    case 3:
      return f(a, b, c);
    case 4:
      return f(a, b, c, d);
    default:
      return f(...slots);
  }
}

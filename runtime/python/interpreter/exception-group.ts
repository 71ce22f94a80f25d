/** BaseExceptionGroup and ExceptionGroup, which only a computer's Python has, and what `except*` does with them. */
import { matches, PyException } from '../objects/exception';
import { None, define, type Attributes, type PyFunction, type PyObject } from '../objects/object';
import { PyList } from '../objects/list';
import { exceptionTypes, typeError, valueError } from '../objects/raise';
import { textOf } from '../objects/str';
import { PyTuple, itemsOf } from '../objects/tuple';
import { finishType, type MethodRow, type PyType } from '../objects/type';
import { getAttribute } from './attributes';
import { call, truth } from './operators';
import { checked } from './signature';

/** A group: its arguments are the message and the sequence of its exceptions. */
class PyExceptionGroup extends PyException {
  /** The exceptions in it, as `e.exceptions` gives them; kept at the first look. */
  declare members?: PyTuple;

  override subExceptions(): readonly PyException[] {
    return membersOf(this);
  }

  override py_str(): string {
    if ((this as unknown as Attributes).__str__$ !== undefined) return super.py_str();
    const { length } = membersOf(this);
    return `${messageOf(this)} (${String(length)} sub-exception${length === 1 ? '' : 's'})`;
  }
}

export const isGroup = (e: PyObject): e is PyExceptionGroup => e instanceof PyExceptionGroup;

const messageOf = (group: PyExceptionGroup): string => textOf(group.eargs[0] ?? '') ?? '';

/** The exceptions in a group. */
export function membersOf(group: PyObject): readonly PyException[] {
  const e = group as PyExceptionGroup;
  e.members ??= new PyTuple(itemsOf(e.eargs[1] ?? new PyTuple([])).slice());
  return e.members.la as readonly PyObject[] as readonly PyException[];
}

const isPlain = (e: PyObject): boolean => e.cls.ancestors.has(exceptionTypes.Exception);

/** The arguments of a group, as they have to be; `type` is what is to be made of them. */
function checkArguments(type: PyType, args: readonly PyObject[]): void {
  if (args.length !== 2) {
    throw typeError(`BaseExceptionGroup.__new__() takes exactly 2 arguments (${String(args.length)} given)`);
  }
  const [message, exceptions] = args as [PyObject, PyObject];
  if (textOf(message) === undefined) {
    throw typeError(`BaseExceptionGroup.__new__() argument 1 must be str, not ${message.cls.typeName}`);
  }
  if (exceptions.la === undefined) throw typeError('second argument (exceptions) must be a sequence');
  if (exceptions.la.length === 0) {
    throw valueError('second argument (exceptions) must be a non-empty sequence');
  }
  exceptions.la.forEach((e, i) => {
    if (!(e instanceof PyException)) {
      throw valueError(`Item ${String(i)} of second argument (exceptions) is not an exception`);
    }
  });
  if (type.ancestors.has(exceptionTypes.Exception) && !exceptions.la.every(isPlain)) {
    const name = type === exceptionGroupType ? 'an ExceptionGroup' : `'${type.typeName}'`;
    throw typeError(`Cannot nest BaseExceptions in ${name}`);
  }
}

/** What `split` and `subgroup` ask of each exception: its type, one of several, or a function. */
function condition(given: PyObject): (e: PyException) => boolean {
  const isType = (x: PyObject): boolean => (x as Partial<PyType>).isException === true;
  if (isType(given) || (given instanceof PyTuple && given.la.every(isType))) return (e) => matches(e, given);
  if (typeof given === 'function' && (given as Partial<PyType>).isType !== true) return (e) => truth(call(given, e));
  throw typeError('expected a function, exception type or tuple of exception types');
}

/** A group like this one with other exceptions in it; it keeps the frames. */
function derived(group: PyExceptionGroup, members: readonly PyException[]): PyException | null {
  if (members.length === 0) return null;
  const part = call(getAttribute(group, 'derive'), new PyList([...members]));
  if (!isGroup(part)) throw typeError('derive must return an instance of BaseExceptionGroup');
  if (group.traceback !== undefined) part.traceback = [...group.traceback];
  return part;
}

type Parts = readonly [match: PyException | null, rest: PyException | null];

/** The part of an exception that fits and the part that does not; groups are taken apart. */
function split(e: PyException, fits: (e: PyException) => boolean): Parts {
  if (fits(e)) return [e, null];
  if (!isGroup(e)) return [null, e];
  const parts = membersOf(e).map((member) => split(member, fits));
  const pick = (i: 0 | 1): PyException[] => parts.flatMap((part) => part[i] ?? []);
  return [derived(e, pick(0)), derived(e, pick(1))];
}

const group_derive = (self: PyExceptionGroup, exceptions: PyObject): PyObject =>
  baseExceptionGroupType(self.eargs[0] ?? '', exceptions);

const group_split = (self: PyExceptionGroup, given: PyObject): PyObject =>
  new PyTuple(split(self, condition(given)).map((part) => part ?? None));

const group_subgroup = (self: PyExceptionGroup, given: PyObject): PyObject => split(self, condition(given))[0] ?? None;

const methods: readonly MethodRow[] = [
  ['derive(self, exceptions, /)', group_derive],
  ['split(self, condition, /)', group_split],
  ['subgroup(self, condition, /)', group_subgroup],
  ['exceptions', (self: PyExceptionGroup) => (membersOf(self), self.members as PyTuple), 'property'],
  ['message', (self: PyExceptionGroup) => self.eargs[0] ?? None, 'property'],
];

/** Makes a type of groups; `choose` may make something else of the arguments. */
function defineGroup(name: string, bases: PyType[], proto: object, rows: readonly MethodRow[]): PyType {
  const Instance = function (): void {} as unknown as new () => PyExceptionGroup;
  Instance.prototype = proto as PyExceptionGroup;
  const constructor: PyFunction = checked(`${name}(*args)`, (args: PyObject[]) => {
    checkArguments(type, args);
    const plain = type === baseExceptionGroupType && args[1]?.la?.every(isPlain) === true;
    if (plain) return exceptionGroupType(...args);
    const e = new Instance();
    e.eargs = args;
    return e;
  });
  const type = finishType(constructor as PyType, name, bases, proto, rows);
  define(type, 'Instance', Instance);
  return type;
}

export const baseExceptionGroupType: PyType = defineGroup(
  'BaseExceptionGroup',
  [exceptionTypes.BaseException],
  PyExceptionGroup.prototype,
  methods,
);
export const exceptionGroupType: PyType = defineGroup(
  'ExceptionGroup',
  [baseExceptionGroupType, exceptionTypes.Exception],
  Object.create(PyExceptionGroup.prototype) as object,
  [],
);

/** A group without a message around exceptions. */
const around = (members: readonly PyException[]): PyException =>
  baseExceptionGroupType('', new PyList([...members])) as PyException;

/** The exceptions in a group that are no groups, itself if it is none. */
function leavesOf(e: PyException, found = new Set<PyException>()): Set<PyException> {
  if (isGroup(e)) for (const member of membersOf(e)) leavesOf(member, found);
  else found.add(e);
  return found;
}

/** What the clauses of an `except*` do to an exception, one after the other. */
export class StarHandler {
  private rest: PyException | null;
  /** What clauses took. */
  private readonly taken: PyException[] = [];
  /** What clauses raised. */
  private readonly raised: PyException[] = [];

  constructor(private readonly whole: PyException) {
    this.rest = whole;
  }

  /** The part for the clause that names `type`, always a group; null where there is none. */
  take(type: PyObject): PyException | null {
    const named = type instanceof PyTuple ? type.la : [type];
    if (named.some((t) => (t as Partial<PyType>).ancestors?.has(baseExceptionGroupType) === true)) {
      throw typeError('catching ExceptionGroup with except* is not allowed. Use except instead.');
    }
    if (named.some((t) => (t as Partial<PyType>).isException !== true)) {
      throw typeError('catching classes that do not inherit from BaseException is not allowed');
    }
    if (this.rest === null) return null;
    const [match, rest] = split(this.rest, (e) => matches(e, type));
    this.rest = rest;
    if (match === null) return null;
    const part = isGroup(match) ? match : around([match]);
    this.taken.push(part);
    return part;
  }

  /** A clause raised this. */
  add(e: PyException): void {
    this.raised.push(e);
  }

  /** What goes on after the last clause, or null. */
  end(): PyException | null {
    const again = this.raised.filter((e) => this.taken.includes(e));
    const fresh = this.raised.filter((e) => !this.taken.includes(e));
    const left = this.left(again);
    if (fresh.length === 0) return left;
    return around(left === null ? fresh : [...fresh, left]);
  }

  /** What no clause took together with what a clause raised again, in the order of the whole. */
  private left(again: readonly PyException[]): PyException | null {
    if (again.length === 0) return this.rest;
    if (!isGroup(this.whole)) return again[0] ?? null;
    const wanted = new Set<PyException>();
    for (const e of this.rest === null ? again : [...again, this.rest]) leavesOf(e, wanted);
    return split(this.whole, (e) => !isGroup(e) && wanted.has(e))[0];
  }
}

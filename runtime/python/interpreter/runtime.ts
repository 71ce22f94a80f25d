/** The names that generated code uses: what is the same for every interpreter. */
import {
  Ellipsis,
  None,
  NotImplemented,
  define,
  type Attributes,
  type PyFunction,
  type PyIterator,
  type PyObject,
} from '../objects/object';
import { EMPTY_TUPLE, PyTuple } from '../objects/tuple';
import { PyFloat } from '../objects/float';
import { PyList } from '../objects/list';
import { PyDict } from '../objects/dict';
import { makeSet } from '../objects/set';
import { makeTemplate } from '../objects/template';
import { PySlice } from '../objects/slice';
import { heap } from '../objects/heap';
import { listGrew, lookAtHeap } from '../objects/running';
import '../objects/number';
import { formatField, joinText } from '../objects/format';
import { PyInstance } from '../objects/instance';
import { construct, makeClass } from '../objects/class';
import { codeOf, makeFunction } from '../objects/function';
import { AsyncItem, PyAsyncGenerator } from '../objects/async-generator';
import { PyGenerator, PyGeneratorExpression, YieldFrom, exceptionFrom } from '../objects/generator';
import { matches, type PyException } from '../objects/exception';
import type { PyType } from '../objects/type';
import { exception, raise, typeError } from '../objects/raise';
import { BINARY_OPS, iterate, reflect, truth, unsupportedBinary, type BinaryOp } from './operators';
import {
  arityError,
  bindPython,
  callWithKeywords,
  callable,
  methodToCall,
  spread,
  spreadKeywords,
  unpack,
  unpackStar,
} from './call';
import { PySuper, getAttribute, superAttribute, superMethod } from './attributes';
import { StarHandler } from './exception-group';
import { note, rethrow, toException } from './traceback';
import type { KeywordArgument } from './signature';
import { KeywordSite } from './keyword-site';
import { getSlice, getStepSlice, setSlice } from './subscript';
import { viper } from './viper';
import { matchClass, matchMapping, matchRest, matchSequence } from './match';

const methodOf = (o: PyObject, name: string): PyFunction | undefined =>
  (o as unknown as Attributes)[`${name}$`] as PyFunction | undefined;

/** `{k: v, **m}`: values and keys in turn; an undefined key is `**`. */
function makeDict(items: readonly (PyObject | undefined)[]): PyDict {
  const d = new PyDict();
  for (let i = 0; i < items.length; i += 2) {
    const value = items[i] as PyObject;
    const key = items[i + 1];
    if (key !== undefined) d.py_setitem(key, value);
    else for (const [k, v] of spreadMapping(value)) d.py_setitem(k, v);
  }
  return d;
}

function spreadMapping(mapping: PyObject): [PyObject, PyObject][] {
  const pairs: [PyObject, PyObject][] = [];
  if (mapping instanceof PyDict) {
    mapping.each((k, v) => void pairs.push([k, v]));
    return pairs;
  }
  const it = callable(getAttribute(mapping, 'keys'))().py_iter();
  for (let k = it.n(); k !== undefined; k = it.n()) pairs.push([k, mapping.py_getitem(k)]);
  return pairs;
}

/** What `await x` draws from. */
function awaitable(x: PyObject): PyIterator {
  const make = x instanceof PyInstance ? methodOf(x, '__await__') : undefined;
  return iterate(make === undefined ? x : make(x));
}

function asyncIter(x: PyObject): PyObject {
  return callable(getAttribute(x, '__aiter__'))();
}

function asyncNext(it: PyObject): PyIterator {
  return awaitable(callable(getAttribute(it, '__anext__'))());
}

/** Lets StopAsyncIteration end a loop; throws anything else on. */
function stopAsync(thrown: unknown): void {
  const e = toException(thrown);
  if (!e.cls.ancestors.has(exception('StopAsyncIteration').cls)) throw e;
}

/** The exception that `raise x` throws. */
function raised(x: PyObject): PyObject {
  const e = exceptionFrom(x);
  (e as PyException).noted = undefined;
  return e;
}

function noActive(): never {
  // As when an exception is raised again, the frame is not noted.
  throw rethrow(exception('RuntimeError', 'no active exception to reraise'));
}

function assertion(message?: PyObject): never {
  throw message === undefined ? exception('AssertionError') : exception('AssertionError', message);
}

function unbound(): never {
  return raise('NameError', 'local variable referenced before assignment');
}

function badInit(result: PyObject): never {
  throw typeError(`__init__() should return None, not '${result.cls.typeName}'`);
}

/** The method of a call `o.name(…)` with keywords: a function of the class, to be called with `o` first, or what is bound already. */
function methodKw(o: PyObject, f: PyFunction | undefined, name: string): PyFunction | [bound: PyObject] {
  // Functions of modules, static and class methods are there in a form that takes no keywords.
  return f !== undefined && codeOf(f) !== undefined ? f : [getAttribute(o, name)];
}

function callMethodKw(
  method: PyFunction | [bound: PyObject],
  o: PyObject,
  args: PyObject[],
  keywords: KeywordArgument[],
): PyObject {
  if (typeof method === 'function') return callWithKeywords(method, [o, ...args], keywords);
  return callWithKeywords(method[0], args, keywords);
}

const opOfSlot = new Map<string, BinaryOp>(BINARY_OPS.map((op) => [op.slot, op]));
type Slots = Record<string, (this: PyObject, other: PyObject) => PyObject>;

/** Gives a class an operator entry of its own. */
function slot(type: PyType, name: string, fn: unknown): void {
  define(type.instance, name, fn);
}

function genericSlot(o: PyObject, name: string, other: PyObject): PyObject {
  const f = (PyInstance.prototype as unknown as Slots)[name] as Slots[string];
  return f.call(o, other);
}

/** What is left when a class's special method gave NotImplemented. */
function genericReflect(o: PyObject, name: string, other: PyObject): PyObject {
  const op = opOfSlot.get(name);
  if (op !== undefined) return reflect(op, o, other);
  return unsupportedBinary(`__${name.slice(3)}__`, o, other);
}

/** Everything that does not belong to one interpreter. */
export const sharedRuntime = {
  heap,
  listGrew,
  lookAtHeap,
  None,
  Ellipsis,
  NotImplemented,
  EMPTY_TUPLE,
  PyTuple,
  PyFloat,
  PyList,
  PyDict,
  PySlice,
  PySuper,
  AsyncItem,
  PyAsyncGenerator,
  PyGenerator,
  PyGeneratorExpression,
  YieldFrom,
  T: truth,
  arity: arityError,
  assertion,
  asyncIter,
  asyncNext,
  awaitable,
  badInit,
  bindPython,
  KeywordSite,
  callKw: callWithKeywords,
  callMethodKw,
  callable,
  cm: methodToCall,
  construct,
  formatField,
  ga: getAttribute,
  genericReflect,
  genericSlot,
  iter: iterate,
  joinText,
  makeClass,
  makeDict,
  makeFunction,
  makeSet,
  makeTemplate,
  matchClass,
  matchMapping,
  matchRest,
  matchSequence,
  matches,
  methodKw,
  noActive,
  note,
  raised,
  rethrow,
  slice: getSlice,
  stepSlice: getStepSlice,
  setSlice,
  slot,
  StarHandler,
  spread,
  spreadKeywords,
  stopAsync,
  superAttribute,
  superMethod,
  unbound,
  unpack,
  unpackStar,
  viper,
} as const;

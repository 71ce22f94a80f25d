/**
 * Generators, on JS generators. `yield from` does not nest JS generators: the body yields a `YieldFrom` marker, and
 * the generator object then draws from the inner iterator itself, passing on `send`, `throw` and `close`.
 */
import type { PyException } from './exception';
import { heap } from './heap';
import { lookAtHeap } from './running';
import { None, ObjectBase, type Attributes, type PyFunction, type PyIterator, type PyObject } from './object';
import { defineType, type PyType } from './type';
import { InstanceIterator, PyInstance } from './instance';
import { exception, exceptionTypes, raise, typeError } from './raise';
import { toException } from '../interpreter/traceback';
import { identityHash } from '../interpreter/operators';
import type { Code } from './function';

/** What a body yields for `yield from iterable`; the value of the expression is what the iterator returned. */
export class YieldFrom {
  constructor(readonly iterator: PyIterator) {}
}

/** The running part of a generator function. */
export type GeneratorBody = Generator<PyObject | YieldFrom, PyObject, PyObject>;

/** How many generators within each other are passed at once; beyond, each calls the next, so that the stack limits them. */
const MOST_NESTED = 100;

export class PyGenerator extends ObjectBase implements PyIterator {
  /** What the body returned, once finished: the value of StopIteration. */
  result: PyObject = None;
  private started = false;
  private running = false;
  protected finished = false;
  private delegate: PyIterator | null = null;
  /** What `pend_throw` has put aside for the next resumption, or None. */
  private pending: PyObject = None;
  /** The delegate, where it is a generator with a body that does not itself wait for this one. */
  private inner: PyGenerator | null = null;
  /** How the body ended, where the generator that delegates to this one has not been told yet. */
  private untold: 'returned' | { thrown: unknown } | null = null;

  constructor(
    private readonly body: GeneratorBody | null,
    readonly code: Code,
  ) {
    super();
    if (--heap.left < 0) lookAtHeap();
  }

  /** Goes on where it stopped; with generators within generators at once in the innermost one. */
  n(): PyObject | undefined {
    return this.advance(None);
  }

  /** Goes on with `value` as the value of the `yield`. */
  private advance(value: PyObject): PyObject | undefined {
    const leaf = this.innermost();
    if (leaf.running || leaf.finished || this.running || leaf.delegate !== null || leaf.pending !== None) {
      return this.resume(false, value);
    }
    this.running = leaf.running = leaf.started = true;
    let step: IteratorResult<PyObject | YieldFrom, PyObject>;
    try {
      step = (leaf.body as GeneratorBody).next(value);
    } catch (thrown) {
      this.running = leaf.running = false;
      leaf.finished = true;
      leaf.untold = { thrown };
      return this.resume(false, None);
    }
    this.running = leaf.running = false;
    if (step.done === true) {
      leaf.finished = true;
      leaf.result = step.value;
      if (leaf === this) return undefined;
      leaf.untold = 'returned';
      return this.resume(false, None);
    }
    if (!(step.value instanceof YieldFrom)) return step.value;
    leaf.delegateTo(step.value.iterator);
    return this.advance(None);
  }

  /** The generator at the end of those that delegate to each other; of very many, one on the way there. */
  private innermost(): PyGenerator {
    let leaf: PyGenerator = this;
    for (let i = 0; leaf.inner !== null && i < MOST_NESTED; i++) leaf = leaf.inner;
    return leaf;
  }

  private delegateTo(iterator: PyIterator | null): void {
    this.delegate = iterator;
    const follow = iterator instanceof PyGenerator && iterator.body !== null && iterator.innermost() !== this;
    this.inner = follow ? iterator : null;
  }

  /** What a generator that has ended answers. What is thrown in is lost: MicroPython ends again, without a word. */
  private end(): undefined {
    const { untold } = this;
    this.untold = null;
    if (untold === null) this.result = None;
    else if (untold !== 'returned') throw this.asRaised(untold.thrown);
    return undefined;
  }

  /** What an exception that leaves the body becomes. */
  protected asRaised(thrown: unknown): PyObject {
    return asRaisedInGenerator(thrown);
  }

  /** Goes on with `value` as the value of the `yield`, or (`throwing`) with an exception raised there. */
  resume(throwing: boolean, value: PyObject): PyObject | undefined {
    if (this.running || this.innermost().running) raise('ValueError', 'generator already executing');
    if (this.finished) return this.end();
    const body = this.body as GeneratorBody;
    if (this.pending !== None) {
      throwing = true;
      value = this.pending;
      this.pending = None;
    }
    this.running = true;
    this.started = true;
    try {
      for (;;) {
        if (this.delegate !== null && throwing && !passesThrow(this.delegate, value)) {
          if (isGeneratorExit(value)) methodOf(this.delegate, 'close')?.();
          this.delegateTo(null);
          value = asRaisedInGenerator(exceptionFrom(value));
        }
        if (this.delegate !== null) {
          const { delegate } = this;
          try {
            const item = passOn(delegate, throwing, value);
            if (item !== undefined) return item;
            // A GeneratorExit goes on even where the inner iterator swallowed it.
            throwing = throwing && isGeneratorExit(value);
            if (!throwing) value = resultOf(delegate);
          } catch (e) {
            const error = toException(e);
            const isEnd = error.cls === exceptionTypes.StopIteration;
            throwing = !isEnd;
            value = isEnd ? (error.eargs[0] ?? None) : error;
          }
          this.delegateTo(null);
        }
        const step = throwing ? body.throw(thrownIn(value)) : body.next(value);
        if (step.done === true) {
          this.finished = true;
          this.result = step.value;
          return undefined;
        }
        const item = step.value;
        if (!(item instanceof YieldFrom)) return item;
        this.delegateTo(item.iterator);
        throwing = false;
        value = None;
      }
    } catch (e) {
      this.finished = true;
      throw this.asRaised(e);
    } finally {
      this.running = false;
    }
  }

  send(value: PyObject): PyObject {
    if (!this.started && !this.finished && value !== None) justStarted();
    return (this.body === null ? this.resume(false, value) : this.advance(value)) ?? this.stop();
  }

  throw(error: PyObject): PyObject {
    return this.resume(true, error) ?? this.stop();
  }

  close(): void {
    if (!this.started) this.finished = true;
    if (this.finished) return;
    let item: PyObject | undefined;
    try {
      item = this.resume(true, exception('GeneratorExit'));
    } catch (e) {
      const { cls } = toException(e);
      if (cls.ancestors.has(exceptionTypes.GeneratorExit) || cls.ancestors.has(exceptionTypes.StopIteration)) return;
      throw e;
    }
    if (item !== undefined) raise('RuntimeError', 'generator ignored GeneratorExit');
  }

  /** Has `error` raised where the generator goes on next; gives what was to be raised there before. */
  pendThrow(error: PyObject): PyObject {
    if (this.running) raise('ValueError', 'generator already executing');
    const before = this.pending;
    this.pending = error;
    // Those that delegate to this one have to come through it.
    this.inner = null;
    return before;
  }

  /** Raises the StopIteration of a finished generator, with its result. */
  protected stop(): never {
    const { result } = this;
    this.result = None;
    throw result === None ? exception('StopIteration') : exception('StopIteration', result);
  }

  override py_iter(): PyIterator {
    return this;
  }

  override py_repr(): string {
    return `<generator object '${this.code.name}' at ${identityHash(this).toString(16)}>`;
  }
}

function justStarted(): never {
  throw typeError("can't send non-None value to a just-started generator");
}

/** A StopIteration that leaves a generator's body would look like its end. */
function asRaisedInGenerator(thrown: unknown): PyObject {
  const error = toException(thrown);
  if (!error.cls.ancestors.has(exceptionTypes.StopIteration)) return error;
  return exception('RuntimeError', 'generator raised StopIteration');
}

/** Resumes the inner iterator of a `yield from`; undefined at its end. */
function passOn(inner: PyIterator, throwing: boolean, value: PyObject): PyObject | undefined {
  if (inner instanceof PyGenerator) return inner.resume(throwing, value);
  if (throwing) return (methodOf(inner, 'throw') as PyFunction)(value);
  if (value === None) return inner.n();
  const send = methodOf(inner, 'send');
  if (send !== undefined) return send(value);
  return raise('AttributeError', `'${sourceOf(inner).cls.typeName}' object has no attribute 'send'`);
}

/** The object that an adapted iterator draws from. */
const sourceOf = (inner: PyIterator): PyObject => (inner instanceof InstanceIterator ? inner.source : inner);

/** A method of the object behind an inner iterator, bound; only classes made in Python have some. */
function methodOf(inner: PyIterator, name: string): PyFunction | undefined {
  const source = sourceOf(inner);
  if (!(source instanceof PyInstance)) return undefined;
  const method = (source as unknown as Attributes)[`${name}$`] as PyFunction | undefined;
  return method === undefined ? undefined : (...args) => method(source, ...args);
}

/** Whether an exception is thrown into an inner iterator; GeneratorExit only closes those that are no generators. */
function passesThrow(inner: PyIterator, value: PyObject): boolean {
  return inner instanceof PyGenerator || (!isGeneratorExit(value) && methodOf(inner, 'throw') !== undefined);
}

/** What an iterator that has come to its end gives as the value of `yield from`. */
export function resultOf(iterator: PyIterator): PyObject {
  return (iterator as { result?: PyObject }).result ?? None;
}

/** Whether what was thrown in is GeneratorExit, the class or an instance. */
const isGeneratorExit = (value: PyObject): boolean =>
  ((value as Partial<PyType>).isType === true ? (value as PyType) : value.cls).ancestors.has(
    exceptionTypes.GeneratorExit,
  );

/** The exception that `raise x` or `throw(x)` raises: x itself, or an instance of the class x. */
export function exceptionFrom(type: PyObject): PyObject {
  if ((type as { isException?: true }).isException === true && typeof type === 'function') {
    const made = (type as PyFunction)();
    if (made.cls.isException === true) return made;
  }
  if (type.cls.isException === true && (type as PyException).incomplete !== true) return type;
  throw typeError('exceptions must derive from BaseException');
}

/** What `throw(x)` raises in the body: where x is no exception, what says so. */
function thrownIn(value: PyObject): PyObject {
  try {
    return exceptionFrom(value);
  } catch (e) {
    return toException(e);
  }
}

const generator_next = (self: PyIterator, otherwise?: PyObject): PyObject => {
  const item = self.n() ?? otherwise;
  if (item !== undefined) return item;
  const result = resultOf(self);
  throw result === None ? exception('StopIteration') : exception('StopIteration', result);
};

export const generatorType = defineType({
  name: 'generator',
  proto: PyGenerator.prototype,
  methods: [
    ['__next__(self, default=None, /)', generator_next],
    ['send(self, value, /)', (self: PyGenerator, value: PyObject) => self.send(value)],
    [
      'throw(self, type, value=None, traceback=None, /)',
      (self: PyGenerator, type: PyObject, value?: PyObject) =>
        self.throw(value === undefined || value === None ? type : value),
    ],
    [
      'close(self, /)',
      (self: PyGenerator) => {
        self.close();
        return None;
      },
    ],
    ['pend_throw(self, exception, /)', (self: PyGenerator, error: PyObject) => self.pendThrow(error)],
  ],
});

/** Where a generator expression is; it can go on below `RUNNING`. */
const NEW = 0;
const STARTED = 1;
const RUNNING = 2;
const DONE = 3;

/** A generator expression with one simple loop: a closure that gives the next item. */
export class PyGeneratorExpression extends PyGenerator {
  private state = NEW;
  private thrown: PyObject = None;

  constructor(
    private readonly next: () => PyObject | undefined,
    code: Code,
  ) {
    super(null, code);
  }

  override n(): PyObject | undefined {
    if (this.state >= RUNNING) return this.cannotGoOn();
    this.state = RUNNING;
    try {
      if (this.thrown !== None) throw exceptionFrom(this.thrown);
      const item = this.next();
      this.state = item === undefined ? DONE : STARTED;
      return item;
    } catch (e) {
      this.state = DONE;
      throw asRaisedInGenerator(e);
    }
  }

  private cannotGoOn(): undefined {
    if (this.state === RUNNING) raise('ValueError', 'generator already executing');
    return undefined;
  }

  override send(value: PyObject): PyObject {
    if (this.state === NEW && value !== None) justStarted();
    return this.n() ?? this.stop();
  }

  override resume(throwing: boolean, value: PyObject): PyObject | undefined {
    if (!throwing) return this.n();
    if (this.state >= RUNNING) return this.cannotGoOn();
    this.state = DONE;
    throw asRaisedInGenerator(exceptionFrom(value));
  }

  override pendThrow(error: PyObject): PyObject {
    if (this.state === RUNNING) this.cannotGoOn();
    const before = this.thrown;
    this.thrown = error;
    return before;
  }

  override close(): void {
    if (this.state === RUNNING) this.cannotGoOn();
    this.state = DONE;
  }
}

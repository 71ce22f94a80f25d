/**
 * Asynchronous generators, which only the host's grammar has: an `async def` with `yield`, as in CPython.
 *
 * The body is a generator that gives an `AsyncItem` for each `yield`; all else it gives comes from what it awaits and
 * goes on to whoever runs the program. `__anext__` and its like give a `PyAsyncStep`, which is awaited: it runs the body
 * up to the next item, which is then its result.
 */
import { None, ObjectBase, type PyObject } from './object';
import { PyGenerator, exceptionFrom, type GeneratorBody } from './generator';
import { defineType } from './type';
import { exception, exceptionTypes, raise, typeError, type ExceptionName } from './raise';
import { toException } from '../interpreter/traceback';
import { identityHash } from '../interpreter/operators';
import type { Code } from './function';

/** What the body gives for `yield value`. */
export class AsyncItem extends ObjectBase {
  constructor(readonly value: PyObject) {
    super();
  }
}

/** The body: an end that its own code raises would be taken for the generator's. */
class AsyncBody extends PyGenerator {
  get isOver(): boolean {
    return this.finished;
  }

  protected override asRaised(thrown: unknown): PyObject {
    const error = toException(thrown);
    for (const name of ['StopIteration', 'StopAsyncIteration'] as const) {
      if (isA(error, name)) return exception('RuntimeError', `async generator raised ${name}`);
    }
    return error;
  }
}

const isA = (error: PyObject, name: ExceptionName): boolean => error.cls.ancestors.has(exceptionTypes[name]);

/** What calling an `async def` with `yield` gives. */
export class PyAsyncGenerator extends ObjectBase {
  readonly body: AsyncBody;
  started = false;
  /** A step is between two awaits. */
  running = false;
  closed = false;

  constructor(
    body: GeneratorBody,
    readonly code: Code,
  ) {
    super();
    this.body = new AsyncBody(body, code);
  }

  override py_repr(): string {
    return `<async_generator object '${this.code.name}' at ${identityHash(this).toString(16)}>`;
  }
}

type State = 'new' | 'begun' | 'done';
type StepKind = 'asend' | 'athrow' | 'aclose';

/** One step of an asynchronous generator: what `__anext__()`, `asend()`, `athrow()` and `aclose()` give. */
export class PyAsyncStep extends PyGenerator {
  private state: State = 'new';

  constructor(
    private readonly of: PyAsyncGenerator,
    private readonly kind: StepKind,
    private readonly argument: PyObject,
  ) {
    super(null, of.code);
  }

  override n(): PyObject | undefined {
    return this.resume(false, None);
  }

  /** Goes on; undefined once there is an item, which is the result, or the generator was closed. */
  override resume(throwing: boolean, value: PyObject): PyObject | undefined {
    const { of, kind } = this;
    if (this.state === 'done') this.refuse(`cannot reuse already awaited ${REUSED[kind]}`);
    if (this.state === 'new' && kind !== 'asend' && of.body.isOver) return this.finish(None);
    try {
      const given = this.state === 'new' && !throwing ? this.begin(value) : this.passOn(throwing, value);
      if (given instanceof AsyncItem) return this.finish(given.value);
      if (given !== undefined) return given;
      throw exception('StopAsyncIteration');
    } catch (thrown) {
      const error = toException(thrown);
      const isEnd = isA(error, 'StopAsyncIteration') || isA(error, 'GeneratorExit');
      of.closed ||= isEnd;
      if ((this.state as State) !== 'done') of.running = false;
      this.state = 'done';
      if (isEnd && kind === 'aclose') return this.finish(None);
      throw error;
    }
  }

  private passOn(throwing: boolean, value: PyObject): PyObject | undefined {
    this.state = 'begun';
    const given = this.of.body.resume(throwing, value);
    if (this.kind === 'aclose' && given instanceof AsyncItem) ignored();
    return given;
  }

  private begin(value: PyObject): PyObject | undefined {
    const { of, kind, argument } = this;
    if (of.running) {
      this.state = 'done';
      this.refuse(`${kind === 'asend' ? 'anext' : kind}(): asynchronous generator is already running`);
    }
    if (kind !== 'asend' && of.closed) throw exception('StopAsyncIteration');
    const sent = value === None ? argument : value;
    if (kind === 'asend') {
      if (!of.started && sent !== None) throw typeError("can't send non-None value to a just-started async generator");
    } else if (value !== None) this.refuse("can't send non-None value to a just-started coroutine");
    of.running = true;
    if (kind === 'asend') {
      of.started = true;
      return this.passOn(false, sent);
    }
    if (kind === 'athrow') return this.throwInto(exceptionFrom(argument));
    of.closed = true;
    return this.throwInto(exception('GeneratorExit'));
  }

  /** Where the body has not begun, what is thrown into it ends it. */
  private throwInto(error: PyObject): PyObject | undefined {
    if (this.of.started) return this.passOn(true, error);
    this.of.started = true;
    this.of.body.close();
    throw error;
  }

  private finish(result: PyObject): undefined {
    this.state = 'done';
    this.of.running = false;
    this.result = result;
    return undefined;
  }

  private refuse(message: string): never {
    return raise('RuntimeError', message);
  }

  override send(value: PyObject): PyObject {
    return this.resume(false, value) ?? this.stop();
  }

  override close(): void {
    this.state = 'done';
  }
}

const REUSED: Readonly<Record<StepKind, string>> = {
  asend: '__anext__()/asend()',
  athrow: 'aclose()/athrow()',
  aclose: 'aclose()/athrow()',
};

const ignored = (): never => raise('RuntimeError', 'async generator ignored GeneratorExit');

defineType({
  name: 'async_generator',
  proto: PyAsyncGenerator.prototype,
  methods: [
    ['__aiter__(self, /)', (self: PyAsyncGenerator) => self],
    ['__anext__(self, /)', (self: PyAsyncGenerator) => new PyAsyncStep(self, 'asend', None)],
    ['asend(self, value, /)', (self: PyAsyncGenerator, value: PyObject) => new PyAsyncStep(self, 'asend', value)],
    [
      'athrow(self, type, value=None, traceback=None, /)',
      (self: PyAsyncGenerator, type: PyObject, value?: PyObject) =>
        new PyAsyncStep(self, 'athrow', value === undefined || value === None ? type : value),
    ],
    ['aclose(self, /)', (self: PyAsyncGenerator) => new PyAsyncStep(self, 'aclose', None)],
  ],
});

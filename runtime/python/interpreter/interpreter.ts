/** The interpreter: compiles sources and runs them with globals, builtins, modules and a machine of its own. */
import { Utf8Decoder, decodeUtf8, encodeUtf8 } from '../../bytes/utf8';
import type { FileSystem } from '../../vfs/filesystem';
import type { Vfs } from '../../vfs/vfs';
import { compileModule } from '../compile/code-generator';
import type { CompiledModule, Constant } from '../compile/code';
import { mayJumpTooFar } from '../compile/long-jumps';
import type { Scopes } from '../compile/resolver';
import {
  parseExpression,
  parseInteractive,
  parseModule,
  PySyntaxError,
  type KnownValues,
  type NumberConstant,
  type UnicodeNames,
} from '../syntax/index';
import { PyException } from '../objects/exception';
import { PyFloat, useSinglePrecision } from '../objects/float';
import { classBody, type ClassBuilder } from '../objects/class';
import { heap, useHeapLocks } from '../objects/heap';
import { useNarrowWords } from '../objects/machine-word';
import { PyModule } from '../objects/module';
import { None, type Attributes, type PyFunction, type PyObject } from '../objects/object';
import { exception, exceptionTypes, raise, useDetailedMessages } from '../objects/raise';
import { setRunning, type Heap, type Running } from '../objects/running';
import { makeStr } from '../objects/str';
import { callWithKeywords } from './call';
import { valueOf } from './constants';
import { PENDING_INTERRUPT, PENDING_MEMORY, PENDING_SCHEDULED, type Hal } from './hal';
import { BoardHeap } from './board-heap';
import { HostHeap } from './host-heap';
import { Importer, type ModuleTable } from './import';
import { sharedRuntime } from './runtime';
import type { KeywordArgument } from './signature';
import { formatException, toException } from './traceback';

/** How much of Python the interpreter is: like a pyboard, or like MicroPython on a computer. */
export type Profile = 'host' | 'board';

/** Facts of `sys` that differ between a computer and a board. */
export interface SystemFacts {
  platform: string;
  /** `sys.implementation._machine`. */
  machine: string;
  build: string;
  mpy: number;
  maxsize: number | bigint;
  /** What stands after `3.4.0; ` in `sys.version`. */
  version: string;
}

export interface InterpreterOptions {
  profile: Profile;
  /** What the parser accepts; the board's profile is always strict. */
  grammar?: 'host' | 'strict';
  hal: Hal;
  vfs: Vfs;
  /** Makes the builtins. */
  builtins: (interpreter: Interpreter) => PyModule;
  /** The builtin modules. */
  modules: ModuleTable;
  /** The source of a module that is shipped with the interpreter, by dotted name or path, or undefined. */
  frozen?: (name: string) => string | undefined;
  /** Resolves `\N{name}` where the grammar is the host's. */
  unicodeName?: UnicodeNames;
  /** The text of a source file; UTF-8 when missing. Throws `Utf8Error`. */
  decodeSource?: (bytes: Uint8Array) => string;
  /** What `sys` says of the system; that of a computer when missing. */
  facts?: SystemFacts;
  /** Whether printed lines end with `\r\n`, as terminals want it; so on a board. */
  cookedOutput?: boolean;
  /** What `help()` prints. */
  helpText?: string;
  /** Told of a strict source that may be too long for MicroPython; raises RuntimeError where it is. */
  checkJumps?: (interpreter: Interpreter, source: string, file: string, mode: CompileMode) => void;
  /** Bytes of memory that programs may use, on a computer; a generous part of what it has when missing. */
  heapSize?: number | undefined;
  argv?: readonly string[];
  path?: readonly string[];
}

const HOST_HELP = `This is Python as MicroPython runs it, inside Tether, on this computer's files.

Keys at the prompt:
  Ctrl-C   stop what runs, or drop the line
  Ctrl-D   leave, on an empty line
  Ctrl-E   paste several lines at once

help(x) tells about x, help('modules') lists what can be imported.
`;

/** The C stack of a board: its bytes, those a prompt has taken, and what one call of a Python function takes. */
export const STACK_SIZE = 15360;
export const STACK_AT_START = 552;
export const STACK_PER_CALL = 200;

/** Code takes what so many small objects do. */
const CODE_SIZE = 64;

export type CompileMode = 'exec' | 'single' | 'eval';

/** A compiled source: what `compile()` gives, and what `exec` and `eval` run. */
export class PyCode {
  private instance: ((...args: unknown[]) => PyObject) | undefined;

  constructor(
    readonly compiled: CompiledModule,
    readonly mode: CompileMode,
  ) {}

  /** The JS function `(R, G, FL, K, ns)`. */
  get run(): (...args: unknown[]) => PyObject {
    return (this.instance ??= instantiate(this.compiled.js));
  }
}

/** Makes the function; MemoryError where a call or a parameter list is longer than JavaScript takes. */
function instantiate(js: string): (...args: unknown[]) => PyObject {
  try {
    return new Function('R', 'G', 'FL', 'K', 'ns', js) as (...args: unknown[]) => PyObject;
  } catch (e) {
    if (e instanceof SyntaxError && e.message.startsWith('Too many')) raise('MemoryError', 'memory allocation failed');
    throw e;
  }
}

/** A function's facts are instantiated too: they remember its globals. */
const constantValue = (c: Constant, globals: PyModule): unknown =>
  c.type === 'code' ? { ...c.value, globals } : valueOf(c);

export class Interpreter {
  readonly profile: Profile;
  readonly grammar: 'host' | 'strict';
  readonly hal: Hal;
  readonly vfs: Vfs;
  readonly argv: string[];
  readonly builtins: PyModule;
  readonly importer: Importer;
  /** `__main__`: the globals of a script and of the prompt. */
  readonly main: PyModule;
  /** The globals of the frame that called a builtin which looks at its frame, and its separate locals. */
  frameGlobals: PyModule;
  frameLocals: PyModule | undefined;
  /** Called with the pending bits other than Ctrl-C. */
  onPending: (bits: number) => void = () => undefined;
  /** Called with each source that has been compiled, before it runs. */
  onCompiled: ((source: string, file: string, mode: CompileMode) => void) | undefined;
  /** Called with the value of each expression statement at a prompt. */
  onDisplay: (value: PyObject) => void;
  /** `sys.atexit`: called when a script has ended, or None. */
  exitHandler: PyObject = None;
  /** Chooses the byte that raises KeyboardInterrupt; −1 for none. A machine with a keyboard of its own sets it. */
  setInterruptByte: (byte: number) => void = () => undefined;
  /** Callbacks of `micropython.schedule`, run at the next look at what is pending. */
  readonly scheduled: (readonly [fn: PyObject, arg: PyObject])[] = [];
  /** What the innermost `except` handles, in modules that ask for `sys.exc_info()`. */
  handled: PyException | null = null;
  private schedulerLocked = false;
  /** How often the heap is locked, while another interpreter is at work. */
  private heapLocks = 0;
  /** `micropython.opt_level`: from 1 on no assertions are compiled, from 3 on no line numbers. */
  optimisation = 0;
  readonly heap: Heap;
  /** On a board: calls of Python functions that have not returned, and how many its stack has room for. */
  readonly calls = { depth: 0, most: Math.floor((STACK_SIZE - STACK_AT_START) / STACK_PER_CALL) };
  private readonly running: Running;
  private fileSystems: WeakRef<FileSystem>[] = [];
  private readonly cookedOutput: boolean;
  private readonly runtime: Record<string, unknown>;

  constructor(readonly options: InterpreterOptions) {
    this.profile = options.profile;
    this.grammar = options.profile === 'board' ? 'strict' : (options.grammar ?? 'host');
    this.hal = options.hal;
    this.cookedOutput = options.cookedOutput ?? options.profile === 'board';
    this.vfs = options.vfs;
    this.argv = [...(options.argv ?? [])];
    this.main = new PyModule('__main__');
    this.heap =
      options.profile === 'board'
        ? new BoardHeap(options.hal, () => this.roots())
        : new HostHeap(options.hal, options.heapSize);
    this.running = { pending: options.hal.pending, poll: () => this.poll(), heap: this.heap };
    this.frameGlobals = this.main;
    this.builtins = options.builtins(this);
    this.importer = new Importer(this, options.modules, options.path ?? ['']);
    this.importer.modules.set('__main__', this.main);
    this.onDisplay = (value) => {
      if (value !== None) this.write(`${value.py_repr()}\n`);
    };
    this.runtime = { ...sharedRuntime, ...this.ownRuntime() };
  }

  /** The names of generated code that belong to this interpreter. */
  private ownRuntime(): Record<string, unknown> {
    const builtins = this.builtins as unknown as Attributes;
    const buildClass = builtins.$__build_class__;
    return {
      buildClass: (
        name: string,
        bases: PyObject[],
        build: ClassBuilder,
        keywords: KeywordArgument[] = [],
      ): PyObject => {
        const custom = builtins.$__build_class__;
        if (custom === undefined || (custom === buildClass && keywords.length === 0)) return build(bases, name);
        return callWithKeywords(custom, [classBody(build), name, ...bases], keywords);
      },
      B: this.builtins,
      poll: () => {
        this.poll();
      },
      handled: (e: PyException | null) => {
        this.handled = e;
      },
      calls: this.calls,
      tooDeep: () => {
        this.calls.depth--;
        raise('RuntimeError', 'maximum recursion depth exceeded');
      },
      display: (value: PyObject) => {
        this.onDisplay(value);
      },
      chain: (cause: PyObject) => {
        if (cause !== None && this.profile === 'host')
          this.hal.writeError(encodeUtf8('Warning: exception chaining not supported\n'));
      },
      global: (globals: PyModule | null, name: string) => this.globalSlow(globals, name),
      inFrame: (f: PyObject, globals: PyModule, locals?: object) => {
        this.frameGlobals = globals;
        this.frameLocals = locals === undefined ? undefined : asNamespace(locals);
        return f;
      },
      importTop: (globals: PyModule, name: string) => this.importer.importTop(globals, name),
      importLeaf: (globals: PyModule, name: string) => this.importer.importLeaf(globals, name),
      importFrom: (globals: PyModule, name: string, level: number, names: string) =>
        this.importer.importFrom(globals, name, level, names),
      importName: (module: PyObject, name: string) => this.importer.importName(module, name),
      importStar: (into: PyModule, module: PyObject) => {
        this.importer.importStar(into, module);
      },
    };
  }

  /** A global that the inline paths did not find; without globals, one that `del` did not find. */
  private globalSlow(globals: PyModule | null, name: string): PyObject {
    if (globals === null) throw exception('KeyError', makeStr(name));
    const value = (this.builtins as unknown as Attributes)[`$${name}`];
    if (value !== undefined) return value;
    return raise('NameError', `name '${name}' isn't defined`);
  }

  /** Where the names of programs begin. */
  private roots(): unknown[] {
    return [this.main, this.importer.modules, this.exitHandler, ...this.scheduled.flat()];
  }

  /** Looks at what is pending: raises KeyboardInterrupt on Ctrl-C, runs events and scheduled callbacks. */
  poll(): void {
    const bits = Atomics.exchange(this.hal.pending, 0, 0);
    if ((bits & PENDING_INTERRUPT) !== 0) {
      // What else is pending stays so.
      Atomics.or(this.hal.pending, 0, bits & ~PENDING_INTERRUPT);
      throw exception('KeyboardInterrupt');
    }
    const events = bits & ~(PENDING_INTERRUPT | PENDING_SCHEDULED | PENDING_MEMORY);
    if (events !== 0) this.onPending(events);
    if ((bits & PENDING_MEMORY) !== 0) this.heap.look();
    if (this.schedulerLocked) return;
    for (let due = this.scheduled.length; due > 0; due--) this.runScheduled();
  }

  /** Runs the callback that has waited longest; while it runs no other does. */
  private runScheduled(): void {
    const [fn, arg] = this.scheduled.shift() as (typeof this.scheduled)[0];
    this.schedulerLocked = true;
    try {
      this.callScheduled(fn, arg);
    } finally {
      this.schedulerLocked = false;
      if (this.scheduled.length > 0) Atomics.or(this.hal.pending, 0, PENDING_SCHEDULED);
    }
  }

  /** Remembers a file system that a program made, for `collect`. */
  noteFileSystem(fileSystem: FileSystem): void {
    this.fileSystems.push(new WeakRef(fileSystem));
  }

  /**
   * What `gc.collect()` can do: make safe what dropped files have written. Which ones are dropped JavaScript does not
   * tell, so it is all of them.
   */
  collect(): void {
    this.fileSystems = this.fileSystems.filter((f) => f.deref() !== undefined);
    for (const f of this.fileSystems) f.deref()?.flushFiles?.();
    for (const { fileSystem } of this.vfs.mounts()) fileSystem.flushFiles?.();
  }

  /** Has `fn(arg)` called soon, between two statements of the running program. */
  schedule(fn: PyObject, arg: PyObject): void {
    this.scheduled.push([fn, arg]);
    Atomics.or(this.hal.pending, 0, PENDING_SCHEDULED);
  }

  /** An exception in a scheduled callback is printed and goes no further. */
  private callScheduled(fn: PyObject, arg: PyObject): void {
    try {
      this.call(fn, arg);
    } catch (thrown) {
      this.write(this.formatException(toException(thrown)));
    }
  }

  /** Prints text to the output. */
  write(text: string): void {
    this.hal.write(encodeUtf8(this.cookedOutput ? text.replaceAll('\n', '\r\n') : text));
  }

  /** Serves whatever is pending, Ctrl-C set aside: a prompt that waits is not interrupted by events. */
  serveEvents(): void {
    try {
      this.poll();
    } catch (e) {
      if (toException(e).cls !== exceptionTypes.KeyboardInterrupt) throw e;
    }
  }

  /** Prints an exception that nobody else will. */
  reportUncaught(thrown: unknown): void {
    this.write(this.formatException(toException(thrown)));
  }

  /** Raises KeyboardInterrupt, as Ctrl-C does. */
  interrupt(): never {
    throw exception('KeyboardInterrupt');
  }

  /** Forgets a Ctrl-C that came too late for the program it was meant for. */
  dropInterrupt(): void {
    Atomics.and(this.hal.pending, 0, ~PENDING_INTERRUPT);
  }

  /** Shows the prompt and reads a line without its end; null at the end of the input. */
  readLine(prompt: string): string | null {
    return this.readInputLine(prompt);
  }

  /** How `input()` reads: byte by byte; a board puts its line editor here. */
  readInputLine = (prompt: string): string | null => {
    if (prompt !== '') this.write(prompt);
    const decoder = new Utf8Decoder();
    let text = '';
    let any = false;
    for (;;) {
      const byte = this.hal.readByte();
      if (byte < 0) {
        if (Atomics.load(this.hal.pending, 0) !== 0) {
          this.poll();
          continue;
        }
        return any ? text + decoder.flush() : null;
      }
      any = true;
      if (byte === 10) return text + decoder.flush();
      text += decoder.decode(Uint8Array.of(byte));
    }
  };

  /** The text of a source file; raises OSError. */
  readSource(path: string): string {
    return (this.options.decodeSource ?? decodeUtf8)(readFile(this.vfs, path));
  }

  get helpText(): string {
    return this.options.helpText ?? HOST_HELP;
  }

  moduleNames(): readonly string[] {
    return this.importer.builtinNames();
  }

  // ---- compiling and running

  /** What names stand for in the source that is read next; only MicroPython's own grammar has constants of modules. */
  get knownValues(): KnownValues {
    const debug = this.optimisation === 0;
    return this.grammar === 'strict' ? { debug, moduleConstant: this.moduleConstant } : { debug };
  }

  private readonly moduleConstant = (module: string, name: string): NumberConstant | undefined => {
    const value = CONSTANT_MODULES.has(module) ? this.importer.builtinAttribute(module, name) : undefined;
    if (typeof value === 'number') return { kind: 'int', value: BigInt(value) };
    return value instanceof PyFloat ? { kind: 'float', value: value.f } : undefined;
  };

  /** Compiles source text; raises Python's SyntaxError. */
  compile(source: string, file: string, mode: CompileMode = 'exec', separateLocals = false): PyCode {
    heap.left -= CODE_SIZE;
    const { unicodeName } = this.options;
    const options = { grammar: this.grammar, name: file, known: this.knownValues, unicodeName };
    try {
      const tree =
        mode === 'eval'
          ? parseExpression(source, options)
          : mode === 'single'
            ? parseInteractive(source, options)
            : parseModule(source, options);
      if (this.optimisation >= 3) forgetLines(tree);
      const checkLong = (scopes: Scopes): void => {
        // Where lines are forgotten, nothing tells how long a statement is.
        const may = this.optimisation >= 3 || mayJumpTooFar(source, tree, scopes);
        if (may) this.options.checkJumps?.(this, source, file, mode);
      };
      const compiled = compileModule(tree, {
        file,
        mode,
        isBuiltin: (name) => Object.hasOwn(this.builtins, `$${name}`),
        separateLocals,
        singlePrecision: this.profile === 'board',
        narrowWords: this.profile === 'board',
        tracksHandled: source.includes('exc_info'),
        assertions: this.optimisation === 0,
        countsDepth: this.profile === 'board',
        onLongSource: this.grammar === 'strict' ? checkLong : undefined,
      });
      this.onCompiled?.(source, file, mode);
      return new PyCode(compiled, mode);
    } catch (e) {
      if (e instanceof PySyntaxError) throw syntaxException(e, file);
      throw toException(e);
    }
  }

  /** Runs compiled code with globals (and, for `exec` with both, separate locals). */
  execute(code: PyCode, globals: PyModule, locals?: PyModule): PyObject {
    const constants = code.compiled.constants.map((c) => constantValue(c, globals));
    return code.run(this.runtime, globals, this.hal.pending, constants, locals ?? globals);
  }

  /** Compiles and runs source text in `__main__`. Throws PyException. */
  run(source: string, file = '<stdin>', mode: CompileMode = 'exec'): PyObject {
    return this.execute(this.compile(source, file, mode), this.main);
  }

  /** Runs something as this interpreter: with its precision of floats, its words and its messages. Every way in from outside goes through here. */
  enter<T>(work: () => T): T {
    const board = this.profile === 'board';
    const single = useSinglePrecision(board);
    const detailed = useDetailedMessages(!board);
    const narrow = useNarrowWords(board);
    const running = setRunning(this.running);
    const isNested = running === this.running;
    const locked = isNested ? 0 : useHeapLocks(this.heapLocks);
    try {
      return work();
    } finally {
      useSinglePrecision(single);
      useDetailedMessages(detailed);
      useNarrowWords(narrow);
      setRunning(running);
      if (!isNested) this.heapLocks = useHeapLocks(locked);
    }
  }

  /** Calls a Python callable from outside. */
  call(callee: PyObject, ...args: PyObject[]): PyObject {
    return (typeof callee === 'function' ? (callee as PyFunction) : callee.py_callable())(...args);
  }

  /** The text `sys.print_exception` prints. */
  formatException(e: PyObject): string {
    return e instanceof PyException ? formatException(e) : `${e.py_repr()}\n`;
  }
}

/** The names of a class body, as a module: the same object, which only its own names count of. */
function asNamespace(names: object): PyModule {
  return names instanceof PyModule ? names : (Object.setPrototypeOf(names, PyModule.prototype) as PyModule);
}

/** Modules whose numbers MicroPython's parser knows. */
const CONSTANT_MODULES: ReadonlySet<string> = new Set(['math', 'errno', 'uctypes', 'stm']);

/** Puts a whole tree on line 1. */
function forgetLines(node: object): void {
  for (const value of Object.values(node) as unknown[]) {
    if (value !== null && typeof value === 'object') forgetLines(value);
  }
  if ('line' in node) node.line = 1;
}

/** Python's exception for a mistake in the source, with the place as its traceback. */
export function syntaxException(e: PySyntaxError, file: string): PyException {
  const error = exception(e.kind, e.message);
  // That a name is too long, or what it lacks, MicroPython says without a place.
  if (e.kind === 'RuntimeError' || e.kind === 'NotImplementedError') return error;
  error.traceback = [{ file, line: e.line, name: e.block ?? '' }];
  return error;
}

/** Reads a whole file as text. */
export function readSource(vfs: Vfs, path: string): string {
  return decodeUtf8(readFile(vfs, path));
}

/** Reads a whole file. */
export function readFile(vfs: Vfs, path: string): Uint8Array {
  const file = vfs.open(path, 'rb');
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const chunk = new Uint8Array(65536);
      const n = file.readInto(chunk);
      if (n === 0) break;
      chunks.push(chunk.subarray(0, n));
      size += n;
    }
    const all = new Uint8Array(size);
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  } finally {
    file.close();
  }
}

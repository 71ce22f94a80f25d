/** Runs a script of `tether python` on this computer's files, in whichever thread calls. */
import { readFileSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import { Utf8Error, encodeUtf8 } from '../../runtime/bytes/utf8';
import type { Interpreter } from '../../runtime/python/interpreter/interpreter';
import { toException } from '../../runtime/python/interpreter/traceback';
import { None, type Attributes, type PyObject } from '../../runtime/python/objects/object';
import { exceptionTypes } from '../../runtime/python/objects/raise';
import { createInterpreter, type PythonOptions } from '../../runtime/python/python';
import { Vfs } from '../../runtime/vfs/vfs';
import { listCompiled } from './bytecode-listing';
import { decodeSource } from './decode-source';
import { frozenSource } from './frozen';
import { HostFileSystem } from './host-filesystem';
import type { HostHal } from './host-hal';
import { inlineMore } from './inlining';
import { servePrompt } from './serve-prompt';
import { unicodeName } from './unicode-names';

/** What to run, and how. Plain data: it also goes to the thread of a prompt. */
export interface ScriptRequest {
  readonly kind: 'code' | 'module' | 'file' | 'stdin';
  /** The code, the module's name or the file's path. */
  readonly what: string;
  readonly args: readonly string[];
  readonly grammar: 'host' | 'strict';
  /** Runs as on a pyboard: its language, modules and limits, on this computer's files. */
  readonly board: boolean;
  /** The level of `micropython.opt_level` to begin with. */
  readonly optimisation: number;
  /** Compiles, and runs nothing. */
  readonly compileOnly: boolean;
  /** Bytes of memory that it may use, where that was said. */
  readonly heapSize?: number;
  /** How much is told besides: from 1 on of the memory at the end, from 2 on the bytecode of what is compiled. */
  readonly verbosity: number;
}

/** Makes the interpreter of a script. */
export type InterpreterMaker = (options: CommonOptions, hal: HostHal) => Interpreter;

/** What is the same for a host's and a board's interpreter. */
export type CommonOptions = Pick<
  PythonOptions,
  'vfs' | 'frozen' | 'decodeSource' | 'unicodeName' | 'argv' | 'path' | 'heapSize'
>;

/** Says something about how a script ended, on the error output. */
type Say = (text: string) => void;

/** A source of so few characters has ended before V8 has optimised it. */
const SHORT_SOURCE = 500;

/** Statuses other than a script's own. */
const FAILED = 1;
const NO_FILE = 2;
const INTERRUPTED = 130;

/** What makes the interpreter; the board's parts are loaded for a board only. */
export async function makerFor(request: ScriptRequest): Promise<InterpreterMaker> {
  return request.board ? (await import('./board-interpreter')).createBoardInterpreter : hostInterpreter(request);
}

const hostInterpreter =
  ({ grammar }: ScriptRequest): InterpreterMaker =>
  (options, hal) =>
    createInterpreter({ ...options, profile: 'host', grammar, hal });

/** Runs the script to its end; the exit status. */
export function runScript(request: ScriptRequest, hal: HostHal, make = hostInterpreter(request)): number {
  const interpreter = make(optionsFor(request), hal);
  const say: Say = (text) => {
    hal.writeError(encodeUtf8(text));
  };
  const status = interpreter.enter(() => {
    let end = runRequest(interpreter, request, say);
    if (wantsPromptNow(request)) end = exitStatus(say, servePrompt(interpreter));
    end = runExitHandler(interpreter, end, say);
    tellMemory(interpreter, request);
    return end;
  });
  hal.flush();
  return status;
}

/** What a script finds: its arguments, this computer's files, where its modules are. */
export function optionsFor(request: ScriptRequest): CommonOptions {
  const vfs = new Vfs();
  vfs.mount(new HostFileSystem(), '/');
  vfs.chdir(process.cwd());
  const first = request.kind === 'file' ? dirname(resolve(request.what)) : '';
  return {
    vfs,
    frozen: frozenSource,
    decodeSource,
    unicodeName,
    argv: argvOf(request),
    heapSize: request.heapSize,
    path: [first, ...searchPath()],
  };
}

/** Where modules are besides beside the script: what MICROPYPATH says, in which `~` is the home folder. */
function searchPath(): string[] {
  const text = process.env.MICROPYPATH ?? ['.frozen', '~/.micropython/lib', '/usr/lib/micropython'].join(delimiter);
  const entries = text === '' ? [] : text.split(delimiter);
  // The first entry is there already.
  if (entries[0] === '') entries.shift();
  return entries.map((entry) => (entry.startsWith('~/') ? (process.env.HOME ?? '~') + entry.slice(1) : entry));
}

/** Runs what is asked for; an exception is printed. */
export function runRequest(interpreter: Interpreter, request: ScriptRequest, say: Say): number {
  interpreter.optimisation = request.optimisation;
  if (request.verbosity > 1) listCompiled(interpreter);
  return guarded(interpreter, say, () => start(interpreter, request, say));
}

/** Calls what `sys.atexit` was given, if anything; the status is the worse of the two. */
export function runExitHandler(interpreter: Interpreter, status: number, say: Say): number {
  const { exitHandler } = interpreter;
  if (exitHandler === None) return status;
  return Math.max(
    status,
    guarded(interpreter, say, () => (interpreter.call(exitHandler), 0)),
  );
}

/** Whether the program that has run asked for a prompt: had it been asked for before, it would not run here. */
function wantsPromptNow({ kind, board }: ScriptRequest): boolean {
  return (process.env.MICROPYINSPECT ?? '') !== '' && kind !== 'stdin' && !board;
}

/** Says how much memory is in use, where that is asked for. */
export function tellMemory(interpreter: Interpreter, { verbosity }: ScriptRequest): void {
  const info = verbosity > 0 ? interpreter.importer.builtinAttribute('micropython', 'mem_info') : undefined;
  if (info !== undefined) interpreter.call(info);
}

function argvOf(request: ScriptRequest): string[] {
  const first = { code: '-c', module: request.what, file: request.what, stdin: '' }[request.kind];
  return [first, ...request.args];
}

function start(interpreter: Interpreter, request: ScriptRequest, say: Say): number {
  switch (request.kind) {
    case 'code':
      runText(interpreter, request, '<stdin>', request.what);
      return 0;
    case 'module':
      inlineMore();
      interpreter.importer.importMain(request.what);
      return 0;
    case 'stdin':
      runText(interpreter, request, '<stdin>', decodeSource(readFileSync(0)));
      return 0;
    case 'file': {
      const source = readScript(request.what, say);
      if (source === null) return NO_FILE;
      runText(interpreter, request, request.what, source);
      return 0;
    }
  }
}

function runText(interpreter: Interpreter, request: ScriptRequest, path: string, source: string): void {
  (interpreter.main as unknown as Attributes).$__file__ = path;
  if (source.length > SHORT_SOURCE) inlineMore();
  const code = interpreter.compile(source, path);
  if (!request.compileOnly) interpreter.execute(code, interpreter.main);
}

/** Runs something; an exception is printed and becomes a status. */
function guarded(interpreter: Interpreter, say: Say, work: () => number): number {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof Utf8Error) {
      say('tether python: the source is not UTF-8 text.\n');
      return FAILED;
    }
    const e = toException(thrown);
    const { ancestors } = e.cls;
    if (ancestors.has(exceptionTypes.SystemExit)) return exitStatus(say, e.eargs[0] ?? None);
    say(interpreter.formatException(e));
    return ancestors.has(exceptionTypes.KeyboardInterrupt) ? INTERRUPTED : FAILED;
  }
}

/** Why a file could not be read, as the end of a sentence. */
export function whyUnreadable(e: unknown): string {
  const { code, message } = e as { code?: string; message: string };
  return code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
}

function readScript(path: string, say: Say): string | null {
  try {
    return decodeSource(readFileSync(path));
  } catch (e) {
    if (e instanceof Utf8Error) throw e;
    say(`tether python: can't open file '${path}': ${whyUnreadable(e)}.\n`);
    return null;
  }
}

/** The status that `SystemExit(value)` ends with; anything but a number is said. */
export function exitStatus(say: Say, value: PyObject): number {
  if (value === None) return 0;
  if (typeof value === 'number') return value & 0xff;
  say(`${value.py_str()}\n`);
  return FAILED;
}

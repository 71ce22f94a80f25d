/** Runs a script of `tether python` on this computer's files, in whichever thread calls. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Utf8Error, encodeUtf8 } from '../../runtime/bytes/utf8';
import type { Interpreter } from '../../runtime/python/interpreter/interpreter';
import type { Hal } from '../../runtime/python/interpreter/hal';
import { toException } from '../../runtime/python/interpreter/traceback';
import { None, type Attributes, type PyObject } from '../../runtime/python/objects/object';
import { exceptionTypes } from '../../runtime/python/objects/raise';
import { createInterpreter, type PythonOptions } from '../../runtime/python/python';
import { Vfs } from '../../runtime/vfs/vfs';
import { decodeSource } from './decode-source';
import { frozenSource } from './frozen';
import { HostFileSystem } from './host-filesystem';
import type { HostHal } from './host-hal';
import { unicodeName } from './unicode-names';

/** What to run, and how. Plain data: it also goes to a thread. */
export interface ScriptRequest {
  readonly kind: 'code' | 'module' | 'file' | 'stdin';
  /** The code, the module's name or the file's path. */
  readonly what: string;
  readonly args: readonly string[];
  readonly grammar: 'host' | 'strict';
  /** Runs as on a pyboard: its language, modules and limits, on this computer's files. */
  readonly board: boolean;
}

/** Makes the interpreter of a script that is not to run on the host's. */
export type InterpreterMaker = (options: CommonOptions, hal: HostHal) => Interpreter;

/** What is the same for a host's and a board's interpreter. */
export type CommonOptions = Pick<PythonOptions, 'vfs' | 'frozen' | 'decodeSource' | 'unicodeName' | 'argv' | 'path'>;

/** Statuses other than a script's own. */
const FAILED = 1;
const NO_FILE = 2;
const INTERRUPTED = 130;

/** What makes the interpreter; undefined for the usual one, so that the board's parts are loaded for a board only. */
export async function makerFor(request: ScriptRequest): Promise<InterpreterMaker | undefined> {
  return request.board ? (await import('./board-interpreter')).createBoardInterpreter : undefined;
}

/** Runs the script to its end; the exit status. */
export function runScript(request: ScriptRequest, hal: HostHal, make?: InterpreterMaker): number {
  const vfs = new Vfs();
  vfs.mount(new HostFileSystem(), '/');
  vfs.chdir(process.cwd());
  const options: CommonOptions = {
    vfs,
    frozen: frozenSource,
    decodeSource,
    unicodeName,
    argv: argvOf(request),
    path: [request.kind === 'file' ? dirname(resolve(request.what)) : '', '.frozen'],
  };
  const interpreter =
    make?.(options, hal) ?? createInterpreter({ ...options, profile: 'host', grammar: request.grammar, hal });
  const status = interpreter.enter(() => {
    let end = guarded(interpreter, hal, () => start(interpreter, request));
    if (interpreter.exitHandler !== None) {
      end = Math.max(
        end,
        guarded(interpreter, hal, () => (interpreter.call(interpreter.exitHandler), 0)),
      );
    }
    return end;
  });
  hal.flush();
  return status;
}

function argvOf(request: ScriptRequest): string[] {
  const first = { code: '-c', module: request.what, file: request.what, stdin: '' }[request.kind];
  return [first, ...request.args];
}

function start(interpreter: Interpreter, request: ScriptRequest): number {
  switch (request.kind) {
    case 'code':
      interpreter.run(request.what);
      return 0;
    case 'module':
      interpreter.importer.importMain(request.what);
      return 0;
    case 'stdin':
      interpreter.run(decodeSource(readFileSync(0)));
      return 0;
    case 'file': {
      const source = readScript(request.what);
      if (source === null) return NO_FILE;
      runFile(interpreter, request.what, source);
      return 0;
    }
  }
}

function runFile(interpreter: Interpreter, path: string, source: string): void {
  (interpreter.main as unknown as Attributes).$__file__ = path;
  interpreter.run(source, path);
}

/** Runs something; an exception is printed and becomes a status. */
function guarded(interpreter: Interpreter, hal: HostHal, work: () => number): number {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof Utf8Error) {
      hal.writeError(encodeUtf8('tether python: the source is not UTF-8 text.\n'));
      return FAILED;
    }
    const e = toException(thrown);
    const { ancestors } = e.cls;
    if (ancestors.has(exceptionTypes.SystemExit)) return exitStatus(hal, e.eargs[0] ?? None);
    hal.writeError(encodeUtf8(interpreter.formatException(e)));
    return ancestors.has(exceptionTypes.KeyboardInterrupt) ? INTERRUPTED : FAILED;
  }
}

function readScript(path: string): string | null {
  try {
    return decodeSource(readFileSync(path));
  } catch (e) {
    if (e instanceof Utf8Error) throw e;
    const { code } = e as { code?: string };
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : (e as Error).message;
    process.stderr.write(`tether python: can't open file '${path}': ${why}.\n`);
    return null;
  }
}

/** The status that `SystemExit(value)` ends with; anything but a number is said. */
export function exitStatus(hal: Hal, value: PyObject): number {
  if (value === None) return 0;
  if (typeof value === 'number') return value & 0xff;
  if (typeof value === 'boolean') return value ? 1 : 0;
  hal.writeError(encodeUtf8(`${value.py_str()}\n`));
  return FAILED;
}

/** `tether python`: MicroPython on this computer's own files. */
import { fstatSync, statSync } from 'node:fs';
import { HostHal } from '../python/host-hal';
import { makerFor, runScript, type ScriptRequest } from '../python/run-script';
import { runWatched } from '../python/watched-script';
import { UsageError } from './command';

/** What the command line asks for. */
interface Request extends ScriptRequest {
  readonly check: boolean;
  /** A prompt follows what was run, with its names. */
  readonly inspect: boolean;
}

type Parsed = { -readonly [K in keyof Request]: Request[K] };

const UNITS = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 } as const;

/** The bytes of `heapsize=N`; a `w` behind the number says that they are words for 32 bits, of which ours have twice. */
function sizeOf(option: string): number {
  const [, digits, word, unit] = /=(\d+)(w?)([kmg]?)$/i.exec(option) ?? [];
  const bytes = Number(digits) * (UNITS[(unit ?? '').toLowerCase() as keyof typeof UNITS] ?? 1);
  return word === '' ? bytes : bytes * 2;
}

/** What may stand behind `-X`, MicroPython's own options among them. */
const IMPLEMENTATION_OPTIONS: readonly (readonly [form: RegExp, set: (request: Parsed, option: string) => void])[] = [
  [/^strict$/, (request) => (request.grammar = 'strict')],
  [/^compile-only$/, (request) => (request.compileOnly = true)],
  // A function is always compiled.
  [/^emit=(bytecode|native)$/, () => undefined],
  [/^heapsize=\d+w?[kmg]?$/i, (request, option) => (request.heapSize = sizeOf(option))],
];

function setImplementationOption(request: Parsed, option: string): void {
  const row = IMPLEMENTATION_OPTIONS.find(([form]) => form.test(option));
  if (row === undefined) {
    throw new UsageError(
      `There is no option -X ${option}. Known: strict, compile-only, emit=bytecode, emit=native, heapsize=N.`,
    );
  }
  row[1](request, option);
}

/** Options that take no value. `-O` may say how often, `-OO`, or which level, `-O2`. */
const FLAGS: readonly (readonly [form: RegExp, set: (request: Parsed, text: string) => void])[] = [
  [/^--check$/, (request) => (request.check = true)],
  [/^--board$/, (request) => (request.board = true)],
  [/^-i$/, (request) => (request.inspect = true)],
  [/^-v$/, (request) => request.verbosity++],
  [/^-O\d$/, (request, text) => (request.optimisation = Number(text[2]))],
  [/^-O+$/, (request, text) => (request.optimisation = text.length - 1)],
];

function parseArguments(args: readonly string[]): Request {
  const request: Parsed = {
    kind: 'stdin', what: '', args: [], grammar: 'host', check: false, board: false, inspect: false,
    optimisation: 0, compileOnly: false, verbosity: 0,
  }; // prettier-ignore
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const value = (): string => {
      const v = args[++i];
      if (v === undefined) throw new UsageError(`The option ${arg} needs a value.`);
      return v;
    };
    if (arg === '-c' || arg === '-m') {
      request.what = value();
      request.kind = arg === '-c' ? 'code' : 'module';
      request.args = args.slice(i + 1);
      return request;
    }
    if (!arg.startsWith('-') || arg === '-') {
      request.kind = arg === '-' ? 'stdin' : 'file';
      request.what = arg;
      request.args = args.slice(i + 1);
      return request;
    }
    const flag = FLAGS.find(([form]) => form.test(arg));
    if (flag !== undefined) flag[1](request, arg);
    else if (arg === '-X') setImplementationOption(request, value());
    else throw new UsageError(`There is no option ${arg}.`);
  }
  return request;
}

/** Whether somebody may sit at the standard input: it is surely no file and no pipe. */
function mayBeTerminal(): boolean {
  try {
    const input = fstatSync(0);
    return input.isCharacterDevice() && (process.platform === 'win32' || input.rdev !== statSync('/dev/null').rdev);
  } catch {
    // Closed, or not of this kind of system.
    return true;
  }
}

/** Somebody sits at the standard input. Node's stream tells, which is slow to make. */
const isTerminalInput = (): boolean => mayBeTerminal() && process.stdin.isTTY;

/** Whether a prompt is wanted: asked for by an option or by the environment, or because there is nothing to run. */
function wantsPrompt(request: Request): boolean {
  const nothing = request.kind === 'stdin' && request.what === '';
  return request.inspect || (process.env.MICROPYINSPECT ?? '') !== '' || (nothing && isTerminalInput());
}

/** Runs the command; resolves to its exit status. */
export async function run(args: readonly string[]): Promise<number> {
  const request = parseArguments(args);
  if (request.check) {
    if (request.kind !== 'file') throw new UsageError('--check needs the files to compile.');
    const late = request.args.find((arg) => arg.startsWith('-'));
    if (late !== undefined) throw new UsageError(`Options stand before the files, and so must ${late}.`);
    const { checkFiles } = await import('../python/check-files');
    return checkFiles([request.what, ...request.args], request.board ? 'strict' : request.grammar, new HostHal());
  }
  if (wantsPrompt(request)) {
    if (request.board)
      throw new UsageError('--board has no prompt. A simulated board with a prompt: tether repl -p sim.');
    const { interact } = await import('../python/interact');
    return interact(request);
  }
  // A board's memory is looked at from outside.
  if (!mayBeTerminal() && !request.board) return runScript(request, new HostHal());
  return runWatched(request, await makerFor(request));
}

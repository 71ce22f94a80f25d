/** `tether python`: MicroPython on this computer's own files. */
import { fstatSync, statSync } from 'node:fs';
import { HostHal } from '../python/host-hal';
import { makerFor, runScript, type ScriptRequest } from '../python/run-script';
import { UsageError } from './command';

/** What the command line asks for. */
interface Request extends ScriptRequest {
  readonly check: boolean;
}

function parseArguments(args: readonly string[]): Request {
  const request: { -readonly [K in keyof Request]: Request[K] } = {
    kind: 'stdin', what: '', args: [], grammar: 'host', check: false, board: false,
  }; // prettier-ignore
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const value = (): string => {
      const v = args[++i];
      if (v === undefined) throw new UsageError(`The option ${arg} needs a value.`);
      return v;
    };
    if (arg === '-X') {
      const option = value();
      if (option !== 'strict') throw new UsageError(`There is no option -X ${option}. Known: strict.`);
      request.grammar = 'strict';
    } else if (arg === '--check') request.check = true;
    else if (arg === '--board') request.board = true;
    else if (arg === '-c' || arg === '-m') {
      request.what = value();
      request.kind = arg === '-c' ? 'code' : 'module';
      request.args = args.slice(i + 1);
      return request;
    } else if (arg.startsWith('-') && arg !== '-') throw new UsageError(`There is no option ${arg}.`);
    else {
      request.kind = arg === '-' ? 'stdin' : 'file';
      request.what = arg;
      request.args = args.slice(i + 1);
      return request;
    }
  }
  return request;
}

/** Somebody sits at the standard input. What is surely a file or a pipe is told without Node's stream, which is slow to make. */
function isTerminalInput(): boolean {
  try {
    const input = fstatSync(0);
    if (!input.isCharacterDevice() || (process.platform !== 'win32' && input.rdev === statSync('/dev/null').rdev))
      return false;
  } catch {
    // Closed, or not of this kind of system: the stream knows.
  }
  return process.stdin.isTTY;
}

/** Runs the command; resolves to its exit status. */
export async function run(args: readonly string[]): Promise<number> {
  const request = parseArguments(args);
  if (request.check) {
    if (request.kind !== 'file') throw new UsageError('--check needs the files to compile.');
    const { checkFiles } = await import('../python/check-files');
    return checkFiles([request.what, ...request.args], request.board ? 'strict' : request.grammar, new HostHal());
  }
  if (!isTerminalInput()) return runScript(request, new HostHal(), await makerFor(request));
  if (request.kind === 'stdin' && request.what === '') {
    if (request.board)
      throw new UsageError('--board needs a program. A simulated board with a prompt: tether repl -p sim.');
    const { interact } = await import('../python/interact');
    return interact();
  }
  const { runInThread } = await import('../python/script-thread');
  return runInThread(request);
}

/** `tether python`: MicroPython on this computer's own files. */
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

/** Runs the command; resolves to its exit status. */
export async function run(args: readonly string[]): Promise<number> {
  const request = parseArguments(args);
  if (request.check) {
    if (request.kind !== 'file') throw new UsageError('--check needs the files to compile.');
    const { checkFiles } = await import('../python/check-files');
    return checkFiles([request.what, ...request.args], request.board ? 'strict' : request.grammar);
  }
  if (request.kind === 'stdin' && request.what === '' && process.stdin.isTTY) {
    if (request.board)
      throw new UsageError('--board needs a program. A simulated board with a prompt: tether repl -p sim.');
    const { interact } = await import('../python/interact');
    return interact();
  }
  if (process.stdin.isTTY) {
    const { runInThread } = await import('../python/script-thread');
    return runInThread(request);
  }
  return runScript(request, new HostHal(), await makerFor(request));
}

/** The thread of an interactive `tether python`: the board's prompt over this computer's files. */
import { createInterpreter } from '../../runtime/python/python';
import { workerData } from 'node:worker_threads';
import { completeLine } from '../../runtime/board/completer';
import { Console, ConsoleClosed } from '../../runtime/board/console';
import { editInput } from '../../runtime/board/line-input';
import { FriendlyRepl } from '../../runtime/board/friendly-repl';
import { PyExec } from '../../runtime/board/pyexec';
import { Readline } from '../../runtime/board/readline';
import { hostFacts } from '../../runtime/python/modules/sys';
import type { ThreadData } from '../simulator/thread-data';
import { ThreadHal } from '../simulator/thread-hal';
import { promptStatus } from './prompt-status';
import { exitStatus, optionsFor, runExitHandler, runRequest, tellMemory, type ScriptRequest } from './run-script';

/** What there is to do for a prompt and nothing else. */
const NOTHING: ScriptRequest = {
  kind: 'stdin', what: '', args: [], grammar: 'host', board: false, optimisation: 0, compileOnly: false, verbosity: 0,
}; // prettier-ignore

const data = workerData as ThreadData;
const hal = new ThreadHal(data);
const request = (data.task as ScriptRequest | undefined) ?? NOTHING;
const interpreter = createInterpreter({
  ...optionsFor(request),
  profile: 'host',
  grammar: request.grammar,
  hal,
  cookedOutput: true,
});
interpreter.setInterruptByte = (byte) => {
  hal.setInterruptByte(byte);
};
const console = new Console(interpreter);
hal.started();
const readline = new Readline(console, (line) => completeLine(interpreter, console, line));
editInput(interpreter, readline);
const exec = new PyExec(interpreter, console);
const say = (text: string): void => interpreter.write(text);

/** Runs what comes before the prompt, which Ctrl-C stops. */
function runFirst(): void {
  if (request === NOTHING || (request.kind === 'stdin' && request.what === '')) return;
  console.setProgramRuns(true);
  runRequest(interpreter, request, say);
  console.setProgramRuns(false);
  interpreter.dropInterrupt();
}

interpreter.enter(() => {
  const banner = `${hostFacts.version}; ${hostFacts.machine} version`;
  const repl = new FriendlyRepl(console, readline, exec, banner, () => ['>>> ', '... ']);
  try {
    interpreter.optimisation = request.optimisation;
    runFirst();
    let end = repl.serve();
    // There is no raw mode here: Ctrl-A shows the prompt again.
    while (end === 'raw') end = repl.serve();
  } catch (e) {
    if (!(e instanceof ConsoleClosed)) throw e;
  }
  promptStatus(data.registers)[0] = runExitHandler(interpreter, exitStatus(say, exec.exitValue), say);
  tellMemory(interpreter, request);
});
process.exit(0);

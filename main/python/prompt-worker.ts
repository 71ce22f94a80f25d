/** The thread of an interactive `tether python`: the board's prompt over this computer's files. */
import { createInterpreter } from '../../runtime/python/python';
import { workerData } from 'node:worker_threads';
import { ConsoleClosed } from '../../runtime/board/console';
import { editInput } from '../../runtime/board/line-input';
import type { ThreadData } from '../simulator/thread-data';
import { ThreadHal } from '../simulator/thread-hal';
import { Prompt } from './prompt';
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
const prompt = new Prompt(interpreter);
editInput(interpreter, prompt.readline);
hal.started();
const say = (text: string): void => interpreter.write(text);

/** Runs what comes before the prompt, which Ctrl-C stops. */
function runFirst(): void {
  if (request === NOTHING || (request.kind === 'stdin' && request.what === '')) return;
  prompt.console.setProgramRuns(true);
  runRequest(interpreter, request, say);
  prompt.console.setProgramRuns(false);
  interpreter.dropInterrupt();
}

/** The status that the prompt ends with; nobody may have waited for it. */
function talk(): number {
  try {
    runFirst();
  } catch (e) {
    if (!(e instanceof ConsoleClosed)) throw e;
    return 0;
  }
  return exitStatus(say, prompt.serve());
}

interpreter.enter(() => {
  interpreter.optimisation = request.optimisation;
  promptStatus(data.registers)[0] = runExitHandler(interpreter, talk(), say);
  tellMemory(interpreter, request);
});
process.exit(0);

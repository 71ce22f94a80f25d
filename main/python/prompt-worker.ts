/** The thread of an interactive `tether python`: the board's prompt over this computer's files. */
import { createInterpreter } from '../../runtime/python/python';
import { workerData } from 'node:worker_threads';
import { completeLine } from '../../runtime/board/completer';
import { Console, ConsoleClosed } from '../../runtime/board/console';
import { editInput } from '../../runtime/board/line-input';
import { FriendlyRepl } from '../../runtime/board/friendly-repl';
import { PyExec } from '../../runtime/board/pyexec';
import { Readline } from '../../runtime/board/readline';
import { Vfs } from '../../runtime/vfs/vfs';
import type { ThreadData } from '../simulator/thread-data';
import { ThreadHal } from '../simulator/thread-hal';
import { decodeSource } from './decode-source';
import { frozenSource } from './frozen';
import { HostFileSystem } from './host-filesystem';
import { promptStatus } from './prompt-status';
import { exitStatus } from './run-script';
import { unicodeName } from './unicode-names';

const BANNER = 'MicroPython v1.29.0-preview by Tether; Ctrl-D leaves';

const data = workerData as ThreadData;
const hal = new ThreadHal(data);
const vfs = new Vfs();
vfs.mount(new HostFileSystem(), '/');
vfs.chdir(process.cwd());
const interpreter = createInterpreter({
  profile: 'host',
  hal,
  vfs,
  frozen: frozenSource,
  decodeSource,
  unicodeName,
  argv: [''],
  path: ['', '.frozen'],
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
interpreter.enter(() => {
  const repl = new FriendlyRepl(console, readline, exec, BANNER, () => ['>>> ', '... ']);
  try {
    let end = repl.serve();
    // There is no raw mode here: Ctrl-A shows the prompt again.
    while (end === 'raw') end = repl.serve();
  } catch (e) {
    if (!(e instanceof ConsoleClosed)) throw e;
  }
  promptStatus(data.registers)[0] = exitStatus(hal, exec.exitValue);
});
process.exit(0);

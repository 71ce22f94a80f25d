/** Defines a prompt on an interpreter, as a board has it, with this computer's files. */
import { completeLine } from '../../runtime/board/completer';
import { Console, ConsoleClosed } from '../../runtime/board/console';
import { FriendlyRepl } from '../../runtime/board/friendly-repl';
import { PyExec } from '../../runtime/board/pyexec';
import { Readline } from '../../runtime/board/readline';
import type { Interpreter } from '../../runtime/python/interpreter/interpreter';
import { hostFacts } from '../../runtime/python/modules/sys';
import type { PyObject } from '../../runtime/python/objects/object';

export class Prompt {
  readonly console: Console;
  readonly readline: Readline;
  private readonly exec: PyExec;

  constructor(interpreter: Interpreter) {
    this.console = new Console(interpreter);
    this.readline = new Readline(this.console, (line) => completeLine(interpreter, this.console, line));
    this.exec = new PyExec(interpreter, this.console);
  }

  /** Talks until it is left, or nobody can type any more; gives what SystemExit was raised with. */
  serve(): PyObject {
    const banner = `${hostFacts.version}; ${hostFacts.machine} version`;
    const repl = new FriendlyRepl(this.console, this.readline, this.exec, banner, () => ['>>> ', '... ']);
    try {
      // There is no raw mode here: Ctrl-A shows the prompt again.
      while (repl.serve() === 'raw');
    } catch (e) {
      if (!(e instanceof ConsoleClosed)) throw e;
    }
    return this.exec.exitValue;
  }
}

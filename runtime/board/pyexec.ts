/** Running source text as the REPL does: exceptions are printed, SystemExit asks for a restart. */
import { ConsoleClosed, type Console } from './console';
import type { CompileMode, Interpreter } from '../python/interpreter/interpreter';
import { toException } from '../python/interpreter/traceback';
import type { PyException } from '../python/objects/exception';
import { None, type PyObject } from '../python/objects/object';
import { exceptionTypes } from '../python/objects/raise';

/** How a run ended: normally, with an uncaught exception, or with SystemExit. */
export type RunEnd = 'ok' | 'error' | 'exit';

export class PyExec {
  /** What the last SystemExit was raised with. */
  exitValue: PyObject = None;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly console: Console,
  ) {}

  /**
   * Compiles and runs. Ctrl-C raises KeyboardInterrupt while the program runs, and only then.
   * With `endMarks`, an 0x04 follows the output and another what is printed of an exception.
   */
  run(read: () => string, file: string, mode: CompileMode, endMarks = false): RunEnd {
    const { interpreter, console } = this;
    let end: RunEnd = 'ok';
    let report = '';
    try {
      const code = interpreter.compile(read(), file, mode);
      console.setProgramRuns(true);
      interpreter.execute(code, interpreter.main);
      console.setProgramRuns(false);
      // A Ctrl-C that the program did not look at any more still counts.
      interpreter.poll();
    } catch (thrown) {
      console.setProgramRuns(false);
      interpreter.dropInterrupt();
      if (isSystemExit(thrown)) {
        end = 'exit';
        this.exitValue = thrown.eargs[0] ?? None;
      } else {
        end = 'error';
        report = this.describe(thrown);
      }
    }
    if (endMarks) console.writeBytes(4);
    if (report !== '') interpreter.write(report);
    if (endMarks) console.writeBytes(4);
    return end;
  }

  /** What is printed of an exception. A fault of the interpreter is told as one; the prompt goes on. */
  private describe(thrown: unknown): string {
    if (thrown instanceof ConsoleClosed) throw thrown;
    let e: PyException;
    try {
      e = toException(thrown);
    } catch (fault) {
      const { stack } = fault as { stack?: string };
      return `A fault in Tether, not in your program, ended it:\n${stack ?? String(fault)}\n`;
    }
    return this.interpreter.formatException(e);
  }
}

function isSystemExit(thrown: unknown): thrown is PyException {
  return (
    thrown instanceof Object && (thrown as Partial<PyException>).cls?.ancestors.has(exceptionTypes.SystemExit) === true
  );
}

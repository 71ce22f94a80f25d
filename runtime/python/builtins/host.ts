/** What the builtin functions need of the interpreter they belong to. */
import type { CompileMode, PyCode } from '../interpreter/interpreter';
import type { PyModule } from '../objects/module';
import type { PyObject } from '../objects/object';

export interface BuiltinsHost {
  /** Prints text to the output. */
  write(text: string): void;
  /**
   * Shows the prompt and reads a line, without its end; null when the input has ended before a character came.
   * Raises KeyboardInterrupt on Ctrl-C.
   */
  readLine(prompt: string): string | null;
  /** The text of a Python source file; raises OSError. */
  readSource(path: string): string;

  /** Globals of the code that calls a builtin which looks at its frame. */
  readonly frameGlobals: PyModule;
  /** Its locals, where they are a namespace of their own. */
  readonly frameLocals: PyModule | undefined;

  /** Compiles source text; raises SyntaxError. */
  compile(source: string, file: string, mode: CompileMode, separateLocals?: boolean): PyCode;
  /** Runs code with globals, and locals where they are separate. */
  execute(code: PyCode, globals: PyModule, locals?: PyModule): PyObject;
  readonly importer: {
    importDynamic(globals: PyObject, name: string, fromList: PyObject, level: number): PyObject;
  };

  /** What `help()` prints. */
  readonly helpText: string;
  /** Names of the modules that `import` finds without files, for `help('modules')`. */
  moduleNames(): readonly string[];
}

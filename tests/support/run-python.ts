/** Runs a Python program in this process, on an interpreter, files and a machine of its own. */
import { createInterpreter } from '../../runtime/python/python';
import type { Profile } from '../../runtime/python/interpreter/interpreter';
import { toException } from '../../runtime/python/interpreter/traceback';
import { exceptionTypes } from '../../runtime/python/objects/raise';
import { None } from '../../runtime/python/objects/object';
import { MemoryFs } from '../../runtime/vfs/memory-fs';
import { Vfs } from '../../runtime/vfs/vfs';
import { ScriptHal } from './script-hal';

export interface RunOptions {
  /** Files by absolute path; their folders are made. */
  files?: Readonly<Record<string, string>>;
  /** What the program can read. */
  input?: string;
  /** The name of the program in tracebacks. */
  file?: string;
  /** `sys.path`; the root when missing. */
  path?: readonly string[];
  profile?: Profile;
  grammar?: 'host' | 'strict';
  /** A machine prepared to do something while the program runs. */
  hal?: ScriptHal;
}

export interface RunResult {
  /** All that was printed. */
  output: string;
  /** The traceback of the exception that ended the program, or ''. */
  error: string;
  /** As a process would end: 0, 1 after an exception, or what SystemExit says. */
  status: number;
}

/** Runs a program to its end. What a Python program must never cause, an error of JavaScript, is thrown. */
export function runPython(source: string, options: RunOptions = {}): RunResult {
  const hal = options.hal ?? new ScriptHal(options.input);
  const interpreter = createInterpreter({
    profile: options.profile ?? 'host',
    grammar: options.grammar ?? 'host',
    hal,
    vfs: filesIn(options.files ?? {}),
    path: options.path ?? [''],
    cookedOutput: false,
  });
  let error = '';
  let status = 0;
  interpreter.enter(() => {
    try {
      interpreter.run(source, options.file ?? 'main.py');
    } catch (thrown) {
      const e = toException(thrown);
      if (e.cls.ancestors.has(exceptionTypes.SystemExit)) {
        const code = e.eargs[0] ?? None;
        status = typeof code === 'number' ? code & 0xff : code === None || code === false ? 0 : 1;
      } else {
        error = interpreter.formatException(e);
        status = 1;
      }
    }
  });
  return { output: Buffer.from(hal.output, 'latin1').toString('utf8'), error, status };
}

/** The last line of a program's traceback, or what it printed where it came to its end. */
export function endOf(source: string, options: RunOptions = {}): string {
  const { output, error } = runPython(source, options);
  return (error === '' ? output : error).trimEnd().split('\n').at(-1) ?? '';
}

function filesIn(files: Readonly<Record<string, string>>): Vfs {
  const vfs = new Vfs();
  vfs.mount(new MemoryFs(), '/');
  const made = new Set(['']);
  for (const [path, text] of Object.entries(files)) {
    const folders = path.split('/').slice(1, -1);
    folders.forEach((_, i) => {
      const folder = `/${folders.slice(0, i + 1).join('/')}`;
      if (!made.has(folder)) vfs.mkdir(folder);
      made.add(folder);
    });
    const file = vfs.open(path, 'wb');
    file.write(Buffer.from(text));
    file.close();
  }
  return vfs;
}

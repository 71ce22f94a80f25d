/** `tether compile`: sources to .mpy files, which boards import without compiling. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Utf8Error } from '../../runtime/bytes/utf8';
import { compileMpy, NoBytecode } from '../../runtime/python/bytecode/index';
import { PyException } from '../../runtime/python/objects/exception';
import { PySyntaxError } from '../../runtime/python/syntax/index';
import { replaceFile } from '../files/replace-file';
import { decodeSource } from '../python/decode-source';
import { whyUnreadable } from '../python/run-script';
import { CommandError, EXIT, UsageError } from './command';

interface CompileOptions {
  readonly files: readonly string[];
  readonly output: string | undefined;
  /** What tracebacks show in the place of the file's name. */
  readonly source: string | undefined;
  readonly optimisation: number;
}

/** The highest level of `micropython.opt_level`. */
const HIGHEST_LEVEL = 3;

export async function run(args: readonly string[]): Promise<number> {
  const { files, output, source, optimisation } = readOptions(args);
  let status: number = EXIT.ok;
  for (const file of files) {
    try {
      const text = decodeSource(readFileSync(file));
      const bytes = compileMpy(text, source ?? file, optimisation);
      await replaceFile(output ?? beside(file), bytes);
    } catch (error) {
      process.stderr.write(`${file}${whyNot(error)}\n`);
      status = EXIT.failed;
    }
  }
  return status;
}

function readOptions(args: readonly string[]): CompileOptions {
  const options = {
    output: { type: 'string', short: 'o' },
    source: { type: 'string', short: 's' },
    optimise: { type: 'string', short: 'O' },
  } as const;
  const { values, positionals } = parse(() => parseArgs({ args: [...args], options, allowPositionals: true }));
  if (positionals.length === 0) throw new UsageError('The files to compile are missing.');
  if (positionals.length > 1 && (values.output ?? values.source) !== undefined) {
    throw new UsageError('-o and -s are for one file.');
  }
  const optimisation = Number(values.optimise ?? 0);
  if (!(optimisation >= 0 && optimisation <= HIGHEST_LEVEL)) throw new UsageError('-O takes a level from 0 to 3.');
  return { files: positionals, output: values.output, source: values.source, optimisation };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? '');
  }
}

/** `lib/a.py` becomes `lib/a.mpy`. */
function beside(file: string): string {
  if (!file.endsWith('.py')) throw new CommandError('its name does not end with .py; say with -o what to write');
  return file.replace(/py$/, 'mpy');
}

/** Why there is no .mpy file, to stand behind the source's name. */
function whyNot(error: unknown): string {
  if (error instanceof PySyntaxError) return `:${String(error.line)}:${String(error.column)}: ${error.message}`;
  if (error instanceof NoBytecode) {
    return `: ${error.message} is to be machine code, which is made for one kind of processor; mpy-cross -march does that`;
  }
  if (error instanceof PyException) return `: ${error.py_str()}`;
  if (error instanceof Utf8Error) return ': the file is not UTF-8 text';
  if (error instanceof CommandError) return `: ${error.message}`;
  return `: ${whyUnreadable(error)}`;
}

/** `tether python --check`: compiles files without running them; one line per mistake. */
import { readFileSync } from 'node:fs';
import { Utf8Error, encodeUtf8 } from '../../runtime/bytes/utf8';
import { PySyntaxError, parseModule } from '../../runtime/python/syntax/index';
import { compileModule } from '../../runtime/python/compile/code-generator';
import { decodeSource } from './decode-source';
import type { HostHal } from './host-hal';
import { whyUnreadable } from './run-script';
import { unicodeName } from './unicode-names';

/** Prints `FILE:LINE:COLUMN: message` for each mistake; 1 if there is any, 2 if a file cannot be read, else 0. */
export function checkFiles(files: readonly string[], grammar: 'host' | 'strict', hal: HostHal): number {
  const write = (line: string): void => {
    hal.write(encodeUtf8(`${line}\n`));
  };
  let status = 0;
  for (const file of files) {
    try {
      const bytes = readFileSync(file);
      // A board takes any bytes for text.
      const text = grammar === 'strict' ? bytes.toString() : decodeSource(bytes);
      const tree = parseModule(text, { grammar, name: file, unicodeName });
      compileModule(tree, { file, mode: 'exec', isBuiltin: () => false });
    } catch (e) {
      if (e instanceof PySyntaxError) {
        write(`${file}:${String(e.line)}:${String(e.column)}: ${e.message}`);
        status = Math.max(status, 1);
      } else if (e instanceof Utf8Error) {
        write(`${file}:1:1: the file is not UTF-8 text`);
        status = Math.max(status, 1);
      } else {
        hal.writeError(encodeUtf8(`tether python: can't read '${file}': ${whyUnreadable(e)}.\n`));
        status = 2;
      }
    }
  }
  hal.flush();
  return status;
}

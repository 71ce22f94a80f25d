/** Tab completion at the prompt: names of `__main__`, attributes along a dotted chain, modules after `import`. */
import type { Interpreter } from '../python/interpreter/interpreter';
import { findAttribute } from '../python/interpreter/attributes';
import { attributeNames } from '../python/builtins/names';
import type { PyObject } from '../python/objects/object';
import type { Completion } from './readline';
import type { Console } from './console';

/** Width of a listing's column, and of its line. */
const SLOT = 16;
const LINE = 4 * SLOT;

export function completeLine(interpreter: Interpreter, console: Console, line: string): Completion {
  const chain = /[A-Za-z0-9_.]*$/.exec(line)?.[0] ?? '';
  const words = chain.split('.');
  const last = words.pop() ?? '';
  let names: string[];
  if (line.startsWith('import ')) names = interpreter.importer.builtinNames();
  else {
    let o: PyObject | undefined = interpreter.main;
    for (const word of words) {
      o = o === undefined ? undefined : lookup(interpreter, o, word);
      if (o === undefined) return null;
    }
    names = o === undefined ? [] : attributeNames(o);
  }
  const found = names.filter((n) => n.startsWith(last) && (last !== '' || !n.startsWith('_'))).sort();
  const [first] = found;
  if (first === undefined) {
    const word = 'import ';
    return chain === line && last !== '' && word.startsWith(last) ? { insert: word.slice(last.length) } : null;
  }
  const common = found.reduce(commonPrefix, first);
  if (found.length === 1 || common.length > last.length) return { insert: common.slice(last.length) };
  list(console, found);
  return 'listed';
}

/** A name in `__main__` may be a builtin, too. */
function lookup(interpreter: Interpreter, o: PyObject, name: string): PyObject | undefined {
  try {
    return findAttribute(o, name) ?? (o === interpreter.main ? findAttribute(interpreter.builtins, name) : undefined);
  } catch {
    return undefined;
  }
}

function commonPrefix(a: string, b: string): string {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return a.slice(0, n);
}

function list(console: Console, names: readonly string[]): void {
  let at = LINE;
  let text = '';
  for (const name of names) {
    let gap = Math.ceil(at / SLOT) * SLOT - at;
    if (gap < 2) gap += SLOT;
    if (at + gap + name.length <= LINE) {
      text += ' '.repeat(gap) + name;
      at += gap + name.length;
    } else {
      text += `\r\n${name}`;
      at = name.length;
    }
  }
  console.write(`${text}\r\n`);
}

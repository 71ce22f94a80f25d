/** Mistakes in Python source: their messages and the lines they are found on, from a text that has both side by side. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkSyntax, type Grammar } from '../../../../runtime/python/syntax/index';

interface Expected {
  line: number;
  mistake: string;
}

/** What the comments of `text` promise for a grammar. */
function expectedIn(text: string, grammar: Grammar): Expected | null {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    for (const comment of line.split('#!').slice(1)) {
      const [, only, mistake] = /^(?: (strict|host):)? (.*)$/.exec(comment.trimEnd())!;
      if (only !== undefined && only !== grammar) continue;
      const kind = /^[A-Z]\w+Error: /.test(mistake!) ? '' : 'SyntaxError: ';
      return { line: index + 1, mistake: kind + mistake! };
    }
  }
  return null;
}

const texts = readFileSync(new URL('mistakes.txt', import.meta.url), 'utf8')
  .split('\n---\n')
  .slice(1);

describe.each(['strict', 'host'] as const)('the %s grammar', (grammar) => {
  test.each(texts.map((text) => [text, expectedIn(text, grammar)] as const))('%s', (text, expected) => {
    const error = checkSyntax(text, grammar);
    const found = error === null ? null : { line: error.line, mistake: `${error.kind}: ${error.message}` };
    expect(found).toEqual(expected);
  });
});

describe('a mistake', () => {
  test.each([
    ['x = (1', 2],
    ['x = [1,\n', 2],
    ['if x:\n', 2],
    ['def f():', 2],
    ['"""a\nb', 1],
    ['x = \\', 2],
  ])('is of a text that ended too early: %j', (source, line) => {
    for (const grammar of ['strict', 'host'] as const) {
      expect(checkSyntax(source, grammar)).toMatchObject({ line, incomplete: true });
    }
  });

  test('is of an f-string that ended too early', () => {
    expect(checkSyntax("f'''{x", 'strict')).toMatchObject({ line: 1, incomplete: true });
    expect(checkSyntax("f'''{x", 'host')).toMatchObject({ incomplete: true });
  });

  test.each(['x =', '"abc', 'x)', 'if x', ' x'])('is not made good by more text: %j', (source) => {
    expect(checkSyntax(source, 'strict')).toMatchObject({ incomplete: false });
  });

  test('has the column of the token that cannot stand where it does', () => {
    expect(checkSyntax('x = 1\n  \ny = (2 3)', 'strict')).toMatchObject({ line: 3, column: 8 });
  });

  test('names the scope when MicroPython finds it while compiling', () => {
    expect(checkSyntax('def f():\n  x\n  None = 1', 'strict')).toMatchObject({ line: 3, block: 'f' });
    expect(checkSyntax('x = [(yield) for y in z]', 'strict')).toMatchObject({ block: '<listcomp>' });
    expect(checkSyntax('None = 1', 'strict')).toMatchObject({ block: '<module>' });
    expect(checkSyntax('None None', 'strict')).toMatchObject({ block: null });
  });

  test('of the parser comes before one of the compiler, and one of an outer scope before one of an inner', () => {
    expect(checkSyntax('None = 1\nx y', 'strict')).toMatchObject({ line: 2 });
    expect(checkSyntax('def f():\n  None = 1\n  x\nreturn', 'strict')).toMatchObject({ line: 4 });
  });

  test('in a block of one statement is blamed on the statement around, where MicroPython knows no better line', () => {
    expect(checkSyntax('x\nif y:\n  1 = 2', 'strict')).toMatchObject({ line: 2 });
    expect(checkSyntax('x\nif y:\n  1 = 2\n  z', 'strict')).toMatchObject({ line: 3 });
    expect(checkSyntax('x\nif y:\n  f() = 2', 'strict')).toMatchObject({ line: 3 });
  });

  test('is too deep a nesting', () => {
    for (const open of [
      '(',
      '[',
      'f(',
      'a[',
      '{1:',
      '-',
      'not ',
      'lambda: ',
      '1 if 1 else ',
      '1**',
      'f"{',
      '[x for x in ',
    ]) {
      const error = checkSyntax(open.repeat(100_000), 'host');
      expect(error).toMatchObject({ kind: 'MemoryError', message: 'memory allocation failed' });
    }
    let blocks = '';
    for (let i = 0; i < 1000; i++) blocks += `${' '.repeat(i)}if x:\n`;
    expect(checkSyntax(blocks, 'strict')).toMatchObject({ kind: 'MemoryError' });
  });
});

/** The three kinds of text, their lines and columns, and when a prompt asks for more. */
import { describe, expect, test } from 'vitest';
import {
  checkSyntax,
  needsMoreInput,
  parseExpression,
  parseInteractive,
  parseModule,
} from '../../../../runtime/python/syntax/index';
import { printTree } from './trees';

const strict = { grammar: 'strict' } as const;
const host = { grammar: 'host' } as const;

describe('a module', () => {
  test.each(['', '\n', '# only a comment', '\n\n  # more\n\t\n', '\f\n'])('may be empty: %j', (source) => {
    expect(parseModule(source, strict).body).toEqual([]);
    expect(parseModule(source, host).body).toEqual([]);
  });

  test.each(['a\nb', 'a\r\nb\r\n', 'a\rb', 'a; b', 'a;b;\n', 'a # x\n# y\n\n  # z\nb'])(
    'has two statements: %j',
    (source) => {
      expect(printTree(parseModule(source, strict))).toBe('a b');
    },
  );

  test('joins lines in brackets and after a backslash', () => {
    expect(printTree(parseModule('x = (a, # one\n  b\n)\ny = c + \\\n  d', strict))).toBe(
      '(Assign [x] (Tuple [a b] parenthesised)) (Assign [y] (BinOp "+" c d))',
    );
  });

  test('counts a tab to the next multiple of eight', () => {
    expect(printTree(parseModule('if a:\n\tb\n        c\n', strict))).toBe('(If a [b c] [])');
  });

  test('has names of any characters beyond ASCII', () => {
    expect(printTree(parseModule('é名 = ü', strict))).toBe('(Assign [é名] ü)');
  });

  test('has one name for its compatible forms on a computer, and as many as are written in MicroPython', () => {
    expect(printTree(parseModule('ﬁ = Ⅷ', host))).toBe('(Assign [fi] VIII)');
    expect(printTree(parseModule('ﬁ = Ⅷ', strict))).toBe('(Assign [ﬁ] Ⅷ)');
  });

  test('may begin with a byte order mark for the host', () => {
    expect(printTree(parseModule('\ufeffa', host))).toBe('a');
    expect(printTree(parseModule('\ufeffa', strict))).toBe('\ufeffa');
  });

  test('gives every node its line and column', () => {
    const [first, second] = parseModule('if x:\n  y = "é" + (a.b)(c)\n', strict).body as [unknown, unknown];
    expect(second).toBeUndefined();
    expect(first).toMatchObject({
      line: 1,
      column: 1,
      test: { line: 1, column: 4 },
      body: [
        {
          line: 2,
          column: 3,
          value: {
            line: 2,
            column: 7,
            left: { column: 7 },
            right: { column: 13, func: { column: 14 }, args: [{ column: 19 }] },
          },
        },
      ],
    });
  });
});

describe('an interactive text', () => {
  test.each([
    ['a', 'a'],
    ['a; b\n', 'a b'],
    ['\n', ''],
    ['if a:\n  b\n', '(If a [b] [])'],
    ['if a: b', '(If a [b] [])'],
  ])('is one statement: %j', (source, tree) => {
    expect(printTree(parseInteractive(source, strict))).toBe(tree);
  });

  test.each(['a\nb', 'if a: b\nc', ''])('is not more or less: %j', (source) => {
    expect(() => parseInteractive(source, strict)).toThrow(expect.objectContaining({ message: 'invalid syntax' }));
  });
});

describe('an expression text', () => {
  test.each(['a, b', 'a, b\n\n', '(a,\n b)[:]'])('is a list of expressions: %j', (source) => {
    expect(parseExpression(source, strict).body).toHaveLength(1);
  });

  test('may have space before it for the host only', () => {
    expect(printTree(parseExpression(' \ta', host))).toBe('a');
    expect(() => parseExpression(' a', strict)).toThrow(expect.objectContaining({ kind: 'IndentationError' }));
  });

  test.each(['a = b', 'pass', 'a; b', 'a\nb', ''])('is no statement: %j', (source) => {
    expect(() => parseExpression(source, strict)).toThrow(expect.objectContaining({ message: 'invalid syntax' }));
  });
});

describe('a prompt', () => {
  test.each([
    'f(',
    '[1,',
    '"""a',
    "'''",
    'x = \\',
    'if a:',
    'if a:\n  b',
    '@a',
    'class A: pass',
    'async def f():',
    '{"a": (',
    'with',
  ])('asks for more after %j', (source) => {
    expect(needsMoreInput(source)).toBe(true);
  });

  test.each(['', 'a', 'f()', '"abc', '"(', 'if a:\n  b\n', 'iffy', '")"', "'\\'('", '"""a"""', 'x)', 'match a:'])(
    'is content with %j',
    (source) => {
      expect(needsMoreInput(source)).toBe(false);
    },
  );
});

describe('the strict grammar', () => {
  test('takes at most thirty arguments before a star', () => {
    const call = (n: number): string => `f(${'a, '.repeat(n)}*b)`;
    expect(checkSyntax(call(29), 'strict')).toBeNull();
    expect(checkSyntax(call(30), 'strict')).toMatchObject({ message: 'too many args' });
    expect(checkSyntax(call(30), 'host')).toBeNull();
  });
});

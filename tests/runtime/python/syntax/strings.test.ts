/** f-strings and t-strings, and literals that stand side by side. */
import { describe, expect, test } from 'vitest';
import { checkSyntax, parseModule } from '../../../../runtime/python/syntax/index';
import { becomes, printTree } from './trees';

describe('f-strings', () => {
  for (const grammar of ['strict', 'host'] as const) {
    describe(`in the ${grammar} grammar`, () => {
      becomes(grammar, [
        [`f''`, '(JoinedStr [])'],
        [`f'a{b}c'`, '(JoinedStr ["a" (FormattedValue b "" -) "c"])'],
        [`f'{a!r}{b!s}'`, '(JoinedStr [(FormattedValue a "r" -) (FormattedValue b "s" -)])'],
        [`f'{a:>5}'`, '(JoinedStr [(FormattedValue a "" (JoinedStr [">5"]))])'],
        [
          `f'{a:>{b}.{c!r}}'`,
          '(JoinedStr [(FormattedValue a "" (JoinedStr [">" (FormattedValue b "" -) "." (FormattedValue c "r" -)]))])',
        ],
        [`f'{a=}'`, '(JoinedStr ["a=" (FormattedValue a "" -)])'],
        [`f'{{{a}}}'`, '(JoinedStr ["{" (FormattedValue a "" -) "}"])'],
        [`'a' f'{b}' 'c'`, '(JoinedStr ["a" (FormattedValue b "" -) "c"])'],
        [`f'{a, b}'`, '(JoinedStr [(FormattedValue (Tuple [a b]) "" -)])'],
        [`f'{a != b}'`, '(JoinedStr [(FormattedValue (Compare a ["!="] [b]) "" -)])'],
        [`f'{a["k"]}'`, '(JoinedStr [(FormattedValue (Subscript a "k") "" -)])'],
        [`f'{a['k']}'`, '(JoinedStr [(FormattedValue (Subscript a "k") "" -)])'],
        [`f'{f"{a}"}'`, '(JoinedStr [(FormattedValue (JoinedStr [(FormattedValue a "" -)]) "" -)])'],
        [`rf'\\n{a}'`, '(JoinedStr ["\\\\n" (FormattedValue a "" -)])'],
        [`f'\\n{a}'`, '(JoinedStr ["\\n" (FormattedValue a "" -)])'],
        [`f'''{\na\n}'''`, '(JoinedStr [(FormattedValue a "" -)])'],
      ]);
    });
  }

  test('that str.format would refuse stay calls of it in the strict grammar', () => {
    const call = '(Call (Attribute "}" "format") [] [])';
    expect(printTree(parseModule(`f'}'`, { grammar: 'strict' }))).toBe(call);
    expect(printTree(parseModule(`'{x}' f'{y}'`, { grammar: 'strict' }))).toBe(
      '(Call (Attribute "{x}{}" "format") [y] [])',
    );
  });

  test('keep braces of their neighbours as text in the host grammar', () => {
    expect(printTree(parseModule(`'{x}' f'{y}'`, { grammar: 'host' }))).toBe(
      '(JoinedStr ["{x}" (FormattedValue y "" -)])',
    );
  });

  test('of the host hold lambdas in brackets, strings with braces, and !a', () => {
    becomesHost(`f'{(lambda: a)()}'`, '(FormattedValue (Call (Lambda ([] [] - [] -) a) [] []) "" -)');
    becomesHost(`f'{"}"}'`, '(FormattedValue "}" "" -)');
    becomesHost(`f'{a!a}'`, '(FormattedValue a "a" -)');
    becomesHost(`f'{ a = !r}'`, '" a = " (FormattedValue a "r" -)');
  });

  test('of the host fall back to what MicroPython accepts', () => {
    expect(checkSyntax(`f'}'`, 'host')).toBeNull();
  });

  test('know where their fields stand', () => {
    for (const grammar of ['strict', 'host'] as const) {
      const module = parseModule(`x\nf'''a\n {b}'''`, { grammar });
      expect(JSON.stringify(module)).toContain('{"type":"Name","line":3,"column":3,"id":"b"}');
    }
  });
});

function becomesHost(source: string, values: string): void {
  expect(printTree(parseModule(source, { grammar: 'host' }))).toBe(`(JoinedStr [${values}])`);
}

describe('t-strings', () => {
  for (const grammar of ['strict', 'host'] as const) {
    becomes(grammar, [
      [
        `t'a{b + 1}{c!s:x}'`,
        '(JoinedStr template ["a" (FormattedValue (BinOp "+" b 1) "" -) (FormattedValue c "s" (JoinedStr ["x"]))])',
      ],
      [`t'{a=}'`, '(JoinedStr template ["a=" (FormattedValue a "r" -)])'],
      [`rt'\\{a}'`, '(JoinedStr template ["\\\\" (FormattedValue a "" -)])'],
    ]);
  }

  test('keep the text of their fields', () => {
    for (const grammar of ['strict', 'host'] as const) {
      expect(JSON.stringify(parseModule(`t'{a + 1 }'`, { grammar }))).toContain('"source":"a + 1"');
    }
  });

  test('stand alone in the strict grammar', () => {
    expect(checkSyntax(`t'a' 'b'`, 'strict')?.message).toBe('invalid syntax');
  });
});

describe('named characters', () => {
  const unicodeName = (name: string): string | null => (name === 'EN DASH' ? '–' : name === 'FACE' ? '😀' : null);

  test('are resolved by whoever reads the host grammar', () => {
    const module = parseModule(`'a\\N{EN DASH}\\N{FACE}b' f'\\N{EN DASH}{x}'`, { grammar: 'host', unicodeName });
    expect(printTree(module)).toBe('(JoinedStr ["a–😀b–" (FormattedValue x "" -)])');
  });

  test('are a mistake when nobody knows them', () => {
    expect(() => parseModule(`'\\N{NO SUCH}'`, { grammar: 'host', unicodeName })).toThrow(
      expect.objectContaining({ message: 'invalid syntax' }),
    );
  });
});

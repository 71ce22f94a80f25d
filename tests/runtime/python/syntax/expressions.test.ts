/** Expressions and the trees they become. */
import { describe } from 'vitest';
import { becomes } from './trees';

describe('expressions', () => {
  describe('literals', () => {
    becomes('strict', [
      ['x', 'x'],
      ['1', '1'],
      ['9007199254740993', '9007199254740993n'],
      ['1_000.5e-1', '(Float 100.05)'],
      ['2j', '(Imaginary 2)'],
      ['None, ...', '(Tuple [(Singleton -) (Singleton "Ellipsis")])'],
      ['\'a\' "b"', '"ab"'],
      ["b'a\\xff\\u1234'", 'bytes[97 255 92 117 49 50 51 52]'],
      ["r'\\n'", '"\\\\n"'],
      ["'\\x41\\u00e9\\U0001f600\\101\\q'", '"Aé😀A\\\\q"'],
      ['0x_FF', '255'],
      ['1__0_', '10'],
      ['1ej', '(Imaginary 1)'],
      ["'\\ud800'", '"\\ud800"'],
      ["'a\\\nb'", '"ab"'],
      ["b'é'", 'bytes[195 169]'],
    ]);
  });
  describe('operators', () => {
    becomes('strict', [
      ['a + b * c', '(BinOp "+" a (BinOp "*" b c))'],
      ['a - b - c', '(BinOp "-" (BinOp "-" a b) c)'],
      ['-a ** -b', '(UnaryOp "-" (BinOp "**" a (UnaryOp "-" b)))'],
      ['a ** b ** c', '(BinOp "**" a (BinOp "**" b c))'],
      ['(a + b) * c', '(BinOp "*" (BinOp "+" a b) c)'],
      ['not a in b', '(UnaryOp "not" (Compare a ["in"] [b]))'],
      ['a < b <= c != d', '(Compare a ["<" "<=" "!="] [b c d])'],
      ['a is not b not in c', '(Compare a ["is not" "not in"] [b c])'],
      ['a or b and not c or d', '(BoolOp "or" [a (BoolOp "and" [b (UnaryOp "not" c)]) d])'],
      ['a if b else c if d else e', '(IfExp b a (IfExp d c e))'],
      ['a | b ^ c & d << e', '(BinOp "|" a (BinOp "^" b (BinOp "&" c (BinOp "<<" d e))))'],
      ['~-+a', '(UnaryOp "~" (UnaryOp "-" (UnaryOp "+" a)))'],
      ['a @ b // c % d', '(BinOp "%" (BinOp "//" (BinOp "@" a b) c) d)'],
    ]);
  });
  describe('displays and comprehensions', () => {
    becomes('strict', [
      ['()', '(Tuple [] parenthesised)'],
      ['(a)', 'a'],
      ['(a,)', '(Tuple [a] parenthesised)'],
      ['a, b', '(Tuple [a b])'],
      ['{}', '(Dict [] [])'],
      ['{a: b for a, b in c if d if e}', '(DictComp a b [((Tuple [a b]) c [d e])])'],
      ['{a for a in b for c in d}', '(SetComp a [(a b []) (c d [])])'],
      ['[a for a in b]', '(ListComp a [(a b [])])'],
      ['f(a for a in b)', '(Call f [(GeneratorExp a [(a b [])])] [])'],
    ]);
  });
  describe('stars in displays, which only the host takes', () => {
    becomes('host', [
      ['[a, *b]', '(List [a (Starred b)])'],
      ['{a, *b}', '(Set [a (Starred b)])'],
      ['{a: b, **c}', '(Dict [a -] [b c])'],
      ['{(a := 1), *b}', '(Set [(NamedExpr a 1) (Starred b)])'],
      ['f(a=b, *c)', '(Call f [(Starred c)] [(Keyword "a" b)])'],
    ]);
  });
  describe('calls, subscripts and lambdas', () => {
    becomes('strict', [
      ['a.b.c[d](e)', '(Call (Subscript (Attribute (Attribute a "b") "c") d) [e] [])'],
      ['a[b:c]', '(Subscript a (Slice b c -))'],
      ['a[:]', '(Subscript a (Slice - - -))'],
      ['a[::d, e]', '(Subscript a (Tuple [(Slice - - d) e]))'],
      ['a[b:c:d]', '(Subscript a (Slice b c d))'],
      ['f(a, *b, c=d, **e)', '(Call f [a (Starred b)] [(Keyword "c" d) (Keyword - e)])'],
      ['f(a := 1)', '(Call f [(NamedExpr a 1)] [])'],
      ['(a := b)', '(NamedExpr a b)'],
      ['lambda: a', '(Lambda ([] [] - [] -) a)'],
      [
        'lambda a, b=1, *c, d, e=2, **f: a',
        '(Lambda ([] [("a" - -) ("b" - 1)] ("c" - -) [("d" - -) ("e" - 2)] ("f" - -)) a)',
      ],
    ]);
  });
  describe('what the host adds to them', () => {
    becomes('host', [
      ['a[*b]', '(Subscript a (Tuple [(Starred b)]))'],
      ['a[b := 1]', '(Subscript a (NamedExpr b 1))'],
      ['lambda a, /, b: a', '(Lambda ([("a" - -)] [("b" - -)] - [] -) a)'],
      ['f(a=b, *c)', '(Call f [(Starred c)] [(Keyword "a" b)])'],
      ['1if a else b', '(IfExp a 1 b)'],
      ['0b0or a', '(BoolOp "or" [0 a])'],
      ['1..real', '(Attribute (Float 1) "real")'],
    ]);
  });
});

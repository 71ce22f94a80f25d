/** Statements and the trees they become. */
import { describe, expect, test } from 'vitest';
import { parseModule } from '../../../../runtime/python/syntax/index';
import { becomes } from './trees';

describe('statements', () => {
  describe('simple statements', () => {
    becomes('strict', [
      ['a = b = c, d', '(Assign [a b] (Tuple [c d]))'],
      ['a, *b = c', '(Assign [(Tuple [a (Starred b)])] c)'],
      ['[a, (b, c)] = d', '(Assign [(List [a (Tuple [b c] parenthesised)])] d)'],
      ['a.b[c] += d', '(AugAssign (Subscript (Attribute a "b") c) "+" d)'],
      ['a: b = c', '(AnnAssign a b c)'],
      ['a: b', '(AnnAssign a b -)'],
      ['a **= b', '(AugAssign a "**" b)'],
      ['del a, b.c, d[e]', '(Delete [a (Attribute b "c") (Subscript d e)])'],
      ['def f():\n  return', '(FunctionDef "f" ([] [] - [] -) - [(Return -)] [])'],
      ['pass; pass;', '(Pass) (Pass)'],
      ['raise a from b', '(Raise a b)'],
      ['raise', '(Raise - -)'],
      ['assert a, b', '(Assert a b)'],
      ['global a, b', '(Global ["a" "b"])'],
      ['import a.b as c, d', '(Import [("a.b" "c") ("d" -)])'],
      ['from . import a', '(ImportFrom "" [("a" -)] 1)'],
      ['from ...a.b import (c as d, e,)', '(ImportFrom "a.b" [("c" "d") ("e" -)] 3)'],
      ['from a import *', '(ImportFrom "a" [("*" -)] 0)'],
      ['from a import b,', '(ImportFrom "a" [("b" -)] 0)'],
    ]);
  });
  describe('compound statements', () => {
    becomes('strict', [
      ['if a: b\nelif c: d\nelse: e', '(If a [b] [(If c [d] [e])])'],
      ['while a:\n  b\nelse:\n  c', '(While a [b] [c])'],
      ['for a, b in c, d: e', '(For (Tuple [a b]) (Tuple [c d]) [e] [])'],
      ['for (a) in b:\n  c\nelse: d', '(For a b [c] [d])'],
      [
        'try:\n  a\nexcept B as c:\n  d\nexcept:\n  e\nelse:\n  f\nfinally:\n  g',
        '(Try [a] [(B "c" [d]) (- - [e])] [f] [g])',
      ],
      ['try: a\nfinally: b', '(Try [a] [] [] [b])'],
      ['with a as b, c: d', '(With [(a b) (c -)] [d])'],
      ['with (a, b) as c: d', '(With [((Tuple [a b] parenthesised) c)] [d])'],
      ['with (a): b', '(With [(a -)] [b])'],
      ['with (a).b as c: d', '(With [((Attribute a "b") c)] [d])'],
      [
        'def f(a, b: c = 1, *d, e, **g) -> h: pass',
        '(FunctionDef "f" ([] [("a" - -) ("b" c 1)] ("d" - -) [("e" - -)] ("g" - -)) h [(Pass)] [])',
      ],
      ['def f(*, a): pass', '(FunctionDef "f" ([] [] - [("a" - -)] -) - [(Pass)] [])'],
      ['class A(B, c=d): pass', '(ClassDef "A" [B] [(Keyword "c" d)] [(Pass)] [])'],
      ['class A: pass', '(ClassDef "A" [] [] [(Pass)] [])'],
      ['@a.b(c)\n@d\ndef f(): pass', '(FunctionDef "f" ([] [] - [] -) - [(Pass)] [(Call (Attribute a "b") [c] []) d])'],
      [
        'async def f():\n  await a\n  async with b: c\n  async for d in e: g',
        '(FunctionDef "f" ([] [] - [] -) - [(Await a) (With [(b -)] [c] isAsync) (For d e [g] [] isAsync)] [] isAsync)',
      ],
      [
        'def f():\n  x = yield a, b\n  yield from c\n  yield',
        '(FunctionDef "f" ([] [] - [] -) - [(Assign [x] (Yield (Tuple [a b]))) (YieldFrom c) (Yield -)] [])',
      ],
    ]);
  });
  describe('what the host adds to them', () => {
    becomes('host', [
      ['try: a\nexcept* B: c', '(Try [a] [(B - [c])] [] [] isStar)'],
      ['with (a as b, c,): d', '(With [(a b) (c -)] [d])'],
      ['def f(a, /, b): pass', '(FunctionDef "f" ([("a" - -)] [("b" - -)] - [] -) - [(Pass)] [])'],
      ['@a[0]\nclass A: pass', '(ClassDef "A" [] [] [(Pass)] [(Subscript a 0)])'],
      ['def f():\n  return *a, b', '(FunctionDef "f" ([] [] - [] -) - [(Return (Tuple [(Starred a) b]))] [])'],
      ['with (a, b): c', '(With [(a -) (b -)] [c])'],
      ['for a in *b, c: d', '(For a (Tuple [(Starred b) c]) [d] [])'],
      ['x: b = *a, c', '(AnnAssign x b (Tuple [(Starred a) c]))'],
      ['def f(*a: *b): pass', '(FunctionDef "f" ([] [] ("a" (Starred b) -) [] -) - [(Pass)] [])'],
    ]);
  });
  describe('match', () => {
    becomes('host', [
      [
        "match a:\n  case 1 | -2.5 | 3 + 4j: b\n  case 'x' 'y' | None: c\n  case _ if d: e",
        '(Match a [((MatchOr [(MatchValue 1) (MatchValue (UnaryOp "-" (Float 2.5))) (MatchValue (BinOp "+" 3 (Imaginary 4)))]) - [b]) ((MatchOr [(MatchValue "xy") (MatchSingleton -)]) - [c]) ((MatchAs - -) d [e])])',
      ],
      [
        'match a, b:\n  case [c, *_, d]: e\n  case (f): g\n  case h, *i: j',
        '(Match (Tuple [a b]) [((MatchSequence [(MatchAs - "c") (MatchStar -) (MatchAs - "d")]) - [e]) ((MatchAs - "f") - [g]) ((MatchSequence [(MatchAs - "h") (MatchStar "i")]) - [j])])',
      ],
      [
        "match a:\n  case {'k': b, c.d: e, **f}: g\n  case A.B(1, x=c) as d: e",
        '(Match a [((MatchMapping ["k" (Attribute c "d")] [(MatchAs - "b") (MatchAs - "e")] "f") - [g]) ((MatchAs (MatchClass (Attribute A "B") [(MatchValue 1)] ["x"] [(MatchAs - "c")]) "d") - [e])])',
      ],
      ['match = 1', '(Assign [match] 1)'],
      ['match(a)', '(Call match [a] [])'],
      ['match[a] = b', '(Assign [(Subscript match a)] b)'],
      ['match.a', '(Attribute match "a")'],
      ['print(match, case)', '(Call print [match case] [])'],
      ['match (a):\n  case {}: b', '(Match a [((MatchMapping [] [] -) - [b])])'],
      ['match -a:\n  case (): b', '(Match (UnaryOp "-" a) [((MatchSequence []) - [b])])'],
    ]);
  });
  describe('constants, as MicroPython folds them', () => {
    becomes('strict', [
      ['x = const(1 + 2)\ny = x', '(Assign [x] 3) (Assign [y] 3)'],
      ['_x = const(3)\ny = _x', '(Pass) (Assign [y] 3)'],
      ['x: int = const(-1)\ny = x', '(Assign [x] (UnaryOp "-" 1)) (Assign [y] (UnaryOp "-" 1))'],
      ['if 0: a\nelse: b', '(If 0 [(Pass)] [b])'],
      ['if 1: a\nelif b: c\nelse: d', '(If 1 [a] [])'],
      ['while 0: a', '(While 0 [(Pass)] [])'],
      ['0 or a', '(BoolOp "or" [0 a])'],
      ['a and 0 and b', '(BoolOp "and" [a 0])'],
      ['def f():\n  if 0:\n    yield', '(FunctionDef "f" ([] [] - [] -) - [(If 0 [(Pass)] [])] [])'],
      [
        "x = const((1, 'a'))\ny = x",
        '(Assign [x] (Tuple [1 "a"] parenthesised)) (Assign [y] (Tuple [1 "a"] parenthesised))',
      ],
    ]);
  });

  test('a constant that doubles with each line stays a variable before it is too large to copy', () => {
    let source = '_0 = const((1, 1))\n';
    for (let i = 1; i < 40; i++) source += `_${i} = const((_${i - 1}, _${i - 1}))\n`;
    const { body } = parseModule(source, { grammar: 'strict' });
    expect(body[0]).toMatchObject({ type: 'Pass' });
    expect(body[39]).toMatchObject({ type: 'Assign', targets: [{ id: '_39' }] });
  });
});

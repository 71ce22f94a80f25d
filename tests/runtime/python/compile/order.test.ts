/** The order in which the parts of statements are evaluated, and that each is evaluated once. */
import { describe, expect, it } from 'vitest';
import { runPython } from '../../../support/run-python';

/** `t(n)` notes that it was called and gives something that can be called, indexed, added to and compared. */
const PRELUDE = `
seen = []
class T:
    def __init__(self, n): self.n = n
    def __call__(self, *a, **k): return self
    def __getattr__(self, name): return self
    def __getitem__(self, k): return self
    def __setitem__(self, k, v): seen.append("set")
    def __delitem__(self, k): seen.append("del")
    def __add__(self, o): return self
    def __sub__(self, o): return self
    def __lt__(self, o): return True
    def __contains__(self, o): return True
    def __iter__(self): return iter((self, self))
    def __enter__(self): return self
    def __exit__(self, *a): seen.append("exit")
def t(n):
    seen.append(n)
    return T(n)
`;

/** Statements, and the order of the calls in them as MicroPython has it. */
const ORDERS: readonly (readonly [string, string])[] = [
  ['t(1) + t(2) - t(3)', '1 2 3'],
  ['t(1)(t(2), *t(3), k=t(4))', '1 2 3 4'],
  ['t(1).m(t(2))(t(3))', '1 2 3'],
  ['t(1)[t(2)][t(3):t(4)]', '1 2 3 4'],
  ['t(1) < t(2) < t(3)', '1 2 3'],
  ['t(1) in t(2)', '1 2'],
  ['[t(1), t(2)]; (t(3), t(4)); {t(5), t(6)}', '1 2 3 4 5 6'],
  ['{t(1): t(2), t(3): t(4)}', '2 1 4 3'],
  ['t(1).x = t(2)', '2 1'],
  ['t(1)[t(2)] = t(3)', '3 1 2 set'],
  ['t(1)[t(2)] = t(3)[t(4)] = t(5)', '5 1 2 set 3 4 set'],
  ['t(1)[t(2)] += t(3)', '1 2 3 set'],
  ['t(1).x += t(2)', '1 2'],
  ['t(1)[0], t(2)[0] = t(3), t(4)', '3 4 1 set 2 set'],
  ['del t(1)[t(2)], t(3)[t(4)]', '1 2 del 3 4 del'],
  ['t(1) if t(2) else t(3)', '2 1'],
  ['t(1) and t(2) or t(3)', '1 2'],
  ['[t(1) for x in t(2) if t(3)]', '2 3 1 3 1'],
  ['{t(1): t(2) for x in t(3)}', '3 2 1 2 1'],
  ['for t(1)[0] in t(2): t(3)', '2 1 set 3 1 set 3'],
  ['with t(1) as t(2)[t(3)], t(4): t(5)', '1 2 3 set 4 5 exit exit'],
  ['def f(a=t(1), *, b=t(2)): pass', '1 2'],
  ['assert t(1), t(2)', '1'],
  ['f"{t(1)}{t(2)}{1:{t(3) and 3}}"', '1 2 3'],
  ['@t(1)\n@t(2)\ndef f(a=t(3)): pass', '1 2 3'],
  ['class C(t(1) and object): y = t(2)', '1 2'],
  ['lambda: t(1)', ''],
  ['while t(1) < t(2):\n    t(3)\n    break', '1 2 3'],
];

describe('evaluation', () => {
  it.each(ORDERS)('of %s', (statement, expected) => {
    const inModule = `${PRELUDE}${statement}\nprint(*seen)`;
    const inFunction = `${PRELUDE}def main():\n${statement.replace(/^/gm, '    ')}\nmain()\nprint(*seen)`;
    for (const source of [inModule, inFunction]) {
      const { output, error } = runPython(source);
      expect(error).toBe('');
      expect(output.trim()).toBe(expected);
    }
  });
});

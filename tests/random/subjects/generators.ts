/** Random programs: generators driven by next, send, throw and close, and what draws from them. */
import type { Random } from '../random';
import { indent, type Script } from '../script';
import { Flow, HEAD } from './flow';

const SUB = `def sub(n):
    try:
        for i in range(n):
            log(('sub', (yield i)))
        if n == 3: raise KeyError(n)
    except ValueError as e:
        log(('sub caught', said(e)))
        yield 'again'
    finally:
        log('sub ends')
    return n * 10
class Plain:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration(7)
        return self.n
def step(what, *args):
    try:
        return what(*args)
    except BaseException as e:
        return said(e)`.split('\n');

function drive(r: Random): string[] {
  const action = (): string =>
    r.pick([
      'next, g', 'next, g', 'next, g', `g.send, ${r.word('None 5 7')}`, `g.send, ${r.word('None 5 7')}`, `g.throw, ${r.word('ValueError Mine KeyError')}`, `g.throw, ${r.word('ValueError Mine KeyError')}(${r.below(9)})`,
      'g.close', 'list, g', 'g.throw, GeneratorExit', 'g.throw, StopIteration(3)', 'next, g, None', 'iter, g', 'sum, (i for i in g if i)',
    ]); // prettier-ignore
  return r.some(3, 9, () => {
    const text = action();
    const shown = text === 'iter, g' ? 'step(iter, g) is g' : `step(${text})`;
    return `print(${shown}, marks); marks.clear()`;
  });
}

export function generators(s: Script): void {
  const { r } = s;
  s.add(...HEAD, ...SUB);
  for (let i = 0; i < 4; i++) {
    s.add(`def g${i}(n):`, ...indent(new Flow(r).functionBody(true)), ...indent(['yield']));
    for (let j = 0; j < 3; j++) s.add(`marks.clear(); g = g${i}(${r.below(5)})`, ...drive(r));
    s.add(
      'def outer(n):', `    x = yield from ${r.pick([`g${i}(n)`, 'sub(n)', 'Plain()', '[1, 2]', "'ab'", 'range(n)', '(i * i for i in range(n))'])}`,
      `    log(('outer', x))`, '    return x', `g = outer(${r.below(4)})`, ...drive(r),
    ); // prettier-ignore
  }
}

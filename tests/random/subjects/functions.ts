/** Random programs: parameters and arguments of every kind, closures, nonlocal and global names. */
import { atom, smallInt } from '../values';
import type { Random } from '../random';
import { indent, type Script } from '../script';

/** Parameters, in the order Python wants them. */
function parameters(r: Random): string {
  const names = r.choose(['a', 'b', 'c'], 0, 3);
  const defaults = r.between(0, names.length);
  const positional = names.map((name, i) => (i >= names.length - defaults ? `${name}=${smallInt(r)}` : name));
  const rest = r.chance(40) ? [r.chance(70) ? '*args' : '*'] : [];
  const only =
    rest.length > 0
      ? r.choose(['k', 'l'], rest[0] === '*' ? 1 : 0, 2).map((name) => (r.chance(60) ? `${name}=${smallInt(r)}` : name))
      : [];
  return [...positional, ...rest, ...only, ...(r.chance(30) ? ['**kw'] : [])].join(', ');
}

function argumentsOf(r: Random): string {
  const positional = r.some(0, 3, () =>
    r.chance(85) ? smallInt(r) : r.pick(['*[1, 2]', '*()', "*'ab'", '*range(2)', '*5']),
  );
  const named = r
    .choose(['a', 'b', 'c', 'k', 'l', 'z'], 0, r.chance(60) ? 1 : 3)
    .map((name) => `${name}=${smallInt(r)}`);
  if (r.chance(15)) named.push(r.pick(["**{'a': 7}", "**{'k': 8}", '**{}', "**{'z': 1}", '**{1: 2}', '**5']));
  return [...positional, ...named].join(', ');
}

function told(list: string): string {
  return (list.match(/\b(a|b|c|k|l|args|kw)\b(?==|,|$)/g) ?? [])
    .map((name) => (name === 'kw' ? 'sorted(kw.items())' : name))
    .join(', ');
}

function binding(s: Script): void {
  const { r } = s;
  const list = parameters(r);
  const way = r.below(4);
  const result = `(${told(list)},)`.replace('(,)', '()');
  if (way === 0) s.add(`f = lambda ${list}: ${result}`);
  else if (way === 1)
    s.add('class F:', `    def m(self${list === '' ? '' : `, ${list}`}): return ${result}`, 'f = F().m');
  else if (way === 2)
    s.add(
      'class F:',
      `    def __init__(self${list === '' ? '' : `, ${list}`}): self.v = ${result}`,
      '    def __repr__(self): return repr(self.v)',
      'f = F',
    );
  else s.add(`def f(${list}): return ${result}`);
  for (let i = 0; i < 5; i++) s.show(`f(${argumentsOf(r)})`);
}

/** Functions within functions that share variables. */
function nest(r: Random, depth: number, outer: readonly string[]): string[] {
  const own = r.choose(['x', 'y', 'z'], 1, 2);
  const shared = outer.filter((name) => !own.includes(name));
  const lines: string[] = [];
  const globals = r.chance(20) ? ['w'] : [];
  if (globals.length > 0) lines.push('global w', `w = ${smallInt(r)}`);
  const borrowed = shared.filter(() => r.chance(50));
  if (borrowed.length > 0) lines.push(`nonlocal ${borrowed.join(', ')}`);
  lines.push(...own.map((name) => `${name} = ${smallInt(r)}`));
  const visible = [...new Set([...outer, ...own])];
  const touch = (): string =>
    r.pick([
      `log.append((${r.pick(visible)}, ${r.pick([...visible, 'w'])}))`, `log.append([${r.pick(visible)} for ${r.pick(visible)} in range(2)])`, `log.append((lambda ${r.pick(visible)}: ${r.pick(visible)})(${smallInt(r)}))`,
      ...(own.length > 0 ? [`${r.pick(own)} = ${r.pick(visible)}`, `del ${r.pick(own)}`] : []), ...(borrowed.length > 0 ? [`${r.pick(borrowed)} = ${smallInt(r)}`] : []),
      `for ${r.pick([...own, ...borrowed])} in range(${r.below(3)}): pass`, `fs = [lambda: ${r.pick(visible)} for ${r.pick(visible)} in range(2)]; log.append([f() for f in fs])`,
    ]); // prettier-ignore
  lines.push(...r.some(1, 3, touch));
  if (depth > 0)
    lines.push(
      `def inner(p=${r.pick(visible)}):`,
      ...indent(nest(r, depth - 1, visible)),
      r.pick(['inner()', 'inner(1)', 'log.append(inner())', 'inner(); inner()']),
    );
  lines.push(...r.some(0, 2, touch), `return (${r.pick(visible)}, ${r.pick(visible)})`);
  return lines;
}

function closure(s: Script, index: number): void {
  s.add('w = 0', 'log = []', `def outer${index}():`, ...indent(nest(s.r, 2, [])));
  s.show(`outer${index}()`);
  s.show(`outer${index}()`);
  s.show('(log, w)');
}

export function functions(s: Script): void {
  const { r } = s;
  for (let i = 0; i < 6; i++) {
    if (r.chance(60)) binding(s);
    else closure(s, i);
  }
  s.add('def g(*a, k=None): return a, k');
  for (let i = 0; i < 4; i++)
    s.show(
      r.pick([
        `list(map(g, [${smallInt(r)}, ${smallInt(r)}], 'ab'))`,
        `g(*[${atom(r)}], k=${atom(r)})`,
        `(lambda *a: a)(*g(1), *g(2))`,
        `list(filter(None, [${r.list(0, 5, () => atom(r))}]))`,
        `list(zip(range(3), 'abcd', [${smallInt(r)}, 2]))`,
      ]),
    );
}

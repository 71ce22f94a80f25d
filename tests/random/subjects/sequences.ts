/** Random programs: comprehensions, unpacking, sorting and the builtins that draw from iterables. */
import { atom, sequence, smallInt, text, value } from '../values';
import type { Random } from '../random';
import { indent, type Script } from '../script';

const iterable = (r: Random, names: readonly string[]): string =>
  r.pick([
    () => `range(${r.below(6)})`,
    () => `range(${smallInt(r)}, ${smallInt(r)}, ${r.word('1 -1 2')})`,
    () => `[${r.list(0, 4, () => smallInt(r))}]`,
    () => `'${r.word('abc xy é')}'`,
    () => (names.length > 0 ? `range(${r.pick(names)})` : '(3, 1)'),
    () => `(${smallInt(r)}, ${smallInt(r)})`,
    () => `enumerate([${smallInt(r)}, 2])`,
    () => 'n',
    () => `zip('ab', range(3))`,
  ])();

const NAMES = ['i', 'j', 'n', 'k'];

function expression(r: Random, names: readonly string[]): string {
  const name = (): string => (names.length > 0 && r.chance(80) ? r.pick(names) : smallInt(r));
  return r.pick([
    () => name(),
    () => `(${name()}, ${name()})`,
    () => `${name()} + ${name()}`,
    () => `${name()} * 2`,
    () => `[${name()}]`,
    () => `str(${name()})`,
    () => `${name()} if ${name()} else ${name()}`,
    () => `(lambda: ${name()})()`,
  ])();
}

function clauses(r: Random): { text: string; names: string[] } {
  const names: string[] = [];
  const parts = r.some(1, r.chance(70) ? 1 : 3, () => {
    const source = iterable(r, names);
    const name = r.pick(NAMES);
    names.push(name);
    const conditions = r.some(
      0,
      r.chance(60) ? 0 : 2,
      () =>
        ` if ${r.pick([`${name} != 1`, `${name}`, `${r.pick(names)} == ${r.pick(names)}`, 'n', `${name} in (0, 2, 3)`])}`,
    );
    return `for ${name} in ${source}${conditions.join('')}`;
  });
  return { text: parts.join(' '), names };
}

function comprehension(r: Random): string {
  const { text: loops, names } = clauses(r);
  const inner = r.chance(12) ? comprehension(r) : expression(r, names);
  return r.pick([
    `[${inner} ${loops}]`, `[${inner} ${loops}]`, `list(${inner} ${loops})`, `tuple(${inner} ${loops})`, `sorted(str(x) for x in {${expression(r, names)} ${loops}})`,
    `sorted(map(str, {${expression(r, names)}: ${inner} ${loops}}.items()))`, `${r.word('sum any all max min')}(${inner} ${loops})`, `''.join(str(x) for x in [${inner} ${loops}])`,
  ]); // prettier-ignore
}

/** A target of an assignment, and the names in it. */
function target(r: Random, names: string[], depth: number): string {
  let starred = false;
  const one = (): string => {
    const name = `v${names.length}`;
    if (depth > 0 && r.chance(20))
      return `${r.pick(['(', '['])}${target(r, names, depth - 1)}`.replace(
        /^([([])(.*)$/s,
        (_, open: string, inner: string) => (open === '(' ? `(${inner})` : `[${inner}]`),
      );
    names.push(name);
    if (!starred && r.chance(20)) {
      starred = true;
      return `*${name}`;
    }
    return name;
  };
  const items = r.some(1, 4, one);
  return items.length === 1 ? `${items[0] ?? ''},` : items.join(', ');
}

function unpacking(s: Script): void {
  const { r } = s;
  const names: string[] = [];
  const left = target(r, names, 1);
  const source = r.pick([
    () => sequence(r, (q) => (q.chance(30) ? sequence(q, smallInt, 0) : smallInt(q))), () => text(r, 4), () => `range(${r.below(6)})`, () => `(i for i in range(${r.below(5)}))`, () => value(r), () => `${smallInt(r)}, ${smallInt(r)}`,
    () => `[[1, 2], 3, 4]`, () => `(1, 'ab', *range(${r.below(4)}))`,
  ])(); // prettier-ignore
  s.add(...names.map((name) => `${name} = None`));
  if (r.chance(25))
    s.attempt(
      [`for ${left} in [${source.includes(',') && !/^[[(]/.test(source) ? `(${source})` : source}]: pass`],
      `[${names.join(', ')}]`,
    );
  else s.attempt([`${left} = ${source}`], `[${names.join(', ')}]`);
}

function sorting(r: Random): string {
  const numbers = `[${r.list(0, r.word('3 12 40') as unknown as number, () => String(r.between(-50, 50)))}]`;
  return r.pick([
    () => `sorted(${numbers})`, () => `sorted(${numbers}, reverse=True)`, () => `sorted(${numbers}, key=lambda x: (-x, x))`, () => `sorted([${r.list(0, 6, () => text(r, 3))}])`,
    () => `sorted(range(${smallInt(r)}))`, () => `sorted(${numbers}, key=abs) and 1`, () => `min(${numbers}, key=lambda x: (abs(x), x))`, () => `max(${numbers}, default=0)`, () => `min(${value(r)})`, () => `sorted([${r.list(0, 6, () => `(${smallInt(r)}, ${text(r, 1)})`)}])`,
    () => `sorted([${r.list(0, 6, () => r.word('1 2.5 -1 0.5 2**70 -1e300'))}])`, () => `sorted(${numbers}, ${r.word('1 None key=1 key=None reverse=5')})`,
  ])(); // prettier-ignore
}

const drawing = (r: Random): string =>
  r.pick([
    () => `sum(${sequence(r, smallInt)}, ${atom(r)})`, () => `list(map(${r.word('str repr int abs len bool')}, ${value(r)}))`, () => `list(zip(${value(r)}, ${value(r)}))`, () => `list(enumerate(${value(r)}, ${smallInt(r)}))`,
    () => `list(reversed(${value(r)}))`, () => `${r.word('any all list tuple len sum max min iter next bool')}(${value(r)}) and 1`, () => `next(iter(${value(r)}), 'none')`, () => `list(filter(lambda x: x, ${value(r)}))`,
    () => `[*${value(r)}, *${value(r)}]`, () => `(*${sequence(r)}, 1)`, () => `list(iter(lambda: 1, 1))`, () => `${atom(r)} in ${sequence(r)}`, () => `isinstance(${value(r)}, (${r.word('int str list tuple float bool')}, ${r.word('int bytes dict')}))`,
    () => `dict(zip('ab', ${value(r)}))['a']`, () => `list(range(${smallInt(r)}, ${smallInt(r)}, ${smallInt(r)}))`, () => `range(${smallInt(r)}, ${smallInt(r)})[${smallInt(r)}]`,
  ])(); // prettier-ignore

export function sequences(s: Script): void {
  const { r } = s;
  s.add('n = 3');
  for (let i = 0; i < 22; i++) {
    switch (r.below(4)) {
      case 0: {
        const text = comprehension(r);
        if (r.chance(30)) s.add(`def f${i}(n, i=2):`, ...indent([`return ${text}`]));
        s.show(r.chance(30) ? `(lambda n, i: ${text})(2, 1)` : text);
        break;
      }
      case 1:
        unpacking(s);
        break;
      case 2:
        s.show(sorting(r));
        break;
      default:
        s.show(drawing(r));
    }
  }
}

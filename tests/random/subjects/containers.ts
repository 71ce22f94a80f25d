/** Random programs: lists, dicts, sets and their relatives changed method by method. */
import { atom, bytes, float, intLiteral, sequence, smallInt, text, value } from '../values';
import type { Random } from '../random';
import { indent, type Script } from '../script';

/** Prints dicts and sets in an order of its own, however deep in tuples and lists they are. */
const ORDERED = `def ordered(x):
    if isinstance(x, dict):
        return '{' + ', '.join(sorted(ordered(k) + ': ' + ordered(v) for k, v in x.items())) + '}'
    if isinstance(x, (set, frozenset)):
        return type(x).__name__ + '(' + ', '.join(sorted(ordered(i) for i in x)) + ')'
    if type(x) is list or type(x) is tuple:
        return type(x).__name__ + '(' + ', '.join(ordered(i) for i in x) + ')'
    return repr(x)`.split('\n');

const key = (r: Random): string =>
  r.chance(40)
    ? r.word("'a' 'b' 'c' 1 2 3 None")
    : r.pick([
        () => smallInt(r),
        () => atom(r),
        () => text(r, 2),
        () => `(${smallInt(r)}, ${text(r, 1)})`,
        () => value(r),
        () => bytes(r, 1),
      ])();

const pairs = (r: Random): string => `{${r.list(0, 4, () => `${hashable(r)}: ${atom(r)}`)}}`;
const hashable = (r: Random): string =>
  r.chance(40)
    ? r.word("'a' 'b' 'c' 1 2 3 None")
    : r.pick([
        () => text(r, 3),
        () => intLiteral(r),
        () => float(r),
        () => bytes(r),
        () => `(${smallInt(r)}, ${text(r, 1)})`,
      ])();
const keys = (r: Random): string => `[${r.list(0, 4, () => hashable(r))}]`;

const listCall = (r: Random): string =>
  r.pick([
    () => `x.append(${atom(r)})`, () => `x.extend(${r.chance(70) ? sequence(r) : value(r)})`, () => `x.insert(${smallInt(r)}, ${atom(r)})`,
    () => `x.pop(${r.chance(50) ? '' : smallInt(r)})`, () => `x.remove(${key(r)})`, () => `x.index(${key(r)})`, () => `x.count(${key(r)})`,
    () => 'x.reverse()', () => 'x.clear()', () => 'x.copy()', () => `x[${smallInt(r)}]`, () => `${key(r)} in x`,
    () => `x * ${smallInt(r)}`, () => `x + ${sequence(r)}`, () => `x == ${sequence(r)}`, () => `x < ${sequence(r)}`, () => `x.index(${key(r)}, ${smallInt(r)}, ${smallInt(r)})`,
    () => 'sum(x)', () => 'x.sort(key=str, reverse=True)', () => `x.nothing`, () => `x.append(${atom(r)}, 1)`,
  ])(); // prettier-ignore

const dictCall = (r: Random): string =>
  r.pick([
    () => `x[${hashable(r)}]`, () => `x.get(${hashable(r)})`, () => `x.get(${hashable(r)}, ${atom(r)})`, () => `x.pop(${hashable(r)})`, () => `x.pop(${hashable(r)}, ${atom(r)})`,
    () => `x.setdefault(${hashable(r)}, ${atom(r)})`, () => `x.setdefault(${hashable(r)})`, () => `x.update(${pairs(r)})`, () => `x.update(${value(r)})`,
    () => `x.update(a=${atom(r)}, z=${atom(r)})`, () => `${hashable(r)} in x`, () => 'len(x)', () => 'sorted(list(map(repr, x.keys())))',
    () => 'sorted(map(repr, x.values()))', () => 'sorted(map(repr, x.items()))', () => 'x.clear()', () => 'x.copy()', () => `x == ${pairs(r)}`,
    () => `dict(${pairs(r)}, a=1)`, () => `dict([(${hashable(r)}, ${atom(r)}), (${hashable(r)}, ${atom(r)})])`, () => `dict(${value(r)})`,
    () => `x | ${pairs(r)}`, () => `dict.fromkeys(${keys(r)}, ${atom(r)})`, () => `x.__contains__(${hashable(r)})`, () => `x < ${pairs(r)}`, () => `{**x, **${pairs(r)}}`,
  ])(); // prettier-ignore

const setCall = (r: Random): string =>
  r.pick([
    () => `x.add(${key(r)})`, () => `x.discard(${key(r)})`, () => `x.remove(${key(r)})`, () => `${key(r)} in x`, () => 'len(x)', () => 'x.clear()', () => 'x.copy()',
    () => `x ${r.word('| & - ^ == != < <= > >= |= +')} set(${keys(r)})`.replace('|= ', '| '), () => `x.union(${keys(r)})`, () => `x.intersection(${keys(r)})`, () => `x.difference(${keys(r)})`,
    () => `x.symmetric_difference(${keys(r)})`, () => `x.update(${keys(r)})`, () => `x.difference_update(${keys(r)})`, () => `x.intersection_update(${keys(r)})`,
    () => `x.symmetric_difference_update(${keys(r)})`, () => `x.issubset(${keys(r)})`, () => `x.issuperset(${keys(r)})`, () => `x.isdisjoint(${keys(r)})`,
    () => `x == frozenset(${keys(r)})`, () => `frozenset(x) | {${key(r)}}`, () => `x | ${value(r)}`, () => `set(${value(r)})`,
  ])(); // prettier-ignore

const byteCall = (r: Random): string =>
  r.pick([
    () => `x.append(${r.word('1 255 256 -1 65')})`, () => `x.extend(${bytes(r)})`, () => `x[${smallInt(r)}]`, () => `x + ${bytes(r)}`, () => `x.decode()`,
    () => `x == ${bytes(r)}`, () => `x < ${bytes(r)}`, () => 'list(x)', () => `${r.below(256)} in x`, () => 'len(x)', () => 'bytes(x)', () => 'sum(x)',
  ])(); // prettier-ignore

const STORES: readonly ((r: Random) => string)[] = [
  (r) => `x[${hashable(r)}] = ${atom(r)}`, (r) => `del x[${hashable(r)}]`, (r) => `x += ${value(r)}`, (r) => `x |= ${value(r)}`, (r) => `x[${smallInt(r)}] = ${smallInt(r)}`,
  (r) => `x[${hashable(r)}] += 1`, (r) => `x *= ${smallInt(r)}`, (r) => `x[${hashable(r)}], x[${hashable(r)}] = 1, 2`, (r) => `x -= {${hashable(r)}}`, (r) => `x &= {${hashable(r)}}`,
]; // prettier-ignore

const collection = (r: Random): string =>
  r.pick([
    () => `deque(${sequence(r)}, ${r.word('3 5 8')})`,
    () => `deque((), ${r.word('0 2 4')}, 1)`,
    () => `OrderedDict([(1, 2), ('a', 'b'), (3, 4)])`,
    () => `P(1, ${atom(r)})`,
    () => `P(b=${smallInt(r)}, a=2)`,
  ])();

const collectionCall = (r: Random): string =>
  r.pick([
    () => `x.append(${atom(r)})`,
    () => `x.appendleft(${atom(r)})`,
    () => 'x.pop()',
    () => 'x.popleft()',
    () => `x.extend(${sequence(r)})`,
    () => `x[${smallInt(r)}]`,
    () => 'list(x)',
    () => 'len(x)',
    () => 'x.popitem()',
    () => 'list(x.items())',
    () => `x.pop(${smallInt(r)})`,
    () => 'x.a',
    () => 'x.b + 1',
    () => 'x == (1, 2)',
    () => 'tuple(x)',
    () => 'x + (1,)',
    () => 'bool(x)',
    () => `x.get(${smallInt(r)})`,
    () => 'x.c',
    () => `setattr(x, 'a', 1)`,
    () => 'hash(x) and 1',
  ])();

export function containers(s: Script): void {
  const { r } = s;
  s.add('from collections import deque, OrderedDict, namedtuple', "P = namedtuple('P', ['a', 'b'])", ...ORDERED);
  const [start, call] = r.pick([
    [(): string => `[${r.list(0, 5, () => atom(r))}]`, listCall],
    [(): string => pairs(r), dictCall],
    [(): string => pairs(r), dictCall],
    [(): string => `set(${keys(r)})`, setCall],
    [(): string => `bytearray(${bytes(r)})`, byteCall],
    [(): string => collection(r), collectionCall],
  ] as const);
  s.add('x = None');
  for (let i = 0; i < 25; i++) {
    if (i % 6 === 0) s.add('try:', ...indent([`x = ${start()}`]), 'except Exception as e: print(type(e).__name__, e)');
    if (r.chance(20)) s.attempt([r.pick(STORES)(r)], 'ordered(x)');
    else s.show(r.chance(60) ? `ordered((${call(r)}, x))` : `ordered(${call(r)})`);
  }
}

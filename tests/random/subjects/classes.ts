/** Random programs: classes with special methods, properties, descriptors and builtin bases, and what is done with them. */
import { atom, plainText, smallInt } from '../values';
import type { Random } from '../random';
import { indent, type Script } from '../script';

/** Builtin types to derive from, each with arguments that make one. */
const BUILTINS: Readonly<Record<string, string>> = {
  list: '[1, 2, 3]', dict: "{'k': 3}", int: '5', str: "'abc'", tuple: '(1, 2)', bytes: "b'ab'", float: '2.5', set: '{2}', bytearray: "b'xy'",
  Exception: "'oh', 2", ValueError: "'bad'", KeyError: "'k'", OSError: '2', StopIteration: '4', LookupError: '', frozenset: '[1]', OrderedDict: '[(1, 2)]',
}; // prettier-ignore

const BINARY = 'add sub mul truediv floordiv mod pow and or xor lshift rshift matmul'.split(' ');
const SIGNS = '+ - * / // % ** & | ^ << >> @'.split(' ');
const COMPARE = 'eq ne lt le gt ge'.split(' ');
const COMPARE_SIGNS = '== != < <= > >='.split(' ');

/** What the classes use: a record of what was called, the value of an instance, and descriptors. */
const HEAD = `from collections import OrderedDict
def log(*x):
    if len(marks) < 20: marks.append(x)
marks = []
def key(o):
    return o.v if isinstance(o, Base) else o
class Base:
    v = 3
def told(x):
    return 'callable' if callable(x) else x
def hashed(x):
    return 0 if isinstance(x, bytes) else x
def part(x):
    return 'dict' if isinstance(x, dict) else x[1:2]
def size(x):
    return 'number' if isinstance(x, int) else len(x)
class Reads:
    def __get__(self, o, cls):
        log('get', o is None, cls.__name__)
        return 'got'
class Stores(Reads):
    def __set__(self, o, value):
        log('set', value)
        o.kept = value
class Removes(Stores):
    def __delete__(self, o):
        log('delete')
class Named:
    def __set_name__(self, owner, name):
        self.name = (owner.__name__, name)
def wrapped(f):
    def inner(*args):
        log('inner', len(args))
        return f(*args)
    return inner`.split('\n');

/** A class being written. */
interface Shape {
  readonly name: string;
  readonly native?: string;
  /** Whether it has a `__new__`: MicroPython crashes where such a class also derives from a builtin type. */
  readonly makes: boolean;
}

/** A body that returns something told by the name of the method, or calls the same method above. */
function body(r: Random, shape: Shape, method: string, args: string): string {
  const above = `super().${method}(${args})`;
  return r.pick([
    `return ('${shape.name}.${method}'${args === '' ? '' : `, ${args}`})`,
    `return ('${shape.name}', ${above})`,
    `log('${shape.name}.${method}'); return ${above}`,
    `return [key(self)${args === '' ? '' : `, ${args}`}]`,
  ]);
}

/** A result that is of the type wanted, mostly. */
const result = (r: Random, right: readonly string[], wrong: readonly string[]): string =>
  r.chance(85) ? r.pick(right) : r.pick(wrong);

type Member = (r: Random, shape: Shape) => readonly string[];

const one = (head: string, line: string): string[] => [`def ${head}: ${line}`];

const PLAIN: readonly Member[] = [
  (r) => [`${r.word('a b m p')} = ${atom(r)}`],
  (r, c) => one(`${r.word('m n')}(self, x)`, body(r, c, 'm', 'x')),
  (r, c) => one(`${r.word('m n')}(self, x=${smallInt(r)}, *y)`, body(r, c, 'n', 'x')),
  (r, c) => [r.word('@classmethod @staticmethod @wrapped'), ...one(`${r.word('c s m')}(o, *args)`, `return ('${c.name}', o if isinstance(o, int) else type(o) is type, args)`)],
  (r, c) => ['@classmethod', ...one('c(cls, *args)', r.pick([`return (cls.__name__, args)`, `return ('${c.name}', super().c(*args))`, 'return cls'])) ],
  (r, c) => ['@property', ...one('p(self)', body(r, c, 'p', '').replace('.p()', '.p'))],
  (r, c) => [
    '@property', ...one('p(self)', `return ('${c.name}.p', getattr(self, 'q', 0))`),
    ...(r.chance(70) ? ['@p.setter', ...one('p(self, x)', r.pick(['self.q = x', `log('${c.name}', x)`, 'raise ValueError(x)']))] : []),
    ...(r.chance(50) ? ['@p.deleter', ...one('p(self)', r.pick(['del self.q', "log('deleted')"]))] : []),
  ],
  (r) => [`${r.word('d d d e')} = ${r.word('Reads() Stores() Removes() Named()')}`],
  (r) => [`${r.word('m n a')} = lambda ${r.pick(['self', '*a', 'self, x=1'])}: ${smallInt(r)}`],
  (r) => [`t = ${r.word('len abs list str int Base')}`],
  (r) => [`l = [i * 2 for i in range(${r.below(4)})]`, 'k = len(l)'],
  (r) => ['class Inner:', `    z = ${smallInt(r)}`, '    def get(self): return self.z'],
  (r) => [`for i in range(${r.below(3)}): a = i`, `if ${r.word('True False')}: b = 'last'`],
]; // prettier-ignore

const SPECIAL: readonly Member[] = [
  (r, c) => {
    const name = r.pick(BINARY);
    const method = `__${r.pick(['', '', 'r', 'i'])}${name}__`;
    return one(`${method}(self, o)`, result(r, [`return ('${c.name}.${method}', key(self), key(o))`, 'return self', `return ('${method}', type(o).__name__)`], ['return NotImplemented', 'raise ValueError(key(o))']));
  },
  (r, c) => one(`__${r.pick(BINARY)}__(self, o)`, `return ('${c.name}', key(self), key(o))`),
  (r, c) => one(`__r${r.pick(BINARY)}__(self, o)`, `return ('${c.name} r', key(self), key(o))`),
  (r) => {
    const at = r.below(6);
    return one(`__${COMPARE[at] ?? ''}__(self, o)`, result(r, [`return key(self) ${COMPARE_SIGNS[at] ?? ''} key(o)`], ['return NotImplemented', 'return 1', "return ''", "return 'yes'", 'raise KeyError(1)']));
  },
  () => one('__eq__(self, o)', 'return key(self) == key(o)'),
  () => one('__lt__(self, o)', 'return key(self) < key(o)'),
  (r) => one('__hash__(self)', result(r, ['return hash(key(self))', 'return 7', 'return -1'], ['return 2 ** 70', "return 'x'", 'return 1.5'])),
  (r) => one('__len__(self)', r.pick(['return 3', 'return 0', 'return 1', 'raise ValueError'])),
  (r) => one('__bool__(self)', result(r, ['return True', 'return False'], ['raise ValueError'])),
  (r, c) => one(`__${r.word('repr str repr')}__(self)`, result(r, [`return '<${c.name}>'`, `return '${c.name}' + str(type(key(self)))`], ['return 5', 'return None', "raise ValueError('repr')"])),
  (r) => one('__getitem__(self, i)', result(r, ["return 'abc'[i]", 'return i * 2 if i < 3 else [][i]', 'return [1, key(self)][i]', 'return (7, i) if isinstance(i, slice) else (3, 4)[i]'], ['raise IndexError(i)', 'raise KeyError(i)'])),
  (r) => one('__setitem__(self, i, x)', result(r, ["log('setitem', i, x)"], ['raise KeyError(i)', 'return 5'])),
  (r) => one('__delitem__(self, i)', result(r, ["log('delitem', i)"], ['raise KeyError(i)'])),
  (r) => one('__contains__(self, x)', result(r, ['return x == key(self)', 'return True', 'return False'], ['return 5', "return ''", 'raise ValueError(x)'])),
  (r) => one('__iter__(self)', result(r, ['return iter([1, 2, 3])', 'return iter(())', 'return (i * i for i in range(3))', 'yield key(self)', 'return self'], ['return 5', 'return [1]', 'raise ValueError'])),
  (r) => ['at = 0', ...one('__next__(self)', ''), `    self.at += 1`, `    if self.at > ${r.below(4)}: raise StopIteration${r.pick(['', '(9)'])}`, '    return self.at'],
  (r, c) => one('__call__(self, *args, **kw)', `return ('${c.name}()', args, ${r.word('len(kw) sorted(kw.items())')})`),
  (r, c) => [...one('__enter__(self)', `log('${c.name} enter'); return ${r.word('self 5')}`), ...one('__exit__(self, kind, e, tb)', `log('exit', kind and kind.__name__, e and e.args); return ${r.word('True False None')}`)],
  (r) => one(`__${r.word('enter exit')}__(self)`, 'return self'),
  (r) => ['def __getattr__(self, name):', "    if name[0] == '_': raise AttributeError(name)", r.pick(["    return ('missing', name)", '    raise AttributeError(name)'])],
  (r) => one('__setattr__(self, name, x)', r.pick(["log('setattr', name, x)", "log(name); super().__setattr__(name, x)", "log(name); object.__setattr__(self, name, x)"])),
  (r) => one('__delattr__(self, name)', r.pick(["log('delattr', name)", "log(name); super().__delattr__(name)", "log(name); object.__delattr__(self, name)"])),
  (r) => one(`__${r.word('neg pos invert abs')}__(self)`, result(r, ["return ('unary', key(self))", 'return self'], ['raise ValueError', 'return NotImplemented'])),
  (r) => one('__int__(self)', result(r, ['return 42'], ['return 1.5', "return 'x'"])),
  (r) => one('__float__(self)', result(r, ['return 4.5'], ['return 1', "return 'x'"])),
  () => one('__index__(self)', 'return 1'),
  (r) => one('__divmod__(self, o)', `return ('divmod', ${r.word('key(o) 1')})`),
  (r) => one('__reversed__(self)', `return ${r.word('5 [3,2,1]')}`),
  (r) => one('__round__(self, n=None)', `return ('round', ${r.word('n 1')})`),
]; // prettier-ignore

/** How an instance begins. */
function beginning(r: Random, native: string | undefined): string[] {
  if (native !== undefined) {
    return r.pick([
      () => [],
      () => [],
      () => one('__init__(self, *args)', 'super().__init__(*args); self.v = args'),
      () => one('__init__(self, *args)', `super().__init__(${BUILTINS[native] ?? ''}); self.v = 1`),
      () => one('__init__(self, *args)', `self.v = args`),
      () => one('__init__(self, *args)', `${native}.__init__(self, *args); self.w = 1`),
    ])();
  }
  return r.pick([
    () => [],
    () => one('__init__(self, v=1)', 'self.v = v'),
    () => one('__init__(self, v=1, *rest)', `super().__init__(${r.pick(['', 'v', '*rest'])}); self.v = v`),
    () => one('__init__(self, *v, **kw)', 'self.v = len(v), len(kw)'),
    () => one('__init__(self)', `self.v = ${atom(r)}; self.a = 1`),
    () => one('__init__(self, v)', `self.v = v; self.p = v; ${r.pick(['return 5', 'self.d = v', 'self.m = v', 'del self.v', 'raise ValueError(v)', 'pass'])}`),
    () => [...one('__new__(cls, *args)', `log('new', args); ${r.pick(['return super().__new__(cls)', 'return object.__new__(cls)', 'return 5', 'return Base()', 'o = super().__new__(cls); o.v = 9; return o'])}`), ...(r.chance(50) ? one('__init__(self, *args)', "log('init', args)") : [])],
  ])(); // prettier-ignore
}

function writeClass(s: Script, index: number, earlier: readonly Shape[]): Shape {
  const { r } = s;
  const name = `C${index}`;
  const chosen = r.choose(r.chance(65) ? earlier : earlier.filter((c) => c.native === undefined), 0, 2);
  const inherited = chosen.some((c) => c.makes);
  const first = chosen.find((c) => c.native !== undefined);
  const above = chosen.filter((c) => c.native === undefined || (!inherited && c === first));
  const isPlain = above.every((c) => c.native === undefined);
  const fresh = isPlain && !inherited && r.chance(30) ? r.pick(Object.keys(BUILTINS)) : undefined;
  const native = fresh ?? above.find((c) => c.native !== undefined)?.native;
  const begin = beginning(r, native);
  const makes = inherited || begin[0]?.includes('__new__') === true;
  const shape: Shape = { name, makes, ...(native === undefined ? {} : { native }) };
  const bases = r.shuffled([...above.map((c) => c.name), ...(fresh === undefined ? [] : [fresh])]);
  if (bases.length === 0) bases.push(r.pick(['Base', 'Base', 'object']));
  const members = [
    ...begin,
    ...r.some(1, 5, () => r.pick(PLAIN)(r, shape)).flat(),
    ...r.some(0, 6, () => r.pick(SPECIAL)(r, shape)).flat(),
  ];
  s.add('try:', `    class ${name}(${bases.join(', ')}):`, ...indent(indent(members)));
  s.add(`except Exception as e: print(type(e).__name__, e); ${name} = Base`);
  return shape;
}

/** Expressions on instances x and y of classes C and D. */
const PROBES: readonly ((r: Random, x: string, y: string, C: string, D: string) => string)[] = [
  (r, x) => `told(${x}.${r.word('a b v p d e m n q w l k at name kept args value errno Inner nothing')})`,
  (r, x) => `${x}.${r.word('m n c s t')}(${r.list(0, 2, () => smallInt(r))})`,
  (r, _x, _y, C) => `told(${C}.${r.word('a b v d m n l k nothing __name__ __bases__ __init__')})`,
  (r, x, _y, C) => r.pick([`${C}.${r.word('c s')}(${r.pick(['', '1', `${x}, 2`])})`, `isinstance(${x}, ${C}) and ${C}.${r.word('m n')}(${r.pick([x, `${x}, 2`])})`]),
  (r, x, y) => `${x} ${r.pick(SIGNS)} ${y}`,
  (r, x) => `${x} ${r.pick(SIGNS)} ${r.pick(["'a'", '3', '[1]', 'None', '2.5', '(1,)'])}`,
  (r, x) => `${r.pick(["'a'", '3', 'None', '2.5', '{}', 'int'])} ${r.pick(SIGNS)} ${x}`,
  (r, x, y) => `${x} ${r.pick(COMPARE_SIGNS)} ${y}`,
  (r, x) => `${x} ${r.pick(COMPARE_SIGNS)} ${r.pick(["'a'", '3', '[1]', 'None', '(1, 2)'])}`,
  (r, x) => `${r.pick(["'a'", '3', '[1]', 'None', '(1, 2)'])} ${r.pick(COMPARE_SIGNS)} ${x}`,
  (r, x) => `${r.word('- + ~ not')} ${x}`,
  (r, x) => `${r.word('abs bool size repr str list tuple int float iter callable round next all sum max min')}(${x})`.replace(/^(iter)(.*)$/, 'type($1$2).__name__'),
  (r, x, y) => `${r.word('max min')}(${x}, ${y}) is ${x}`,
  (r, x) => r.pick([`${x}[0]`, `${x}[1]`, `${x}['k']`, `${x}[-1]`, `${x}[5]`, `part(${x})`]),
  (r, x) => `${r.pick(['1', "'k'", 'None', "'a'"])} in ${x}`,
  (_r, x, y) => `${x} in [${y}, ${x}]`,
  (r, x, y) => `[${x}, 1, ${y}].${r.word('index count')}(${y})`,
  (_r, x) => `[i for i in ${x}]`,
  (r, x) => `${x}(${r.pick(['', '1', '1, k=2', '*[1, 2]'])})`,
  (_r, x, _y, C, D) => `(isinstance(${x}, ${C}), isinstance(${x}, (${D}, int, Exception)), issubclass(${C}, ${D}), type(${x}) is ${C})`,
  (r, x) => `(hasattr(${x}, '${r.word('a b m p d q zz __len__ __iter__')}'), getattr(${x}, '${r.word('a b v p d')}', 'default'))`,
  (_r, x) => `{hashed(${x}): 1}.get(hashed(${x}), 'none')`,
  (_r, x) => `len({hashed(${x})})`,
  (r, x) => `'${r.word('%s %r %d %5s')}' % (${x},)`,
  (r, x) => `'${r.word('{} {!r} {!s:5} {:>9} {0.v} {0[0]}')}'.format(${x})`,
  (r, x, _y, C) => `super(${C}, ${x}).${r.word('m(1) p v a c()')}`,
  (_r, x) => `sorted(${x}.__dict__)`,
  (_r, x) => `${x}.__class__.__name__`,
  (_r, x) => `hash(hashed(${x})) == hash(hashed(${x}))`,
  (_r, x, y) => `divmod(${x}, ${y})`,
  (r, x) => `${x}.${r.pick(["append(4)", "pop()", "get('k')", "upper()", "keys()", "index(1)", "add(9)", "sort()", "find('b')", "count(1)", 'copy()', "decode()", "update({3: 4})", "extend([7])", "__len__()", "__add__(1)"])}`,
  (_r, _x, _y, C) => `${C}.__bases__`,
  (r, _x, _y, C) => `sorted(n for n in ${C}.__dict__ if n[0] != '_' and n < '${r.word('e n z')}')`,
  (_r, x) => `dict(${x}) == dict(${x})`,
  (_r, _x, _y, C) => `${C}()`,
  (r) => `type('X', (${r.choose(Object.keys(BUILTINS), 2, 2).join(', ')}), {}).__name__`,
  (r, _x, _y, C) => `${C}(${r.pick(['1', '1, 2', 'v=3', "'x'", '[1]', 'zz=1'])})`,
]; // prettier-ignore

/** Statements on them, and what to show after them. */
const DEEDS: readonly ((r: Random, x: string, y: string, C: string) => readonly [readonly string[], string])[] = [
  (r, x) => [[`${x}.${r.word('a b p d v m q')} = ${atom(r)}`], `${x}.${r.word('a p d v q')}`],
  (r, x) => [[`del ${x}.${r.word('a b p d v m q')}`], `${x}.${r.word('a p d v')}`],
  (r, x, _y, C) => [[`${C}.${r.word('a b m v')} = ${r.pick([atom(r), 'lambda self, *a: len(a)', 'staticmethod(lambda *a: a[1:])'])}`], `${x}.${r.pick(['a', 'b', 'v', 'm(1)'])}`],
  (r, x, _y, C) => [[`del ${C}.${r.word('a b m n p __len__ __eq__ __repr__ __add__ __iter__')}`], r.pick([`${x}.a`, `${x}.m(1)`, `size(${x})`, `${x} == 1`, `${x} + 1`, `list(${x})`])],
  (r, x, y) => [[`z = ${x}`, `z ${r.pick(SIGNS)}= ${r.pick([y, '1', "'a'", '[1]'])}`], 'z'],
  (r, x) => [[`${x}[${r.pick(['0', "'k'", '9', '0:1'])}] = ${r.pick(['5', '[7]', 'None'])}`], 'len(marks)'],
  (r, x) => [[`del ${x}[${r.pick(['0', "'k'", '9'])}]`], 'len(marks)'],
  (r, x) => [[`with ${x} as w:`, `    log('in', w is ${x})`, `    ${r.pick(['pass', 'raise KeyError(5)', '1 // 0'])}`], "'out'"],
  (r, x) => [[`setattr(${x}, '${r.word('a p d zz')}', ${smallInt(r)})`], `${x}.${r.word('a p d zz')}`],
  (r, x) => [[`delattr(${x}, '${r.word('a p d zz')}')`], "'gone'"],
  (_r, x) => [[`raise ${x}`], '0'],
  (_r, _x, _y, C) => [[`raise ${C}`], '0'],
  (r, x, _y, C) => [['try:', `    raise ${r.pick([x, C, `${C}(1, 2)`])}`, `except ${C} as e:`, "    log('caught', e.args, str(e), repr(e))"], '1'],
  (r, x, _y, C) => [[`${C}.${r.pick(BINARY.map((name) => `__${name}__`))} = lambda self, o: ('new', key(o))`], `${x} ${r.pick(SIGNS)} 1`],
  (r, x, _y, C) => [[`${C}.${r.word('__bool__ __hash__ __str__ __iter__ __call__')} = lambda self, *a: ${r.pick(['2', "'two'", 'True', 'iter((2, 3))'])}`], r.pick([`size(${x})`, `bool(${x})`, `str(${x})`, `list(${x})`, `${x}()`])],
  (_r, x, _y, C) => [[`${C}.late = property(lambda self: 'late')`], `${x}.late`],
  (_r, x) => [[`x0, *x1 = ${x}`], 'x1'],
  (r, x) => [[`it = iter(${x})`, ...r.some(1, 4, () => 'log(next(it))')], "'drawn'"],
]; // prettier-ignore

export function classes(s: Script): void {
  const { r } = s;
  s.add(...HEAD);
  const shapes: Shape[] = [];
  for (let i = 0; i < r.between(2, 6); i++) shapes.push(writeClass(s, i, shapes));
  const instances = r.some(2, 4, (i) => {
    const c = r.pick(shapes);
    const usual = c.native === undefined ? smallInt(r) : (BUILTINS[c.native] ?? '');
    const args = r.chance(75)
      ? usual
      : r.pick(['', '1, 2', 'v=1', c.native?.endsWith('set') === true ? '' : plainText(r)]);
    s.add(
      'try:',
      `    x${i} = ${c.name}(${args})`,
      `except Exception as e: print(type(e).__name__, e); x${i} = Base()`,
    );
    return { name: `x${i}`, C: c.name };
  });
  for (let i = 0; i < 30; i++) {
    const { name, C } = r.pick(instances);
    const y = r.pick(instances);
    if (r.chance(72)) s.show(r.pick(PROBES)(r, name, y.name, C, r.chance(60) ? y.C : r.pick(shapes).name));
    else s.attempt(...r.pick(DEEDS)(r, name, y.name, C));
    s.add('print(marks); marks.clear()');
  }
}

/** Whatever a Python program is called, nested or sized like, it ends in a result or an exception of Python. */
import { describe, expect, it } from 'vitest';
import { endOf, runPython } from '../../../support/run-python';

/** Names that mean something to JavaScript, to generated code or to the runtime's own objects. */
const NAMES = [
  '__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'arguments',
  'undefined', 'NaN', 'let', 'var', 'function', 'new', 'delete', 'typeof', 'switch', 'static', 'debugger',
  'globalThis', 'process', 'require', 'call', 'apply', 'caller', 'length', 'name', 'R', 'G', 'FL', 'K', 'L', 'E', 'ns',
  't1', 'k1', 'C1', 'i0', 'D', 'body', 'bases', 'cls', 'la', 'mut', 'nostore', 'native', 'n', 'py_add', 'code', 'fn',
  'table', 'ancestors', 'instance', 'isType', 'noted', 'é', '名',
]; // prettier-ignore

/** Uses a name as everything a name can be. */
const USES = `
try:
    NAME
except NameError:
    print("unbound")
NAME = 1
NAME += 1
print(NAME)
del NAME

def f(NAME, **k):
    def g():
        nonlocal NAME
        NAME = NAME + 1
        return NAME
    return g(), NAME, sorted(k)

print(f(1, x_x=2), f(NAME=5))

def h(NAME=7):
    for NAME in range(2):
        pass
    return NAME, [NAME for NAME in "ab"], (lambda NAME: NAME)(3)

print(h(NAME=2))

class C:
    NAME = 4
    def get(self):
        return self.NAME

c = C()
print(C.NAME, c.NAME, c.get(), hasattr(c, "NAME"), hasattr(C, "NAME_"))
c.NAME = 5
print(c.NAME, getattr(c, "NAME"))
del c.NAME
print(c.NAME)

class D:
    def __init__(self, NAME):
        self.NAME = NAME
    def NAME_(self, NAME=2):
        return self.NAME, NAME

print(D(NAME=8).NAME_(), D(8).NAME_(NAME=3))
print({"NAME": 1}["NAME"], dict(NAME=2)["NAME"], "NAME" in {}, {}.get("NAME"), *{"NAME"})

class Empty:
    pass

print(hasattr(Empty, "NAME"), hasattr(Empty(), "NAME"))
for o in [], {}, (), "", 1, 1.5, None, len, f, c.get, C, Exception():
    try:
        setattr(o, "NAME", 1)
    except (AttributeError, TypeError):
        pass
try:
    import NAME
    print("imported")
except ImportError as e:
    print(e)
exec("NAME = 3; print(NAME)", {})
print(eval("NAME", {"NAME": 6}))
`;

/** What that prints, by the rules of Python alone. */
const EXPECTED = `unbound
2
(2, 2, ['x_x']) (6, 6, [])
(1, ['a', 'b'], 3)
4 4 4 True False
5 5
4
(8, 2) (8, 3)
1 2 False None NAME
False False
no module named 'NAME'
3
6
`;

describe('names', () => {
  it.each(NAMES)('%s is a name like any other', (name) => {
    const { output, error } = runPython(USES.replaceAll('NAME', name));
    expect(error).toBe('');
    expect(output).toBe(EXPECTED.replaceAll('NAME', name));
  });

  it('objects have none of the attributes of JavaScript', () => {
    const names = NAMES.filter((n) => !/^(call|apply|name|code|n|native)$/.test(n));
    const program = `
def f(): pass
class C: pass
found = []
for o in [], {}, (), set(), "", b"", 1, 1.5, 2**80, True, None, ..., len, f, C, C(), Exception, Exception(), [].append, range(2), type:
    for name in ${JSON.stringify(names)}:
        if hasattr(o, name): found.append((o, name))
print(found)`;
    expect(runPython(program).output).toBe('[]\n');
  });

  it('generated code reaches no global of JavaScript', () => {
    for (const name of ['globalThis', 'process', 'Object', 'Function', 'console', 'this', 'window', 'R', 'K']) {
      expect(endOf(`print(${name})`)).toBe(`NameError: name '${name}' isn't defined`);
    }
  });
});

describe('texts', () => {
  it.each([
    ['line separators', "'\u2028\u2029'", '2 True'],
    ['the end of a script element', "'</script><!--'", '13 True'],
    ['a template with a substitution', "'`${1}`'", '6 True'],
    ['quotes and backslashes', "'\"' + \"'\" + '\\\\'", '3 True'],
    ['a lone surrogate', "'\\ud800'", '1 True'],
    ['a code point above U+FFFF', "'\u{1f600}'", '1 True'],
    ['zero and control characters', "'\\x00\\x1f\\x7f'", '3 True'],
  ])('%s are only text', (_, text, expected) => {
    const program = `s = ${text}\nd = {s: 1}\nclass C: pass\nsetattr(C, s, 2)\nprint(len(s), d[s] == 1 and getattr(C, s) == 2 and f"{s}" == s and eval(repr(s)) == s)`;
    expect(endOf(program)).toBe(expected);
  });

  it('a key __proto__ changes nothing but its entry', () => {
    const program = `d = {"__proto__": [1], "constructor": 2}
d["__proto__"].append(3)
e = dict(d)
del d["constructor"]
print(d, e["__proto__"], "toString" in d, globals().get("__proto__"))
globals()["__proto__"] = 5
print(__proto__, {}.get("x"))`;
    expect(runPython(program).output).toBe("{'__proto__': [1, 3]} [1, 3] False None\n5 None\n");
  });
});

const nest = (open: string, inner: string, close: string, count: number): string =>
  open.repeat(count) + inner + close.repeat(count);

function blocks(head: string, count: number): string {
  const lines = Array.from({ length: count }, (_, i) => `${' '.repeat(i)}${head}\n`);
  return `${lines.join('')}${' '.repeat(count)}raise SystemExit\n`;
}

/** Texts and objects nested `count` deep. */
const NESTED: readonly (readonly [string, (count: number) => string])[] = [
  ['parentheses', (n) => `x = ${nest('(', '1', ')', n)}`],
  ['lists', (n) => `x = ${nest('[', '1', ']', n)}\nrepr(x)\nx == [x]`],
  ['dicts', (n) => `x = ${nest('{1:', '1', '}', n)}\nrepr(x)`],
  ['calls', (n) => `f = lambda x: x\n${nest('f(', '1', ')', n)}`],
  ['signs', (n) => `x = 1\nx = ${'-'.repeat(n)}x`],
  ['nots', (n) => `x = ${'not '.repeat(n)}1`],
  ['sums', (n) => `x = 1\ny = x${'+x'.repeat(n)}`],
  ['ands', (n) => `x = 1\ny = x${' and x'.repeat(n)}`],
  ['powers', (n) => `x = 1\ny = x${'**x'.repeat(n)}`],
  ['attributes', (n) => `x = 1\nx${'.x'.repeat(n)}`],
  ['items', (n) => `x = [1]\nx[0] = x\nx${'[0]'.repeat(n)}`],
  ['calls of calls', (n) => `def f(): return f\nf${'()'.repeat(n)}`],
  ['lambdas', (n) => `x = ${'lambda: '.repeat(n)}1`],
  ['conditions', (n) => `x = ${'1 if 0 else '.repeat(n)}2`],
  ['comprehensions', (n) => `x = ${nest('[', '1', ' for i in (1,)]', n)}`],
  ['targets', (n) => `${nest('(', 'a,', '),', n)} = 1`],
  ['ifs', (n) => blocks('if 1:', Math.min(n, 500))],
  ['loops', (n) => blocks('for i in (1,):', Math.min(n, 500))],
  ['functions', (n) => `${blocks('def f():', Math.min(n, 500))}`],
  ['classes', (n) => blocks('class C:', Math.min(n, 500))],
  ['lists made by a loop', (n) => `x = []\ny = []\nfor i in range(${n}): x = [x]; y = [y]\nx == y\nrepr(x)`],
  ['tuples to hash', (n) => `x = ()\nfor i in range(${n}): x = (x,)\nhash(x)`],
  ['generators', (n) => `def g(n):\n  if n: yield from g(n - 1)\n  yield n\nsum(g(${n}))`],
  ['iterators', (n) => `x = iter([1])\nfor i in range(${n}): x = map(lambda v: v, x)\nlist(x)`],
  ['calls of functions', (n) => `def f(n): return n and f(n - 1)\nf(${n})`],
];

/** Whether a program ended as Python programs do; an error of JavaScript is thrown. */
function endsAsPython(source: string): void {
  const { error } = runPython(source);
  const [, kind] = /^(\w+)(?:: .*)?\n$/m.exec(error.split('\n').slice(-2).join('\n')) ?? [];
  expect(['', 'RuntimeError', 'MemoryError', 'SyntaxError', 'AttributeError', 'TypeError']).toContain(kind ?? '');
}

describe('nesting', () => {
  it.each(NESTED)('%s, 60 deep, are nothing special', (_, source) => {
    const end = endOf(source(60)).replace(/:.*/, '');
    expect(['', 'AttributeError', 'TypeError']).toContain(end);
  });

  it.each(NESTED)(
    '%s without end are an exception',
    (_, source) => {
      endsAsPython(source(3_000));
      endsAsPython(source(30_000));
    },
    60_000,
  );
});

describe('size', () => {
  it.each([
    ['a number of 20,000 digits', `x = ${'9'.repeat(20_000)}\nprint(x % 1000)`, '999'],
    ['a text of 500,000 characters', `print(len("${'x'.repeat(500_000)}"))`, '500000'],
    ['a name of 50,000 characters', `${'x'.repeat(50_000)} = 1\nprint(${'x'.repeat(50_000)})`, '1'],
    ['a list of 30,000 elements', `print(len([${'1,'.repeat(30_000)}]))`, '30000'],
    ['10,000 arguments', `def f(*a): return len(a)\nprint(f(${'1,'.repeat(10_000)}))`, '10000'],
    ['3,000 statements', `x = 0\n${'x += 1\n'.repeat(3_000)}print(x)`, '3000'],
    ['more arguments than JavaScript takes', `print(${'1,'.repeat(70_000)})`, 'MemoryError: memory allocation failed'],
    ['a shift without end', 'x = 1 << (1 << 60)', /^(MemoryError|OverflowError)/],
    ['a power without end', 'x = 7 ** (7 ** 30)', /^(MemoryError|OverflowError)/],
    ['a text without end', 'x = "x" * (1 << 40)', /^(MemoryError|OverflowError)/],
    ['a list without end', 'x = [0] * (1 << 40)', /^(MemoryError|OverflowError)/],
    ['bytes without end', 'x = bytearray(1 << 50)', /^(MemoryError|OverflowError)/],
    ['a text that doubles', 'x = "x"\nwhile True: x += x', /^MemoryError/],
  ])(
    '%s',
    (_, source, expected) => {
      if (typeof expected === 'string') expect(endOf(source)).toBe(expected);
      else expect(endOf(source)).toMatch(expected);
    },
    60_000,
  );
});

describe('interpreters beside each other', () => {
  it('share no names, modules or changes to builtins', () => {
    runPython('import sys, math\nsys.mark = 1\nmath.mark = 1\nlen = None\nprint.x = 1 if 0 else 2');
    runPython('import builtins\nbuiltins.mark = 1\nbuiltins.len = 5');
    const program = 'import sys, math\nprint(hasattr(sys, "mark"), hasattr(math, "mark"), len([]))\nmark';
    const { output, error } = runPython(program);
    expect(output).toBe('False False 0\n');
    expect(error).toContain("NameError: name 'mark' isn't defined");
  });
});

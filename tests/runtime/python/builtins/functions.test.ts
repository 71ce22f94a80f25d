import { describe, expect, it } from 'vitest';
import { lastLine, run } from './run';

describe('builtin functions', () => {
  it.each([
    ['abs(-3), abs(-2.5), abs(-10**30)', '(3, 2.5, 1000000000000000000000000000000)'],
    ['hex(-255), oct(8), bin(5), hex(2**64)', "('-0xff', '0o10', '0b101', '0x10000000000000000')"],
    ['divmod(-7, 2), divmod(7.5, -2)', '((-4, 1), (-4.0, -0.5))'],
    ['pow(2, 10), pow(3, 200, 7), pow(2, 3, -5), pow(-2, 3, 5)', '(1024, 2, -2, 2)'],
    ['round(2.5), round(3.5), round(-2.5), round(2.567, 2)', '(2, 4, -2, 2.57)'],
    ['round(25, -1), round(35, -1), round(-25, -1)', '(20, 40, -20)'],
    ['round(1e20), round(12345678901234567890, -5)', '(100000000000000000000, 12345678901234600000)'],
    ['sum([1, 2.5]), sum([2**53, 1]), sum([[1], [2]], [])', '(3.5, 9007199254740993, [1, 2])'],
    ['min(3, 1), max("abc"), min([4, 2], key=lambda x: -x), max([], default=7)', "(1, 'c', 4, 7)"],
    ['chr(65), ord("λ"), ord(chr(0x1f600)), ord(b"a")', "('A', 955, 128512, 97)"],
    ['all([1, 0]), any([0, 1]), all([]), any([])', '(False, True, True, False)'],
    ['sorted("hello", reverse=True)', "['o', 'l', 'l', 'h', 'e']"],
    ['list(map(lambda a, b: a + b, [1, 2], [10, 20, 30]))', '[11, 22]'],
    ['list(zip([1, 2], "ab")), list(zip())', "([(1, 'a'), (2, 'b')], [])"],
    ['list(filter(None, [0, 1, "", "a"])), list(enumerate("ab", 5))', "([1, 'a'], [(5, 'a'), (6, 'b')])"],
    ['list(reversed([1, 2, 3])), list(reversed("ab"))', "([3, 2, 1], ['b', 'a'])"],
    ['next(iter([5])), next(iter([]), 6)', '(5, 6)'],
    ['isinstance(1, (str, int)), isinstance(True, int), issubclass(KeyError, LookupError)', '(True, False, True)'],
    ['callable(len), callable(int), callable(5), callable(lambda: 0)', '(True, True, False, True)'],
    ['getattr([], "nothing", 5), hasattr([], "append"), hasattr([], "nothing")', '(5, True, False)'],
    ['eval("1 + 2"), eval("x", {"x": 4}), eval("x", {"x": 4}, {"x": 5})', '(3, 4, 5)'],
    ['type(5), type("C", (), {"x": 1}).x', "(<class 'int'>, 1)"],
    [
      'range(2**62, 2**62 + 2)[1], len(range(2**62)), list(range(2**62, 2**62 + 2))[0]',
      '(4611686018427387905, 4611686018427387904, 4611686018427387904)',
    ],
  ])('print(%s)', (expression, expected) => {
    expect(run(`print((${expression}))`)).toBe(`${expected}\n`);
  });

  it.each([
    ['len(5)', "TypeError: object of type 'int' has no len()"],
    ['len()', 'TypeError: function takes 1 positional arguments but 0 were given'],
    ['abs("a")', "TypeError: unsupported type for __abs__: 'str'"],
    ['chr(-1)', 'ValueError: chr() arg not in range(0x110000)'],
    ['ord("ab")', 'TypeError: ord() expected a character, but string of length 2 found'],
    ['ord(5)', "TypeError: can't convert 'int' object to str implicitly"],
    ['max([])', 'ValueError: arg is an empty sequence'],
    ['max()', 'TypeError: function missing 1 required positional arguments'],
    ['min(1, "a")', "TypeError: unsupported types for __lt__: 'str', 'int'"],
    ['next(5)', "TypeError: 'int' object isn't an iterator"],
    ['next(iter([]))', 'StopIteration'],
    ['pow(2, 3, 0)', 'ValueError: divide by zero'],
    ['pow(2.0, 3, 5)', 'TypeError: pow() with 3 arguments requires integers'],
    ['round(float("nan"))', "ValueError: can't convert NaN to int"],
    ['round("a")', "TypeError: can't convert str to float"],
    ['hash([])', "TypeError: unsupported type for __hash__: 'list'"],
    ['isinstance(1, 5)', 'TypeError: issubclass() arg 2 must be a class or a tuple of classes'],
    ['sorted([1], 5)', 'TypeError: must use keyword argument for key function'],
    ['sorted([3, 1], foo=5)', 'TypeError: extra keyword arguments given'],
    ['print(1, sep=1)', "TypeError: can't convert 'int' object to str implicitly"],
    ['print(1, file=5)', 'OSError: stream operation not supported'],
    ['type(1, 2)', 'TypeError: type takes 1 or 3 arguments'],
    ['super(str, 0)', 'TypeError'],
    ['compile("1", "a", "b")', 'ValueError: bad compile mode'],
    ['exec("1", 5)', 'TypeError'],
    ['eval(5)', 'TypeError: object with buffer protocol required'],
    ['input()', 'EOFError'],
    ['range(1, 2, 0)', 'ValueError: zero step'],
    ['map(int)', 'TypeError: function missing 1 required positional arguments'],
  ])('%s raises %s', (code, expected) => {
    expect(lastLine(code)).toBe(expected);
  });

  it('prints with separators, ends, and through str', () => {
    expect(run('print(1, "a", None, sep="-", end="!")\nprint()\nprint([1.5, "x"], ...)')).toBe(
      "1-a-None!\n[1.5, 'x'] Ellipsis\n",
    );
  });

  it('reads lines after showing a prompt', () => {
    expect(run('print([input("> "), input()])', 'one\ntwo\n')).toBe("> ['one', 'two']\n");
  });
});

describe('namespaces', () => {
  it('are live both ways between globals() and names', () => {
    expect(
      run('x = 1\nglobals()["x"] = 2\nglobals()["y"] = 3\nprint(x, y)\ndel globals()["y"]\nprint("y" in globals())'),
    ).toBe('2 3\nFalse\n');
    expect(run('print(globals() is globals(), globals()["__name__"])')).toBe('True __main__\n');
  });

  it('given to exec stay the same dict, with functions that see later changes', () => {
    const program =
      'd = {"x": 1, 5: 6}\nexec("def f(): return x\\ny = x + 1", d)\nd["x"] = 10\nprint(d["f"](), d["y"], d[5])';
    expect(run(program)).toBe('10 2 6\n');
    expect(run('d = {}\nexec("a = 1", d)\nexec("b = a", d)\nprint(d)')).toBe("{'a': 1, 'b': 1}\n");
  });

  it('are copied whole, keys that are no names included', () => {
    expect(run('d = {(1, 2): 3}\nexec("a = 1", d)\nc = d.copy()\nprint(c[(1, 2)], c["a"], c == d)')).toBe('3 1 True\n');
  });

  it('keep locals apart from globals where exec is given both', () => {
    expect(run('g = {"x": 1}\nl = {}\nexec("y = x", g, l)\nprint(g, l)')).toBe("{'x': 1} {'y': 1}\n");
  });

  it('run compiled code again and again', () => {
    expect(run('c = compile("x + 1", "f", "eval")\nprint(eval(c, {"x": 1}), eval(c, {"x": 2}))')).toBe('2 3\n');
    expect(run('c = compile("z = 1", "f", "exec")\nexec(c)\nprint(z)')).toBe('1\n');
  });

  it('of instances and classes are copies that cannot be changed', () => {
    expect(run('class A: pass\na = A()\na.x = 1\nprint(a.__dict__)')).toBe("{'x': 1}\n");
    expect(lastLine('class A: pass\nA().__dict__["y"] = 1')).toBe('TypeError');
    expect(run('class A:\n  x = 1\nprint(A.__dict__["x"])')).toBe('1\n');
  });

  it('show their names to dir()', () => {
    expect(run('x = 1\nprint("x" in dir(), "append" in dir([]), "__class__" in dir(5))')).toBe('True True True\n');
    expect(
      run('class A:\n  def f(self): pass\na = A()\na.x = 1\nprint(sorted(n for n in dir(a) if n[0] != "_"))'),
    ).toBe("['f', 'x']\n");
  });
});

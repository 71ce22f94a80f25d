/** Ctrl-C: KeyboardInterrupt at the next loop, call or wait, which a program can catch and whose `finally` runs. */
import { describe, expect, it } from 'vitest';
import { PENDING_INTERRUPT } from '../../../../runtime/python/interpreter/hal';
import type { Profile } from '../../../../runtime/python/interpreter/interpreter';
import { runPython, type RunResult } from '../../../support/run-python';
import { ScriptHal } from '../../../support/script-hal';

/** Runs a program that is interrupted as soon as it has printed `ready` and a line's end, each time it does. */
function interrupted(source: string, times = 1, profile: Profile = 'host'): RunResult {
  const hal = new ScriptHal();
  for (let i = 0; i < times; i++) {
    hal.after('ready\n', () => {
      hal.raise(PENDING_INTERRUPT);
    });
  }
  return runPython(source, { hal, profile });
}

/** Programs that never end by themselves. */
const ENDLESS: readonly (readonly [string, string])[] = [
  ['while', 'while True:\n    pass'],
  ['while with a body', 'i = 0\nwhile i < 10:\n    i = i + 1 - 1'],
  ['while with continue', 'while 1:\n    continue'],
  ['for over an endless iterator', 'def g():\n    while 1: yield 1\nfor x in g():\n    pass'],
  ['for over a long range', 'for i in range(1 << 50):\n    pass'],
  ['for over a range made before', 'r = range(1 << 50)\nfor i in r:\n    pass'],
  ['a comprehension', '[0 for i in range(1 << 50) if i < 0]'],
  ['a set comprehension', '{0 for i in range(1 << 50)}'],
  ['a generator expression', 'sum(0 for i in range(1 << 50))'],
  ['a generator expression with a test', 'list(i for i in range(1 << 50) if i < 0)'],
  ['any of a generator expression', 'any(i < 0 for i in range(1 << 50))'],
  ['a function called again and again', 'def f(): return 1\nwhile f(): f()'],
  ['recursion caught again and again', 'def f(): f()\nwhile 1:\n    try: f()\n    except RuntimeError: pass'],
  ['recursion', 'def f(n):\n    return f(n - 1) + f(n - 2) if n > 1 else 1\nf(10000)'],
  ['a generator that yields nothing', 'def g():\n    while 1: pass\n    yield\nnext(g())'],
  ['yield from', 'def g():\n    while 1: yield\ndef h(): yield from g()\nfor x in h(): pass'],
  ['a loop in a finally', 'try: pass\nfinally:\n    while 1: pass'],
  ['a loop in an except', 'try: 1 / 0\nexcept ZeroDivisionError:\n    while 1: pass'],
  ['a loop in a class body', 'class C:\n    while 1: pass'],
  [
    'a loop in a with',
    'class M:\n    def __enter__(s): pass\n    def __exit__(s, *a): pass\nwith M():\n    while 1: pass',
  ],
  ['a loop in exec', 'exec("while 1: pass")'],
  ['a coroutine', 'async def f():\n    while 1: pass\nf().send(None)'],
  ['special methods', 'class C:\n    def __add__(s, o): return s\n    __radd__ = __add__\nc = C()\nwhile 1: c = c + 1'],
  ['a key function', 'def k(x):\n    while 1: pass\nsorted([1, 2], key=k)'],
  ['map of a Python function', 'def g():\n    while 1: yield 0\nlist(filter(lambda x: x, g()))'],
];

describe('Ctrl-C', () => {
  it.each(ENDLESS)('ends %s', (_, body) => {
    const { output, error, status } = interrupted(`print("ready")\n${body}\nprint("not reached")`);
    expect(output).toBe('ready\n');
    expect(error.trimEnd().split('\n').at(-1)).toMatch(/^KeyboardInterrupt: *$/);
    expect(status).toBe(1);
  });

  it.each(ENDLESS)('ends %s in a function', (_, body) => {
    const indented = body.replace(/^/gm, '    ');
    const { output, error } = interrupted(`def main():\n    print("ready")\n${indented}\nmain()\nprint("not reached")`);
    expect(output).toBe('ready\n');
    expect(error).toContain('File "main.py", line');
    expect(error.trimEnd().split('\n').at(-1)).toMatch(/^KeyboardInterrupt: *$/);
  });

  it('says in the traceback where it came', () => {
    const { error } = interrupted('def spin():\n    while True:\n        x = 1\n\nprint("ready")\nspin()');
    expect(error).toMatch(
      /^Traceback \(most recent call last\):\n {2}File "main.py", line 6, in <module>\n {2}File "main.py", line [123], in spin\nKeyboardInterrupt: *\n$/,
    );
  });

  it('can be caught, and comes again', () => {
    const program = `
for i in range(3):
    try:
        print("ready")
        while True:
            pass
    except KeyboardInterrupt as e:
        print(i, repr(e))
print("end")`;
    expect(interrupted(program, 3).output).toBe(
      'ready\n0 KeyboardInterrupt()\nready\n1 KeyboardInterrupt()\nready\n2 KeyboardInterrupt()\nend\n',
    );
  });

  it('is no Exception, and runs every finally and __exit__ on its way', () => {
    const program = `
class M:
    def __enter__(self): pass
    def __exit__(self, kind, value, tb): print("exit", kind.__name__)
def g():
    try:
        while True: yield
    finally:
        print("generator")
def work():
    try:
        try:
            with M():
                print("ready")
                for x in g(): pass
        except Exception:
            print("wrong")
        else:
            print("wrong")
        finally:
            print("inner")
    finally:
        print("outer")
try:
    work()
except KeyboardInterrupt:
    print("caught")`;
    const { output } = interrupted(program);
    expect(output.replace('generator\n', '')).toBe('ready\nexit KeyboardInterrupt\ninner\nouter\ncaught\n');
  });

  it('runs what follows a caught one undisturbed', () => {
    const program = `
try:
    print("ready")
    while 1: pass
except KeyboardInterrupt:
    pass
total = 0
for i in range(1000):
    total += i
print(total)`;
    expect(interrupted(program).output).toBe('ready\n499500\n');
  });

  it.each(['time.sleep(1000)', 'time.sleep_ms(1000000)', 'time.sleep_us(1000000000)', 'while True: time.sleep(1)'])(
    'ends %s at once',
    (wait) => {
      const hal = new ScriptHal();
      hal.at(1500, () => {
        hal.raise(PENDING_INTERRUPT);
      });
      const program = `
import time
start = time.ticks_ms()
try:
    ${wait}
    print("slept on")
except KeyboardInterrupt:
    print("after", time.ticks_diff(time.ticks_ms(), start), "ms")
time.sleep_ms(10)
print("done", time.ticks_diff(time.ticks_ms(), start), "ms")`;
      expect(runPython(program, { hal }).output).toBe('after 1500 ms\ndone 1510 ms\n');
    },
  );

  it('ends a wait for input', () => {
    const hal = new ScriptHal();
    hal.at(100, () => {
      hal.raise(PENDING_INTERRUPT);
    });
    const program = 'try:\n    input("> ")\nexcept KeyboardInterrupt:\n    print("caught")';
    expect(runPython(program, { hal }).output).toBe('> caught\n');
  });

  it('leaves the rest of the program one interrupt, however often it was pressed', () => {
    const hal = new ScriptHal();
    hal.after('ready\n', () => {
      hal.raise(PENDING_INTERRUPT);
      hal.raise(PENDING_INTERRUPT);
    });
    const program = `
try:
    print("ready")
    while 1: pass
except KeyboardInterrupt:
    for i in range(10): pass
    print("once")`;
    expect(runPython(program, { hal }).output).toBe('ready\nonce\n');
  });
});

/** Builtins that take long, and what stands before them. The last are too large for a board. */
const LONG: readonly (readonly [long: string, before: string])[] = [
  ['sum(range(10**8))', ''],
  ['min(range(10**8))', ''],
  ['max(range(10**8), key=str)', ''],
  ['all(range(1, 10**8))', ''],
  ['any(iter(bytes(30000)))', ''],
  ['-1 in iter(range(10**8))', ''],
  ['for x in filter(None, iter(bytes(30000))): pass', ''],
  ['dict.fromkeys(range(10**4))', ''],
  ['set(range(10**4))', ''],
  ['set().union(range(10**4))', ''],
  ['bytearray(range(1, 256))', ''],
  ['deque(range(10**6), 3)', 'from collections import deque'],
  ['"".join(map(str, range(10**4)))', ''],
  ['sorted(range(10**3), key=abs)', ''],
  ['l.sort()', 'l = [(i,) for i in range(1000)]'],
  ['match("(a|b|ab)*c", s)', 'from re import match; s = "ab" * 14'],
  ['list(range(10**4))', ''],
  ['tuple(enumerate(range(10**4)))', ''],
  ['a, *b = map(abs, range(10**4))', ''],
  ['pow(3, 10**5, 10**50)', ''],
];
const LONG_ON_HOST: readonly (readonly [long: string, before: string])[] = [
  ['3 ** 1000000', ''],
  ['str(n)', 'n = 10 ** 300000'],
  ['print(n)', 'n = 7 ** 300000'],
  ['sorted(l)', 'l = [0] * 300000'],
  ['list(range(10**7))', ''],
];

describe.each(['host', 'board'] as const)('Ctrl-C within a builtin, in the profile of a %s', (profile) => {
  it.each(profile === 'host' ? [...LONG, ...LONG_ON_HOST] : LONG)('stops %s', (long, before) => {
    const { output, error } = interrupted(`${before}\nprint("ready")\n${long}\nprint("not reached")`, 1, profile);
    expect(output).toBe('ready\n');
    expect(error).toMatch(/KeyboardInterrupt: *\n$/);
  });
});

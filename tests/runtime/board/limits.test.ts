/** The limits of a board: what does not fit raises MemoryError or RuntimeError, and the board goes on. */
import { describe, expect, it } from 'vitest';
import { PENDING_MEMORY } from '../../../runtime/python/interpreter/hal';
import { runOnBoard, ScriptBoard } from '../../support/script-board';

/** What is raised by an expression, or `ok`. */
const raisedBy = (expression: string): string =>
  runOnBoard(`try:\n    ${expression}\n    print("ok")\nexcept Exception as e:\n    print(type(e).__name__, e)`).trim();

const noRoom = (bytes: number): string => `MemoryError memory allocation failed, allocating ${bytes} bytes`;

describe('one object', () => {
  it.each([
    ['bytearray(100000)', 'ok'],
    ['bytearray(200000)', noRoom(200000)],
    ['bytes(200000)', noRoom(200000)],
    ['[0] * 20000', 'ok'],
    ['[0] * 100000', noRoom(400000)],
    ['(0, 1) * 100000', noRoom(800000)],
    ['"ab" * 100000', noRoom(200001)],
    ['b"ab" * 100000', noRoom(200000)],
    ['1 << 1000000', noRoom(125002)],
    ['2 ** 1000000', noRoom(125002)],
    ['list(range(50000))', noRoom(131072)],
    ['"".join(["a" * 30000] * 4)', noRoom(120001)],
  ])('%s: %s', (expression, outcome) => {
    expect(raisedBy(expression)).toBe(outcome);
  });

  it('fits only beside what is there, until that is given up', () => {
    const program = `
a = bytearray(60000)
try:
    b = bytearray(60000)
except MemoryError as e:
    print(e)
a = None
b = bytearray(60000)
print(len(b))`;
    expect(runOnBoard(program)).toBe('memory allocation failed, allocating 60000 bytes\n60000\n');
  });
});

describe('growth without end', () => {
  it.each([
    ['l.append(1)', 'l = []'],
    ['l.extend((1, 2, 3))', 'l = []'],
    ['l += l', 'l = [1]'],
    ['l = l + [1, 2, 3, 4]', 'l = [0] * 20000'],
    ['s += "some text"', 's = ""'],
    ['s = s * 2', 's = "ab"'],
    ['b += b"some bytes"', 'b = b""'],
    ['b.append(1)', 'b = bytearray()'],
    ['n = n * n * 3 ** 500000', 'n = 3'],
    ['l.append(bytearray(1000))', 'l = []'],
  ])('%s ends in MemoryError', (step, before) => {
    const program = `${before}\ntry:\n    while True: ${step}\nexcept MemoryError as e:\n    print(e)`;
    expect(runOnBoard(program)).toMatch(/^memory allocation failed, allocating \d+ bytes\n$/);
  });

  /** The clock of the machine asks for a look at the memory; here that is when a program says so. */
  const runWithLook = (program: string): string => {
    const board = new ScriptBoard();
    board.hal.after('ready\r\n', () => {
      board.hal.raise(PENDING_MEMORY);
    });
    return runOnBoard(program, board);
  };

  it.each([
    ['a linked list', 'x = None\nfor i in range(9000): x = (x, i)'],
    ['a dict', 'x = {}\nfor i in range(20000): x[i] = i'],
    ['a set', 'x = set()\nfor i in range(30000): x.add(i)'],
    ['texts', 'x = ["text %d" % i for i in range(4000)]'],
    ['floats', 'x = [i / 7 for i in range(8000)]'],
    ['objects', 'class C:\n    pass\nx = None\nfor i in range(3000):\n    c = C()\n    c.next = x\n    x = c'],
    ['nested lists', 'x = []\nfor i in range(5000): x = [x, x]'],
    ['generators', 'def g(x): yield x\nx = None\nfor i in range(2000): x = [g(x), x]'],
    ['functions', 'x = None\nfor i in range(2000):\n    x = lambda y=x: y'],
    ['large ints', 'x = [i + (1 << 100) for i in range(3000)]'],
  ])('%s of small objects is found at the next look', (_name, grow) => {
    const rest = 'try:\n    for i in range(3): pass\nexcept MemoryError as e:\n    print(e)\nx = None\nprint("on")';
    expect(runWithLook(`${grow}\nprint("ready")\n${rest}`)).toBe(
      'ready\nmemory allocation failed, allocating 16 bytes\non\n',
    );
  });

  it('is let be while it fits', () => {
    expect(runWithLook('x = [(i, i) for i in range(3000)]\nprint("ready")\nfor i in range(3): pass\nprint("on")')).toBe(
      'ready\non\n',
    );
  });

  it('leaves a board that answers, and what it took can be had again', () => {
    const output = new ScriptBoard().run(
      'l = []\rwhile True: l.append(bytearray(5000))\r\r1 + 1\rdel l\rimport gc\rgc.collect()\rgc.mem_free() > 95000\r',
    );
    expect(output).toContain('MemoryError: memory allocation failed, allocating 5000 bytes\r\n>>> 1 + 1\r\n2\r\n');
    expect(output).toContain('gc.mem_free() > 95000\r\nTrue\r\n');
  });
});

describe('what gc and micropython tell', () => {
  it('is the heap of a pyboard', () => {
    expect(runOnBoard('import gc\nprint(gc.mem_alloc() + gc.mem_free())')).toBe('103168\n');
  });

  it('follows what is made and given up', () => {
    const program = `
import gc
gc.collect()
before = gc.mem_free()
x = bytearray(1000)
print(before - gc.mem_free())
y = [0] * 1000
print(before - gc.mem_free())
x = y = None
gc.collect()
print(before - gc.mem_free())`;
    expect(runOnBoard(program)).toBe('1024\n5040\n0\n');
  });

  it('counts garbage until it is collected', () => {
    const program = `
import gc
gc.collect()
before = gc.mem_free()
for i in range(10): bytearray(1000)
print(before - gc.mem_free() >= 10000)
gc.collect()
print(before - gc.mem_free() < 100)`;
    expect(runOnBoard(program)).toBe('True\nTrue\n');
  });

  it('counts calls on the stack', () => {
    const program = `
import micropython
def f(n):
    return f(n - 1) if n else micropython.stack_use()
print(f(10) - f(0) == 10 * (f(1) - f(0)) > 0, 400 < f(0) < 1500)
micropython.mem_info()`;
    expect(runOnBoard(program)).toMatch(
      /^True True\nstack: \d+ out of 15360\nGC: total: 103168, used: \d+, free: \d+\n/,
    );
  });
});

describe('recursion', () => {
  it('ends where 15 KB of stack do, and the board goes on', () => {
    const program = `
depth = 0
def f():
    global depth
    depth += 1
    f()
for i in range(2):
    depth = 0
    try:
        f()
    except RuntimeError as e:
        print(40 < depth < 120, e)
def g(n):
    return 0 if n == 0 else 1 + g(n - 1)
print(g(40))`;
    const ended = 'True maximum recursion depth exceeded\n';
    expect(runOnBoard(program)).toBe(`${ended}${ended}40\n`);
  });

  it.each([
    ['methods', 'class C:\n    def m(self): return self.m()\nC().m()'],
    ['lambdas', 'f = lambda: f()\nf()'],
    ['special methods', 'class C:\n    def __getattr__(self, name): return self.other\nC().x'],
    ['sorting with itself as key', 'def f(x): return sorted([2, 1], key=f)\nf(0)'],
    ['text of a list within itself', 'l = []\nfor i in range(100000): l = [l]\nstr(l)'],
  ])('of %s', (_name, program) => {
    expect(runOnBoard(program)).toContain('RuntimeError: maximum recursion depth exceeded\n');
  });
});

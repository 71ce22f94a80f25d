/** Memory on a computer: what cannot be had is a MemoryError, before the process is in need. */
import { describe, expect, it } from 'vitest';
import { PENDING_MEMORY, type Garbage, type HostMemory } from '../../../../runtime/python/interpreter/hal';
import { endOf, runPython } from '../../../support/run-python';
import { ScriptHal } from '../../../support/script-hal';

/** A machine that has in use what it is told, of 1000 MB. */
class FullHal extends ScriptHal {
  readonly asked: Garbage[] = [];

  constructor(
    public used: number,
    public garbage = 0,
    /** So much more each time that it is asked. */
    private readonly growth = 0,
  ) {
    super();
  }

  memory(garbage: Garbage): HostMemory {
    this.asked.push(garbage);
    this.used += this.growth;
    if (garbage === 'all') this.garbage = 0;
    return { used: this.used + this.garbage, buffers: 0, limit: 1e9 };
  }
}

describe('an object that no computer can hold', () => {
  it.each([
    ['"a" * 10**12', 1000000000001],
    ['b"a" * 10**12', 1000000000000],
    ['[0] * 10**10', 80000000000],
    ['(0,) * 10**10', 80000000000],
    ['bytearray(10**12)', 1000000000000],
    ['1 << 10**10', 1250000002],
    ['" ".center(10**10)', 10000000001],
  ])('%s is a MemoryError', (expression, bytes) => {
    expect(endOf(expression)).toBe(`MemoryError: memory allocation failed, allocating ${bytes} bytes`);
  });

  it.each(['3 ** 10**10', 's = "ab"\nwhile True: s += s'])('%s too', (program) => {
    expect(endOf(program)).toMatch(/^MemoryError: memory allocation failed/);
  });
});

describe('a computer that runs short', () => {
  const grow = 'l = []\nfor i in range(100): l.append([0] * 100000)\nprint("on")';

  it('raises MemoryError where much is made', () => {
    const hal = new FullHal(6e8);
    expect(endOf(grow, { hal })).toBe('MemoryError: memory allocation failed, allocating 800000 bytes');
  });

  it('collects its garbage before', () => {
    const hal = new FullHal(1e8, 6e8);
    expect(endOf(grow, { hal })).toBe('on');
    expect(hal.asked).toContain('all');
  });

  it('is not asked for every object', () => {
    const hal = new FullHal(1e8);
    expect(endOf(grow, { hal })).toBe('on');
    expect(hal.asked.length).toBeLessThan(10);
  });

  it('raises MemoryError where small objects are made, at the next look', () => {
    const hal = new FullHal(6e8);
    hal.after('ready\n', () => {
      hal.raise(PENDING_MEMORY);
    });
    const program = 'print("ready")\ntry:\n    while True: pass\nexcept MemoryError as e:\n    print(e)';
    expect(runPython(program, { hal }).output).toBe('ready\nmemory allocation failed, allocating 32 bytes\n');
  });
});

/** Small objects that nothing but their number tells of; `step` runs again and again until it raises MemoryError. */
describe('small objects without end end in MemoryError', () => {
  it.each([
    ['lists', 'x = []', 'x = [x]'],
    ['tuples', 'x = ()', 'x = (x, 1)'],
    ['instances', 'class N:\n  def __init__(self, n): self.n = n\nx = None', 'x = N(x)'],
    ['instances of a class without __init__', 'class N: pass\nx = []', 'x.append(N())'],
    ['a list of numbers', 'x = []', 'x.append(1)'],
    ['a dict', 'x = {}; i = 0', 'i += 1; x[i] = i'],
    ['a set', 'x = set(); i = 0', 'i += 1; x.add(i)'],
    ['functions', 'x = None', 'x = lambda x=x: x'],
    ['generators', 'def g(x): yield x\nx = None', 'x = g(x)'],
    ['exceptions', 'x = None', 'x = ValueError(x)'],
    ['classes', 'x = []', 'class A: pass\n  x.append(A)'],
    ['attributes', 'class A: pass\nx = A(); i = 0', 'i += 1; setattr(x, str(i), i)'],
    ['names', 'i = 0', 'i += 1; globals()[str(i)] = i'],
    ['iterators', 'x = iter([])', 'x = map(None, x)'],
    ['a comprehension', '', '[i for i in range(10**9)]'],
    ['calls that branch', 'def t(d): return [t(d - 1), t(d - 1)] if d else None', 't(60)'],
  ])('%s', (_, start, step) => {
    const hal = new FullHal(0, 0, 3e8);
    const program = `${start}\ntry:\n while True:\n  ${step}\nexcept MemoryError:\n  print('full')`;
    expect(endOf(program, { hal })).toBe('full');
  });

  it('and leave room to let go of them', () => {
    const hal = new FullHal(6e8);
    const program = `
n = 0
for i in range(3):
    x = []
    try:
        while True: x = [x]
    except MemoryError:
        x = None
        n += 1
print(n)`;
    expect(endOf(program, { hal })).toBe('3');
  });
});

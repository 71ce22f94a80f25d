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
  ) {
    super();
  }

  memory(garbage: Garbage): HostMemory {
    this.asked.push(garbage);
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

import { describe, expect, it } from 'vitest';
import '../../../../runtime/python/objects/exception';
import '../../../../runtime/python/objects/str';
import { PyFloat } from '../../../../runtime/python/objects/float';
import type { PyObject } from '../../../../runtime/python/objects/object';
import { sortItems } from '../../../../runtime/python/objects/sort';
import { PyTuple } from '../../../../runtime/python/objects/tuple';

/** Numbers that look random and are the same each time. */
function numbers(count: number, below: number): number[] {
  let x = 12345;
  return Array.from({ length: count }, () => (x = (x * 1103515245 + 12345) % 2147483648) % below);
}

const first = ((pair: PyObject) => pair.la?.[0]) as unknown as PyObject;
const pairs = (keys: readonly PyObject[]): PyTuple[] => keys.map((key, i) => new PyTuple([key, i]));
const places = (items: readonly PyObject[]): unknown[] => items.map((x) => x.la?.[1]);

describe('sorting', () => {
  it('sorts numbers, strings, floats and mixtures of numbers', () => {
    const ints = numbers(1000, 10000);
    const expected = [...ints].sort((a, b) => a - b);
    expect(sortItems([...ints], undefined, false)).toEqual(expected);
    expect(sortItems([...ints], undefined, true)).toEqual(expected.reverse());
    expect(sortItems(['b', '\uffff', 'B', ''], undefined, false)).toEqual(['', 'B', 'b', '\uffff']);
    const floats = ints.map((x) => new PyFloat(x / 3));
    expect(sortItems(floats, undefined, false).map((x) => (x as PyFloat).f)).toEqual(
      ints.map((x) => x / 3).sort((a, b) => a - b),
    );
    expect(sortItems([2, new PyFloat(1.5), true], undefined, false)).toEqual([true, new PyFloat(1.5), 2]);
  });

  it('keeps the order of equal items, also in reverse', () => {
    const keys = numbers(500, 20);
    const sorted = (reverse: boolean): unknown[] => places(sortItems(pairs(keys), first, reverse));
    const order = keys.map((_, i) => i);
    expect(sorted(false)).toEqual([...order].sort((a, b) => (keys[a] as number) - (keys[b] as number)));
    expect(sorted(true)).toEqual([...order].sort((a, b) => (keys[b] as number) - (keys[a] as number)));
  });

  it('sorts any number of items', () => {
    for (let count = 0; count < 40; count++) {
      const keys = numbers(count, 10);
      const sorted = sortItems(pairs(keys), undefined, false).map((x) => x.la?.[0]);
      expect(sorted).toEqual([...keys].sort((a, b) => a - b));
    }
  });
});

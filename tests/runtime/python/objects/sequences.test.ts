import { describe, expect, it } from 'vitest';
import '../../../../runtime/python/objects/exception';
import '../../../../runtime/python/objects/str';
import { PyList } from '../../../../runtime/python/objects/list';
import { None, type PyObject } from '../../../../runtime/python/objects/object';
import { PyRange } from '../../../../runtime/python/objects/range';
import { PySlice } from '../../../../runtime/python/objects/slice';
import { EMPTY_TUPLE, PyTuple } from '../../../../runtime/python/objects/tuple';
import { PyMemoryView } from '../../../../runtime/python/objects/memoryview';

const list = (...items: PyObject[]): PyList => new PyList(items);
const slice = (start: PyObject, stop: PyObject, step: PyObject = None): PySlice => new PySlice(start, stop, step);

const thrown = (f: () => unknown): string => {
  try {
    f();
  } catch (e) {
    return `${(e as PyObject).cls.typeName}: ${(e as PyObject).py_str()}`;
  }
  return 'nothing';
};

const drawn = (x: PyObject): PyObject[] => {
  const items: PyObject[] = [];
  const it = x.py_iter();
  for (let item = it.n(); item !== undefined; item = it.n()) items.push(item);
  return items;
};

describe('slices', () => {
  it('select as the same slice of a JS array, for all small bounds', () => {
    const items = [0, 1, 2, 3, 4];
    for (let start = -7; start <= 7; start++) {
      for (let stop = -7; stop <= 7; stop++) {
        expect(list(...items).py_getitem(slice(start, stop)).la).toEqual(items.slice(start, stop));
      }
    }
  });

  it('step in both directions', () => {
    const items = list(0, 1, 2, 3, 4, 5);
    expect(items.py_getitem(slice(None, None, 2)).la).toEqual([0, 2, 4]);
    expect(items.py_getitem(slice(None, None, -1)).la).toEqual([5, 4, 3, 2, 1, 0]);
    expect(items.py_getitem(slice(10, 0, -2)).la).toEqual([5, 3, 1]);
    expect(items.py_getitem(slice(-2, -10, -3)).la).toEqual([4, 1]);
    expect(thrown(() => items.py_getitem(slice(None, None, 0)))).toBe("ValueError: slice step can't be zero");
  });
});

describe('list', () => {
  it('stores slices that shrink, grow and keep it, its own items included', () => {
    const store = (start: PyObject, stop: PyObject, ...items: PyObject[]): PyObject[] => {
      const target = list(1, 2, 3, 4);
      target.py_setitem(slice(start, stop), list(...items));
      return target.la;
    };
    expect(store(1, 3)).toEqual([1, 4]);
    expect(store(1, 3, 'a', 'b')).toEqual([1, 'a', 'b', 4]);
    expect(store(1, 2, 'a', 'b')).toEqual([1, 'a', 'b', 3, 4]);
    expect(store(3, 1, 'a')).toEqual([1, 2, 3, 'a', 4]);
    const self = list(1, 2, 3);
    self.py_setitem(slice(1, 2), self);
    expect(self.la).toEqual([1, 1, 2, 3, 3]);
  });

  it('extends itself by itself', () => {
    const items = list(1, 2);
    items.py_iadd(items);
    expect(items.la).toEqual([1, 2, 1, 2]);
  });

  it('raises for what is outside, of the wrong type, or has a step', () => {
    expect(thrown(() => list(1).py_getitem(1))).toBe('IndexError: list index out of range');
    expect(thrown(() => list(1).py_getitem('a'))).toBe('TypeError: list indices must be integers, not str');
    expect(
      thrown(() => {
        list(1, 2).py_setitem(slice(None, None, 2), list(1));
      }),
    ).toBe('NotImplementedError: ');
    expect(
      thrown(() => {
        list(1, 2).py_setitem(slice(0, 1), 5);
      }),
    ).toBe("TypeError: object 'int' isn't a tuple or list");
  });

  it('compares item by item', () => {
    expect(list(1, 2).py_lt(list(1, 3))).toBe(true);
    expect(list(1, 2).py_lt(list(1, 2))).toBe(false);
    expect(list(1, 2).py_le(list(1, 2))).toBe(true);
    expect(list(1, 2).py_gt(list(1))).toBe(true);
    expect(list(1).py_eq(new PyTuple([1]))).toBe(false);
    expect(list(1, list(2)).py_eq(list(1, list(2)))).toBe(true);
  });

  it('is repeated from either side', () => {
    expect(list(1, 2).py_mul(2).la).toEqual([1, 2, 1, 2]);
    expect((3).py_mul(list(0)).la).toEqual([0, 0, 0]);
    expect(list(1).py_mul(-1).la).toEqual([]);
  });
});

describe('tuple', () => {
  it('has no slices with a step', () => {
    expect(thrown(() => new PyTuple([1, 2]).py_getitem(slice(None, None, 2)))).toBe(
      'NotImplementedError: only slices with step=1 (aka None) are supported',
    );
  });

  it('is one object when empty', () => {
    expect(new PyTuple([1]).py_getitem(slice(1, None))).toBe(EMPTY_TUPLE);
    expect(new PyTuple([1]).py_mul(0)).toBe(EMPTY_TUPLE);
  });

  it('shows a comma after its only item', () => {
    expect(new PyTuple([1]).py_repr()).toBe('(1,)');
    expect(EMPTY_TUPLE.py_repr()).toBe('()');
  });
});

describe('range', () => {
  it('counts, indexes, slices and looks up without making items', () => {
    const range = new PyRange(10, 0, -3);
    expect(drawn(range)).toEqual([10, 7, 4, 1]);
    expect([range.py_len(), range.py_getitem(-1), range.py_contains(4), range.py_contains(5)]).toEqual([
      4,
      1,
      true,
      false,
    ]);
    expect(range.py_getitem(slice(1, 3)).py_repr()).toBe('range(7, 1, -3)');
  });
});

describe('memoryview', () => {
  it('shares bytes with its slices', () => {
    const bytes = Uint8Array.of(1, 2, 3, 4);
    const view = new PyMemoryView(bytes, 'B', false);
    view.py_getitem(slice(1, 3)).py_setitem(0, 9);
    expect([...bytes]).toEqual([1, 9, 3, 4]);
    expect(new PyMemoryView(bytes, 'H', false).py_getitem(0)).toBe(0x901);
  });

  it('refuses to write to what cannot be written, or what does not fit', () => {
    const fixed = new PyMemoryView(Uint8Array.of(1), 'B', true);
    expect(
      thrown(() => {
        fixed.py_setitem(0, 1);
      }),
    ).toBe("TypeError: 'memoryview' object doesn't support item assignment");
    const open = new PyMemoryView(Uint8Array.of(1, 2), 'B', false);
    expect(
      thrown(() => {
        open.py_setitem(slice(0, 2), fixed);
      }),
    ).toBe('ValueError: lhs and rhs should be compatible');
  });
});

import { describe, expect, it } from 'vitest';
import '../../../../runtime/python/objects/exception';
import '../../../../runtime/python/objects/str';
import { PyDict, orderedDictType } from '../../../../runtime/python/objects/dict';
import { PyFloat } from '../../../../runtime/python/objects/float';
import { PyInstance } from '../../../../runtime/python/objects/instance';
import { PyList } from '../../../../runtime/python/objects/list';
import { None, define, type PyObject } from '../../../../runtime/python/objects/object';
import { PyTuple } from '../../../../runtime/python/objects/tuple';

function dictOf(...pairs: readonly (readonly [PyObject, PyObject])[]): PyDict {
  const dict = new PyDict();
  for (const [key, value] of pairs) dict.py_setitem(key, value);
  return dict;
}

/** An instance whose class hashes and compares by `value`. */
function comparable(hash: number, value: PyObject): PyObject {
  const o = new PyInstance();
  define(o, '__hash__$', () => hash);
  define(o, '__eq__$', (_self: PyObject, other: PyObject) =>
    other instanceof PyInstance ? (other as unknown as { value: PyObject }).value === value : other === value,
  );
  define(o, 'value', value);
  return o;
}

const thrown = (f: () => unknown): string => {
  try {
    f();
  } catch (e) {
    return `${(e as PyObject).cls.typeName}: ${(e as PyObject).py_str()}`;
  }
  return 'nothing';
};

describe('dict', () => {
  it('keeps keys in the order of their coming', () => {
    const dict = dictOf(['b', 1], [3, 2], [None, 3], ['a', 4]);
    expect(dict.keys()).toEqual(['b', 3, None, 'a']);
    dict.py_delitem(3);
    dict.py_setitem(3, 5);
    expect(dict.keys()).toEqual(['b', None, 'a', 3]);
  });

  it('takes 1, True and 1.0 for the same key and shows the one that came first', () => {
    for (const first of [1, true, new PyFloat(1)]) {
      const dict = dictOf([first, 'x'], [1, 'i'], [true, 'b'], [new PyFloat(1), 'f']);
      expect(dict.py_len()).toBe(1);
      expect(dict.keys()).toEqual([first]);
      expect([dict.get(1), dict.get(true), dict.get(new PyFloat(1))]).toEqual(['f', 'f', 'f']);
      dict.py_delitem(1);
      expect(dict.get(true)).toBeUndefined();
      dict.py_setitem(1, 'again');
      expect(dict.keys()).toEqual([1]);
    }
  });

  it('finds floats and big ints by value, and NaN by being the same', () => {
    const nan = new PyFloat(NaN);
    const dict = dictOf([new PyFloat(0.5), 1], [10n ** 30n, 2], [nan, 3], [new PyFloat(2 ** 70), 4]);
    expect(dict.get(new PyFloat(0.5))).toBe(1);
    expect(dict.get(10n ** 30n)).toBe(2);
    expect(dict.get(nan)).toBe(3);
    expect(dict.get(new PyFloat(NaN))).toBeUndefined();
    expect(dict.get(2n ** 70n)).toBe(4);
    expect(dict.get(new PyFloat(-0))).toBeUndefined();
    dict.py_setitem(0, 5);
    expect(dict.get(new PyFloat(-0))).toBe(5);
  });

  it('finds tuples by their items, whatever the types of equal numbers', () => {
    const dict = dictOf([new PyTuple([1, 'a']), 1], [new PyTuple(['a', 1]), 2], [new PyTuple([]), 3]);
    expect(dict.get(new PyTuple([new PyFloat(1), 'a']))).toBe(1);
    expect(dict.get(new PyTuple([true, 'a']))).toBe(1);
    expect(dict.get(new PyTuple(['a', 1]))).toBe(2);
    expect(dict.get(new PyTuple(['a', 2]))).toBeUndefined();
    dict.py_delitem(new PyTuple([1, 'a']));
    expect(dict.py_len()).toBe(2);
  });

  it('keeps apart keys whose hashes are the same', () => {
    const [a, b, c] = [comparable(7, 'a'), comparable(7, 'b'), comparable(7, 'c')];
    const dict = dictOf([a, 1], [b, 2], [c, 3]);
    expect([dict.get(comparable(7, 'a')), dict.get(comparable(7, 'b')), dict.get(comparable(7, 'd'))]).toEqual([
      1,
      2,
      undefined,
    ]);
    dict.py_delitem(b);
    expect(dict.keys()).toEqual([a, c]);
    expect(dict.get(comparable(7, 'c'))).toBe(3);
  });

  it('finds an int by an instance that equals it, and the other way round', () => {
    const dict = dictOf([5, 'five'], ['x', 1]);
    expect(dict.get(comparable(5, 5))).toBe('five');
    expect(dict.get(5)).toBe('five');
    expect(dict.get('x')).toBe(1);
    const other = dictOf([comparable(5, 5), 'five']);
    expect(other.get(5)).toBe('five');
    expect(other.get(6)).toBeUndefined();
  });

  it('takes names of the host for keys like any other', () => {
    const dict = dictOf(['__proto__', 1], ['constructor', 2]);
    expect([dict.get('__proto__'), dict.get('constructor'), dict.get('toString')]).toEqual([1, 2, undefined]);
  });

  it('refuses what cannot be hashed, except to look into an empty dict', () => {
    const list = new PyList([]);
    expect(new PyDict().get(list)).toBeUndefined();
    expect(thrown(() => dictOf([1, 2]).get(list))).toBe("TypeError: unsupported type for __hash__: 'list'");
    expect(thrown(() => dictOf([list, 2]))).toBe("TypeError: unsupported type for __hash__: 'list'");
  });

  it('lets itself be changed while it is walked through', () => {
    const dict = dictOf([1, 1], [2, 2], [3, 3]);
    const seen: PyObject[] = [];
    const it = dict.py_iter();
    for (let key = it.n(); key !== undefined; key = it.n()) {
      seen.push(key);
      dict.hm.remove(2);
      dict.py_setitem((key as number) + 10, 0);
    }
    expect(seen).toEqual([1, 3, 11]);
    expect(it.n()).toBeUndefined();
  });

  it('gives up its items one by one, whatever comes in between', () => {
    const dict = dictOf([1, 1], [2, 2], [3, 3]);
    const popped: PyObject[] = [];
    const pop = (): void => void popped.push(dict.hm.takeFirst()[0]);
    pop();
    dict.py_setitem(1, 1);
    dict.py_delitem(2);
    pop();
    pop();
    dict.py_setitem(4, 4);
    dict.hm.clear();
    dict.py_setitem(5, 5);
    dict.py_setitem(6, 6);
    pop();
    pop();
    expect(popped).toEqual([1, 3, 1, 5, 6]);
    expect(dict.py_len()).toBe(0);
  });

  it('compares by what it holds, and an OrderedDict also by order', () => {
    const a = dictOf([1, 2], [3, 4]);
    expect(a.py_eq(dictOf([3, 4], [1, 2]))).toBe(true);
    expect(a.py_eq(dictOf([3, 4], [1, 5]))).toBe(false);
    expect(a.py_eq(dictOf([3, 4]))).toBe(false);
    const ordered = (...items: PyObject[]): PyObject =>
      orderedDictType(new PyList(items.map((x) => new PyTuple([x, x]))));
    expect(ordered(1, 2).py_eq(ordered(1, 2))).toBe(true);
    expect(ordered(1, 2).py_eq(ordered(2, 1))).toBe(false);
  });

  it('raises KeyError with the key itself', () => {
    expect(thrown(() => dictOf([1, 2]).py_getitem(5))).toBe('KeyError: 5');
    expect(thrown(() => dictOf([1, 2]).py_delitem(5))).toBe('KeyError: 5');
  });
});

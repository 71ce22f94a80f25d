/** Tests of str: its text, its items and its methods. */
import { describe, expect, it } from 'vitest';
import '../../../../runtime/python/objects/exception';
import { findAttribute } from '../../../../runtime/python/interpreter/attributes';
import { call } from '../../../../runtime/python/interpreter/operators';
import type { PyObject } from '../../../../runtime/python/objects/object';
import { PySlice } from '../../../../runtime/python/objects/slice';
import { None } from '../../../../runtime/python/objects/object';
import { PyList } from '../../../../runtime/python/objects/list';
import { PyTuple } from '../../../../runtime/python/objects/tuple';
import { makeStr, PyWideStr } from '../../../../runtime/python/objects/str';
import { makeFloat } from '../../../../runtime/python/objects/float';

const method = (self: PyObject, name: string, ...args: PyObject[]): string =>
  call(findAttribute(self, name) as PyObject, ...args).py_repr();

/** What is raised, as `Type: message`. */
export function raised(work: () => unknown): string {
  try {
    work();
  } catch (e) {
    return `${(e as PyObject).cls.typeName}: ${(e as PyObject).py_str()}`;
  }
  return 'nothing';
}

describe('text', () => {
  it('keeps a string without surrogates and boxes any other', () => {
    expect(makeStr('é€')).toBe('é€');
    expect(makeStr('a😀')).toBeInstanceOf(PyWideStr);
  });

  it('shows itself in quotes with escapes', () => {
    expect(makeStr("it's").py_repr()).toBe('"it\'s"');
    expect(makeStr('\'"').py_repr()).toBe("'\\'\"'");
    expect(makeStr('\n\t\\\x7fé€😀').py_repr()).toBe("'\\n\\t\\\\\\x7f\\xe9\\u20ac\\U0001f600'");
  });

  it('counts, indexes and slices by code points', () => {
    const s = makeStr('a😀b');
    expect(s.py_len()).toBe(3);
    expect(s.py_getitem(-1)).toBe('b');
    expect(s.py_getitem(new PySlice(1, None, None)).py_str()).toBe('😀b');
    expect(method(s, 'find', 'b')).toBe('2');
    expect(raised(() => s.py_getitem(3))).toBe('IndexError: string index out of range');
  });

  it('orders by code points', () => {
    expect(makeStr('\uffff').py_lt(makeStr('😀'))).toBe(true);
    expect(raised(() => 'a'.py_lt(1))).toBe("TypeError: unsupported types for __lt__: 'str', 'int'");
  });
});

describe('methods', () => {
  it('split and join', () => {
    expect(method(' a b  c ', 'split')).toBe("['a', 'b', 'c']");
    expect(method('a b c', 'split', None, 1)).toBe("['a', 'b c']");
    expect(method('a,b,c', 'rsplit', ',', 1)).toBe("['a,b', 'c']");
    expect(method('-', 'join', new PyList(['a', 'b']))).toBe("'a-b'");
    expect(raised(() => method('-', 'join', new PyList([1])))).toBe(
      'TypeError: join expects a list of str/bytes objects consistent with self object',
    );
  });

  it('change case of ASCII letters only', () => {
    expect(method('aé', 'upper')).toBe("'A\\xe9'");
  });

  it('format', () => {
    expect(method('{:>5}|{:<5}|{:^5}|{:05d}', 'format', 'a', 'b', 'c', 42)).toBe("'    a|b    |  c  |00042'");
    expect(method('{0:.3f} {0:e} {0!r}', 'format', makeFloat(1.5))).toBe("'1.500 1.500000e+00 1.5'");
    expect(method('{:{}}', 'format', 'x', 3)).toBe("'x  '");
    expect(raised(() => method('{}', 'format'))).toBe('IndexError: tuple index out of range');
    expect(method('{:,}', 'format', 1234567)).toBe("'1,234,567'");
  });

  it('fill the % operator', () => {
    expect('%d %s %r %x %5.1f%%'.py_mod(new PyTuple([1, 'a', 'b', 255, makeFloat(2.25)])).py_repr()).toBe(
      '"1 a \'b\' ff   2.3%"',
    );
    expect(raised(() => '%d'.py_mod('a'))).toBe("TypeError: can't convert str to int");
  });
});

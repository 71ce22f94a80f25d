/** Tests of bytes, bytearray and array. */
import { describe, expect, it } from 'vitest';
import '../../../../runtime/python/objects/exception';
import '../../../../runtime/python/objects/str';
import { findAttribute } from '../../../../runtime/python/interpreter/attributes';
import { call } from '../../../../runtime/python/interpreter/operators';
import { arrayType } from '../../../../runtime/python/objects/array';
import { bytearrayType, bytesType, makeBytes } from '../../../../runtime/python/objects/bytes';
import { PyList } from '../../../../runtime/python/objects/list';
import { PyMemoryView } from '../../../../runtime/python/objects/memoryview';
import { None, type PyObject } from '../../../../runtime/python/objects/object';
import { PySlice } from '../../../../runtime/python/objects/slice';
import { encodeUtf8 } from '../../../../runtime/bytes/utf8';

const b = (text: string): PyObject => makeBytes(encodeUtf8(text));
const ba = (text: string): PyObject => bytearrayType(b(text));

function shown(work: () => PyObject): string {
  try {
    return work().py_repr();
  } catch (e) {
    return `${(e as PyObject).cls.typeName}: ${(e as PyObject).py_str()}`;
  }
}

const method = (self: PyObject, name: string, ...args: PyObject[]): string =>
  shown(() => call(findAttribute(self, name) as PyObject, ...args));

describe('bytes', () => {
  it('are made of counts, ints, text and buffers', () => {
    expect(shown(() => bytesType(2))).toBe("b'\\x00\\x00'");
    expect(shown(() => bytesType(new PyList([1, 2])))).toBe("b'\\x01\\x02'");
    expect(shown(() => bytesType(new PyList([256])))).toBe('ValueError: bytes value out of range');
    expect(shown(() => bytesType('é', 'utf8'))).toBe("b'\\xc3\\xa9'");
    expect(shown(() => bytesType('a'))).toBe('TypeError: string argument without an encoding');
  });

  it('show themselves with escapes', () => {
    expect(b('\'"\n').py_repr()).toBe("b'\\'\"\\n'");
    expect(b("it's").py_repr()).toBe('b"it\'s"');
  });

  it('are indexed, sliced, joined and searched', () => {
    expect(b('abc').py_getitem(-1)).toBe(99);
    expect(shown(() => b('abc').py_getitem(new PySlice(1, None, None)))).toBe("b'bc'");
    expect(shown(() => b('abc').py_getitem(3))).toBe('IndexError: bytes index out of range');
    expect(shown(() => b('a').py_add('b'))).toBe("b'ab'");
    expect(method(b(','), 'join', new PyList([b('a'), ba('b')]))).toBe("b'a,b'");
    expect(method(b('abcabc'), 'rfind', b('bc'))).toBe('4');
    expect(method(b('abc'), 'find', 98)).toBe('1');
    expect(method(b('abc'), 'find', 'b')).toBe("TypeError: can't convert 'str' object to bytes implicitly");
    expect(b('a').py_eq('a')).toBe(false);
    expect(b('a').py_eq(ba('a'))).toBe(true);
  });

  it('share the methods of str', () => {
    expect(method(b(' a b '), 'split')).toBe("[b'a', b'b']");
    expect(method(ba(' a '), 'strip')).toBe("bytearray(b'a')");
    expect(method(b('a-b'), 'replace', b('-'), b('+'))).toBe("b'a+b'");
    expect(method(b('ab'), 'hex', ':')).toBe("'61:62'");
    expect(method(makeBytes(Uint8Array.of(255)), 'decode')).toBe('UnicodeError: ');
    expect(shown(() => b('%s').py_mod(b('x')))).toBe("b'x'");
  });
});

describe('bytearray', () => {
  it('grows, and keeps the low byte of what is stored', () => {
    const x = ba('ab');
    expect(method(x, 'append', 300)).toBe('None');
    x.py_setitem(0, -1);
    expect(x.py_repr()).toBe("bytearray(b'\\xffb,')");
    x.py_iadd(x);
    expect(x.py_len()).toBe(6);
  });

  it('has slices replaced by longer and shorter ones', () => {
    const x = ba('abcdef');
    x.py_setitem(new PySlice(1, 3, None), b('XYZ'));
    expect(x.py_repr()).toBe("bytearray(b'aXYZdef')");
    x.py_setitem(new PySlice(0, 5, None), b(''));
    expect(x.py_repr()).toBe("bytearray(b'ef')");
    expect(shown(() => (x.py_setitem(new PySlice(0, 1, None), 'a'), None))).toBe(
      'NotImplementedError: array/bytes required on right side',
    );
  });

  it('shows changes through a memoryview', () => {
    const x = ba('ab');
    const view = new PyMemoryView(x.py_buffer()?.bytes as Uint8Array, 'B', false);
    x.py_setitem(0, 99);
    expect(view.py_getitem(0)).toBe(99);
  });
});

describe('array', () => {
  const h = (...items: number[]): PyObject => arrayType('h', new PyList(items));

  it('keeps items of its type', () => {
    expect(h(1, -2, 70000).py_repr()).toBe("array('h', [1, -2, 4464])");
    expect(shown(() => arrayType('h', b('1234')))).toBe("array('h', [12849, 13363])");
    expect(shown(() => arrayType('?'))).toBe('ValueError: bad typecode');
    expect(shown(() => h(1).py_getitem('a'))).toBe('TypeError: array indices must be integers, not str');
  });

  it('is extended, sliced and compared', () => {
    const x = h(1, 2);
    expect(method(x, 'extend', b('ab'))).toBe('None');
    expect(shown(() => x.py_getitem(new PySlice(1, None, None)))).toBe("array('h', [2, 25185])");
    expect(h(1).py_eq(h(1))).toBe(true);
    expect(shown(() => h(1).py_lt(h(2)))).toBe('NotImplementedError: ');
    expect(shown(() => h(1).py_add(h(2)))).toBe("array('h', [1, 2])");
  });
});

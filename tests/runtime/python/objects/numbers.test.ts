/** Tests of int, float and complex: made from values and text, and their hashes. */
import { describe, expect, it } from 'vitest';
import '../../../../runtime/python/objects/exception';
import '../../../../runtime/python/objects/str';
import { complexType } from '../../../../runtime/python/objects/complex';
import { floatType, makeFloat } from '../../../../runtime/python/objects/float';
import { intType } from '../../../../runtime/python/objects/int';
import type { PyFunction, PyObject } from '../../../../runtime/python/objects/object';
import { makeBytes } from '../../../../runtime/python/objects/bytes';

/** The repr of what a call gives, or what it raises, as `Type: message`. */
function shown(f: PyFunction, ...args: PyObject[]): string {
  try {
    return f(...args).py_repr();
  } catch (e) {
    return `${(e as PyObject).cls.typeName}: ${(e as PyObject).py_str()}`;
  }
}

describe('int', () => {
  it.each([
    ['12', 10, '12'],
    [' -0xFf\n', 16, '-255'],
    ['0b11', 0, '3'],
    ['1_000', 10, '1000'],
    ['z', 36, '35'],
    ['9007199254740993', 10, '9007199254740993'],
    ['f'.repeat(20), 16, '1208925819614629174706175'],
    ['077', 0, "ValueError: invalid syntax for integer with base 0: '077'"],
    ['é', 10, "ValueError: invalid syntax for integer with base 10: '\\xc3\\xa9'"],
    ['1', 37, 'ValueError: int() arg 2 must be >= 2 and <= 36'],
  ])('reads %j in base %d', (text, base, result) => {
    expect(shown(intType, text, base)).toBe(result);
  });

  it('takes floats without their fraction, and refuses what has none', () => {
    expect(shown(intType, makeFloat(-1.9))).toBe('-1');
    expect(shown(intType, makeFloat(1e20))).toBe('100000000000000000000');
    expect(shown(intType, makeFloat(NaN))).toBe("ValueError: can't convert NaN to int");
    expect(shown(intType, makeBytes(Uint8Array.of(255)))).toBe(
      "ValueError: invalid syntax for integer with base 10: '\\xff'",
    );
  });

  it('turns into bytes and back', () => {
    const toBytes = (self: PyObject, ...args: PyObject[]): string =>
      shown(intType.table.$to_bytes as PyFunction, self, ...args);
    expect(toBytes(258, 2, 'little')).toBe("b'\\x02\\x01'");
    expect(toBytes(256, 1)).toBe('OverflowError: value would overflow a 1 byte buffer');
    expect(toBytes(-1, 1)).toBe("OverflowError: can't convert negative int to unsigned");
    expect(toBytes(2n ** 64n, 9)).toBe("b'\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'");
  });
});

describe('float', () => {
  it.each([
    [' 1.5 ', '1.5'],
    ['1_0.5', '10.5'],
    ['-infinity', '-inf'],
    ['.', '0.0'],
    ['1e400', 'inf'],
    ['1e', 'ValueError: invalid syntax for number'],
    ['infx', 'ValueError: invalid syntax for number'],
    ['', 'ValueError: invalid syntax for number'],
  ])('reads %j', (text, result) => {
    expect(shown(floatType, text)).toBe(result);
  });

  it('has the hash of the int it equals', () => {
    for (const x of [0, -12, 2 ** 40, -(2 ** 40)]) expect(makeFloat(x).py_hash()).toBe(x.py_hash());
    expect(makeFloat(2 ** 70).py_hash()).toBe((2n ** 70n).py_hash());
  });
});

describe('complex', () => {
  it.each([
    ['1+2j', '(1+2j)'],
    [' -1-2j ', '(-1-2j)'],
    ['j', '1j'],
    ['1', '(1+0j)'],
    ['1+2', 'ValueError: invalid syntax for number'],
  ])('reads %j', (text, result) => {
    expect(shown(complexType, text)).toBe(result);
  });

  it('computes with numbers of every kind', () => {
    const i = complexType(0, 1);
    expect(i.py_mul(i).py_repr()).toBe('(-1+0j)');
    expect((2).py_add(i).py_repr()).toBe('(2+1j)');
    expect(makeFloat(1.5).py_mul(i).py_repr()).toBe('1.5j');
    expect((1).py_eq(complexType(1))).toBe(true);
    expect(shown((x) => x.py_floordiv(1), i)).toBe("TypeError: can't truncate-divide a complex number");
    expect(shown((x) => x.py_truediv(0), i)).toBe('ZeroDivisionError: complex divide by zero');
  });
});

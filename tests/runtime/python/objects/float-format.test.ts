/** Tests of floats as text, in both precisions. */
import { describe, expect, it } from 'vitest';
import { floatRepr, formatFloat } from '../../../../runtime/python/objects/float-format';
import { readSingle } from '../../../../runtime/python/objects/single-float-format';

const { fround } = Math;
const single = (x: number): string => floatRepr(fround(x), true);

describe('floats of a computer', () => {
  it('show the 16 digits that read the same, rather than the fewest', () => {
    expect(floatRepr(0.1, false)).toBe('0.1');
    expect(floatRepr(724.108, false)).toBe('724.1079999999999');
    expect(floatRepr(0.1 + 0.2, false)).toBe('0.30000000000000004');
    expect(floatRepr(1e-307, false)).toBe('1e-307');
  });

  it('take an exponent below −4 and from 16 on', () => {
    expect(floatRepr(1e-5, false)).toBe('1e-05');
    expect(floatRepr(0.0001, false)).toBe('0.0001');
    expect(floatRepr(1e15, false)).toBe('1000000000000000.0');
    expect(floatRepr(1e16, false)).toBe('1e+16');
    expect(floatRepr(-0, false)).toBe('-0.0');
    expect(floatRepr(NaN, false)).toBe('nan');
  });

  it('are rounded as the x87 rounds where a digit is nearly half-way', () => {
    expect(floatRepr(602.43, false)).toBe('602.43');
    expect(floatRepr(81926592.0968542, false)).toBe('81926592.0968542');
  });

  it('have no more digits than fit the buffer', () => {
    expect(formatFloat(1e25, 'f', -1, '', false)).toBe('10000000000000000000000000.0000');
    expect(formatFloat(1e30, 'f', -1, '', false)).toBe('1e+30');
    expect(formatFloat(1.5, 'f', 30, '', false)).toBe('1.50000000000000000000000000000');
    expect(formatFloat(0.1, 'f', 20, '', false)).toBe('0.10000000000000000000');
  });
});

describe('floats of a board', () => {
  it('show the fewest digits that a board reads as the same', () => {
    const shown = [0.1, 1 / 3, 3.14159265, 100, 98.6, 0.3, 1e10, 16777216, 1e-5, 299792458, 6.02e23].map(single);
    expect(shown).toEqual([
      '0.1', '0.33333334', '3.1415928', '100.0', '98.6', '0.3', '10000000000.0', '16777216.0', '1e-05', '299792440.0', '6.02e+23',
    ]); // prettier-ignore
  });

  it('read back as the same float', () => {
    let seed = 1;
    for (let i = 0; i < 2000; i++) {
      seed = (seed * 48271) % 2147483647;
      const x = fround((seed / 2147483647) * 10 ** ((i % 40) - 20));
      const back = readSingle(single(x).replace('e+', 'e'));
      expect(Math.abs(back - x) / x).toBeLessThan(2 ** -23);
    }
  });

  it('are rounded by %', () => {
    expect(formatFloat(fround(3.14159), 'f', 3, '', true)).toBe('3.142');
    expect(formatFloat(fround(12345.678), 'e', 4, '', true)).toBe('1.2346e+04');
    expect(formatFloat(fround(0.1), 'g', 3, '+', true)).toBe('+0.1');
    expect(formatFloat(fround(0.001234), 'f', 6, '', true)).toBe('0.001234');
  });
});

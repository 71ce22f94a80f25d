import { describe, expect, test } from 'vitest';
import { LiteralError, bytesLiteral, parseLiteral, stringLiteral } from '../../../runtime/link/python-literal';

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);

describe('a literal that is written', () => {
  test('holds no byte that raw mode or a line would take as a sign', () => {
    expect(bytesLiteral(ALL_BYTES)).toMatch(/^[\x20-\x7e]+$/);
    expect(stringLiteral('é€𝄞\x01\x04\n')).toMatch(/^[\x20-\x7e]+$/);
  });

  test('reads back as the same bytes and the same text', () => {
    expect(parseLiteral(bytesLiteral(ALL_BYTES))).toEqual(ALL_BYTES);
    const text = 'a\'b"c\\d\né€𝄞\x7f\x00';
    expect(parseLiteral(stringLiteral(text))).toBe(text);
  });
});

describe('a literal that is read', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['None', null],
    ['True', true],
    [' ( ) ', []],
    ["('flash', 16384, 0)", ['flash', 16384, 0]],
    ['(1,)', [1]],
    ["[b'a\\x00', -3, 1.5e-3]", [Uint8Array.of(0x61, 0), -3, 0.0015]],
    ['-inf', -Infinity],
    ['9007199254740993', 9007199254740993n],
    ['"it\'s"', "it's"],
    ["'\\x41\\u20ac\\U0001d11e\\101'", 'A€𝄞A'],
    [
      "{'a': 1, 2: [None]}",
      new Map<unknown, unknown>([
        ['a', 1],
        [2, [null]],
      ]),
    ],
    ['{1, 2}', new Set([1, 2])],
    ['{}', new Map()],
    ['set()', new Set()],
  ];
  for (const [text, value] of cases) {
    test(`${text} has its value`, () => {
      expect(parseLiteral(text)).toEqual(value);
    });
  }

  for (const text of [
    '',
    '1+1',
    'foo',
    '(1',
    '[1 2]',
    "'abc",
    "b'\\q'",
    "'\\x4'",
    "'\\U00110000'",
    '{1: 2, 3}',
    '1 2',
    '<object>',
  ]) {
    test(`${text || 'nothing'} is refused`, () => {
      expect(() => parseLiteral(text)).toThrow(LiteralError);
    });
  }
});

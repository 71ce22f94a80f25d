/** Checks UTF-8 against the engine's own encoder and decoder. */

import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, Utf8Decoder, Utf8Error, utf8Length } from '../../../runtime/bytes/utf8';

const texts = [
  '',
  'plain',
  'ÿ\u0080\u07ff',
  'Straße €\uffff',
  '\ud83d\ude00 and \udbff\udfff',
  'x'.repeat(20000) + 'é',
];

const broken: [string, number[]][] = [
  ['a lone continuation byte', [0x41, 0x80, 0x42]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['an overlong three-byte sequence', [0xe0, 0x80, 0xaf]],
  ['a cut three-byte sequence', [0xe2, 0x82]],
  ['a cut sequence and then a letter', [0xf0, 0x9f, 0x98, 0x41]],
  ['a code point above the last one', [0xf4, 0x90, 0x80, 0x80]],
  ['a lead byte that means nothing', [0xff, 0xfe, 0x41]],
  ['two lead bytes', [0xe2, 0xe2, 0x82, 0xac]],
];

describe('utf8Length', () => {
  it.each([...texts, 'half \ud83d', '\ude00 half'])('is how long the bytes are of text %#', (text) => {
    expect(utf8Length(text)).toBe(encodeUtf8(text).length);
  });
});

describe('encodeUtf8 and decodeUtf8', () => {
  it.each(texts)('agree with the engine about text %#', (text) => {
    expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
    expect(decodeUtf8(new TextEncoder().encode(text))).toBe(text);
  });

  it('give a lone surrogate three bytes and take them back', () => {
    expect([...encodeUtf8('a\ud800b\udc00')]).toEqual([0x61, 0xed, 0xa0, 0x80, 0x62, 0xed, 0xb0, 0x80]);
    expect(decodeUtf8(encodeUtf8('a\ud800b\udc00'))).toBe('a\ud800b\udc00');
  });

  it.each(broken)('refuse %s', (_name, bytes) => {
    expect(() => decodeUtf8(Uint8Array.from(bytes))).toThrow(Utf8Error);
  });

  it('say where the bytes go wrong', () => {
    expect(() => decodeUtf8(Uint8Array.of(0x41, 0xc3, 0xa9, 0x80))).toThrow('byte 3');
  });
});

describe('Utf8Decoder', () => {
  function decodeInChunks(bytes: Uint8Array, size: number): string {
    const decoder = new Utf8Decoder();
    let text = '';
    for (let start = 0; start < bytes.length; start += size)
      text += decoder.decode(bytes.subarray(start, start + size));
    return text + decoder.flush();
  }

  it.each([1, 2, 3, 5])('puts characters together that were cut every %i bytes', (size) => {
    const text = 'é€\ud83d\ude00z'.repeat(50);
    expect(decodeInChunks(new TextEncoder().encode(text), size)).toBe(text);
  });

  it.each(broken)('replaces %s as TextDecoder does, however it is cut', (_name, bytes) => {
    const expected = new TextDecoder().decode(Uint8Array.from(bytes));
    for (const size of [1, 2, 10]) expect(decodeInChunks(Uint8Array.from(bytes), size)).toBe(expected);
  });

  it('agrees with TextDecoder about random bytes', () => {
    let seed = 7;
    const random = (): number => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 24;
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from({ length: 40 }, random);
      expect(decodeInChunks(bytes, 7)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    }
  });

  it('starts anew after flush', () => {
    const decoder = new Utf8Decoder();
    expect(decoder.decode(Uint8Array.of(0xe2))).toBe('');
    expect(decoder.flush()).toBe('\ufffd');
    expect(decoder.decode(Uint8Array.of(0x41))).toBe('A');
    expect(decoder.flush()).toBe('');
  });
});

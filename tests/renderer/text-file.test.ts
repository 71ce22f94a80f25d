// Facts about the bytes of a file as a text.
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../renderer/state/text-file';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decodeText', () => {
  it('gives the lines of a text', () => {
    expect(decodeText(utf8('a\nbä€😀\n'))).toEqual({ lines: ['a', 'bä€😀', ''], lineEnd: '\n' });
  });

  it('keeps CR LF when every line ends so', () => {
    expect(decodeText(utf8('a\r\nb\r\n'))).toEqual({ lines: ['a', 'b', ''], lineEnd: '\r\n' });
  });

  it('keeps each CR of a text with mixed line ends', () => {
    expect(decodeText(utf8('a\r\nb\n'))).toEqual({ lines: ['a\r', 'b', ''], lineEnd: '\n' });
  });

  it('keeps a byte order mark', () => {
    expect(decodeText(utf8('\ufeffa'))).toEqual({ lines: ['\ufeffa'], lineEnd: '\n' });
  });

  it.each([
    ['the first byte of a PNG', bytes(0x89, 0x50, 0x4e, 0x47), 0x89, 0],
    ['a NUL', bytes(0x61, 0x00, 0x62), 0x00, 1],
    ['a sequence that is cut off', bytes(0x61, 0xe2, 0x82), 0xe2, 1],
    ['an overlong slash', bytes(0xc0, 0xaf), 0xc0, 0],
    ['a surrogate', bytes(0xed, 0xa0, 0x80), 0xed, 0],
    ['more than Unicode has', bytes(0xf4, 0x90, 0x80, 0x80), 0xf4, 0],
  ])('refuses %s and says where it is', (_what, data, byte, position) => {
    expect(decodeText(data)).toEqual({ byte, position });
  });
});

import { describe, expect, test } from 'vitest';
import { decodeSource } from '../../../main/python/decode-source';
import { Utf8Error } from '../../../runtime/bytes/utf8';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

describe('the text of a source', () => {
  test('is UTF-8, whatever is declared', () => {
    expect(decodeSource(bytes('# coding: latin-1\n\xc3\xa9'))).toBe('# coding: latin-1\né');
  });

  test.each([
    ['# -*- coding: iso-8859-1 -*-\n\xe9\x80', '\u00e9\u0080'],
    ['#!/bin/sh\n# vim: set fileencoding=latin_1 :\n\xe9', 'é'],
    ['\r\n#coding=koi8-r\r\n\xf0', 'П'],
    ['# coding: cp1252\n\x80', '€'],
    ['# coding: utf-16-le\n\xff', undefined],
    ['# coding: no-such\n\xff', undefined],
    ['x = 1\n\n# coding: latin-1\n\xff', undefined],
    ['\xff', undefined],
  ])('of %j ends as declared', (source, last) => {
    if (last === undefined) expect(() => decodeSource(bytes(source))).toThrow(Utf8Error);
    else expect(decodeSource(bytes(source)).endsWith(last)).toBe(true);
  });
});

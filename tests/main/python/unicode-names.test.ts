import { expect, test } from 'vitest';
import { unicodeName } from '../../../main/python/unicode-names';

test.each([
  ['SPACE', ' '],
  ['latin small letter a with macron', 'ā'],
  ['GRINNING FACE', '😀'],
  ['TIBETAN LETTER -A', 'འ'],
  ['LF', '\n'],
  ['NBSP', '\u00a0'],
  ['LATIN SMALL LETTER GHA', 'ƣ'],
  ['VARIATION SELECTOR-256', '\u{e01ef}'],
  ['HANGUL SYLLABLE GAG', '각'],
  ['HANGUL SYLLABLE A', '아'],
  ['CJK UNIFIED IDEOGRAPH-4E00', '一'],
  ['CJK UNIFIED IDEOGRAPH-20000', '\u{20000}'],
  ['NUSHU CHARACTER-1B170', '\u{1b170}'],
])('%s is %j', (name, character) => {
  expect(unicodeName(name)).toBe(character);
});

test.each([
  '',
  'constructor',
  'NO SUCH NAME',
  'HANGUL SYLLABLE ',
  'CJK UNIFIED IDEOGRAPH-41',
  'CJK UNIFIED IDEOGRAPH-',
  'CJK UNIFIED IDEOGRAPH-#',
  'SPACE\n21\tEXCLAMATION MARK',
])('%j is no name', (name) => {
  expect(unicodeName(name)).toBeNull();
});

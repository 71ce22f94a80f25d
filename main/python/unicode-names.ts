/** What `\N{name}` stands for: the names of the Unicode database, from a table that is read when the first is asked for. */
import { readFileSync } from 'node:fs';
import { resourcePath } from '../resources';

interface Run {
  readonly first: number;
  readonly last: number;
  /** What stands before the code in each name: `CJK UNIFIED IDEOGRAPH-`. */
  readonly prefix: string;
}

interface Names {
  /** Lines of a code, a tab and a name, as main/dev/unicode-names.py writes them. */
  readonly text: string;
  readonly runs: readonly Run[];
}

function readNames(): Names {
  const text = readFileSync(resourcePath('unicode-names.txt'), 'latin1');
  const lines = text.matchAll(/^(\w+)-(\w+)\t(.+)#$/gm);
  const runs = Array.from(lines, ([, first = '', last = '', prefix = '']) => {
    return { first: parseInt(first, 16), last: parseInt(last, 16), prefix };
  });
  return { text, runs };
}

function listed(name: string, text: string): number | undefined {
  const at = text.indexOf(`\t${name}\n`);
  return at < 0 ? undefined : parseInt(text.slice(text.lastIndexOf('\n', at) + 1, at), 16);
}

/** The parts of a Korean syllable, in the order of their codes. */
const INITIALS = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ');
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const FINALS = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');
const FIRST_SYLLABLE = 0xac00;

function syllable(name: string): number | undefined {
  const parts = /^HANGUL SYLLABLE ([^AEIOUWY]*)([AEIOUWY]+)([^AEIOUWY]*)$/.exec(name);
  if (parts === null) return undefined;
  const [initial, vowel, final] = [INITIALS, VOWELS, FINALS].map((list, i) => list.indexOf(parts[i + 1] as string));
  if (initial === undefined || vowel === undefined || final === undefined) return undefined;
  if (initial < 0 || vowel < 0 || final < 0) return undefined;
  return FIRST_SYLLABLE + (initial * VOWELS.length + vowel) * FINALS.length + final;
}

function numbered(name: string, runs: readonly Run[]): number | undefined {
  const [, prefix, digits = ''] = /^(.+-)([1-9A-F][\dA-F]{3,4})$/.exec(name) ?? [];
  const code = parseInt(digits, 16);
  return runs.some((run) => run.prefix === prefix && run.first <= code && code <= run.last) ? code : undefined;
}

let read: Names | undefined;

/** What names are made of: no name reaches over a line, or is the pattern of a run. */
const NAME = /^[A-Z\d ()-]+$/;

/** The character of a name, in capitals or not, or null. */
export function unicodeName(name: string): string | null {
  const wanted = name.toUpperCase();
  if (!NAME.test(wanted)) return null;
  const { text, runs } = (read ??= readNames());
  const code = listed(wanted, text) ?? syllable(wanted) ?? numbered(wanted, runs);
  return code === undefined ? null : String.fromCodePoint(code);
}

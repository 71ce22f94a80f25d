/** What `\N{name}` stands for: the names of the Unicode database, from a table that is read when the first is asked for. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { resourcePath } from '../resources';

interface Run {
  readonly first: number;
  readonly last: number;
  /** What stands before the code in each name: `CJK UNIFIED IDEOGRAPH-`. */
  readonly prefix: string;
}

interface Names {
  readonly codes: ReadonlyMap<string, number>;
  readonly runs: readonly Run[];
}

/** Takes the file apart that main/dev/unicode-names.py writes. */
function readNames(): Names {
  const text = inflateSync(readFileSync(resourcePath('unicode-names.zlib'))).toString('latin1');
  const [names = '', aliases = '', runs = ''] = text.split('\n\n');
  const codes = new Map<string, number>();
  let code = -1;
  let before: string[] = [];
  for (const line of names.split('\n')) {
    const tab = line.indexOf('\t');
    code += tab === 0 ? 1 : parseInt(line, 16) + 1;
    const [, same = '', rest = ''] = /^(\d*)(.*)$/.exec(line.slice(tab + 1)) ?? [];
    const words = before.slice(0, Number(same));
    if (rest !== '') words.push(...rest.split(' '));
    codes.set(words.join(' '), code);
    before = words;
  }
  for (const line of aliases.split('\n')) codes.set(line.slice(line.indexOf('\t') + 1), parseInt(line, 16));
  return { codes, runs: runs.split('\n').map(readRun) };
}

function readRun(line: string): Run {
  const [, first = '', last = '', prefix = ''] = /^(\w+)-(\w+)\t(.+)$/.exec(line) ?? [];
  return { first: parseInt(first, 16), last: parseInt(last, 16), prefix };
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

/** The character of a name, in capitals or not, or null. */
export function unicodeName(name: string): string | null {
  const { codes, runs } = (read ??= readNames());
  const wanted = name.toUpperCase();
  const code = codes.get(wanted) ?? syllable(wanted) ?? numbered(wanted, runs);
  return code === undefined ? null : String.fromCodePoint(code);
}

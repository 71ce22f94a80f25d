/** Python sources with mistakes: those of tests/python, changed at random by tokens and by characters. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from './random';

/** The sources, as lines; found from the folder of the project. */
const sources = (): string[][] => {
  const folder = join(process.cwd(), 'tests/python');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'));
  const texts = names.sort().map((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return texts.filter((lines) => lines.length > 3);
};

let read: string[][] | undefined;

const TOKENS = [
  ...'( ) [ ] { } : , ; . ... -> := = == != < <= >= << >> + - * ** / // % @ & | ^ ~ += **= @= \\ ! $ ? ` # '.split(' '),
  ...'if else elif for while def class lambda return yield from import as try except finally raise with async await del pass'.split(' '),
  ...'global nonlocal assert break continue not and or in is None True False match case print __proto__ constructor self x'.split(' '),
  ...'0 1 -7 0x 0xfg 1e 1e999 1.5 .5 1_000 1j 0b2 00 12345678901234567890123'.split(' '),
  ...`' " ''' """ f" f' b' r" rb' u' f"{ }" '{}' "\\x" '\\N{' {{ !r :>10`.split(' '),
  '\n', '\n    ', '\n  ', '\t', '\r', '\f', '\0', '\u2028', '\ud800', '\ufeff', '😀', 'é', '\\\n', ' ', '        ',
]; // prettier-ignore

const pieces = (text: string): string[] => text.match(/\w+|[^\S\n]+|\n|[^\w\s]/g) ?? [];

/** A token many times, but no source that grows without end. */
const repeated = (token: string, times: number): string =>
  token.repeat(Math.min(times, Math.ceil(100_000 / (token.length + 1))));

type Change = (r: Random, tokens: string[], at: number) => void;

const CHANGES: readonly Change[] = [
  (r, tokens, at) => tokens.splice(at, r.between(1, 3)),
  (r, tokens, at) => tokens.splice(at, 0, r.pick(TOKENS)),
  (r, tokens, at) => tokens.splice(at, 1, r.pick(TOKENS)),
  (r, tokens, at) => tokens.splice(at, 0, ...tokens.slice(at, at + r.between(1, 20))),
  (r, tokens, at) => tokens.splice(at, 1, tokens[r.below(tokens.length)] ?? ''),
  (r, tokens, at) => tokens.splice(at, 0, ...tokens.splice(r.below(tokens.length), r.between(1, 8))),
  (r, tokens, at) => tokens.splice(at, 1, repeated(tokens[at] ?? '', r.pick([2, 3, 50, 1000]))),
  (r, tokens, at) => tokens.splice(at, 0, r.pick(TOKENS).repeat(r.pick([5, 100, 3000]))),
  (r, tokens, at) => {
    const token = tokens[at] ?? '';
    const place = r.below(token.length + 1);
    tokens[at] =
      token.slice(0, place) + String.fromCharCode(r.below(r.pick([128, 256, 65536]))) + token.slice(place + r.below(2));
  },
  (_, tokens, at) => tokens.splice(at),
];

/** Names that are worth a try in place of another, and values that are worth a try in place of a number. */
const NAMES = [
  ...'__proto__ constructor prototype toString valueOf hasOwnProperty __defineGetter__ __class__ __dict__ __init__ __new__'.split(' '),
  ...'__getattr__ __setattr__ __eq__ __hash__ __call__ __iter__ __next__ __enter__ __del__ __name__ __globals__ length name'.split(' '),
  ...'self x list dict tuple set str bytes int float object type super iter next getattr setattr globals locals eval exec'.split(' '),
]; // prettier-ignore
const VALUES = [
  ...'0 -1 2 255 1073741824 4611686018427387904 (1<<64) 1e308 1e-320 float("nan") 1j "" "a" b"" b"x" [] () {} None True'.split(' '),
  ...'set() object() range(3) [[]] {1:2} slice(1) type(1) iter([]) lambda:0 (yield) ...'.split(' '),
]; // prettier-ignore
const OPERATORS = '+ - * / // % ** << >> & | ^ == != < <= > >= and or in is , . = :'.split(' ');

/** Something else of the same kind, so that most sources still compile. */
function substitute(r: Random, token: string, tokens: readonly string[]): string {
  if (/^\d/.test(token)) return r.pick(VALUES);
  if (/^\w/.test(token))
    return r.chance(50) ? r.pick(NAMES) : (r.pick(tokens.filter((t) => /^[A-Za-z_]/.test(t))) ?? token);
  if (OPERATORS.includes(token)) return r.pick(OPERATORS);
  return token;
}

/** A whole source in which a few words are others: what is worth running. */
export function slip(seed: number): string {
  read ??= sources();
  const r = new Random(Math.imul(seed, 0x85ebca6b));
  const lines = r.pick(read);
  const first = r.chance(80) ? 0 : r.below(lines.length);
  // A part begins at a line that stands for itself.
  const start = lines.findIndex((line, i) => i >= first && /^\w/.test(line) && !/^(el|exc|fin)/.test(line));
  const tokens = pieces(lines.slice(Math.max(0, start)).join('\n'));
  for (let i = r.between(1, 6); i > 0; i--) {
    const at = r.below(tokens.length);
    tokens[at] = substitute(r, tokens[at] ?? '', tokens);
  }
  return tokens.join('');
}

/** A part of a source with a few changes. */
export function mutation(seed: number): string {
  read ??= sources();
  const r = new Random(Math.imul(seed, 0x9e3779b1));
  const lines = r.pick(read);
  const first = r.below(lines.length);
  const tokens = pieces(lines.slice(first, first + r.between(1, 40)).join('\n'));
  for (let i = r.between(1, 5); i > 0; i--) r.pick(CHANGES)(r, tokens, r.below(tokens.length + 1));
  return tokens.join('').slice(0, 60_000);
}

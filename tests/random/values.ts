/** Random Python values, written as expressions, with the edges at which implementations differ. */
import type { Random } from './random';

const EDGES = [7, 8, 15, 16, 29, 30, 31, 32, 33, 52, 53, 54, 60, 61, 62, 63, 64, 65, 100, 127, 128].map(
  (bits) => 1n << BigInt(bits),
);

/** The digits of a whole number, negative ones included. */
export function intText(r: Random): string {
  const magnitude = r.chance(50)
    ? BigInt(r.pick([0, 1, 1, 2, 2, 3, 4, 5, 7, 8, 10, 13, 16, 99, 100, 255, 256, 1000, 65535]))
    : r.chance(75)
      ? r.pick(EDGES) + BigInt(r.between(-2, 2))
      : BigInt(r.list(1, 30, () => String(r.below(10)), '')) + 1n;
  return String(r.chance(35) ? -magnitude : magnitude);
}

export function smallInt(r: Random): string {
  return String(r.between(-4, 9));
}

/** A number in hexadecimal, octal or binary now and then. */
export function intLiteral(r: Random): string {
  const text = intText(r);
  if (!r.chance(12) || text.startsWith('-')) return text;
  const value = BigInt(text);
  return r.pick([
    `0x${value.toString(16)}`,
    `0X${value.toString(16).toUpperCase()}`,
    `0o${value.toString(8)}`,
    `0b${value.toString(2)}`,
  ]);
}

const FLOATS =
  '0.0 -0.0 1.0 -1.0 0.5 1.5 2.5 -2.5 0.1 0.2 0.3 1e-5 1e-4 0.0001234 12345.678 1e15 1e16 1e17 123456789012345678.0 ' +
  '1e21 1e22 1e23 1e100 1.7976931348623157e308 5e-324 2.2250738585072014e-308 1e-310 9007199254740993.0 4294967296.0 ' +
  '2147483648.0 -2147483649.0 1073741824.0 3.141592653589793 2.718281828459045 1e300 1e-300 0.1e-6 99.99999 ' +
  '100.0 1000000.0 -7.0 3.0';

/** Only decimals that are read without rounding: MicroPython rounds some of the others twice. */
export function float(r: Random): string {
  if (r.chance(8)) return r.pick(["float('inf')", "float('-inf')", "float('nan')"]);
  if (r.chance(65)) return r.word(FLOATS);
  const digits = r.list(1, r.pick([3, 8, 17]), () => String(r.below(10)), '');
  return `${r.chance(30) ? '-' : ''}${digits}.${r.word('0 5 25 75 125 0625 375')}`;
}

/** A complex number whose parts have short texts. */
export function complex(r: Random): string {
  const part = (): string => r.word('0 1 2 3 0.5 1.5 -1 -2 4 0.25 -0.0');
  return r.chance(40) ? `${r.word('0 1 2 1.5 3')}j` : `complex(${part()}, ${part()})`;
}

export function number(r: Random): string {
  const kind = r.below(100);
  if (kind < 55) return intLiteral(r);
  if (kind < 88) return float(r);
  return kind < 95 ? r.word('True False') : complex(r);
}

const CHARACTERS = [
  ...'aabbcc  ABxyz019._-,:;%{}[]()/\\\'"', '\n', '\t', '\r', '\0', '\x01', '\x7f', 'é', 'ß', '名', '\u2028', 'Ω', '😀',
]; // prettier-ignore

/** The escape of a character, of a random kind. */
function escaped(r: Random, character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const simple: Record<string, string> = {
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\\': '\\\\',
    "'": "\\'",
    '"': '\\"',
  };
  if (code > 0xffff) return r.chance(50) ? character : `\\U${code.toString(16).padStart(8, '0')}`;
  if (code > 0xff) return r.chance(50) ? character : `\\u${code.toString(16).padStart(4, '0')}`;
  const hex = `\\x${code.toString(16).padStart(2, '0')}`;
  if (code > 126) return r.chance(50) ? character : hex;
  const short = simple[character];
  if (short !== undefined) return r.chance(80) ? short : hex;
  return code < 32 || code === 127 || r.chance(3) ? hex : character;
}

/** A text as a literal. */
export function text(r: Random, longest = 8): string {
  const quote = r.pick(["'", '"']);
  return quote + r.list(0, longest, () => escaped(r, r.pick(CHARACTERS)), '') + quote;
}

/** A text of plain letters and digits. */
export function word(r: Random): string {
  return `'${r.pick(['', 'a', 'b', 'ab', 'abc', 'ABC', 'aXbX', 'hello', 'aaaa', 'abab', ' x ', '12', 'a b c', '-5', 'x=1', 'é', '名前', 'a\\nb'])}'`;
}

export function bytes(r: Random, longest = 6): string {
  const escapes = (): string =>
    r.pick([...'aabbc XYZ019', '\\x00', '\\xff', '\\x80', '\\n', '\\t', '\\\\', "\\'", '\\"', '\\x7f']);
  return `b'${r.list(0, longest, escapes, '')}'`;
}

/** A value that is no container. */
export function atom(r: Random): string {
  const kind = r.below(100);
  if (kind < 50) return number(r);
  if (kind < 75) return text(r, 5);
  return kind < 90 ? bytes(r) : r.word('None True False ...');
}

/** A text, bytes, an atom and a value with ASCII characters only. */
export const plainText = (r: Random): string =>
  `'${r.list(0, 6, () => r.pick([...'abAB xyz019._-%{}', '\\n', '\\t']), '')}'`;
export const plainBytes = (r: Random): string => `b${plainText(r)}`;

export function plainAtom(r: Random): string {
  const kind = r.below(100);
  if (kind < 55) return number(r);
  if (kind < 80) return plainText(r);
  return kind < 90 ? plainBytes(r) : r.word('None True False ...');
}

export function plainValue(r: Random): string {
  return r.chance(70)
    ? plainAtom(r)
    : r.pick([sequence(r, plainAtom), '{}', 'int', 'len', `range(${smallInt(r)})`, `bytearray(${plainBytes(r)})`]);
}

/** A list or tuple, nested now and then. */
export function sequence(r: Random, item: (r: Random) => string = atom, depth = 1): string {
  const one = (): string => (depth > 0 && r.chance(12) ? sequence(r, item, depth - 1) : item(r));
  if (r.chance(60)) return `[${r.list(0, 6, one)}]`;
  const items = r.some(0, 5, one);
  return items.length === 1 ? `(${items[0] ?? ''},)` : `(${items.join(', ')})`;
}

/** What may stand in square brackets as a slice. */
export function slice(r: Random): string {
  const bound = (): string =>
    r.chance(30) ? '' : r.chance(92) ? String(r.between(-8, 8)) : r.word('None True -1000 1000 2**70 -2**70');
  const step = r.chance(60) ? '' : `:${r.chance(15) ? '' : r.word('1 -1 2 -2 3 -3 -1 1 0 None 100 -100')}`;
  return `${bound()}:${bound()}${step}`;
}

/** A value of any type; dicts and sets are small enough to be alike in every order. */
export function value(r: Random): string {
  const kind = r.below(100);
  if (kind < 55) return atom(r);
  if (kind < 80) return sequence(r);
  return r.pick([
    `{${atom(r)}: ${atom(r)}}`, '{}', 'set()', `{${text(r, 3)}}`, `range(${smallInt(r)})`, `bytearray(${bytes(r)})`,
    `range(${smallInt(r)}, ${smallInt(r)}, ${r.word('1 2 -1 3')})`, `slice(${smallInt(r)})`, 'int', 'str', 'len',
    `frozenset([${smallInt(r)}])`, 'ValueError(1)', "KeyError('a')", 'object',
  ]); // prettier-ignore
}

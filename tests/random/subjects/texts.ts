/** Random programs: texts and bytes, their methods, escapes, searches and conversions. */
import { bytes, float, intLiteral, sequence, slice, smallInt, text, value, word } from '../values';
import type { Random } from '../random';
import type { Script } from '../script';

/**
 * Where a native MicroPython reads memory that is not its own, no call is made: searching bytes for nothing, centring in less
 * than nothing.
 */

/** Methods with the kinds of their arguments: t a text, s one that is not empty, p one of plain letters, n a small number, l a list of texts, d the arguments of decode. */
const METHODS = [
  'upper', 'lower', 'strip', 'lstrip', 'rstrip', 'strip p', 'lstrip p', 'rstrip p', 'split', 'split t', 'split t n', 'rsplit t n',
  'rsplit', 'rsplit t', 'split None n', 'find s', 'find s n', 'find s n n', 'rfind s', 'rfind s n', 'rfind s n n', 'index s', 'rindex s n',
  'count t', 'count t n', 'count t n n', 'replace s t', 'replace s t n', 'startswith t', 'startswith t n', 'endswith t', 'join l',
  'partition t', 'rpartition t', 'splitlines', 'splitlines True', 'isspace', 'isalpha', 'isdigit', 'isupper', 'islower',
  'zfill n', 'title', 'encode', 'decode', 'hex', 'format n', 'format t n', 'capitalize', 'isalnum', 'swapcase',
].map((row) => row.split(' ')); // prettier-ignore

/** What the two kinds of text differ in. */
interface Kind {
  readonly any: (r: Random) => string;
  readonly short: (r: Random) => string;
}

const TEXT: Kind = {
  any: (r) => (r.chance(50) ? word(r) : text(r)),
  short: (r) => (r.chance(60) ? word(r) : text(r, 2)),
};
const BYTES: Kind = {
  any: (r) => (r.chance(30) ? `bytearray(${bytes(r)})` : bytes(r)),
  short: (r) => r.pick(["b'a'", "b'b'", "b''", "b' '", "b'ab'", bytes(r, 2)]),
};

function argument(r: Random, kind: Kind, what: string): string {
  if (r.chance(3)) return r.word('None 1.5 5 str [] True (1,)');
  switch (what) {
    case 't':
      return kind.short(r);
    case 's':
      return `(${kind.short(r)} or ${kind === TEXT ? '' : 'b'}'a')`;
    case 'p':
      return `${kind === TEXT ? '' : 'b'}'${r.word('a b ab x A')}'`;
    case 'n':
      return smallInt(r);
    case 'l':
      return r.pick([`[${r.list(0, 4, () => kind.short(r))}]`, `(${r.list(0, 3, () => kind.short(r))})`, value(r)]);
    default:
      return what;
  }
}

function call(r: Random, kind: Kind, subject: string): string {
  const [name = '', ...kinds] = r.pick(METHODS);
  return `${subject}.${name}(${kinds.map((k) => argument(r, kind, k)).join(', ')})`;
}

/** What bytes can be made of, with no number that asks for all memory. */
const filling = (r: Random): string =>
  r.pick([smallInt, text, bytes, sequence, (q: Random): string => q.word('None 1.5 str range(3)')])(r);

function conversion(r: Random): string {
  return r.pick([
    `str(${value(r)})`, `bytes(${filling(r)})`, `bytearray(${filling(r)})`, `str(${bytes(r)}, 'utf8')`, `bytes(${text(r)}, 'utf-8')`,
    `list(${text(r)})`, `tuple(${bytes(r)})`, `ord(${text(r, 1)})`, `ord(${bytes(r, 1)})`, `chr(${intLiteral(r)})`, `len(${text(r)})`,
    `${text(r)}.encode().decode()`, `eval(repr(${text(r)}))`, `sorted(${text(r)})`, `bytes([${r.list(0, 3, () => smallInt(r))}])`,
    `bytes(${smallInt(r)})`, `hash(${word(r)}) == hash(${word(r)})`, `int(${word(r)})`, `float(${word(r)})`, `bytes.fromhex(${word(r)})`,
    `str(${text(r)}, 'utf8')`, `''.join(reversed(${text(r)}))`, `list(enumerate(${text(r, 3)}))`, `(${float(r)}).__str__()`,
    `b'\\xff\\x61'.decode()`, `'${r.word('a ab abc')}'.center(${r.below(9)})`, `memoryview(${bytes(r)})[${slice(r)}]`, `bytes(memoryview(${bytes(r)})[${r.below(4)}:])`,
  ]); // prettier-ignore
}

export function texts(s: Script): void {
  const { r } = s;
  for (let i = 0; i < 25; i++) {
    const kind = r.chance(65) ? TEXT : BYTES;
    const other = r.chance(90) ? kind : kind === TEXT ? BYTES : TEXT;
    if (r.chance(10)) s.add(`t = ${kind.any(r)}`);
    else s.add(`t = ${kind.any(r)}`, `n = ${smallInt(r)}`);
    switch (r.below(10)) {
      case 0:
        s.show(`t ${r.word('+ * < <= == != > >=')} ${other.short(r)}`);
        break;
      case 1:
        s.show(`t * ${r.pick([smallInt(r), 'n', 'True', '1.5', 'None'])}`);
        break;
      case 2:
        s.show(`t[${r.chance(60) ? slice(r) : r.pick([smallInt(r), 'n', 'True', 'None', "'a'", '1.0'])}]`);
        break;
      case 3:
        s.show(conversion(r));
        break;
      case 4:
        s.show(`(${other.short(r)} or ${other === TEXT ? '' : 'b'}'a') ${r.word('in + ==')} t`);
        break;
      case 5:
        s.show(call(r, kind, `t.${r.word('upper lower strip')}()`));
        break;
      default:
        s.show(call(r, other, 't'));
    }
  }
}

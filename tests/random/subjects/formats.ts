/** Random programs: `%`, `str.format`, `format()` and f-strings, with all their flags. */
import {
  float,
  intLiteral,
  number,
  plainAtom as atom,
  plainBytes as bytes,
  plainText as text,
  plainValue as value,
  smallInt,
} from '../values';
import type { Random } from '../random';
import type { Script } from '../script';

/* Only ASCII: MicroPython counts bytes, and where it cuts a character in two it goes on with what is no UTF-8. */

/** A number whose digits all fit MicroPython's buffer. */
const modest = (r: Random): string =>
  `${r.chance(30) ? '-' : ''}${r.below(r.pick([10, 1000, 1000000]))}.${r.word('0 5 25 75 125 0625 9')}`;

/** A conversion of `%`. */
function percent(r: Random): string {
  const flags = r.list(0, r.pick([0, 1, 2]), () => r.pick(['-', '+', ' ', '0', '#']), '');
  const width = r.chance(40) ? r.word('1 3 5 8 12 *') : '';
  const precision = r.chance(40) ? r.word('. .0 .1 .2 .3 .6 .10 .*') : '';
  return `%${flags}${width}${precision}${r.pick([...'dddiusssrrcxXoeEfFgGa%bq'])}`;
}

/** What a `%` takes for a conversion. */
function percentArguments(r: Random, conversion: string): string[] {
  const stars = [...conversion].filter((c) => c === '*').map(() => r.word('0 1 5 -5 8'));
  if (conversion.endsWith('%')) return stars;
  const last = conversion.slice(-1);
  if (last !== 'c' && r.chance(12)) return [...stars, value(r)];
  if ('diuxXo'.includes(last)) return [...stars, r.chance(80) ? intLiteral(r) : number(r)];
  if ('fF'.includes(last)) return [...stars, modest(r)];
  if ('eEgG'.includes(last)) return [...stars, r.chance(75) ? float(r) : number(r)];
  return [...stars, last === 'c' ? r.pick(["'a'", '65', "'ab'", "''"]) : atom(r)];
}

function percentFormat(r: Random): string {
  if (r.chance(8)) {
    const names = r.some(1, 3, () => `%(${r.word('a b c')})${percent(r).slice(1).replace('c', 's')}`);
    return `'${names.join(' ')}' % {'a': ${atom(r)}, 'b': ${number(r)}}`;
  }
  const conversions = r.some(1, 3, () => percent(r));
  const given = conversions.flatMap((c) => percentArguments(r, c));
  if (r.chance(4)) given.pop();
  const format = `${r.chance(8) ? 'b' : ''}'${conversions.join(r.word('| _ - x'))}'`;
  if (given.length === 1 && r.chance(60)) return `${format} % ${given[0] ?? ''}`;
  return `${format} % (${given.join(', ')}${given.length === 1 ? ',' : ''})`;
}

/** A format specification as `str.format` has it. */
function specification(r: Random): string {
  const align = r.chance(40) ? (r.chance(50) ? r.pick([...'*0x _']) : '') + r.pick([...'<>^=']) : '';
  const sign = r.chance(25) ? r.pick(['+', '-', ' ']) : '';
  const zero = r.chance(20) ? '0' : '';
  const width = r.chance(50) ? r.word('1 4 6 10 14') : '';
  const precision = r.chance(35) ? `.${r.word('0 1 2 3 6 10 17')}` : '';
  const type = r.chance(70) ? r.pick([...'dddxXobeEfFgGsnc%rq']) : '';
  return align + sign + (r.chance(15) ? '#' : '') + zero + width + precision + type;
}

/** A value that goes with a specification, most of the time. */
function suited(r: Random, spec: string): string {
  const last = spec.slice(-1);
  if (last !== 'c' && r.chance(8)) return value(r);
  if ('dxXobnc'.includes(last))
    return r.chance(90) ? (last === 'c' ? r.word('65 97 32') : intLiteral(r)) : last === 'c' ? '2**70' : number(r);
  if ('fF%'.includes(last)) return modest(r);
  if ('eEgG'.includes(last)) return r.chance(75) ? float(r) : number(r);
  return last === 's' ? text(r) : atom(r);
}

function fieldName(r: Random): string {
  return r.pick(['', '', '', '', '0', '1', 'a', 'b', 'a.real', '0[1]', 'x', '5', 'a[k]']);
}

function strFormat(r: Random): string {
  if (r.chance(60)) {
    const spec = specification(r);
    return `'{:${spec}}'.format(${suited(r, spec)})`;
  }
  const fields = r.some(
    1,
    3,
    () =>
      `{${fieldName(r)}${r.chance(25) ? r.word('!r !s !x !') : ''}${r.chance(40) ? `:${specification(r).replace('c', 'd')}` : ''}}`,
  );
  const broken = r.chance(6) ? r.word('{ } {{ }} {{}} {}}') : '';
  return `'${fields.join(' ')}${broken}'.format(${r.list(0, 3, () => (r.chance(70) ? atom(r) : sequenceOfTwo(r)))}${r.chance(40) ? `${''}, a=${atom(r)}, b=${number(r)}` : ''})`.replace(
    '(, ',
    '(',
  );
}

function sequenceOfTwo(r: Random): string {
  return `[${atom(r)}, ${atom(r)}]`;
}

function fString(r: Random): string {
  const field = (): string => {
    const inner = r.pick([
      'p',
      'q',
      't',
      "d['a']",
      '[p, q]',
      't[:1]',
      'len(t)',
      '(lambda x: x)(p)',
      'p if q else t',
      "'%d' % 5",
      'p == q',
      'p != q',
    ]);
    return `{${inner}${r.chance(8) ? '=' : ''}${r.chance(20) ? r.word('!r !s') : ''}${r.chance(45) ? `:${r.chance(15) ? '{n}' : specification(r).replace('c', 'd')}` : ''}}`;
  };
  return `f"${r.list(1, 3, () => r.pick(['', 'x', ' ', '{{', '}}', '\\n', 'é', '%']) + field(), '')}"`;
}

export function formats(s: Script): void {
  const { r } = s;
  s.add(`p = ${number(r)}`, `q = ${number(r)}`, `t = ${text(r)}`, `d = {'a': ${atom(r)}}`, `n = ${r.word('3 5 10')}`);
  for (let i = 0; i < 25; i++) {
    switch (r.below(9)) {
      case 0:
      case 1:
      case 2:
        s.show(percentFormat(r));
        break;
      case 3:
      case 4:
        s.show(strFormat(r));
        break;
      case 5: {
        const spec = specification(r);
        s.show(`format(${suited(r, spec)}, '${spec}')`);
        break;
      }
      case 6:
        s.show(fString(r));
        break;
      case 7:
        s.show(
          `'{:${r.word('+ # =').replace('=', '')}${r.word('1 5 12 20')}${r.pick([',', '_'])}${r.pick([...'dxXob'])}}'.format(${intLiteral(r)})`,
        );
        break;
      default:
        s.add(`p = ${r.pick([atom, number, float, text, bytes, smallInt])(r)}`);
        s.show(
          r.pick(['str(p)', 'repr(p)', 'p', "'{}'.format(p)", "'%s' % (p,)", "'%r' % (p,)", "f'{p}'", "f'{p!r}'"]),
        );
    }
  }
}

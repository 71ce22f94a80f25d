/** Random programs: arithmetic and comparison of numbers of all types, as constants, variables, and in loops. */
import { complex, float, intLiteral, intText, smallInt, text, value } from '../values';
import type { Random } from '../random';
import { indent, type Script } from '../script';

const OPERATORS = ['+', '-', '*', '/', '//', '%', '&', '|', '^', '+', '-', '*'];
const INT_OPERATORS = OPERATORS.filter((operator) => operator !== '/');
const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='];
const BUILTINS = ['abs', 'int', 'float', 'bool', 'str', 'hex', 'oct', 'bin', 'round', 'complex', '-', '+', '~', 'not '];
const MATHS = 'floor ceil trunc fabs isnan isinf isfinite sqrt frexp modf'.split(' ');

/** Those that give a number: a text or a tuple times a large number is more than MicroPython has memory for. */
const NUMERIC = BUILTINS.filter((name) => !['str', 'hex', 'oct', 'bin'].includes(name));
const OUTERMOST = 2;

type Draw = (r: Random) => string;

/** Ints of any size. Where a large one meets a float, MicroPython's may be off by one in the last place, and so it does not. */
const anyInt: Draw = (r) => (r.chance(90) ? intLiteral(r) : r.word('True False'));
/** Numbers of all types, the ints small. */
const mixed: Draw = (r) => {
  const kind = r.below(10);
  if (kind < 3) return r.chance(60) ? smallInt(r) : String(r.between(-100000, 100000));
  return kind < 8 ? float(r) : kind < 9 ? r.word('True False') : complex(r);
};

/** An expression of numbers, some of them variables. */
function expression(r: Random, names: readonly string[], draw: Draw, depth: number): string {
  const operand = (): string =>
    depth > 0 && r.chance(40)
      ? `(${expression(r, names, draw, depth - 1)})`
      : r.chance(60)
        ? r.pick(names)
        : `(${draw(r)})`;
  switch (r.below(14)) {
    case 0:
      return `(${r.chance(50) ? r.word('0.5 1.5 2.5 -2.5 3.0 100.0 -0.0 2.0') : draw === anyInt ? intLiteral(r) : '10'}) ** ${r.chance(80) || draw === anyInt ? r.word('0 1 2 3 5 True') : '-1'}`;
    case 1:
      return `${operand()} ${r.word('<< >>')} ${r.word('0 1 2 31 32 63 64 100 -1 True')}`;
    case 2:
      return `${r.pick(depth === OUTERMOST ? BUILTINS : NUMERIC)}(${operand()})`;
    case 3:
      return `${operand()} ${r.pick(COMPARISONS)} ${operand()}`;
    case 4:
      return `${operand()} ${r.pick(COMPARISONS)} ${operand()} ${r.pick(COMPARISONS)} ${operand()}`;
    case 5:
      if (depth < OUTERMOST) return operand();
      return `divmod(${operand()}, ${operand()})`;
    case 6:
      return `${r.word('min max')}(${operand()}, ${operand()}, ${operand()})`;
    default:
      return `${operand()} ${r.pick(draw === anyInt ? INT_OPERATORS : OPERATORS)} ${operand()}`;
  }
}

/** A function that changes its variables some times over, the same operators meeting one type after another. */
function loop(s: Script): void {
  const { r } = s;
  const update = (): string =>
    `${r.word('a b c')} ${r.pick(['+=', '-=', '*=', '//=', '%=', '&=', '|=', '^=', '=', '=', '='])} ${r.pick(['a', 'b', 'c', 'i', 'a + b', 'b - c', 'a * i', 'c // 3', 'a % 7', 'b & 255', '~a', '-b', 'a ^ b', '(a << 3) & 0xffffffff', 'a >> 1', 'b | i'])}`;
  const name = `f${r.below(1000)}`;
  s.add(
    `def ${name}(a, b, c):`,
    ...indent([
      `for i in range(${r.word('3 5 9')}):`,
      ...indent([
        ...r.some(2, 5, update),
        'if abs(a) > 1 << 200: a = 1',
        'if abs(b) > 1 << 200: b = 2',
        'if abs(c) > 1 << 200: c = 3',
      ]),
      'return a, b, c',
    ]),
  );
  const kind = r.pick([float, intLiteral, intLiteral, (): string => r.word('True False 1 2')]);
  for (let i = 0; i < 3; i++) s.show(`${name}(${kind(r)}, ${kind(r)}, ${kind(r)})`);
}

function conversion(r: Random): string {
  const base = r.word('2 8 10 16 36 0 7 1 37');
  const digits = r.pick([
    `'${intText(r)}'`,
    `' ${intText(r)} '`,
    `'${BigInt(intText(r)).toString(16)}'`,
    "'0x1F'",
    "'0b101'",
    "'0o17'",
    "'1_000'",
    "''",
    "'-'",
    "'12a'",
    "'z'",
    text(r),
  ]);
  switch (r.below(9)) {
    case 0:
      return `int(${digits}, ${base})`;
    case 1:
      return `int(${digits})`;
    case 2:
      return `float(${r.pick([digits, "'1e5'", "'.5'", "'5.'", "'-inf'", "'NaN'", "' 1.5 '", "'1e'", "'1e400'", "'-1e-400'", "'infinity'", "'0x1'", "'1_0.5'"])})`;
    case 3:
      return `int(${float(r)})`;
    case 4:
      return `round(${r.pick([float(r), intLiteral(r)])}, ${smallInt(r)})`;
    case 5:
      // Not to the power of 0, of which older natives have another idea.
      return `pow(${intLiteral(r)}, ${1 + r.below(40)}, ${intLiteral(r)})`;
    case 6:
      return `(${intLiteral(r)}).to_bytes(${r.below(12)}, ${r.pick(["'little'", "'big'"])}${r.chance(30) ? ', True' : ''})`;
    case 7:
      return `int.from_bytes(${r.pick(["b''", "b'\\x01'", "b'\\xff\\xfe'", "b'\\x80\\x00\\x00\\x00'", "b'\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x01'"])}, ${r.pick(["'little'", "'big'"])}${r.chance(30) ? ', True' : ''})`;
    default:
      return `complex(${r.pick([mixed(r), "'1+2j'", "'1j'", "'x'", `${mixed(r)}, ${mixed(r)}`])})`;
  }
}

function maths(r: Random): string {
  switch (r.below(5)) {
    case 0:
      return `math.fmod(${float(r)}, ${float(r)})`;
    case 1:
      return `math.copysign(${float(r)}, ${float(r)})`;
    case 2:
      return `math.ldexp(${float(r)}, ${r.between(-60, 60)})`;
    default:
      return `math.${r.pick(MATHS)}(${mixed(r)})`;
  }
}

export function numbers(s: Script): void {
  const { r } = s;
  const names = ['p', 'q', 'u', 'v', 'w'];
  const draw = r.pick([anyInt, mixed]);
  s.add('import math', ...names.map((name) => `${name} = ${draw(r)}`));
  for (let i = 0; i < 25; i++) {
    if (r.chance(10)) s.add(`${r.pick(names)} = ${draw(r)}`);
    if (r.chance(8)) loop(s);
    else if (r.chance(20)) s.show(conversion(r));
    else if (r.chance(8)) s.show(maths(r));
    else if (r.chance(8)) s.show(`${value(r)} ${r.pick(COMPARISONS)} ${value(r)}`);
    else s.show(expression(r, names, draw, OUTERMOST));
  }
}

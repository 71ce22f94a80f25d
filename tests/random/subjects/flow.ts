/** Random programs: blocks within blocks, left by return, break, continue and exceptions, through finally and with. */
import type { Random } from '../random';
import { indent, type Script } from '../script';

const KINDS = [
  'ValueError',
  'TypeError',
  'KeyError',
  'LookupError',
  'IndexError',
  'ArithmeticError',
  'Exception',
  'Mine',
  'OSError',
  'StopIteration',
];

/** What is allowed where a statement is written. */
interface Place {
  readonly loop: boolean;
  readonly generator: boolean;
  readonly depth: number;
}

export class Flow {
  private marks = 0;

  constructor(private readonly r: Random) {}

  private mark(): string {
    return `log(${this.marks++})`;
  }

  /** Raises now and then, by a number that the caller gives. */
  private failing(): string {
    const { r } = this;
    return r.pick([
      `raise ${r.pick(KINDS)}(${this.marks++})`, `if n % ${r.between(2, 4)} == ${r.below(3)}: raise ${r.pick(KINDS)}(${this.marks++})`, '1 // (n % 3)',
      '[1, 2][n]', "{'a': 1}[n]", "int('x')", "n.missing", 'None + n', `if n == ${r.below(4)}: raise ${r.pick(KINDS)}`, 'missing',
    ]); // prettier-ignore
  }

  private leaving(place: Place): string {
    const { r } = this;
    const condition = r.chance(60) ? `if n % ${r.between(2, 3)} == ${r.below(2)}: ` : '';
    const ways = [`return ${this.marks++}`, 'return n'];
    if (place.loop) ways.push('break', 'continue', 'break', 'continue');
    return condition + r.pick(ways);
  }

  private yielding(): string {
    const { r } = this;
    const value = String(100 + this.marks++);
    return r.pick([
      `yield ${value}`,
      `log(('sent', (yield ${value})))`,
      `n = (yield ${value}) or n`,
      'yield n',
      `log((yield from sub(${r.below(4)})))`,
      `yield from [${value}, n]`,
      'yield',
      `x = yield from sub(n)`,
    ]);
  }

  simple(place: Place): string {
    const kind = this.r.below(10);
    if (place.generator && kind < 5) return this.yielding();
    if (kind < 6) return this.mark();
    if (kind < 8) return this.failing();
    return kind < 9 ? this.leaving(place) : this.r.pick(['n += 1', 'n -= 1', 'n = n * 2 + 1', 'x = n']);
  }

  body(place: Place): string[] {
    return this.r.some(1, 3, () => this.statement(place)).flat();
  }

  private tried(place: Place): string[] {
    const { r } = this;
    const inner = { ...place, depth: place.depth - 1 };
    const lines = ['try:', ...indent([this.mark(), ...this.body(inner)])];
    const handled = r.chance(70);
    if (handled) {
      for (let i = r.between(1, 2); i > 0; i--) {
        const kinds = r.chance(30) ? `(${r.pick(KINDS)}, ${r.pick(KINDS)})` : r.pick(KINDS);
        lines.push(...(r.chance(60) ? [`except ${kinds} as e:`, '    log(said(e))'] : [`except ${kinds}:`]));
        lines.push(...indent([...this.body(inner), ...(r.chance(15) ? ['raise'] : [])]));
      }
      if (r.chance(20)) lines.push('except:', ...indent(this.body(inner)));
      if (r.chance(25)) lines.push('else:', ...indent(this.body(inner)));
    }
    if (!handled || r.chance(50)) lines.push('finally:', ...indent([this.mark(), ...this.body(inner)]));
    return lines;
  }

  statement(place: Place): string[] {
    const { r } = this;
    const inner = { ...place, depth: place.depth - 1 };
    if (place.depth <= 0 || r.chance(30)) return [this.simple(place)];
    switch (r.below(6)) {
      case 0:
        return [
          `if n % ${r.between(2, 3)}:`,
          ...indent(this.body(inner)),
          ...(r.chance(50) ? ['else:', ...indent(this.body(inner))] : []),
        ];
      case 1: {
        const head = r.pick([
          `for i in range(${r.below(4)}):`,
          'for i in (1, 2, 3):',
          `for i, j in [(1, 2), (3, ${r.below(9)})]:`,
        ]);
        return [
          head,
          ...indent([this.mark(), ...this.body({ ...inner, loop: true })]),
          ...(r.chance(30) ? ['else:', ...indent(this.body(inner))] : []),
        ];
      }
      case 2:
        return [
          `w${place.depth} = 0`, `while w${place.depth} < ${r.between(1, 3)}:`,
          ...indent([`w${place.depth} += 1`, ...this.body({ ...inner, loop: true })]),
          ...(r.chance(30) ? ['else:', ...indent(this.body(inner))] : []),
        ]; // prettier-ignore
      case 3:
        return [
          `with Manager(${this.marks++}, ${r.word('True False False')})${r.chance(50) ? ' as m' : ''}:`,
          ...indent([this.mark(), ...this.body(inner)]),
        ];
      default:
        return this.tried(place);
    }
  }

  functionBody(generator: boolean): string[] {
    const place = { loop: false, generator, depth: 3 };
    return [
      ...(generator && this.r.chance(70) ? [this.yielding()] : []),
      ...this.r.some(1, 3, () => this.statement(place)).flat(),
    ];
  }
}

/** What the functions use. Loops are ended by a count of marks. */
export const HEAD = `class Mine(ValueError):
    pass
class Manager:
    def __init__(self, name, swallows):
        self.name = name
        self.swallows = swallows
    def __enter__(self):
        log(('enter', self.name))
        return self.name
    def __exit__(self, kind, value, traceback):
        log(('exit', self.name, kind and kind.__name__, value is None or said(value)))
        return self.swallows
class TooLong(BaseException):
    pass
marks = []
def log(x):
    marks.append(x)
    if len(marks) > 60:
        raise TooLong
def said(e):
    return type(e).__name__ + str(e.args)`.split('\n');

export function flow(s: Script): void {
  const { r } = s;
  s.add(...HEAD);
  for (let i = 0; i < 4; i++) {
    s.add(`def f${i}(n):`, ...indent(new Flow(r).functionBody(false)));
    s.add(
      'for n in range(5):',
      ...indent([
        'marks.clear()',
        'try:',
        `    print(n, 'returned', f${i}(n))`,
        'except BaseException as e:',
        '    print(n, said(e), e)',
        'print(marks)',
      ]),
    );
  }
}

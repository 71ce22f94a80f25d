/** Runs a compiled regular expression over a text, going back on what it tried by a stack of its own. */
import { hasNarrowWords } from '../../objects/machine-word';
import { raise } from '../../objects/raise';
import { lookUp } from '../../objects/running';
import { NAMED, Op, type Program } from './program';

/** How many choices can be open at once: an expression that goes round without an end stops here. */
const MAX_OPEN = 300000;
/** On a board each takes of its small stack. */
const MAX_OPEN_ON_BOARD = 480;

/** After so many choices that failed Ctrl-C has its turn. */
const TRIES = 1024;

/** Where to look. */
export interface Subject {
  readonly text: string;
  readonly begin: number;
  readonly end: number;
}

/** The positions noted, start and end of each group by turns, −1 where there is none; undefined without a match. */
export function execute(program: Program, subject: Subject, anchored: boolean): number[] | undefined {
  const { begin, end } = subject;
  const last = anchored ? begin : end;
  for (let start = begin; start <= last; start++) {
    const positions = new Array<number>(2 * program.groups + 2).fill(-1);
    positions[0] = start;
    if (run(program.code, subject.text, end, start, positions)) return positions;
  }
  return undefined;
}

function run(code: readonly number[], text: string, end: number, start: number, positions: number[]): boolean {
  /** Triples: where to go on, at which position; or −1 − n, the value that position n had, 0. */
  const open: number[] = [];
  const most = hasNarrowWords() ? MAX_OPEN_ON_BOARD : MAX_OPEN;
  let tries = 0;
  let pc = 0;
  let at = start;
  for (;;) {
    const op = code[pc] as number;
    let failed = false;
    if (op <= Op.namedClass && at >= end) failed = true;
    else {
      switch (op) {
        case Op.char:
          if (text.charCodeAt(at) === code[pc + 1]) {
            pc += 2;
            at++;
          } else failed = true;
          break;
        case Op.any:
          pc++;
          at++;
          break;
        case Op.class:
        case Op.classNot:
          if (inClass(code, pc + 2, code[pc + 1] as number, text.charCodeAt(at)) === (op === Op.class)) {
            pc += 2 + 2 * (code[pc + 1] as number);
            at++;
          } else failed = true;
          break;
        case Op.namedClass:
          if (inNamedClass(code[pc + 1] as number, text.charCodeAt(at))) {
            pc += 2;
            at++;
          } else failed = true;
          break;
        case Op.bol:
          if (at === 0) pc++;
          else failed = true;
          break;
        case Op.eol:
          if (at === end) pc++;
          else failed = true;
          break;
        case Op.jump:
          pc += 2 + (code[pc + 1] as number);
          break;
        case Op.split:
          open.push(pc + 2 + (code[pc + 1] as number), at);
          pc += 2;
          break;
        case Op.reverseSplit:
          open.push(pc + 2, at);
          pc += 2 + (code[pc + 1] as number);
          break;
        case Op.save: {
          const n = code[pc + 1] as number;
          open.push(-1 - n, positions[n] as number);
          positions[n] = at;
          pc += 2;
          break;
        }
        default:
          return true;
      }
    }
    if (failed) {
      if (++tries % TRIES === 0) lookUp();
      for (;;) {
        if (open.length === 0) return false;
        const value = open.pop() as number;
        const where = open.pop() as number;
        if (where >= 0) {
          pc = where;
          at = value;
          break;
        }
        positions[-1 - where] = value;
      }
    } else if (open.length > most) raise('RuntimeError', 'maximum recursion depth exceeded');
  }
}

function inClass(code: readonly number[], from: number, pairs: number, unit: number): boolean {
  for (let i = from; i < from + 2 * pairs; i += 2) {
    const low = code[i] as number;
    const high = code[i + 1] as number;
    if (low === NAMED ? inNamedClass(high, unit) : unit >= low && unit <= high) return true;
  }
  return false;
}

const LOWER = 32;
const LETTER_D = 100;
const LETTER_S = 115;

/** Whether a byte is in `\d`, `\s`, `\w`, or for a capital letter is not. */
function inNamedClass(letter: number, unit: number): boolean {
  const isIn =
    (letter | LOWER) === LETTER_D
      ? unit >= 48 && unit <= 57
      : (letter | LOWER) === LETTER_S
        ? unit === 32 || (unit >= 9 && unit <= 13)
        : (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit === 95;
  return isIn === ((letter & LOWER) !== 0);
}

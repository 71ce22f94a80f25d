/**
 * Arithmetic of machine words as JavaScript.
 *
 * A board's words have 32 bits: an operation and `|0`. Those of a computer have 64: what stays within 32 bits, as most
 * does, is computed in place, the rest by `interpreter/viper.ts`. Where the bounds of the operands are known, and with
 * them those of the result, nothing is checked.
 */
import type { BinaryOperator } from '../syntax/ast';
import type { CodeGenerator } from './code-generator';
import { isWord, type Native, type NativeType } from './viper-types';

const INT32 = [-(2 ** 31), 2 ** 31 - 1] as const;
const UINT32 = [0, 2 ** 32 - 1] as const;
const SAFE = Number.MAX_SAFE_INTEGER;

/** A value without known bounds. */
export const anyValue = (type: NativeType, js: string): Native => ({ type, js, low: -Infinity, high: Infinity });

/** A word of which nothing is known but its type. */
export function anyWord(g: CodeGenerator, type: NativeType, js: string): Native {
  if (g.options.narrowWords !== true) return anyValue(type, js);
  const [low, high] = type === 'uint' ? UINT32 : INT32;
  return { type, js, low, high };
}

/** Whether the value is surely a JS number. */
export const isNumeric = (v: Native): boolean => v.low >= -SAFE && v.high <= SAFE;
const fits32 = (v: Native): boolean => v.low >= INT32[0] && v.high <= INT32[1];
const fitsUnsigned32 = (v: Native): boolean => v.low >= 0 && v.high <= UINT32[1];

/** A simple operand: what is used twice gets a variable first. */
export function simple(g: CodeGenerator, v: Native): { first: string; value: Native } {
  if (/^(\$?\w+|\(-\d+\)|0)$/.test(v.js)) return { first: '', value: v };
  const t = g.unit.temp();
  const { test: _, ...rest } = v;
  return { first: `${t}=${v.js}`, value: { ...rest, js: t } };
}

const V = (g: CodeGenerator, name: string): string => `${g.rt('viper')}.${name}`;

/** The value with its bits taken as those of another type of words. */
export function reinterpreted(g: CodeGenerator, v: Native, type: NativeType): Native {
  const narrow = g.options.narrowWords === true;
  if (type === 'uint' ? v.low >= 0 && v.high <= SAFE : v.high <= (narrow ? INT32[1] : SAFE) && v.low >= -SAFE) {
    return { ...v, type };
  }
  if (narrow) return anyWord(g, type, type === 'uint' ? `(${v.js}>>>0)` : `(${v.js}|0)`);
  return anyWord(g, type, `${V(g, type === 'uint' ? 'unsigned' : 'signed')}(${v.js})`);
}

/** A result with its bounds, wrapped where they are beyond the word. */
function wrapped(g: CodeGenerator, type: NativeType, js: string, low: number, high: number): Native | null {
  if (g.options.narrowWords === true) {
    const [least, most] = type === 'uint' ? UINT32 : INT32;
    if (low >= least && high <= most) return { type, js, low, high };
    if (low < -SAFE || high > SAFE) return null;
    return anyWord(g, type, type === 'uint' ? `(${js}>>>0)` : `(${js}|0)`);
  }
  return low >= (type === 'uint' ? 0 : -SAFE) && high <= SAFE ? { type, js, low, high } : null;
}

/** Names of the helpers, and the operators they stand for. */
const HELPERS: Partial<Record<BinaryOperator, string>> = {
  '+': 'add', '-': 'sub', '*': 'mul', '&': 'and', '|': 'or', '^': 'xor', '<<': 'shl', '>>': 'shr',
}; // prettier-ignore

/** `a op b` for two words; null for an operator that words do not have. The result has the type of `a`. */
export function wordOperation(g: CodeGenerator, op: BinaryOperator, left: Native, right: Native): Native | null {
  if (op === '//' || op === '%') {
    const name = op === '%' ? 'mod' : g.options.narrowWords === true ? 'div32' : 'div';
    return anyWord(g, 'int', `${V(g, name)}(${left.js},${right.js})`);
  }
  const helper = HELPERS[op];
  if (helper === undefined) return null;
  const isShift = op === '<<' || op === '>>';
  const a = simple(g, left);
  const b = simple(g, isShift ? right : reinterpreted(g, right, left.type));
  const first = [a.first, b.first].filter((f) => f !== '');
  const result = isShift ? shift(g, op, a.value, b.value) : combined(g, op, a.value, b.value, helper);
  return first.length === 0 ? result : { ...result, js: `(${first.join(',')},${result.js})` };
}

/** The bounds of a sum, difference or product. */
function bounds(op: '+' | '-' | '*', a: Native, b: Native): [low: number, high: number] {
  if (op === '+') return [a.low + b.low, a.high + b.high];
  if (op === '-') return [a.low - b.high, a.high - b.low];
  const products = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high].map((x) => (isNaN(x) ? 0 : x));
  const unknown = !isNumeric(a) || !isNumeric(b);
  return unknown ? [-Infinity, Infinity] : [Math.min(...products), Math.max(...products)];
}

function combined(g: CodeGenerator, op: BinaryOperator, a: Native, b: Native, helper: string): Native {
  if (op === '&' || op === '|' || op === '^') return bitwise(g, op, a, b, helper);
  const [low, high] = bounds(op as '+', a, b);
  const js = `${a.js}${op}${b.js}`;
  const inPlace = wrapped(g, a.type, op === '*' ? `(${js}+0)` : `(${js})`, low, high);
  if (inPlace !== null) return inPlace;
  if (g.options.narrowWords === true) {
    return anyWord(g, a.type, a.type === 'uint' ? `(Math.imul(${a.js},${b.js})>>>0)` : `Math.imul(${a.js},${b.js})`);
  }
  const t = g.unit.temp();
  const least = a.type === 'uint' ? 0 : -SAFE;
  const tests = [...numberTests([a, b]), `(${t}=${js})>=${String(least)}&&${t}<=${String(SAFE)}`];
  const sum = op === '*' ? `${t}+0` : t;
  return anyWord(g, a.type, `(${tests.join('&&')}?${sum}:${slow(g, helper, a, b)})`);
}

const numberTests = (values: readonly Native[]): string[] =>
  values.filter((v) => !isNumeric(v)).map((v) => `typeof ${v.js}==='number'`);

const slow = (g: CodeGenerator, helper: string, a: Native, b: Native): string =>
  `${V(g, `${helper}${a.type === 'uint' ? 'u' : ''}`)}(${a.js},${b.js})`;

function bitwise(g: CodeGenerator, op: '&' | '|' | '^', a: Native, b: Native, helper: string): Native {
  const isUnsigned = a.type === 'uint';
  const js = `(${a.js}${op}${b.js})`;
  if (g.options.narrowWords === true) return masked(op, a, b, anyWord(g, a.type, isUnsigned ? `(${js}>>>0)` : js));
  if (fits32(a) && fits32(b)) {
    return masked(op, a, b, { type: a.type, js, low: isUnsigned ? 0 : INT32[0], high: INT32[1] });
  }
  // Masking with 32 bits is right for any number.
  const mask = [a, b].find((v) => v.constant === true && v.low >= 0 && v.high <= UINT32[1]);
  if (op === '&' && mask !== undefined) {
    const tests = numberTests([a, b]);
    const fast = mask.high <= INT32[1] ? js : `(${js}>>>0)`;
    const value = tests.length === 0 ? fast : `(${tests.join('&&')}?${fast}:${slow(g, helper, a, b)})`;
    return { type: a.type, js: value, low: 0, high: mask.high };
  }
  const exact = isUnsigned ? '>>>0' : '|0';
  const wide = [a, b]
    .filter((v) => !(isUnsigned ? fitsUnsigned32(v) : fits32(v)))
    .map((v) => `(${v.js}${exact})===${v.js}`);
  const tests = [...numberTests([a, b]), ...wide];
  const quick = isUnsigned ? `(${js}>>>0)` : js;
  return anyWord(g, a.type, tests.length === 0 ? quick : `(${tests.join('&&')}?${quick}:${slow(g, helper, a, b)})`);
}

/** What `&` with something that is not negative leaves is not larger. */
function masked(op: string, a: Native, b: Native, result: Native): Native {
  if (op === '&' && (a.low >= 0 || b.low >= 0)) {
    const high = Math.min(a.low >= 0 ? a.high : Infinity, b.low >= 0 ? b.high : Infinity);
    return { ...result, low: 0, high };
  }
  if (a.low < 0 || b.low < 0) return result;
  const bits = 2 ** Math.ceil(Math.log2(Math.max(a.high, b.high) + 1)) - 1;
  return { ...result, low: 0, high: Math.max(bits, 0) };
}

function shift(g: CodeGenerator, op: '<<' | '>>', a: Native, b: Native): Native {
  const count = b.constant === true && b.low >= 0 && b.low < 32 ? b.low : null;
  const isUnsigned = a.type === 'uint';
  if (op === '<<' && count !== null) {
    const inPlace = wrapped(g, a.type, `(${a.js}*${2 ** count})`, a.low * 2 ** count, a.high * 2 ** count);
    if (inPlace !== null && isNumeric(a) && isNumeric(inPlace)) return inPlace;
  }
  if (op === '>>' && count !== null && (isUnsigned ? fitsUnsigned32(a) : fits32(a))) {
    const js = `(${a.js}${isUnsigned ? '>>>' : '>>'}${count})`;
    return { type: a.type, js, low: Math.floor(a.low / 2 ** count), high: Math.floor(a.high / 2 ** count) };
  }
  if (g.options.narrowWords === true) return narrowShift(g, op, a, b, count);
  const helper = slow(g, op === '<<' ? 'shl' : 'shr', a, b);
  if (count === null) return anyWord(g, a.type, helper);
  if (op === '>>') {
    const test = isUnsigned ? `(${a.js}>>>0)===${a.js}` : `(${a.js}|0)===${a.js}`;
    const tests = [...numberTests([a]), test];
    return anyWord(g, a.type, `(${tests.join('&&')}?${a.js}${isUnsigned ? '>>>' : '>>'}${count}:${helper})`);
  }
  const t = g.unit.temp();
  const tests = [...numberTests([a]), `((${t}=${a.js}*${2 ** count})|0)===${t}`];
  if (isUnsigned) tests.push(`${t}>=0`);
  return anyWord(g, a.type, `(${tests.join('&&')}?${t}:${helper})`);
}

function narrowShift(g: CodeGenerator, op: '<<' | '>>', a: Native, b: Native, count: number | null): Native {
  const isUnsigned = a.type === 'uint';
  const right = isUnsigned ? '>>>' : '>>';
  const name = op === '<<' ? 'shl32' : isUnsigned ? 'shru32' : 'shr32';
  const js = count === null ? `${V(g, name)}(${a.js},${b.js})` : `(${a.js}${op === '<<' ? '<<' : right}${count})`;
  return anyWord(g, a.type, op === '<<' && isUnsigned ? `(${js}>>>0)` : js);
}

/** `-a`, `~a`, `+a` of a word. */
export function wordUnary(g: CodeGenerator, op: '-' | '~' | '+', v: Native): Native {
  if (op === '+') return v;
  const zero: Native = { type: v.type, js: '0', low: 0, high: 0 };
  const minusOne: Native = { type: v.type, js: '(-1)', low: -1, high: -1 };
  if (op === '-') return wordOperation(g, '-', zero, v) as Native;
  // ~a is -1 - a, also modulo the word.
  if (v.type === 'int') return wordOperation(g, '-', minusOne, v) as Native;
  const most = reinterpreted(g, minusOne, 'uint');
  return wordOperation(g, '-', most, v) as Native;
}

/** Bounds that a value surely has, for a variable that counts. */
export const counting = (type: NativeType, js: string, start: Native): Native => ({
  type,
  js,
  low: isWord(type) ? start.low : -Infinity,
  high: isWord(type) && start.low >= 0 ? SAFE : Infinity,
});

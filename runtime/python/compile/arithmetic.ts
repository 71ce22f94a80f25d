/**
 * Operators and comparisons as JavaScript.
 *
 * Small ints are computed in place. In a source that uses floats (`g.floats`) so are they, and the float between two
 * operations is not boxed: a `Term` then is a pair of variables, one with the value, the other with the number of a
 * float for which no box was made. What neither way can do is a method of the left value.
 */
import type { BinaryOperator, CompareOperator, Expr } from '../syntax/ast';
import type { CodeGenerator } from './code-generator';
import { isNumber, receiver } from './js-builder';
import { lineOf, operand, type Operand } from './expressions';

/** Slot names of the binary operators; in-place ones have an `i` before. */
export const SLOTS: Record<BinaryOperator, string> = {
  '+': 'add', '-': 'sub', '*': 'mul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '**': 'pow', '@': 'matmul',
  '<<': 'lshift', '>>': 'rshift', '&': 'and', '|': 'or', '^': 'xor',
}; // prettier-ignore

export const COMPARISONS = {
  '<': ['lt', '<'],
  '<=': ['le', '<='],
  '>': ['gt', '>'],
  '>=': ['ge', '>='],
  '==': ['eq', '==='],
  '!=': ['ne', '!=='],
} as const;

/** An operand of arithmetic. */
export interface Term extends Operand {
  /** Where `name` is undefined the value is a float without a box, and this variable holds its number. */
  readonly unboxed?: string;
  /** The text of a number, where the operand is a literal; `float` says of which kind. */
  readonly literal?: string;
  readonly float?: boolean;
}

/** An expression as an operand of arithmetic. */
export function term(g: CodeGenerator, e: Expr): Term {
  if (!g.floats) return operand(g, e);
  switch (e.type) {
    case 'Float':
      return { first: '', name: g.float(e.value), literal: g.number(e.value), float: true };
    case 'BinOp':
      if (!isFused(e.op, e.right)) break;
      return fused(g, e);
    case 'UnaryOp':
      if (e.op === '-' && e.operand.type !== 'Int' && e.operand.type !== 'Float') return fusedNegation(g, e);
      break;
    default:
      break;
  }
  const o = operand(g, e);
  return isNumber(o.name) ? { ...o, literal: g.number(numberIn(o.name)) } : o;
}

/** Whether an operation has a result that may stay without a box. */
const isFused = (op: BinaryOperator, right: Expr): boolean =>
  op === '+' || op === '-' || op === '*' || op === '/' || (op === '**' && right.type === 'Int' && right.value === 2);

function fused(g: CodeGenerator, e: Extract<Expr, { type: 'BinOp' }>): Term {
  const line = lineOf(g, e);
  const a = term(g, e.left);
  const b = term(g, e.right);
  const [name, unboxed] = [g.unit.temp(), g.unit.temp()];
  const { int, float, slow } = ways(g, e.op, a, b, false);
  const parts = [];
  if (int !== null) parts.push(`${int.test}?${name}=${int.value}:`);
  if (float !== null) parts.push(`${float.test}?(${unboxed}=${float.value},${name}=undefined):`);
  const js = `(${parts.join('')}${name}=${slow})`;
  return { first: inOrder(line, a.first, b.first, js), name, unboxed };
}

function fusedNegation(g: CodeGenerator, e: Extract<Expr, { type: 'UnaryOp' }>): Term {
  const line = lineOf(g, e);
  const a = term(g, e.operand);
  const [name, unboxed] = [g.unit.temp(), g.unit.temp()];
  if (a.literal !== undefined) return { first: inOrder(line, a.first, `${name}=${receiver(a.name)}.py_neg()`), name };
  const float = asFloat(g, a);
  const js =
    `(${negatedInt(a)}?${name}=-${a.name}:${float.test}?(${unboxed}=-${float.number},${name}=undefined):` +
    `${name}=${boxed(g, a)}.py_neg())`;
  return { first: inOrder(line, a.first, js), name, unboxed };
}

const inOrder = (...parts: readonly string[]): string => parts.filter((p) => p !== '').join(',');

/** `-a` as a value; its `first` has been written. */
export function negation(g: CodeGenerator, a: Term): string {
  const slow = `${receiver(boxed(g, a))}.py_neg()`;
  if (isNoNumber(a.name) || isNumber(a.name)) return slow;
  const float = g.floats ? asFloat(g, a) : null;
  const floats = float === null ? '' : `${float.test}?new ${g.rt('PyFloat')}(-${float.number}):`;
  return `(${negatedInt(a)}?-${a.name}:${floats}${slow})`;
}

/** The test for an int that is negated in place; 0 would give −0. */
const negatedInt = (a: Term): string => `typeof ${a.name}==='number'&&${a.name}!==0`;

/** The value of a term. */
export function boxed(g: CodeGenerator, t: Term): string {
  return t.unboxed === undefined ? t.name : `(${t.name}===undefined?new ${g.rt('PyFloat')}(${t.unboxed}):${t.name})`;
}

/** The test that a term is a float, '' for a literal, and its number. */
function asFloat(g: CodeGenerator, t: Term): { test: string; number: string } {
  if (t.literal !== undefined) return { test: '', number: t.literal };
  if (t.unboxed !== undefined) {
    return { test: `(${t.name}===undefined||(${t.unboxed}=${t.name}.f)!==undefined)`, number: t.unboxed };
  }
  const number = g.unit.temp();
  return { test: `(${number}=${t.name}.f)!==undefined`, number };
}

/** The test that two terms are floats, and their numbers; null where both are literals. */
function bothFloats(g: CodeGenerator, a: Term, b: Term): { test: string; a: string; b: string } | null {
  if (a.literal !== undefined && b.literal !== undefined) return null;
  const x = asFloat(g, a);
  if (a.name === b.name) return { test: x.test, a: x.number, b: x.number };
  const y = asFloat(g, b);
  return { test: [x.test, y.test].filter((t) => t !== '').join('&&'), a: x.number, b: y.number };
}

interface Way {
  test: string;
  value: string;
}

/** The ways to compute `a op b`: on small ints, on floats, and any other. */
function ways(
  g: CodeGenerator,
  op: BinaryOperator,
  a: Term,
  b: Term,
  inplace: boolean,
): { int: Way | null; float: Way | null; slow: string } {
  return {
    int: a.float === true || b.float === true ? null : intWay(g, op, a.name, b.name),
    float: g.floats ? floatWay(g, op, a, b) : null,
    slow: `${receiver(boxed(g, a))}.py_${inplace ? 'i' : ''}${SLOTS[op]}(${boxed(g, b)})`,
  };
}

/** `a op b` as a value; `first` of both has been written. */
export function binary(g: CodeGenerator, op: BinaryOperator, a: Term, b: Term, inplace: boolean): string {
  const { int, float, slow } = ways(g, op, a, b, inplace);
  if (int === null && float === null) return slow;
  const ints = int === null ? '' : `${int.test}?${int.value}:`;
  const floats = float === null ? '' : `${float.test}?new ${g.rt('PyFloat')}(${float.value}):`;
  return `(${ints}${floats}${slow})`;
}

function floatWay(g: CodeGenerator, op: BinaryOperator, a: Term, b: Term): Way | null {
  if (op === '**') {
    if (b.name !== '2') return null;
    const { test, number } = asFloat(g, a);
    return test === '' ? null : { test, value: rounded(g, `${number}*${number}`) };
  }
  if (op !== '+' && op !== '-' && op !== '*' && op !== '/') return null;
  if ([a, b].some((t) => t.literal === undefined && isNoNumber(t.name))) return null;
  if (op === '/' && b.literal !== undefined && Number(b.literal) === 0) return null;
  const operands = bothFloats(g, a, b);
  if (operands === null) return null;
  const divisible = op === '/' && b.literal === undefined ? `&&${operands.b}!==0` : '';
  return { test: operands.test + divisible, value: rounded(g, `${operands.a}${op}${operands.b}`) };
}

/** A result in the precision of the profile. */
const rounded = (g: CodeGenerator, js: string): string =>
  g.options.singlePrecision === true ? `Math.fround(${js})` : js;

function intWay(g: CodeGenerator, op: BinaryOperator, a: string, b: string): Way | null {
  if (isNoNumber(a) || isNoNumber(b)) return null;
  const operands = a === b ? [a] : [a, b];
  const checks = operands.filter((x) => !isNumber(x)).map((x) => `typeof ${x}==='number'`);
  if (checks.length === 0) return null;
  const int = checks.join('&&');
  const small = operands.map((x) => (isNumber(x) ? '' : `&&(${x}|0)===${x}`)).join('');
  switch (op) {
    case '+':
    case '-': {
      const t = g.unit.temp();
      return { test: `${int}&&((${t}=${a}${op}${b})|0)===${t}`, value: t };
    }
    case '*': {
      const t = g.unit.temp();
      return { test: `${int}&&((${t}=${a}*${b})|0)===${t}`, value: `${t}+0` };
    }
    case '//':
      if (isNumber(b) && !(Number(b) > 0)) return null;
      return { test: `${int}${small}${isNumber(b) ? '' : `&&${b}>0`}`, value: `Math.floor(${a}/${b})` };
    case '%': {
      if (isNumber(b) && !(Number(b) > 0)) return null;
      const t = g.unit.temp();
      return { test: `${int}${isNumber(b) ? '' : `&&${b}>0`}`, value: `((${t}=${a}%${b})<0?${t}+${b}:${t}+0)` };
    }
    case '&':
    case '|':
    case '^':
      if ([a, b].some((x) => isNumber(x) && !fits32(x))) return null;
      return { test: `${int}${small}`, value: `${a}${op}${b}` };
    case '>>':
      if (isNumber(b) && !(Number(b) >= 0 && Number(b) < 32)) return null;
      if (isNumber(a) && !fits32(a)) return null;
      return {
        test: `${int}${isNumber(a) ? '' : `&&(${a}|0)===${a}`}${isNumber(b) ? '' : `&&${b}>=0&&${b}<32`}`,
        value: `${a}>>${b}`,
      };
    case '<<': {
      if (isNumber(b) && !(Number(b) >= 0 && Number(b) < 31)) return null;
      const t = g.unit.temp();
      return {
        test: `${int}${isNumber(b) ? '' : `&&${b}>=0&&${b}<31`}&&((${t}=${a}*(1<<${b}))|0)===${t}`,
        value: t,
      };
    }
    default:
      return null;
  }
}

/** Whether a comparison is one of order or equality. */
export const isOrdering = (op: CompareOperator | undefined): boolean => op === undefined || op in COMPARISONS;

/** `a op b` for an order or equality; as a JS boolean when it is a test. */
export function ordering(g: CodeGenerator, op: keyof typeof COMPARISONS, a: Term, b: Term, test: boolean): string {
  const [slot, js] = COMPARISONS[op];
  const call = `${receiver(boxed(g, a))}.py_${slot}(${boxed(g, b)})`;
  const slow = test ? `${g.rt('T')}(${call})` : call;
  if (isText(b.name) && !isNoNumber(a.name) && (op === '==' || op === '!=')) {
    return `(typeof ${a.name}==='string'?${a.name}${js}${b.name}:${slow})`;
  }
  const literal = a.float === true || b.float === true;
  if (!literal && (isNoNumber(a.name) || isNoNumber(b.name))) return slow;
  const checks = [a.name, b.name].filter((x) => !isNumber(x)).map((x) => `typeof ${x}==='number'`);
  const ints = literal || checks.length === 0 ? '' : `${checks.join('&&')}?${a.name}${js}${b.name}:`;
  const operands = g.floats ? bothFloats(g, a, b) : null;
  const floats = operands === null ? '' : `${operands.test}?${operands.a}${js}${operands.b}:`;
  return `(${ints}${floats}${slow})`;
}

const numberIn = (js: string): number => Number(js.replace(/[()]/g, ''));
const fits32 = (js: string): boolean => (numberIn(js) | 0) === numberIn(js);
const isText = (js: string): boolean => js.startsWith('"');

/** Whether an operand is a literal that is no int: text, a constant or one of the singletons. */
export const isNoNumber = (js: string): boolean => isText(js) || /^(k\d+|None|true|false|Ellipsis)$/.test(js);

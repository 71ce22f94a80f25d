/**
 * Operators and comparisons as JavaScript.
 *
 * Small ints are computed in place. In a source that uses floats (`g.floats`) so are they, and the float between two
 * operations is not boxed: a `Term` then is a pair of variables, one with the value, or null, the other with the number of
 * a float for which no box was made. So is a local variable of a function. What neither way can do is a method of the left value.
 */
import type { BinaryOperator, CompareOperator, Expr } from '../syntax/ast';
import type { CodeGenerator } from './code-generator';
import { isNumber, receiver, unboxedVariable, variable } from './js-builder';
import { lineOf, operand, type Operand } from './expressions';
import { floatCall } from './float-calls';
import { isFloatCall } from './likely-floats';

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
  /** Where `name` is null the value is a float without a box, and this variable holds its number. */
  readonly unboxed?: string;
  /** The text of a number, where the operand is a literal. */
  readonly literal?: string;
  /** Certainly or mostly a float: no way for ints is written. */
  readonly float?: boolean;
}

/** An expression as an operand of arithmetic. */
export function term(g: CodeGenerator, e: Expr): Term {
  if (!g.floats) return operand(g, e);
  switch (e.type) {
    case 'Float':
      return { first: '', name: g.float(e.value), literal: g.number(e.value), float: true };
    case 'Name':
      if (!g.unit.assigned.has(e.id) || !g.keepsFloat(e.id)) break;
      return { first: '', ...placeOf(e.id), float: true };
    case 'BinOp':
      if (!isFused(e.op, e.right)) break;
      return fused(g, e);
    case 'Call':
      if (isFloatCall(e)) return floatCall(g, e);
      break;
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

/** A place for a result: a variable for the value or null, and one for the number of a float without a box. */
interface Pair {
  readonly name: string;
  readonly unboxed: string;
}

/** That of a local. */
const placeOf = (name: string): Pair => ({ name: variable(name), unboxed: unboxedVariable(name) });

export const temporaryPair = (g: CodeGenerator): Pair => ({ name: g.unit.temp(), unboxed: g.unit.temp() });

function fused(g: CodeGenerator, e: Extract<Expr, { type: 'BinOp' }>, place?: Pair): Term {
  const line = lineOf(g, e);
  const a = term(g, e.left);
  const b = term(g, e.right);
  const result = place ?? temporaryPair(g);
  const first = inOrder(line, a.first, b.first, compute(g, e.op, a, b, false, result));
  return { first, ...result, ...(a.float === true || b.float === true ? { float: true } : {}) };
}

/** JS that puts `a op b` into `result`, which may be one of the operands. */
function compute(g: CodeGenerator, op: BinaryOperator, a: Term, b: Term, inplace: boolean, result: Pair): string {
  const { name, unboxed } = result;
  const { int, floats, slow } = ways(g, op, a, b, inplace);
  const parts = floats.map(({ test, value }) => `${test}?(${unboxed}=${value},${name}=null):`);
  if (int !== null) parts.unshift(`${int.test}?${name}=${int.value}:`);
  return `(${parts.join('')}${name}=${slow})`;
}

function fusedNegation(g: CodeGenerator, e: Extract<Expr, { type: 'UnaryOp' }>, place?: Pair): Term {
  const line = lineOf(g, e);
  const a = term(g, e.operand);
  const result = place ?? temporaryPair(g);
  const { name, unboxed } = result;
  if (a.literal !== undefined) return { first: inOrder(line, a.first, `${name}=${receiver(a.name)}.py_neg()`), name };
  const float = floatTest(g, a);
  const js =
    `(${a.float === true ? '' : `${negatedInt(a)}?${name}=-${a.name}:`}${float.test}?` +
    `(${unboxed}=-${float.number},${name}=null):${name}=${boxed(g, a)}.py_neg())`;
  return { first: inOrder(line, a.first, js), ...result, ...(a.float === true ? { float: true } : {}) };
}

/** The statement `name = value` for a local that may hold a float without a box. */
export function assignFloat(g: CodeGenerator, name: string, value: Expr): string {
  const place = placeOf(name);
  let js: string;
  if (value.type === 'Float') js = `${place.unboxed}=${g.number(value.value)},${place.name}=null`;
  else if (value.type === 'BinOp' && isFused(value.op, value.right)) js = fused(g, value, place).first;
  else if (
    value.type === 'UnaryOp' &&
    value.op === '-' &&
    value.operand.type !== 'Int' &&
    value.operand.type !== 'Float'
  ) {
    js = fusedNegation(g, value, place).first;
  } else {
    const v = term(g, value);
    js = v.unboxed === undefined ? `${inOrder(v.first, `${place.name}=${v.name}`)}` : copy(v, place);
  }
  g.unit.assigned.add(name);
  return `${js};`;
}

/** Copies a term whose number may lack a box, without making one. */
const copy = (t: Term, place: Pair): string =>
  inOrder(t.first, `${place.unboxed}=${t.unboxed ?? '0'}`, `${place.name}=${t.name}`);

/**
 * `name = value` in two steps, between which others are computed: `a, b = b, a + b`. The first takes the value, the second
 * gives it to the local, which may hold a float without a box.
 */
export function snapshot(g: CodeGenerator, name: string, value: Expr): { take: string; give: () => string } {
  const v = term(g, value);
  const between = temporaryPair(g);
  return {
    take: `${copy(v, between)};`,
    give: () => {
      g.unit.assigned.add(name);
      return `${copy({ first: '', ...between }, placeOf(name))};`;
    },
  };
}

/** The statement `name op= value` for a local that may hold a float without a box. */
export function augmentFloat(g: CodeGenerator, name: string, op: BinaryOperator, value: Expr): string {
  const place = placeOf(name);
  const b = term(g, value);
  return `${inOrder(b.first, compute(g, op, { first: '', ...place }, b, true, place))};`;
}

export const inOrder = (...parts: readonly string[]): string => parts.filter((p) => p !== '').join(',');

/** `-a` as a value; its `first` has been written. */
export function negation(g: CodeGenerator, a: Term): string {
  const slow = `${receiver(boxed(g, a))}.py_neg()`;
  if (isNoNumber(a.name) || isNumber(a.name)) return slow;
  const float = g.floats ? floatTest(g, a) : null;
  const floats = float === null ? '' : `${float.test}?new ${g.rt('PyFloat')}(-${float.number}):`;
  return `(${negatedInt(a)}?-${a.name}:${floats}${slow})`;
}

/** The test for an int that is negated in place; 0 would give −0. */
const negatedInt = (a: Term): string => `typeof ${a.name}==='number'&&${a.name}!==0`;

/** The value of a term. */
export function boxed(g: CodeGenerator, t: Term): string {
  return t.unboxed === undefined ? t.name : `(${t.name}===null?new ${g.rt('PyFloat')}(${t.unboxed}):${t.name})`;
}

/** The test that a term is a float, '' for a literal, and its number. */
export function floatTest(g: CodeGenerator, t: Term): { test: string; number: string } {
  if (t.literal !== undefined) return { test: '', number: t.literal };
  if (isNumber(t.name)) return { test: '', number: g.number(numberIn(t.name)) };
  if (t.unboxed !== undefined) {
    return { test: `(${t.name}===null||(${t.unboxed}=${t.name}.f)!==undefined)`, number: t.unboxed };
  }
  const number = g.unit.temp();
  return { test: `(${number}=${t.name}.f)!==undefined`, number };
}

const isLiteral = (t: Term): boolean => t.literal !== undefined || isNumber(t.name);

/** The test that two terms are floats, and their numbers; null where both are literals. */
function bothFloats(g: CodeGenerator, a: Term, b: Term): { test: string; a: string; b: string } | null {
  if (isLiteral(a) && isLiteral(b)) return null;
  const x = floatTest(g, a);
  if (a.name === b.name) return { test: x.test, a: x.number, b: x.number };
  const y = floatTest(g, b);
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
): { int: Way | null; floats: readonly Way[]; slow: string } {
  return {
    int: a.float === true || b.float === true ? null : intWay(g, op, a.name, b.name),
    floats: g.floats ? [floatWay(g, op, a, b), quotientWay(g, op, a, b)].filter((way) => way !== null) : [],
    slow: `${receiver(boxed(g, a))}.py_${inplace ? 'i' : ''}${SLOTS[op]}(${boxed(g, b)})`,
  };
}

/** `a op b` as a value; `first` of both has been written. */
export function binary(g: CodeGenerator, op: BinaryOperator, a: Term, b: Term, inplace: boolean): string {
  const { int, floats, slow } = ways(g, op, a, b, inplace);
  if (int === null && floats.length === 0) return slow;
  const parts = floats.map(({ test, value }) => `${test}?new ${g.rt('PyFloat')}(${value}):`);
  if (int !== null) parts.unshift(`${int.test}?${int.value}:`);
  return `(${parts.join('')}${slow})`;
}

function floatWay(g: CodeGenerator, op: BinaryOperator, a: Term, b: Term): Way | null {
  if (op === '**') {
    if (b.name !== '2') return null;
    const { test, number } = floatTest(g, a);
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

/** `/` on ints; exact in double precision only. */
function quotientWay(g: CodeGenerator, op: BinaryOperator, a: Term, b: Term): Way | null {
  if (op !== '/' || g.options.singlePrecision === true || a.float === true || b.float === true) return null;
  const [x, y] = [a.name, b.name];
  if (isNoNumber(x) || isNoNumber(y) || (isNumber(x) && isNumber(y)) || (isNumber(y) && numberIn(y) === 0)) return null;
  const tests = [];
  if (!isNumber(x)) tests.push(`typeof ${x}==='number'`);
  if (!isNumber(y)) tests.push(`typeof ${y}==='number'&&${y}!==0`);
  return { test: tests.join('&&'), value: `${x}/${y}` };
}

/** A result in the precision of the profile. */
export const rounded = (g: CodeGenerator, js: string): string =>
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

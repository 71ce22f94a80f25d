/**
 * What the reader must know of constant expressions, which is what MicroPython's parser folds: whether a condition is
 * always true or false, and what `const()` may be given.
 */
import type { BinaryOperator, Expr, NodeBase } from './ast';

/** An int is kept as a BigInt here; of what is no number only the truth matters. */
export type Constant =
  { kind: 'int'; value: bigint } | { kind: 'float'; value: number } | { kind: 'other'; truth: boolean };

/** Results of more bits are left to be computed when the program runs. */
const largestResult = 65536;

/** The value of `expr` where MicroPython's parser knows it, else null. */
export function foldConstant(expr: Expr): Constant | null {
  switch (expr.type) {
    case 'Int':
      return { kind: 'int', value: BigInt(expr.value) };
    case 'Float':
      return { kind: 'float', value: expr.value };
    case 'Imaginary':
      return { kind: 'other', truth: expr.value !== 0 };
    case 'Str':
      return { kind: 'other', truth: expr.value !== '' };
    case 'Bytes':
      return { kind: 'other', truth: expr.value.length > 0 };
    case 'Singleton':
      return { kind: 'other', truth: expr.value === true || expr.value === 'Ellipsis' };
    case 'Tuple':
      return expr.elts.every((element) => foldConstant(element) !== null)
        ? { kind: 'other', truth: expr.elts.length > 0 }
        : null;
    case 'UnaryOp':
      return foldUnary(expr.op, foldConstant(expr.operand));
    case 'BinOp': {
      const left = foldConstant(expr.left);
      if (left === null || left.kind === 'other') return null;
      const right = foldConstant(expr.right);
      return right === null || right.kind === 'other' ? null : foldBinary(expr.op, left, right);
    }
    case 'BoolOp':
      return foldBool(expr.op === 'or', expr.values);
    default:
      return null;
  }
}

/** The literal of an int: a negative one is a minus before a positive. */
export function intLiteral(value: bigint, { line, column }: NodeBase): Expr {
  const size = value < 0n ? -value : value;
  const int: Expr = { type: 'Int', line, column, value: size <= Number.MAX_SAFE_INTEGER ? Number(size) : size };
  return value < 0n ? { type: 'UnaryOp', line, column, op: '-', operand: int } : int;
}

/** Whether `expr` is always true or always false, or null when that is not known. */
export function truthOf(expr: Expr): boolean | null {
  switch (expr.type) {
    // The common conditions, which cannot be constant, cost no look at their parts.
    case 'Name':
    case 'Compare':
    case 'Call':
    case 'Attribute':
      return null;
    default: {
      const constant = foldConstant(expr);
      return constant === null ? null : isTrue(constant);
    }
  }
}

function isTrue(constant: Constant): boolean {
  return constant.kind === 'other' ? constant.truth : Number(constant.value) !== 0;
}

function foldUnary(op: '-' | '+' | '~' | 'not', operand: Constant | null): Constant | null {
  if (operand === null) return null;
  if (op === 'not') return { kind: 'other', truth: !isTrue(operand) };
  if (operand.kind === 'int') {
    return { kind: 'int', value: op === '-' ? -operand.value : op === '~' ? ~operand.value : operand.value };
  }
  if (operand.kind === 'float' && op !== '~') {
    return { kind: 'float', value: op === '-' ? -operand.value : operand.value };
  }
  return null;
}

/** `and` and `or` give the first value that decides, as long as all before it are constant. */
function foldBool(isOr: boolean, values: readonly Expr[]): Constant | null {
  let last: Constant | null = null;
  for (const value of values) {
    last = foldConstant(value);
    if (last === null || isTrue(last) === isOr) return last;
  }
  return last;
}

export type NumberConstant = Exclude<Constant, { kind: 'other' }>;

function foldBinary(op: BinaryOperator, left: NumberConstant, right: NumberConstant): Constant | null {
  if (left.kind === 'int' && right.kind === 'int' && op !== '/' && !(op === '**' && right.value < 0n)) {
    const value = foldInts(op, left.value, right.value);
    return value === null ? null : { kind: 'int', value };
  }
  const value = foldFloats(op, Number(left.value), Number(right.value));
  return value === null ? null : { kind: 'float', value };
}

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}

function foldInts(op: BinaryOperator, a: bigint, b: bigint): bigint | null {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return bitLength(a) + bitLength(b) > largestResult ? null : a * b;
    case '//': {
      if (b === 0n) return null;
      const quotient = a / b;
      return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
    }
    case '%': {
      if (b === 0n) return null;
      const rest = a % b;
      return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
    }
    case '**':
      return b > largestResult || bitLength(a) * Number(b) > largestResult ? null : a ** b;
    case '<<':
      return b < 0n || b > largestResult || bitLength(a) + Number(b) > largestResult ? null : a << b;
    case '>>':
      return b < 0n ? null : a >> b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    default:
      return null;
  }
}

function foldFloats(op: BinaryOperator, a: number, b: number): number | null {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? null : a / b;
    case '//':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a - b * Math.floor(a / b);
    case '**':
      return a === 0 && b < 0 ? null : a < 0 && !Number.isInteger(b) ? null : a ** b;
    default:
      return null;
  }
}

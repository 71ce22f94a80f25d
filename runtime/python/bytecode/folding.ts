/** What MicroPython's parser makes of constant expressions before anything is compiled. */
import type { Constant } from '../compile/code';
import { BINARY_OPS, type BinaryOp } from '../interpreter/operators';
import { PyException } from '../objects/exception';
import { makeFloat, PyFloat } from '../objects/float';
import type { PyObject } from '../objects/object';
import type { BinOp, BoolOp, Expr, TupleExpr, UnaryOp } from '../syntax/ast';
import type { SourceFacts } from './source-reader';

/** A constant as it stands in MicroPython's tree. */
export interface Folded {
  readonly constant: Constant;
  /** A small int, a name, or a word such as `None`: such a leaf has no line. */
  readonly isLeaf: boolean;
  /** The line it is known to stand on, or 0. */
  readonly line: number;
}

/** Operators of one precedence are one node, which is folded as a whole or not at all. */
const groups: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '@', '/', '//', '%'],
  ['**'],
];
const groupOf = new Map(groups.flatMap((group) => group.map((op) => [op, group])));

const operators = new Map(BINARY_OPS.map((op) => [op.symbol, op]));

/** Operands and the operators between them. */
export interface Chain {
  readonly operands: readonly Expr[];
  readonly ops: readonly string[];
}

/** What stood in no parentheses of its own begins where the whole does. */
export function beginsWith(whole: Expr, part: Expr): boolean {
  return whole.line === part.line && whole.column === part.column;
}

/** All operands of operators of one precedence. */
export function chainOf(e: BinOp): Chain {
  const operands = [e.right];
  const ops: string[] = [e.op];
  const group = groupOf.get(e.op);
  let left = e.left;
  while (e.op !== '**' && left.type === 'BinOp' && groupOf.get(left.op) === group && beginsWith(e, left)) {
    operands.push(left.right);
    ops.push(left.op);
    left = left.left;
  }
  return { operands: [left, ...operands.reverse()], ops: ops.reverse() };
}

/** The smallest int that is long, and whose negative is not. */
const LONG = 1n << 62n;

/** A constant that is not equal to itself; that of a module is one and the same. */
const moduleNan: Constant = { type: 'float', value: NaN };

export class Folder {
  private readonly cache = new Map<Expr, Folded | null>();
  private readonly limit: bigint;

  constructor(
    private readonly facts: SourceFacts,
    smallIntBits: number,
  ) {
    this.limit = 1n << BigInt(smallIntBits - 1);
  }

  isSmall(value: number | bigint): boolean {
    return -this.limit <= value && value < this.limit;
  }

  /** The constant that `e` is, or null. An empty tuple is built each time. */
  fold(e: Expr): Folded | null {
    if (e.type === 'Name' || e.type === 'Call' || e.type === 'Attribute') return null;
    const known = this.cache.get(e);
    if (known !== undefined) return known;
    const folded = this.compute(e);
    this.cache.set(e, folded);
    return folded;
  }

  /** Whether MicroPython sees that `e` is always true, or always false; else null. */
  truth(e: Expr): boolean | null {
    if (isEmptyTuple(e)) return false;
    const folded = this.fold(e);
    return folded === null ? null : isTrue(folded.constant);
  }

  /** The operands of `and` or `or` that are left: a constant that decides nothing goes unless it is the last. */
  operandsOf(e: BoolOp): readonly Expr[] {
    const decisive = e.op === 'or';
    const kept: Expr[] = [];
    for (const [i, value] of e.values.entries()) {
      const truth = this.truth(this.reduce(value));
      if (truth === null || truth === decisive || i === e.values.length - 1) kept.push(value);
      if (truth === decisive) break;
    }
    return kept;
  }

  /** What an expression is once constants have been taken out of its `and` and `or`. */
  reduce(e: Expr): Expr {
    while (e.type === 'BoolOp') {
      const operands = this.operandsOf(e);
      if (operands.length > 1) return e;
      e = operands[0] as Expr;
    }
    return e;
  }

  private compute(e: Expr): Folded | null {
    const { substituted, interned, moduleConstants } = this.facts;
    switch (e.type) {
      case 'Int':
        return this.int(e.value, e.line);
      case 'Float':
      case 'Imaginary': {
        const type = e.type === 'Float' ? 'float' : 'imaginary';
        if (Number.isNaN(e.value)) return { constant: moduleNan, isLeaf: false, line: 0 };
        return { constant: { type, value: e.value }, isLeaf: false, line: moduleConstants.has(e) ? 0 : e.line };
      }
      case 'Str':
        return { constant: { type: 'str', value: e.value }, isLeaf: interned.has(e), line: e.line };
      case 'Bytes':
        return { constant: { type: 'bytes', value: e.value }, isLeaf: false, line: e.line };
      case 'Singleton':
        return { constant: { type: 'singleton', value: e.value }, isLeaf: !substituted.has(e), line: e.line };
      case 'Tuple':
        return this.tuple(e.elts, this.firstOf(e));
      case 'UnaryOp':
        return this.unary(e);
      case 'BinOp':
        return this.binary(chainOf(e));
      case 'BoolOp': {
        const only = this.reduce(e);
        return only === e ? null : this.fold(only);
      }
      default:
        return null;
    }
  }

  private int(value: number | bigint, line: number): Folded {
    return { constant: { type: 'int', value }, isLeaf: this.isSmall(value), line };
  }

  /**
   * Where MicroPython takes a constant tuple to begin: the elements behind the first are a list of their own where they
   * are several.
   */
  private firstOf(e: TupleExpr): Expr {
    const { elts } = e;
    if (!e.parenthesised || this.facts.substituted.has(e)) return e;
    const isList = elts.length > 2 || (elts.length === 2 && this.facts.lastCommas.has(e));
    return elts[isList ? 1 : 0] ?? e;
  }

  private tuple(elements: readonly Expr[], first: Expr): Folded | null {
    if (elements.length === 0 && !this.facts.substituted.has(first)) return null;
    const items: Constant[] = [];
    for (const element of elements) {
      if (isEmptyTuple(element)) items.push({ type: 'tuple', value: [] });
      else {
        const item = this.fold(element);
        if (item === null) return null;
        items.push(item.constant);
      }
    }
    return { constant: { type: 'tuple', value: items }, isLeaf: false, line: first.line };
  }

  private unary(e: UnaryOp): Folded | null {
    if (e.op === 'not') {
      const truth = this.truth(this.reduce(e.operand));
      return truth === null ? null : { constant: { type: 'singleton', value: !truth }, isLeaf: true, line: 0 };
    }
    const operand = this.number(e.operand);
    if (operand === null || (e.op === '~' && operand instanceof PyFloat)) return null;
    // MicroPython keeps what it gets from a long int a long int.
    if (e.op === '-' && operand === LONG) return { ...this.int(-LONG, 0), isLeaf: false };
    return this.result(() => (e.op === '-' ? operand.py_neg() : e.op === '+' ? operand.py_pos() : operand.py_invert()));
  }

  private binary({ operands, ops }: Chain): Folded | null {
    const numbers: PyObject[] = [];
    for (const operand of operands) {
      const number = this.number(operand);
      if (number === null) return null;
      numbers.push(number);
    }
    return this.result(() =>
      ops.reduce((left, symbol, i) => {
        const { slot } = operators.get(symbol) as BinaryOp;
        return left[slot](numbers[i + 1] as PyObject);
      }, numbers[0] as PyObject),
    );
  }

  private number(e: Expr): PyObject | null {
    const constant = this.fold(e)?.constant;
    if (constant?.type === 'int') return constant.value;
    return constant?.type === 'float' ? makeFloat(constant.value) : null;
  }

  /** What raises an exception, or is complex, is left for the run. */
  private result(compute: () => PyObject): Folded | null {
    try {
      const value = compute();
      if (typeof value === 'number' || typeof value === 'bigint') return this.int(value, 0);
      return value instanceof PyFloat ? { constant: { type: 'float', value: value.f }, isLeaf: false, line: 0 } : null;
    } catch (thrown) {
      if (thrown instanceof PyException) return null;
      throw thrown;
    }
  }
}

/** `()`, which is a constant for a condition and in a tuple. */
function isEmptyTuple(e: Expr): boolean {
  return e.type === 'Tuple' && e.elts.length === 0;
}

function isTrue(constant: Constant): boolean {
  switch (constant.type) {
    case 'str':
    case 'bytes':
    case 'tuple':
      return constant.value.length > 0;
    case 'singleton':
      return constant.value === true || constant.value === 'Ellipsis';
    case 'code':
      return true;
    default:
      return Number(constant.value) !== 0;
  }
}

/** What is mostly a float, as far as the text of an expression tells: a guess, which decides only what is quick. */
import type { Call, Expr } from '../syntax/ast';
import type { Scope } from './scope';

/** Whether an expression is mostly a float. */
export function isFloat(e: Expr, scope: Scope): boolean {
  switch (e.type) {
    case 'Float':
      return true;
    case 'Name':
      return scope.floats.has(e.id);
    case 'BinOp':
      return e.op === '/' || isFloat(e.left, scope) || isFloat(e.right, scope);
    case 'UnaryOp':
      return e.op !== 'not' && isFloat(e.operand, scope);
    default:
      return isFloatCall(e) && (givesFloat(e) || isFloat(e.args[0] as Expr, scope));
  }
}

/** Python's names of the functions that have an `ofFloat`. */
const NAMES: ReadonlySet<string> = new Set(['abs', 'cos', 'exp', 'fabs', 'sin', 'sqrt']);

/** Whether an expression is a call by one of the names, as `sqrt(x)` or `math.sqrt(x)`. */
export function isFloatCall(e: Expr): e is Call {
  if (e.type !== 'Call' || e.args.length !== 1 || e.keywords.length > 0) return false;
  const { func } = e;
  const { type } = e.args[0] as Expr;
  if (type === 'Starred' || type === 'GeneratorExp' || type === 'Int' || type === 'UnaryOp') return false;
  if (func.type === 'Attribute') return NAMES.has(func.attr) && func.value.type === 'Name' && func.value.id === 'math';
  return func.type === 'Name' && NAMES.has(func.id);
}

/** Whether the function gives a float for an int, too. */
export const givesFloat = ({ func }: Call): boolean => func.type !== 'Name' || func.id !== 'abs';

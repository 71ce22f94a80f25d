/** Constants of a source: which expressions are ones, and which of them are the same. */
import type { Expr } from '../syntax/ast';
import type { Constant } from './code';

/** The value of an expression that is the same each time it is evaluated, or null. */
export function constantOf(e: Expr): Constant | null {
  switch (e.type) {
    case 'Int':
      return { type: 'int', value: e.value };
    case 'Float':
    case 'Imaginary':
      return { type: e.type === 'Float' ? 'float' : 'imaginary', value: e.value };
    case 'Str':
      return { type: 'str', value: e.value };
    case 'Bytes':
      return { type: 'bytes', value: e.value };
    case 'Singleton':
      return { type: 'singleton', value: e.value };
    case 'UnaryOp':
      return e.op === '-' ? negated(constantOf(e.operand)) : null;
    case 'Tuple':
      return tupleOf(e.elts);
    default:
      return null;
  }
}

function negated(c: Constant | null): Constant | null {
  if (c?.type === 'float') return { type: 'float', value: -c.value };
  if (c?.type !== 'int') return null;
  return { type: 'int', value: c.value === 0 ? 0 : -c.value };
}

function tupleOf(elements: readonly Expr[]): Constant | null {
  const items: Constant[] = [];
  for (const element of elements) {
    const item = constantOf(element);
    if (item === null) return null;
    items.push(item);
  }
  return { type: 'tuple', value: items };
}

/** A text that equal constants of the same type share. */
export function constantKey(c: Constant): string {
  switch (c.type) {
    case 'tuple':
      return `(${c.value.map(constantKey).join()})`;
    case 'bytes':
      return `b${c.value.join()};`;
    case 'str':
      return `s${String(c.value.length)}:${c.value}`;
    case 'float':
      return `f${Object.is(c.value, -0) ? '-0' : String(c.value)}`;
    case 'code':
      throw new TypeError('the code of a function is shared with nothing');
    default:
      return `${c.type} ${String(c.value)}`;
  }
}

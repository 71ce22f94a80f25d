/** What is assigned to or deleted: the value to assign is on the stack. */
import type { AugAssign, Expr } from '../syntax/ast';
import { NoBytecode, type Compiler } from './compiler';
import { expression, trailer, trailersOf, type Trailer } from './expressions';
import { Op } from './opcodes';

/** Stores the value on the stack. */
export function store(c: Compiler, target: Expr): void {
  switch (target.type) {
    case 'Name':
      return c.store(target.id);
    case 'Attribute':
    case 'Call':
    case 'Subscript': {
      const last = holder(c, target);
      if (last.type === 'Attribute') return c.writer.opName(Op.STORE_ATTR, -2, last.attr);
      if (last.type === 'Subscript') expression(c, last.slice);
      return c.writer.op(Op.STORE_SUBSCR, -3);
    }
    case 'Tuple':
    case 'List':
      return unpack(c, target.elts);
    default:
      throw new NoBytecode(target.type);
  }
}

/** Loads what holds the target; the last trailer is left. Methods are not called as such here. */
function holder(c: Compiler, target: Trailer): Trailer {
  const { atom, trailers } = trailersOf(target);
  const last = trailers.pop() as Trailer;
  expression(c, atom);
  for (const each of trailers) trailer(c, each);
  return last;
}

function unpack(c: Compiler, targets: readonly Expr[]): void {
  const star = targets.findIndex(({ type }) => type === 'Starred');
  const count = targets.length;
  if (star >= 0) c.writer.opNumber(Op.UNPACK_EX, count - 1, star | ((count - star - 1) << 8));
  else c.writer.opNumber(Op.UNPACK_SEQUENCE, count - 1, count);
  for (const target of targets) store(c, target.type === 'Starred' ? target.value : target);
}

/** Loads the value that an augmented assignment changes, and leaves what is needed to store it again. */
export function loadAugmented(c: Compiler, target: AugAssign['target']): void {
  const { writer } = c;
  if (target.type === 'Name') return c.load(target.id);
  const last = holder(c, target);
  if (last.type === 'Attribute') {
    writer.op(Op.DUP_TOP, 1);
    writer.opName(Op.LOAD_ATTR, 0, last.attr);
  } else if (last.type === 'Subscript') {
    expression(c, last.slice);
    writer.op(Op.DUP_TOP_TWO, 2);
    writer.op(Op.LOAD_SUBSCR, -1);
  }
}

/** Stores what an augmented assignment gives. */
export function storeAugmented(c: Compiler, target: AugAssign['target']): void {
  const { writer } = c;
  if (target.type === 'Name') return c.store(target.id);
  if (target.type === 'Attribute') {
    writer.op(Op.ROT_TWO, 0);
    writer.opName(Op.STORE_ATTR, -2, target.attr);
  } else {
    writer.op(Op.ROT_THREE, 0);
    writer.op(Op.STORE_SUBSCR, -3);
  }
}

export function remove(c: Compiler, target: Expr): void {
  const { writer } = c;
  switch (target.type) {
    case 'Name':
      return c.delete(target.id);
    case 'Attribute':
    case 'Subscript': {
      const last = holder(c, target);
      if (last.type === 'Subscript') expression(c, last.slice);
      writer.op(Op.LOAD_NULL, 1);
      if (last.type === 'Attribute') {
        writer.op(Op.ROT_TWO, 0);
        return writer.opName(Op.STORE_ATTR, -2, last.attr);
      }
      writer.op(Op.ROT_THREE, 0);
      return writer.op(Op.STORE_SUBSCR, -3);
    }
    case 'Tuple':
      for (const each of target.elts) remove(c, each);
      return;
    default:
      throw new NoBytecode(target.type);
  }
}

/**
 * Says which sources are so long that a jump in MicroPython's bytecode might not reach: there it raises RuntimeError.
 *
 * A jump reaches 16383 bytes. Only what branches, loops or catches has jumps, and each stays within its statement, or
 * within its operator, so the length of one of these in bytes is what counts. The bound is found in three steps. The
 * resolver, which goes through all of a source anyway, adds up a rough bound for each scope; few scopes reach it. No
 * character of such a one becomes more than six bytes: the names in `from x import a,b` are the worst, a string to load, an
 * import and a store of up to four bytes each for two characters; but `async with a,b` writes eighty bytes for each
 * item. So a short statement needs no look inside. In a longer one the bytes that each node may take are added up.
 */
import type { Module, Stmt } from '../syntax/ast';
import type { Scopes, ScopeNode } from './resolver';

/** The bytes that a jump must not span. */
const REACH = 0x4000;

const BYTES_PER_CHARACTER = 6;
const BYTES_PER_ASYNC_CHARACTER = 40;
const asyncWith = /\basync[\s\\]+with\b/;

/** The most bytes that a node takes beside those of the nodes in it. */
const ownBytes: Readonly<Record<string, number>> = {
  Name: 4, Float: 4, Imaginary: 4, Str: 4, Bytes: 4, Singleton: 4, Int: 10,
  Tuple: 4, List: 4, Set: 4, Dict: 4, UnaryOp: 1, BinOp: 1, BoolOp: 0, Compare: 7, IfExp: 6, NamedExpr: 1,
  Attribute: 6, Subscript: 4, Slice: 4, Starred: 4, Call: 20, Keyword: 4,
  Lambda: 10, ListComp: 10, SetComp: 10, DictComp: 10, GeneratorExp: 10, Yield: 2, YieldFrom: 3, Await: 3,
  Expr: 1, Assign: 0, AugAssign: 12, AnnAssign: 0, Return: 2, Delete: 0, Pass: 0, Break: 7, Continue: 7, Raise: 1,
  Global: 0, Nonlocal: 0, Assert: 12, Import: 0, ImportFrom: 16, If: 6, While: 6, For: 80, Try: 16, With: 0,
  FunctionDef: 20, ClassDef: 20,
}; // prettier-ignore

/** What a node takes for each element of some of its lists. */
const bytesPerElement: Readonly<Record<string, number>> = {
  BoolOp: 3, Compare: 10, Dict: 1, Assign: 1, Delete: 3, FunctionDef: 2, ClassDef: 2,
}; // prettier-ignore

/** What has no type: an alias, a handler, an item of `with`, a parameter, a `for` of a comprehension. */
const OTHER_BYTES = 40;
const ASYNC_ITEM_BYTES = 80;

/** Nodes whose bytecode jumps from one end to the other. */
const jumping: ReadonlySet<string> = new Set([
  'BoolOp', 'Compare', 'IfExp', 'Assert', 'If', 'While', 'For', 'Try', 'With',
]); // prettier-ignore

type AnyNode = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is AnyNode => value !== null && typeof value === 'object';

/** The most bytes that MicroPython can make of a part of a tree. */
export function mostBytes(part: unknown): number {
  if (typeof part === 'string') return part.includes('.') ? 4 * part.length : 0;
  if (!isNode(part) || part instanceof Uint8Array) return 0;
  const type = part.type as string | undefined;
  let bytes = 0;
  let longestList = 0;
  for (const key in part) {
    const value = part[key];
    if (typeof value === 'number' || value === null || key === 'type' || (key === 'value' && type === 'Str')) continue;
    bytes += mostBytes(value);
    if (Array.isArray(value) && value.length > longestList) longestList = value.length;
  }
  if (Array.isArray(part)) return bytes;
  if (type === undefined) return bytes + OTHER_BYTES;
  if (type === 'With' && part.isAsync === true) bytes += ASYNC_ITEM_BYTES * longestList;
  return bytes + (ownBytes[type] ?? OTHER_BYTES) + (bytesPerElement[type] ?? 0) * longestList;
}

/** The most bytes that a jump can span in a part of a tree. */
function longestJump(part: unknown): number {
  if (!isNode(part) || part instanceof Uint8Array) return 0;
  if (jumping.has(part.type as string)) return mostBytes(part);
  let longest = 0;
  for (const key in part) longest = Math.max(longest, longestJump(part[key]));
  return longest;
}

/** Whether a scope of a module is long enough to be looked at. */
export function isLong(node: ScopeNode, scopes: Scopes): boolean {
  return (scopes.get(node)?.mostBytes ?? 0) >= REACH;
}

/** Whether a jump in a module may be too long. */
export function mayJumpTooFar(source: string, tree: Module, scopes: Scopes): boolean {
  const harmless =
    REACH / (source.includes('async') && asyncWith.test(source) ? BYTES_PER_ASYNC_CHARACTER : BYTES_PER_CHARACTER);
  return new LongStatements(source, harmless, scopes).mayJumpTooFar(tree.body, source.length);
}

class LongStatements {
  /** Where each line begins. */
  private readonly lines = [0];

  constructor(
    source: string,
    private readonly harmless: number,
    private readonly scopes: Scopes,
  ) {
    if (source.includes('\r')) {
      for (const { 0: end, index } of source.matchAll(/\r\n?|\n/g)) this.lines.push(index + end.length);
    } else {
      for (let at = source.indexOf('\n') + 1; at > 0; at = source.indexOf('\n', at) + 1) this.lines.push(at);
    }
  }

  /** Looks at statements that end where the next begins, the last one at `end`. */
  mayJumpTooFar(body: readonly Stmt[], end: number): boolean {
    return body.some((statement, i) => {
      const next = body[i + 1];
      const stop = next === undefined ? end : this.start(next);
      if (stop - this.start(statement) < this.harmless) return false;
      if (statement.type !== 'FunctionDef' && statement.type !== 'ClassDef') return longestJump(statement) >= REACH;
      const { body: inner, ...head } = statement;
      if (longestJump({ ...head, type: 'head' }) >= REACH) return true;
      return isLong(statement, this.scopes) && this.mayJumpTooFar(inner, stop);
    });
  }

  private start(statement: Stmt): number {
    const decorated =
      statement.type === 'FunctionDef' || statement.type === 'ClassDef' ? statement.decorators[0] : null;
    return this.lines[(decorated ?? statement).line - 1] as number;
  }
}

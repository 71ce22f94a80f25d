/** Expressions to bytecode: each leaves its value on the stack. */
import type {
  Attribute,
  BinOp,
  Call,
  Compare,
  Comprehension,
  DictComp,
  DictExpr,
  Expr,
  GeneratorExp,
  IfExp,
  Keyword,
  ListComp,
  NamedExpr,
  SetComp,
  SetExpr,
  Slice,
  Subscript,
} from '../syntax/ast';
import { ITERATOR_SLOTS } from './code-writer';
import { NoBytecode, type Compiler } from './compiler';
import { beginsWith, chainOf } from './folding';
import type { NameScopeKind } from './name-scope';
import { Op } from './opcodes';
import { store } from './targets';

/** What follows an atom. */
export type Trailer = Attribute | Call | Subscript;

export function expression(c: Compiler, whole: Expr): void {
  const { writer } = c;
  const e = c.folder.reduce(whole);
  const folded = c.folder.fold(e);
  if (folded !== null) return c.constant(folded);
  if (e.type === 'Name') return c.load(e.id);
  writer.setLine(e.line);
  switch (e.type) {
    case 'Attribute':
    case 'Call':
    case 'Subscript':
      return atomWithTrailers(c, e);
    case 'Tuple':
    case 'List':
      for (const element of e.elts) expression(c, element);
      return build(c, e.type === 'Tuple' ? Op.BUILD_TUPLE : Op.BUILD_LIST, e.elts.length);
    case 'Set':
      for (const element of e.elts) expression(c, element);
      return build(c, Op.BUILD_SET, e.elts.length);
    case 'Dict':
      writer.opNumber(Op.BUILD_MAP, 1, e.values.length);
      return dictItems(c, e);
    case 'UnaryOp':
      expression(c, e.operand);
      return c.unary(e.op);
    case 'BinOp':
      return binaryOperation(c, e);
    case 'BoolOp':
      return logicalOperation(c, c.folder.operandsOf(e), e.op === 'or');
    case 'Compare':
      return comparison(c, e);
    case 'IfExp':
      return conditional(c, e);
    case 'NamedExpr':
      return namedExpression(c, e);
    case 'Slice':
      return slice(c, e);
    case 'Lambda':
      return c.functionWithDefaults(c.scopeOf('lambda', '<lambda>', e), e.args);
    case 'ListComp':
      return comprehension(c, e, 'listcomp');
    case 'SetComp':
      return comprehension(c, e, 'setcomp');
    case 'DictComp':
      return comprehension(c, e, 'dictcomp');
    case 'GeneratorExp':
      return comprehension(c, e, 'genexpr');
    case 'Yield':
      if (e.value === null) c.none();
      else expression(c, e.value);
      return yieldValue(c);
    case 'YieldFrom':
      expression(c, e.value);
      return yieldFrom(c);
    case 'Await':
      expression(c, e.value);
      return yieldFrom(c);
    default:
      throw new NoBytecode(e.type);
  }
}

export function build(c: Compiler, code: number, count: number): void {
  c.writer.opNumber(code, 1 - count, count);
}

// ---- operators

function binaryOperation(c: Compiler, e: BinOp): void {
  const { operands, ops } = chainOf(e);
  operands.forEach((operand, i) => {
    expression(c, operand);
    if (i > 0) c.binary(ops[i - 1] as string);
  });
}

function logicalOperation(c: Compiler, operands: readonly Expr[], isOr: boolean): void {
  const end = c.newLabel();
  operands.forEach((operand, i) => {
    expression(c, operand);
    if (i + 1 < operands.length) c.writer.opJump(isOr ? Op.JUMP_IF_TRUE_OR_POP : Op.JUMP_IF_FALSE_OR_POP, -1, end);
  });
  c.writer.label(end);
}

function comparison(c: Compiler, { left, ops, comparators }: Compare): void {
  const { writer } = c;
  const fail = c.newLabel();
  expression(c, left);
  ops.forEach((op, i) => {
    const isLast = i + 1 === ops.length;
    expression(c, comparators[i] as Expr);
    if (!isLast) {
      writer.op(Op.DUP_TOP, 1);
      writer.op(Op.ROT_THREE, 0);
    }
    if (op === 'not in' || op === 'is not') {
      c.binary(op === 'not in' ? 'in' : 'is');
      c.unary('not');
    } else {
      c.binary(op);
    }
    if (!isLast) writer.opJump(Op.JUMP_IF_FALSE_OR_POP, -1, fail);
  });
  if (ops.length === 1) return;
  const end = c.newLabel();
  writer.jump(end);
  writer.label(fail);
  writer.adjust(1);
  writer.op(Op.ROT_TWO, 0);
  writer.op(Op.POP_TOP, -1);
  writer.label(end);
}

function conditional(c: Compiler, { test, body, orelse }: IfExp): void {
  const { writer } = c;
  const fail = c.newLabel();
  const end = c.newLabel();
  condition(c, test, false, fail);
  expression(c, body);
  writer.jump(end);
  writer.label(fail);
  writer.adjust(-1);
  expression(c, orelse);
  writer.label(end);
}

/** Jumps to `label` where the truth of `whole` is `jumpIf`. */
export function condition(c: Compiler, whole: Expr, jumpIf: boolean, label: number): void {
  const { writer } = c;
  const e = c.folder.reduce(whole);
  const truth = c.folder.truth(e);
  if (truth !== null) {
    if (truth === jumpIf) writer.jump(label);
    return;
  }
  if (e.type === 'BoolOp') {
    const operands = c.folder.operandsOf(e);
    // The operand that decides has the truth that is asked for, or the other.
    if ((e.op === 'or') === jumpIf) {
      for (const operand of operands) condition(c, operand, jumpIf, label);
      return;
    }
    const end = c.newLabel();
    operands.forEach((operand, i) => {
      const isLast = i + 1 === operands.length;
      condition(c, operand, isLast ? jumpIf : !jumpIf, isLast ? label : end);
    });
    writer.label(end);
    return;
  }
  if (e.type === 'UnaryOp' && e.op === 'not') {
    condition(c, e.operand, !jumpIf, label);
    return;
  }
  expression(c, e);
  writer.opJump(jumpIf ? Op.POP_JUMP_IF_TRUE : Op.POP_JUMP_IF_FALSE, -1, label);
}

function namedExpression(c: Compiler, { target, value }: NamedExpr): void {
  expression(c, value);
  c.writer.op(Op.DUP_TOP, 1);
  if (c.pass === 'scope' && c.scope.isComprehension) bindAround(c, target.id);
  c.store(target.id);
}

/** `:=` in a comprehension binds in the scope around it. */
function bindAround(c: Compiler, name: string): void {
  const { scope } = c;
  const { parent } = scope;
  if (parent === null) return;
  if (parent.bind(name).kind === 'declaredGlobal') {
    scope.findOrAdd(name, 'declaredGlobal');
    return;
  }
  const known = scope.findOrAdd(name, 'undecided');
  if (parent.parent === null) {
    scope.declareGlobal(known);
  } else {
    if (known.kind === 'global') known.kind = 'undecided';
    scope.declareNonlocal(known);
  }
}

function slice(c: Compiler, { lower, upper, step }: Slice): void {
  for (const bound of [lower, upper]) {
    if (bound === null) c.none();
    else expression(c, bound);
  }
  if (step !== null) expression(c, step);
  build(c, Op.BUILD_SLICE, step === null ? 2 : 3);
}

function dictItems(c: Compiler, { keys, values }: DictExpr): void {
  values.forEach((value, i) => {
    const key = keys[i] as Expr;
    c.writer.setLine(c.lineOf(key));
    expression(c, value);
    expression(c, key);
    c.writer.op(Op.STORE_MAP, -2);
  });
}

// ---- atoms and what follows them

/** The atom under the trailers of `e`, and these in order. What stands in parentheses is an atom. */
export function trailersOf(e: Trailer): { atom: Expr; trailers: Trailer[] } {
  const trailers: Trailer[] = [];
  let atom: Expr = e;
  while (isTrailer(atom) && beginsWith(e, atom)) {
    trailers.unshift(atom);
    atom = atom.type === 'Call' ? atom.func : atom.value;
  }
  return { atom, trailers };
}

function isTrailer(e: Expr): e is Trailer {
  return e.type === 'Attribute' || e.type === 'Call' || e.type === 'Subscript';
}

function atomWithTrailers(c: Compiler, e: Trailer): void {
  const { atom, trailers } = trailersOf(e);
  let i = 0;
  expression(c, atom);
  if (isSuper(c, atom, trailers[0] as Trailer)) {
    i = superCall(c, trailers);
  } else {
    const braces = c.options.target.ordersItems ? orderedItems(atom, trailers[0] as Trailer) : null;
    if (braces !== null) {
      call(c, [], [], false);
      if (braces.type === 'Dict') dictItems(c, braces);
      else expression(c, braces);
      i = 1;
    }
  }
  for (; i < trailers.length; i++) {
    const first = trailers[i] as Trailer;
    const next = trailers[i + 1];
    if (first.type === 'Attribute' && next?.type === 'Call') {
      c.writer.opName(Op.LOAD_METHOD, 1, first.attr);
      call(c, next.args, next.keywords, true);
      i++;
    } else {
      trailer(c, first);
    }
  }
}

/** One attribute, call or item of what is on the stack. */
export function trailer(c: Compiler, e: Trailer): void {
  const { writer } = c;
  writer.setLine(c.facts.trailerLines.get(e) ?? e.line);
  if (e.type === 'Attribute') return writer.opName(Op.LOAD_ATTR, 0, e.attr);
  if (e.type === 'Call') return call(c, e.args, e.keywords, false);
  expression(c, e.slice);
  writer.op(Op.LOAD_SUBSCR, -1);
}

/** `super()` in a function. */
function isSuper(c: Compiler, atom: Expr, first: Trailer): boolean {
  return (
    c.scope.kind === 'function' &&
    atom.type === 'Name' &&
    atom.id === 'super' &&
    first.type === 'Call' &&
    first.args.length + first.keywords.length === 0
  );
}

/** `super()`, or `super().name()` without an object between; gives the number of trailers that are done. */
function superCall(c: Compiler, trailers: readonly Trailer[]): number {
  const { writer } = c;
  c.load('__class__');
  const self = c.scope.names.find(({ parameter }) => parameter !== 'none');
  if (self !== undefined) c.load(self.name);
  const [, attribute, called] = trailers;
  if (attribute?.type === 'Attribute' && called?.type === 'Call') {
    writer.opName(Op.LOAD_SUPER_METHOD, -1, attribute.attr);
    call(c, called.args, called.keywords, true);
    return 3;
  }
  writer.opNumber(Op.CALL_FUNCTION, -2, 2);
  return 1;
}

/** The braces in `OrderedDict({…})`, whose items are stored in their order. */
function orderedItems(atom: Expr, first: Trailer): DictExpr | SetExpr | DictComp | SetComp | null {
  if (atom.type !== 'Name' || atom.id !== 'OrderedDict' || first.type !== 'Call') return null;
  const [only] = first.args;
  if (first.args.length !== 1 || first.keywords.length > 0 || only === undefined) return null;
  const isBraces = only.type === 'Dict' || only.type === 'Set' || only.type === 'DictComp' || only.type === 'SetComp';
  return isBraces ? only : null;
}

/** Whether an argument is a generator expression without parentheses of its own. */
export function isBareGenerator(c: Compiler, argument: Expr): argument is GeneratorExp {
  return argument.type === 'GeneratorExp' && !c.facts.bracketed.has(argument);
}

/** Calls what is on the stack, as a function or, with its object, as a method; `extra` arguments are there already. */
export function call(
  c: Compiler,
  args: readonly Expr[],
  keywords: readonly Keyword[],
  isMethod: boolean,
  extra = 0,
): void {
  const { writer } = c;
  let stars = 0n;
  let hasStars = false;
  args.forEach((argument, i) => {
    if (argument.type === 'Starred') {
      hasStars = true;
      stars |= 1n << BigInt(i);
      expression(c, argument.value);
    } else if (argument.type === 'NamedExpr') {
      namedExpression(c, argument);
    } else if (isBareGenerator(c, argument)) {
      comprehension(c, argument, 'genexpr');
    } else {
      expression(c, argument);
    }
  });
  for (const { arg, value } of keywords) {
    if (arg === null) {
      hasStars = true;
      writer.op(Op.LOAD_NULL, 1);
    } else {
      writer.opName(Op.LOAD_CONST_STRING, 1, arg);
    }
    expression(c, value);
  }
  const positional = extra + args.length;
  const taken = positional + 2 * keywords.length + (hasStars ? 1 : 0) + (isMethod ? 1 : 0);
  if (hasStars) writer.smallInt(Number(stars));
  const code = isMethod
    ? hasStars ? Op.CALL_METHOD_VAR_KW : Op.CALL_METHOD
    : hasStars ? Op.CALL_FUNCTION_VAR_KW : Op.CALL_FUNCTION; // prettier-ignore
  writer.opNumber(code, -taken, (keywords.length << 8) | positional);
}

// ---- generators and comprehensions

function yieldValue(c: Compiler): void {
  c.writer.op(Op.YIELD_VALUE, 0);
  c.scope.isGenerator = true;
}

export function yieldFrom(c: Compiler): void {
  c.writer.op(Op.GET_ITER, 0);
  c.none();
  c.writer.op(Op.YIELD_FROM, -1);
  c.scope.isGenerator = true;
}

/** Waits for what a method gives. */
export function awaitMethod(c: Compiler, name: string): void {
  c.writer.opName(Op.LOAD_METHOD, 1, name);
  call(c, [], [], true);
  yieldFrom(c);
}

function comprehension(
  c: Compiler,
  e: ListComp | SetComp | DictComp | GeneratorExp,
  kind: Extract<NameScopeKind, 'listcomp' | 'setcomp' | 'dictcomp' | 'genexpr'>,
): void {
  c.makeFunction(c.scopeOf(kind, `<${kind}>`, e));
  expression(c, (e.generators[0] as Comprehension).iter);
  if (kind === 'genexpr') c.writer.op(Op.GET_ITER, 0);
  call(c, [], [], false, 1);
}

const collections = {
  listcomp: { build: Op.BUILD_LIST, kind: 0 },
  dictcomp: { build: Op.BUILD_MAP, kind: 1 },
  setcomp: { build: Op.BUILD_SET, kind: 2 },
} as const;

const isCollection = (kind: NameScopeKind): kind is keyof typeof collections => kind in collections;

/** The function of a comprehension; its one parameter, which has no name, is what the first `for` runs through. */
export function comprehensionBody(
  c: Compiler,
  kind: NameScopeKind,
  line: number,
  generators: readonly [Comprehension, ...Comprehension[]],
  elements: readonly Expr[],
): void {
  const { writer, scope } = c;
  if (c.pass === 'scope') {
    scope.findOrAdd('', 'local');
    scope.positional = 1;
  }
  writer.setLine(line);
  if (isCollection(kind)) {
    const { build: code } = collections[kind];
    writer.opNumber(code, 1, 0);
    c.load('');
    writer.op(Op.GET_ITER_STACK, ITERATOR_SLOTS - 1);
  } else {
    writer.op(Op.LOAD_NULL, 1);
    c.load('');
    writer.op(Op.LOAD_NULL, 1);
    writer.op(Op.LOAD_NULL, 1);
  }
  rounds(c, generators, 0, elements);
  if (!isCollection(kind)) c.none();
  c.returnValue();
}

/** The `for` numbered `depth` and all inside it. */
function rounds(c: Compiler, generators: readonly Comprehension[], depth: number, elements: readonly Expr[]): void {
  const { writer, scope } = c;
  const { target, ifs } = generators[depth] as Comprehension;
  const top = c.newLabel();
  const end = c.newLabel();
  writer.label(top);
  writer.opJump(Op.FOR_ITER, 1, end);
  store(c, target);
  for (const test of ifs) condition(c, test, false, top);
  const inner = generators[depth + 1];
  if (inner !== undefined) {
    expression(c, inner.iter);
    writer.op(Op.GET_ITER_STACK, ITERATOR_SLOTS - 1);
    rounds(c, generators, depth + 1, elements);
  } else if (isCollection(scope.kind)) {
    if (elements.length > 1) writer.setLine(c.lineOf(elements[1] as Expr));
    for (const element of elements) expression(c, element);
    // The collection lies under the iterators, and under the value where there is a key.
    const below = ITERATOR_SLOTS * depth + ITERATOR_SLOTS + elements.length;
    writer.opNumber(Op.STORE_COMP, -elements.length, (below << 2) | collections[scope.kind].kind);
  } else {
    for (const element of elements) expression(c, element);
    yieldValue(c);
    writer.op(Op.POP_TOP, -1);
  }
  writer.jump(top);
  writer.label(end);
  writer.adjust(-ITERATOR_SLOTS);
}

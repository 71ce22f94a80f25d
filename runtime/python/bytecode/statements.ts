/** Statements to bytecode. */
import type {
  Assign,
  ClassDef,
  Expr,
  For,
  FunctionDef,
  If,
  Import,
  ImportFrom,
  Return,
  Stmt,
  Try,
  TupleExpr,
  While,
  WithItem,
} from '../syntax/ast';
import { FROM_FOR, ITERATOR_SLOTS } from './code-writer';
import { NoBytecode, type Compiler } from './compiler';
import { awaitMethod, isBareGenerator, build, call, condition, expression, trailer, yieldFrom } from './expressions';
import type { EmitKind } from './name-scope';
import { Op } from './opcodes';
import { loadAugmented, remove, store, storeAugmented } from './targets';

/** The line a statement begins on, decorators included. */
function firstLine(s: Stmt): number {
  const isDecorated = (s.type === 'FunctionDef' || s.type === 'ClassDef') && s.decorators.length > 0;
  return isDecorated ? (s.decorators[0] as Expr).line : s.line;
}

export function block(c: Compiler, body: readonly Stmt[]): void {
  const [first] = body;
  if (first === undefined) return;
  // Several statements are a node of their own.
  if (body.length > 1) c.writer.setLine(firstLine(first));
  for (const s of body) statement(c, s);
}

export function statement(c: Compiler, s: Stmt): void {
  const { writer } = c;
  if (c.facts.definitions.has(s)) return;
  writer.setLine(firstLine(s));
  switch (s.type) {
    case 'Expr':
      return expressionStatement(c, s.value);
    case 'Assign':
      return assignment(c, s);
    case 'AugAssign':
      loadAugmented(c, s.target);
      expression(c, s.value);
      c.binary(`${s.op}=`);
      return storeAugmented(c, s.target);
    case 'AnnAssign':
      if (s.value !== null) return assign(c, s.target, s.value);
      if (c.scope.kind === 'function' && s.target.type === 'Name') c.scope.findOrAdd(s.target.id, 'local');
      return;
    case 'Return':
      return returnStatement(c, s);
    case 'Delete':
      for (const target of s.targets) remove(c, target);
      return;
    case 'Pass':
      return;
    case 'Break':
    case 'Continue':
      return loopExit(c, s.type === 'Break');
    case 'Raise':
      if (s.exc !== null) expression(c, s.exc);
      if (s.cause !== null) expression(c, s.cause);
      return raise(c, s.exc === null ? 0 : s.cause === null ? 1 : 2);
    case 'Global':
      return declareGlobal(c, s.names);
    case 'Nonlocal':
      return declareNonlocal(c, s.names);
    case 'Assert':
      return assertion(c, s.test, s.msg);
    case 'Import':
      return importModules(c, s);
    case 'ImportFrom':
      return importNames(c, s);
    case 'If':
      return ifStatement(c, s);
    case 'While':
      return whileLoop(c, s);
    case 'For':
      return s.isAsync ? asyncFor(c, s) : forLoop(c, s);
    case 'Try':
      return s.finalbody.length > 0 ? tryFinally(c, s) : tryExcept(c, s);
    case 'With':
      return s.isAsync ? asyncWith(c, s.items, s.body) : withStatement(c, s.items, s.body);
    case 'FunctionDef':
    case 'ClassDef':
      return definition(c, s);
    case 'Match':
      throw new NoBytecode(s.type);
  }
}

/** An expression whose value is dropped, or shown at a prompt. A lonely constant is nothing. */
function expressionStatement(c: Compiler, value: Expr): void {
  const { writer } = c;
  if (c.facts.kind === 'single' && c.scope.kind === 'module') {
    c.load('__repl_print__');
    expression(c, value);
    writer.opNumber(Op.CALL_FUNCTION, -1, 1);
    return writer.op(Op.POP_TOP, -1);
  }
  if (c.folder.fold(c.folder.reduce(value)) !== null) return;
  expression(c, value);
  writer.op(Op.POP_TOP, -1);
}

// ---- assignments

function assignment(c: Compiler, { targets, value }: Assign): void {
  const [only] = targets;
  if (targets.length === 1 && only !== undefined) return assign(c, only, value);
  expression(c, value);
  targets.forEach((target, i) => {
    if (i + 1 < targets.length) c.writer.op(Op.DUP_TOP, 1);
    store(c, target);
  });
}

function assign(c: Compiler, target: Expr, value: Expr): void {
  if (isBareTuple(target) && isBareTuple(value) && canSwap(c, target, value)) return swap(c, target, value);
  expression(c, value);
  store(c, target);
}

function isBareTuple(e: Expr): e is TupleExpr {
  return e.type === 'Tuple' && !e.parenthesised;
}

/** Two or three values go to as many targets without a tuple between. */
function canSwap(c: Compiler, { elts: targets }: TupleExpr, value: TupleExpr): boolean {
  const count = targets.length;
  return (
    (count === 2 || count === 3) &&
    count === value.elts.length &&
    targets.every(({ type }) => type !== 'Starred') &&
    c.folder.fold(value) === null
  );
}

function swap(c: Compiler, { elts: targets }: TupleExpr, { elts: values }: TupleExpr): void {
  for (const value of values) expression(c, value);
  if (values.length === 3) c.writer.op(Op.ROT_THREE, 0);
  c.writer.op(Op.ROT_TWO, 0);
  for (const target of targets) store(c, target);
}

// ---- simple statements

function returnStatement(c: Compiler, { value }: Return): void {
  if (value === null) {
    c.none();
  } else {
    const e = c.folder.reduce(value);
    if (e.type === 'IfExp') {
      const fail = c.newLabel();
      condition(c, e.test, false, fail);
      expression(c, e.body);
      c.returnValue();
      c.writer.label(fail);
      expression(c, e.orelse);
    } else {
      expression(c, e);
    }
  }
  c.returnValue();
}

function raise(c: Compiler, count: 0 | 1 | 2): void {
  c.writer.op(Op.RAISE_LAST + count, -count);
  c.writer.endOfFlow();
}

function loopExit(c: Compiler, isBreak: boolean): void {
  const { loop } = c;
  if (loop === null) throw new NoBytecode('Break');
  c.writer.unwindJump(isBreak ? loop.breakLabel : loop.continueLabel, c.handlers - loop.level);
}

function declareGlobal(c: Compiler, names: readonly string[]): void {
  if (c.pass !== 'scope') return;
  for (const name of names) c.scope.declareGlobal(c.scope.findOrAdd(name, 'undecided'));
}

function declareNonlocal(c: Compiler, names: readonly string[]): void {
  if (c.pass !== 'scope') return;
  for (const name of names) c.scope.declareNonlocal(c.scope.findOrAdd(name, 'undecided'));
}

function assertion(c: Compiler, test: Expr, msg: Expr | null): void {
  if (!c.hasAssertions) return;
  const end = c.newLabel();
  condition(c, test, true, end);
  c.loadGlobal('AssertionError');
  if (msg !== null) {
    expression(c, msg);
    c.writer.opNumber(Op.CALL_FUNCTION, -1, 1);
  }
  raise(c, 1);
  c.writer.label(end);
}

// ---- imports

function importModules(c: Compiler, { names }: Import): void {
  const { writer } = c;
  for (const { name, asname } of names) {
    writer.smallInt(0);
    c.none();
    writer.opName(Op.IMPORT_NAME, -1, name);
    const [first, ...rest] = name.split('.') as [string, ...string[]];
    if (asname !== null) for (const attribute of rest) writer.opName(Op.LOAD_ATTR, 0, attribute);
    c.store(asname ?? first);
  }
}

function importNames(c: Compiler, { module, names, level }: ImportFrom): void {
  const { writer } = c;
  const isStar = names[0]?.name === '*';
  writer.smallInt(level);
  for (const { name } of names) writer.opName(Op.LOAD_CONST_STRING, 1, name);
  build(c, Op.BUILD_TUPLE, names.length);
  writer.opName(Op.IMPORT_NAME, -1, module);
  if (isStar) return writer.op(Op.IMPORT_STAR, -1);
  for (const { name, asname } of names) {
    writer.opName(Op.IMPORT_FROM, 1, name);
    c.store(asname ?? name);
  }
  writer.op(Op.POP_TOP, -1);
}

// ---- branches

/** An `elif` stands where its `if` does; an `if` in an `else` stands deeper. */
function elifOf({ column, orelse }: If): If | null {
  const [only] = orelse;
  return orelse.length === 1 && only?.type === 'If' && only.column === column ? only : null;
}

function ifStatement(c: Compiler, s: If): void {
  const { writer } = c;
  const end = c.newLabel();
  for (let branch: If | null = s, elif: If | null; branch !== null; branch = elif) {
    const truth = c.folder.truth(c.folder.reduce(branch.test));
    elif = elifOf(branch);
    if (truth !== false) {
      const fail = c.newLabel();
      condition(c, branch.test, false, fail);
      block(c, branch.body);
      if (truth === true) break;
      // Only a lone `if` has nothing to jump over.
      if (branch !== s || branch.orelse.length > 0) writer.jump(end);
      writer.label(fail);
    }
    if (elif === null) block(c, branch.orelse);
  }
  writer.label(end);
}

// ---- loops

/** Writes a loop's body, with what its `break` and `continue` mean. */
function inLoop(c: Compiler, isFor: boolean, write: (breakLabel: number, continueLabel: number) => void): number {
  const outer = c.loop;
  const breakLabel = c.newLabel();
  const continueLabel = c.newLabel();
  c.loop = { breakLabel: isFor ? breakLabel | FROM_FOR : breakLabel, continueLabel, level: c.handlers };
  write(breakLabel, continueLabel);
  c.loop = outer;
  return breakLabel;
}

function whileLoop(c: Compiler, { test, body, orelse }: While): void {
  const { writer } = c;
  const truth = c.folder.truth(c.folder.reduce(test));
  const breakLabel = inLoop(c, false, (_, continueLabel) => {
    if (truth === false) return;
    const top = c.newLabel();
    if (truth === null) writer.jump(continueLabel);
    writer.label(top);
    block(c, body);
    writer.label(continueLabel);
    condition(c, test, true, top);
  });
  block(c, orelse);
  writer.label(breakLabel);
}

function forLoop(c: Compiler, s: For): void {
  const { writer } = c;
  const range = rangeOf(c, s);
  if (range !== null) return countingLoop(c, s, range);
  const breakLabel = inLoop(c, true, (_, continueLabel) => {
    const end = c.newLabel();
    expression(c, s.iter);
    writer.op(Op.GET_ITER_STACK, ITERATOR_SLOTS - 1);
    writer.label(continueLabel);
    writer.opJump(Op.FOR_ITER, 1, end);
    store(c, s.target);
    block(c, s.body);
    writer.jump(continueLabel);
    writer.label(end);
    writer.adjust(-ITERATOR_SLOTS);
  });
  block(c, s.orelse);
  writer.label(breakLabel);
}

/** The bounds of a `for name in range(…)` that counts. */
interface Range {
  readonly start: Expr | null;
  readonly end: Expr;
  /** A small int but 0. */
  readonly step: number | bigint;
}

function rangeOf(c: Compiler, { target, iter }: For): Range | null {
  if (target.type !== 'Name' || iter.type !== 'Call') return null;
  if (iter.func.type !== 'Name' || iter.func.id !== 'range' || iter.keywords.length > 0) return null;
  const { args } = iter;
  if (args.length < 1 || args.length > 3) return null;
  if (args.some((argument) => argument.type === 'Starred' || isBareGenerator(c, argument))) return null;
  const [first, second, third] = args as [Expr, ...Expr[]];
  const step = third === undefined ? 1 : smallInt(c, third);
  if (step === null || step === 0) return null;
  return second === undefined ? { start: null, end: first, step } : { start: first, end: second, step };
}

function smallInt(c: Compiler, e: Expr): number | bigint | null {
  const folded = c.folder.fold(c.folder.reduce(e));
  return folded !== null && folded.isLeaf && folded.constant.type === 'int' ? folded.constant.value : null;
}

/** A loop over a range keeps its number on the stack, above the end where that is no constant. */
function countingLoop(c: Compiler, { target, body, orelse }: For, { start, end, step }: Range): void {
  const { writer } = c;
  const last = smallInt(c, end);
  const breakLabel = inLoop(c, false, (_, continueLabel) => {
    const top = c.newLabel();
    const entry = c.newLabel();
    if (last === null) expression(c, end);
    if (start === null) writer.smallInt(0);
    else expression(c, start);
    writer.jump(entry);
    writer.label(top);
    writer.op(Op.DUP_TOP, 1);
    store(c, target);
    block(c, body);
    writer.label(continueLabel);
    writer.smallInt(step);
    c.binary('+=');
    writer.label(entry);
    if (last === null) {
      writer.op(Op.DUP_TOP_TWO, 2);
      writer.op(Op.ROT_TWO, 0);
    } else {
      writer.op(Op.DUP_TOP, 1);
      writer.smallInt(last);
    }
    c.binary(step >= 0 ? '<' : '>');
    writer.opJump(Op.POP_JUMP_IF_TRUE, -1, top);
  });
  const kept = last === null ? 2 : 1;
  const drop = (): void => {
    for (let i = 0; i < kept; i++) writer.op(Op.POP_TOP, -1);
  };
  if (orelse.length === 0) {
    writer.label(breakLabel);
    return drop();
  }
  drop();
  block(c, orelse);
  const after = c.newLabel();
  writer.jump(after);
  writer.adjust(kept);
  writer.label(breakLabel);
  drop();
  writer.label(after);
}

// ---- exceptions

function tryExcept(c: Compiler, { body, handlers, orelse }: Try): void {
  const { writer } = c;
  const caught = c.newLabel();
  const success = c.newLabel();
  c.enterHandler(Op.SETUP_EXCEPT, caught);
  block(c, body);
  popExceptJump(c, success);
  writer.label(caught);
  // The exception, and room for what an unwinding jump leaves.
  writer.adjust(4);
  const end = c.newLabel();
  for (const { excType, name, body: handler } of handlers) {
    const next = c.newLabel();
    if (excType !== null) {
      writer.op(Op.DUP_TOP, 1);
      expression(c, excType);
      c.binary('match');
      writer.opJump(Op.POP_JUMP_IF_FALSE, -1, next);
    }
    if (name === null) {
      writer.op(Op.POP_TOP, -1);
      block(c, handler);
    } else {
      c.store(name);
      namedHandler(c, name, handler);
    }
    popExceptJump(c, end);
    writer.label(next);
    writer.adjust(1);
  }
  c.leaveHandler();
  writer.adjust(-3);
  writer.label(success);
  block(c, orelse);
  writer.label(end);
}

function popExceptJump(c: Compiler, label: number): void {
  c.writer.opJump(Op.POP_EXCEPT_JUMP, 0, label);
  c.writer.endOfFlow();
}

/** The body of a handler that has given the exception a name, which is deleted whatever happens. */
function namedHandler(c: Compiler, name: string, body: readonly Stmt[]): void {
  const { writer } = c;
  const cleanUp = c.newLabel();
  c.enterHandler(Op.SETUP_FINALLY, cleanUp);
  block(c, body);
  c.none();
  writer.label(cleanUp);
  writer.adjust(1);
  c.none();
  c.store(name);
  c.delete(name);
  writer.adjust(-1);
  c.leaveHandler();
}

function tryFinally(c: Compiler, s: Try): void {
  const { writer } = c;
  const last = c.newLabel();
  c.enterHandler(Op.SETUP_FINALLY, last);
  if (s.handlers.length === 0) {
    writer.adjust(3);
    block(c, s.body);
    writer.adjust(-3);
  } else {
    tryExcept(c, s);
  }
  c.none();
  writer.label(last);
  writer.adjust(1);
  block(c, s.finalbody);
  writer.adjust(-1);
  c.leaveHandler();
}

// ---- with

function withStatement(c: Compiler, [item, ...rest]: readonly WithItem[], body: readonly Stmt[]): void {
  const { writer } = c;
  if (item === undefined) return block(c, body);
  const end = c.newLabel();
  expression(c, item.context);
  c.enterHandler(Op.SETUP_WITH, end);
  if (item.target === null) writer.op(Op.POP_TOP, -1);
  else store(c, item.target);
  withStatement(c, rest, body);
  c.none();
  writer.label(end);
  // Room to call its exit.
  writer.op(Op.WITH_CLEANUP, 2);
  writer.adjust(-4);
  c.leaveHandler();
}

function asyncWith(c: Compiler, [item, ...rest]: readonly WithItem[], body: readonly Stmt[]): void {
  const { writer } = c;
  if (item === undefined) return block(c, body);
  const last = c.newLabel();
  const exitQuietly = c.newLabel();
  const exitUnwinding = c.newLabel();
  const end = c.newLabel();
  expression(c, item.context);
  writer.op(Op.DUP_TOP, 1);
  awaitMethod(c, '__aenter__');
  if (item.target === null) writer.op(Op.POP_TOP, -1);
  else store(c, item.target);
  c.enterHandler(Op.SETUP_FINALLY, last);
  writer.adjust(3);
  asyncWith(c, rest, body);
  writer.adjust(-3);
  c.none();
  writer.op(Op.ROT_TWO, 0);
  writer.jump(exitQuietly);
  writer.label(last);
  writer.op(Op.DUP_TOP, 1);
  c.loadGlobal('BaseException');
  c.binary('match');
  writer.opJump(Op.POP_JUMP_IF_FALSE, -1, exitUnwinding);
  exitRaising(c, end);
  writer.adjust(2);
  writer.label(exitUnwinding);
  writer.op(Op.ROT_THREE, 0);
  writer.op(Op.ROT_THREE, 0);
  writer.label(exitQuietly);
  writer.opName(Op.LOAD_METHOD, 1, '__aexit__');
  c.none();
  writer.op(Op.DUP_TOP, 1);
  writer.op(Op.DUP_TOP, 1);
  writer.opNumber(Op.CALL_METHOD, -4, 3);
  yieldFrom(c);
  writer.op(Op.POP_TOP, -1);
  writer.adjust(-1);
  writer.label(end);
  c.leaveHandler();
}

/** Tells the exit of an `async with` about an exception, which goes on unless the exit says not. */
function exitRaising(c: Compiler, end: number): void {
  const { writer } = c;
  writer.op(Op.DUP_TOP, 1);
  writer.op(Op.ROT_THREE, 0);
  writer.op(Op.ROT_TWO, 0);
  writer.opName(Op.LOAD_METHOD, 1, '__aexit__');
  writer.op(Op.ROT_THREE, 0);
  writer.op(Op.ROT_THREE, 0);
  writer.op(Op.DUP_TOP, 1);
  writer.opName(Op.LOAD_ATTR, 0, '__class__');
  writer.op(Op.ROT_TWO, 0);
  c.none();
  writer.opNumber(Op.CALL_METHOD, -4, 3);
  yieldFrom(c);
  writer.opJump(Op.POP_JUMP_IF_FALSE, -1, end);
  writer.op(Op.POP_TOP, -1);
  c.none();
  writer.jump(end);
}

function asyncFor(c: Compiler, s: For): void {
  const { writer } = c;
  const whileElse = c.newLabel();
  expression(c, s.iter);
  writer.opName(Op.LOAD_METHOD, 1, '__aiter__');
  call(c, [], [], true);
  const breakLabel = inLoop(c, false, (_, continueLabel) => {
    const caught = c.newLabel();
    const success = c.newLabel();
    const other = c.newLabel();
    writer.label(continueLabel);
    c.enterHandler(Op.SETUP_EXCEPT, caught);
    writer.op(Op.DUP_TOP, 1);
    awaitMethod(c, '__anext__');
    store(c, s.target);
    popExceptJump(c, success);
    writer.label(caught);
    writer.adjust(4);
    writer.op(Op.DUP_TOP, 1);
    c.loadGlobal('StopAsyncIteration');
    c.binary('match');
    writer.opJump(Op.POP_JUMP_IF_FALSE, -1, other);
    writer.op(Op.POP_TOP, -1);
    popExceptJump(c, whileElse);
    writer.label(other);
    writer.adjust(1);
    c.leaveHandler();
    writer.adjust(-3);
    writer.label(success);
    block(c, s.body);
    writer.jump(continueLabel);
  });
  writer.label(whileElse);
  block(c, s.orelse);
  writer.label(breakLabel);
  writer.op(Op.POP_TOP, -1);
}

// ---- definitions

/** What an order to the compiler, such as `@micropython.native`, says; null for an ordinary decorator. */
function orderOf(decorator: Expr): EmitKind | null {
  if (decorator.type !== 'Attribute' || decorator.value.type !== 'Name') return null;
  if (decorator.value.id !== 'micropython') return null;
  return decorator.attr === 'bytecode' ? 'bytecode' : 'native';
}

function definition(c: Compiler, s: FunctionDef | ClassDef): void {
  let emit = c.scope.emit;
  let decorators = 0;
  for (const decorator of s.decorators) {
    const order = orderOf(decorator);
    if (order !== null) {
      emit = order;
    } else {
      decorators++;
      loadDecorator(c, decorator);
    }
  }
  if (s.type === 'FunctionDef') {
    const scope = c.scopeOf('function', s.name, s, emit);
    if (s.isAsync) scope.isGenerator = true;
    c.functionWithDefaults(scope, s.args);
  } else {
    makeClass(c, s, emit);
  }
  for (let i = 0; i < decorators; i++) c.writer.opNumber(Op.CALL_FUNCTION, -1, 1);
  c.store(s.name);
}

/** A decorator is a dotted name, called or not. */
function loadDecorator(c: Compiler, decorator: Expr): void {
  if (decorator.type === 'Attribute') {
    loadDecorator(c, decorator.value);
    c.writer.opName(Op.LOAD_ATTR, 0, decorator.attr);
  } else if (decorator.type === 'Call') {
    loadDecorator(c, decorator.func);
    trailer(c, decorator);
  } else {
    expression(c, decorator);
  }
}

function makeClass(c: Compiler, s: ClassDef, emit: EmitKind): void {
  const scope = c.scopeOf('class', s.name, s, emit);
  c.writer.op(Op.LOAD_BUILD_CLASS, 1);
  c.makeFunction(scope);
  c.writer.opName(Op.LOAD_CONST_STRING, 1, s.name);
  call(c, s.bases, s.keywords, false, 2);
}

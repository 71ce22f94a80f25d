/**
 * `@micropython.viper` functions: values have the types of the machine, which are known when the function is compiled.
 *
 * A local variable has the type of what is stored in it first. Words are computed in place (`viper-words.ts`), pointers
 * read and write memory, and whatever else an expression holds is an object and written as in any other function, with
 * words in it made objects. What the types do not allow is a ViperTypeError of MicroPython's words.
 */
import type {
  Assign,
  AugAssign,
  BinOp,
  BoolOp,
  Call,
  Compare,
  Expr,
  For,
  FunctionDef,
  Lambda,
  Stmt,
  Subscript,
  Arguments,
} from '../syntax/ast';
import { foldConstant } from '../syntax/constant';
import { COMPARISONS, SLOTS } from './arithmetic';
import { Unit, type CodeGenerator } from './code-generator';
import { attribute, item, lineOf, sequence, valueOf } from './expressions';
import { receiver, variable } from './js-builder';
import { block, leaves, loop, statements, storeAttribute, storeItem, storeTarget } from './statements';
import {
  ViperScope,
  annotatedType,
  castOf,
  isPointer,
  isWord,
  unsupported,
  type Native,
  type NativeType,
} from './viper-types';
import { anyValue, anyWord, counting, isNumeric, reinterpreted, simple, wordOperation, wordUnary } from './viper-words';

const V = (g: CodeGenerator, name: string): string => `${g.rt('viper')}.${name}`;

const object = (js: string): Native => anyValue('object', js);

const scopeOf = (g: CodeGenerator): ViperScope => g.unit.viper as ViperScope;

function fail(g: CodeGenerator, message: string): void {
  scopeOf(g).fail(message, g.unit.statementLine);
}

/** A value of a type of which nothing more is known. */
const typed = (g: CodeGenerator, type: NativeType, js: string): Native =>
  isWord(type) ? anyWord(g, type, js) : type === 'bool' ? { ...anyWord(g, 'uint', js), type } : anyValue(type, js);

// ---- functions

/** Whether a function is one of viper's: by its decorator, or because it stands in one. */
export function isViper(g: CodeGenerator, s: FunctionDef): boolean {
  if (s.isAsync) return false;
  let emitter: string | null = null;
  for (const d of s.decorators) {
    if (d.type === 'Attribute' && d.value.type === 'Name' && d.value.id === 'micropython') emitter = d.attr;
  }
  return emitter === null ? g.unit.viper !== null : emitter === 'viper';
}

export function viperFunction(g: CodeGenerator, s: FunctionDef): string {
  const viper = new ViperScope(
    s.returns === null ? 'object' : annotatedType(s.returns, new ViperScope('object', null), s.line, s.name),
    null,
  );
  return functionValue(g, viper, s, s.name, () => {
    const text = block(g, s.body);
    return leaves(s.body) ? text : `${text}return ${zero(g, viper.returns)};`;
  });
}

export function viperLambda(g: CodeGenerator, e: Lambda): string {
  return functionValue(g, new ViperScope('object', null), e, '<lambda>', () => {
    g.unit.statementLine = e.line;
    return `L=${String(e.line)};${returned(g, e.body)}`;
  });
}

/** What a function gives that returns nothing. */
const zero = (g: CodeGenerator, type: NativeType): string =>
  type === 'object' || type === 'None' ? g.rt('None') : type === 'bool' ? 'false' : '0';

function functionValue(
  g: CodeGenerator,
  viper: ViperScope,
  node: FunctionDef | Lambda,
  name: string,
  write: () => string,
): string {
  const scope = g.scopeOf(node);
  const { args, line } = node;
  const positional = [...args.posonly, ...args.args];
  const count = positional.length;
  const code = g.code(name, line, {
    args: positional.map((p) => p.name),
    positional: count,
    required: count,
    rest: args.vararg !== null,
  });
  const outer = g.unit;
  const unit = new Unit(scope, code, outer.classVariable, outer, false, viper);
  for (const p of scope.params) unit.assigned.add(p);
  unit.line = line;
  unit.statementLine = line;
  const text = g.inUnit(unit, () => {
    const conversions = parameters(g, args, line, name);
    return `${conversions}${g.poll()}${write()}`;
  });
  viper.throwMistake(name);
  const params = new Set(scope.params);
  const locals = [...scope.locals].filter((n) => !params.has(n));
  const start = locals
    .filter((n) => !['object', undefined].includes(viper.types.get(n)))
    .map((n) => `${variable(n)}=0;`)
    .join('');
  const names = positional.map((p) => variable(p.name));
  if (args.vararg !== null) names.push('...rest');
  const wrong = args.vararg === null ? '!==' : '<';
  const arity = `if(arguments.length${wrong}${String(count)})${V(g, 'arity')}(arguments.length,${String(count)});`;
  const inside = `${g.declare(unit, locals, line)}${start}try{${text}}catch(E){throw ${g.rt('note')}(E,${code},L);}`;
  return `${g.rt('makeFunction')}(function f_${name.replace(/[^A-Za-z0-9_]/g, '_')}(${names.join(',')}){${arity}${rest(g, args)}${inside}},${code})`;
}

/** Parameters that MicroPython accepts here but gives no value. */
function rest(g: CodeGenerator, args: Arguments): string {
  let text = args.vararg === null ? '' : `let ${variable(args.vararg.name)}=new ${g.rt('PyTuple')}(rest);`;
  for (const p of args.kwonly) text += `let ${variable(p.name)}=${g.rt('None')};`;
  if (args.kwarg !== null) text += `let ${variable(args.kwarg.name)}=new ${g.rt('PyDict')}();`;
  return text;
}

/** Gives the parameters their types, and converts what they are called with. */
function parameters(g: CodeGenerator, args: Arguments, line: number, name: string): string {
  const viper = scopeOf(g);
  let text = '';
  for (const p of [...args.posonly, ...args.args]) {
    const type = annotatedType(p.annotation, viper, line, name);
    viper.types.set(p.name, type);
    if (type !== 'object') text += `${variable(p.name)}=${cast(g, object(variable(p.name)), type).js};`;
  }
  for (const p of [args.vararg, ...args.kwonly, args.kwarg]) if (p !== null) viper.types.set(p.name, 'object');
  return text;
}

// ---- values

/** An expression as an object. */
export function viperObject(g: CodeGenerator, e: Expr): string {
  return toObject(g, native(g, e));
}

/** A value as an object. */
function toObject(g: CodeGenerator, v: Native): string {
  switch (v.type) {
    case 'object':
    case 'int':
    case 'uint':
      return v.js;
    case 'bool':
      return v.test ?? `(${v.js}!==0)`;
    case 'None':
      return v.constant === true ? g.rt('None') : v.js;
    case 'cast':
      return unsupported('conversion to object');
    default:
      return v.constant === true ? unsupported('conversion to object') : `${V(g, 'address')}(${v.js})`;
  }
}

/** The truth of an expression, as a JS boolean. */
export function viperCondition(g: CodeGenerator, e: Expr): string {
  if (e.type === 'UnaryOp' && e.op === 'not') return `!${viperCondition(g, e.operand)}`;
  if (e.type === 'BoolOp') {
    const before = new Set(g.unit.assigned);
    const parts = e.values.map((v) => viperCondition(g, v));
    g.unit.assigned = before;
    return `(${parts.join(e.op === 'and' ? '&&' : '||')})`;
  }
  return truth(g, native(g, e));
}

function truth(g: CodeGenerator, v: Native): string {
  if (v.type === 'object') return `${g.rt('T')}(${v.js})`;
  if (v.type === 'bool' || isWord(v.type)) return v.test ?? `(${v.js}!==0)`;
  fail(g, `can't implicitly convert '${v.type}' to 'bool'`);
  return 'false';
}

const small = (g: CodeGenerator, value: bigint): boolean => {
  const limit = g.options.narrowWords === true ? 2n ** 30n : 2n ** 62n;
  return value > -limit && value < limit;
};

/** A constant int: a word where MicroPython has it as a small int. */
function int(g: CodeGenerator, value: bigint): Native {
  const safe = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  const js = safe
    ? value < 0n
      ? `(${String(value)})`
      : String(value)
    : g.constant(`i${String(value)}`, { type: 'int', value });
  if (!small(g, value)) return object(js);
  return {
    type: 'int',
    js,
    constant: true,
    low: safe ? Number(value) : -Infinity,
    high: safe ? Number(value) : Infinity,
  };
}

/** The value of an expression with its type. */
function native(g: CodeGenerator, e: Expr): Native {
  const line = lineOf(g, e);
  const v = typedValue(g, e);
  return line === '' || v.constant === true ? v : { ...withoutTest(v), js: `(${line},${v.js})` };
}

function withoutTest(v: Native): Native {
  const { test: _, ...others } = v;
  return others;
}

function typedValue(g: CodeGenerator, e: Expr): Native {
  switch (e.type) {
    case 'Name':
      return load(g, e.id);
    case 'Int':
      return int(g, BigInt(e.value));
    case 'Singleton':
      if (e.value === null) return { type: 'None', js: '0', low: 0, high: 0, constant: true };
      if (e.value === 'Ellipsis') return object(g.rt('Ellipsis'));
      return { type: 'bool', js: e.value ? '1' : '0', low: Number(e.value), high: Number(e.value), constant: true };
    case 'UnaryOp':
      return unary(g, e);
    case 'BinOp':
      return binary(g, e);
    case 'BoolOp':
      return boolOp(g, e);
    case 'Compare':
      return compare(g, e);
    case 'IfExp': {
      const test = viperCondition(g, e.test);
      const before = new Set(g.unit.assigned);
      const body = native(g, e.body);
      g.unit.assigned = new Set(before);
      const orelse = native(g, e.orelse);
      g.unit.assigned = before;
      return joined(g, orelse, [body], ([b]) => `(${test}?${b ?? ''}:${orelse.js})`);
    }
    case 'NamedExpr': {
      const v = native(g, e.value);
      if (g.unit.scope.bindingOf(e.target.id) !== 'local') return object(valueOf(g, e));
      return typed(g, v.type, `(${place(g, e.target.id, v)}=${v.js})`);
    }
    case 'Subscript':
      return subscript(g, e);
    case 'Call':
      return call(g, e);
    case 'Yield':
    case 'YieldFrom':
    case 'Await':
      return unsupported('native yield');
    default:
      return object(valueOf(g, e));
  }
}

function load(g: CodeGenerator, name: string): Native {
  const { scope } = g.unit;
  const binding = scope.bindingOf(name);
  if (binding === 'global') {
    const to = castOf(name);
    return to === null ? object(g.load(name)) : { ...anyValue('cast', 'undefined'), to, constant: true };
  }
  const type = binding === 'local' ? scopeOf(g).types.get(name) : undefined;
  if (
    type === undefined ||
    (scope.captured.has(name) && !scope.params.includes(name) && scope.kind !== 'comprehension')
  ) {
    const around = typeAround(g, name);
    if (around !== undefined) return typed(g, around, variable(name));
    fail(g, `local '${name}' used before type known`);
    return anyValue('None', '0');
  }
  return type === 'object' ? object(g.load(name)) : typed(g, type, variable(name));
}

/** The type of a variable that a comprehension reads from the function around it. */
function typeAround(g: CodeGenerator, name: string): NativeType | undefined {
  let { unit } = g;
  while (unit.scope.kind === 'comprehension' && unit.outer !== null) {
    unit = unit.outer;
    const type = unit.viper?.types.get(name);
    if (type !== undefined) return type;
  }
  return undefined;
}

/** The variable that a value is stored in; the first value gives it its type. */
function place(g: CodeGenerator, name: string, v: Native): string {
  const viper = scopeOf(g);
  const { scope } = g.unit;
  if (
    scope.captured.has(name) &&
    !scope.params.includes(name) &&
    scope.children.some((c) => c.kind !== 'comprehension')
  ) {
    fail(g, `local '${name}' used before type known`);
  }
  const type = viper.types.get(name);
  if (type === undefined) viper.types.set(name, v.type);
  else if (type !== v.type) fail(g, `local '${name}' has type '${type}' but source is '${v.type}'`);
  return g.place(name);
}

/** `name = value`, where the value is an object. */
export function viperStore(g: CodeGenerator, name: string, js: string): string {
  return storeName(g, name, object(js));
}

function storeName(g: CodeGenerator, name: string, v: Native): string {
  if (g.unit.scope.bindingOf(name) === 'local') return `${place(g, name, v)}=${v.js};`;
  return `${g.place(name)}=${toObject(g, v)};`;
}

/** A value as one of another type: a conversion of an object, or the same bits. */
function cast(g: CodeGenerator, v: Native, type: NativeType): Native {
  const narrow = g.options.narrowWords === true;
  if (v.type === 'object') {
    switch (type) {
      case 'bool':
        return { type, js: `(+${g.rt('T')}(${v.js}))`, test: `${g.rt('T')}(${v.js})`, low: 0, high: 1 };
      case 'int':
        return typed(g, type, `${V(g, narrow ? 'toInt32' : 'toInt')}(${v.js})`);
      case 'uint':
        return typed(g, type, narrow ? `(${V(g, 'toInt32')}(${v.js})>>>0)` : `${V(g, 'toUint')}(${v.js})`);
      default:
        return typed(g, type, `${V(g, 'toPointer')}(${v.js})`);
    }
  }
  if (isPointer(v.type)) {
    if (isPointer(type)) return { ...v, type };
    return reinterpreted(g, { type: 'uint', js: `${V(g, 'address')}(${v.js})`, low: 0, high: 2 ** 32 - 1 }, type);
  }
  if (isPointer(type))
    return { ...anyValue(type, `${V(g, 'pointerTo')}(${v.js})`), ...(v.constant === true ? { constant: true } : {}) };
  return isWord(type) ? reinterpreted(g, withoutTest(v), type) : { ...v, type };
}

/** `last` together with values of the other ways to it, made values of its type. */
function joined(g: CodeGenerator, last: Native, others: readonly Native[], write: (js: string[]) => string): Native {
  const js = others.map((v) => {
    if (v.type === last.type) return v.js;
    return last.type === 'object'
      ? toObject(g, v)
      : last.type === 'None' || last.type === 'cast'
        ? '0'
        : cast(g, v, last.type).js;
  });
  return typed(g, last.type, write(js));
}

// ---- operators

function unary(g: CodeGenerator, e: Extract<Expr, { type: 'UnaryOp' }>): Native {
  const folded = foldConstant(e);
  if (folded?.kind === 'int') return int(g, folded.value);
  if (folded?.kind === 'float') return object(g.float(folded.value));
  const v = native(g, e.operand);
  if (v.type === 'object') {
    if (e.op === 'not') return object(`!${g.rt('T')}(${v.js})`);
    const slot = e.op === '-' ? 'neg' : e.op === '+' ? 'pos' : 'invert';
    return object(`(${v.js}).py_${slot}()`);
  }
  if (!isWord(v.type)) fail(g, `can't do unary op of '${v.type}'`);
  else if (e.op === 'not') fail(g, "'not' not implemented");
  else return wordUnary(g, e.op, v);
  return v;
}

function binary(g: CodeGenerator, e: BinOp): Native {
  const folded = foldConstant(e);
  if (folded?.kind === 'int') return int(g, folded.value);
  if (folded?.kind === 'float') return object(g.float(folded.value));
  const left = kept(g, native(g, e.left), e.right);
  const right = native(g, e.right);
  const result = operation(g, e.op, left.value, right, false);
  return left.first === '' ? result : { ...withoutTest(result), js: `(${left.first},${result.js})` };
}

/** A value that stays as it is while what stands right of it is evaluated. */
function kept(g: CodeGenerator, v: Native, right: Expr): { first: string; value: Native } {
  const isPlain = right.type === 'Name' || right.type === 'Int';
  return isPlain || v.constant === true ? { first: '', value: v } : simple(g, v);
}

function operation(g: CodeGenerator, op: BinOp['op'], a: Native, b: Native, inPlace: boolean): Native {
  if (isWord(a.type) && isWord(b.type)) {
    if ((op === '//' || op === '%') && a.type === 'uint') fail(g, 'div/mod not implemented for uint');
    const result = wordOperation(g, op, a, b);
    if (result !== null) return result;
    fail(g, `binary op __${SLOTS[op]}__ not implemented`);
    return a;
  }
  if (a.type === 'object' && b.type === 'object')
    return object(`(${a.js}).py_${inPlace ? 'i' : ''}${SLOTS[op]}(${b.js})`);
  fail(g, `can't do binary op between '${a.type}' and '${b.type}'`);
  return a;
}

function boolOp(g: CodeGenerator, e: BoolOp): Native {
  const before = new Set(g.unit.assigned);
  const values = e.values.map((v) => withoutTest(native(g, v)));
  g.unit.assigned = before;
  let result = values[values.length - 1] as Native;
  for (let i = values.length - 2; i >= 0; i--) {
    const { first, value } = simple(g, values[i] as Native);
    const test = truth(g, value);
    const last = result;
    result = joined(g, last, [value], ([js]) => {
      const ways = e.op === 'and' ? `${last.js}:${js ?? ''}` : `${js ?? ''}:${last.js}`;
      return first === '' ? `(${test}?${ways})` : `(${first},${test}?${ways})`;
    });
  }
  return result;
}

function compare(g: CodeGenerator, e: Compare): Native {
  const first = simple(g, native(g, e.left));
  let left = first;
  const parts: string[] = [];
  let isObject = false;
  let failed = false;
  e.ops.forEach((op, i) => {
    const right = simple(g, native(g, e.comparators[i] as Expr));
    const operands = (i === 0 ? [left.first, right.first] : [right.first]).filter((f) => f !== '');
    const test = comparison(g, op, left.value, right.value);
    isObject ||= left.value.type === 'object';
    failed ||= test === 'false';
    parts.push(operands.length === 0 ? test : `(${operands.join(',')},${test})`);
    left = right;
  });
  const test = parts.length === 1 ? (parts[0] as string) : `(${parts.join('&&')})`;
  if (failed) return first.value;
  return isObject ? object(test) : { type: 'bool', js: `(${test}?1:0)`, test, low: 0, high: 1 };
}

/** As a JS boolean. */
function comparison(g: CodeGenerator, op: Compare['ops'][number], a: Native, b: Native): string {
  if (isWord(a.type) && isWord(b.type)) {
    if (!(op in COMPARISONS)) fail(g, 'binary op  not implemented');
    else if (a.type !== b.type) fail(g, 'comparison of int and uint');
    else return `(${a.js}${COMPARISONS[op as '<'][1]}${b.js})`;
    return 'false';
  }
  if (a.type !== 'object' || b.type !== 'object') {
    fail(g, `can't do binary op between '${a.type}' and '${b.type}'`);
    return 'false';
  }
  if (op === 'is' || op === 'is not') return `(${a.js}${op === 'is' ? '===' : '!=='}${b.js})`;
  if (op === 'in' || op === 'not in') return `${op === 'in' ? '' : '!'}${receiver(b.js)}.py_contains(${a.js})`;
  return `${g.rt('T')}(${receiver(a.js)}.py_${COMPARISONS[op][0]}(${b.js}))`;
}

// ---- items and calls

const indexed = (type: NativeType): boolean => type === 'ptr8' || type === 'ptr16' || type === 'ptr32';

function subscript(g: CodeGenerator, e: Subscript): Native {
  const base = native(g, e.value);
  if (base.type === 'object') {
    const o = simple(g, base);
    if (e.slice.type === 'Slice' || e.slice.type === 'Tuple') {
      return object(
        sequence([{ first: o.first, name: '' }], `${receiver(o.value.js)}.py_getitem(${viperObject(g, e.slice)})`),
      );
    }
    const k = simple(g, object(viperObject(g, e.slice)));
    return object(
      sequence(
        [
          { first: o.first, name: '' },
          { first: k.first, name: '' },
        ],
        item(g, o.value.js, k.value.js),
      ),
    );
  }
  const p = kept(g, base, e.slice);
  const k = native(g, e.slice);
  if (k.constant !== true && !isWord(k.type)) fail(g, `can't load with '${k.type}' index`);
  if (!indexed(base.type)) fail(g, `can't load from '${base.type}'`);
  const v = loaded(g, p.value, k);
  return p.first === '' ? v : { ...v, js: `(${p.first},${v.js})` };
}

/** `p[k]` of a pointer. */
function loaded(g: CodeGenerator, pointer: Native, index: Native): Native {
  const p = simple(g, pointer);
  const k = simple(g, index);
  const first = [p.first, k.first].filter((f) => f !== '');
  const v = fromMemory(g, p.value, k.value);
  return first.length === 0 ? v : { ...v, js: `(${first.join(',')},${v.js})` };
}

function fromMemory(g: CodeGenerator, p: Native, k: Native): Native {
  const rest = `(${p.js},${k.js})`;
  if (p.type === 'ptr16') return { type: 'int', js: `${V(g, 'load16')}${rest}`, low: 0, high: 0xffff };
  if (p.type === 'ptr32') {
    const js = `${V(g, 'load32')}${rest}`;
    return g.options.narrowWords === true
      ? anyWord(g, 'int', `(${js}|0)`)
      : { type: 'int', js, low: 0, high: 2 ** 32 - 1 };
  }
  const t = g.unit.temp();
  return { type: 'int', js: `((${t}=${p.js}[${k.js}])!==undefined?${t}:${V(g, 'load8')}${rest})`, low: 0, high: 255 };
}

function call(g: CodeGenerator, e: Call): Native {
  const { func } = e;
  const to = func.type === 'Name' && g.unit.scope.bindingOf(func.id) === 'global' ? castOf(func.id) : null;
  if (to === null) return object(valueOf(g, e));
  const [argument] = e.args;
  if (argument === undefined || e.args.length > 1 || e.keywords.length > 0) return unsupported('casting');
  const v = native(g, argument);
  return v.type === 'cast' ? unsupported('casting') : cast(g, v, to);
}

// ---- statements

/** A statement, or null for one that is written as in any other function. */
export function viperStatement(g: CodeGenerator, s: Stmt): string | null {
  switch (s.type) {
    case 'Expr':
      return s.value.type === 'Str' ? '' : discarded(native(g, s.value));
    case 'Assign':
      return assign(g, s);
    case 'AnnAssign':
      return s.value === null ? '' : storeValue(g, s.target, native(g, s.value));
    case 'AugAssign':
      return augAssign(g, s);
    case 'Return':
      return s.value === null ? `return ${zero(g, scopeOf(g).returns)};` : returned(g, s.value);
    case 'For':
      return countingLoop(g, s);
    case 'While':
      return whileLoop(g, s);
    case 'Raise':
      return raise(g, s);
    case 'Delete':
      for (const t of s.targets) if (t.type === 'Name') setToNone(g, t.id);
      return s.targets.some((t) => t.type === 'Name') ? '' : null;
    case 'Try':
      for (const h of s.handlers) if (h.name !== null) setToNone(g, h.name, 'object');
      return null;
    default:
      return null;
  }
}

const discarded = (v: Native): string => (v.constant === true ? '' : `${v.test ?? v.js};`);

/** MicroPython deletes a local by storing None in it, which its type does not allow. */
function setToNone(g: CodeGenerator, name: string, type = scopeOf(g).types.get(name)): void {
  if (g.unit.scope.bindingOf(name) !== 'local' || type === 'None') return;
  fail(g, `local '${name}' has type '${type ?? 'None'}' but source is 'None'`);
}

function raise(g: CodeGenerator, s: Extract<Stmt, { type: 'Raise' }>): string | null {
  if (s.exc === null || s.cause !== null) return unsupported('native raise');
  const v = native(g, s.exc);
  if (v.type !== 'object') fail(g, 'must raise an object');
  return `throw ${g.rt('raised')}(${v.js});`;
}

function returned(g: CodeGenerator, e: Expr): string {
  const { returns } = scopeOf(g);
  const v = native(g, e);
  if (v.type === 'None') return `return ${zero(g, returns)};`;
  if (v.type !== returns) fail(g, `return expected '${returns}' but got '${v.type}'`);
  const { constant: _, ...value } = v;
  return `return ${v.type === 'cast' ? '0' : toObject(g, value)};`;
}

function assign(g: CodeGenerator, s: Assign): string {
  const [target] = s.targets as [Expr, ...Expr[]];
  const { value } = s;
  if (s.targets.length === 1 && target.type === 'Tuple' && value.type === 'Tuple') {
    const size = target.elts.length;
    const isStarred = [...target.elts, ...value.elts].some((e) => e.type === 'Starred');
    if (size === value.elts.length && size < 4 && !isStarred) return pairwise(g, target.elts, value.elts);
  }
  const v = native(g, value);
  if (s.targets.length === 1) return storeValue(g, target, v);
  const t = g.unit.temp();
  const { test: _, ...others } = v;
  return `${t}=${v.js};${s.targets.map((x) => storeValue(g, x, { ...others, js: t })).join('')}`;
}

/** `a, b = b, a`: no tuple is made, and each value keeps its type. */
function pairwise(g: CodeGenerator, targets: readonly Expr[], values: readonly Expr[]): string {
  const parts = values.map((e) => {
    const { test: _, ...v } = native(g, e);
    const t = g.unit.temp();
    return { first: `${t}=${v.js};`, value: { ...v, js: t } };
  });
  const stores = targets.map((target, i) => storeValue(g, target, (parts[i] as { value: Native }).value));
  return parts.map((p) => p.first).join('') + stores.join('');
}

function storeValue(g: CodeGenerator, target: Expr, v: Native): string {
  if (target.type === 'Name') return storeName(g, target.id, v);
  if (target.type !== 'Subscript') return storeTarget(g, target, toObject(g, v));
  const value = simple(g, v);
  const base = native(g, target.value);
  const before = value.first === '' ? '' : `${value.first};`;
  if (base.type !== 'object') {
    const p = simple(g, base);
    const k = simple(g, native(g, target.slice));
    return `${before}${statements(p.first, k.first)}${toMemory(g, p.value, k.value, value.value)}`;
  }
  const o = simple(g, base);
  const k = simple(g, object(viperObject(g, target.slice)));
  const stored = simple(g, object(toObject(g, value.value)));
  return `${before}${statements(o.first, k.first, stored.first)}${storeItem(o.value.js, k.value.js, stored.value.js)}`;
}

const SIZES: Partial<Record<NativeType, number>> = { ptr8: 1, ptr16: 2, ptr32: 4 };

/** `p[k] = v` of a pointer, on names. */
function toMemory(g: CodeGenerator, p: Native, k: Native, v: Native): string {
  if (k.constant !== true && !isWord(k.type)) fail(g, `can't store with '${k.type}' index`);
  if (!isWord(v.type) && v.type !== 'bool') fail(g, `can't store '${v.type}'`);
  const size = SIZES[p.type];
  if (size === undefined) fail(g, `can't store to '${p.type}'`);
  const helper = `${V(g, 'store')}(${p.js},${k.js},${v.js},${String(size)});`;
  if (size !== 1) return helper;
  const tests = [`${k.js}>=0`, `${k.js}<${p.js}.length`].slice(k.low >= 0 ? 1 : 0);
  if (!isNumeric(v)) tests.push(`typeof ${v.js}==='number'`);
  if (p.constant === true) return helper;
  return `if(${tests.join('&&')})${p.js}[${k.js}]=${v.js};else ${helper}`;
}

function augAssign(g: CodeGenerator, s: AugAssign): string {
  const { target } = s;
  if (target.type === 'Name') {
    const before = load(g, target.id);
    const current = kept(g, before, s.value);
    const result = operation(g, s.op, current.value, native(g, s.value), true);
    return `${statements(current.first)}${storeName(g, target.id, result)}`;
  }
  const base = simple(g, native(g, target.value));
  const t = g.unit.temp();
  if (target.type === 'Attribute') {
    const o = base.value.js;
    const read = `${statements(base.first)}${t}=${attribute(g, o, target.attr)};`;
    const { js } = operation(g, s.op, object(t), native(g, s.value), true);
    return `${read}${t}=${js};${storeAttribute(o, target.attr, t)}`;
  }
  if (base.value.type === 'object') {
    const k = simple(g, object(viperObject(g, target.slice)));
    const read = `${statements(base.first, k.first)}${t}=${item(g, base.value.js, k.value.js)};`;
    const { js } = operation(g, s.op, object(t), native(g, s.value), true);
    return `${read}${t}=${js};${storeItem(base.value.js, k.value.js, t)}`;
  }
  const k = simple(g, native(g, target.slice));
  if (!indexed(base.value.type)) fail(g, `can't load from '${base.value.type}'`);
  const current = fromMemory(g, base.value, k.value);
  const read = `${statements(base.first, k.first)}${t}=${current.js};`;
  const result = simple(g, operation(g, s.op, { ...current, js: t }, native(g, s.value), true));
  return `${read}${statements(result.first)}${toMemory(g, base.value, k.value, result.value)}`;
}

/** `for name in range(…)` counts words; `range` is the builtin whatever the name stands for, as in MicroPython. */
function countingLoop(g: CodeGenerator, s: For): string | null {
  const { target, iter } = s;
  if (s.isAsync || target.type !== 'Name' || iter.type !== 'Call' || iter.func.type !== 'Name') return null;
  const { args } = iter;
  if (iter.func.id !== 'range' || iter.keywords.length > 0 || args.length < 1 || args.length > 3) return null;
  if (args.some((a) => a.type === 'Starred')) return null;
  const [first, second, third] = args as [Expr, Expr?, Expr?];
  const step = third === undefined ? 1n : stepOf(third);
  if (step === null) return null;
  const end = held(g, native(g, second ?? first));
  const start = second === undefined ? int(g, 0n) : native(g, first);
  const i = g.unit.temp();
  const narrow = g.options.narrowWords === true;
  const counter = narrow || step < 0n || !isNumeric(start) ? typed(g, start.type, i) : counting(start.type, i, start);
  const more = (): string => comparison(g, step > 0n ? '<' : '>', counter, end.value);
  // The types are looked at after the body, so the test is written twice.
  const next = (): string => operation(g, '+', counter, int(g, step), true).js;
  const open: { text: string } = { text: '' };
  const text = loop(
    g,
    '@',
    () => {
      const body = storeName(g, target.id, counter) + block(g, s.body);
      open.text = `for(${i}=${start.js};${more()};${i}=${next()})`;
      return body;
    },
    s.orelse,
  );
  return `${statements(end.first)}${text.replace('@', () => open.text)}`;
}

/** The end of a loop is evaluated once, also where it is a variable that the loop changes. */
function held(g: CodeGenerator, v: Native): { first: string; value: Native } {
  if (v.constant === true) return { first: '', value: v };
  const t = g.unit.temp();
  return { first: `${t}=${v.js}`, value: { ...withoutTest(v), js: t } };
}

function stepOf(e: Expr): bigint | null {
  const folded = foldConstant(e);
  return folded?.kind === 'int' && folded.value !== 0n ? folded.value : null;
}

/** The condition stands below the body in MicroPython's code: it may use what the body gives a type. */
function whileLoop(g: CodeGenerator, s: Extract<Stmt, { type: 'While' }>): string {
  let test = '';
  const text = loop(
    g,
    '@',
    () => {
      const before = new Set(g.unit.assigned);
      const body = block(g, s.body);
      g.unit.assigned = before;
      test = viperCondition(g, s.test);
      return body;
    },
    s.orelse,
  );
  return text.replace('@', () => `while(L=${String(s.line)},${test})`);
}

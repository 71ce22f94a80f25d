/** Expressions: each kind of node as JavaScript. */
import type {
  BinOp,
  Call,
  Compare,
  CompareOperator,
  DictExpr,
  Expr,
  FormattedValue,
  JoinedStr,
  Slice,
  Subscript,
} from '../syntax/ast';
import { binary, boxed, isNoNumber, isOrdering, negation, ordering, term, type Term } from './arithmetic';
import type { CodeGenerator } from './code-generator';
import { constantKey, constantOf } from './constants';
import { comprehension, fusedCall, generatorExpression } from './comprehensions';
import { floatCall } from './float-calls';
import { isFloatCall } from './likely-floats';
import { lambda } from './functions';
import { viperCondition, viperObject } from './viper';
import { isNumber, method, property, quote, receiver, variable } from './js-builder';

/** An operand that is used more than once: JS to evaluate first (or ''), and the name or literal it then has. */
export interface Operand {
  first: string;
  name: string;
}

/** The value of an expression; where a statement has several lines, each operation on them sets `L`. */
export function expression(g: CodeGenerator, e: Expr): string {
  if (g.unit.viper !== null) return viperObject(g, e);
  const line = lineOf(g, e);
  return line === '' ? value(g, e) : `(${line},${value(g, e)})`;
}

/** `L=…` where an operation stands on another line than `L` holds, or ''; to be asked for before its operands are written. */
export function lineOf(g: CodeGenerator, e: Expr): string {
  const { unit } = g;
  if (e.line === unit.statementLine && !unit.severalLines) return '';
  if (!OPERATIONS.has(e.type)) return '';
  unit.severalLines = true;
  unit.line = 0;
  return `L=${String(e.line)}`;
}

/** What `yield` gives: in an asynchronous generator it is told from what it awaits. */
export const yielded = (g: CodeGenerator, value: string): string =>
  g.unit.scope.isAsyncGenerator ? `new ${g.rt('AsyncItem')}(${value})` : value;

/** What a tuple that is a constant begins with. */
const ATOMS: ReadonlySet<Expr['type']> = new Set(['Int', 'Float', 'Str', 'Bytes', 'Singleton', 'UnaryOp', 'Tuple']);

/** Expressions that can raise by themselves. */
const OPERATIONS: ReadonlySet<Expr['type']> = new Set([
  'UnaryOp', 'BinOp', 'Compare', 'Attribute', 'Subscript', 'Call', 'Dict', 'ListComp', 'SetComp', 'DictComp',
  'GeneratorExp', 'JoinedStr',
]); // prettier-ignore

/** The value of an expression of any kind, whatever line it stands on. */
export { value as valueOf };

function value(g: CodeGenerator, e: Expr): string {
  switch (e.type) {
    case 'Name':
      return g.load(e.id);
    case 'Int':
      if (typeof e.value === 'bigint') return g.constant(`i${String(e.value)}`, { type: 'int', value: e.value });
      return String(e.value);
    case 'Float':
      return g.float(e.value);
    case 'Imaginary':
      return g.constant(`j${String(e.value)}`, { type: 'imaginary', value: e.value });
    case 'Str':
      return g.str(e.value);
    case 'Bytes':
      return g.constant(constantKey({ type: 'bytes', value: e.value }), { type: 'bytes', value: e.value });
    case 'Singleton':
      if (e.value === null) return g.rt('None');
      return e.value === 'Ellipsis' ? g.rt('Ellipsis') : String(e.value);
    case 'JoinedStr':
      return joinedStr(g, e);
    case 'FormattedValue':
      return formattedValue(g, e);
    case 'Tuple':
      if (e.elts.length === 0) return g.rt('EMPTY_TUPLE');
      if (ATOMS.has((e.elts[0] as Expr).type)) {
        const constant = constantOf(e);
        if (constant !== null) return g.constant(constantKey(constant), constant);
      }
      return `new ${g.rt('PyTuple')}([${elements(g, e.elts)}])`;
    case 'List':
      return `new ${g.rt('PyList')}([${elements(g, e.elts)}])`;
    case 'Set':
      return `${g.rt('makeSet')}([${elements(g, e.elts)}])`;
    case 'Dict':
      return dict(g, e);
    case 'UnaryOp':
      return unary(g, e);
    case 'BinOp':
      return binOp(g, e);
    case 'BoolOp':
      return boolOp(g, e.op, e.values);
    case 'Compare':
      return compare(g, e, false);
    case 'IfExp':
      return ifExp(g, e);
    case 'NamedExpr': {
      const js = expression(g, e.value);
      return `(${namedPlace(g, e.target.id)}=${js})`;
    }
    case 'Attribute': {
      const o = operand(g, e.value);
      return sequence([o], attribute(g, o.name, e.attr));
    }
    case 'Subscript':
      return subscript(g, e);
    case 'Slice':
      return `new ${g.rt('PySlice')}(${sliceParts(g, e)}${e.step === null ? `,${g.rt('None')}` : ''})`;
    case 'Starred':
      return expression(g, e.value);
    case 'Call':
      return call(g, e);
    case 'Lambda':
      return lambda(g, e);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return comprehension(g, e);
    case 'GeneratorExp':
      return generatorExpression(g, e);
    case 'Yield':
      return `(yield ${yielded(g, e.value === null ? g.rt('None') : expression(g, e.value))})`;
    case 'YieldFrom':
      return `(yield new ${g.rt('YieldFrom')}(${g.rt('iter')}(${expression(g, e.value)})))`;
    case 'Await':
      return `(yield new ${g.rt('YieldFrom')}(${g.rt('awaitable')}(${expression(g, e.value)})))`;
  }
}

/** `:=` in a comprehension stores in the scope around it. */
function namedPlace(g: CodeGenerator, name: string): string {
  const { scope } = g.unit;
  if (scope.kind !== 'comprehension') return g.place(name);
  let owner = scope.parent;
  while (owner !== null && owner.kind === 'comprehension') owner = owner.parent;
  if (owner === null || owner.bindingOf(name) === 'global') return property('G', name);
  return owner.bindingOf(name) === 'class' ? property('ns', name) : g.place(name);
}

/** An expression that is a name or literal and keeps its value while later operands are evaluated. */
export function operand(g: CodeGenerator, e: Expr): Operand {
  const { unit } = g;
  if (e.type === 'Name') {
    const { scope } = unit;
    if (
      scope.bindingOf(e.id) === 'local' &&
      unit.assigned.has(e.id) &&
      !scope.captured.has(e.id) &&
      !scope.named.has(e.id)
    ) {
      const v = variable(e.id);
      return { first: g.keepsFloat(e.id) ? `${v}===null&&(${g.boxLocal(e.id)})` : '', name: v };
    }
  } else if (
    e.type === 'Int' ||
    e.type === 'Float' ||
    e.type === 'Str' ||
    e.type === 'Singleton' ||
    e.type === 'Bytes'
  ) {
    return { first: '', name: expression(g, e) };
  } else if (e.type === 'UnaryOp' && e.op === '-' && e.operand.type === 'Int' && typeof e.operand.value === 'number') {
    return { first: '', name: negative(e.operand.value) };
  }
  const js = expression(g, e);
  const name = unit.temp();
  return { first: `${name}=${js}`, name };
}

const negative = (value: number): string => (value === 0 ? '0' : `(-${String(value)})`);

/** `(first, …, result)`. */
export function sequence(operands: readonly Operand[], result: string): string {
  const first = operands.map((o) => o.first).filter((f) => f !== '');
  return first.length === 0 ? result : `(${first.join(',')},${result})`;
}

/** Comma-separated elements of a display or call; `*x` is spread. */
export function elements(g: CodeGenerator, items: readonly Expr[]): string {
  return items
    .map((e) => (e.type === 'Starred' ? `...${g.rt('spread')}(${expression(g, e.value)})` : expression(g, e)))
    .join(',');
}

function dict(g: CodeGenerator, e: DictExpr): string {
  if (e.values.length === 0) return `new ${g.rt('PyDict')}()`;
  const parts = e.values.map((v, i) => {
    const key = e.keys[i] ?? null;
    // MicroPython evaluates the value before the key.
    return key === null ? `${expression(g, v)},undefined` : `${expression(g, v)},${expression(g, key)}`;
  });
  return `${g.rt('makeDict')}([${parts.join(',')}])`;
}

// ---- text

function joinedStr(g: CodeGenerator, e: JoinedStr): string {
  if (e.template) {
    const strings: string[] = [''];
    const fields: string[] = [];
    for (const v of e.values) {
      if (v.type === 'Str') strings[strings.length - 1] += v.value;
      else {
        const spec = v.formatSpec === null ? '""' : joinedStr(g, v.formatSpec);
        const conversion = v.conversion === '' ? g.rt('None') : quote(v.conversion);
        fields.push(`[${expression(g, v.value)},${g.str(v.source)},${conversion},${spec}]`);
        strings.push('');
      }
    }
    return `${g.rt('makeTemplate')}([${strings.map((s) => g.str(s)).join(',')}],[${fields.join(',')}])`;
  }
  const parts = e.values.map((v) => expression(g, v));
  if (parts.length === 0) return '""';
  if (parts.length === 1 && e.values[0]?.type !== 'Str') return parts[0] as string;
  return `${g.rt('joinText')}([${parts.join(',')}])`;
}

function formattedValue(g: CodeGenerator, e: FormattedValue): string {
  const spec = e.formatSpec === null ? '""' : joinedStr(g, e.formatSpec);
  return `${g.rt('formatField')}(${expression(g, e.value)},${quote(e.conversion)},${spec})`;
}

// ---- operators

function unary(g: CodeGenerator, e: Extract<Expr, { type: 'UnaryOp' }>): string {
  if (e.op === 'not') return `!${condition(g, e.operand)}`;
  if (e.op === '-' && e.operand.type === 'Int') {
    if (typeof e.operand.value === 'number') return negative(e.operand.value);
    return g.constant(`i-${String(e.operand.value)}`, { type: 'int', value: -e.operand.value });
  }
  if (e.op === '-' && e.operand.type === 'Float') return g.float(-e.operand.value);
  const slot = { '-': 'py_neg', '+': 'py_pos', '~': 'py_invert' }[e.op];
  if (e.op === '-') {
    const a = term(g, e.operand);
    return sequence([a], negation(g, a));
  }
  const o = operand(g, e.operand);
  return sequence([o], `${receiver(o.name)}.${slot}()`);
}

function binOp(g: CodeGenerator, e: BinOp): string {
  const a = term(g, e.left);
  const b = term(g, e.right);
  return sequence([a, b], binary(g, e.op, a, b, false));
}

function boolOp(g: CodeGenerator, op: 'and' | 'or', values: readonly Expr[]): string {
  const { unit } = g;
  // One temporary is enough: a value that decides is the result, any other is no longer needed.
  const t = unit.temp();
  let before = unit.assigned;
  const parts = values.map((v, i) => {
    const js = expression(g, v);
    if (i === 0) before = new Set(unit.assigned);
    return js;
  });
  unit.assigned = before;
  let result = parts[parts.length - 1] as string;
  for (let i = parts.length - 2; i >= 0; i--) {
    const test = `${g.rt('T')}(${t}=${parts[i] as string})`;
    result = op === 'and' ? `(${test}?${result}:${t})` : `(${test}?${t}:${result})`;
  }
  return result;
}

function ifExp(g: CodeGenerator, e: Extract<Expr, { type: 'IfExp' }>): string {
  const { unit } = g;
  const test = condition(g, e.test);
  const before = new Set(unit.assigned);
  const body = expression(g, e.body);
  unit.assigned = new Set(before);
  const orelse = expression(g, e.orelse);
  unit.assigned = before;
  return `(${test}?${body}:${orelse})`;
}

/** The truth of an expression, as a JS boolean. */
export function condition(g: CodeGenerator, e: Expr): string {
  if (g.unit.viper !== null) return viperCondition(g, e);
  switch (e.type) {
    case 'Compare':
      return compare(g, e, true);
    case 'BoolOp': {
      const [first, ...rest] = e.values as [Expr, ...Expr[]];
      const parts = [condition(g, first)];
      const before = new Set(g.unit.assigned);
      for (const v of rest) parts.push(condition(g, v));
      g.unit.assigned = before;
      return `(${parts.join(e.op === 'and' ? '&&' : '||')})`;
    }
    case 'UnaryOp':
      if (e.op === 'not') return `!${condition(g, e.operand)}`;
      break;
    case 'Singleton':
      return String(e.value === true || e.value === 'Ellipsis');
    case 'Int':
      return String(e.value !== 0);
    default:
      break;
  }
  return `${g.rt('T')}(${expression(g, e)})`;
}

/** A comparison, chained ones too; as a JS boolean when it is a test. */
function compare(g: CodeGenerator, e: Compare, test: boolean): string {
  const side = (x: Expr, at: number): Term =>
    isOrdering(e.ops[at - 1]) && isOrdering(e.ops[at]) ? term(g, x) : operand(g, x);
  let left = side(e.left, 0);
  const before = new Set(g.unit.assigned);
  let result = '';
  const last = e.ops.length - 1;
  const parts: string[] = [];
  e.ops.forEach((op, i) => {
    const right = side(e.comparators[i] as Expr, i + 1);
    const js = sequence(i === 0 ? [left, right] : [right], comparison(g, op, left, right, test));
    left = right;
    parts.push(js);
    if (i === 0) g.unit.assigned = new Set(g.unit.assigned);
  });
  if (last > 0) g.unit.assigned = before;
  if (test) return parts.length === 1 ? (parts[0] as string) : `(${parts.join('&&')})`;
  result = parts[last] as string;
  for (let i = last - 1; i >= 0; i--) {
    const t = g.unit.temp();
    result = `(${g.rt('T')}(${t}=${parts[i] as string})?${result}:${t})`;
  }
  return result;
}

function comparison(g: CodeGenerator, op: CompareOperator, a: Term, b: Term, test: boolean): string {
  switch (op) {
    case 'is':
      return `(${a.name}===${b.name})`;
    case 'is not':
      return `(${a.name}!==${b.name})`;
    case 'in':
      return `${receiver(b.name)}.py_contains(${a.name})`;
    case 'not in':
      return `!${receiver(b.name)}.py_contains(${a.name})`;
    default:
      return ordering(g, op, a, b, test);
  }
}

// ---- attributes, items, calls

/** `o.attr` on a name. */
export function attribute(g: CodeGenerator, o: string, attr: string): string {
  const t = g.unit.temp();
  return `((${t}=${property(receiver(o), attr)})!==undefined?${t}:${g.rt('ga')}(${o},${quote(attr)}))`;
}

function subscript(g: CodeGenerator, e: Subscript): string {
  const o = operand(g, e.value);
  if (e.slice.type === 'Slice') {
    const name = g.rt(e.slice.step === null ? 'slice' : 'stepSlice');
    return sequence([o], `${name}(${o.name},${sliceParts(g, e.slice)})`);
  }
  const k = operand(g, e.slice);
  return sequence([o, k], item(g, o.name, k.name));
}

/** The bounds of a slice, and the step where it has one. */
export function sliceParts(g: CodeGenerator, e: Slice): string {
  const part = (x: Expr | null): string => (x === null ? g.rt('None') : expression(g, x));
  return `${part(e.lower)},${part(e.upper)}${e.step === null ? '' : `,${expression(g, e.step)}`}`;
}

/** `o[k]` on names. */
export function item(g: CodeGenerator, o: string, k: string): string {
  const slow = `${receiver(o)}.py_getitem(${k})`;
  if (isNoNumber(k) || o.startsWith('"')) return slow;
  const t = g.unit.temp();
  const list = `(${t}=${receiver(o)}.la)!==undefined`;
  if (isNumber(k)) {
    const n = Number(k.replace(/[()]/g, ''));
    if (n < 0) return `(${list}&&${t}.length>=${String(-n)}?${t}[${t}.length-${String(-n)}]:${slow})`;
    return `(${list}&&${k}<${t}.length?${t}[${k}]:${slow})`;
  }
  return `(${list}&&typeof ${k}==='number'&&${k}>=0&&${k}<${t}.length?${t}[${k}]:${slow})`;
}

const isSpecial = (name: string): boolean => name.startsWith('__') && name.endsWith('__');

/** Builtins that look at the frame they are called from. */
const FRAME_BUILTINS = new Set(['globals', 'locals', 'exec', 'eval', 'dir', '__import__', 'execfile', 'vars']);

function call(g: CodeGenerator, e: Call): string {
  if (g.floats && g.unit.viper === null && isFloatCall(e)) {
    const result = floatCall(g, e);
    return sequence([result], boxed(g, result));
  }
  const plain = e.keywords.length === 0;
  const func = e.func;
  const withoutSelf = plain && func.type === 'Attribute' && func.value.type === 'Name' && g.isHolder(func.value.id);
  if (func.type === 'Attribute' && !withoutSelf) {
    const zeroSuper = superOf(g, func.value);
    if (zeroSuper !== null) return superCall(g, e, zeroSuper, func.attr);
    const o = operand(g, func.value);
    if (plain && isSpecial(func.attr)) {
      // Special methods of the class stay on the prototype even where the instance has an attribute of that name.
      const f = `${g.rt('callable')}(${g.rt('ga')}(${o.name},${quote(func.attr)}))`;
      return sequence([o], `${f}(${elements(g, e.args)})`);
    }
    if (plain) {
      const t = g.unit.temp();
      const select = `((${t}=${method(receiver(o.name), func.attr)})!==undefined?${t}:${g.rt('cm')}(${o.name},${quote(func.attr)}))`;
      const args = elements(g, e.args);
      return sequence([o], `${select}(${o.name}${args === '' ? '' : `,${args}`})`);
    }
    const f = `${g.rt('methodKw')}(${o.name},${method(receiver(o.name), func.attr)},${quote(func.attr)})`;
    return sequence([o], callWithNames(g, e, 'callMethodKw', `${f},${o.name}`));
  }
  const fused = fusedCall(g, e);
  if (fused !== null) return fused;
  let f = expression(g, func);
  if (func.type === 'Name' && FRAME_BUILTINS.has(func.id) && g.unit.scope.bindingOf(func.id) === 'global') {
    f = `${g.rt('inFrame')}(${f},G${g.hasNamespace() ? ',ns' : ''})`;
  }
  const superHere = superOf(g, e);
  if (superHere !== null) return `new ${g.rt('PySuper')}(${superHere.cls},${superHere.self})`;
  if (!plain) return callWithNames(g, e, 'callKw', f);
  const t = g.unit.temp();
  return `(typeof(${t}=${f})==='function'?${t}:${g.rt('callable')}(${t}))(${elements(g, e.args)})`;
}

/** A call with keyword arguments by a function of the runtime; with their names known, by the site of the call. */
function callWithNames(g: CodeGenerator, e: Call, how: 'callKw' | 'callMethodKw', callee: string): string {
  const args = `[${elements(g, e.args)}]`;
  const names = e.keywords.map((k) => k.arg);
  if (!names.every((name) => name !== null)) return `${g.rt(how)}(${callee},${args},${keywords(g, e)})`;
  const values = e.keywords.map((k) => expression(g, k.value)).join(',');
  return `${g.keywordSite(names)}.${how === 'callKw' ? 'call' : 'callMethod'}(${callee},${args},[${values}])`;
}

/** The keyword arguments of a call or class, as an array of pairs. */
export function keywords(g: CodeGenerator, e: Pick<Call, 'keywords'>): string {
  const pairs = e.keywords.map((k) =>
    k.arg === null
      ? `...${g.rt('spreadKeywords')}(${expression(g, k.value)})`
      : `[${quote(k.arg)},${expression(g, k.value)}]`,
  );
  return `[${pairs.join(',')}]`;
}

/** The class and self of a `super()` without arguments, or null where `e` is not one. */
function superOf(g: CodeGenerator, e: Expr): { cls: string; self: string } | null {
  if (e.type !== 'Call' || e.args.length + e.keywords.length > 0) return null;
  if (!g.isGlobalName(e.func, 'super')) return null;
  const { unit } = g;
  const self = unit.scope.params[0];
  if (unit.classVariable === null || self === undefined) return null;
  return { cls: unit.classVariable, self: g.load(self) };
}

function superCall(g: CodeGenerator, e: Call, at: { cls: string; self: string }, name: string): string {
  if (e.keywords.length > 0) {
    return callWithNames(g, e, 'callKw', `${g.rt('superAttribute')}(${at.cls},${at.self},${quote(name)})`);
  }
  const args = elements(g, e.args);
  return `${g.rt('superMethod')}(${at.cls},${at.self},${quote(name)})(${at.self}${args === '' ? '' : `,${args}`})`;
}

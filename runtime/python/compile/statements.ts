/** Statements: each kind of node as JavaScript. */
import type {
  Assign,
  AugAssign,
  ExceptHandler,
  Expr,
  For,
  Import,
  ImportFrom,
  Stmt,
  Try,
  While,
  With,
} from '../syntax/ast';
import { assignFloat, augmentFloat, binary, snapshot, term } from './arithmetic';
import type { CodeGenerator } from './code-generator';
import { attribute, condition, expression, item, operand, sequence, sliceParts } from './expressions';
import { classDef, functionDef } from './functions';
import { property, quote, receiver } from './js-builder';
import { match } from './match';
import { viperStatement, viperStore } from './viper';

export function block(g: CodeGenerator, body: readonly Stmt[]): string {
  let text = '';
  for (const s of body) text += g.unit.scoped(() => statement(g, s));
  return text;
}

/** `L=…;` where the line is not already in `L`. */
function mark(g: CodeGenerator, line: number): string {
  if (g.unit.line === line) return '';
  g.unit.line = line;
  return `L=${String(line)};`;
}

/** Whether nothing in the statement can raise. */
function isSafe(g: CodeGenerator, s: Stmt): boolean {
  switch (s.type) {
    case 'Pass':
    case 'Break':
    case 'Continue':
    case 'Global':
    case 'Nonlocal':
      return true;
    case 'Assign':
      return s.targets.every((t) => t.type === 'Name') && isSafeValue(g, s.value);
    case 'Return':
      return s.value === null || isSafeValue(g, s.value);
    case 'Try':
      return true;
    default:
      return false;
  }
}

function isSafeValue(g: CodeGenerator, e: Expr): boolean {
  if (e.type === 'Name') return g.unit.scope.bindingOf(e.id) === 'local' && g.unit.assigned.has(e.id);
  return e.type === 'Int' || e.type === 'Float' || e.type === 'Str' || e.type === 'Singleton';
}

function statement(g: CodeGenerator, s: Stmt): string {
  g.unit.statementLine = s.line;
  g.unit.severalLines = false;
  const line = isSafe(g, s) ? '' : mark(g, s.line);
  return line + write(g, s);
}

function write(g: CodeGenerator, s: Stmt): string {
  if (g.unit.viper !== null) {
    const js = viperStatement(g, s);
    if (js !== null) return js;
  }
  switch (s.type) {
    case 'Expr':
      return expressionStatement(g, s.value);
    case 'Assign':
      return assign(g, s);
    case 'AugAssign':
      return augAssign(g, s);
    case 'AnnAssign':
      return s.value === null ? '' : storeTarget(g, s.target, expression(g, s.value));
    case 'Return':
      return `return ${s.value === null ? g.rt('None') : expression(g, s.value)};`;
    case 'Delete':
      return s.targets.map((t) => remove(g, t)).join('');
    case 'Pass':
    case 'Global':
    case 'Nonlocal':
      return '';
    case 'Break': {
      const label = g.unit.loops[g.unit.loops.length - 1]?.label ?? null;
      return label === null ? 'break;' : `break ${label};`;
    }
    case 'Continue':
      return 'continue;';
    case 'Raise': {
      if (s.exc === null) {
        const caught = g.unit.handlers[g.unit.handlers.length - 1];
        return caught === undefined ? `${g.rt('noActive')}();` : `throw ${g.rt('rethrow')}(${caught});`;
      }
      const exc = `throw ${g.rt('raised')}(${expression(g, s.exc)});`;
      return s.cause === null ? exc : `${g.rt('chain')}(${expression(g, s.cause)});${exc}`;
    }
    case 'Assert': {
      if (g.options.assertions === false) return '';
      const test = condition(g, s.test);
      const before = new Set(g.unit.assigned);
      const message = s.msg === null ? '' : expression(g, s.msg);
      g.unit.assigned = before;
      return `if(!${test})${g.rt('assertion')}(${message});`;
    }
    case 'Import':
      return importNames(g, s);
    case 'ImportFrom':
      return importFrom(g, s);
    case 'If': {
      const { unit } = g;
      const test = condition(g, s.test);
      const lineBefore = unit.line;
      const start = new Set(unit.assigned);
      const body = block(g, s.body);
      const afterBody = leaves(s.body) ? null : unit.assigned;
      const lineBody = leaves(s.body) ? lineBefore : unit.line;
      unit.assigned = new Set(start);
      unit.line = lineBefore;
      const orelse = block(g, s.orelse);
      const afterElse = leaves(s.orelse) ? null : unit.assigned;
      unit.assigned = both(afterBody, afterElse) ?? start;
      if (leaves(s.orelse)) unit.line = lineBody;
      else if (unit.line !== lineBody) unit.line = 0;
      return `if(${test}){${body}}${s.orelse.length === 0 ? '' : `else{${orelse}}`}`;
    }
    case 'While':
      return whileLoop(g, s);
    case 'For':
      return s.isAsync ? asyncFor(g, s) : forLoop(g, s);
    case 'Try':
      return s.isStar ? tryStar(g, s) : tryStatement(g, s);
    case 'With':
      return withStatement(g, s, 0);
    case 'FunctionDef':
      return storeName(g, s.name, functionDef(g, s));
    case 'ClassDef':
      return storeName(g, s.name, classDef(g, s));
    case 'Match':
      return match(g, s);
  }
}

/** What is assigned after two ways that meet; null is a way that leaves. */
export function both(a: Set<string> | null, b: Set<string> | null): Set<string> | null {
  if (a === null) return b;
  if (b === null) return a;
  return new Set([...a].filter((n) => b.has(n)));
}

/** Whether control never reaches the end of the statements. */
export function leaves(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1];
  switch (last?.type) {
    case 'Return':
    case 'Raise':
    case 'Break':
    case 'Continue':
      return true;
    case 'If':
      return last.orelse.length > 0 && leaves(last.body) && leaves(last.orelse);
    default:
      return false;
  }
}

function expressionStatement(g: CodeGenerator, e: Expr): string {
  if (g.options.mode === 'single' && g.unit.scope.kind === 'module') {
    return `${g.rt('display')}(${expression(g, e)});`;
  }
  if (e.type === 'Str' || e.type === 'Int' || e.type === 'Float' || e.type === 'Singleton') return '';
  const js = expression(g, e);
  return /^(function|class|\{)/.test(js) ? `(${js});` : `${js};`;
}

// ---- storing

export function storeName(g: CodeGenerator, name: string, value: string): string {
  if (g.unit.viper !== null) return viperStore(g, name, value);
  return `${g.place(name)}=${value};`;
}

/** `target = value`, where `value` is a JS expression to be evaluated once, first. */
export function storeTarget(g: CodeGenerator, target: Expr, value: string): string {
  switch (target.type) {
    case 'Name':
      return storeName(g, target.id, value);
    case 'Tuple':
    case 'List':
      return unpackInto(g, target.elts, value);
    case 'Attribute': {
      const v = g.unit.temp();
      const o = operand(g, target.value);
      return `${v}=${value};${statements(o.first)}${storeAttribute(o.name, target.attr, v)}`;
    }
    case 'Subscript': {
      const v = g.unit.temp();
      const o = operand(g, target.value);
      if (target.slice.type === 'Slice' && target.slice.step === null) {
        return `${v}=${value};${statements(o.first)}${g.rt('setSlice')}(${o.name},${sliceParts(g, target.slice)},${v});`;
      }
      const k = operand(g, target.slice);
      return `${v}=${value};${statements(o.first, k.first)}${storeItem(o.name, k.name, v)}`;
    }
    default:
      return `${value};`;
  }
}

export const statements = (...parts: readonly string[]): string =>
  parts
    .filter((p) => p !== '')
    .map((p) => `${p};`)
    .join('');

export function storeAttribute(o: string, name: string, value: string): string {
  const r = receiver(o);
  return `if(${r}.nostore===undefined)${property(r, name)}=${value};else ${r}.py_setattr(${quote(name)},${value});`;
}

export function storeItem(o: string, k: string, value: string): string {
  const slow = `${receiver(o)}.py_setitem(${k},${value});`;
  if (k.startsWith('"') || /^(k\d+|None|true|false)$/.test(k)) return slow;
  const test = /^\d+$/.test(k) ? '' : `typeof ${k}==='number'&&${k}>=0&&`;
  return `if(${receiver(o)}.mut===true&&${test}${k}<${receiver(o)}.la.length)${receiver(o)}.la[${k}]=${value};else ${slow}`;
}

function unpackInto(g: CodeGenerator, targets: readonly Expr[], value: string): string {
  const star = targets.findIndex((t) => t.type === 'Starred');
  const u = g.unit.temp();
  if (star < 0) {
    const parts = targets.map((t, i) => storeTarget(g, t, `${u}[${String(i)}]`));
    return `${u}=${g.rt('unpack')}(${value},${String(targets.length)});${parts.join('')}`;
  }
  const after = targets.length - star - 1;
  const parts = targets.map((t, i) => {
    if (i < star) return storeTarget(g, t, `${u}[0][${String(i)}]`);
    if (i > star) return storeTarget(g, t, `${u}[2][${String(i - star - 1)}]`);
    return storeTarget(g, (t as Extract<Expr, { type: 'Starred' }>).value, `new ${g.rt('PyList')}(${u}[1])`);
  });
  return `${u}=${g.rt('unpackStar')}(${value},${String(star)},${String(after)});${parts.join('')}`;
}

function assign(g: CodeGenerator, s: Assign): string {
  const [target] = s.targets as [Expr, ...Expr[]];
  if (s.targets.length === 1) {
    const { value } = s;
    const pairwise =
      (target.type === 'Tuple' || target.type === 'List') &&
      (value.type === 'Tuple' || value.type === 'List') &&
      target.elts.length === value.elts.length &&
      ![...target.elts, ...value.elts].some((e) => e.type === 'Starred');
    if (pairwise) {
      // a, b = b, a: no tuple is made.
      const moves = value.elts.map((e, i) => {
        const into = target.elts[i] as Expr;
        if (into.type === 'Name' && g.keepsFloat(into.id)) return snapshot(g, into.id, e);
        const js = expression(g, e);
        const t = g.unit.temp();
        return { take: `${t}=${js};`, give: () => storeTarget(g, into, t) };
      });
      return moves.map((m) => m.take).join('') + moves.map((m) => m.give()).join('');
    }
    if (target.type === 'Name' && g.keepsFloat(target.id)) return assignFloat(g, target.id, value);
    return storeTarget(g, target, expression(g, value));
  }
  const t = g.unit.temp();
  const { value } = s;
  const each = (x: Expr): string =>
    value.type === 'Float' && x.type === 'Name' && g.keepsFloat(x.id)
      ? assignFloat(g, x.id, value)
      : storeTarget(g, x, t);
  return `${t}=${expression(g, value)};${s.targets.map(each).join('')}`;
}

function augAssign(g: CodeGenerator, s: AugAssign): string {
  const { target } = s;
  switch (target.type) {
    case 'Name': {
      if (g.unit.assigned.has(target.id) && g.keepsFloat(target.id)) return augmentFloat(g, target.id, s.op, s.value);
      const a = operand(g, target);
      const b = term(g, s.value);
      return storeName(g, target.id, sequence([a, b], binary(g, s.op, a, b, true)));
    }
    case 'Attribute': {
      const o = operand(g, target.value);
      const current = g.unit.temp();
      const load = `${current}=${attribute(g, o.name, target.attr)};`;
      const b = term(g, s.value);
      return `${statements(o.first)}${load}${statements(b.first)}${current}=${binary(g, s.op, { first: '', name: current }, b, true)};${storeAttribute(o.name, target.attr, current)}`;
    }
    case 'Subscript': {
      const o = operand(g, target.value);
      const k = operand(g, target.slice);
      const current = g.unit.temp();
      const load = `${current}=${item(g, o.name, k.name)};`;
      const b = term(g, s.value);
      return `${statements(o.first, k.first)}${load}${statements(b.first)}${current}=${binary(g, s.op, { first: '', name: current }, b, true)};${storeItem(o.name, k.name, current)}`;
    }
  }
}

function remove(g: CodeGenerator, t: Expr): string {
  switch (t.type) {
    case 'Name': {
      const binding = g.unit.scope.bindingOf(t.id);
      const place = g.place(t.id);
      g.unit.assigned.delete(t.id);
      const missing =
        binding === 'local' || binding === 'free'
          ? `${g.rt('unbound')}(${quote(t.id)})`
          : `${g.rt('global')}(null,${quote(t.id)})`;
      return `if(${place}===undefined)${missing};${place}=undefined;`;
    }
    case 'Attribute': {
      const o = operand(g, t.value);
      return `${statements(o.first)}${receiver(o.name)}.py_delattr(${quote(t.attr)});`;
    }
    case 'Subscript': {
      const o = operand(g, t.value);
      const k = operand(g, t.slice);
      return `${statements(o.first, k.first)}${receiver(o.name)}.py_delitem(${k.name});`;
    }
    case 'Tuple':
    case 'List':
      return t.elts.map((e) => remove(g, e)).join('');
    default:
      return '';
  }
}

// ---- imports

function importNames(g: CodeGenerator, s: Import): string {
  return s.names
    .map((a) => {
      if (a.asname !== null) return storeName(g, a.asname, `${g.rt('importLeaf')}(G,${quote(a.name)})`);
      return storeName(g, a.name.split('.')[0] as string, `${g.rt('importTop')}(G,${quote(a.name)})`);
    })
    .join('');
}

function importFrom(g: CodeGenerator, s: ImportFrom): string {
  const m = g.unit.temp();
  const load = `${m}=${g.rt('importFrom')}(G,${quote(s.module)},${String(s.level)},${quote(s.names.map((a) => a.name).join())});`;
  if (s.names[0]?.name === '*') {
    const into = g.unit.scope.kind === 'module' && g.options.separateLocals === true ? 'ns' : 'G';
    return `${load}${g.rt('importStar')}(${into},${m});`;
  }
  return (
    load + s.names.map((a) => storeName(g, a.asname ?? a.name, `${g.rt('importName')}(${m},${quote(a.name)})`)).join('')
  );
}

// ---- loops

/** Writes a loop's body and its `else`; `open` is the text up to the body's brace. */
export function loop(g: CodeGenerator, open: string, inside: () => string, orelse: readonly Stmt[]): string {
  const { unit } = g;
  const label = orelse.length > 0 ? `B${g.unique()}` : null;
  const start = new Set(unit.assigned);
  unit.loops.push({ label });
  unit.line = 0;
  const body = inside();
  unit.loops.pop();
  unit.assigned = new Set(start);
  unit.line = 0;
  if (label === null) return `${open}{${g.poll()}${body}}`;
  const rest = block(g, orelse);
  unit.assigned = start;
  return `${label}:{${open}{${g.poll()}${body}}${rest}}`;
}

function whileLoop(g: CodeGenerator, s: While): string {
  const { unit } = g;
  const before = new Set(unit.assigned);
  const test = condition(g, s.test);
  unit.assigned = before;
  const constant = test === 'true' || test === 'false';
  const text = loop(
    g,
    constant ? `while(${test})` : `while(L=${String(lastLine(s))},${test})`,
    () => block(g, s.body),
    s.orelse,
  );
  return text;
}

/** The line of a `while` loop's test in a traceback: MicroPython compiles it after the body, and lines never go back. */
function lastLine(node: object): number {
  const { type, line = 0 } = node as { type?: string; line?: number };
  let last = type === undefined || ATOMS.has(type) ? 0 : line;
  for (const [name, value] of Object.entries(node) as [string, unknown][]) {
    const inside = name === 'body' && (type === 'FunctionDef' || type === 'ClassDef' || type === 'Lambda');
    const part = Array.isArray(value) && name === 'body' ? (value.at(-1) as unknown) : value;
    if (!inside && part !== null && typeof part === 'object') last = Math.max(last, lastLine(part));
  }
  return last;
}

/** Expressions that MicroPython notes no line for. */
const ATOMS: ReadonlySet<string> = new Set(['Name', 'Int', 'Float', 'Imaginary', 'Str', 'Bytes', 'Singleton']);

function forLoop(g: CodeGenerator, s: For): string {
  const { unit } = g;
  const v = unit.temp();
  const range = rangeHead(g, s.iter, v);
  if (range !== null) {
    return range.before + loop(g, range.open, () => storeTarget(g, s.target, v) + block(g, s.body), s.orelse);
  }
  const it = unit.temp();
  const before = `${it}=${g.rt('iter')}(${expression(g, s.iter)});`;
  const open = `while(L=${String(s.line)},(${v}=${it}.n())!==undefined)`;
  return before + loop(g, open, () => storeTarget(g, s.target, v) + block(g, s.body), s.orelse);
}

/** `for … in range(…)`, where `range` is the builtin at run time: a counting loop, with the general one as the other way. */
function rangeHead(g: CodeGenerator, e: Expr, v: string): { before: string; open: string } | null {
  if (e.type !== 'Call' || !g.isGlobalName(e.func, 'range') || e.keywords.length > 0) return null;
  if (e.args.length < 1 || e.args.length > 3 || e.args.some((a) => a.type === 'Starred')) return null;
  const { unit } = g;
  const f = unit.temp();
  const i = unit.temp();
  const end = unit.temp();
  const it = unit.temp();
  let before = `${f}=${g.load('range')};`;
  const args = e.args.map((a) => expression(g, a));
  const [first, second, third] = args as [string, string, string];
  const stepNode = e.args[2];
  let step = '1';
  const literalStep = stepNode === undefined ? 1 : constantStep(stepNode);
  if (args.length === 1) before += `${i}=0;${end}=${first};`;
  else before += `${i}=${first};${end}=${second};`;
  if (args.length === 3) {
    if (literalStep === null || literalStep === 0) {
      step = unit.temp();
      before += `${step}=${third};`;
    } else step = literalStep < 0 ? `(${String(literalStep)})` : String(literalStep);
  }
  const dynamic = step.startsWith('t');
  const checks = [`${f}===${g.rt('B')}.$range`, `typeof ${i}==='number'`, `typeof ${end}==='number'`];
  if (dynamic) checks.push(`typeof ${step}==='number'`, `${step}!==0`);
  const given = args.length === 1 ? end : args.length === 2 ? `${i},${end}` : `${i},${end},${step}`;
  before += `${it}=${checks.join('&&')}?null:${g.rt('iter')}(${g.rt('callable')}(${f})(${given}));`;
  const more = dynamic
    ? `(${step}>0?${i}<${end}:${i}>${end})`
    : literalStep !== null && literalStep < 0
      ? `${i}>${end}`
      : `${i}<${end}`;
  return { before, open: `while(${it}===null?${more}&&(${v}=${i},${i}+=${step},true):(${v}=${it}.n())!==undefined)` };
}

function constantStep(e: Expr): number | null {
  if (e.type === 'Int' && typeof e.value === 'number') return e.value;
  if (e.type === 'UnaryOp' && e.op === '-') {
    const n = constantStep(e.operand);
    return n === null ? null : -n;
  }
  return null;
}

function asyncFor(g: CodeGenerator, s: For): string {
  const { unit } = g;
  const v = unit.temp();
  const it = unit.temp();
  const more = unit.temp();
  const E = `E${g.unique()}`;
  const head =
    `L=${String(s.line)};try{${v}=(yield new ${g.rt('YieldFrom')}(${g.rt('asyncNext')}(${it})));}` +
    `catch(${E}){${g.rt('stopAsync')}(${E});${more}=false;}`;
  const before = `${it}=${g.rt('asyncIter')}(${expression(g, s.iter)});${more}=true;`;
  return (
    before +
    loop(g, `while(true)`, () => `${head}if(!${more})break;${storeTarget(g, s.target, v)}${block(g, s.body)}`, []) +
    (s.orelse.length === 0 ? '' : `if(!${more}){${block(g, s.orelse)}}`)
  );
}

// ---- try, with

function tryStatement(g: CodeGenerator, s: Try): string {
  const { unit } = g;
  let text: string;
  const start = new Set(unit.assigned);
  if (s.handlers.length === 0) {
    text = block(g, s.body) + block(g, s.orelse);
  } else {
    const ok = s.orelse.length > 0 ? unit.temp() : null;
    const body = block(g, s.body);
    const afterBody = leaves(s.body) && ok === null ? null : unit.assigned;
    const E = `E${g.unique()}`;
    let after = afterBody;
    unit.handlers.push(E);
    const clauses = s.handlers.map((h) => {
      unit.assigned = new Set(start);
      unit.line = 0;
      const clause = unit.scoped(() => {
        // A name alone has no line in MicroPython: what it raises is told of the line before.
        const line = h.excType === null || h.excType.type === 'Name' ? '' : `L=${String(h.line)},`;
        const test = h.excType === null ? 'true' : `${line}${g.rt('matches')}(${E},${expression(g, h.excType)})`;
        let inside: string;
        if (h.name === null) inside = block(g, h.body);
        else {
          const bind = storeName(g, h.name, E);
          const text = block(g, h.body);
          const place = g.place(h.name);
          unit.assigned.delete(h.name);
          const local = unit.scope.bindingOf(h.name) === 'local' && !unit.scope.captured.has(h.name);
          inside = local
            ? `${bind}${text}${leaves(h.body) ? '' : `${place}=undefined;`}`
            : `${bind}try{${text}}finally{${place}=undefined;}`;
        }
        if (g.options.tracksHandled === true) {
          const handled = g.rt('handled');
          inside = `${handled}(${E});try{${inside}}finally{${handled}(null);}`;
        }
        return `if(${test}){${inside}}`;
      });
      after = both(after, leaves(h.body) ? null : unit.assigned);
      return clause;
    });
    unit.handlers.pop();
    unit.line = 0;
    const hasBare = s.handlers.some((h) => h.excType === null);
    const otherwise = hasBare ? '' : `else throw ${g.rt('rethrow')}(${E});`;
    text = `try{${body}${ok === null ? '' : `${ok}=true;`}}catch(${E}){${E}=${g.rt('note')}(${E},${unit.code},L);${clauses.join('else ')}${otherwise}}`;
    if (ok !== null) {
      unit.assigned = afterBody ?? new Set(start);
      const orelse = block(g, s.orelse);
      after = both(after, leaves(s.orelse) ? null : unit.assigned);
      text = `${ok}=false;${text}if(${ok}){${orelse}}`;
    }
    unit.assigned = after === null ? start : (both(after, after) ?? start);
  }
  if (s.finalbody.length > 0) {
    const after = unit.assigned;
    const E = `E${g.unique()}`;
    unit.assigned = new Set(start);
    unit.line = 0;
    const final = block(g, s.finalbody);
    const finalAssigned = unit.assigned;
    unit.assigned = new Set([...after, ...finalAssigned]);
    for (const n of unit.scope.deleted) unit.assigned.delete(n);
    text = `try{${text}}catch(${E}){throw ${g.rt('rethrow')}(${g.rt('note')}(${E},${unit.code},L));}finally{${final}}`;
  }
  unit.line = 0;
  return text;
}

/** `except*`: each clause takes the part of the group that it names. */
function tryStar(g: CodeGenerator, s: Try): string {
  const { unit } = g;
  const E = `E${g.unique()}`;
  const handler = unit.temp();
  const ok = unit.temp();
  const start = new Set(unit.assigned);
  const body = block(g, s.body);
  const after = leaves(s.body) ? start : unit.assigned;
  const note = (e: string): string => `${g.rt('note')}(${e},${unit.code},L)`;
  let clauses = '';
  for (const h of s.handlers) {
    unit.assigned = new Set(start);
    unit.line = 0;
    clauses += starClause(g, h, handler, note);
  }
  const left = unit.temp();
  const end = `if((${left}=${handler}.end())!==null)throw ${g.rt('rethrow')}(${left});`;
  let text = `${ok}=false;try{${body}${ok}=true;}catch(${E}){${handler}=new ${g.rt('StarHandler')}(${note(E)});${clauses}${end}}`;
  unit.line = 0;
  unit.assigned = new Set(after);
  text += `if(${ok}===true){${block(g, s.orelse)}}`;
  unit.assigned = new Set(start);
  unit.line = 0;
  if (s.finalbody.length > 0) text = `try{${text}}finally{${block(g, s.finalbody)}}`;
  return text;
}

/** A clause of it: what it raises waits until the last clause has had its part. */
function starClause(g: CodeGenerator, h: ExceptHandler, handler: string, note: (e: string) => string): string {
  const { unit } = g;
  const part = unit.temp();
  const E = `E${g.unique()}`;
  const type = h.excType === null ? g.rt('None') : expression(g, h.excType);
  const bind = h.name === null ? '' : storeName(g, h.name, part);
  unit.handlers.push(part);
  const text = block(g, h.body);
  unit.handlers.pop();
  let forget = '';
  if (h.name !== null) {
    forget = `finally{${g.place(h.name)}=undefined;}`;
    unit.assigned.delete(h.name);
  }
  return `L=${String(h.line)};${part}=${handler}.take(${type});if(${part}!==null){${bind}try{${text}}catch(${E}){${handler}.add(${note(E)});}${forget}}`;
}

function withStatement(g: CodeGenerator, s: With, index: number): string {
  const { unit } = g;
  const current = s.items[index];
  if (current === undefined) return block(g, s.body);
  const manager = unit.temp();
  const exit = unit.temp();
  const ok = unit.temp();
  const entered = unit.temp();
  const E = `E${g.unique()}`;
  const wait = (js: string): string =>
    s.isAsync ? `(yield new ${g.rt('YieldFrom')}(${g.rt('awaitable')}(${js})))` : js;
  const [enterName, exitName] = s.isAsync ? ['__aenter__', '__aexit__'] : ['__enter__', '__exit__'];
  const before =
    `${manager}=${expression(g, current.context)};` +
    `${exit}=${g.rt('callable')}(${g.rt('ga')}(${manager},"${exitName}"));` +
    `${entered}=${wait(`${g.rt('callable')}(${g.rt('ga')}(${manager},"${enterName}"))()`)};${ok}=true;`;
  const start = new Set(unit.assigned);
  const bind = current.target === null ? '' : storeTarget(g, current.target, entered);
  const inside = withStatement(g, s, index + 1);
  unit.assigned = start;
  unit.line = 0;
  const None = g.rt('None');
  return (
    `${before}try{${bind}${inside}}catch(${E}){${E}=${g.rt('note')}(${E},${unit.code},L);${ok}=false;` +
    `if(!${g.rt('T')}(${wait(`${exit}(${E}.cls,${E},${None})`)}))throw ${g.rt('rethrow')}(${E});}` +
    `finally{if(${ok})${wait(`${exit}(${None},${None},${None})`)};}`
  );
}

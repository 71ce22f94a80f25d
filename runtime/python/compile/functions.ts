/** Functions and classes: `def`, `lambda` and `class` as JavaScript. */
import type { Arguments, ClassDef, Expr, FunctionDef, Lambda, Parameter, Stmt } from '../syntax/ast';
import { Unit, type CodeGenerator } from './code-generator';
import { elements, expression, keywords } from './expressions';
import { property, quote, variable } from './js-builder';
import type { Scope } from './scope';
import { isViper, viperFunction, viperLambda } from './viper';

export function lambda(g: CodeGenerator, e: Lambda): string {
  if (g.unit.viper !== null) return viperLambda(g, e);
  return functionValue(g, g.scopeOf(e), '<lambda>', e.args, e.line, (unit) => {
    unit.line = 0;
    unit.statementLine = e.line;
    return `L=${String(e.line)};return ${expression(g, e.body)};`;
  });
}

/** The function object of a `def`, decorators applied. */
export function functionDef(g: CodeGenerator, s: FunctionDef): string {
  const decorators = s.decorators.filter((d) => !isCodeEmitter(d)).map((d) => decorator(g, d));
  let value = isViper(g, s)
    ? viperFunction(g, s)
    : functionValue(g, g.scopeOf(s), s.name, s.args, s.line, () => body(g, s.body));
  for (const js of decorators.reverse()) value = `${g.rt('callable')}(${js})(${value})`;
  return value;
}

/** A decorator stands on a line of its own, before that of its statement. */
function decorator(g: CodeGenerator, d: Expr): string {
  g.unit.line = 0;
  return `(L=${String(d.line)},${expression(g, d)})`;
}

/** `@micropython.native`, `@micropython.viper` and `@micropython.bytecode` choose how a function is compiled; ours is always compiled. */
function isCodeEmitter(d: FunctionDef['decorators'][number]): boolean {
  return (
    d.type === 'Attribute' &&
    d.value.type === 'Name' &&
    d.value.id === 'micropython' &&
    ['native', 'viper', 'bytecode'].includes(d.attr)
  );
}

function body(g: CodeGenerator, statements: readonly Stmt[]): string {
  const text = g.block(statements);
  return endsInReturn(statements) ? text : `${text}return ${g.rt('None')};`;
}

const endsInReturn = (statements: readonly Stmt[]): boolean => {
  const last = statements[statements.length - 1];
  return last?.type === 'Return' || last?.type === 'Raise';
};

/** Counts a call, where a board's small stack is to be simulated; a generator's frame is not on the stack. */
const deeper = (g: CodeGenerator, scope: Scope): string =>
  countsDepth(g, scope) ? `if(++${g.rt('calls')}.depth>calls.most)${g.rt('tooDeep')}();` : '';

const shallower = (g: CodeGenerator, scope: Scope): string =>
  countsDepth(g, scope) ? `finally{${g.rt('calls')}.depth--;}` : '';

const countsDepth = (g: CodeGenerator, scope: Scope): boolean => g.options.countsDepth === true && !scope.isGenerator;

/** What a call of a generator function makes. */
const generator = (g: CodeGenerator, scope: Scope): string =>
  g.rt(scope.isAsyncGenerator ? 'PyAsyncGenerator' : 'PyGenerator');

/** The JS expression that makes a function object. `write` gives the statements of its body. */
function functionValue(
  g: CodeGenerator,
  scope: Scope,
  name: string,
  args: Arguments,
  line: number,
  write: (unit: Unit) => string,
): string {
  const positional = [...args.posonly, ...args.args];
  const required = positional.filter((p) => p.default === null).length;
  const closed = scope.closedOver.size;
  const codeName = g.code(name, line, {
    args: [...positional, ...args.kwonly].map((p) => p.name),
    positional: positional.length,
    positionalOnly: args.posonly.length,
    required,
    rest: args.vararg !== null,
    keywords: args.kwarg !== null,
    isGenerator: scope.isGenerator,
    closed,
  });
  const defaultOf = (p: Parameter): string => expression(g, p.default as NonNullable<Parameter['default']>);
  const defaults = positional.slice(required).map(defaultOf);
  const keywordDefaults = args.kwonly.map((p) => (p.default === null ? 'undefined' : defaultOf(p)));

  const outer = g.unit;
  const unit = new Unit(scope, codeName, outer.classVariable, outer, scope.isGenerator);
  for (const p of scope.params) unit.assigned.add(p);
  unit.line = line;
  const text = g.inUnit(unit, () => `${g.poll()}${write(unit)}`);
  const params = new Set(scope.params);
  const locals = [...scope.locals].filter((n) => !params.has(n));
  const inside = `${g.declare(unit, locals, line)}${deeper(g, scope)}try{${text}}catch(E){throw ${g.rt('note')}(E,${codeName},L);}${shallower(g, scope)}`;

  const names = positional.map((p) => variable(p.name));
  const js = `f_${name.replace(/[^A-Za-z0-9_]/g, '_')}`;
  const make = g.rt('makeFunction');
  const D = defaults.length > 0;
  const meta = `${codeName}${D || keywordDefaults.length > 0 ? `,${D ? 'D' : '[]'}` : ''}`;
  const wrap = (value: string): string => (D ? `(D=>${value})([${defaults.join(',')}])` : value);

  if (args.kwonly.length > 0 || args.kwarg !== null) {
    const all = [...names];
    if (args.vararg !== null) all.push(variable(args.vararg.name));
    all.push(...args.kwonly.map((p) => variable(p.name)));
    if (args.kwarg !== null) all.push(variable(args.kwarg.name));
    const star = scope.isGenerator ? '*' : '';
    const run = scope.isGenerator ? `(...a)=>new ${generator(g, scope)}(body(...a),${codeName})` : 'body';
    const value =
      `(()=>{const body=function${star} ${js}(${all.join(',')}){${inside}},run=${run};` +
      `const f=${make}((...p)=>run(...${g.rt('bindPython')}(f,p,[])),${codeName},${D ? 'D' : '[]'},[${keywordDefaults.join(',')}],run);return f})()`;
    return wrap(value);
  }

  const count = positional.length;
  const wrongCount = (least: number): string =>
    `${g.rt('arity')}(arguments.length${closed > 0 ? `+${String(closed)}` : ''},${String(least + closed)},${String(count + closed)},${quote(name)});`;
  let prologue = '';
  if (args.vararg !== null) {
    names.push('...rest');
    if (required > 0) prologue += `if(arguments.length<${String(required)})${wrongCount(required)}`;
  } else if (count === required) {
    prologue += `if(arguments.length!==${String(count)})${wrongCount(count)}`;
  } else {
    prologue += `if(arguments.length!==${String(count)}){if(arguments.length<${String(required)}||arguments.length>${String(count)})${wrongCount(required)}`;
  }
  const fill = positional
    .slice(required)
    .map((p, i) => `if(${variable(p.name)}===undefined)${variable(p.name)}=D[${String(i)}];`)
    .join('');
  prologue += fill;
  if (args.vararg === null && count !== required) prologue += '}';
  if (args.vararg !== null) prologue += `let ${variable(args.vararg.name)}=new ${g.rt('PyTuple')}(rest);`;

  if (scope.isGenerator) {
    const passed = [
      ...positional.map((p) => variable(p.name)),
      ...(args.vararg === null ? [] : [variable(args.vararg.name)]),
    ].join(',');
    return wrap(
      `(()=>{const body=function*(${passed}){${inside}};` +
        `return ${make}(function ${js}(${names.join(',')}){${prologue}return new ${generator(g, scope)}(body(${passed}),${codeName});},${meta})})()`,
    );
  }
  return wrap(`${make}(function ${js}(${names.join(',')}){${prologue}${inside}},${meta})`);
}

/** Binary operators and comparisons whose special method, defined in the body, gets an entry of the class's own. */
const CLASS_SLOTS = new Map(Object.entries({
  __add__: 'add', __sub__: 'sub', __mul__: 'mul', __matmul__: 'matmul', __truediv__: 'truediv', __floordiv__: 'floordiv',
  __mod__: 'mod', __pow__: 'pow', __lshift__: 'lshift', __rshift__: 'rshift', __and__: 'and', __or__: 'or', __xor__: 'xor',
})); // prettier-ignore
const CLASS_COMPARISONS = new Map(Object.entries({ __lt__: 'lt', __le__: 'le', __gt__: 'gt', __ge__: 'ge' }));

/** The class of a `class` statement, decorators applied. */
export function classDef(g: CodeGenerator, s: ClassDef): string {
  const scope = g.scopeOf(s);
  const decorators = s.decorators.map((d) => decorator(g, d));
  const bases = elements(g, s.bases);
  const classVariable = `C${g.unique()}`;
  const outer = g.unit;
  const codeName = g.code(s.name, s.line);
  const inner = new Unit(scope, codeName, classVariable, outer, false);
  const text = g.inUnit(inner, () => g.block(s.body));
  const declare = g.declare(inner, [], s.line);

  const init = s.body.find((b): b is FunctionDef => b.type === 'FunctionDef' && b.name === '__init__');
  const defined = s.body.filter((b): b is FunctionDef => b.type === 'FunctionDef').map((b) => b.name);
  const js = `f_${s.name.replace(/[^A-Za-z0-9_]/g, '_')}`;
  // The class by the name that its methods have for it, where one uses it.
  const cell = scope.captured.has('__class__') ? variable('__class__') : null;
  let value =
    `${g.rt('buildClass')}(${g.str(s.name)},[${bases}],(bases,name)=>{let ${classVariable}${cell === null ? '' : `,${cell}`};const ns={};` +
    `ns.$__module__=${property('G', '__name__')};ns.$__qualname__=${g.str(s.name)};` +
    `{${declare}try{${text}}catch(E){throw ${g.rt('note')}(E,${codeName},L);}}` +
    `${classVariable}=${g.rt('makeClass')}(name,bases,ns,function ${js}(){},I=>${constructorFunction(g, js, classVariable, init)});` +
    `${cell === null ? '' : `${cell}=${classVariable};`}${operatorEntries(g, classVariable, defined)}return ${classVariable}}${s.keywords.length === 0 ? '' : `,${keywords(g, s)}`})`;
  for (const d of decorators.reverse()) value = `${g.rt('callable')}(${d})(${value})`;
  return value;
}

/** The JS function that Python calls to make an instance: straight to `__init__` where its arity is known. */
function constructorFunction(g: CodeGenerator, js: string, cls: string, init: FunctionDef | undefined): string {
  const construct = g.rt('construct');
  const simple =
    init !== undefined &&
    init.decorators.length === 0 &&
    init.args.vararg === null &&
    init.args.kwarg === null &&
    init.args.kwonly.length === 0 &&
    init.args.posonly.length + init.args.args.length > 0 &&
    !g.scopeOf(init).isGenerator;
  if (!simple) {
    return `function ${js}(...a){return ${construct}(${cls},a)}`;
  }
  const params = [...init.args.posonly, ...init.args.args].slice(1);
  const names = params.map((_, i) => `a${String(i)}`);
  const least = params.filter((p) => p.default === null).length;
  const call = (n: number): string => {
    const given = names
      .slice(0, n)
      .map((a) => `,${a}`)
      .join('');
    return `if((r=o.__init__$(o${given}))!==${g.rt('None')})${g.rt('badInit')}(r);return o;`;
  };
  const cases: string[] = [];
  for (let n = least; n <= params.length; n++) cases.push(`case ${String(n)}:${call(n)}`);
  return (
    `function ${js}(${names.join(',')}){if(I.plain===true){if(--${g.rt('heap')}.left<0)${g.rt('lookAtHeap')}();const o=new I();let r;switch(arguments.length){${cases.join('')}}}` +
    `return ${construct}(${cls},Array.from(arguments))}`
  );
}

/** Operator methods with type feedback of the class's own. */
function operatorEntries(g: CodeGenerator, cls: string, defined: readonly string[]): string {
  let text = '';
  for (const name of defined) {
    const slot = CLASS_SLOTS.get(name);
    const comparison = CLASS_COMPARISONS.get(name);
    if (slot !== undefined) {
      text += `${g.rt('slot')}(${cls},"py_${slot}",function(b){const f=this.${name}$;if(f===undefined)return ${g.rt('genericSlot')}(this,"py_${slot}",b);const r=f(this,b);return r!==${g.rt('NotImplemented')}?r:${g.rt('genericReflect')}(this,"py_${slot}",b)});`;
    } else if (comparison !== undefined) {
      text += `${g.rt('slot')}(${cls},"py_${comparison}",function(b){const f=this.${name}$;if(f===undefined)return ${g.rt('genericSlot')}(this,"py_${comparison}",b);const r=f(this,b);return r!==${g.rt('NotImplemented')}?r:${g.rt('genericReflect')}(this,"py_${comparison}",b)});`;
    } else if (name === '__getitem__') {
      text += `${g.rt('slot')}(${cls},"py_getitem",function(k){const f=this.__getitem__$;return f!==undefined?f(this,k):${g.rt('genericSlot')}(this,"py_getitem",k)});`;
    }
  }
  return text;
}

/** Comprehensions and generator expressions, and the builtins that take one without making a generator. */
import type { Call, Comprehension, DictComp, Expr, GeneratorExp, ListComp, SetComp } from '../syntax/ast';
import { Unit, type CodeGenerator } from './code-generator';
import { LIST_STEP } from './code';
import { binary } from './arithmetic';
import { condition, expression, yielded } from './expressions';
import { storeTarget } from './statements';

type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp;

/** What becomes of each element, and of the whole. */
interface Collector {
  /** Declared at the start. */
  start: string;
  each: (g: CodeGenerator) => string;
  end: string;
}

/** One more item of `R`, which may have no end. */
const pushed = (g: CodeGenerator, item: Expr): string =>
  `if((R.push(${expression(g, item)})&${String(LIST_STEP - 1)})===0)${g.rt('listGrew')}(R.length);`;

export function comprehension(g: CodeGenerator, e: ListComp | SetComp | DictComp): string {
  if (e.type === 'DictComp') {
    return inlined(g, e, {
      start: `const R=new ${g.rt('PyDict')}();`,
      each: (h) => {
        const k = h.unit.temp();
        return `${k}=${expression(h, e.value)};R.py_setitem(${expression(h, e.key)},${k});`;
      },
      end: 'R',
    });
  }
  const make = e.type === 'ListComp' ? `new ${g.rt('PyList')}(R)` : `${g.rt('makeSet')}(R)`;
  return inlined(g, e, { start: 'const R=[];', each: (h) => pushed(h, e.elt), end: make });
}

/** A function called at once, which has the scope of the comprehension. */
function inlined(g: CodeGenerator, e: AnyComprehension, collector: Collector): string {
  const scope = g.scopeOf(e);
  const [first, ...rest] = e.generators as [Comprehension, ...Comprehension[]];
  const source = expression(g, first.iter);
  const outer = g.unit;
  const codeName = g.code(scope.name, e.line);
  const unit = new Unit(scope, codeName, outer.classVariable, outer, scope.isGenerator);
  unit.statementLine = e.line;
  const text = g.inUnit(unit, () => loops(g, first, rest, 0, () => collector.each(g)));
  const names = g.declare(unit, [...scope.locals], e.line);
  const body = `${collector.start}${names}try{${text}return ${collector.end};}catch(E){throw ${g.rt('note')}(E,${codeName},L);}`;
  const iterated = `${g.rt(first.isAsync ? 'asyncIter' : 'iter')}(${source})`;
  if (scope.isGenerator) return `(yield* (function*(i0){${body}})(${iterated}))`;
  return `(i0=>{${body}})(${iterated})`;
}

/** The nested loops; `i0` is the first iterator, already made. */
function loops(
  g: CodeGenerator,
  generator: Comprehension,
  rest: readonly Comprehension[],
  level: number,
  each: () => string,
): string {
  const { unit } = g;
  const it = level === 0 ? 'i0' : unit.temp();
  const v = unit.temp();
  const make =
    level === 0 ? '' : `${it}=${g.rt(generator.isAsync ? 'asyncIter' : 'iter')}(${expression(g, generator.iter)});`;
  const next = generator.isAsync ? `(yield new ${g.rt('YieldFrom')}(${g.rt('asyncNext')}(${it})))` : `${it}.n()`;
  const store = storeTarget(g, generator.target, v);
  const tests = generator.ifs.map((c) => condition(g, c));
  const [inner, ...others] = rest;
  const inside = inner === undefined ? each() : loops(g, inner, others, level + 1, each);
  const guarded = tests.length === 0 ? inside : `if(${tests.join('&&')}){${inside}}`;
  const loop = `while((${v}=${next})!==undefined){${g.poll()}${store}${guarded}}`;
  if (!generator.isAsync) return `${make}${loop}`;
  return `${make}try{${loop}}catch(E){${g.rt('stopAsync')}(E)}`;
}

/** A generator expression with one simple loop is an iterator around a closure; others are generators. */
export function generatorExpression(g: CodeGenerator, e: GeneratorExp): string {
  const scope = g.scopeOf(e);
  const [first, ...rest] = e.generators as [Comprehension, ...Comprehension[]];
  const source = `${g.rt(first.isAsync ? 'asyncIter' : 'iter')}(${expression(g, first.iter)})`;
  const outer = g.unit;
  const codeName = g.code('<genexpr>', e.line, { isGenerator: true });
  const simple = rest.length === 0 && !scope.isGenerator;
  const unit = new Unit(scope, codeName, outer.classVariable, outer, !simple);
  unit.statementLine = e.line;
  if (simple) {
    const text = g.inUnit(unit, () => {
      const v = unit.temp();
      const store = storeTarget(g, first.target, v);
      const skip = first.ifs.map((c) => `if(!${condition(g, c)})continue;`).join('');
      return `for(;;){if((${v}=i0.n())===undefined)return undefined;${g.poll()}${store}${skip}return ${expression(g, e.elt)};}`;
    });
    const names = g.declare(unit, [...scope.locals], e.line);
    return `(i0=>{${names}return new ${g.rt('PyGeneratorExpression')}(()=>{try{${text}}catch(E){throw ${g.rt('note')}(E,${codeName},L);}},${codeName})})(${source})`;
  }
  // One that awaits is an asynchronous generator.
  scope.isAsyncGenerator = scope.isGenerator;
  const text = g.inUnit(unit, () => loops(g, first, rest, 0, () => `yield ${yielded(g, expression(g, e.elt))};`));
  const names = g.declare(unit, [...scope.locals], e.line);
  return `new ${g.rt(scope.isAsyncGenerator ? 'PyAsyncGenerator' : 'PyGenerator')}((function*(i0){${names}try{${text}return ${g.rt('None')};}catch(E){throw ${g.rt('note')}(E,${codeName},L);}})(${source}),${codeName})`;
}

/** `sum(x for …)` and its like, where the name is the builtin: a loop without a generator. */
export function fusedCall(g: CodeGenerator, e: Call): string | null {
  const [only] = e.args;
  if (e.func.type !== 'Name' || e.args.length !== 1 || e.keywords.length > 0 || only?.type !== 'GeneratorExp')
    return null;
  const name = e.func.id;
  const scope = g.scopeOf(only);
  if (!g.isGlobalName(e.func, name) || scope.isGenerator || only.generators.some((x) => x.isAsync)) return null;
  const collector = fusedCollector(g, name, only.elt);
  if (collector === null) return null;
  // The guard is evaluated at each call: the name may be bound later.
  const f = g.load(name);
  const before = new Set(g.unit.assigned);
  const fast = inlined(g, only, collector);
  g.unit.assigned = before;
  return `(${f}===${g.rt('B')}.$${name}?${fast}:${g.rt('callable')}(${g.load(name)})(${generatorExpression(g, only)}))`;
}

function fusedCollector(g: CodeGenerator, name: string, elt: Expr): Collector | null {
  const list: Collector = { start: 'const R=[];', each: (h) => pushed(h, elt), end: '' };
  switch (name) {
    case 'list':
      return { ...list, end: `new ${g.rt('PyList')}(R)` };
    case 'tuple':
      return { ...list, end: `new ${g.rt('PyTuple')}(R)` };
    case 'set':
      return { ...list, end: `${g.rt('makeSet')}(R)` };
    case 'sum':
      return {
        start: 'let R=0;',
        each: (h) => {
          const t = h.unit.temp();
          return `${t}=${expression(h, elt)};R=${binary(h, '+', { first: '', name: 'R' }, { first: '', name: t }, true)};`;
        },
        end: 'R',
      };
    case 'any':
      return { start: '', each: (h) => `if(${condition(h, elt)})return true;`, end: 'false' };
    case 'all':
      return { start: '', each: (h) => `if(!${condition(h, elt)})return false;`, end: 'true' };
    default:
      return null;
  }
}

/** The `match` statement of the host grammar as a chain of tests. */
import type { Expr, Match, Pattern } from '../syntax/ast';
import type { CodeGenerator } from './code-generator';
import { condition, expression } from './expressions';
import { quote } from './js-builder';
import { block } from './statements';

export function match(g: CodeGenerator, s: Match): string {
  const { unit } = g;
  const subject = unit.temp();
  const label = `M${g.unique()}`;
  let text = `${subject}=${expression(g, s.subject)};${label}:{`;
  const start = new Set(unit.assigned);
  for (const c of s.cases) {
    text += unit.scoped(() => {
      const captures: Capture[] = [];
      const test = pattern(g, c.pattern, subject, captures);
      const store = captures.map((x) => `${g.place(x.name)}=${x.js};`).join('');
      const guard = c.guard === null ? '' : `if(${condition(g, c.guard)})`;
      const body = block(g, c.body);
      return `if(${test}){${store}${guard}{${body}break ${label};}}`;
    });
    unit.assigned = new Set(start);
    unit.line = 0;
  }
  return `${text}}`;
}

/** A name that a pattern binds, after all of it matched. */
interface Capture {
  name: string;
  js: string;
}

/** The test whether `value` matches; what it captures is added to `captures`. */
function pattern(g: CodeGenerator, p: Pattern, value: string, captures: Capture[]): string {
  const { unit } = g;
  const all = (tests: string[]): string => (tests.length === 0 ? 'true' : `(${tests.join('&&')})`);
  const capture = (name: string, js: string): void => {
    captures.push({ name, js });
  };
  switch (p.type) {
    case 'MatchValue':
      return `${g.rt('T')}(${value}.py_eq(${expression(g, p.value)}))`;
    case 'MatchSingleton':
      return `${value}===${p.value === null ? g.rt('None') : String(p.value)}`;
    case 'MatchAs': {
      const tests = p.pattern === null ? [] : [pattern(g, p.pattern, value, captures)];
      if (p.name !== null) capture(p.name, value);
      return all(tests);
    }
    case 'MatchStar':
      return 'true';
    case 'MatchOr':
      return either(g, p.patterns, value, captures);
    case 'MatchSequence': {
      const items = unit.temp();
      const star = p.patterns.findIndex((q) => q.type === 'MatchStar');
      const count = p.patterns.length;
      const tests = [`(${items}=${g.rt('matchSequence')}(${value}))!==null`];
      tests.push(star < 0 ? `${items}.length===${String(count)}` : `${items}.length>=${String(count - 1)}`);
      p.patterns.forEach((q, i) => {
        if (q.type === 'MatchStar') {
          if (q.name !== null) {
            const end = count - star - 1;
            capture(q.name, `new ${g.rt('PyList')}(${items}.slice(${String(star)},${items}.length-${String(end)}))`);
          }
          return;
        }
        const at = star >= 0 && i > star ? `${items}.length-${String(count - i)}` : String(i);
        const part = unit.temp();
        tests.push(`(${part}=${items}[${at}],true)`, pattern(g, q, part, captures));
      });
      return all(tests);
    }
    case 'MatchMapping': {
      const found = unit.temp();
      const keys = p.keys.map((k: Expr) => expression(g, k)).join(',');
      const tests = [`(${found}=${g.rt('matchMapping')}(${value},[${keys}]))!==null`];
      p.patterns.forEach((q, i) => {
        const part = unit.temp();
        tests.push(`(${part}=${found}[${String(i)}],true)`, pattern(g, q, part, captures));
      });
      if (p.rest !== null) capture(p.rest, `${g.rt('matchRest')}(${value},[${keys}])`);
      return all(tests);
    }
    case 'MatchClass': {
      const found = unit.temp();
      const names = p.kwdAttrs.map(quote).join(',');
      const tests = [
        `(${found}=${g.rt('matchClass')}(${value},${expression(g, p.cls)},${String(p.patterns.length)},[${names}]))!==null`,
      ];
      [...p.patterns, ...p.kwdPatterns].forEach((q, i) => {
        const part = unit.temp();
        tests.push(`(${part}=${found}[${String(i)}],true)`, pattern(g, q, part, captures));
      });
      return all(tests);
    }
  }
}

/** The test of `a | b`: the way that matches leaves what it captures in temporaries, which all ways share. */
function either(g: CodeGenerator, patterns: readonly Pattern[], value: string, captures: Capture[]): string {
  const shared = new Map<string, string>();
  const ways = patterns.map((p) => {
    const own: Capture[] = [];
    const test = pattern(g, p, value, own);
    const keep = own.map(({ name, js }) => {
      const t = shared.get(name) ?? g.unit.temp();
      shared.set(name, t);
      return `${t}=${js},`;
    });
    return keep.length === 0 ? test : `(${test}&&(${keep.join('')}true))`;
  });
  for (const [name, js] of shared) captures.push({ name, js });
  return `(${ways.join('||')})`;
}

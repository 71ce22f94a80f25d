/**
 * Calls of functions that make a float of one, such as `sqrt`: between operations neither needs a box.
 *
 * What a name stands for is known only when it is called, so the names are a guess. The function found tells by its
 * `ofFloat` that it is one of these, and is called in the usual way where it is not, where the argument is no float, and
 * where the result is not finite, since that may be an error.
 */
import type { Call, Expr } from '../syntax/ast';
import { boxed, floatTest, inOrder, rounded, temporaryPair, term, type Term } from './arithmetic';
import type { CodeGenerator } from './code-generator';
import { expression, lineOf } from './expressions';
import { givesFloat } from './likely-floats';

/** Such a call as an operand. */
export function floatCall(g: CodeGenerator, e: Call): Term {
  const line = lineOf(g, e);
  const [f, number] = [g.unit.temp(), g.unit.temp()];
  const load = `${f}=${expression(g, e.func)}`;
  const a = term(g, e.args[0] as Expr);
  const { name, unboxed } = temporaryPair(g);
  const float = floatTest(g, a);
  const test = [
    `(${number}=${f}.ofFloat)!==undefined`,
    float.test,
    `(${unboxed}=${number}(${float.number}))-${unboxed}===0`,
  ];
  const slow = `(typeof ${f}==='function'?${f}:${g.rt('callable')}(${f}))(${boxed(g, a)})`;
  const round = rounded(g, unboxed);
  const keep = round === unboxed ? `${name}=null` : `(${unboxed}=${round},${name}=null)`;
  const js = `(${test.filter((t) => t !== '').join('&&')}?${keep}:${name}=${slow})`;
  const first = inOrder(line, load, a.first, js);
  return { first, name, unboxed, ...(givesFloat(e) || a.float === true ? { float: true } : {}) };
}

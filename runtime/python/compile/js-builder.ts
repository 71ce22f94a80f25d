/** Small pieces of JavaScript text: names and literals that no Python source can break out of. */

const PLAIN = /^[A-Za-z0-9_]*$/;
/** A name may begin with what is a digit in its compatible form. */
const METHOD = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A Python name as a JS variable. Runtime names never begin with `$`, so the two cannot meet. */
export function variable(name: string): string {
  if (PLAIN.test(name)) return `$${name}`;
  let text = '$';
  for (const c of name) text += PLAIN.test(c) ? c : `$${(c.codePointAt(0) as number).toString(16)}$`;
  return text;
}

/** The JS variable with the number of a local that holds a float without a box. */
export const unboxedVariable = (name: string): string => `${variable(name)}$`;

/** `object.$name`: reading or writing an attribute or a global. */
export function property(object: string, name: string): string {
  return PLAIN.test(name) ? `${object}.$${name}` : `${object}[${quote(`$${name}`)}]`;
}

/** `object.name$`: a method that takes self explicitly. */
export function method(object: string, name: string): string {
  return METHOD.test(name) ? `${object}.${name}$` : `${object}[${quote(`${name}$`)}]`;
}

/** A JS string literal. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029\ud800-\udfff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}

/** Whether an expression's text is a number. */
export const isNumber = (js: string): boolean => /^\(?-?\d+\)?$/.test(js);

/** The object of a member expression: a bare number needs parentheses. */
export const receiver = (js: string): string => (/^\d+$/.test(js) ? `(${js})` : js);

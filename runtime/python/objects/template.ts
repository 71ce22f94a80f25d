/** Template and Interpolation: what a t-string gives. */
import { None, ObjectBase, type PyIterator, type PyObject } from './object';
import { heap, refuse } from './heap';
import { BuiltinIterator } from './iterator';
import { typeError } from './raise';
import { PyTuple } from './tuple';
import { defineType } from './type';
import { textOf, makeStr } from './wide-str';
import { ADD, reflect } from '../interpreter/operators';

/** `\\` and `\'` as they are, and the three ways to write a character beyond ASCII. */
const ESCAPE = /\\(?:[\\'"]|x([89a-f][0-9a-f])|u([0-9a-f]{4})|U([0-9a-f]{8}))/g;

/** As `repr`, but text beyond ASCII is itself: so shows it the MicroPython that has templates. */
function shown(x: PyObject): string {
  const text = x.py_repr();
  if (textOf(x) === undefined) return text;
  return text.replace(ESCAPE, (escape: string, ...codes: (string | undefined)[]) => {
    const code = Number.parseInt(codes.slice(0, 3).find((c) => c !== undefined) ?? '0', 16);
    return code === 0 || (code >= 0xd800 && code < 0xe000) ? escape : String.fromCodePoint(code);
  });
}

/** One field of a template: the value, not yet formatted, and how it was written. */
export class PyInterpolation extends ObjectBase {
  constructor(
    readonly value: PyObject,
    readonly expression: PyObject,
    /** `'r'`, `'s'` or None. */
    readonly conversion: PyObject,
    readonly formatSpec: PyObject,
  ) {
    super();
    if (heap.locked !== 0) refuse();
  }

  override py_repr(): string {
    const parts = [this.value, this.expression, this.conversion, this.formatSpec];
    return `Interpolation(${parts.map(shown).join(', ')})`;
  }
}

/** Texts and fields in turn; one text more than fields. */
export class PyTemplate extends ObjectBase {
  constructor(
    readonly strings: PyTuple,
    readonly interpolations: PyTuple,
  ) {
    super();
    if (heap.locked !== 0) refuse();
  }

  override py_add(other: PyObject): PyObject {
    if (!(other instanceof PyTemplate)) return reflect(ADD, this, other);
    const left = this.strings.la;
    const right = other.strings.la;
    const seam = joined([...left.slice(-1), ...right.slice(0, 1)]);
    return new PyTemplate(
      new PyTuple([...left.slice(0, -1), seam, ...right.slice(1)]),
      new PyTuple([...this.interpolations.la, ...other.interpolations.la]),
    );
  }

  override py_iter(): PyIterator {
    return new TemplateIterator(this);
  }

  override py_repr(): string {
    const strings = `(${this.strings.la.map(shown).join(', ')}${this.strings.la.length === 1 ? ',' : ''})`;
    return `Template(strings=${strings}, interpolations=${this.interpolations.py_repr()})`;
  }
}

/** Texts, the empty ones left out, and fields. */
class TemplateIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly template: PyTemplate) {
    super();
    if (heap.locked !== 0) refuse();
  }

  n(): PyObject | undefined {
    const { strings, interpolations } = this.template;
    while (this.at < strings.la.length + interpolations.la.length) {
      const index = this.at++;
      if (index % 2 === 1) return interpolations.la[index >> 1];
      const text = strings.la[index >> 1] as PyObject;
      if (text.py_truth()) return text;
    }
    return undefined;
  }
}

const joined = (texts: readonly PyObject[]): PyObject =>
  texts.length === 1 ? (texts[0] as PyObject) : makeStr(texts.map((t) => textOf(t) ?? '').join(''));

/** What a t-string gives: its texts, and for each field the value, the source, the conversion and the format. */
export function makeTemplate(
  strings: PyObject[],
  fields: readonly (readonly [PyObject, PyObject, PyObject, PyObject])[],
): PyObject {
  return new PyTemplate(new PyTuple(strings), new PyTuple(fields.map((f) => new PyInterpolation(...f))));
}

/** Neighbouring texts become one, and between two fields stands an empty one. */
function template_make(parts: readonly PyObject[]): PyObject {
  const strings: PyObject[][] = [[]];
  const interpolations: PyObject[] = [];
  for (const part of parts) {
    if (part instanceof PyInterpolation) {
      interpolations.push(part);
      strings.push([]);
    } else if (textOf(part) !== undefined) strings.at(-1)?.push(part);
    else throw typeError('expected str or Interpolation');
  }
  return new PyTemplate(new PyTuple(strings.map(joined)), new PyTuple(interpolations));
}

const template_values = (self: PyTemplate): PyObject =>
  new PyTuple(self.interpolations.la.map((i) => (i as PyInterpolation).value));

export const templateType = defineType({
  name: 'Template',
  proto: PyTemplate.prototype,
  make: ['Template(*args)', template_make],
  methods: [
    ['strings', (self: PyTemplate) => self.strings, 'property'],
    ['interpolations', (self: PyTemplate) => self.interpolations, 'property'],
    ['values', template_values, 'property'],
  ],
});

export const interpolationType = defineType({
  name: 'Interpolation',
  proto: PyInterpolation.prototype,
  make: [
    'Interpolation(value, expression="", conversion=None, format_spec="")',
    (value: PyObject, expression: PyObject = '', conversion: PyObject = None, formatSpec: PyObject = '') =>
      new PyInterpolation(value, expression, conversion, formatSpec),
  ],
  methods: [
    ['value', (self: PyInterpolation) => self.value, 'property'],
    ['expression', (self: PyInterpolation) => self.expression, 'property'],
    ['conversion', (self: PyInterpolation) => self.conversion, 'property'],
    ['format_spec', (self: PyInterpolation) => self.formatSpec, 'property'],
  ],
});

const FIELD_SIZE = 4;

/** `__template__(strings, …)`: the texts, then the four items of each field, in a tuple or as they are. */
export function builtin_template(strings: PyObject, rest: readonly PyObject[]): PyObject {
  let items = rest;
  if (rest.length === 1) {
    const only = rest[0] as PyObject;
    if (only.la === undefined) throw typeError(`object '${only.cls.typeName}' isn't a tuple or list`);
    items = only.la;
  }
  const fields: PyObject[] = [];
  for (let i = 0; i + FIELD_SIZE <= items.length; i += FIELD_SIZE) {
    fields.push(new PyInterpolation(...(items.slice(i, i + FIELD_SIZE) as [PyObject, PyObject, PyObject, PyObject])));
  }
  return new PyTemplate(new PyTuple([...(strings.la ?? [])]), new PyTuple(fields));
}

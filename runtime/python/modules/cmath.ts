/** The cmath module. */
import { PyComplex } from '../objects/complex';
import { isSinglePrecision, makeFloat } from '../objects/float';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import type { PyObject } from '../objects/object';
import { floatOperand } from '../objects/float';
import { typeError, wrongCount } from '../objects/raise';
import { numberOf } from '../objects/number';
import { call } from '../interpreter/operators';
import { findAttribute } from '../interpreter/attributes';
import { PyTuple } from '../objects/tuple';

interface Complex {
  readonly re: number;
  readonly im: number;
}

function complexOf(value: PyObject): Complex {
  const z = value.native ?? value;
  if (z instanceof PyComplex) return z;
  const re = floatOperand(value);
  if (re !== undefined) return { re, im: 0 };
  if (findAttribute(value, '__float__') !== undefined) return { re: numberOf(value), im: 0 };
  const convert = findAttribute(value, '__complex__');
  const converted = convert === undefined ? undefined : call(convert);
  if (converted instanceof PyComplex) return converted;
  throw typeError(`can't convert ${value.cls.typeName} to complex`);
}

const make = (re: number, im: number): PyObject =>
  isSinglePrecision() ? new PyComplex(Math.fround(re), Math.fround(im)) : new PyComplex(re, im);

const square = ({ re, im }: Complex): number => re * re + im * im;
const angle = ({ re, im }: Complex): number => Math.atan2(im, re);

/** A function of one complex number. */
const of =
  (f: (z: Complex) => PyObject) =>
  (z: PyObject): PyObject =>
    f(complexOf(z));

function cmath_rect(length: PyObject, phase: PyObject): PyObject {
  if (arguments.length !== 2) wrongCount(arguments.length, 2);
  const r = numberOf(length);
  const phi = numberOf(phase);
  return make(r * Math.cos(phi), r * Math.sin(phi));
}

function sqrt(z: Complex): PyObject {
  const length = Math.pow(square(z), 0.25);
  const theta = angle(z) / 2;
  return make(length * Math.cos(theta), length * Math.sin(theta));
}

const rows: readonly ModuleRow[] = [
  ['phase(z, /)', of((z) => makeFloat(angle(z)))],
  ['polar(z, /)', of((z) => new PyTuple([makeFloat(Math.sqrt(square(z))), makeFloat(angle(z))]))],
  ['rect(r, phi, /)', cmath_rect, 'direct'],
  ['exp(z, /)', of(({ re, im }) => make(Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im)))],
  ['log(z, /)', of((z) => make(0.5 * Math.log(square(z)), angle(z)))],
  ['log10(z, /)', of((z) => make(0.5 * Math.log10(square(z)), Math.LOG10E * angle(z)))],
  ['sqrt(z, /)', of(sqrt)],
  ['cos(z, /)', of(({ re, im }) => make(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im)))],
  ['sin(z, /)', of(({ re, im }) => make(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im)))],
];

export function createCmath(): PyModule {
  return defineModule('cmath', [...rows, ['e', makeFloat(Math.E), 'value'], ['pi', makeFloat(Math.PI), 'value']]);
}

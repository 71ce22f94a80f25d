/** The types that concern classes themselves: type, super, property, staticmethod, classmethod; and constants. */
import { Ellipsis, None, NotImplemented, define, type Attributes, type PyObject } from '../objects/object';
import {
  BuiltinClassMethod,
  BuiltinStaticMethod,
  defineType,
  finishType,
  objectType,
  type PyType,
} from '../objects/type';
import { PyClassMethod, PyProperty, PyStaticMethod } from '../objects/instance';
import { builderOf, construct, makeClass, type InstanceConstructor } from '../objects/class';
import { PySuper } from '../interpreter/attributes';
import { exception, typeError } from '../objects/raise';
import { checked } from '../interpreter/signature';
import { callable } from '../interpreter/call';
import { PyTuple } from '../objects/tuple';
import { PyDict } from '../objects/dict';
import { isType, isWithin, nameArgument, textArgument } from './arguments';

// ---- None, Ellipsis, NotImplemented

const constants: readonly (readonly [value: PyObject, text: string])[] = [
  [None, 'None'],
  [Ellipsis, 'Ellipsis'],
  [NotImplemented, 'NotImplemented'],
];
for (const [value, text] of constants) {
  define(Object.getPrototypeOf(value) as object, 'py_repr', () => text);
}
define(Object.getPrototypeOf(None) as object, 'py_truth', () => false);

// ---- type

function type_make(x: PyObject, bases?: PyObject, namespace?: PyObject): PyObject {
  if (bases === undefined) return x.cls;
  if (namespace === undefined) throw typeError('type takes 1 or 3 arguments');
  return makeType(nameArgument(x), bases, namespace);
}

/** `type(name, bases, namespace)`. */
function makeType(name: string, bases: PyObject, namespace: PyObject): PyType {
  const types = bases.la;
  if (types === undefined || !types.every(isType) || !(namespace instanceof PyDict)) throw exception('TypeError');
  const attributes: Attributes = {};
  namespace.each((key, value) => {
    attributes[`$${textArgument(key)}`] = value;
  });
  const Instance = function (): void {} as unknown as InstanceConstructor;
  const type: PyType = makeClass(
    name,
    types,
    attributes,
    Instance,
    () =>
      (...args) =>
        construct(type, args),
  );
  return type;
}

/** `type`: its instances are the classes, which all inherit from the JS function `object`. */
export const typeType: PyType = finishType(
  checked('type(object, bases=None, dict=None, /)', type_make) as PyType,
  'type',
  [objectType],
  objectType,
  [],
);
define(typeType, 'subclassable', true);

// ---- super

function super_make(type: PyObject, self: PyObject): PyObject {
  if (!isWithin(isType(self) ? self : self.cls, type)) throw exception('TypeError');
  return new PySuper(type as PyType, self);
}

define(PySuper.prototype, 'py_repr', function (this: PySuper): string {
  return `<super: ${this.type.py_repr()}, ${this.self.py_repr()}>`;
});

export const superType = defineType({
  name: 'super',
  proto: PySuper.prototype,
  make: ['super(type, object, /)', super_make],
});

// ---- what a class body may hold in place of a function

export const staticmethodType = defineType({
  name: 'staticmethod',
  proto: PyStaticMethod.prototype,
  make: ['staticmethod(function, /)', (f: PyObject) => new PyStaticMethod(f)],
});

export const classmethodType = defineType({
  name: 'classmethod',
  proto: PyClassMethod.prototype,
  make: ['classmethod(function, /)', (f: PyObject) => new PyClassMethod(f)],
});

define(BuiltinStaticMethod.prototype, 'cls', staticmethodType);
define(BuiltinClassMethod.prototype, 'cls', classmethodType);

const property_make = (get: PyObject = None, set: PyObject = None, del: PyObject = None): PyObject =>
  new PyProperty(get, set, del);
const property_getter = (self: PyProperty, f: PyObject): PyObject => new PyProperty(f, self.setter, self.deleter);
const property_setter = (self: PyProperty, f: PyObject): PyObject => new PyProperty(self.getter, f, self.deleter);
const property_deleter = (self: PyProperty, f: PyObject): PyObject => new PyProperty(self.getter, self.setter, f);

export const propertyType = defineType({
  name: 'property',
  proto: PyProperty.prototype,
  make: ['property(fget=None, fset=None, fdel=None, doc=None)', property_make],
  methods: [
    ['getter(self, function, /)', property_getter],
    ['setter(self, function, /)', property_setter],
    ['deleter(self, function, /)', property_deleter],
  ],
});

/**
 * `__build_class__(body, name, *bases)`. Class statements come here only when a program has put a function of its own
 * in this one's place. What is not the body of a class fills no namespace: it is called, and the class is empty.
 */
export function build_class(body: PyObject, name: PyObject, bases: readonly PyObject[]): PyObject {
  const build = builderOf(body);
  if (build !== undefined) return build(bases, nameArgument(name));
  callable(body)();
  return makeType(nameArgument(name), new PyTuple([...bases]), new PyDict());
}

/** Classes made in Python: what the `class` statement makes, and how their attributes reach the instances (instance.ts). */
import { None, ObjectBase, define, type Attributes, type PyFunction, type PyObject } from './object';
import { heap } from './heap';
import { lookAtHeap } from './running';
import { DerivedClasses, PyBoundMethod, finishType, objectType, type PyType } from './type';
import { exceptionTypes, raise, typeError } from './raise';
import { BINARY_OPS, COMPARE_OPS, call } from '../interpreter/operators';
import { callWithKeywords } from '../interpreter/call';
import { codeOf } from './function';
import { checked, type KeywordArgument } from '../interpreter/signature';
import {
  PyStaticMethod,
  PyClassMethod,
  PyProperty,
  methodOf,
  own,
  noAttribute,
  PyInstance,
  bindUser,
  NOT_MADE,
} from './instance';

/** The parts of a class that the code generator emits for a `class` statement. */
export type InstanceConstructor = new () => PyInstance;

/** Whether a class attribute is a function that becomes a method: one made in Python, not a builtin. */
export const isMethod = (value: PyObject): boolean => typeof value === 'function' && codeOf(value) !== undefined;

/** Shows a class attribute on the prototype of the instances. */
function exposeOnInstances(proto: object, name: string, value: PyObject): void {
  const key = `$${name}`;
  const methodKey = `${name}$`;
  const accessor = (
    get: (this: PyInstance) => PyObject | undefined,
    set?: (this: PyInstance, v: PyObject) => void,
  ): void => {
    Object.defineProperty(proto, key, {
      configurable: true,
      enumerable: false,
      get,
      set:
        set ??
        function (this: PyInstance, v: PyObject): void {
          storeOwn(this, name, v);
        },
    });
  };
  if (isMethod(value)) {
    define(proto, methodKey, value);
    accessor(function () {
      return new PyBoundMethod(this, value);
    });
  } else if (value instanceof PyStaticMethod) {
    const { fn } = value;
    define(proto, methodKey, (_self: PyObject, ...args: PyObject[]) => call(fn, ...args));
    accessor(() => fn);
  } else if (value instanceof PyClassMethod) {
    const { fn } = value;
    define(proto, methodKey, (self: PyObject, ...args: PyObject[]) => call(fn, self.cls, ...args));
    accessor(function () {
      return new PyBoundMethod(this.cls, fn);
    });
  } else if (value instanceof PyProperty) {
    define(proto, methodKey, undefined);
    accessor(
      function () {
        return bindUser(value, this);
      },
      function (v) {
        if (value.setter === None) noAttribute(this, name);
        call(value.setter, this, v);
      },
    );
  } else if (value instanceof PyInstance && hasDescriptor(value)) {
    define(proto, methodKey, undefined);
    accessor(
      function () {
        return bindUser(value, this);
      },
      methodOf(value, '__set__') === undefined
        ? undefined
        : function (v) {
            (methodOf(value, '__set__') as PyFunction)(value, this, v);
          },
    );
  } else {
    if (methodOf(proto, name) !== undefined) define(proto, methodKey, undefined);
    Object.defineProperty(proto, key, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** MicroPython makes `__new__` a static method unless it is a closure, as with `super()` inside; then it is given the class twice. */
const isFunction = (value: PyObject): boolean => value.cls.typeName === 'function';

const hasDescriptor = (value: PyObject): boolean =>
  methodOf(value, '__get__') !== undefined || methodOf(value, '__set__') !== undefined;

/** Stores an attribute on the instance itself, past an accessor of that name that its class may have. */
export function storeOwn(o: PyObject, name: string, value: PyObject): void {
  Object.defineProperty(o, `$${name}`, { value, writable: true, configurable: true, enumerable: true });
  // Operators look special methods up on the class alone.
  if (!name.startsWith('__')) define(o, `${name}$`, undefined);
}

/** Shows a class attribute on the class itself. */
function exposeOnClass(statics: object, name: string, value: PyObject): void {
  const key = `$${name}`;
  const accessor = (get: (this: PyType) => PyObject): void => {
    Object.defineProperty(statics, key, { configurable: true, enumerable: false, get });
  };
  if (value instanceof PyStaticMethod) accessor(() => value.fn);
  else if (value instanceof PyClassMethod) {
    accessor(function () {
      return new PyBoundMethod(this, value.fn);
    });
  } else define(statics, key, value);
}

const isSpecial = (key: string, value: PyObject): boolean =>
  key === '$__setattr__' ||
  key === '$__delattr__' ||
  value instanceof PyProperty ||
  (value instanceof PyInstance &&
    ['__get__', '__set__', '__delete__'].some((name) => methodOf(value, name) !== undefined));

/** As `setClassAttribute`, for a program: what changes how attributes are found comes before the derived classes. */
export function storeClassAttribute(type: PyType, name: string, value: PyObject): void {
  if (type.hasAccessors !== true && type.derived !== undefined && isSpecial(`$${name}`, value)) {
    raise('AttributeError', "can't add special method to already-subclassed class");
  }
  const key = `${name}$`;
  const hadMethod = key in type.instance && own(type.instance, key)?.get === undefined;
  setClassAttribute(type, name, value);
  const method = own(type.instance, key)?.value as PyFunction | undefined;
  if (!hadMethod && method !== undefined) yieldToOwn(type.instance, key, method);
}

/** A method that comes when there may be instances with an attribute of its name: theirs is what is called. */
function yieldToOwn(proto: object, key: string, method: PyFunction): void {
  const attributeKey = `$${key.slice(0, -1)}`;
  Object.defineProperty(proto, key, {
    configurable: true,
    enumerable: false,
    get(this: object) {
      return this === proto || own(this, attributeKey) === undefined ? method : undefined;
    },
    set(this: object, value: unknown) {
      define(this, key, value);
    },
  });
}

/** Sets an attribute of a class made in Python (or deletes it: undefined) and tells the classes derived from it. */
export function setClassAttribute(type: PyType, name: string, value: PyObject | undefined): void {
  const key = `$${name}`;
  if (value === undefined) {
    if (own(type.table, key) === undefined) {
      raise('AttributeError', `'type' object has no attribute '${name}'`);
    }
    Reflect.deleteProperty(type.table, key);
    Reflect.deleteProperty(type, key);
    Reflect.deleteProperty(type.instance, key);
    Reflect.deleteProperty(type.instance, `${name}$`);
  } else {
    const fixed = name === '__new__' && isMethod(value) && isFunction(value) ? new PyStaticMethod(value) : value;
    if (isSpecial(key, value)) define(type, 'hasAccessors', true);
    (type.table as Record<string, PyObject>)[key] = fixed;
    exposeOnClass(type, name, fixed);
    exposeOnInstances(type.instance, name, fixed);
  }
  if (name === '__new__') {
    for (const t of [type, ...(type.derived?.withCopies() ?? [])]) define(t.Instance as object, 'plain', false);
  }
  if (name === '__setattr__' || name === '__delattr__') {
    define(type.instance, 'nostore', value === undefined ? undefined : true);
  }
  for (const sub of type.derived?.withCopies() ?? []) fillMerged(sub);
}

/** The base whose JS prototype that of a class inherits from: what is thrown must be an exception. */
const chainBase = (bases: readonly PyType[]): PyType =>
  bases.find((base) => base.isException === true) ?? bases[0] ?? objectType;

/** What the other bases add stands between a class and that base. */
function fillMerged(type: PyType): void {
  if (type.bases.length < 2) return;
  const table = Object.getPrototypeOf(type.table) as Attributes;
  const statics = Object.getPrototypeOf(type) as object;
  const proto = Object.getPrototypeOf(type.instance) as object;
  for (const key of Object.keys(table)) {
    Reflect.deleteProperty(table, key);
    Reflect.deleteProperty(statics, key);
    Reflect.deleteProperty(proto, key);
    Reflect.deleteProperty(proto, `${key.slice(1)}$`);
  }
  const chain = chainBase(type.bases);
  let native: PyType | undefined;
  let passed = false;
  for (const base of type.bases) {
    if (base === chain) {
      native ??= builtinBase(base);
      passed = true;
      continue;
    }
    for (const key in base.user === true ? base.table : {}) {
      if (passed ? table[key] !== undefined : Object.hasOwn(table, key)) continue;
      const first = native === undefined ? undefined : answers(native, key.slice(1));
      if (first === 'name') continue;
      if (base.nativeBase?.table[key] === base.table[key]) continue;
      if (key === '$__setattr__' || key === '$__delattr__') define(proto, 'nostore', true);
      const value = base.table[key] as PyObject;
      table[key] = value;
      exposeOnClass(statics, key.slice(1), value);
      exposeOnInstances(proto, key.slice(1), value);
      const hidden = first === 'slot' || methodOf(base.instance, key.slice(1)) === undefined;
      if (hidden) define(proto, `${key.slice(1)}$`, undefined);
    }
    native ??= builtinBase(base);
  }
}

/** The builtin type among a class and what it derives from. */
const builtinBase = (type: PyType): PyType | undefined =>
  type.isException === true ? exceptionTypes.Exception : nativeBaseOf([type]);

/** What the slots of a builtin type answer, so that a class that is asked after it is not: all but what is named here by slot. */
const SLOT_OF: Readonly<Record<string, 'py_getitem' | 'py_iter' | 'py_callable'>> = {
  __getitem__: 'py_getitem', __setitem__: 'py_getitem', __delitem__: 'py_getitem', __iter__: 'py_iter', __call__: 'py_callable',
}; // prettier-ignore
const PRINTED = ['__str__', '__repr__'];
const UNARY = [
  '__bool__',
  '__len__',
  '__hash__',
  '__int__',
  '__float__',
  '__complex__',
  '__neg__',
  '__pos__',
  '__invert__',
  '__abs__',
];
const BINARY: ReadonlySet<string> = new Set([
  ...BINARY_OPS.flatMap((op) => [op.method, op.reflected, op.inplace]), ...COMPARE_OPS.map((op) => op.method), '__eq__', '__ne__', '__contains__', '__divmod__',
]); // prettier-ignore

/** How a builtin type answers to a name: as an attribute, or as an operator only; undefined where it does not. */
function answers(native: PyType, name: string): 'name' | 'slot' | undefined {
  if (native.table[`$${name}`] !== undefined || name === '__new__') return 'name';
  return hasSlot(native, name) ? 'slot' : undefined;
}

function hasSlot(native: PyType, name: string): boolean {
  if (PRINTED.includes(name)) return true;
  if (native.isException === true) return false;
  const slot = SLOT_OF[name];
  if (slot === undefined) return UNARY.includes(name) ? native.typeName !== 'bytes' : BINARY.has(name);
  const slots = native.instance as PyObject;
  return slots[slot] !== ObjectBase.prototype[slot];
}

/** A class takes what so many small objects do. */
const CLASS_SIZE = 16;

/** Tells the bases of a new class about it; those whose attributes it copies also which it is. */
function noteDerived(type: PyType): void {
  for (const base of type.bases) base.derived ??= new DerivedClasses();
  if (type.bases.length < 2) return;
  for (const base of type.ancestors) if (base !== type) (base.derived ??= new DerivedClasses()).list(type);
}

/**
 * Makes the class of a `class` statement.
 *
 * `namespace` holds what the body bound, as `$name`; `Instance` is the empty JS constructor whose objects are the
 * instances, and `makeConstructor` gives the JS function that Python calls. Both are emitted per class so that each
 * class has type feedback of its own.
 */
export function makeClass(
  name: string,
  bases: readonly PyObject[],
  namespace: Attributes,
  Instance: InstanceConstructor,
  makeConstructor: (Instance: InstanceConstructor) => PyFunction,
): PyType {
  heap.left -= CLASS_SIZE;
  const types = checkBases(bases);
  const first = chainBase(types);
  const type = makeConstructor(Instance) as PyType;
  const above = first.user === true || first.isException === true ? first.instance : PyInstance.prototype;
  const several = types.length > 1;
  Instance.prototype = Object.create(several ? (Object.create(above) as object) : above) as PyInstance;
  finishType(type, name, types.length === 0 ? [objectType] : types, Instance.prototype as object, []);
  if (several) {
    Object.setPrototypeOf(type, Object.create(first) as object);
    define(type, 'ownTable', Object.create(Object.create(first.table) as object));
  }
  define(type, 'user', true);
  define(type, 'Instance', Instance);
  define(type, 'nativeBase', nativeBaseOf(types));
  if (first.isException === true && first.user !== true) {
    const holder = several ? (Object.getPrototypeOf(Instance.prototype) as object) : (Instance.prototype as object);
    define(holder, 'nostore', undefined);
  }
  define(
    type,
    'hasAccessors',
    types.some((base) => base.hasAccessors === true),
  );
  noteDerived(type);
  fillMerged(type);
  Object.setPrototypeOf(Instance, first.Instance ?? PyInstance);
  const isPlain = first.isException !== true && type.nativeBase === undefined && type.table.$__new__ === undefined;
  if (!isPlain) define(Instance, 'plain', false);
  for (const key of Object.keys(namespace)) {
    const value = namespace[key] as PyObject | undefined;
    if (value !== undefined) setClassAttribute(type, key.slice(1), value);
  }
  for (const key of Object.keys(namespace)) {
    const value = namespace[key] as PyObject | undefined;
    if (value instanceof PyInstance) methodOf(value, '__set_name__')?.(value, type, key.slice(1));
  }
  return type;
}

/** The making of the class of one `class` statement, its name and bases being given. */
export type ClassBuilder = (bases: readonly PyObject[], name: string) => PyType;

const builders = new WeakMap<PyObject, ClassBuilder>();

/** The body of a `class` statement as the function that a program's own `__build_class__` is given. */
export function classBody(build: ClassBuilder): PyFunction {
  const body = checked('body()', () => {
    build([], '');
    return None;
  });
  builders.set(body, build);
  return body;
}

/** What makes the class of such a body; undefined for another function. */
export const builderOf = (body: PyObject): ClassBuilder | undefined => builders.get(body);

function checkBases(bases: readonly PyObject[]): PyType[] {
  const types: PyType[] = [];
  for (const base of bases) {
    if ((base as Partial<PyType>).isType !== true) throw typeError('type is not an acceptable base type');
    const type = base as PyType;
    if (type.user !== true && type.isException !== true && type !== objectType && type.subclassable !== true) {
      throw typeError(`type '${type.typeName}' is not an acceptable base type`);
    }
    types.push(type);
  }
  if (types.filter((t) => nativeBaseOf([t]) !== undefined || t.isException === true).length > 1) {
    throw typeError('multiple bases have instance lay-out conflict');
  }
  return types;
}

function nativeBaseOf(types: readonly PyType[]): PyType | undefined {
  for (const t of types) {
    if (t.user === true) {
      if (t.nativeBase !== undefined) return t.nativeBase;
    } else if (t !== objectType && t.isException !== true) return t;
  }
  return undefined;
}

/** The generic way to make an instance of a class made in Python: `__new__`, native part, `__init__`. */
export function construct(
  type: PyType,
  args: readonly PyObject[],
  keywords: readonly KeywordArgument[] = [],
): PyObject {
  let o: PyInstance;
  const make = type.table.$__new__ as PyObject | undefined;
  if (make !== undefined) {
    const fn = make instanceof PyStaticMethod ? make.fn : make;
    const made = callWithKeywords(fn, [type, ...args], keywords);
    if (made.cls !== type) return made;
    o = made as PyInstance;
  } else o = allocate(type, args);
  return initialise(type, o, args, keywords);
}

/** A bare instance: what `object.__new__(cls)` gives. */
export function allocate(type: PyType, args: readonly PyObject[] = []): PyInstance {
  if (--heap.left < 0) lookAtHeap();
  const o = new (type.Instance as InstanceConstructor)();
  if (type.isException === true) (o as PyInstance & { eargs: readonly PyObject[] }).eargs = args;
  if (type.nativeBase !== undefined) o.native = NOT_MADE;
  return o;
}

type Incomplete = PyInstance & { incomplete?: boolean | undefined };

/** Runs `__init__` and makes the native part where `__init__` did not. */
export function initialise(
  type: PyType,
  o: PyInstance,
  args: readonly PyObject[],
  keywords: readonly KeywordArgument[] = [],
): PyObject {
  const init = o.__init__$;
  if (init === undefined) noKeywords(type, keywords);
  else {
    if (type.isException === true) (o as Incomplete).incomplete = true;
    const result = keywords.length === 0 ? init(o, ...args) : callWithKeywords(init, [o, ...args], keywords);
    if (result !== None) throw typeError(`__init__() should return None, not '${result.cls.typeName}'`);
    if (type.isException === true && (o as Incomplete).incomplete === true) {
      noKeywords(type, keywords);
      (o as Incomplete).incomplete = undefined;
    }
  }
  if (o.native === NOT_MADE) {
    o.native = callWithKeywords(type.nativeBase as PyType, args, keywords);
  }
  return o;
}

/** Exceptions take no keywords. */
function noKeywords(type: PyType, keywords: readonly KeywordArgument[]): void {
  if (type.isException === true && keywords.length > 0) throw typeError("function doesn't take keyword arguments");
}

/** `Base.__init__(self, …)` where Base is builtin: makes the native part of the instance. */
export function initialiseNative(
  o: PyObject,
  args: readonly PyObject[],
  keywords: readonly KeywordArgument[] = [],
): PyObject {
  if (o instanceof PyInstance) {
    if (o.cls.nativeBase !== undefined) o.native = callWithKeywords(o.cls.nativeBase, args, keywords);
    else if (o.cls.isException === true) {
      noKeywords(o.cls, keywords);
      Object.assign(o, { eargs: args, incomplete: undefined });
    }
  }
  return None;
}

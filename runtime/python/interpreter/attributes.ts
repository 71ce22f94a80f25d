/** Attributes, the slow way: what the inline paths of generated code fall back on. */
import { None, ObjectBase, define, type Attributes, type PyFunction, type PyObject } from '../objects/object';
import {
  BuiltinClassMethod,
  BuiltinProperty,
  BuiltinStaticMethod,
  PyBoundMethod,
  objectType,
  type PyType,
} from '../objects/type';
import { PyClassMethod, PyInstance, PyStaticMethod, deleteAttribute, refuseUnmade } from '../objects/instance';
import {
  allocate,
  initialiseNative,
  isMethod,
  setClassAttribute,
  storeClassAttribute,
  storeOwn,
} from '../objects/class';
import { heap } from '../objects/heap';
import { lookAtHeap } from '../objects/running';
import { checked, type Builtin, type KeywordArgument } from './signature';
import { identityHash } from './operators';
import { exceptionTypes, raise, typeError, worded } from '../objects/raise';
import { PyModule } from '../objects/module';
import { PyTuple } from '../objects/tuple';

const isType = (value: PyObject): value is PyType =>
  typeof value === 'function' && (value as Partial<PyType>).isType === true;

/** How many names `attributeKey` remembers before it starts anew. */
const MOST_KEYS = 16384;
const keys = new Map<string, string>();

/** The last one asked for: who reads an attribute often sets it next. */
let lastName = '';
let lastKey = '$';

/**
 * `$name`: the property behind an attribute. Remembered, because joining and looking up text anew costs five times as much.
 * A program may make up names without end, so a new one counts as an object.
 */
function attributeKey(name: string): string {
  if (name === lastName) return lastKey;
  lastKey = keys.get(name) ?? newKey(name);
  lastName = name;
  return lastKey;
}

function newKey(name: string): string {
  if (--heap.left < 0 && heap.locked === 0) lookAtHeap();
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = `$${name}`;
  keys.set(name, key);
  return key;
}

/** `o.name`, or undefined where there is no such attribute. */
export function findAttribute(o: PyObject, name: string): PyObject | undefined {
  const value = (o as unknown as Attributes)[attributeKey(name)];
  return value === undefined || isType(o) ? o.py_getattr(name) : value;
}

/** `o.name`; raises AttributeError. */
export function getAttribute(o: PyObject, name: string): PyObject {
  return findAttribute(o, name) ?? missingAttribute(o, name);
}

/** Raises the AttributeError of reading `o.name`. */
export function missingAttribute(o: PyObject, name: string): never {
  if (isType(o)) raise('AttributeError', `type object '${o.typeName}' has no attribute '${name}'`);
  const message = `'${o.cls.typeName}' object has no attribute '${name}'`;
  if (!(o instanceof PyModule)) raise('AttributeError', message);
  raise('AttributeError', worded(`module '${o.$__name__.py_str()}' has no attribute '${name}'`, message));
}

/** `o.name = value`. */
export function setAttribute(o: PyObject, name: string, value: PyObject): void {
  if (o.nostore === undefined) (o as unknown as Attributes)[attributeKey(name)] = value;
  else o.py_setattr(name, value);
}

/** `del o.name`. */
export function deleteAttributeOf(o: PyObject, name: string): void {
  o.py_delattr(name);
}

// ---- attributes of classes

const unboundOf = new WeakMap<PyFunction, PyFunction>();

/** A builtin method as the type gives it: it checks its self, and takes the builtin part of an instance. */
function unbound(fn: PyFunction, type: PyType): PyFunction {
  let f = unboundOf.get(fn);
  if (f === undefined) {
    f = (...args) => {
      let self = args[0];
      if (self === undefined) return fn();
      if (self instanceof PyInstance && self.native !== undefined) self = self.native;
      if (!self.cls.ancestors.has(type)) {
        throw typeError(
          worded(`argument should be a '${type.typeName}' not a '${self.cls.typeName}'`, 'argument has wrong type'),
        );
      }
      return fn(self, ...args.slice(1));
    };
    Object.assign(f, { signature: (fn as unknown as { signature: string }).signature, fn: f });
    unboundOf.set(fn, f);
  }
  return f;
}

/** What MicroPython's `object` has, reached by name through a class. */
const objectMethods = Object.create(null) as Record<string, PyFunction>;

function builtinMethod(signature: string, fn: Builtin): void {
  objectMethods[signature.slice(0, signature.indexOf('('))] = checked(signature, fn);
}

builtinMethod('__init__(self, /)', () => None);
/** `super().__init__` above which a builtin type stands: makes the builtin part. */
const nativeInit = checked(
  '__init__(self, *args, **kwargs)',
  (self: PyObject, args: PyObject[], kw: KeywordArgument[]) => initialiseNative(self, args, kw),
);
builtinMethod('__new__(cls, /)', (cls: PyObject) => {
  if (!isType(cls) || cls.user !== true) throw typeError('arg must be user-type');
  return allocate(cls);
});
builtinMethod('__setattr__(self, name, value, /)', (self: PyObject, name: PyObject, value: PyObject) => {
  if (!(self instanceof PyInstance)) throw typeError('arg must be user-type');
  if (typeof name !== 'string') raise('TypeError');
  storeOwn(self, name, value);
  return None;
});
builtinMethod('__delattr__(self, name, /)', (self: PyObject, name: PyObject) => {
  if (!(self instanceof PyInstance)) throw typeError('arg must be user-type');
  if (typeof name !== 'string') raise('TypeError');
  if (!deleteAttribute(self, name)) raise('AttributeError', 'no such attribute');
  return None;
});

/** The attribute of a class; undefined when there is none. */
function typeAttribute(this: PyType, name: string): PyObject | undefined {
  const found = (this as unknown as Attributes)[`$${name}`];
  if (found !== undefined) return found;
  switch (name) {
    case '__name__':
      return this.typeName;
    case '__class__':
      return this.cls;
    case '__bases__':
      return new PyTuple([...this.bases]);
    case '__dict__':
      return typeDict.make(this);
  }
  const row = this.table[`$${name}`] ?? this.nativeBase?.table[`$${name}`];
  if (row instanceof BuiltinProperty) return undefined;
  if (row instanceof BuiltinStaticMethod) return row.fn;
  if (row instanceof BuiltinClassMethod) return new PyBoundMethod(this, row.fn);
  if (typeof row === 'function' && !isType(row)) return unbound(row as PyFunction, definingType(this, name));
  return row ?? (this === objectType ? objectMethods[name] : undefined);
}

/** The builtin type whose table holds the row. */
function definingType(type: PyType, name: string): PyType {
  for (const t of type.ancestors) if (t.user !== true && Object.hasOwn(t.table, `$${name}`)) return t;
  return type;
}

/** How `C.__dict__` is made; the dict module fills it in. */
export const typeDict = {
  make(_type: PyType): PyObject | undefined {
    return undefined;
  },
};

const typeSlots = {
  py_getattr: typeAttribute,
  py_setattr(this: PyType, name: string, value: PyObject): void {
    if (this.user !== true) {
      raise('AttributeError', `'type' object has no attribute '${name}'`);
    }
    storeClassAttribute(this, name, value);
  },
  py_delattr(this: PyType, name: string): void {
    if (this.user !== true) {
      raise('AttributeError', `'type' object has no attribute '${name}'`);
    }
    setClassAttribute(this, name, undefined);
  },
  py_repr(this: PyType): string {
    return `<class '${this.typeName}'>`;
  },
  py_str(this: PyType): string {
    return this.py_repr();
  },
  py_hash(this: PyType): number {
    return identityHash(this);
  },
};
for (const [name, slot] of Object.entries(typeSlots)) define(objectType, name, slot);

// ---- super

/** `super().name` in a method of `type`, called at once: the function, to be called with `self` first. */
export function superMethod(type: PyType, self: PyObject, name: string): PyFunction {
  const value = superAttribute(type, self, name);
  if (value instanceof PyBoundMethod && value.self === self) return value.func as PyFunction;
  return (_self, ...args) => (typeof value === 'function' ? (value as PyFunction) : value.py_callable())(...args);
}

/** `super().name` in a method of `type`. */
export function superAttribute(type: PyType, self: PyObject, name: string): PyObject {
  const statics = Object.getPrototypeOf(type) as object;
  if (name === '__init__') return superInit(type, self);
  if (`$${name}` in statics) {
    const raw = (Object.getPrototypeOf(type.table) as Attributes)[`$${name}`] as PyObject;
    if (raw instanceof PyStaticMethod) return raw.fn;
    if (raw instanceof PyClassMethod) return new PyBoundMethod(isType(self) ? self : self.cls, raw.fn);
    return isMethod(raw) ? new PyBoundMethod(self, raw) : raw;
  }
  const { native } = self;
  if (native !== undefined) {
    refuseUnmade(self, name);
    const found = native.py_getattr(name);
    if (found !== undefined) return found;
  }
  const fromObject = objectMethods[name];
  if (fromObject !== undefined) {
    return name === '__new__' ? fromObject : new PyBoundMethod(self, fromObject);
  }
  const inherited =
    type.isException === true && !isType(self) ? exceptionTypes.Exception.lookupOn(self, name) : undefined;
  if (inherited !== undefined) return inherited;
  raise('AttributeError', `'super' object has no attribute '${name}'`);
}

/** `super().__init__`: that of the first base that has one, or what makes the builtin part. */
function superInit(type: PyType, self: PyObject): PyObject {
  const init = findInit(type.bases);
  if (init instanceof PyStaticMethod) return init.fn;
  if (init instanceof PyClassMethod) return new PyBoundMethod(isType(self) ? self : self.cls, init.fn);
  return isMethod(init) || init === nativeInit || init === objectMethods.__init__
    ? new PyBoundMethod(self, init)
    : init;
}

function findInit(bases: readonly PyType[]): PyObject {
  const found = bases.map(initOf).find((init) => init !== undefined);
  return found ?? (objectMethods.__init__ as PyFunction);
}

function initOf(type: PyType): PyObject | undefined {
  if (type === objectType) return undefined;
  if (type.user !== true) return nativeInit;
  if (Object.hasOwn(type.table, '$__init__')) return type.table.$__init__;
  return type.bases.map(initOf).find((init) => init !== undefined);
}

/** `super(type, self)` as a value. */
export class PySuper extends ObjectBase {
  constructor(
    readonly type: PyType,
    readonly self: PyObject,
  ) {
    super();
  }

  override py_getattr(name: string): PyObject | undefined {
    return superAttribute(this.type, this.self, name);
  }
}

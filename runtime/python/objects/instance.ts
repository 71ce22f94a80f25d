/**
 * Instances of classes made in Python, and the making of such classes.
 *
 * An instance is a JS object whose own properties `$name` are its attributes; the JS prototype carries what its
 * class defines: a function `m` as `m$` (called with self) and an accessor `$m` that binds, a property as an
 * accessor, anything else as `$name`. The class itself is a JS function with `$name` for each class attribute,
 * inheriting from its first base. With several bases, what the others add is copied into a merged prototype.
 *
 * An instance of a class that derives from a builtin type (`class L(list)`) wraps an object of that type in
 * `native`; operations that the class does not define go to it.
 */
import {
  NotImplemented,
  None,
  ObjectBase,
  beginDefinitions,
  define,
  endDefinitions,
  type Attributes,
  type Buffer,
  type PyFunction,
  type PyIterator,
  type PyObject,
} from './object';
import { heap } from './heap';
import { lookAtHeap } from './running';
import {
  BuiltinClassMethod,
  BuiltinProperty,
  BuiltinStaticMethod,
  DerivedClasses,
  PyBoundMethod,
  bind,
  finishType,
  objectType,
  type PyType,
} from './type';
import { exception, exceptionTypes, raise, typeError } from './raise';
import {
  ADD,
  BINARY_OPS,
  COMPARE_OPS,
  SUB,
  call,
  identityHash,
  reflect,
  truth,
  unsupportedBinary,
  unsupportedUnary,
  type BinaryOp,
} from '../interpreter/operators';
import { BuiltinIterator } from './iterator';
import { callWithKeywords } from '../interpreter/call';
import { codeOf } from './function';
import { intOperand, normal, type Int } from './int';
import { smallIntBits } from './machine-word';
import { machineInt } from './slice';
import type { KeywordArgument } from '../interpreter/signature';

/** `staticmethod(f)` in a class body. */
export class PyStaticMethod extends ObjectBase {
  constructor(readonly fn: PyObject) {
    super();
  }
}

/** `classmethod(f)` in a class body. */
export class PyClassMethod extends ObjectBase {
  constructor(readonly fn: PyObject) {
    super();
  }
}

/** `property(getter, setter, deleter)`; None where there is none. */
export class PyProperty extends ObjectBase {
  constructor(
    readonly getter: PyObject,
    readonly setter: PyObject,
    readonly deleter: PyObject,
  ) {
    super();
  }
}

const attribute = (holder: object, name: string): PyObject | undefined => (holder as Attributes)[`$${name}`];
const methodOf = (holder: object, name: string): PyFunction | undefined =>
  (holder as Attributes)[`${name}$`] as PyFunction | undefined;
const own = (holder: object, key: string): PropertyDescriptor | undefined =>
  Object.getOwnPropertyDescriptor(holder, key);

const notIterable = (o: PyObject): never => {
  throw typeError(`'${o.cls.typeName}' object isn't iterable`);
};

const noAttribute = (o: PyObject, name: string): never =>
  raise('AttributeError', `'${o.cls.typeName}' object has no attribute '${name}'`);

/** An instance of a class made in Python. */
export class PyInstance extends ObjectBase {
  declare native?: PyObject | undefined;
  /** The special methods of its class. */
  readonly [name: `__${string}__$`]: PyFunction | undefined;

  override py_reflected(op: BinaryOp, left: PyObject): PyObject | undefined {
    const f = this[op.reflectedKey];
    if (f !== undefined) return f(this, left);
    return this.native === undefined ? undefined : unsupportedReflected(op, left, this.native);
  }

  override py_eq(other: PyObject): PyObject {
    const f = this.__eq__$;
    if (f !== undefined) {
      const result = f(this, other);
      if (result !== NotImplemented) return result;
    }
    if (f === undefined && this.native !== undefined) return this.native.py_eq(other);
    return other.py_reflectedEq(this) ?? this === other;
  }

  override py_ne(other: PyObject): PyObject {
    const f = this.__ne__$;
    if (f !== undefined) {
      const result = f(this, other);
      if (result !== NotImplemented) return result;
    }
    if (f === undefined && this.native !== undefined) return this.native.py_ne(other);
    const eq = this.__eq__$;
    if (eq !== undefined) {
      const result = eq(this, other);
      if (result !== NotImplemented) return !truth(result);
    }
    return other.py_reflectedNe(this) ?? !truth(this.py_eq(other));
  }

  override py_reflectedNe(left: PyObject): PyObject | undefined {
    const f = this.__ne__$;
    if (f === undefined) return this.native?.py_ne(left);
    const result = f(this, left);
    return result === NotImplemented ? undefined : result;
  }

  override py_reflectedEq(left: PyObject): PyObject | undefined {
    const f = this.__eq__$;
    if (f !== undefined) {
      const result = f(this, left);
      return result === NotImplemented ? undefined : result;
    }
    return this.native?.py_eq(left);
  }

  override py_abs(): PyObject {
    const f = this.__abs__$;
    return f !== undefined ? f(this) : this.nativeFor('__abs__').py_abs();
  }
  override py_neg(): PyObject {
    const f = this.__neg__$;
    return f !== undefined ? f(this) : this.nativeFor('__neg__').py_neg();
  }
  override py_pos(): PyObject {
    const f = this.__pos__$;
    return f !== undefined ? f(this) : this.nativeFor('__pos__').py_pos();
  }
  override py_invert(): PyObject {
    const f = this.__invert__$;
    return f !== undefined ? f(this) : this.nativeFor('__invert__').py_invert();
  }

  private nativeFor(method: string): PyObject {
    return this.unaryNative() ?? unsupportedUnary(method, this);
  }

  /** The builtin part where it has unary operators, and a truth, a length and a hash among them: bytes have none. */
  private unaryNative(): PyObject | undefined {
    const { native } = this;
    return native === undefined || native.cls.typeName === 'bytes' ? undefined : native;
  }

  override py_truth(): boolean {
    let f = this.__bool__$;
    if (f !== undefined) return f(this) === true;
    const native = this.unaryNative();
    if (native !== undefined) return native.py_truth();
    f = this.__len__$;
    return f === undefined || f(this) !== 0;
  }

  override py_len(): number {
    const f = this.__len__$;
    if (f !== undefined) {
      const n = f(this);
      if (typeof n === 'number') return n;
      if (typeof n === 'boolean') return n ? 1 : 0;
      throw typeError(`can't convert ${n.cls.typeName} to int`);
    }
    const native = this.unaryNative();
    if (native === undefined) throw typeError(`object of type '${this.cls.typeName}' has no len()`);
    return has(native, 'py_len') ? native.py_len() : unsupportedUnary('__len__', native);
  }

  override py_hash(): number {
    const f = this.__hash__$;
    if (f !== undefined) {
      const h = f(this);
      return typeof h === 'number' ? h | 0 : specialHash(h).py_hash();
    }
    const native = this.unaryNative();
    if (native !== undefined) return native.py_hash();
    if (this.__eq__$ !== undefined) return unsupportedUnary('__hash__', this);
    return identityHash(this);
  }

  override py_repr(): string {
    const f = this.__repr__$;
    if (f !== undefined) return f(this).py_str();
    if (this.native !== undefined) return this.native.py_repr();
    return `<${this.cls.typeName} object at ${identityHash(this).toString(16)}>`;
  }

  override py_str(): string {
    const f = this.__str__$;
    if (f !== undefined) return f(this).py_str();
    return this.native !== undefined ? this.native.py_str() : this.py_repr();
  }

  override py_iter(): PyIterator {
    const f = this.__iter__$;
    if (f !== undefined) {
      const it = f(this);
      return isIterator(it) ? it : new InstanceIterator(it);
    }
    const { native } = this;
    if (native !== undefined && has(native, 'py_iter')) return native.py_iter();
    const item = findMethod(this, '__getitem__');
    if (item !== undefined) return new ItemIterator(item);
    return notIterable(this);
  }

  override py_getitem(key: PyObject): PyObject {
    const f = this.__getitem__$;
    if (f !== undefined) return f(this, key);
    const native = this.subscriptedNative();
    if (native !== undefined) return native.py_getitem(key);
    throw typeError(`'${this.cls.typeName}' object isn't subscriptable`);
  }

  override py_setitem(key: PyObject, value: PyObject): void {
    const f = this.__setitem__$;
    const native = this.subscriptedNative();
    if (f !== undefined) f(this, key, value);
    else if (native !== undefined) native.py_setitem(key, value);
    else throw typeError(`'${this.cls.typeName}' object doesn't support item assignment`);
  }

  override py_delitem(key: PyObject): void {
    const f = this.__delitem__$;
    const native = this.subscriptedNative();
    if (f !== undefined) f(this, key);
    else if (native !== undefined) native.py_delitem(key);
    else throw typeError(`'${this.cls.typeName}' object doesn't support item deletion`);
  }

  /** The builtin part where it has items in brackets. */
  private subscriptedNative(): PyObject | undefined {
    const { native } = this;
    return native !== undefined && has(native, 'py_getitem') ? native : undefined;
  }

  override py_contains(item: PyObject): boolean {
    const f = this.__contains__$;
    if (f !== undefined) return truth(f(this, item));
    if (this.native !== undefined) return containedIn(this.native, item);
    return ObjectBase.prototype.py_contains.call(this, item);
  }

  /** Reached when no `$name` is on the instance or its prototype, or when it was deleted from the instance. */
  override py_getattr(name: string): PyObject | undefined {
    const found = attribute(this, name);
    if (found !== undefined) return found;
    if (own(this, `$${name}`) !== undefined) {
      const value = this.cls.table[`$${name}`];
      if (value !== undefined) return bindUser(value, this);
    }
    if (this.native !== undefined) {
      refuseUnmade(this, name);
      const inherited = this.native.py_getattr(name);
      if (inherited !== undefined && name !== '__class__') return inherited;
    }
    if (name === '__class__') return this.cls;
    if (name === '__dict__') return instanceDict.make(this);
    const inherited = this.cls.lookupOn(this, name);
    if (inherited !== undefined) return inherited;
    const f = this.__getattr__$;
    return f === undefined ? undefined : f(this, name);
  }

  override py_setattr(name: string, value: PyObject): void {
    const f = this.__setattr__$;
    // A property or descriptor of the class comes before `__setattr__`.
    if (f !== undefined && !isStored(this.cls, name)) f(this, name, value);
    else (this as unknown as Attributes)[`$${name}`] = value;
  }

  override py_delattr(name: string): void {
    const onClass = this.cls.table[`$${name}`] as PyObject | undefined;
    const remove = onClass === undefined ? undefined : methodOf(onClass, '__delete__');
    const f = this.__delattr__$;
    if (onClass instanceof PyProperty) {
      if (onClass.deleter === None) noAttribute(this, name);
      call(onClass.deleter, this);
    } else if (remove !== undefined) remove(onClass as PyObject, this);
    else if (f !== undefined) f(this, name);
    else if (!deleteAttribute(this, name)) noAttribute(this, name);
  }

  override py_callable(): PyFunction {
    const f = this.__call__$;
    if (f !== undefined) return (...args) => f(this, ...args);
    const { native } = this;
    if (native !== undefined && native.py_callable !== ObjectBase.prototype.py_callable) return native.py_callable();
    throw typeError(`'${this.cls.typeName}' object isn't callable`);
  }

  override py_buffer(): Buffer | undefined {
    return this.native?.py_buffer();
  }
}
beginDefinitions(PyInstance.prototype);
define(PyInstance.prototype, 'nostore', undefined);
define(PyInstance.prototype, 'irreflexive', true);

/** Whether a builtin value's type has a slot of its own. */
const has = (value: PyObject, slot: 'py_len' | 'py_iter' | 'py_getitem'): boolean =>
  value[slot] !== ObjectBase.prototype[slot];

/** Whether what the class has under a name takes what is stored there. */
function isStored(cls: PyType, name: string): boolean {
  const onClass = cls.table[`$${name}`] as PyObject | undefined;
  return onClass instanceof PyProperty || (onClass !== undefined && methodOf(onClass, '__set__') !== undefined);
}

/** The builtin part of the right operand is asked for the reflected operator, which no builtin type has. */
function unsupportedReflected(op: BinaryOp, left: PyObject, native: PyObject): never {
  const quick = typeof native === 'number' && ['number', 'float', 'complex'].includes(numberKind(left));
  return quick ? unsupportedBinary(op.reflected, native, left) : unsupportedBinary(op.method, left, native);
}

/** `item in native`, which MicroPython asks a small int as an operator between two numbers. */
function containedIn(native: PyObject, item: PyObject): boolean {
  if (!has(native, 'py_iter') && typeof native !== 'object') {
    const asked = typeof native === 'number' && ['number', 'float', 'complex'].includes(numberKind(item));
    if (asked) unsupportedBinary('__contains__', native, item);
  }
  return has(native, 'py_iter') ? native.py_contains(item) : notIterable(native);
}

const numberKind = (value: PyObject): string => (typeof value === 'object' ? value.cls.typeName : typeof value);

/**
 * Whether instances can be made at once. A class's `Instance` inherits it from that of its first base; it is false
 * where something else makes them, and for all from the first lock of the heap on.
 */
define(PyInstance, 'plain', true);

for (const op of BINARY_OPS) {
  const method = `${op.method}$` as const;
  const inplace = `${op.inplace}$` as const;
  // MicroPython's standard build asks for `__iadd__` and `__isub__` only.
  const takesInplace = op === ADD || op === SUB;
  define(PyInstance.prototype, op.slot, function (this: PyInstance, other: PyObject): PyObject {
    const f = this[method];
    if (f !== undefined) {
      const result = f(this, other);
      if (result !== NotImplemented) return result;
    } else if (this.native !== undefined) return this.native[op.slot](other);
    return reflect(op, this, other);
  });
  define(PyInstance.prototype, op.inplaceSlot, function (this: PyInstance, other: PyObject): PyObject {
    const f = takesInplace ? this[inplace] : undefined;
    if (f !== undefined) {
      const result = f(this, other);
      if (result !== NotImplemented) return result;
    } else if (this.native !== undefined) return this.native[op.inplaceSlot](other);
    return this[op.slot](other);
  });
}
for (const op of COMPARE_OPS) {
  const method = `${op.method}$` as const;
  define(PyInstance.prototype, op.slot, function (this: PyInstance, other: PyObject): PyObject {
    const f = this[method];
    if (f !== undefined) {
      const result = f(this, other);
      if (result !== NotImplemented) return result;
    } else if (this.native !== undefined) return this.native[op.slot](other);
    return unsupportedBinary(op.method, this, other);
  });
}
endDefinitions(PyInstance.prototype);

/** The hash that a `__hash__` returned: a small int, or what is left of an int in one. */
export const specialHash = (value: PyObject): Int => normal(smallIntBits(intOperand(value) ?? machineInt(value)));

/** How `__dict__` is made; the dict module fills it in. */
export const instanceDict = {
  make(_instance: PyObject): PyObject {
    return None;
  },
};

/** Removes an attribute of the instance itself; false where it has none. */
export function deleteAttribute(o: PyObject, name: string): boolean {
  const key = `$${name}`;
  if (own(o, key)?.value === undefined) return false;
  (o as unknown as Attributes)[key] = undefined;
  if (own(o, `${name}$`) !== undefined) (o as unknown as Attributes)[`${name}$`] = undefined;
  return true;
}

/** A special method that is looked up as any attribute: on the instance, and by `__getattr__`. */
export function findMethod(o: PyObject, name: '__getitem__' | '__next__'): PyFunction | undefined {
  const method = methodOf(o, name);
  if (method !== undefined) return (...args) => method(o, ...args);
  const found = attribute(o, name) ?? o.py_getattr(name);
  return found === undefined ? undefined : (...args: PyObject[]) => call(found, ...args);
}

/** Whether a value is one of our own iterators, which `for` can draw from at once. */
export function isIterator(value: PyObject): value is PyIterator {
  return typeof (value as Partial<PyIterator>).n === 'function';
}

/** Draws from an object with `__next__`. */
class InstanceIterator extends ObjectBase implements PyIterator {
  /** The value of the StopIteration that ended it. */
  result: PyObject = None;

  constructor(readonly source: PyObject) {
    super();
  }

  n(): PyObject | undefined {
    const next = (this.source as PyInstance).__next__$;
    try {
      return next === undefined ? this.attribute()() : next(this.source);
    } catch (e) {
      if (!isStopIteration(e)) throw e;
      this.result = (e as { eargs: readonly PyObject[] }).eargs[0] ?? None;
      return undefined;
    }
  }

  private attribute(): PyFunction {
    const { source } = this;
    const next = source instanceof PyInstance ? findMethod(source, '__next__') : undefined;
    if (next === undefined) throw typeError(`'${source.cls.typeName}' object isn't an iterator`);
    return next;
  }

  override py_iter(): PyIterator {
    return this;
  }
}

/** Draws from an object with `__getitem__` only: 0, 1, 2 … until IndexError. */
class ItemIterator extends BuiltinIterator {
  private at = 0;

  constructor(private readonly item: PyFunction) {
    super();
  }

  n(): PyObject | undefined {
    try {
      return this.item(this.at++);
    } catch (e) {
      if (isThrown(e, 'IndexError') || isThrown(e, 'StopIteration')) return undefined;
      throw e;
    }
  }
}

const isThrown = (e: unknown, name: 'IndexError' | 'StopIteration'): boolean =>
  e instanceof PyInstance && e.cls.ancestors.has(exception(name).cls);
const isStopIteration = (e: unknown): boolean => isThrown(e, 'StopIteration');

/** What reading the class attribute `value` through an instance gives. */
function bindUser(value: PyObject, instance: PyObject): PyObject {
  if (value instanceof PyStaticMethod) return value.fn;
  if (value instanceof PyClassMethod) return new PyBoundMethod(instance.cls, value.fn);
  if (value instanceof PyProperty) {
    if (value.getter === None) raise('AttributeError', 'unreadable attribute');
    return call(value.getter, instance);
  }
  const get = methodOf(value, '__get__');
  if (get !== undefined && value instanceof PyInstance) return get(value, instance, instance.cls);
  return bind(value, instance, instance.cls);
}

// ---- classes

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
  const body: PyFunction = () => {
    build([], '');
    return None;
  };
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

/** Stands for the builtin part until it is made; what that would have, it refuses. */
const NOT_MADE: PyObject = new ObjectBase();

/** Raises where an attribute would be that of a builtin part that is still to be made. */
export function refuseUnmade(o: PyObject, name: string): void {
  if (o.native === NOT_MADE && o.cls.nativeBase?.table[`$${name}`] !== undefined) {
    raise('AttributeError', 'call super().__init__() first');
  }
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

export { BuiltinClassMethod, BuiltinProperty, BuiltinStaticMethod };

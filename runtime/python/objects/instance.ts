/**
 * Instances of classes made in Python.
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
import { BuiltinClassMethod, BuiltinProperty, BuiltinStaticMethod, PyBoundMethod, bind, type PyType } from './type';
import { exception, raise, typeError } from './raise';
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
import { intOperand, normal, type Int } from './int';
import { smallIntBits } from './machine-word';
import { machineInt } from './slice';

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
export const methodOf = (holder: object, name: string): PyFunction | undefined =>
  (holder as Attributes)[`${name}$`] as PyFunction | undefined;
export const own = (holder: object, key: string): PropertyDescriptor | undefined =>
  Object.getOwnPropertyDescriptor(holder, key);

const notIterable = (o: PyObject): never => {
  throw typeError(`'${o.cls.typeName}' object isn't iterable`);
};

export const noAttribute = (o: PyObject, name: string): never =>
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
export class InstanceIterator extends ObjectBase implements PyIterator {
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
export function bindUser(value: PyObject, instance: PyObject): PyObject {
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

/** Stands for the builtin part until it is made; what that would have, it refuses. */
export const NOT_MADE: PyObject = new ObjectBase();

/** Raises where an attribute would be that of a builtin part that is still to be made. */
export function refuseUnmade(o: PyObject, name: string): void {
  if (o.native === NOT_MADE && o.cls.nativeBase?.table[`$${name}`] !== undefined) {
    raise('AttributeError', 'call super().__init__() first');
  }
}

export { BuiltinClassMethod, BuiltinProperty, BuiltinStaticMethod };

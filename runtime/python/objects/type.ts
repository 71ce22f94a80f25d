/** Types: a JS function that makes instances, with the tables of what instances can do. */
import {
  define,
  defineAll,
  ObjectBase,
  None,
  Ellipsis,
  NotImplemented,
  type Attributes,
  type PyFunction,
  type PyObject,
} from './object';
import { identityHash } from '../interpreter/operators';
import { checked, type Builtin } from '../interpreter/signature';
import { hasDetailedMessages, typeError } from './raise';

/** A Python class. Calling it makes an instance; `$name` on it (or inherited from its base) is a class attribute. */
export interface PyType extends PyFunction {
  readonly typeName: string;
  readonly bases: readonly PyType[];
  /** All types that its instances are instances of, itself included. */
  readonly ancestors: ReadonlySet<PyType>;
  /** The JS prototype of its instances. */
  readonly instance: object;
  readonly isType: true;
  /** What the type defines, unbound, by `$name`; inherits from the table of its base. Made when it is first read. */
  readonly table: Attributes;
  readonly ownTable: Attributes | undefined;
  /** The method table it is made from. */
  readonly rows: readonly MethodRow[];
  /** Set on classes made by a `class` statement; see instance.ts. */
  readonly user?: true;
  /** Set on BaseException and all below it. */
  readonly isException?: true;
  /** The empty JS constructor of the instances of a class made in Python. */
  readonly Instance?: new () => PyObject;
  /** Set on builtin types that a class may derive from. */
  readonly subclassable?: true;
  /** Set where it or a class above it had a property, a descriptor or a `__setattr__` when it was made. */
  readonly hasAccessors?: boolean;
  /** The builtin type that instances wrap an object of (`class L(list)`), if any. */
  readonly nativeBase?: PyType | undefined;
  /** What is known of the classes derived from it, if there ever was one. */
  derived: DerivedClasses | undefined;
  /** The attribute `name` of an instance by way of its class: methods come bound; undefined when there is none. */
  lookupOn(instance: PyObject, name: string): PyObject | undefined;
}

/** The fields of something while it is made. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The classes derived from a type. Those that hold copies of its attributes, as they have several bases, are listed,
 * but not kept: a class that nothing else holds can go.
 */
export class DerivedClasses {
  private listed: WeakRef<PyType>[] = [];
  /** So many may be listed before those that are gone are struck off. */
  private most = 8;

  *withCopies(): Generator<PyType> {
    for (const reference of this.listed) {
      const type = reference.deref();
      if (type !== undefined) yield type;
    }
  }

  list(type: PyType): void {
    if (this.listed.length >= this.most) {
      this.listed = this.listed.filter((reference) => reference.deref() !== undefined);
      this.most = 2 * this.listed.length + 8;
    }
    this.listed.push(new WeakRef(type));
  }
}

/** A row of a method table: a signature (or a bare name for a plain attribute), the function, and how it is bound. */
export type MethodRow =
  | readonly [signature: string, fn: Builtin]
  /** 'direct': the function checks its own arguments by `arguments.length`, for the hottest ones. */
  | readonly [signature: string, fn: Builtin, how: 'direct' | 'static' | 'class']
  /** A computed attribute: `getter(self)`. */
  | readonly [name: string, fn: (self: never) => PyObject, how: 'property']
  | readonly [name: string, value: PyObject, how: 'value'];

/** A builtin attribute that is computed on reading. */
export class BuiltinProperty extends ObjectBase {
  constructor(readonly getter: (self: PyObject) => PyObject) {
    super();
  }
}

/** A builtin method that takes the class (`how` 'class') rather than an instance. */
export class BuiltinClassMethod extends ObjectBase {
  constructor(readonly fn: PyFunction) {
    super();
  }
}

/** A builtin method that takes neither instance nor class. */
export class BuiltinStaticMethod extends ObjectBase {
  constructor(readonly fn: PyFunction) {
    super();
  }
}

/** A function and the value it is bound to: what `x.method` gives. */
export class PyBoundMethod extends ObjectBase {
  private js: PyFunction | undefined;

  constructor(
    readonly self: PyObject,
    readonly func: PyObject,
  ) {
    super();
  }

  override py_callable(): PyFunction {
    if (this.js === undefined) {
      const { self, func } = this;
      const f = typeof func === 'function' ? (func as PyFunction) : func.py_callable();
      this.js = f.bind(undefined, self);
    }
    return this.js;
  }

  override py_eq(other: PyObject): PyObject {
    return other instanceof PyBoundMethod && other.self === this.self && other.func === this.func;
  }

  override py_hash(): number {
    return identityHash(this.self) ^ identityHash(this.func);
  }

  override py_getattr(name: string): PyObject | undefined {
    return name.startsWith('__') && name !== '__class__' ? this.func.py_getattr(name) : super.py_getattr(name);
  }

  override py_repr(): string {
    if (!hasDetailedMessages()) return '<bound_method>';
    return `<bound_method ${identityHash(this).toString(16)} ${this.self.py_repr()}.${this.func.py_repr()}>`;
  }
}

/** What a builtin type is made from. */
export interface TypeSpec {
  name: string;
  /** The prototype of its instances, which gets `cls`, the methods and the slots. */
  proto: object;
  base?: PyType;
  /** Makes an instance from Python arguments; without it calling the type raises TypeError. */
  make?: readonly [signature: string, fn: Builtin, how?: 'direct'];
  methods?: readonly MethodRow[];
}

/** A builtin type's attribute as its instances see it; own rows first, then those of its bases. */
const lookupOn = function (this: PyType, instance: PyObject, name: string): PyObject | undefined {
  const found = this.table[`$${name}`];
  if (found === undefined) return name === '__class__' ? this : undefined;
  return bind(found, instance, this);
};

/** What reading a class attribute through an instance gives. */
export function bind(found: PyObject, instance: PyObject, cls: PyType): PyObject {
  if (typeof found === 'function') {
    return (found as Partial<PyType>).isType ? found : new PyBoundMethod(instance, found);
  }
  if (found instanceof BuiltinProperty) return found.getter(instance);
  if (found instanceof BuiltinClassMethod) return new PyBoundMethod(cls, found.fn);
  if (found instanceof BuiltinStaticMethod) return found.fn;
  return found;
}

/** Defines a builtin type and fills its prototype's methods. */
export function defineType(spec: TypeSpec): PyType {
  const { name } = spec;
  const make: PyFunction & Partial<Writable<PyType>> =
    spec.make === undefined
      ? checked(`${name}(*args, **kwargs)`, () => cannotMake(name), true)
      : checked(spec.make[0], spec.make[1], spec.make[2] === 'direct');
  if (spec.make !== undefined) make.subclassable = true;
  const bases = spec.base === undefined ? rootBases() : [spec.base];
  return finishType(make as PyType, name, bases, spec.proto, spec.methods ?? []);
}

function cannotMake(name: string): never {
  throw typeError(`can't create '${name}' instances`);
}

let root: PyType | undefined;
const rootBases = (): PyType[] => (root === undefined ? [] : [root]);

/** Gives a JS function the fields of a type. What is the same for all types they inherit from `object`. */
export function finishType(
  type: PyType,
  name: string,
  bases: readonly PyType[],
  proto: object,
  rows: readonly MethodRow[],
): PyType {
  const ancestors = new Set<PyType>().add(type);
  bases.forEach((base) => {
    base.ancestors.forEach((ancestor) => ancestors.add(ancestor));
  });
  const fields = type as Writable<PyType>;
  fields.typeName = name;
  fields.bases = bases;
  fields.ancestors = ancestors;
  fields.instance = proto;
  fields.derived = undefined;
  fields.rows = rows;
  fields.ownTable = undefined;
  // Only now, so that until here V8 has seen such an object before.
  if (bases[0] !== undefined) Object.setPrototypeOf(type, bases[0]);
  define(proto, 'cls', type);
  return type;
}

/**
 * Puts the rows of a type's method table where programs find them. Most programs use few types, so it is done when the
 * table is first read: a method that is not on the prototype yet is looked for by way of the type. Where the runtime
 * looks for a special method on the prototype alone, the type is filled as soon as it is there.
 */
export function fillTable(type: PyType): Attributes {
  const [base] = type.bases;
  const table = Object.create(base === undefined ? null : base.table) as Attributes;
  (type as Writable<PyType>).ownTable = table;
  const methods: Record<string, PyObject> = {};
  for (const row of type.rows) {
    const [signature, , how] = row;
    const paren = signature.indexOf('(');
    const name = paren < 0 ? signature : signature.slice(0, paren);
    const value = attributeOf(row);
    table[`$${name}`] = value;
    if (how === undefined || how === 'direct') methods[`${name}$`] = value;
  }
  if (type.rows.length > 0) defineAll(type.instance, methods);
  return table;
}

/** What a table holds for a row. */
function attributeOf([signature, value, how]: MethodRow): PyObject {
  switch (how) {
    case 'value':
      return value;
    case 'property':
      return new BuiltinProperty(value as (self: PyObject) => PyObject);
    case 'class':
      return new BuiltinClassMethod(checked(signature, value));
    case 'static':
      return new BuiltinStaticMethod(checked(signature, value));
    default:
      return checked(signature, value, how === 'direct');
  }
}

/** `object`: the root of all types. */
export const objectType: PyType = (root = finishType(
  checked('object()', () => new ObjectBase()) as PyType,
  'object',
  [],
  ObjectBase.prototype,
  [],
));
define(objectType, 'isType', true);
define(objectType, 'lookupOn', lookupOn);
Object.defineProperty(objectType, 'table', {
  get(this: PyType): Attributes {
    return this.ownTable ?? fillTable(this);
  },
});

defineType({ name: 'NoneType', proto: Object.getPrototypeOf(None) as object });
// Their types have no name in MicroPython.
defineType({ name: '', proto: Object.getPrototypeOf(Ellipsis) as object });
defineType({ name: '', proto: Object.getPrototypeOf(NotImplemented) as object });
export const boundMethodType = defineType({ name: 'bound_method', proto: PyBoundMethod.prototype });

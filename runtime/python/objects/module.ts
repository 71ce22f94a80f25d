/** Modules. A module object is also the globals of its code: `$name` holds each name. */
import { ObjectBase, define, type Attributes, type PyFunction, type PyObject } from './object';
import { defineType } from './type';
import { checked, type Builtin } from '../interpreter/signature';
import { withoutSelf } from './function';
import { raise } from './raise';

export class PyModule extends ObjectBase {
  declare $__name__: PyObject;

  constructor(name: string) {
    super();
    this.$__name__ = name;
  }

  override py_getattr(name: string): PyObject | undefined {
    const found = (this as unknown as Attributes)[`$${name}`];
    if (found !== undefined) return found;
    if (name === '__class__') return this.cls;
    if (name === '__dict__') return moduleDict.make(this);
    const get = (this as unknown as Attributes).$__getattr__;
    if (get === undefined) return undefined;
    return (typeof get === 'function' ? (get as PyFunction) : get.py_callable())(name);
  }

  override py_setattr(name: string, value: PyObject): void {
    (this as unknown as Attributes)[`$${name}`] = value;
  }

  override py_delattr(name: string): void {
    const target = this as unknown as Attributes;
    if (target[`$${name}`] === undefined) {
      raise('AttributeError', `'module' object has no attribute '${name}'`);
    }
    target[`$${name}`] = undefined;
  }

  override py_repr(): string {
    const file = (this as unknown as Attributes).$__file__;
    const name = this.$__name__.py_str();
    return file === undefined ? `<module '${name}'>` : `<module '${name}' from '${file.py_str()}'>`;
  }
}
define(PyModule.prototype, 'nostore', undefined);
defineType({ name: 'module', proto: PyModule.prototype });

/** How `m.__dict__` and `globals()` are made; the dict module fills it in. */
export const moduleDict = {
  make(_module: PyObject): PyObject {
    return raise('AttributeError', "'module' object has no attribute '__dict__'");
  },
};

/** A row of a module's table: a signature and its function, or a name and its value. */
export type ModuleRow =
  | readonly [signature: string, fn: Builtin]
  | readonly [signature: string, fn: Builtin, how: 'direct']
  | readonly [name: string, value: PyObject, how: 'value'];

/** A builtin module. Its attributes are fixed: storing one raises AttributeError. */
export class BuiltinModule extends PyModule {
  override py_setattr(name: string): void {
    raise('AttributeError', `'module' object has no attribute '${name}'`);
  }
  override py_delattr(name: string): void {
    raise('AttributeError', `'module' object has no attribute '${name}'`);
  }
}
define(BuiltinModule.prototype, 'nostore', true);

/** Makes a builtin module from its table. Functions also get their `name$` form, for calls through the module. */
export function defineModule(name: string, rows: readonly ModuleRow[]): BuiltinModule {
  const module = new BuiltinModule(name);
  const target = module as unknown as Attributes;
  for (const [signature, value, how] of rows) {
    if (how === 'value') {
      target[`$${signature}`] = value;
    } else {
      const fn = checked(signature, value, how === 'direct');
      const key = signature.slice(0, signature.indexOf('('));
      target[`$${key}`] = fn;
      define(module, `${key}$`, withoutSelf(fn));
    }
  }
  return module;
}

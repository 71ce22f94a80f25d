/** Imports: sys.modules, builtin modules, files on sys.path, and modules shipped with the interpreter. */
import { PyDict } from '../objects/dict';
import { PyList } from '../objects/list';
import { PyModule, moduleDict } from '../objects/module';
import { None, type Attributes, type PyObject } from '../objects/object';
import { raise } from '../objects/raise';
import { PyTuple } from '../objects/tuple';
import { findAttribute, getAttribute } from './attributes';
import { readSource, type Interpreter } from './interpreter';

/** Makers of modules by name. A module is made when it is first imported. */
export type ModuleTable = Readonly<Record<string, ((interpreter: Interpreter) => PyModule) | undefined>>;

/** Builtin modules that a file of the same name on sys.path comes before. */
const OVERRIDABLE: ReadonlySet<string> = new Set([
  'array', 'asyncio', 'binascii', 'collections', 'cryptolib', 'deflate', 'errno', 'hashlib', 'heapq', 'io', 'json',
  'machine', 'os', 'platform', 'random', 're', 'select', 'socket', 'struct', 'time',
]); // prettier-ignore

/** The name without the `u` that MicroPython's modules once began with, or undefined. */
function withoutOldPrefix(name: string): string | undefined {
  return name.startsWith('u') ? name.slice(1) : undefined;
}

const noModule = (name: string): never => raise('ImportError', `no module named '${name}'`);

export class Importer {
  /** `sys.modules`. */
  readonly modules = new PyDict();
  /** `sys.path`. */
  readonly path: PyList;
  /** `__import__` as it comes. */
  private readonly standard: PyObject | undefined;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly table: ModuleTable,
    path: readonly string[],
  ) {
    this.path = new PyList([...path]);
    this.standard = (interpreter.builtins as unknown as Attributes).$__import__;
  }

  /** Names of the builtin modules. */
  builtinNames(): string[] {
    return Object.keys(this.table)
      .filter((name) => this.table[name] !== undefined)
      .sort();
  }

  /** `import a.b.c`: imports all, gives `a`. */
  importTop(globals: PyModule, name: string): PyObject {
    const custom = this.custom();
    if (custom !== undefined) return this.interpreter.call(custom, name, moduleDict.make(globals), None, None, 0);
    return this.loadTree(name);
  }

  /** Imports `a.b.c`, gives `a`. */
  private loadTree(name: string): PyObject {
    this.load(name);
    return this.load(name.split('.')[0] as string);
  }

  /** `import a.b.c as x`: gives `c`. */
  importLeaf(globals: PyModule, name: string): PyObject {
    if (this.custom() === undefined) return this.load(name);
    const [, ...rest] = name.split('.');
    return rest.reduce(getAttribute, this.importTop(globals, name));
  }

  /** The function that a program has put in the place of `__import__`, if any. */
  private custom(): PyObject | undefined {
    const current = (this.interpreter.builtins as unknown as Attributes).$__import__;
    return current === this.standard ? undefined : current;
  }

  /** `from name import …`: the module that the names come from. */
  importFrom(globals: PyModule, name: string, level: number, names: string): PyObject {
    const custom = this.custom();
    if (custom !== undefined) {
      return this.interpreter.call(custom, name, moduleDict.make(globals), None, new PyTuple(names.split(',')), level);
    }
    return this.loadFrom(globals, name, level);
  }

  private loadFrom(globals: PyModule, name: string, level: number): PyObject {
    const full = level === 0 ? name : this.absolute(globals, name, level);
    return this.load(full);
  }

  /** A name of `from module import name`: an attribute, or a module of the package. */
  importName(module: PyObject, name: string): PyObject {
    const value = findAttribute(module, name);
    if (value !== undefined) return value;
    const { $__path__: path, $__name__: packageName } = module as unknown as Attributes;
    if (path === undefined || packageName === undefined) raise('ImportError', `can't import name ${name}`);
    return this.load(`${packageName.py_str()}.${name}`);
  }

  importStar(into: PyModule, module: PyObject): void {
    const from = module as unknown as Attributes;
    const target = into as unknown as Attributes;
    const all = findAttribute(module, '__all__');
    if (all?.la !== undefined) {
      for (const n of all.la) target[`$${n.py_str()}`] = this.importName(module, n.py_str());
      return;
    }
    if (typeof module !== 'object' && typeof module !== 'function') {
      raise('AttributeError', `'${(module as PyObject).cls.typeName}' object has no attribute '__dict__'`);
    }
    for (const key of Object.getOwnPropertyNames(from)) {
      if (key.startsWith('$') && !key.startsWith('$_') && from[key] !== undefined) target[key] = from[key];
    }
  }

  /** `__import__(name, …)`. */
  importDynamic(globals: PyModule, name: string, fromList: readonly string[], level: number): PyObject {
    if (fromList.length > 0 || level > 0) return this.loadFrom(globals, name, level);
    return this.loadTree(name);
  }

  /** The dotted name that a relative import means. */
  private absolute(globals: PyModule, name: string, level: number): string {
    const from = globals as unknown as Attributes;
    const here = globals.$__name__.py_str().split('.');
    const isPackage = from.$__path__ !== undefined;
    const drop = isPackage ? level - 1 : level;
    if (drop >= here.length + (isPackage ? 0 : 0) || (here.length === 1 && !isPackage)) {
      raise('ImportError', "can't perform relative import");
    }
    const base = here.slice(0, here.length - drop);
    if (name !== '') base.push(name);
    return base.join('.');
  }

  /** The module of a dotted name, imported if need be, its packages first. */
  load(name: string): PyObject {
    const known = this.modules.get(name);
    if (known !== undefined) return known;
    const dot = name.lastIndexOf('.');
    if (dot < 0) return this.loadTop(name);
    const parentName = name.slice(0, dot);
    const leaf = name.slice(dot + 1);
    const parent = this.load(parentName);
    const again = this.modules.get(name);
    if (again !== undefined) return again;
    const path = (parent as unknown as Attributes).$__path__ as PyObject | undefined;
    if (path === undefined) {
      // A builtin module may hold another: `os.path` is an attribute.
      return findAttribute(parent, leaf) ?? noModule(name);
    }
    const at = path.py_str();
    const module = this.find(at, leaf, name) ?? this.frozen(name);
    if (module === undefined) return noModule(name);
    if (parent instanceof PyModule) (parent as unknown as Attributes)[`$${leaf}`] = module;
    return module;
  }

  private loadTop(name: string): PyObject {
    if (this.has(name) && !OVERRIDABLE.has(name)) return this.builtin(name);
    for (const entry of this.path.la) {
      const directory = entry.py_str();
      const module = directory === '.frozen' ? this.frozen(name) : this.find(directory, name, name);
      if (module !== undefined) return module;
    }
    if (this.has(name)) return this.builtin(name);
    const plain = withoutOldPrefix(name);
    if (plain !== undefined && this.has(plain)) {
      const known = this.modules.get(plain);
      return known ?? this.builtin(plain);
    }
    return this.frozen(name) ?? noModule(name);
  }

  private has(name: string): boolean {
    return Object.hasOwn(this.table, name) && this.table[name] !== undefined;
  }

  private builtin(name: string): PyObject {
    const known = this.modules.get(name);
    if (known !== undefined) return known;
    const module = (this.table[name] as NonNullable<ModuleTable[string]>)(this.interpreter);
    this.modules.set(name, module);
    return module;
  }

  /** A module or package in a directory. */
  private find(directory: string, leaf: string, name: string): PyObject | undefined {
    const { vfs } = this.interpreter;
    const at = directory === '' ? leaf : `${directory.endsWith('/') ? directory.slice(0, -1) : directory}/${leaf}`;
    const kind = vfs.importStat(at);
    if (kind === 'directory') {
      const init = `${at}/__init__.py`;
      const module = this.register(name);
      (module as unknown as Attributes).$__path__ = at;
      if (vfs.importStat(init) === 'file') this.execute(module, name, init, readSource(vfs, init));
      return module;
    }
    const file = `${at}.py`;
    if (vfs.importStat(file) !== 'file') return undefined;
    const module = this.register(name);
    this.execute(module, name, file, readSource(vfs, file));
    return module;
  }

  private frozen(name: string): PyObject | undefined {
    const read = this.interpreter.options.frozen;
    if (read === undefined) return undefined;
    const path = name.replaceAll('.', '/');
    const asPackage = read(`${path}/__init__.py`);
    const source = asPackage ?? read(`${path}.py`);
    if (source === undefined) return undefined;
    const module = this.register(name);
    if (asPackage !== undefined) (module as unknown as Attributes).$__path__ = `.frozen/${path}`;
    this.execute(module, name, asPackage === undefined ? `${path}.py` : `${path}/__init__.py`, source);
    return module;
  }

  private register(name: string): PyModule {
    const module = new PyModule(name);
    this.modules.set(name, module);
    return module;
  }

  private execute(module: PyModule, name: string, file: string, source: string): void {
    const { interpreter } = this;
    (module as unknown as Attributes).$__file__ = file;
    try {
      interpreter.execute(interpreter.compile(source, file), module);
    } catch (e) {
      this.modules.py_delitem(name);
      throw e;
    }
  }
}

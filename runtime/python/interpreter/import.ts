/** Imports: sys.modules, builtin modules, files on sys.path, and modules shipped with the interpreter. */
import { PyDict } from '../objects/dict';
import { PyList } from '../objects/list';
import { BuiltinModule, PyModule, moduleDict } from '../objects/module';
import { checkedName } from '../objects/name';
import { None, type Attributes, type PyFunction, type PyObject } from '../objects/object';
import { exception, raise, typeError } from '../objects/raise';
import { PyTuple } from '../objects/tuple';
import { findAttribute, getAttribute } from './attributes';
import { callable } from './call';
import { readFile, type Interpreter } from './interpreter';

/** Makers of modules by name. A module is made when it is first imported. */
export type ModuleTable = Readonly<Record<string, ((interpreter: Interpreter) => PyModule) | undefined>>;

/** Builtin modules that a file of the same name on sys.path comes before. */
const OVERRIDABLE: ReadonlySet<string> = new Set([
  'array', 'asyncio', 'binascii', 'collections', 'cryptolib', 'deflate', 'errno', 'hashlib', 'heapq', 'io', 'json',
  'machine', 'os', 'platform', 'random', 're', 'select', 'socket', 'string', 'struct', 'time', 'websocket',
]); // prettier-ignore

/** The name without the `u` that MicroPython's modules once began with, or undefined. */
function withoutOldPrefix(name: string): string | undefined {
  return name.startsWith('u') ? name.slice(1) : undefined;
}

const noModule = (name: string): never => raise('ImportError', `no module named '${name}'`);

/** The parts of a module's name, from the outermost package on: `a`, `a.b`, `a.b.c`. */
const prefixes = (name: string): string[] => {
  const parts = name.split('.');
  return parts.map((_, i) => parts.slice(0, i + 1).join('.'));
};

export class Importer {
  /** `sys.modules`. */
  readonly modules = new PyDict();
  /** `sys.path`, a list or whatever a program puts in its place. */
  path: PyObject;
  /** Builtin modules are made once; `sys.modules` has only what came from files. */
  private readonly made = new Map<string, PyObject>();
  /** `builtins.__import__` as it was. */
  private readonly ownImport: PyObject | undefined;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly table: ModuleTable,
    path: readonly string[],
  ) {
    this.path = new PyList([...path]);
    this.ownImport = this.currentImport();
  }

  private currentImport(): PyObject | undefined {
    return (this.interpreter.builtins as unknown as Attributes).$__import__;
  }

  /** The entries of `sys.path`. */
  private directories(): readonly PyObject[] {
    const items = this.path.la;
    if (items === undefined) throw typeError(`object '${this.path.cls.typeName}' isn't a tuple or list`);
    return items;
  }

  /** Names of the builtin modules. */
  builtinNames(): string[] {
    return Object.keys(this.table)
      .filter((name) => this.table[name] !== undefined)
      .sort();
  }

  /** The function that a program put in the place of `builtins.__import__`. */
  private replaced(): PyFunction | undefined {
    const current = this.currentImport();
    return current === undefined || current === this.ownImport ? undefined : callable(current);
  }

  /** `import a.b.c`: imports all, gives `a`. */
  importTop(globals: PyModule, name: string): PyObject {
    const replaced = this.replaced();
    if (replaced !== undefined) return replaced(name, moduleDict.make(globals), None, None, 0);
    this.load(name);
    return this.load(name.split('.')[0] as string);
  }

  /** `import a.b.c as x`: gives `c`. */
  importLeaf(globals: PyModule, name: string): PyObject {
    if (this.replaced() === undefined) return this.load(name);
    const [, ...rest] = name.split('.');
    return rest.reduce((module, part) => getAttribute(module, part), this.importTop(globals, name));
  }

  /** `from name import …`: the module that the names come from. */
  importFrom(globals: PyModule, name: string, level: number, names: string): PyObject {
    const replaced = this.replaced();
    if (replaced !== undefined) {
      return replaced(name, moduleDict.make(globals), None, new PyTuple(names.split(',')), level);
    }
    return this.load(level === 0 ? name : this.absolute(moduleDict.make(globals) as PyDict, name, level));
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

  /** `__import__(name, …)`: the package, or with a list of names the module itself. */
  importDynamic(globals: PyObject, name: string, fromList: PyObject, level: number): PyObject {
    if (level < 0) throw exception('ValueError');
    if (level > 0 && !(globals instanceof PyDict)) throw exception('TypeError');
    const full = level === 0 ? name : this.absolute(globals as PyDict, name, level);
    if (full === '') throw exception('ValueError');
    const leaf = this.load(full);
    return fromList === None ? this.load(full.split('.')[0] as string) : leaf;
  }

  /** `python -m name`: runs a module as `__main__`, or the `__main__` of a package. */
  importMain(name: string): void {
    const module = this.load(name, true);
    if ((module as unknown as Attributes).$__path__ !== undefined) this.load(`${name}.__main__`, true);
  }

  /** The dotted name that a relative import means. */
  private absolute(globals: PyDict, name: string, level: number): string {
    let own = globals.get('__name__');
    // A module that runs by `-m` keeps its real name here.
    if (own === '__main__') own = globals.get('__main__');
    const here = own === undefined ? [''] : own.py_str().split('.');
    const drop = globals.get('__path__') === undefined ? level : level - 1;
    if (drop >= here.length || here[0] === '') raise('ImportError', "can't perform relative import");
    const base = here.slice(0, here.length - drop);
    if (name !== '') base.push(name);
    return base.join('.');
  }

  /** The module of a dotted name, imported if need be, its packages first. */
  load(name: string, asMain = false): PyObject {
    // An empty path means that the builtin modules are wanted and no others.
    const fromFiles = this.directories().length > 0;
    const known = fromFiles ? this.modules.get(name) : undefined;
    if (known !== undefined) return known;
    checkedName(name);
    let module: PyObject | undefined;
    for (const full of prefixes(name)) {
      const known = fromFiles ? this.modules.get(full) : undefined;
      const main = asMain && full === name;
      module = known ?? (module === undefined ? this.loadTop(full, main) : this.loadInside(module, full, main));
    }
    return module as PyObject;
  }

  /** A module of a package. */
  private loadInside(parent: PyObject, name: string, main: boolean): PyObject {
    const leaf = name.slice(name.lastIndexOf('.') + 1);
    const own = (parent as unknown as Attributes)[`$${leaf}`];
    if (parent instanceof BuiltinModule && own instanceof PyModule) return own;
    const path = (parent as unknown as Attributes).$__path__;
    const module = path === undefined ? undefined : this.find(path.py_str(), leaf, name, main);
    if (module === undefined) return noModule(name);
    if (parent instanceof PyModule) (parent as unknown as Attributes)[`$${leaf}`] = module;
    return module;
  }

  private loadTop(name: string, main: boolean): PyObject {
    if (this.has(name) && !OVERRIDABLE.has(name)) return this.builtin(name);
    // The one module that is builtin whatever name it goes by.
    if (name === 'usys') return this.builtin('sys');
    for (const entry of this.directories()) {
      const module = this.find(entry.py_str(), name, name, main);
      if (module !== undefined) return module;
    }
    if (this.has(name)) return this.builtin(name);
    const plain = withoutOldPrefix(name);
    return plain !== undefined && OVERRIDABLE.has(plain) && this.has(plain) ? this.builtin(plain) : noModule(name);
  }

  private has(name: string): boolean {
    return Object.hasOwn(this.table, name) && this.table[name] !== undefined;
  }

  /** What a builtin module has by a name, whether it was imported or not. */
  builtinAttribute(module: string, name: string): PyObject | undefined {
    return this.has(module) ? findAttribute(this.builtin(module), name) : undefined;
  }

  private builtin(name: string): PyObject {
    let module = this.made.get(name);
    if (module === undefined) {
      module = (this.table[name] as NonNullable<ModuleTable[string]>)(this.interpreter);
      this.made.set(name, module);
    }
    return module;
  }

  /** A module or package in a directory; `.frozen` begins the names of those that are shipped. */
  private find(directory: string, leaf: string, name: string, main: boolean): PyObject | undefined {
    if (directory === '.frozen') return this.frozen(leaf, name, main);
    if (directory.startsWith('.frozen/')) return this.frozen(`${directory.slice(8)}/${leaf}`, name, main);
    const { vfs } = this.interpreter;
    const at = directory === '' ? leaf : `${directory.endsWith('/') ? directory.slice(0, -1) : directory}/${leaf}`;
    if (vfs.importStat(at) === 'directory') {
      const module = this.register(name, false);
      (module as unknown as Attributes).$__path__ = at;
      const init = `${at}/__init__.py`;
      if (vfs.importStat(init) === 'file') this.execute(module, name, init, () => this.interpreter.readSource(init));
      return module;
    }
    const file = `${at}.py`;
    if (vfs.importStat(file) === 'file') return this.run(name, main, file, () => this.interpreter.readSource(file));
    const compiled = `${at}.mpy`;
    if (vfs.importStat(compiled) !== 'file') return undefined;
    return this.run(name, main, compiled, () => {
      readFile(vfs, compiled);
      // It holds the code of MicroPython's own machine, of which there is none here.
      return raise('ValueError', 'incompatible .mpy file');
    });
  }

  private frozen(path: string, name: string, main: boolean): PyObject | undefined {
    const read = this.interpreter.options.frozen;
    if (read === undefined) return undefined;
    const init = `${path}/__init__.py`;
    const asPackage = read(init);
    if (asPackage !== undefined) {
      const module = this.register(name, false);
      (module as unknown as Attributes).$__path__ = `.frozen/${path}`;
      this.execute(module, name, init, () => asPackage);
      return module;
    }
    const file = `${path}.py`;
    const source = read(file);
    return source === undefined ? undefined : this.run(name, main, file, () => source);
  }

  private run(name: string, main: boolean, file: string, read: () => string): PyModule {
    const module = this.register(name, main);
    this.execute(module, name, file, read);
    return module;
  }

  private register(name: string, main: boolean): PyModule {
    if (main) {
      const module = this.interpreter.main;
      (module as unknown as Attributes).$__main__ = name;
      this.modules.set(name, module);
      return module;
    }
    const module = new PyModule(name);
    this.modules.set(name, module);
    return module;
  }

  private execute(module: PyModule, name: string, file: string, read: () => string): void {
    const { interpreter } = this;
    (module as unknown as Attributes).$__file__ = file;
    try {
      interpreter.execute(interpreter.compile(read(), file), module);
    } catch (e) {
      if (this.modules.get(name) !== undefined) this.modules.py_delitem(name);
      throw e;
    }
  }
}

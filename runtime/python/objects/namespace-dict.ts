/** Dicts that show a namespace: a module's globals, live both ways, and copies of what instances and classes hold. */
import { heap } from './heap';
import { lookAtHeap } from './running';
import { type Attributes, type PyObject } from './object';
import { HashMap } from './hash-map';
import { PyDict, fixedDict } from './dict';
import { globalsDict } from './function';
import { PyModule, moduleDict } from './module';
import { instanceDict } from './instance';
import { typeDict } from '../interpreter/attributes';

/** The names of a module as the map of a dict; keys that are no str are kept beside them. */
class NamespaceMap extends HashMap {
  private readonly names: Attributes;
  private readonly others = new HashMap();

  constructor(readonly module: PyModule) {
    super();
    this.names = module as unknown as Attributes;
    this.plain = false;
  }

  override get size(): number {
    return nameCount(this.names) + this.others.size;
  }

  override get(key: PyObject): PyObject | undefined {
    return typeof key === 'string' ? this.names[`$${key}`] : this.others.get(key);
  }

  override has(key: PyObject): boolean {
    return this.get(key) !== undefined;
  }

  override set(key: PyObject, value: PyObject): void {
    if (--heap.left < 0 && heap.locked === 0) lookAtHeap();
    if (typeof key === 'string') this.module.py_setattr(key, value);
    else this.others.set(key, value);
  }

  override remove(key: PyObject): PyObject | undefined {
    if (typeof key !== 'string') return this.others.remove(key);
    const value = this.get(key);
    if (value !== undefined) this.module.py_delattr(key);
    return value;
  }

  override takeFirst(): [PyObject, PyObject] {
    const first = this.entries().next().value as [PyObject, PyObject];
    this.remove(first[0]);
    return first;
  }

  override clear(): void {
    for (const [name] of namesOf(this.names)) this.module.py_delattr(name as string);
    this.others.clear();
  }

  override keys(): IterableIterator<PyObject> {
    return Array.from(this.entries(), ([key]) => key).values();
  }

  override values(): IterableIterator<PyObject> {
    return Array.from(this.entries(), ([, value]) => value).values();
  }

  override entries(): IterableIterator<[PyObject, PyObject]> {
    return [...namesOf(this.names), ...this.others.entries()].values();
  }

  override find(key: PyObject): PyObject | undefined {
    return this.has(key) ? key : undefined;
  }
}

/** The names and values that an object holds itself, in the order of their coming. */
function namesOf(holder: object): [PyObject, PyObject][] {
  const found: [PyObject, PyObject][] = [];
  for (const key of Object.keys(holder)) {
    if (!key.startsWith('$')) continue;
    const value = (holder as Attributes)[key] as PyObject | undefined;
    if (value !== undefined) found.push([key.slice(1), value]);
  }
  return found;
}

function nameCount(holder: Attributes): number {
  let count = 0;
  for (const key of Object.keys(holder)) if (key.startsWith('$') && holder[key] !== undefined) count++;
  return count;
}

const dictOf = new WeakMap<PyModule, PyDict>();

/** The dict that shows a module's names; always the same one for a module. */
export function namespaceDict(module: PyModule): PyDict {
  let dict = dictOf.get(module);
  if (dict === undefined) dictOf.set(module, (dict = new PyDict(new NamespaceMap(module))));
  return dict;
}

/** The module whose names `dict` shows. A plain dict becomes one that shows a new, nameless module: it stays itself. */
export function becomeNamespace(dict: PyDict): PyModule {
  const { hm } = dict;
  if (hm instanceof NamespaceMap) return hm.module;
  const module = new PyModule('');
  (module as unknown as Attributes).$__name__ = undefined;
  const namespace = new NamespaceMap(module);
  for (const [key, value] of hm.entries()) namespace.set(key, value);
  dict.hm = namespace;
  dictOf.set(module, dict);
  return module;
}

moduleDict.make = (module) => namespaceDict(module as PyModule);
globalsDict.make = (globals) => namespaceDict(globals as PyModule);
instanceDict.make = (instance) => fixedDict(namesOf(instance));
typeDict.make = (type) => fixedDict(namesOf(type.table));

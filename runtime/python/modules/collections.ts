/** The collections module: deque, namedtuple and OrderedDict. */
import { unsupportedUnary } from '../interpreter/operators';
import { orderedDictType } from '../objects/dict';
import { lookUp } from '../objects/running';
import { BuiltinIterator } from '../objects/iterator';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, ObjectBase, define, type PyIterator, type PyObject } from '../objects/object';
import { countMessage, exception, indexError, raise, typeError } from '../objects/raise';
import { itemIndex, machineInt } from '../objects/slice';
import { PyTuple, joinRepr, tupleType, itemsOf } from '../objects/tuple';
import { defineType, type PyType } from '../objects/type';
import type { KeywordArgument } from '../interpreter/signature';
import { textArgument } from './arguments';

// ---- deque

const FLAG_CHECK_OVERFLOW = 1;

/** A ring with room for `alloc - 1` items. When it is full, a new item pushes out the one at the other end. */
class PyDeque extends ObjectBase {
  override py_hash(): number {
    return unsupportedUnary('__hash__', this);
  }

  private readonly alloc: number;
  private readonly items: PyObject[] = [];
  private get = 0;
  private put = 0;

  constructor(
    maxlen: number,
    private readonly checkOverflow: boolean,
  ) {
    super();
    this.alloc = maxlen + 1;
  }

  private after(at: number): number {
    return at + 1 === this.alloc ? 0 : at + 1;
  }

  private before(at: number): number {
    return at === 0 ? this.alloc - 1 : at - 1;
  }

  append(item: PyObject): void {
    const next = this.after(this.put);
    if (this.checkOverflow && next === this.get) throw indexError('full');
    this.items[this.put] = item;
    this.put = next;
    if (this.get === next) this.get = this.after(this.get);
  }

  appendleft(item: PyObject): void {
    const next = this.before(this.get);
    if (this.checkOverflow && next === this.put) throw indexError('full');
    this.get = next;
    this.items[next] = item;
    if (this.put === next) this.put = this.before(this.put);
  }

  popleft(): PyObject {
    if (this.get === this.put) throw indexError('empty');
    const item = this.items[this.get] as PyObject;
    this.items[this.get] = None;
    this.get = this.after(this.get);
    return item;
  }

  pop(): PyObject {
    if (this.get === this.put) throw indexError('empty');
    this.put = this.before(this.put);
    const item = this.items[this.put] as PyObject;
    this.items[this.put] = None;
    return item;
  }

  extend(items: PyObject): void {
    const it = items.py_iter();
    for (let item = it.n(); item !== undefined; item = it.n()) {
      this.append(item);
      lookUp();
    }
  }

  /** The item at a place of the ring and the place after it, or undefined at the end. */
  draw(at: number): [item: PyObject, next: number] | undefined {
    return at === this.put ? undefined : [this.items[at] as PyObject, this.after(at)];
  }

  override py_len(): number {
    const length = this.put - this.get;
    return length < 0 ? length + this.alloc : length;
  }

  override py_truth(): boolean {
    return this.get !== this.put;
  }

  private place(key: PyObject): number {
    const at = this.get + itemIndex(this.cls, key, this.py_len());
    return at >= this.alloc ? at - this.alloc : at;
  }

  override py_getitem(key: PyObject): PyObject {
    return this.items[this.place(key)] as PyObject;
  }

  override py_setitem(key: PyObject, value: PyObject): void {
    this.items[this.place(key)] = value;
  }

  override py_iter(): PyIterator {
    return new DequeIterator(this, this.get);
  }
}

class DequeIterator extends BuiltinIterator {
  constructor(
    private readonly deque: PyDeque,
    private at: number,
  ) {
    super();
  }

  n(): PyObject | undefined {
    const drawn = this.deque.draw(this.at);
    if (drawn === undefined) return undefined;
    this.at = drawn[1];
    return drawn[0];
  }
}

function deque_make(items: PyObject, maxlen: PyObject, flags?: PyObject): PyObject {
  const length = machineInt(maxlen);
  if (length < 0) throw exception('ValueError');
  const deque = new PyDeque(length, flags !== undefined && (machineInt(flags) & FLAG_CHECK_OVERFLOW) !== 0);
  deque.extend(items);
  return deque;
}

const nothing =
  <T>(f: (self: PyDeque, x: T) => void) =>
  (self: PyDeque, x: T): PyObject => {
    f(self, x);
    return None;
  };

const dequeType = defineType({
  name: 'deque',
  proto: PyDeque.prototype,
  make: ['deque(iterable, maxlen, flags=0, /)', deque_make],
  methods: [
    ['append(self, item, /)', nothing<PyObject>((self, item) => { self.append(item); })],
    ['appendleft(self, item, /)', nothing<PyObject>((self, item) => { self.appendleft(item); })],
    ['extend(self, iterable, /)', nothing<PyObject>((self, items) => { self.extend(items); })],
    ['pop(self, /)', (self: PyDeque) => self.pop()],
    ['popleft(self, /)', (self: PyDeque) => self.popleft()],
  ],
}); // prettier-ignore

// ---- namedtuple

/** Base of the instances of every named tuple. */
abstract class PyNamedTuple extends PyTuple {
  abstract readonly fields: readonly string[];

  override py_getattr(name: string): PyObject | undefined {
    const at = this.fields.indexOf(name);
    if (at >= 0) return this.la[at];
    return super.py_getattr(name);
  }

  override py_setattr(): void {
    raise('AttributeError', "can't set attribute");
  }

  override py_delattr(): void {
    raise('AttributeError', "can't set attribute");
  }

  override py_repr(): string {
    const items = this.fields.map((name, i) => `${name}=${joinRepr([this.la[i] as PyObject])}`);
    return `${this.cls.typeName}(${items.join(', ')})`;
  }
}

/** Puts positional and keyword arguments in the order of the fields. */
function bindFields(
  name: string,
  fields: readonly string[],
  args: readonly PyObject[],
  keywords: readonly KeywordArgument[],
): PyObject[] {
  const given = args.length + keywords.length;
  if (given !== fields.length) {
    throw typeError(countMessage(name, fields.length, given));
  }
  const items = [...args];
  for (const [field, value] of keywords) {
    const at = fields.indexOf(field);
    if (at < 0) throw typeError(`unexpected keyword argument '${field}'`);
    if (items[at] !== undefined) throw typeError(`function got multiple values for argument '${field}'`);
    items[at] = value;
  }
  return items;
}

function collections_namedtuple(nameObject: PyObject, fieldsObject: PyObject): PyObject {
  const name = textArgument(nameObject);
  const listed = typeof fieldsObject === 'string' ? fieldsObject.split(/\s+/).filter((f) => f !== '') : fieldsObject;
  const fields = Array.isArray(listed) ? listed : sequenceItems(listed).map(textArgument);
  class Kind extends PyNamedTuple {
    get fields(): readonly string[] {
      return fields;
    }
  }
  const type: PyType = defineType({
    name,
    proto: Kind.prototype,
    base: tupleType,
    make: [
      'namedtuple(*args, **kwargs)',
      (args: readonly PyObject[], keywords: readonly KeywordArgument[]) =>
        new Kind(bindFields(name, fields, args, keywords)),
    ],
  });
  // Reading a field finds it at once.
  fields.forEach((field, i) => {
    Object.defineProperty(Kind.prototype, `$${field}`, {
      configurable: true,
      get(this: PyNamedTuple) {
        return this.la[i];
      },
    });
  });
  define(Kind.prototype, 'nostore', true);
  return type;
}

/** The items of a list or tuple; other things are none. */
function sequenceItems(value: PyObject): PyObject[] {
  const source = value.native ?? value;
  if (source.la === undefined) throw typeError(`object '${value.cls.typeName}' isn't a tuple or list`);
  return itemsOf(source);
}

const rows: readonly ModuleRow[] = [
  ['deque', dequeType, 'value'],
  ['namedtuple(name, fields, /)', collections_namedtuple],
  ['OrderedDict', orderedDictType, 'value'],
];

export function createCollections(): PyModule {
  return defineModule('collections', rows);
}

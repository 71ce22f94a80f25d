/** enumerate, zip, map, filter and reversed. */
import { None, type PyFunction, type PyIterator, type PyObject } from './object';
import { wrongCount } from './raise';
import { heap } from './heap';
import { BuiltinIterator, iteratorMethods } from './iterator';
import { defineType } from './type';
import { callable } from '../interpreter/call';
import { truth } from '../interpreter/operators';
import { lookAtHeap, lookUp } from './running';
import { machineInt } from './slice';
import { PyTuple } from './tuple';

/** Draws from other iterators, and returns what the one returned that came to its end. */
abstract class DrawingIterator extends BuiltinIterator {
  constructor() {
    super();
    if (--heap.left < 0) lookAtHeap();
  }

  private ended: PyIterator | undefined;

  get result(): PyObject {
    return (this.ended as { result?: PyObject } | undefined)?.result ?? None;
  }

  protected end(source: PyIterator): undefined {
    this.ended = source;
    return undefined;
  }
}

// ---- enumerate

class PyEnumerate extends DrawingIterator {
  constructor(
    private readonly source: PyIterator,
    private at: number,
  ) {
    super();
  }

  n(): PyObject | undefined {
    const item = this.source.n();
    return item === undefined ? this.end(this.source) : new PyTuple([this.at++, item]);
  }
}

function enumerate_make(items: PyObject, start?: PyObject): PyObject {
  const first = start === undefined ? 0 : machineInt(start);
  return new PyEnumerate(items.py_iter(), first);
}

export const enumerateType = defineType({
  name: 'enumerate',
  proto: PyEnumerate.prototype,
  make: ['enumerate(iterable, start=0)', enumerate_make],
  methods: iteratorMethods,
});

// ---- zip

class PyZip extends DrawingIterator {
  constructor(private readonly sources: readonly PyIterator[]) {
    super();
  }

  n(): PyObject | undefined {
    const { sources } = this;
    if (sources.length === 0) return undefined;
    const items: PyObject[] = [];
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i] as PyIterator;
      const item = source.n();
      if (item === undefined) return this.end(source);
      items.push(item);
    }
    return new PyTuple(items);
  }
}

const iterators = (iterables: readonly PyObject[]): PyIterator[] => iterables.map((x) => x.py_iter());

const zip_make = (iterables: readonly PyObject[]): PyObject => new PyZip(iterators(iterables));

export const zipType = defineType({
  name: 'zip',
  proto: PyZip.prototype,
  make: ['zip(*iterables)', zip_make],
  methods: iteratorMethods,
});

// ---- map

class PyMap extends DrawingIterator {
  private called: PyFunction | undefined;

  constructor(
    private readonly callee: PyObject,
    private readonly source: PyIterator,
    private readonly others: readonly PyIterator[],
  ) {
    super();
  }

  n(): PyObject | undefined {
    const { others } = this;
    const first = this.source.n();
    if (first === undefined) return this.end(this.source);
    const f = (this.called ??= callable(this.callee));
    if (others.length === 0) return f(first);
    const args = [first];
    for (let i = 0; i < others.length; i++) {
      const other = others[i] as PyIterator;
      const item = other.n();
      if (item === undefined) return this.end(other);
      args.push(item);
    }
    return f(...args);
  }
}

const map_make = (f: PyObject, items: PyObject, others: readonly PyObject[]): PyObject =>
  new PyMap(f, items.py_iter(), iterators(others));

export const mapType = defineType({
  name: 'map',
  proto: PyMap.prototype,
  make: ['map(function, iterable, /, *iterables)', map_make],
  methods: iteratorMethods,
});

// ---- filter

class PyFilter extends DrawingIterator {
  private called: PyFunction | undefined;

  constructor(
    private readonly callee: PyObject,
    private readonly source: PyIterator,
  ) {
    super();
  }

  n(): PyObject | undefined {
    const { source, callee } = this;
    for (let item = source.n(); item !== undefined; item = source.n()) {
      lookUp();
      if (callee === None) {
        if (truth(item)) return item;
      } else if (truth((this.called ??= callable(callee))(item))) return item;
    }
    return this.end(source);
  }
}

const filter_make = (f: PyObject, items: PyObject): PyObject => new PyFilter(f, items.py_iter());

export const filterType = defineType({
  name: 'filter',
  proto: PyFilter.prototype,
  make: ['filter(function, iterable, /)', filter_make],
  methods: iteratorMethods,
});

// ---- reversed

class PyReversed extends BuiltinIterator {
  constructor(
    private readonly sequence: PyObject,
    private left: number,
  ) {
    super();
    if (--heap.left < 0) lookAtHeap();
  }

  n(): PyObject | undefined {
    if (this.left === 0) return undefined;
    this.left--;
    const { la } = this.sequence;
    return la === undefined || this.left >= la.length ? this.sequence.py_getitem(this.left) : la[this.left];
  }
}

function reversed_make(sequence: PyObject): PyObject {
  if (arguments.length !== 1) wrongCount(arguments.length, 1);
  const method = (sequence as { __reversed__$?: PyFunction }).__reversed__$;
  return method === undefined ? new PyReversed(sequence, sequence.py_len()) : method(sequence);
}

export const reversedType = defineType({
  name: 'reversed',
  proto: PyReversed.prototype,
  make: ['reversed(sequence, /)', reversed_make, 'direct'],
  methods: iteratorMethods,
});

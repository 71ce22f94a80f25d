/** Measures what a program holds on to, as MicroPython on a 32-bit board would: every object that names lead to, by its size there. */
import { encodeUtf8 } from '../../bytes/utf8';
import { PyBytes } from '../objects/bytes';
import { PyArray } from '../objects/array';
import { PyComplex } from '../objects/complex';
import { PyDict } from '../objects/dict';
import { PyFloat } from '../objects/float';
import { codeOf } from '../objects/function';
import { HashMap } from '../objects/hash-map';
import { PyList } from '../objects/list';
import { BuiltinModule, PyModule } from '../objects/module';
import { ObjectBase } from '../objects/object';
import { PySetBase } from '../objects/set';
import { PyTuple } from '../objects/tuple';
import type { PyType } from '../objects/type';

/** The heap is given out in blocks. */
export const BLOCK = 16;
const WORD = 4;

export const blocks = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK;

/** What an object takes besides its items, and the least number of places a table or list is made with. */
const HEADER = 16;
const LEAST_PLACES = 4;
/** A function with its bytecode, a class, a generator with its frame: as they are on average. */
const FUNCTION = 96;
const CLASS = 80;
const GENERATOR = 96;
const OTHER = 32;
/** Ints beyond these are objects. */
const SMALL_INT = 2 ** 30;

/** What was found: bytes of buffers (bytearrays, arrays, bytes) and of all else. */
export interface Measure {
  buffers: number;
  rest: number;
}

class Walk {
  readonly measure: Measure = { buffers: 0, rest: 0 };
  private readonly seen = new Set<unknown>();
  private readonly waiting: unknown[] = [];

  constructor(roots: Iterable<unknown>) {
    for (const root of roots) this.add(root);
  }

  /** Goes on until all is seen, or more than `enough` bytes. */
  run(enough: number): Measure {
    const { measure, waiting } = this;
    while (waiting.length > 0 && measure.buffers + measure.rest <= enough) this.visit(waiting.pop());
    return measure;
  }

  private add(x: unknown): void {
    switch (typeof x) {
      case 'number':
        if (!(x >= -SMALL_INT && x < SMALL_INT)) this.measure.rest += 2 * BLOCK;
        return;
      case 'bigint':
        this.measure.rest += HEADER + blocks(x.toString(16).length / 2);
        return;
      case 'string':
        if (this.seen.has(x)) return;
        this.seen.add(x);
        this.measure.rest += HEADER + blocks((x.length < 64 ? encodeUtf8(x).length : x.length) + 1);
        return;
      case 'object':
      case 'function':
        if (x === null || this.seen.has(x)) return;
        this.seen.add(x);
        this.waiting.push(x);
        return;
      default:
    }
  }

  private visit(x: unknown): void {
    if (typeof x === 'function') this.visitFunction(x);
    else if (x instanceof PyFloat || x instanceof PyComplex) this.measure.rest += BLOCK;
    else if (x instanceof PyTuple) this.items(x.la, 2 * WORD);
    else if (x instanceof PyList) {
      this.measure.rest += HEADER;
      this.items(x.la, 0, LEAST_PLACES);
    } else if (x instanceof PyDict) this.table(x.hm, 2);
    else if (x instanceof PySetBase) this.table(x.hm, 1);
    else if (x instanceof PyBytes) this.measure.buffers += HEADER + blocks(x.bytes.length + 1);
    else if (x instanceof PyArray) this.measure.buffers += HEADER + blocks(x.data.length);
    else if (x instanceof PyModule) this.visitModule(x);
    else if (x instanceof ObjectBase) this.visitObject(x);
  }

  private items(items: readonly unknown[], before: number, least = 0): void {
    this.measure.rest += blocks(before + WORD * Math.max(items.length, least));
    for (const item of items) this.add(item);
  }

  private table(map: HashMap, words: number): void {
    this.measure.rest += HEADER + blocks(WORD * words * Math.max(map.size, LEAST_PLACES));
    for (const [key, value] of map.entries()) {
      this.add(key);
      this.add(value);
    }
  }

  /** A module in the firmware takes no memory. */
  private visitModule(module: PyModule): void {
    if (module instanceof BuiltinModule) return;
    this.measure.rest += HEADER;
    this.names(module);
  }

  /** Builtin functions and types take no memory. */
  private visitFunction(f: object): void {
    if ((f as Partial<PyType>).user === true) {
      this.measure.rest += CLASS;
      this.names((f as PyType).table);
    } else if (codeOf(f as never) !== undefined) {
      this.measure.rest += FUNCTION;
      for (const value of (f as { defaults?: readonly unknown[] }).defaults ?? []) this.add(value);
    }
  }

  /** Attributes, and what an object of the library keeps in its fields. */
  private visitObject(x: object): void {
    const isGenerator = 'resume' in x;
    this.measure.rest += isGenerator ? GENERATOR : HEADER;
    const places = this.names(x);
    if (places === 0 && !isGenerator) this.measure.rest += OTHER - HEADER;
  }

  /** The own properties that are Python's values, arrays of them, or tables; gives their number. */
  private names(holder: object): number {
    let places = 0;
    for (const key of Object.keys(holder)) {
      const value = (holder as Record<string, unknown>)[key];
      if (key.startsWith('$')) places++;
      if (Array.isArray(value)) this.items(value, 0);
      else if (value instanceof HashMap) this.table(value, 2);
      else if (value instanceof ObjectBase || typeof value !== 'object') this.add(value);
    }
    if (places > 0) this.measure.rest += blocks(2 * WORD * Math.max(places, LEAST_PLACES));
    return places;
  }
}

/** Measures what `roots` lead to; not much further than `enough` bytes. */
export function measure(roots: Iterable<unknown>, enough = Infinity): Measure {
  return new Walk(roots).run(enough);
}

/** micropython.RingIO: a ring of bytes of a fixed size that is a stream at both ends. */
import type { PyIterator, PyObject } from '../objects/object';
import { exception, typeError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { defineType, type PyType } from '../objects/type';
import { newBytes } from '../objects/array';
import { Poll, PyStream, streamMethods } from './stream';

/** Lengths of the memory behind a ring; one byte of it always stays free. */
const SMALLEST = 2;
const LARGEST = 0xffff;

class PyRingIO extends PyStream {
  readonly isText = false;
  private from = 0;
  private count = 0;

  constructor(private readonly memory: Uint8Array) {
    super();
  }

  get any(): number {
    return this.count;
  }

  private get free(): number {
    return this.memory.length - 1 - this.count;
  }

  override readInto(buffer: Uint8Array): number {
    const { memory, from } = this;
    const size = Math.min(buffer.length, this.count);
    const straight = Math.min(size, memory.length - from);
    buffer.set(memory.subarray(from, from + straight));
    buffer.set(memory.subarray(0, size - straight), straight);
    this.from = (from + size) % memory.length;
    this.count -= size;
    return size;
  }

  override writeSome(data: Uint8Array): number {
    const { memory } = this;
    const size = Math.min(data.length, this.free);
    const to = (this.from + this.count) % memory.length;
    const straight = Math.min(size, memory.length - to);
    memory.set(data.subarray(0, straight), to);
    memory.set(data.subarray(straight, size));
    this.count += size;
    return size;
  }

  override poll(asked: number): number {
    return asked & ((this.count > 0 ? Poll.read : 0) | (this.free > 0 ? Poll.write : 0));
  }

  override py_iter(): PyIterator {
    throw typeError("'RingIO' object isn't iterable");
  }

  override py_repr(): string {
    return '<RingIO>';
  }
}

/** `RingIO(size)` has memory of its own, `RingIO(buffer)` uses the buffer's. */
function ringIO_make(given: PyObject): PyObject {
  const buffer = given.py_buffer();
  const memory = buffer === undefined || buffer.readonly ? newBytes(machineInt(given) + 1) : buffer.bytes;
  if (memory.length < SMALLEST || memory.length > LARGEST) throw exception('ValueError');
  return new PyRingIO(memory);
}

export const ringIOType: PyType = defineType({
  name: 'RingIO',
  proto: PyRingIO.prototype,
  make: ['RingIO(size, /)', ringIO_make],
  methods: [
    ['any(self, /)', (self: PyRingIO) => self.any],
    ...streamMethods('read', 'readline', 'readinto', 'write', 'close'),
  ],
});

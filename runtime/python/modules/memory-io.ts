/** StringIO and BytesIO: streams in memory. */
import { makeBytes } from '../objects/bytes';
import { intOperand } from '../objects/int';
import type { PyObject } from '../objects/object';
import { valueError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { decodeText } from '../objects/str-methods';
import { defineType, type MethodRow, type PyType } from '../objects/type';
import { makeStr } from '../objects/wide-str';
import { identityHash } from '../interpreter/operators';
import { SEEK_CUR, SEEK_END, SEEK_SET, type Whence } from '../../vfs/filesystem';
import { bytesArgument } from './arguments';
import { Poll, PyStream, streamMethods } from './stream';

abstract class MemoryStream extends PyStream {
  /** The content is the first `length` bytes; null once closed. */
  private data: Uint8Array | null;
  private length: number;
  private position = 0;
  /** Whether `data` belongs to an immutable object: it is copied before it is written to. */
  private borrowed: boolean;

  constructor(initial: PyObject | undefined) {
    super();
    const bytes = initialBytes(initial);
    this.borrowed = initial?.py_buffer()?.readonly === true;
    this.data = this.borrowed ? bytes : bytes.slice();
    this.length = bytes.length;
  }

  private open(): Uint8Array {
    if (this.data === null) throw valueError('I/O operation on closed file');
    return this.data;
  }

  get value(): Uint8Array {
    return this.open().slice(0, this.length);
  }

  override readInto(buffer: Uint8Array): number {
    const data = this.open();
    const from = this.position;
    const count = Math.min(buffer.length, Math.max(0, this.length - from));
    buffer.set(data.subarray(from, from + count));
    this.position += count;
    return count;
  }

  override writeSome(bytes: Uint8Array): number {
    let data = this.open();
    const end = this.position + bytes.length;
    if (end > data.length) {
      const grown = new Uint8Array(Math.max(end, data.length * 2));
      grown.set(data.subarray(0, this.length));
      this.data = data = grown;
    } else if (this.borrowed) this.data = data = data.slice();
    this.borrowed = false;
    // What lies between the end and a position beyond it becomes zeros.
    if (this.position > this.length) data.fill(0, this.length, this.position);
    data.set(bytes, this.position);
    this.position = end;
    if (end > this.length) this.length = end;
    return bytes.length;
  }

  override seek(offset: number, whence: Whence): number {
    this.open();
    const base = whence === SEEK_SET ? 0 : whence === SEEK_CUR ? this.position : whence === SEEK_END ? this.length : 0;
    this.position = Math.max(0, base + offset);
    return this.position;
  }

  override close(): void {
    this.data = null;
  }

  override poll(asked: number): number {
    return asked & (Poll.read | Poll.write);
  }

  override py_repr(): string {
    return `<io.${this.cls.typeName} 0x${identityHash(this).toString(16)}>`;
  }
}

class PyStringIO extends MemoryStream {
  readonly isText = true;
}

class PyBytesIO extends MemoryStream {
  readonly isText = false;
}

/** The first bytes of a stream in memory; an int says how much room it will need. */
function initialBytes(initial: PyObject | undefined): Uint8Array {
  if (initial === undefined) return new Uint8Array(0);
  if (intOperand(initial) !== undefined) {
    machineInt(initial);
    return new Uint8Array(0);
  }
  return bytesArgument(initial);
}

const methods: readonly MethodRow[] = streamMethods(
  'read', 'readinto', 'readline', 'write', 'seek', 'tell', 'flush', 'close', '__enter__', '__exit__',
); // prettier-ignore

export const stringIOType: PyType = defineType({
  name: 'StringIO',
  proto: PyStringIO.prototype,
  make: ['StringIO(*args)', (args: readonly PyObject[]) => new PyStringIO(args[0])],
  methods: [...methods, ['getvalue(self, /)', (self: PyStringIO) => makeStr(decodeText(self.value))]],
});

export const bytesIOType: PyType = defineType({
  name: 'BytesIO',
  proto: PyBytesIO.prototype,
  make: ['BytesIO(*args)', (args: readonly PyObject[]) => new PyBytesIO(args[0])],
  methods: [...methods, ['getvalue(self, /)', (self: PyBytesIO) => makeBytes(self.value)]],
});

/** Streams: what files, StringIO, the standard streams and streams written in Python have in common. */
import { makeBytes } from '../objects/bytes';
import { newBytes } from '../objects/array';
import { PyList } from '../objects/list';
import { None, ObjectBase, type PyIterator, type PyObject } from '../objects/object';
import { exception, osError, typeError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { decodeText } from '../objects/str-methods';
import { makeStr } from '../objects/wide-str';
import type { MethodRow } from '../objects/type';
import { Errno } from '../../vfs/errno';
import type { Whence } from '../../vfs/filesystem';

/** What `readInto` and `writeSome` give when nothing can be had without waiting. */
export const WOULD_BLOCK = -1;

/** What `poll` is asked, and answers, in bits; the numbers are those of the stream protocol. */
export const Poll = { read: 1, write: 4, error: 8, hangUp: 16, invalid: 32 } as const;

const CHUNK = 256;
const NEWLINE = 10;

/**
 * A stream. The operations below `readInto` are what Python's methods are made of; they raise OSError or ValueError.
 * A kind that cannot do something inherits the one that raises.
 */
export abstract class PyStream extends ObjectBase implements PyIterator {
  /** Python sees str and not bytes. */
  abstract readonly isText: boolean;

  /** Reads at most `buffer.length` bytes; how many, 0 at the end, or `WOULD_BLOCK`. */
  readInto(_buffer: Uint8Array): number {
    throw unsupported();
  }

  /** Writes bytes; how many, or `WOULD_BLOCK`. */
  writeSome(_data: Uint8Array): number {
    throw unsupported();
  }

  /** Moves the position and returns it. */
  seek(_offset: number, _whence: Whence): number {
    throw osError(Errno.EINVAL);
  }

  flush(): void {
    // Most streams hold nothing back.
  }

  close(): void {
    // Most streams have nothing to give back.
  }

  /** Which of the asked `Poll` bits are so now. */
  poll(_asked: number): number {
    throw osError(Errno.EINVAL);
  }

  /** Called once by what reads source files from the stream. */
  prepareForReader(): void {
    // Only streams written in Python want to know.
  }

  n(): PyObject | undefined {
    const line = stream_readline(this);
    return line === None || line.py_len() === 0 ? undefined : line;
  }

  override py_iter(): PyIterator {
    return this;
  }
}

export const unsupported = (): PyObject => exception('OSError', 'stream operation not supported');

/** The value of bytes that were read. */
function content(stream: PyStream, bytes: Uint8Array): PyObject {
  return stream.isText ? makeStr(decodeText(bytes)) : makeBytes(bytes);
}

/** Reads until `buffer` is full or the stream ends; `WOULD_BLOCK` when nothing came at all. */
export function readExactly(stream: PyStream, buffer: Uint8Array): number {
  let done = 0;
  while (done < buffer.length) {
    const count = stream.readInto(done === 0 ? buffer : buffer.subarray(done));
    if (count === WOULD_BLOCK) return done === 0 ? WOULD_BLOCK : done;
    if (count === 0) break;
    done += count;
  }
  return done;
}

/** Writes everything; how much was written, or `WOULD_BLOCK`. */
export function writeExactly(stream: PyStream, data: Uint8Array): number {
  let done = 0;
  while (done < data.length) {
    const count = stream.writeSome(done === 0 ? data : data.subarray(done));
    if (count === WOULD_BLOCK) return done === 0 ? WOULD_BLOCK : done;
    if (count === 0) break;
    done += count;
  }
  return done;
}

/** Bytes as they come in, in an array that grows. */
class Collector {
  private bytes = new Uint8Array(CHUNK);
  length = 0;

  /** Room for `count` more. */
  room(count: number): Uint8Array {
    if (this.length + count > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    return this.bytes.subarray(this.length, this.length + count);
  }

  at(index: number): number {
    return this.bytes[index] as number;
  }

  get all(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Everything that is left; undefined when nothing can be had without waiting. */
export function readAll(stream: PyStream): Uint8Array | undefined {
  const collected = new Collector();
  for (let size = CHUNK; ; size = Math.min(size * 2, 65536)) {
    const count = stream.readInto(collected.room(size));
    if (count === WOULD_BLOCK && collected.length === 0) return undefined;
    if (count <= 0) return collected.all;
    collected.length += count;
  }
}

/** Bytes of the character that a lead byte begins. */
const sequenceLength = (lead: number): number =>
  lead < 0x80 ? 1 : (lead & 0xe0) === 0xc0 ? 2 : (lead & 0xf0) === 0xe0 ? 3 : (lead & 0xf8) === 0xf0 ? 4 : 5;

/** `count` characters and no byte more, as the stream cannot take bytes back. */
function readCharacters(stream: PyStream, count: number): PyObject {
  const collected = new Collector();
  let missing = count;
  let scanned = 0;
  for (let wanted = count; wanted > 0;) {
    const came = readExactly(stream, collected.room(wanted));
    if (came === WOULD_BLOCK && collected.length === 0) return None;
    if (came <= 0) break;
    collected.length += came;
    wanted = 0;
    while (scanned < collected.length) {
      const length = sequenceLength(collected.at(scanned));
      if (scanned + length > collected.length) {
        wanted = scanned + length - collected.length + missing - 1;
        break;
      }
      scanned += length;
      missing--;
    }
    if (scanned >= collected.length) wanted = missing;
  }
  return content(stream, collected.all);
}

function stream_read(self: PyStream, size?: PyObject): PyObject {
  const count = size === undefined ? -1 : machineInt(size);
  if (count === -1) {
    const bytes = readAll(self);
    return bytes === undefined ? None : content(self, bytes);
  }
  if (self.isText && count >= 0) return readCharacters(self, count);
  const buffer = newBytes(count < 0 ? count + 1 : count);
  const read = readExactly(self, buffer);
  if (read === WOULD_BLOCK) return None;
  return makeBytes(read === count ? buffer : buffer.slice(0, read));
}

function stream_readline(self: PyStream, size?: PyObject): PyObject {
  const limit = size === undefined ? -1 : machineInt(size);
  const collected = new Collector();
  while (limit < 0 || collected.length < limit) {
    const room = collected.room(1);
    const count = self.readInto(room);
    if (count === WOULD_BLOCK && collected.length === 0) return None;
    if (count <= 0) break;
    collected.length++;
    if (room[0] === NEWLINE) break;
  }
  return content(self, collected.all);
}

function stream_readlines(self: PyStream): PyObject {
  const lines: PyObject[] = [];
  for (let line = self.n(); line !== undefined; line = self.n()) lines.push(line);
  return new PyList(lines);
}

function stream_readinto(self: PyStream, target: PyObject, size?: PyObject): PyObject {
  const buffer = target.py_buffer();
  if (buffer === undefined || buffer.readonly) throw typeError('object with buffer protocol required');
  const limit = size === undefined ? -1 : machineInt(size);
  const { bytes } = buffer;
  const count = readExactly(self, limit >= 0 && limit < bytes.length ? bytes.subarray(0, limit) : bytes);
  return count === WOULD_BLOCK ? None : count;
}

/** `write(data)`, `write(data, count)` or `write(data, from, count)`. */
export function stream_write(self: PyStream, data: PyObject, second?: PyObject, third?: PyObject): PyObject {
  const buffer = data.py_buffer();
  if (buffer === undefined) throw typeError('object with buffer protocol required');
  let { bytes } = buffer;
  if (third !== undefined) bytes = bytes.subarray(machineInt(second as PyObject)).subarray(0, machineInt(third));
  else if (second !== undefined && machineInt(second) >= 0) bytes = bytes.subarray(0, machineInt(second));
  const count = writeExactly(self, bytes);
  return count === WOULD_BLOCK ? None : count;
}

function stream_seek(self: PyStream, offset: PyObject, whence?: PyObject): PyObject {
  const to = machineInt(offset);
  const from = whence === undefined ? 0 : machineInt(whence);
  if (from === 0 && to < 0) throw osError(Errno.EINVAL);
  return self.seek(to, from as Whence);
}

export function stream_flush(self: PyStream): PyObject {
  self.flush();
  return None;
}

export function stream_close(self: PyStream): PyObject {
  self.close();
  return None;
}

const ROWS: Readonly<Record<string, MethodRow>> = {
  read: ['read(self, size=-1, /)', stream_read],
  readinto: ['readinto(self, buffer, size=-1, /)', stream_readinto],
  readline: ['readline(self, size=-1, /)', stream_readline],
  readlines: ['readlines(self, /)', stream_readlines],
  write: ['write(self, data, offset=0, size=-1, /)', stream_write],
  seek: ['seek(self, offset, whence=0, /)', stream_seek],
  tell: ['tell(self, /)', (self: PyStream) => self.seek(0, 1)],
  flush: ['flush(self, /)', stream_flush],
  close: ['close(self, /)', stream_close],
  __enter__: ['__enter__(self, /)', (self: PyObject) => self],
  __exit__: ['__exit__(self, type, value, traceback, /)', stream_close],
};

/** Rows of a stream type's method table, by name. */
export const streamMethods = (...names: string[]): MethodRow[] => names.map((name) => ROWS[name] as MethodRow);

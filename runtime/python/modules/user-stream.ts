/** io.IOBase, and how the library uses streams that are written in Python. */
import { PyByteArray } from '../objects/bytes';
import { ObjectBase, type PyObject } from '../objects/object';
import { osError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { defineType } from '../objects/type';
import { call, None } from '../interpreter/operators';
import { getAttribute } from '../interpreter/attributes';
import { Errno } from '../../vfs/errno';
import type { Whence } from '../../vfs/filesystem';
import { PyStream, unsupported, WOULD_BLOCK } from './stream';

/** Requests of a stream's `ioctl`. */
const IOCTL_FLUSH = 1;
const IOCTL_SEEK = 2;
const IOCTL_POLL = 3;
const IOCTL_CLOSE = 4;
const IOCTL_BUFFER_SIZE = 11;

/** `io.IOBase`: nothing but the sign that an object is a stream. */
class PyIOBase extends ObjectBase {}

const singleton = new PyIOBase();

export const ioBaseType = defineType({
  name: 'IOBase',
  proto: PyIOBase.prototype,
  make: ['IOBase(*args, **kwargs)', () => singleton],
});

/** A stream whose `readinto`, `write` and `ioctl` are methods in Python. */
class UserStream extends PyStream {
  readonly isText = false;

  constructor(private readonly object: PyObject) {
    super();
  }

  override readInto(buffer: Uint8Array): number {
    return this.transfer('readinto', buffer);
  }

  override writeSome(data: Uint8Array): number {
    return this.transfer('write', data);
  }

  private transfer(method: string, bytes: Uint8Array): number {
    const result = call(getAttribute(this.object, method), new PyByteArray(bytes));
    if (result === None) return WOULD_BLOCK;
    const count = machineInt(result);
    if (count > bytes.length) throw osError(Errno.EIO);
    if (count < 0) {
      if (count === -Errno.EAGAIN) return WOULD_BLOCK;
      throw osError(-count);
    }
    return count;
  }

  private ioctl(request: number, argument: number): number {
    const result = machineInt(call(getAttribute(this.object, 'ioctl'), request, argument));
    if (result < 0) throw osError(-result);
    return result;
  }

  override seek(_offset: number, _whence: Whence): number {
    return this.ioctl(IOCTL_SEEK, 0);
  }

  override flush(): void {
    this.ioctl(IOCTL_FLUSH, 0);
  }

  override close(): void {
    this.ioctl(IOCTL_CLOSE, 0);
  }

  /** MicroPython asks how much to read at once; any answer, also an error, will do. */
  override prepareForReader(): void {
    call(getAttribute(this.object, 'ioctl'), IOCTL_BUFFER_SIZE, 0);
  }

  override poll(asked: number): number {
    return this.ioctl(IOCTL_POLL, asked);
  }
}

/** The stream that a Python object is; raises OSError for what is none. */
export function streamOf(value: PyObject): PyStream {
  if (value instanceof PyStream) return value;
  if (value.cls.ancestors.has(ioBaseType)) return new UserStream(value);
  if (value.native instanceof PyStream) return value.native;
  throw unsupported();
}

/** Files as Python sees them: TextIOWrapper and FileIO over something that reads and writes bytes. */
import type { PyObject } from '../objects/object';
import { exception, osError, valueError } from '../objects/raise';
import { defineType, type MethodRow } from '../objects/type';
import { identityHash } from '../interpreter/operators';
import { Errno } from '../../vfs/errno';
import { SEEK_CUR, SEEK_SET, type FileHandle, type Whence } from '../../vfs/filesystem';
import { Poll, PyStream, streamMethods } from './stream';

/** What a file reads from and writes to. Errors are Python's or an `FsError`. */
export interface RawFile {
  readInto(buffer: Uint8Array): number;
  write(data: Uint8Array): number;
  seek(offset: number, whence: Whence): number;
  flush(): void;
  close(): void;
  poll(asked: number): number;
  /** The operating system's number; undefined where there is none, −1 when closed. */
  readonly number: number | undefined;
  /** Shown without a number of any kind. */
  readonly isNameless?: boolean;
}

/** A file of a file system, read ahead so that lines and characters need no call each. */
export class StoredFile implements RawFile {
  private readonly buffer = new Uint8Array(4096);
  private at = 0;
  private end = 0;

  constructor(private readonly handle: FileHandle) {}

  private get isHostFile(): boolean {
    return this.handle.fileno !== undefined;
  }

  get number(): number | undefined {
    if (!this.isHostFile) return undefined;
    return this.handle.closed ? -1 : this.handle.fileno?.();
  }

  get isNameless(): boolean {
    return this.handle.isLittle === true;
  }

  private checkOpen(): void {
    if (!this.handle.closed) return;
    if (this.isHostFile) throw valueError('I/O operation on closed file');
    if (this.handle.isLittle === true) throw exception('ValueError');
  }

  readInto(target: Uint8Array): number {
    this.checkOpen();
    if (this.at === this.end) {
      if (target.length >= this.buffer.length) return this.handle.readInto(target);
      this.at = this.end = 0;
      this.end = this.handle.readInto(this.buffer);
    }
    const count = Math.min(target.length, this.end - this.at);
    if (count === 1) target[0] = this.buffer[this.at] as number;
    else target.set(this.buffer.subarray(this.at, this.at + count));
    this.at += count;
    return count;
  }

  /** Forgets what was read ahead, so that the handle stands where the program thinks it is. */
  private settle(): void {
    const ahead = this.end - this.at;
    this.at = this.end = 0;
    if (ahead > 0) this.handle.seek(-ahead, SEEK_CUR);
  }

  write(data: Uint8Array): number {
    this.checkOpen();
    this.settle();
    return this.handle.write(data);
  }

  seek(offset: number, whence: Whence): number {
    this.checkOpen();
    if (whence === SEEK_CUR && offset === 0) return this.handle.seek(0, SEEK_CUR) - (this.end - this.at);
    if (whence !== SEEK_SET) this.settle();
    this.at = this.end = 0;
    return this.handle.seek(offset, whence);
  }

  flush(): void {
    this.checkOpen();
    this.handle.flush();
  }

  close(): void {
    this.at = this.end = 0;
    this.handle.close();
  }

  poll(asked: number): number {
    this.checkOpen();
    if (!this.isHostFile) throw osError(Errno.EINVAL);
    return asked & (Poll.read | Poll.write);
  }
}

/** An open file. */
export abstract class PyFile extends PyStream {
  constructor(
    readonly raw: RawFile,
    /** `sys.stdin.buffer` and its like. */
    readonly buffer?: PyFile,
  ) {
    super();
  }

  override readInto(buffer: Uint8Array): number {
    return this.raw.readInto(buffer);
  }
  override writeSome(data: Uint8Array): number {
    return this.raw.write(data);
  }
  override seek(offset: number, whence: Whence): number {
    return this.raw.seek(offset, whence);
  }
  override flush(): void {
    this.raw.flush();
  }
  override close(): void {
    this.raw.close();
  }
  override poll(asked: number): number {
    return this.raw.poll(asked);
  }

  override py_getattr(name: string): PyObject | undefined {
    if (name === 'buffer' && this.buffer !== undefined) return this.buffer;
    return super.py_getattr(name);
  }

  override py_repr(): string {
    if (this.raw.isNameless) return `<io.${this.cls.typeName}>`;
    return `<io.${this.cls.typeName} ${this.raw.number ?? identityHash(this).toString(16)}>`;
  }
}

export class PyTextFile extends PyFile {
  readonly isText = true;
}

export class PyBinaryFile extends PyFile {
  readonly isText = false;
}

function file_fileno(self: PyFile): PyObject {
  const { number } = self.raw;
  if (number === undefined) throw osError(Errno.EINVAL);
  if (number < 0) throw valueError('I/O operation on closed file');
  return number;
}

const methods: readonly MethodRow[] = [
  ...streamMethods(
    'read', 'readinto', 'readline', 'readlines', 'write', 'seek', 'tell', 'flush', 'close', '__enter__', '__exit__',
  ),
  ['fileno(self, /)', file_fileno],
]; // prettier-ignore

defineType({ name: 'TextIOWrapper', proto: PyTextFile.prototype, methods });
defineType({ name: 'FileIO', proto: PyBinaryFile.prototype, methods });

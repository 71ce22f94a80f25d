/** sys.stdin, sys.stdout and sys.stderr on the interpreter's machine. */
import type { Interpreter } from '../interpreter/interpreter';
import { osError } from '../objects/raise';
import { Errno } from '../../vfs/errno';
import { PyBinaryFile, PyTextFile, type PyFile, type RawFile } from './file';
import { Poll } from './stream';

type StandardNumber = 0 | 1 | 2;

const NEWLINE = 10;
const RETURN = 13;

/** A standard stream of the machine. */
class StandardFile implements RawFile {
  constructor(
    private readonly interpreter: Interpreter,
    readonly number: StandardNumber,
    /** Lines end with `\r\n`, as terminals want it. */
    private readonly cooked: boolean,
  ) {}

  /** Waits for the first byte and then takes what is there; Ctrl-C raises KeyboardInterrupt. */
  readInto(buffer: Uint8Array): number {
    if (this.number !== 0) throw osError(Errno.EBADF);
    const { hal } = this.interpreter;
    if (buffer.length === 0) return 0;
    let byte = hal.readByte();
    while (byte < 0) {
      if (hal.pending[0] === 0) return 0;
      this.interpreter.poll();
      byte = hal.readByte();
    }
    buffer[0] = byte;
    let count = 1;
    while (count < buffer.length && hal.available > 0) {
      byte = hal.readByte();
      if (byte < 0) break;
      buffer[count++] = byte;
    }
    return count;
  }

  write(data: Uint8Array): number {
    const { hal } = this.interpreter;
    if (this.number === 0 && this.interpreter.profile === 'host') throw osError(Errno.EBADF);
    if (this.number === 2) hal.writeError(data);
    else hal.write(this.cooked ? withReturns(data) : data);
    return data.length;
  }

  seek(): number {
    throw osError(this.interpreter.profile === 'host' ? Errno.ESPIPE : Errno.EINVAL);
  }

  flush(): void {
    // The machine sends by itself.
  }

  close(): void {
    // A program that closes its output still has one.
  }

  poll(asked: number): number {
    let ready = 0;
    if (this.number === 0 && (asked & Poll.read) !== 0 && this.interpreter.hal.available > 0) ready |= Poll.read;
    if (this.number !== 0) ready |= asked & Poll.write;
    return ready;
  }
}

function withReturns(data: Uint8Array): Uint8Array {
  if (!data.includes(NEWLINE)) return data;
  const bytes: number[] = [];
  for (const byte of data) {
    if (byte === NEWLINE) bytes.push(RETURN);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** A standard stream as text; its `buffer` is the same as bytes. */
export function standardStream(interpreter: Interpreter, number: StandardNumber): PyFile {
  const binary = new PyBinaryFile(new StandardFile(interpreter, number, false));
  return new PyTextFile(new StandardFile(interpreter, number, interpreter.profile === 'board'), binary);
}

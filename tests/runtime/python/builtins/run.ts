/** Runs a Python program on an interpreter of its own; gives what it printed, and its traceback at the end. */
import { createInterpreter } from '../../../../runtime/python/python';
import type { Hal } from '../../../../runtime/python/interpreter/hal';
import { toException } from '../../../../runtime/python/interpreter/traceback';
import { decodeUtf8, encodeUtf8 } from '../../../../runtime/bytes/utf8';
import { Vfs } from '../../../../runtime/vfs/vfs';

/** A machine whose clock stands still, with the input given. */
class PlainHal implements Hal {
  readonly pending = new Int32Array(new SharedArrayBuffer(4));
  output = '';
  private readonly input: Uint8Array;
  private at = 0;

  constructor(input: string) {
    this.input = encodeUtf8(input);
  }

  now(): number {
    return 0;
  }
  epoch(): number {
    return 0;
  }
  write(bytes: Uint8Array): void {
    this.output += decodeUtf8(bytes);
  }
  writeError(bytes: Uint8Array): void {
    this.write(bytes);
  }
  readByte(): number {
    return this.input[this.at++] ?? -1;
  }
  get available(): number {
    return this.input.length - this.at;
  }
  sleepUntil(): boolean {
    return true;
  }
  random(): number {
    return 4;
  }
}

export function run(source: string, input = ''): string {
  const hal = new PlainHal(input);
  const interpreter = createInterpreter({ profile: 'host', hal, vfs: new Vfs() });
  interpreter.enter(() => {
    try {
      interpreter.run(source);
    } catch (e) {
      hal.output += interpreter.formatException(toException(e));
    }
  });
  return hal.output;
}

/** The last line of what a program printed: of its traceback where it failed, without a colon that nothing follows. */
export function lastLine(source: string): string {
  return (run(source).trimEnd().split('\n').at(-1) ?? '').replace(/: *$/, '');
}

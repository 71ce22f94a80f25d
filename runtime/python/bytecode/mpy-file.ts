/** Writes bytecode as a .mpy file of version 6, which boards import in the place of a source. */
import { encodeUtf8 } from '../../bytes/utf8';
import type { Constant } from '../compile/code';
import { NoBytecode, targets, type FunctionCode, type ModuleCode } from './compiler';
import { valueOf } from '../interpreter/constants';

const VERSION = 6;

/** Names that every MicroPython has, in the order of their numbers, from 1 on. The first is the empty one. */
const sharedNames = [
  '', '__dir__', '\n', ' ', '*', '/',
  ...`<module> _ __call__ __class__ __delitem__ __enter__ __exit__ __getattr__ __getitem__ __hash__ __init__ __int__
  __iter__ __len__ __main__ __module__ __name__ __new__ __next__ __qualname__ __repr__ __setitem__ __str__
  ArithmeticError AssertionError AttributeError BaseException EOFError Ellipsis Exception GeneratorExit ImportError
  IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NoneType NotImplementedError
  OSError OverflowError RuntimeError StopIteration SyntaxError SystemExit TypeError ValueError ZeroDivisionError
  abs all any append args bool builtins bytearray bytecode bytes callable chr classmethod clear close const copy count
  dict dir divmod end endswith eval exec extend find format from_bytes get getattr globals hasattr hash id index insert
  int isalpha isdigit isinstance islower isspace issubclass isupper items iter join key keys len list little locals
  lower lstrip main map micropython next object open ord pop popitem pow print range read readinto readline remove
  replace repr reverse rfind rindex round rsplit rstrip self send sep set setattr setdefault sort sorted split start
  startswith staticmethod step stop str strip sum super throw to_bytes tuple type update upper utf-8 value values write
  zip`.split(/\s+/),
]; // prettier-ignore

const sharedNumbers = new Map(sharedNames.map((name, i) => [name, i + 1]));

/** The kinds of objects in the table. */
const Kind = {
  none: 1, false: 2, true: 3, ellipsis: 4, str: 5, bytes: 6, int: 7, float: 8, complex: 9, tuple: 10,
} as const; // prettier-ignore

/** The bytes of the file. */
export function writeMpy(module: ModuleCode): Uint8Array {
  const file = new MpyWriter();
  file.bytes('M'.charCodeAt(0), VERSION, 0, targets.cross.smallIntBits);
  file.unsigned(module.names.length);
  file.unsigned(module.objects.length);
  for (const name of module.names) file.name(name);
  for (const object of module.objects) file.object(object);
  file.code(module.functions[0] as FunctionCode);
  return file.done();
}

class MpyWriter {
  private readonly out: number[] = [];

  done(): Uint8Array {
    return Uint8Array.from(this.out);
  }

  bytes(...bytes: number[]): void {
    this.out.push(...bytes);
  }

  private all(bytes: Uint8Array): void {
    for (const byte of bytes) this.out.push(byte);
  }

  unsigned(value: number): void {
    const bytes = [value & 0x7f];
    for (let rest = value >>> 7; rest !== 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
    this.out.push(...bytes);
  }

  /** The number of a shared name, or its text with a zero behind it. */
  name(name: string): void {
    const shared = sharedNumbers.get(name);
    if (shared !== undefined) {
      this.unsigned((shared << 1) | 1);
      return;
    }
    const text = encodeUtf8(name);
    this.unsigned(text.length << 1);
    this.all(text);
    this.bytes(0);
  }

  object(object: Constant): void {
    switch (object.type) {
      case 'singleton': {
        const { value } = object;
        this.bytes(value === null ? Kind.none : value === 'Ellipsis' ? Kind.ellipsis : value ? Kind.true : Kind.false);
        return;
      }
      case 'str':
        this.text(Kind.str, encodeUtf8(object.value));
        this.bytes(0);
        return;
      case 'bytes':
        this.text(Kind.bytes, object.value);
        this.bytes(0);
        return;
      case 'tuple':
        this.bytes(Kind.tuple);
        this.unsigned(object.value.length);
        for (const item of object.value) this.object(item);
        return;
      default: {
        const kind = object.type === 'int' ? Kind.int : object.type === 'float' ? Kind.float : Kind.complex;
        this.text(kind, encodeUtf8(valueOf(object).py_repr()));
      }
    }
  }

  private text(kind: number, text: Uint8Array): void {
    this.bytes(kind);
    this.unsigned(text.length);
    this.all(text);
  }

  /** A function and those it makes. */
  code({ scope, bytes, children }: FunctionCode): void {
    if (scope.emit === 'native') throw new NoBytecode(scope.name);
    const hasChildren = children.length > 0;
    this.unsigned((bytes.length << 3) | (hasChildren ? 4 : 0));
    this.all(bytes);
    if (!hasChildren) return;
    this.unsigned(children.length);
    for (const child of children) this.code(child);
  }
}

/** Lists bytecode as MicroPython does with `-v -v`. */
import type { Constant } from '../compile/code';
import { valueOf } from '../interpreter/constants';
import type { FunctionCode, ModuleCode } from './compiler';
import { binaryOperators, multiple, opcodes, unaryOperators, type Operand } from './opcodes';

/** Bytes of a line of the dump. */
const DUMP_WIDTH = 16;

/** Where MicroPython has things in memory is of no meaning here; what is the same has the same number. */
const FIRST_ADDRESS = 0x7f00_0000_0000;
const ADDRESS_STEP = 0x20;

/** The listing of all functions that are bytecode. */
export function listModule(module: ModuleCode): string {
  const listed = module.functions.filter(({ scope }) => scope.emit === 'bytecode');
  return listed.map((code) => new Listing(module, code).text()).join('');
}

class Listing {
  private readonly bytes: Uint8Array;
  private pos = 0;
  private lines = '';

  constructor(
    private readonly module: ModuleCode,
    private readonly code: FunctionCode,
  ) {
    this.bytes = code.bytes;
  }

  text(): string {
    const { bytes, code, module } = this;
    const { scope, infoSize } = code;
    const number = module.functions.indexOf(code);
    this.line(
      `File ${module.names[0]}, code block '${scope.name}' ` +
        `(descriptor: ${address(2 * number)}, bytecode @${address(2 * number + 1)} ${bytes.length} bytes)`,
    );
    this.line(`Raw bytecode (code_info_size=${infoSize}, bytecode_size=${bytes.length - infoSize}):`);
    for (let i = 0; i < bytes.length; i += DUMP_WIDTH) {
      this.line([...bytes.subarray(i, i + DUMP_WIDTH)].map((b) => ` ${b.toString(16).padStart(2, '0')}`).join(''));
    }
    this.prelude();
    this.opcodes();
    return this.lines;
  }

  private line(text: string): void {
    this.lines += `${text}\n`;
  }

  private byte(): number {
    return this.bytes[this.pos++] as number;
  }

  private unsigned(): number {
    let value = 0;
    for (;;) {
      const byte = this.byte();
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  }

  private name(): string {
    return this.module.names[this.unsigned()] as string;
  }

  // ---- what comes before the opcodes

  private prelude(): void {
    const { scope, infoSize } = this.code;
    while (this.byte() >= 0x80);
    while (this.byte() >= 0x80);
    this.name();
    const parameters = scope.positional + scope.keywordOnly;
    let names = '';
    for (let i = 0; i < parameters; i++) names += ` ${this.name()}`;
    this.line(`arg names:${names}`);
    this.line(`(N_STATE ${Math.max(scope.locals + scope.stackSize, 1)})`);
    this.line(`(N_EXC_STACK ${scope.handlerDepth})`);
    const cells = scope.names.filter(({ kind }) => kind === 'cell');
    for (const { slot } of cells) this.line(`(INIT_CELL ${slot})`);
    this.sourceLines(infoSize - cells.length);
    this.pos = infoSize;
  }

  private sourceLines(end: number): void {
    let offset = 0;
    let line = 1;
    this.line(`  bc=${offset} line=${line}`);
    while (this.pos < end) {
      const byte = this.byte();
      if (byte < 0x80) {
        offset += byte & 0x1f;
        line += byte >> 5;
      } else {
        offset += byte & 0xf;
        line += ((byte & 0x70) << 4) | this.byte();
      }
      this.line(`  bc=${offset} line=${line}`);
    }
  }

  // ---- opcodes

  private opcodes(): void {
    const { bytes, code } = this;
    while (this.pos < bytes.length) {
      const offset = String(this.pos - code.infoSize).padStart(2, '0');
      const byte = this.byte();
      const known = opcodes.get(byte);
      this.line(`${offset} ${known === undefined ? packed(byte) : known.name + this.operand(known.operand)}`);
    }
  }

  private operand(kind: Operand): string {
    switch (kind) {
      case 'none':
        return '';
      case 'name':
        return ` ${this.name()}`;
      case 'quoted':
        return ` '${this.name()}'`;
      case 'number':
        return ` ${this.unsigned()}`;
      case 'signed':
        return ` ${this.signed()}`;
      case 'object':
        return ` ${this.object()}`;
      case 'function':
        return ` ${this.child()}`;
      case 'closure':
        return ` ${this.child()} ${this.byte()}`;
      case 'forward':
        return ` ${this.jump(0, 0)}`;
      case 'jump':
        return ` ${this.jump(0x40, 0x4000)}`;
      case 'unwind':
        return ` ${this.jump(0x40, 0x4000)} ${this.byte()}`;
      case 'call': {
        const counts = this.unsigned();
        return ` n=${counts & 0xff} nkw=${(counts >> 8) & 0xff}`;
      }
    }
  }

  private signed(): bigint {
    let value = ((this.bytes[this.pos] as number) & 0x40) !== 0 ? -1n : 0n;
    for (;;) {
      const byte = this.byte();
      value = (value << 7n) | BigInt(byte & 0x7f);
      if (byte < 0x80) return value;
    }
  }

  /** Where a jump goes. */
  private jump(shortBias: number, longBias: number): number {
    const byte = this.byte();
    const distance = byte < 0x80 ? byte - shortBias : ((byte & 0x7f) | (this.byte() << 7)) - longBias;
    return this.pos + distance - this.code.infoSize;
  }

  private object(): string {
    const index = this.unsigned();
    const constant = this.module.objects[index] as Constant;
    return `${address(2 * this.module.functions.length + index)}=${valueOf(constant).py_repr()}`;
  }

  private child(): string {
    const child = this.code.children[this.unsigned()] as FunctionCode;
    return address(2 * this.module.functions.indexOf(child));
  }
}

function address(index: number): string {
  return (FIRST_ADDRESS + index * ADDRESS_STEP).toString(16);
}

/** An opcode that holds its operand. */
function packed(byte: number): string {
  const { smallInt, loadFast, storeFast, unary, binary } = multiple;
  const among = ({ first, count }: { first: number; count: number }): boolean => first <= byte && byte < first + count;
  if (among(smallInt)) return `LOAD_CONST_SMALL_INT ${byte - smallInt.first + smallInt.from}`;
  if (among(loadFast)) return `LOAD_FAST ${byte - loadFast.first}`;
  if (among(storeFast)) return `STORE_FAST ${byte - storeFast.first}`;
  const op = byte - (among(unary) ? unary.first : binary.first);
  const [, method] = (among(unary) ? unaryOperators : binaryOperators)[op] as readonly [string, string];
  return `${among(unary) ? 'UNARY_OP' : 'BINARY_OP'} ${op} ${method}`;
}

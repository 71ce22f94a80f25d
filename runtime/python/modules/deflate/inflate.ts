/** Inflates a stream of deflate (RFC 1951), byte by byte as it is asked for. */

/** Raised for what is not deflate. */
export class InflateError extends Error {}

/** A canonical Huffman code: how many codes there are of each length, and the symbols in order of their codes. */
class Code {
  private readonly counts = new Uint16Array(16);
  private readonly symbols: Uint16Array;

  constructor(lengths: ArrayLike<number>) {
    for (let i = 0; i < lengths.length; i++) this.counts[lengths[i] as number]!++;
    this.counts[0] = 0;
    const next = new Uint16Array(16);
    for (let length = 1; length < 16; length++) {
      next[length] = (next[length - 1] as number) + (this.counts[length - 1] as number);
    }
    this.symbols = new Uint16Array(lengths.length);
    for (let i = 0; i < lengths.length; i++) {
      const length = lengths[i] as number;
      if (length !== 0) this.symbols[next[length]!++] = i;
    }
  }

  read(bits: BitReader): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      code |= bits.take(1);
      const count = this.counts[length] as number;
      if (code - count < first) return this.symbols[index + code - first] as number;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new InflateError('no such code');
  }
}

/** Bits of bytes, lowest first. */
class BitReader {
  private held = 0;
  private count = 0;

  /** @param next the next byte; raises where there is none */
  constructor(private readonly next: () => number) {}

  take(count: number): number {
    while (this.count < count) {
      this.held |= this.next() << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return value;
  }

  /** Drops what is left of a byte. */
  align(): void {
    this.held = 0;
    this.count = 0;
  }
}

/** The order in which a block says the lengths of the codes of lengths. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The first lengths and distances of their symbols, from how many more bits each takes. */
function bases(extra: readonly number[], first: number): number[] {
  const found: number[] = [];
  let base = first;
  for (const bits of extra) {
    found.push(base);
    base += 1 << bits;
  }
  return found;
}

const LENGTH_EXTRA = Array.from({ length: 28 }, (_, i) => Math.max(0, (i >> 2) - 1)).concat(0);
const LENGTH_BASE = bases(LENGTH_EXTRA.slice(0, 28), 3).concat(258);
const DISTANCE_EXTRA = Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
const DISTANCE_BASE = bases(DISTANCE_EXTRA, 1);

let fixed: { readonly literals: Code; readonly distances: Code } | undefined;

function fixedCodes(): { readonly literals: Code; readonly distances: Code } {
  if (fixed === undefined) {
    const lengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
    fixed = { literals: new Code(lengths), distances: new Code(new Array<number>(30).fill(5)) };
  }
  return fixed;
}

const END_OF_BLOCK = 256;

export class Inflater {
  private readonly bits: BitReader;
  private readonly output: Generator<number, void>;
  private readonly window: Uint8Array;
  private written = 0;

  /**
   * @param next the next byte of the stream; what it raises goes through
   * @param windowSize how far back a match may reach, a power of 2
   */
  constructor(
    private readonly next: () => number,
    windowSize: number,
  ) {
    this.bits = new BitReader(next);
    this.window = new Uint8Array(windowSize);
    this.output = this.blocks();
  }

  /** Fills `buffer`; fewer bytes than asked for mean the end. */
  readInto(buffer: Uint8Array): number {
    for (let i = 0; i < buffer.length; i++) {
      const step = this.output.next();
      if (step.done === true) return i;
      buffer[i] = step.value;
    }
    return buffer.length;
  }

  private put(byte: number): number {
    this.window[this.written++ & (this.window.length - 1)] = byte;
    return byte;
  }

  private *blocks(): Generator<number, void> {
    for (let last = 0; last === 0;) {
      last = this.bits.take(1);
      switch (this.bits.take(2)) {
        case 0:
          yield* this.stored();
          break;
        case 1: {
          const { literals, distances } = fixedCodes();
          yield* this.compressed(literals, distances);
          break;
        }
        case 2:
          yield* this.compressed(...this.dynamicCodes());
          break;
        default:
          throw new InflateError('no such block');
      }
    }
  }

  private *stored(): Generator<number, void> {
    this.bits.align();
    const length = this.next() | (this.next() << 8);
    const check = this.next() | (this.next() << 8);
    if ((length ^ 0xffff) !== check) throw new InflateError('length of a stored block');
    for (let i = 0; i < length; i++) yield this.put(this.next());
  }

  private dynamicCodes(): [Code, Code] {
    const { bits } = this;
    const literalCount = bits.take(5) + 257;
    const distanceCount = bits.take(5) + 1;
    const lengthCount = bits.take(4) + 4;
    const lengthLengths = new Uint8Array(19);
    for (let i = 0; i < lengthCount; i++) lengthLengths[LENGTH_ORDER[i] as number] = bits.take(3);
    const code = new Code(lengthLengths);
    const lengths: number[] = [];
    while (lengths.length < literalCount + distanceCount) {
      const symbol = code.read(bits);
      if (symbol < 16) lengths.push(symbol);
      else if (symbol === 16) this.repeat(lengths, lengths[lengths.length - 1] ?? -1, 3 + bits.take(2));
      else this.repeat(lengths, 0, symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7));
    }
    return [new Code(lengths.slice(0, literalCount)), new Code(lengths.slice(literalCount))];
  }

  private repeat(lengths: number[], length: number, count: number): void {
    if (length < 0) throw new InflateError('nothing to repeat');
    for (let i = 0; i < count; i++) lengths.push(length);
  }

  private *compressed(literals: Code, distances: Code): Generator<number, void> {
    const { bits, window } = this;
    for (;;) {
      const symbol = literals.read(bits);
      if (symbol < END_OF_BLOCK) yield this.put(symbol);
      else if (symbol === END_OF_BLOCK) return;
      else {
        const length = this.valueOf(symbol - 257, LENGTH_BASE, LENGTH_EXTRA);
        const distance = this.valueOf(distances.read(bits), DISTANCE_BASE, DISTANCE_EXTRA);
        if (distance > this.written || distance > window.length) throw new InflateError('distance');
        for (let i = 0; i < length; i++) {
          yield this.put(window[(this.written - distance) & (window.length - 1)] as number);
        }
      }
    }
  }

  private valueOf(symbol: number, base: readonly number[], extra: readonly number[]): number {
    const start = base[symbol];
    if (start === undefined) throw new InflateError('no such symbol');
    return start + this.bits.take(extra[symbol] as number);
  }
}

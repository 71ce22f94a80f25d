/** SHA-1 (FIPS 180-4) and MD5 (RFC 1321), fed in pieces: hashes of old protocols. */

/** What the two have in common: 64-byte blocks, padding, a length at the end. */
abstract class BlockHash {
  protected readonly block = new Uint8Array(64);
  protected readonly view = new DataView(this.block.buffer);
  private filled = 0;
  private total = 0;

  protected abstract compress(): void;
  protected abstract readonly littleEndian: boolean;
  protected abstract readonly state: Int32Array;

  update(bytes: Uint8Array): this {
    this.total += bytes.length;
    for (let from = 0; from < bytes.length;) {
      const length = Math.min(64 - this.filled, bytes.length - from);
      this.block.set(bytes.subarray(from, from + length), this.filled);
      this.filled += length;
      from += length;
      if (this.filled === 64) {
        this.compress();
        this.filled = 0;
      }
    }
    return this;
  }

  /** The hash of all that was given. The object is of no more use afterwards. */
  digest(): Uint8Array {
    const { block, view, littleEndian } = this;
    block.fill(0, this.filled);
    block[this.filled] = 0x80;
    if (this.filled >= 56) {
      this.compress();
      block.fill(0);
    }
    view.setBigUint64(56, BigInt(this.total) * 8n, littleEndian);
    this.compress();
    const digest = new Uint8Array(this.state.length * 4);
    const words = new DataView(digest.buffer);
    this.state.forEach((word, i) => {
      words.setInt32(i * 4, word, littleEndian);
    });
    return digest;
  }
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

export class Sha1 extends BlockHash {
  protected readonly littleEndian = false;
  protected readonly state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  private readonly schedule = new Int32Array(80);

  protected compress(): void {
    const { schedule: w, state } = this;
    for (let i = 0; i < 16; i++) w[i] = this.view.getInt32(i * 4);
    for (let i = 16; i < 80; i++) {
      const mixed = (w[i - 3] as number) ^ (w[i - 8] as number) ^ (w[i - 14] as number) ^ (w[i - 16] as number);
      w[i] = rotate(mixed, 1);
    }
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const [f, k] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (rotate(a, 5) + f + e + k + (w[i] as number)) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = next;
    }
    [a, b, c, d, e].forEach((word, i) => {
      state[i] = (state[i] as number) + word;
    });
  }
}

/** How far each step of MD5 rotates: four amounts per round, used in turn. */
const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

export class Md5 extends BlockHash {
  protected readonly littleEndian = true;
  protected readonly state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);

  protected compress(): void {
    const { view, state } = this;
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const [f, word] =
        round === 0
          ? [(b & c) | (~b & d), i]
          : round === 1
            ? [(d & b) | (~d & c), (5 * i + 1) & 15]
            : round === 2
              ? [b ^ c ^ d, (3 * i + 5) & 15]
              : [c ^ (b | ~d), (7 * i) & 15];
      const constant = Math.floor(Math.abs(Math.sin(i + 1)) * 4294967296);
      const sum = (a + f + constant + view.getInt32(word * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotate(sum, (SHIFTS[round] as readonly number[])[i & 3] as number)) | 0;
    }
    [a, b, c, d].forEach((word, i) => {
      state[i] = (state[i] as number) + word;
    });
  }
}

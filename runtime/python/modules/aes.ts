/** AES (FIPS 197) for single blocks of 16 bytes. */

const BLOCK = 16;

/** Multiplication by 2 in the field of AES. */
const double = (x: number): number => ((x << 1) ^ ((x & 0x80) === 0 ? 0 : 0x1b)) & 0xff;

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = b, x = a; bit > 0; bit >>= 1, x = double(x)) if ((bit & 1) !== 0) product ^= x;
  return product;
}

/** The substitution box, its inverse, and multiples that decryption needs; made when first needed. */
interface Tables {
  readonly box: Uint8Array;
  readonly inverse: Uint8Array;
  /** Multiples by 9, 11, 13 and 14. */
  readonly multiples: Readonly<Record<9 | 11 | 13 | 14, Uint8Array>>;
}

let tables: Tables | undefined;

function makeTables(): Tables {
  const box = new Uint8Array(256);
  const inverse = new Uint8Array(256);
  // 3 generates the field: its powers p and those of its inverse q meet all elements but 0.
  let p = 1;
  let q = 1;
  do {
    p = p ^ double(p);
    q ^= q << 1;
    q ^= q << 2;
    q ^= q << 4;
    q &= 0xff;
    if ((q & 0x80) !== 0) q ^= 0x09;
    const rotated = (by: number): number => ((q << by) | (q >> (8 - by))) & 0xff;
    box[p] = q ^ rotated(1) ^ rotated(2) ^ rotated(3) ^ rotated(4) ^ 0x63;
  } while (p !== 1);
  box[0] = 0x63;
  box.forEach((value, i) => {
    inverse[value] = i;
  });
  const multiple = (by: number): Uint8Array => Uint8Array.from({ length: 256 }, (_, i) => multiply(i, by));
  return { box, inverse, multiples: { 9: multiple(9), 11: multiple(11), 13: multiple(13), 14: multiple(14) } };
}

/** Where each byte of the state comes from when the rows are shifted. */
const SHIFTED = Array.from({ length: BLOCK }, (_, i) => (i + 4 * (i % 4)) % BLOCK);

export class Aes {
  private readonly tables = (tables ??= makeTables());
  private readonly keys: Uint8Array;
  private readonly rounds: number;

  /** @param key 16, 24 or 32 bytes */
  constructor(key: Uint8Array) {
    this.rounds = key.length / 4 + 6;
    this.keys = this.expand(key);
  }

  private expand(key: Uint8Array): Uint8Array {
    const { box } = this.tables;
    const keys = new Uint8Array(BLOCK * (this.rounds + 1));
    keys.set(key);
    let constant = 1;
    for (let at = key.length; at < keys.length; at += 4) {
      let word = [...keys.subarray(at - 4, at)];
      const place = at % key.length;
      if (place === 0) {
        word = [...word.slice(1), word[0] as number].map((byte) => box[byte] as number);
        word[0] = (word[0] as number) ^ constant;
        constant = double(constant);
      } else if (key.length > 24 && place === BLOCK) word = word.map((byte) => box[byte] as number);
      for (let i = 0; i < 4; i++) keys[at + i] = (keys[at + i - key.length] as number) ^ (word[i] as number);
    }
    return keys;
  }

  private addKey(state: Uint8Array, round: number): void {
    for (let i = 0; i < BLOCK; i++) state[i] = (state[i] as number) ^ (this.keys[round * BLOCK + i] as number);
  }

  encrypt(block: Uint8Array): Uint8Array {
    const { box } = this.tables;
    let state = block.slice();
    this.addKey(state, 0);
    for (let round = 1; round <= this.rounds; round++) {
      const before = state;
      state = Uint8Array.from(SHIFTED, (from) => box[before[from] as number] as number);
      if (round < this.rounds) mixColumns(state);
      this.addKey(state, round);
    }
    return state;
  }

  decrypt(block: Uint8Array): Uint8Array {
    const { inverse } = this.tables;
    let state = block.slice();
    for (let round = this.rounds; round > 0; round--) {
      this.addKey(state, round);
      if (round < this.rounds) this.unmixColumns(state);
      const before = state;
      state = new Uint8Array(BLOCK);
      for (let i = 0; i < BLOCK; i++) state[SHIFTED[i] as number] = inverse[before[i] as number] as number;
    }
    this.addKey(state, 0);
    return state;
  }

  private unmixColumns(state: Uint8Array): void {
    const { multiples } = this.tables;
    for (let column = 0; column < BLOCK; column += 4) {
      const old = state.slice(column, column + 4);
      for (let i = 0; i < 4; i++) {
        const byte = (by: 9 | 11 | 13 | 14, ahead: number): number =>
          multiples[by][old[(i + ahead) % 4] as number] as number;
        state[column + i] = byte(14, 0) ^ byte(11, 1) ^ byte(13, 2) ^ byte(9, 3);
      }
    }
  }
}

function mixColumns(state: Uint8Array): void {
  for (let column = 0; column < BLOCK; column += 4) {
    const [a, b, c, d] = state.slice(column, column + 4) as unknown as [number, number, number, number];
    const all = a ^ b ^ c ^ d;
    state[column] = a ^ all ^ double(a ^ b);
    state[column + 1] = b ^ all ^ double(b ^ c);
    state[column + 2] = c ^ all ^ double(c ^ d);
    state[column + 3] = d ^ all ^ double(d ^ a);
  }
}

/** SHA-256 (FIPS 180-4), fed in pieces. */

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const ROUND_CONSTANTS = fractionBits(64, 1 / 3);
/** The same of the square roots of the first 8 primes. */
const INITIAL_STATE = fractionBits(8, 1 / 2);

function fractionBits(count: number, power: number): Uint32Array {
  const words = new Uint32Array(count);
  let found = 0;
  for (let candidate = 2; found < count; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
      if (candidate % divisor === 0) prime = false;
    }
    if (prime) words[found++] = (candidate ** power % 1) * 2 ** 32;
  }
  return words;
}

export class Sha256 {
  readonly #state = INITIAL_STATE.slice();
  readonly #block = new Uint8Array(64);
  readonly #view = new DataView(this.#block.buffer);
  readonly #schedule = new Uint32Array(64);
  #filled = 0;
  #total = 0;

  update(bytes: Uint8Array): this {
    this.#total += bytes.length;
    for (let from = 0; from < bytes.length;) {
      const length = Math.min(64 - this.#filled, bytes.length - from);
      this.#block.set(bytes.subarray(from, from + length), this.#filled);
      this.#filled += length;
      from += length;
      if (this.#filled === 64) {
        this.#compress();
        this.#filled = 0;
      }
    }
    return this;
  }

  /** The 32 bytes of the hash of all that was given so far. The object is of no more use afterwards. */
  digest(): Uint8Array {
    const bits = this.#total * 8;
    this.#block.fill(0, this.#filled);
    this.#block[this.#filled] = 0x80;
    if (this.#filled >= 56) {
      this.#compress();
      this.#block.fill(0);
    }
    this.#view.setUint32(56, Math.floor(bits / 2 ** 32));
    this.#view.setUint32(60, bits >>> 0);
    this.#compress();
    const digest = new Uint8Array(32);
    for (let i = 0; i < 32; i++) digest[i] = (this.#state[i >> 2] as number) >>> (24 - 8 * (i & 3));
    return digest;
  }

  #compress(): void {
    const w = this.#schedule;
    const view = this.#view;
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15] as number;
      const y = w[i - 2] as number;
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] as number) + s0 + (w[i - 7] as number) + s1;
    }
    const state = this.#state;
    const at = (i: number): number => state[i] as number;
    let a = at(0), b = at(1), c = at(2), d = at(3), e = at(4), f = at(5), g = at(6), h = at(7); // prettier-ignore
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const choice = (e & f) ^ (~e & g);
      const t1 = (h + s1 + choice + (ROUND_CONSTANTS[i] as number) + (w[i] as number)) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + s0 + majority) | 0;
    }
    const results = [a, b, c, d, e, f, g, h];
    for (let i = 0; i < 8; i++) state[i] = at(i) + (results[i] as number);
  }
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The SHA-256 of these bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Sha256().update(bytes).digest();
}

/** The cryptolib module: AES. */
import { makeBytes } from '../objects/bytes';
import { defineModule, type PyModule } from '../objects/module';
import { None, ObjectBase, type PyObject } from '../objects/object';
import { valueError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { defineType } from '../objects/type';
import { Aes } from './aes';
import { bytesArgument, writableArgument } from './arguments';

const ECB = 1;
const CBC = 2;
const CTR = 6;
const BLOCK = 16;

class PyAes extends ObjectBase {
  private readonly aes: Aes;
  private direction: 'encrypt' | 'decrypt' | undefined;
  /** How many bytes of the encrypted counter are used up. */
  private offset = 0;
  private stream: Uint8Array = new Uint8Array(BLOCK);

  constructor(
    key: Uint8Array,
    private readonly mode: number,
    /** What the last block left behind: of the chain, or the counter. */
    private vector: Uint8Array,
  ) {
    super();
    this.aes = new Aes(key);
  }

  process(input: Uint8Array, output: Uint8Array | undefined, direction: 'encrypt' | 'decrypt'): Uint8Array {
    if (this.mode !== CTR && input.length % BLOCK !== 0) throw valueError('blksize % 16');
    if (output !== undefined && output.length < input.length) throw valueError('output too small');
    this.direction ??= direction;
    if (this.direction !== direction) throw valueError("can't encrypt & decrypt");
    const result = output ?? new Uint8Array(input.length);
    if (this.mode === CTR) this.counter(input, result);
    else {
      for (let at = 0; at < input.length; at += BLOCK) {
        result.set(this.block(input.slice(at, at + BLOCK), direction === 'encrypt'), at);
      }
    }
    return result;
  }

  private block(block: Uint8Array, encrypts: boolean): Uint8Array {
    if (this.mode === ECB) return encrypts ? this.aes.encrypt(block) : this.aes.decrypt(block);
    if (encrypts) return (this.vector = this.aes.encrypt(mixed(block, this.vector)));
    const plain = mixed(this.aes.decrypt(block), this.vector);
    this.vector = block;
    return plain;
  }

  private counter(input: Uint8Array, output: Uint8Array): void {
    for (let i = 0; i < input.length; i++) {
      if (this.offset === 0) {
        this.stream = this.aes.encrypt(this.vector);
        for (let at = BLOCK - 1; at >= 0; at--) {
          const byte = ((this.vector[at] as number) + 1) & 0xff;
          this.vector[at] = byte;
          if (byte !== 0) break;
        }
      }
      output[i] = (input[i] as number) ^ (this.stream[this.offset] as number);
      this.offset = (this.offset + 1) % BLOCK;
    }
  }
}

const mixed = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ (b[i] as number));

function aes_make(key: PyObject, mode: PyObject, vector?: PyObject): PyObject {
  const kind = machineInt(mode);
  if (kind !== ECB && kind !== CBC && kind !== CTR) throw valueError('mode');
  const bytes = bytesArgument(key);
  if (bytes.length !== 16 && bytes.length !== 32) throw valueError('key');
  const given = vector === undefined || vector === None ? undefined : bytesArgument(vector).slice();
  if (given === undefined ? kind !== ECB : given.length !== BLOCK) throw valueError('IV');
  return new PyAes(bytes, kind, given ?? new Uint8Array(BLOCK));
}

const method =
  (direction: 'encrypt' | 'decrypt') =>
  (self: PyAes, data: PyObject, target?: PyObject): PyObject => {
    const output = target === undefined ? undefined : writableArgument(target);
    const result = self.process(bytesArgument(data), output, direction);
    return target ?? makeBytes(result);
  };

const aesType = defineType({
  name: 'aes',
  proto: PyAes.prototype,
  make: ['aes(key, mode, IV=None, /)', aes_make],
  methods: [
    ['encrypt(self, data, output=None, /)', method('encrypt')],
    ['decrypt(self, data, output=None, /)', method('decrypt')],
  ],
});

export function createCryptolib(): PyModule {
  return defineModule('cryptolib', [['aes', aesType, 'value']]);
}

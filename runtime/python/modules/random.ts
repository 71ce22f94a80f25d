/** The random module, on the generator that MicroPython uses (yasmarang), so that a seed gives the same numbers. */
import type { Interpreter } from '../interpreter/interpreter';
import { isSinglePrecision, makeFloat } from '../objects/float';
import { defineModule, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { exception, typeError, valueError, wrongCount } from '../objects/raise';
import { intOperand } from '../objects/int';
import { numberOf } from '../objects/number';
import { machineInt } from '../objects/slice';
import { low32 } from './arguments';

class Yasmarang {
  private pad = 0;
  private n = 69;
  private d = 233;
  private dat = 0;

  seed(seed: number): void {
    this.pad = seed;
    this.n = 69;
    this.d = 233;
    this.dat = 0;
  }

  /** 32 bits. */
  next(): number {
    let pad = (this.pad + this.dat + Math.imul(this.d, this.n)) | 0;
    pad = ((pad << 3) + (pad >>> 29)) | 0;
    const n = pad | 2;
    const d = this.d ^ ((pad << 31) + (pad >>> 1));
    const dat = (this.dat ^ pad ^ (d >>> 8) ^ 1) & 0xff;
    this.pad = pad;
    this.n = n;
    this.d = d;
    this.dat = dat;
    return (pad ^ (d << 5) ^ (pad >>> 18) ^ (dat << 1)) >>> 0;
  }

  /** Below `n`, which is taken to 32 bits. */
  below(n: number): number {
    const limit = n >>> 0;
    if (limit === 0) return this.next();
    const mask = 0xffffffff >>> Math.clz32(limit);
    for (;;) {
      const r = (this.next() & mask) >>> 0;
      if (r < limit) return r;
    }
  }

  /** From 0 to below 1, in the precision in force. */
  float(): number {
    if (isSinglePrecision()) return (this.next() & 0x7fffff) / 2 ** 23;
    const high = this.next() & 0xfffff;
    return (high * 2 ** 32 + this.next()) / 2 ** 52;
  }
}

function emptyRange(): never {
  throw exception('ValueError');
}

export function createRandom({ hal }: Interpreter): PyModule {
  const generator = new Yasmarang();
  generator.seed(hal.random());

  function random_seed(seed: PyObject = None): PyObject {
    if (seed === None) generator.seed(hal.random());
    else {
      if (intOperand(seed) === undefined) throw typeError(`can't convert ${seed.cls.typeName} to int`);
      generator.seed(low32(seed));
    }
    return None;
  }

  function random_getrandbits(count: PyObject): PyObject {
    const n = machineInt(count);
    if (n < 0 || n > 32) throw valueError('bits must be 32 or less');
    return n === 0 ? 0 : (generator.next() & (0xffffffff >>> (32 - n))) >>> 0;
  }

  function random_randrange(first: PyObject, second?: PyObject, third?: PyObject): PyObject {
    if (arguments.length < 1 || arguments.length > 3) wrongCount(arguments.length, 1, 3);
    const start = machineInt(first);
    if (second === undefined) return start > 0 ? generator.below(start) : emptyRange();
    const stop = machineInt(second);
    if (third === undefined) return start < stop ? start + generator.below(stop - start) : emptyRange();
    const step = machineInt(third);
    if (step === 0) emptyRange();
    const count = Math.trunc((stop - start + step - Math.sign(step)) / step);
    return count > 0 ? start + step * generator.below(count) : emptyRange();
  }

  function random_randint(low: PyObject, high: PyObject): PyObject {
    if (arguments.length !== 2) wrongCount(arguments.length, 2);
    const a = machineInt(low);
    const b = machineInt(high);
    return a <= b ? a + generator.below(b - a + 1) : emptyRange();
  }

  function random_choice(sequence: PyObject): PyObject {
    const length = sequence.py_len();
    if (length <= 0) throw exception('IndexError');
    return sequence.py_getitem(generator.below(length));
  }

  function random_uniform(low: PyObject, high: PyObject): PyObject {
    const a = numberOf(low);
    return makeFloat(a + (numberOf(high) - a) * generator.float());
  }

  return defineModule('random', [
    ['__init__()', () => None],
    ['seed(seed=None, /)', random_seed],
    ['getrandbits(count, /)', random_getrandbits],
    ['randrange(start, stop=None, step=1, /)', random_randrange, 'direct'],
    ['randint(low, high, /)', random_randint, 'direct'],
    ['choice(sequence, /)', random_choice],
    ['random()', () => makeFloat(generator.float())],
    ['uniform(low, high, /)', random_uniform],
  ]);
}

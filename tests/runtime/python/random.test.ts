/** Random programs print the same here as in a native MicroPython. RANDOM_SEED=N repeats the programs from N on. */
import { expect } from 'vitest';
import { compare, describe } from '../../random/compare';
import { itWith } from '../../support/components';

const COUNT = 300;

itWith(
  'micropython',
  'fresh random programs print what they print in a native MicroPython',
  () => {
    const first = Number(process.env['RANDOM_SEED'] ?? Date.now() % 1_000_000_000);
    const seeds = Array.from({ length: COUNT }, (_, i) => first + i);
    expect(compare(seeds).map((difference) => describe(difference))).toEqual([]);
  },
  120_000,
);

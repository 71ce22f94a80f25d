/** Whatever stands in a source, compiling it ends in code or in an exception of Python. FUZZ_SEED=N repeats the sources from N on. */
import { expect, test } from 'vitest';
import { complaints } from '../../../random/compiling';

test('fresh sources with random mistakes compile or are refused', () => {
  const first = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);
  expect(complaints(first, 300)).toEqual([]);
}, 120_000);

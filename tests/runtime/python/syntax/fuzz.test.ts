/** Whatever stands in a source, compiling and running it ends in a result or in an exception of Python. FUZZ_SEED=N repeats the sources from N on. */
import { expect, test } from 'vitest';
import { complaints } from '../../../random/compiling';
import { runningComplaints } from '../../../random/running';

const first = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);

test('fresh sources with random mistakes compile or are refused', () => {
  expect(complaints(first, 300)).toEqual([]);
}, 120_000);

test('fresh sources with random slips run as Python programs do', () => {
  expect(runningComplaints(first, 300)).toEqual([]);
}, 120_000);

// For tests of what is built, such as the simulated board's thread: `beforeAll(built)`.
import { buildStale } from '../../main/dev/build.mjs';

/** Brings `out/main` up to date. */
export async function built(): Promise<void> {
  await buildStale(['main']);
}

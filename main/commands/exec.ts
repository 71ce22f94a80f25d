/** `tether exec`: runs code on the board. */

import { parseOptions } from './options';
import { runCode } from './run-code';

export async function run(args: readonly string[]): Promise<number> {
  const { port, rest } = parseOptions(args, {}, { least: 1, most: 1 });
  return runCode(port, rest[0] ?? '', { name: 'code', freshBoard: false });
}

/** `tether eval`: prints the value of an expression on the board. */

import { parseOptions } from './options';
import { runCode } from './run-code';

export async function run(args: readonly string[]): Promise<number> {
  const { port, rest } = parseOptions(args, {}, { least: 1, most: 1 });
  return runCode(port, `print(${rest[0] ?? ''})`, { name: 'an expression', freshBoard: false });
}

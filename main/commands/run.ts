/** `tether run`: runs a file of this computer on the board. */

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CommandError } from './command';
import { parseOptions } from './options';
import { runCode } from './run-code';

export async function run(args: readonly string[]): Promise<number> {
  const { port, flags, rest } = parseOptions(args, { 'no-reset': undefined }, { least: 1, most: 1 });
  const file = rest[0] ?? '';
  const code = await readSource(file);
  return runCode(port, code, { name: basename(file), freshBoard: !flags.has('no-reset') });
}

async function readSource(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = file === '-' ? readFileSync(0) : await readFile(file);
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandError(`${file} is not text, so it cannot be run.`);
  }
}

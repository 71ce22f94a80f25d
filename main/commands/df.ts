/** `tether df`: the free space of the board. */

import { sizeWords } from '../../runtime/contract/messages';
import { CommandError } from './command';
import { parseOptions } from './options';
import { withFiles } from './with-board';

export async function run(args: readonly string[]): Promise<number> {
  const { port } = parseOptions(args, {}, { most: 0 });
  const volumes = await withFiles(port, 'reading the free space', (files) => files.volumes());
  if (volumes.length === 0) throw new CommandError('This board does not tell its free space.');
  const rows = volumes.map(({ path, size, free }) => [path, sizeWords(size), sizeWords(size - free), sizeWords(free)]);
  for (const [path = '', ...sizes] of [['', 'size', 'used', 'free'], ...rows]) {
    process.stdout.write(`${path.padEnd(10)}${sizes.map((size) => size.padStart(10)).join('')}\n`);
  }
  return 0;
}

/** `tether cat`: prints files of the board as they are. */

import { onBoard, parseOptions } from './options';
import { withFiles } from './with-board';

export async function run(args: readonly string[]): Promise<number> {
  const { port, rest } = parseOptions(args, {}, { least: 1 });
  await withFiles(port, 'reading the file', async (files, cancel) => {
    for (const path of rest.map(onBoard)) process.stdout.write(await files.read(path, { cancel }));
  });
  return 0;
}

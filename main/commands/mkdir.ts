/** `tether mkdir`: makes folders on the board. */

import { onBoard, parseOptions } from './options';
import { withFiles } from './with-board';

export async function run(args: readonly string[]): Promise<number> {
  const { port, rest } = parseOptions(args, {}, { least: 1 });
  await withFiles(port, 'making the folder', async (files) => {
    for (const path of rest.map(onBoard)) await files.makeFolder(path);
  });
  return 0;
}

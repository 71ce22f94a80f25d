/** `tether rm`: deletes on the board. */

import { CommandError } from './command';
import { onBoard, parseOptions } from './options';
import { withFiles } from './with-board';

export async function run(args: readonly string[]): Promise<number> {
  const { port, flags, rest } = parseOptions(args, { recursive: 'r' }, { least: 1 });
  await withFiles(port, 'deleting the file', async (files) => {
    for (const path of rest.map(onBoard)) {
      if (flags.has('recursive')) {
        await files.removeTree(path);
        continue;
      }
      const found = await files.stat(path);
      if (found?.kind === 'folder') throw new CommandError(`${path} is a folder. -r deletes it with all it holds.`);
      await files.remove(path);
    }
  });
  return 0;
}

/** `tether mv`: renames or moves on the board. */

import { onBoard, parseOptions } from './options';
import { withFiles } from './with-board';

export async function run(args: readonly string[]): Promise<number> {
  const { port, rest } = parseOptions(args, {}, { least: 2, most: 2 });
  const [from = '', to = ''] = rest.map(onBoard);
  await withFiles(port, 'renaming the file', async (files) => {
    const target = to === '' ? 'folder' : (await files.stat(to))?.kind;
    const name = from.split('/').at(-1) ?? '';
    const prefix = to === '' || to === '/' ? to : `${to}/`;
    await files.rename(from, target === 'folder' ? prefix + name : to);
  });
  return 0;
}

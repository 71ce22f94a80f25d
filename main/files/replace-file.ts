/** Defines replaceFile: writes a file so that it is whole at every moment, also when the power fails or the disk is full. */
import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes beside and puts in place in one step: until then, and when it fails, the old file stays as it was.
 * What a link leads to is replaced, not the link; access rights stay.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (old) => old.mode & 0o777,
    () => 0o666,
  );
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}`);
  const file = await open(beside, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
    await file.close();
    await rename(beside, target);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
}

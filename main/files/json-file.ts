/** Defines JsonFile: one value kept in one file, which is whole at every moment, also when the power fails while it is written. */
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from './replace-file';

export class JsonFile {
  #writing: Promise<void> = Promise.resolve();

  constructor(readonly path: string) {}

  /**
   * The value, or undefined when there is no file. A file that cannot be understood is kept beside as `NAME.damaged`,
   * where its owner can look into it, and counts as none.
   */
  async read(): Promise<unknown> {
    await this.#writing;
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return JSON.parse(text) as unknown;
    } catch {
      await rename(this.path, `${this.path}.damaged`);
      return undefined;
    }
  }

  /** Replaces the value. Writes wait for one another; when it resolves the value is on the disk. */
  write(value: unknown): Promise<void> {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    const written = this.#writing.then(async () => {
      await mkdir(dirname(this.path), { recursive: true });
      await replaceFile(this.path, text);
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Resolves when everything written so far is on the disk. */
  async saved(): Promise<void> {
    await this.#writing;
  }
}

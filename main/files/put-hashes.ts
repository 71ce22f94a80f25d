/** Defines PutHashes: the hash of each file as Tether itself last put it on a board, so that overwriting it need not be asked about. */
import type { BoardId } from '../../runtime/contract/types';
import type { JsonFile } from './json-file';

/** A board with more files than this forgets the oldest. */
const MOST = 1000;

export class PutHashes {
  readonly #file: JsonFile;
  #hashes = new Map<string, string>();

  constructor(file: JsonFile) {
    this.#file = file;
  }

  async load(): Promise<void> {
    const stored = await this.#file.read();
    const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
    this.#hashes = new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }

  get(board: BoardId, path: string): string | undefined {
    return this.#hashes.get(`${board} ${path}`);
  }

  async put(board: BoardId, path: string, hash: string): Promise<void> {
    const key = `${board} ${path}`;
    this.#hashes.delete(key);
    this.#hashes.set(key, hash);
    const [oldest] = this.#hashes.keys();
    if (this.#hashes.size > MOST && oldest !== undefined) this.#hashes.delete(oldest);
    await this.#file.write(Object.fromEntries(this.#hashes));
  }

  saved(): Promise<void> {
    return this.#file.saved();
  }
}

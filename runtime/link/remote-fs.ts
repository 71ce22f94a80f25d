/** Files on the board: list, read, write with a check, remove, rename, free space. */

import {
  type BoardFiles,
  type FileProgress,
  type RemoteEntry,
  type RemotePath,
  type RemoteStat,
  type RemoteVolume,
  shownPath,
} from './board-files';
import { BoardError, BoardFull, RemoteFsError } from './errors';
import { FlatFiles } from './flat-files';
import { parseLiteral, readableText } from './python-literal';
import type { RawRepl } from './raw-repl';
import { errnoName } from './remote-errno';
import { TreeFiles } from './tree-files';

export type { FileProgress, RemoteEntry, RemotePath, RemoteStat, RemoteVolume } from './board-files';

const PROBE = `
def _t():
 r=[]
 for m,a in(('os','stat'),('os','ilistdir'),('hashlib','sha256'),('binascii','a2b_base64')):
  try:
   getattr(__import__(m),a)
   r.append(True)
  except (ImportError,AttributeError):
   r.append(False)
 print(r)
_t()
del _t
`.trim();

/**
 * All methods reject with `RemoteFsError` when the board's file system refuses, and with what `RawRepl.exec` raises.
 * What the board can do is asked once. Valid while its RawRepl has the raw prompt.
 */
export class RemoteFs {
  readonly #raw: RawRepl;
  #files: BoardFiles | undefined;

  constructor(raw: RawRepl) {
    this.#raw = raw;
  }

  /** True when the board has no folders, as a micro:bit. */
  async isFlat(): Promise<boolean> {
    return (await this.#boardFiles()) instanceof FlatFiles;
  }

  /** The board's working folder, where paths without `/` begin. */
  workingFolder(): Promise<string> {
    return this.#try('', (files) => files.workingFolder());
  }

  /** One folder with sizes, in one exec: folders first, then by name. */
  async list(folder: RemotePath): Promise<RemoteEntry[]> {
    const entries = await this.#try(folder, (files) => files.list(folder));
    return entries.sort((left, right) => rank(left) - rank(right) || compareNames(left.name, right.name));
  }

  /** Undefined when there is nothing at this path. */
  async stat(path: RemotePath): Promise<RemoteStat | undefined> {
    try {
      return await this.#try(path, (files) => files.stat(path));
    } catch (error) {
      if (error instanceof RemoteFsError && ['ENOENT', 'ENOTDIR', 'ENODEV'].includes(error.code)) return undefined;
      throw error;
    }
  }

  /** SHA-256 of each file, in hex, computed on the board; undefined for what is no file, and for all on a board without SHA-256. */
  hashes(paths: readonly RemotePath[]): Promise<(string | undefined)[]> {
    return this.#try('', (files) => files.hashes(paths));
  }

  read(path: RemotePath, options: FileProgress = {}): Promise<Uint8Array> {
    return this.#try(path, (files) => files.read(path, options));
  }

  /** Writes beside, checks, then puts in place. Rejects also with `BoardFull` (nothing changed) and `VerifyFailed`. */
  async write(path: RemotePath, bytes: Uint8Array, options: FileProgress = {}): Promise<void> {
    try {
      await this.#try(path, (files) => files.write(path, bytes, options));
    } catch (error) {
      if (!(error instanceof RemoteFsError && error.code === 'ENOSPC')) throw error;
      throw new BoardFull(shownPath(path), bytes.length, undefined);
    }
  }

  /** A file or an empty folder. */
  remove(path: RemotePath): Promise<void> {
    return this.#try(path, (files) => files.remove(path));
  }

  /** A file, or a folder with all it holds. */
  removeTree(path: RemotePath): Promise<void> {
    return this.#try(path, (files) => files.removeTree(path));
  }

  /** Rejects with the code `EEXIST` when `to` is there already. */
  rename(from: RemotePath, to: RemotePath): Promise<void> {
    return this.#try(from, (files) => files.rename(from, to));
  }

  makeFolder(path: RemotePath): Promise<void> {
    return this.#try(path, (files) => files.makeFolder(path));
  }

  /** Empty when the board cannot tell. */
  volumes(): Promise<RemoteVolume[]> {
    return this.#try('/', (files) => files.volumes());
  }

  /**
   * Puts right what a lost link left in this folder: removes half-written files, puts back what was moved aside.
   * Returns the names concerned.
   */
  recover(folder: RemotePath): Promise<string[]> {
    return this.#try(folder, (files) => files.recover(folder));
  }

  async #boardFiles(): Promise<BoardFiles> {
    if (this.#files === undefined) {
      const output = await this.#raw.exec(PROBE);
      const [hasFolders, hasTypes, hasSha256, hasBase64] = parseLiteral(readableText(output).text) as boolean[];
      this.#files =
        hasFolders === true && hasTypes === true
          ? new TreeFiles(this.#raw, { sha256: hasSha256 === true, base64: hasBase64 === true })
          : new FlatFiles(this.#raw);
    }
    return this.#files;
  }

  async #try<Value>(path: RemotePath, action: (files: BoardFiles) => Promise<Value>): Promise<Value> {
    const files = await this.#boardFiles();
    try {
      return await action(files);
    } catch (error) {
      const code = error instanceof BoardError ? errnoName(error) : undefined;
      if (code === undefined) throw error;
      throw new RemoteFsError(shownPath(path), code, (error as BoardError).message);
    }
  }
}

function rank(entry: RemoteEntry): number {
  return entry.kind === 'folder' ? 0 : 1;
}

function compareNames(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

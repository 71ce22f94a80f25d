/** Defines Upload: files of this computer on their way to a board. */
import { basename } from 'node:path';
import type { CancelToken } from '../../runtime/bytes/cancel';
import { AppError } from '../../runtime/contract/app-error';
import type { BoardId, LooseFile, TransferCheck } from '../../runtime/contract/types';
import { RemoteFsError } from '../../runtime/link/errors';
import type { RemoteFs } from '../../runtime/link/remote-fs';
import { folderOf, nameOf } from '../boards/link-errors';
import { joinPath, part } from './board-files';
import { filesIn, readLocal } from './local-files';
import type { PutHashes } from './put-hashes';
import { namesAside, sha256, type TransferDirection, type TransferItem } from './transfer-direction';

interface UploadItem extends TransferItem {
  readonly read: () => Promise<Uint8Array>;
}

export interface UploadRequest {
  readonly board: BoardId;
  readonly paths: readonly string[];
  readonly loose: readonly LooseFile[];
  /** On the board. */
  readonly folder: string;
}

export class Upload implements TransferDirection<UploadItem> {
  readonly #files: RemoteFs;
  readonly #request: UploadRequest;
  readonly #putHashes: PutHashes;
  readonly #cancel: CancelToken | undefined;
  readonly #made = new Set<string>();

  constructor(files: RemoteFs, request: UploadRequest, putHashes: PutHashes, cancel?: CancelToken) {
    this.#files = files;
    this.#request = request;
    this.#putHashes = putHashes;
    this.#cancel = cancel;
  }

  async items(): Promise<readonly UploadItem[]> {
    const { paths, loose, folder } = this.#request;
    const local = (await Promise.all(paths.map((path) => filesIn(path)))).flat();
    return [
      ...local.map(({ path, name, size }) => ({ name, size, read: () => readLocal(path) })),
      ...loose.map(({ name, bytes }) => ({ name, size: bytes.length, read: () => Promise.resolve(bytes) })),
    ].map((item) => ({ ...item, target: joinPath(folder, item.name) }));
  }

  async compare(items: readonly UploadItem[]): Promise<readonly TransferCheck['there'][]> {
    const kinds = await this.#kinds(items);
    for (const { target } of items) {
      if (kinds.get(target) !== 'folder') continue;
      throw new AppError('name-taken', { folder: nameOf(folderOf(target)), name: nameOf(target), kind: 'folder' });
    }
    const present = items.filter(({ target }) => kinds.has(target));
    const hashes = present.length === 0 ? [] : await this.#files.hashes(present.map(({ target }) => target));
    const there = new Map<UploadItem, TransferCheck['there']>();
    for (const [index, item] of present.entries()) {
      // A board that cannot hash is small, and so are its files.
      const hash = hashes[index] ?? sha256(await this.#files.read(item.target));
      const isSame = hash === sha256(await item.read());
      const isOurs = this.#putHashes.get(this.#request.board, item.target) === hash;
      there.set(item, isSame ? 'same' : isOurs ? 'ours' : 'differs');
    }
    return items.map((item) => there.get(item) ?? 'nothing');
  }

  async send(item: UploadItem, onProgress: (bytes: number) => void): Promise<void> {
    await this.#makeFolder(folderOf(item.target));
    const bytes = await item.read();
    await this.#files.write(item.target, bytes, {
      onProgress: (done, total) => onProgress(Math.round(item.size * part(done, total))),
      ...(this.#cancel === undefined ? {} : { cancel: this.#cancel }),
    });
    await this.#putHashes.put(this.#request.board, item.target, sha256(bytes));
  }

  async setAside({ target }: UploadItem): Promise<void> {
    for (const name of namesAside(basename(target), 'board')) {
      const aside = joinPath(folderOf(target), name);
      if ((await this.#files.stat(aside)) !== undefined) continue;
      await this.#files.rename(target, aside);
      return;
    }
  }

  /** What is at each target, with one question per folder. */
  async #kinds(items: readonly UploadItem[]): Promise<ReadonlyMap<string, 'file' | 'folder'>> {
    const kinds = new Map<string, 'file' | 'folder'>();
    for (const folder of new Set(items.map(({ target }) => folderOf(target)))) {
      const found = await this.#files.list(folder).catch((error: unknown) => {
        if (error instanceof RemoteFsError && ['ENOENT', 'ENOTDIR'].includes(error.code)) return [];
        throw error;
      });
      for (const { name, kind } of found) kinds.set(joinPath(folder, name), kind);
    }
    return kinds;
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#made.has(folder) || folder === this.#request.folder || folder === '/') return;
    await this.#makeFolder(folderOf(folder));
    const there = await this.#files.stat(folder);
    if (there?.kind === 'file') throw new AppError('folder-in-the-way', { name: nameOf(folder) });
    if (there === undefined) await this.#files.makeFolder(folder);
    this.#made.add(folder);
  }
}

/** Defines Download: files of a board on their way to this computer. */
import { lstat, mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { throwIfCancelled, type CancelToken } from '../../runtime/bytes/cancel';
import { AppError } from '../../runtime/contract/app-error';
import type { BoardId, TransferCheck } from '../../runtime/contract/types';
import type { RemoteFs, RemotePath } from '../../runtime/link/remote-fs';
import { nameOf } from '../boards/link-errors';
import { part, type BoardFiles } from './board-files';
import { checkName } from './file-name';
import { diskError, readLocal, writeLocal } from './local-files';
import { namesAside, sha256, type TransferDirection, type TransferItem } from './transfer-direction';

interface DownloadItem extends TransferItem {
  readonly source: RemotePath;
}

export interface DownloadRequest {
  readonly board: BoardId;
  /** On the board. */
  readonly paths: readonly string[];
  /** On this computer. */
  readonly folder: string;
}

export class Download implements TransferDirection<DownloadItem> {
  readonly #files: RemoteFs;
  readonly #request: DownloadRequest;
  readonly #boardFiles: BoardFiles;
  readonly #cancel: CancelToken | undefined;

  constructor(files: RemoteFs, request: DownloadRequest, boardFiles: BoardFiles, cancel?: CancelToken) {
    this.#files = files;
    this.#request = request;
    this.#boardFiles = boardFiles;
    this.#cancel = cancel;
  }

  async items(): Promise<readonly DownloadItem[]> {
    const { board, paths } = this.#request;
    const items: DownloadItem[] = [];
    for (const path of paths) {
      const found = await this.#files.stat(this.#boardFiles.remotePath(board, path));
      if (found === undefined) throw new AppError('file-missing', { file: nameOf(path), place: 'board' });
      await this.#collect(items, path, nameOf(path), found);
    }
    return items;
  }

  async compare(items: readonly DownloadItem[]): Promise<readonly TransferCheck['there'][]> {
    const there: TransferCheck['there'][] = [];
    for (const item of items) there.push(await this.#compareOne(item));
    return there;
  }

  async send({ source, target, size }: DownloadItem, onProgress: (bytes: number) => void): Promise<void> {
    const bytes = await this.#files.read(source, {
      onProgress: (done, total) => onProgress(Math.round(size * part(done, total))),
      ...(this.#cancel === undefined ? {} : { cancel: this.#cancel }),
    });
    throwIfCancelled(this.#cancel);
    await mkdir(dirname(target), { recursive: true }).catch((error: unknown) => {
      throw diskError(error, dirname(target), 'folder');
    });
    await writeLocal(target, bytes);
  }

  async setAside({ target }: DownloadItem): Promise<void> {
    for (const name of namesAside(basename(target), 'computer')) {
      const aside = join(dirname(target), name);
      if ((await lstat(aside).catch(() => undefined)) !== undefined) continue;
      await rename(target, aside).catch((error: unknown) => {
        throw diskError(error, target, 'file');
      });
      return;
    }
  }

  /** All files in what was chosen, folder by folder. */
  async #collect(
    items: DownloadItem[],
    path: string,
    name: string,
    { kind, size }: { readonly kind: 'file' | 'folder'; readonly size: number },
  ): Promise<void> {
    const { board, folder } = this.#request;
    // What a board may have in a name, this computer may not.
    checkName(nameOf(path));
    const source = this.#boardFiles.remotePath(board, path);
    if (kind === 'file') {
      items.push({ name, size, source, target: join(folder, ...name.split('/')) });
      return;
    }
    for (const found of await this.#files.list(source)) {
      const entry = this.#boardFiles.entry(board, path, found);
      await this.#collect(items, entry.path, `${name}/${entry.name}`, entry);
    }
  }

  async #compareOne({ source, target, size }: DownloadItem): Promise<TransferCheck['there']> {
    const found = await lstat(target).catch(() => undefined);
    if (found === undefined) return 'nothing';
    if (found.isDirectory()) {
      throw new AppError('name-taken', { folder: basename(dirname(target)), name: basename(target), kind: 'folder' });
    }
    if (found.size !== size) return 'differs';
    const [hash] = await this.#files.hashes([source]);
    const onBoard = hash ?? sha256(await this.#files.read(source));
    return onBoard === sha256(await readLocal(target)) ? 'same' : 'differs';
  }
}

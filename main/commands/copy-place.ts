/** The two sides of `tether cp`: this computer and the board, seen the same way. */

import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sha256 } from '../../runtime/bytes/sha256';
import { toHex } from '../../runtime/bytes/bytes';
import type { CancelToken } from '../../runtime/bytes/cancel';
import type { RemoteFs } from '../../runtime/link/remote-fs';
import { withoutEndSlash } from './options';
import { filesIn, readLocal, writeLocal } from '../files/local-files';

export interface CopyPlace {
  kindOf(path: string): Promise<'file' | 'folder' | undefined>;
  /** The files in a folder, by their paths relative to it, with `/`. */
  namesIn(folder: string): Promise<readonly string[]>;
  read(path: string): Promise<Uint8Array>;
  /** Makes the folders that are missing; leaves alone a file that is already so. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  makeFolder(path: string): Promise<void>;
  join(folder: string, name: string): string;
  baseName(path: string): string;
}

export class ComputerPlace implements CopyPlace {
  async kindOf(path: string): Promise<'file' | 'folder' | undefined> {
    const found = await stat(path).catch(() => undefined);
    return found === undefined ? undefined : found.isDirectory() ? 'folder' : 'file';
  }

  async namesIn(folder: string): Promise<readonly string[]> {
    const top = basename(folder).length + 1;
    return (await filesIn(folder)).map(({ name }) => name.slice(top));
  }

  read(path: string): Promise<Uint8Array> {
    return readLocal(path);
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await writeLocal(path, bytes);
  }

  async makeFolder(path: string): Promise<void> {
    await mkdir(path, { recursive: true });
  }

  join(folder: string, name: string): string {
    return join(folder, name);
  }

  baseName(path: string): string {
    return basename(path);
  }
}

export class BoardPlace implements CopyPlace {
  readonly #files: RemoteFs;
  readonly #cancel: CancelToken;
  readonly #ready = new Set<string>();

  constructor(files: RemoteFs, cancel: CancelToken) {
    this.#files = files;
    this.#cancel = cancel;
  }

  async kindOf(path: string): Promise<'file' | 'folder' | undefined> {
    return path === '' ? 'folder' : (await this.#files.stat(withoutEndSlash(path)))?.kind;
  }

  async namesIn(folder: string): Promise<readonly string[]> {
    const names: string[] = [];
    for (const { name, kind, readable } of await this.#files.list(withoutEndSlash(folder))) {
      if (!readable) continue;
      if (kind === 'file') names.push(name);
      else for (const inner of await this.namesIn(this.join(folder, name))) names.push(`${name}/${inner}`);
    }
    return names;
  }

  read(path: string): Promise<Uint8Array> {
    return this.#files.read(path, { cancel: this.#cancel });
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    await this.makeFolder(folder);
    const there = await this.#files.stat(path);
    if (there?.kind === 'file' && there.size === bytes.length) {
      const [hash] = await this.#files.hashes([path]);
      if (hash === toHex(sha256(bytes))) return;
    }
    await this.#files.write(path, bytes, { cancel: this.#cancel });
  }

  /** Also puts right what an earlier copy left in it when its connection was lost. */
  async makeFolder(folder: string): Promise<void> {
    const path = withoutEndSlash(folder);
    if (this.#ready.has(path)) return;
    if ((await this.kindOf(path)) === undefined) {
      await this.makeFolder(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
      await this.#files.makeFolder(path);
    } else {
      await this.#files.recover(path);
    }
    this.#ready.add(path);
  }

  join(folder: string, name: string): string {
    return folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`;
  }

  baseName(path: string): string {
    return path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  }
}

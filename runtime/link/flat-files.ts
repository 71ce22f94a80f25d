/** Files of a board without folders, renaming and hashes: a micro:bit. */

import { bytesEqual, concatBytes } from '../bytes/bytes';
import { throwIfCancelled } from '../bytes/cancel';
import { BoardError, LinkLost, RemoteFsError, VerifyFailed } from './errors';
import { parseLiteral, readableText, stringLiteral } from './python-literal';
import type { RawRepl } from './raw-repl';
import { errnoName } from './remote-errno';
import {
  type BoardFiles,
  type FileProgress,
  NEW_SUFFIX,
  type RemoteEntry,
  type RemotePath,
  type RemoteStat,
  type RemoteVolume,
  isLeftover,
  shownPath,
} from './board-files';
import { literalPieces } from './staged-source';

/** Characters of a bytes literal that fit, with the call around them, into what a board without flow control takes in one go. */
const LITERAL_ROOM = 46;

const READ = `
def _t(n):
 f=open(n,'rb')
 while 1:
  d=f.read(32)
  if not d:break
  print(d)
 f.close()`;

const COPY = `
def _t(a,b):
 f=open(a,'rb')
 g=open(b,'wb')
 while 1:
  d=f.read(64)
  if not d:break
  g.write(d)
 f.close()
 g.close()`;

export class FlatFiles implements BoardFiles {
  readonly #raw: RawRepl;

  constructor(raw: RawRepl) {
    this.#raw = raw;
  }

  async list(folder: RemotePath): Promise<RemoteEntry[]> {
    if (nameOf(folder) !== '') throw notFound(folder);
    const output = await this.#raw.exec(
      "for _t in __import__('os').listdir():print((_t,__import__('os').size(_t)))\ntry:\n del _t\nexcept NameError:0",
    );
    return lines(output).map((line) => {
      const [name, size] = parseLiteral(line) as [string, number];
      return { name, path: `/${name}`, readable: true, kind: 'file', size };
    });
  }

  async stat(path: RemotePath): Promise<RemoteStat> {
    const name = nameOf(path);
    if (name === '') return { kind: 'folder', size: 0 };
    const size = await this.#raw.evaluate(`__import__('os').size(${stringLiteral(name)})`);
    return { kind: 'file', size: size as number };
  }

  hashes(paths: readonly RemotePath[]): Promise<(string | undefined)[]> {
    return Promise.resolve(paths.map(() => undefined));
  }

  async read(path: RemotePath, { onProgress, cancel }: FileProgress): Promise<Uint8Array> {
    throwIfCancelled(cancel);
    const { size } = await this.stat(path);
    const output = await this.#raw.exec(callOf(READ, [nameOf(path)]), { cancel });
    const bytes = concatBytes(lines(output).map((line) => parseLiteral(line) as Uint8Array));
    if (bytes.length !== size) throw new VerifyFailed(shownPath(path));
    onProgress?.(size, size);
    return bytes;
  }

  /** Where nothing is replaced the file is written at once; else beside, and the board copies it into place when it was checked. */
  async write(path: RemotePath, bytes: Uint8Array, options: FileProgress): Promise<void> {
    const name = nameOf(path);
    // The board would take it as a name with a slash in it, which nothing could import.
    if (name.includes('/')) throw notFound(path);
    const replaces = await this.#exists(name);
    const written = replaces ? name + NEW_SUFFIX : name;
    try {
      await this.#writeChecked(written, bytes, options);
      if (replaces) await this.#raw.exec(callOf(COPY, [written, name]));
    } catch (error) {
      if (!(error instanceof LinkLost)) {
        await this.#raw.exec('try:\n _f.close()\n del _f\nexcept NameError:0').catch(() => undefined);
        await this.remove(written).catch(() => undefined);
      }
      throw error;
    }
    if (replaces) await this.remove(written);
  }

  async remove(path: RemotePath): Promise<void> {
    await this.#raw.exec(`__import__('os').remove(${stringLiteral(nameOf(path))})`);
  }

  removeTree(path: RemotePath): Promise<void> {
    return this.remove(path);
  }

  async rename(from: RemotePath, to: RemotePath): Promise<void> {
    if (await this.#exists(nameOf(to))) throw new RemoteFsError(shownPath(to), 'EEXIST', 'The name is taken.');
    await this.#raw.exec(callOf(COPY, [nameOf(from), nameOf(to)]));
    await this.remove(from);
  }

  makeFolder(path: RemotePath): Promise<void> {
    return Promise.reject(new RemoteFsError(shownPath(path), 'EPERM', 'This board has no folders.'));
  }

  volumes(): Promise<RemoteVolume[]> {
    return Promise.resolve([]);
  }

  workingFolder(): Promise<string> {
    return Promise.resolve('/');
  }

  async recover(folder: RemotePath): Promise<string[]> {
    const leftovers = (await this.list(folder)).map(({ name }) => name).filter(isLeftover);
    for (const name of leftovers) await this.remove(name);
    return leftovers;
  }

  async #exists(name: string): Promise<boolean> {
    try {
      await this.stat(name);
      return true;
    } catch (error) {
      if (error instanceof BoardError && errnoName(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async #writeChecked(name: string, bytes: Uint8Array, { onProgress, cancel }: FileProgress): Promise<void> {
    for (let attempt = 0; attempt < 2; attempt++) {
      await this.#raw.exec(`_f=open(${stringLiteral(name)},'wb')`);
      const pieces = literalPieces(bytes, LITERAL_ROOM);
      for (const [index, piece] of pieces.entries()) {
        throwIfCancelled(cancel);
        await this.#raw.exec(`_f.write(b'${piece}')`);
        onProgress?.(Math.round(((index + 1) * bytes.length) / pieces.length), bytes.length);
      }
      await this.#raw.exec('_f.close()\ndel _f');
      if (bytesEqual(await this.read(name, {}), bytes)) return;
    }
    throw new VerifyFailed(name);
  }
}

function nameOf(path: RemotePath): string {
  return shownPath(path).replace(/^\/+/, '');
}

function notFound(path: RemotePath): RemoteFsError {
  return new RemoteFsError(shownPath(path), 'ENOENT', 'This board has no folders.');
}

function callOf(program: string, names: readonly string[]): string {
  return `${program.trim()}\ntry:\n _t(${names.map(stringLiteral).join(',')})\nfinally:\n del _t`;
}

function lines(output: Uint8Array): string[] {
  return readableText(output)
    .text.split(/\r?\n/)
    .filter((line) => line !== '');
}

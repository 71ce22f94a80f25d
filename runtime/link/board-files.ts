/** What both kinds of boards, with folders and without, offer as files. */

import { ascii, endsAt } from '../bytes/bytes';
import type { CancelToken } from '../bytes/cancel';
import { readableText } from './python-literal';

/** Absolute, with `/`; bytes for a name that is no UTF-8. A board without folders takes plain names, with or without a leading `/`. */
export type RemotePath = string | Uint8Array;

export interface RemoteEntry {
  /** The name as text; of a name that is no UTF-8, with U+FFFD in place of what cannot be read. */
  readonly name: string;
  /** What every operation takes: text, or the board's own bytes when the name is no UTF-8, so that it can be renamed and removed. */
  readonly path: RemotePath;
  /** Whether `name` is the name: false when it is no UTF-8. */
  readonly readable: boolean;
  readonly kind: 'file' | 'folder';
  /** Bytes; 0 for a folder. */
  readonly size: number;
}

export interface RemoteStat {
  readonly kind: 'file' | 'folder';
  /** Bytes; 0 for a folder. */
  readonly size: number;
}

export interface RemoteVolume {
  /** `/flash`, `/sd`, or `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly free: number;
}

export interface FileProgress {
  /** Called after each block with the bytes done and the size of the whole. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Ends after the present block; what was in place stays whole. Rejects with `Cancelled`. */
  readonly cancel?: CancelToken | undefined;
}

/** What both kinds of boards, with folders and without, can do. Errors are those of `RawRepl.exec`, with `BoardError` as the board raised it. */
export interface BoardFiles {
  list(folder: RemotePath): Promise<RemoteEntry[]>;
  stat(path: RemotePath): Promise<RemoteStat>;
  hashes(paths: readonly RemotePath[]): Promise<(string | undefined)[]>;
  read(path: RemotePath, options: FileProgress): Promise<Uint8Array>;
  write(path: RemotePath, bytes: Uint8Array, options: FileProgress): Promise<void>;
  remove(path: RemotePath): Promise<void>;
  removeTree(path: RemotePath): Promise<void>;
  rename(from: RemotePath, to: RemotePath): Promise<void>;
  makeFolder(path: RemotePath): Promise<void>;
  volumes(): Promise<RemoteVolume[]>;
  workingFolder(): Promise<string>;
  recover(folder: RemotePath): Promise<string[]>;
}

/** What a file is called until it has been checked, and what the old one is called until the new one is in place. */
export const NEW_SUFFIX = '.tether-new';
export const OLD_SUFFIX = '.tether-old';

/** A path as text for people. */
export function shownPath(path: RemotePath): string {
  return typeof path === 'string' ? path : readableText(path).text;
}

/** Whether a name is one of those that only a lost link leaves behind. */
export function isLeftover(name: RemotePath): boolean {
  if (typeof name === 'string') return name.endsWith(NEW_SUFFIX) || name.endsWith(OLD_SUFFIX);
  return endsAt(name, ascii(NEW_SUFFIX)) || endsAt(name, ascii(OLD_SUFFIX));
}

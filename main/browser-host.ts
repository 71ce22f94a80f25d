/** Defines BrowserHost: what a page in a browser gets from its host beyond the calls, which is little. */
import { join } from 'node:path';
import type { AppInfo } from '../runtime/contract/types';
import { appInfo } from './app-info';
import { KeptFolder } from './files/kept-folder';
import type { Host } from './host';

export class BrowserHost implements Host {
  readonly info: AppInfo = appInfo('browser');
  readonly #kept: KeptFolder;

  /** `folder` is the user's data folder. */
  constructor(folder: string) {
    this.#kept = new KeptFolder(join(folder, 'deleted'));
    void this.#kept.prune().catch(() => undefined);
  }

  chooseFolder = (): Promise<null> => Promise.resolve(null);
  chooseFile = (): Promise<null> => Promise.resolve(null);
  chooseSave = (): Promise<null> => Promise.resolve(null);
  reveal = (): void => undefined;
  moveToTrash = (path: string): Promise<void> => this.#kept.keep(path);
  setTitle = (): void => undefined;
  holdClose = (): void => undefined;
  setFullScreen = (): void => undefined;
  setZoom = (): void => undefined;
  updateMenu = (): void => undefined;
  quit = (): void => undefined;
}

/** Defines ComputerFolders: the folder of this computer that is open, those that were, and where to look for others. */
import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { CancelTimer, Clock } from '../../runtime/bytes/clock';
import type { ComputerPlaces, FolderListing } from '../../runtime/contract/types';
import type { Host } from '../host';
import type { SettingsStore } from '../settings';
import { diskError, listFolder } from './local-files';

/** A program that saves makes several changes in a moment; they are told once. */
const TELL_AFTER = 200;

/** How many folders are remembered. */
const RECENT = 10;

export interface FoldersServices {
  readonly clock: Clock;
  readonly settings: SettingsStore;
  readonly host: Pick<Host, 'moveToTrash'>;
  /** Something in the open folder changed, by whomever. */
  readonly onChange: (folder: string) => void;
}

export class ComputerFolders {
  readonly #services: FoldersServices;
  #watcher: FSWatcher | undefined;
  #timer: CancelTimer | undefined;

  constructor(services: FoldersServices) {
    this.#services = services;
  }

  /**
   * Lists, remembers and watches a folder in place of the one before; with what is below it where the system does that
   * (not Linux, where it would cost one watch per folder).
   */
  async open(path: string): Promise<FolderListing> {
    const listing = await listFolder(path);
    const { settings } = this.#services;
    const recent = [listing.path, ...settings.current.recentFolders.filter((other) => other !== listing.path)];
    await settings.change({ folder: listing.path, recentFolders: recent.slice(0, RECENT) });
    this.#watch(listing.path);
    return listing;
  }

  async places(): Promise<ComputerPlaces> {
    const drives = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`);
    return {
      home: homedir(),
      roots: process.platform === 'win32' ? await existing(drives) : ['/'],
      recent: await existing(this.#services.settings.current.recentFolders),
    };
  }

  readonly remove = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      await this.#services.host.moveToTrash(path).catch((error: unknown) => {
        throw diskError(error, path, 'file');
      });
    }
  };

  close(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #watch(folder: string): void {
    this.close();
    const changed = (): void => {
      this.#timer ??= this.#services.clock.after(TELL_AFTER, () => {
        this.#timer = undefined;
        this.#services.onChange(folder);
      });
    };
    try {
      const watcher = watch(folder, { recursive: process.platform !== 'linux', persistent: false }, changed);
      watcher.on('error', () => watcher.close());
      this.#watcher = watcher;
    } catch {
      // Some file systems cannot be watched; what is in them is listed again when a person asks for it.
    }
  }
}

async function existing(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    folders.map((path) =>
      stat(path).then(
        (entry) => entry.isDirectory(),
        () => false,
      ),
    ),
  );
  return folders.filter((_path, index) => found[index]);
}

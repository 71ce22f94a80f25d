/** Defines Host: what the surroundings of a page can do for it, natively in the desktop app and not at all in a browser. */
import type { AppInfo, MenuState } from '../runtime/contract/types';

export interface Host {
  readonly info: AppInfo;
  /** Native dialogs; null when cancelled, or when there are none. */
  chooseFolder(): Promise<string | null>;
  chooseFile(): Promise<string | null>;
  chooseSave(suggestedName: string): Promise<string | null>;
  /** Shows a file in the system's file manager. */
  reveal(path: string): void;
  /** Puts a file or folder where its owner can get it back from. Rejects when that is not possible, and then nothing was moved. */
  moveToTrash(path: string): Promise<void>;
  setTitle(title: string): void;
  holdClose(held: boolean): void;
  setFullScreen(on: boolean): void;
  setZoom(level: number): void;
  updateMenu(state: MenuState): void;
  /** Closes without another question. */
  quit(): void;
}

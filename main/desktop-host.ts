/** Defines DesktopHost: dialogs, menu and window of the desktop app, for the page that is in it. */
import { app, dialog, Menu, shell, type BrowserWindow } from 'electron';
import type { AppInfo, MenuState } from '../runtime/contract/types';
import { appInfo } from './app-info';
import type { Host } from './host';
import { EMPTY_MENU_STATE, menuTemplate, mergeMenuState } from './menu';

/** So many zoom levels of Electron, each 20 %, in both directions. */
const MOST_ZOOM = 5;

const PYTHON_FILES = [
  { name: 'Python', extensions: ['py'] },
  { name: 'All files', extensions: ['*'] },
];

export class DesktopHost implements Host {
  readonly info: AppInfo = appInfo('desktop');
  readonly #onCommand: (command: string) => void;
  #window: BrowserWindow | undefined;
  #menu = EMPTY_MENU_STATE;
  #closeIsHeld = false;

  constructor(onCommand: (command: string) => void) {
    this.#onCommand = onCommand;
  }

  attach(
    window: BrowserWindow,
    { onHeldClose, onClose }: { onHeldClose: () => void; onClose: (window: BrowserWindow) => void },
  ): void {
    this.#window = window;
    this.updateMenu(EMPTY_MENU_STATE);
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('close', (event) => {
      if (this.#closeIsHeld) {
        event.preventDefault();
        onHeldClose();
        return;
      }
      onClose(window);
    });
    // A page that no longer answers cannot be asked.
    window.on('unresponsive', () => (this.#closeIsHeld = false));
    window.webContents.on('render-process-gone', () => (this.#closeIsHeld = false));
    window.on('closed', () => (this.#window = undefined));
  }

  async chooseFolder(): Promise<string | null> {
    return this.#choose({ properties: ['openDirectory', 'createDirectory'] });
  }

  async chooseFile(): Promise<string | null> {
    return this.#choose({ properties: ['openFile'], filters: PYTHON_FILES });
  }

  async chooseSave(suggestedName: string): Promise<string | null> {
    if (this.#window === undefined) return null;
    const { filePath, canceled } = await dialog.showSaveDialog(this.#window, {
      defaultPath: suggestedName,
      filters: PYTHON_FILES,
    });
    return canceled || !filePath ? null : filePath;
  }

  reveal(path: string): void {
    shell.showItemInFolder(path);
  }

  moveToTrash(path: string): Promise<void> {
    return shell.trashItem(path);
  }

  setTitle(title: string): void {
    this.#window?.setTitle(title);
  }

  holdClose(held: boolean): void {
    this.#closeIsHeld = held;
  }

  setFullScreen(on: boolean): void {
    this.#window?.setFullScreen(on);
  }

  setZoom(level: number): void {
    this.#window?.webContents.setZoomLevel(Math.max(-MOST_ZOOM, Math.min(level, MOST_ZOOM)));
  }

  updateMenu(state: MenuState): void {
    this.#menu = mergeMenuState(this.#menu, state);
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(this.#menu, process.platform, this.#onCommand)));
  }

  quit(): void {
    this.#closeIsHeld = false;
    app.quit();
  }

  async #choose(options: Electron.OpenDialogOptions): Promise<string | null> {
    if (this.#window === undefined) return null;
    const { filePaths } = await dialog.showOpenDialog(this.#window, options);
    return filePaths[0] ?? null;
  }
}

/** The desktop app, from start to end: one window on our own page, which knows nothing but the calls of the contract. */
import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, protocol, session, type BrowserWindow } from 'electron';
import { isOwnUrl, registerScheme, serveScheme } from './app-scheme';
import { startApp } from './app';
import { dataFolder } from './data-folder';
import { DesktopHost } from './desktop-host';
import { Ipc, serveElectron } from './ipc';
import { builtPath } from './resources';
import { WindowPlace, loadPage, lockSession, openWindow } from './window';

/** How long the end may take: a board that does not let go must not keep the program. */
const END_LIMIT = 3000;

// Chromium keeps its caches apart from what belongs to the person.
const folder = dataFolder();
app.setPath('userData', join(folder, 'window'));
registerScheme(protocol);

let window: BrowserWindow | undefined;

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

async function start(): Promise<void> {
  Menu.setApplicationMenu(null);
  serveScheme(protocol, builtPath('renderer'));
  lockSession(session.defaultSession);

  const ipc = new Ipc();
  const clients = serveElectron(ipc, ipcMain, isOwnUrl);
  const host = new DesktopHost((command) => ipc.emit('menu:command', command));
  const tether = await startApp(host, ipc, folder);

  const place = new WindowPlace(join(folder, 'window.json'));
  window = await openWindow(place, builtPath('main', 'preload.cjs'));
  clients.add(window.webContents);
  host.attach(window, {
    onHeldClose: () => ipc.emit('window:closing'),
    onClose: (closing) => void place.save(closing).catch(() => undefined),
  });
  await loadPage(window);

  let ended = false;
  app.on('will-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    const limit = new Promise<void>((resolve) => setTimeout(resolve, END_LIMIT));
    void Promise.race([tether.dispose(), limit])
      .catch(() => undefined)
      .then(() => {
        ended = true;
        app.quit();
      });
  });
}

/** Without a window there is no other place to say why. */
function giveUp(error: unknown): void {
  dialog.showErrorBox(
    'Tether could not start.',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  app.exit(1);
}

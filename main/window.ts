/** Defines the desktop app's window: locked into its own page, and at the place where it was last. */
import { BrowserWindow, screen, type Rectangle, type Session } from 'electron';
import { PAGE_URL, isOwnUrl } from './app-scheme';
import { JsonFile } from './files/json-file';

const DEFAULT_SIZE = { width: 1280, height: 800 };

/** What a page may do without asking: everything else is denied. */
const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-read', 'clipboard-sanitized-write']);

/** Where the window was, kept from one run to the next. */
export class WindowPlace {
  readonly #file: JsonFile;

  constructor(path: string) {
    this.#file = new JsonFile(path);
  }

  /** The bounds to open with; the default size when there are none, or when their screen is gone. */
  async load(): Promise<{ bounds: Partial<Rectangle>; maximized: boolean }> {
    const stored = (await this.#file.read()) as { bounds?: Rectangle; maximized?: boolean } | undefined;
    const bounds = stored?.bounds;
    if (!isRectangle(bounds) || !isOnAScreen(bounds)) return { bounds: DEFAULT_SIZE, maximized: false };
    return { bounds, maximized: stored?.maximized === true };
  }

  async save(window: BrowserWindow): Promise<void> {
    await this.#file.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  }
}

export async function openWindow(place: WindowPlace, preload: string): Promise<BrowserWindow> {
  const { bounds, maximized } = await place.load();
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 480,
    minHeight: 360,
    show: false,
    title: 'Tether',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // It would load dictionaries from the network.
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  lockIn(window);
  window.once('ready-to-show', () => window.show());
  return window;
}

export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(PAGE_URL);
}

/** The page goes nowhere else, opens nothing and embeds nothing. */
function lockIn({ webContents }: BrowserWindow): void {
  const deny = (event: { preventDefault(): void }): void => event.preventDefault();
  webContents.on('will-navigate', (event, url) => {
    if (!isOwnUrl(url)) event.preventDefault();
  });
  webContents.on('will-redirect', deny);
  webContents.on('will-attach-webview', deny);
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Denies every permission but the clipboard, and every request that leaves the program. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide) => {
    decide(PERMISSIONS.has(permission) && contents !== null && isOwnUrl(contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return PERMISSIONS.has(permission) && isOwnUrl(`${origin.replace(/\/$/, '')}/`);
  });
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*', 'ftp://*/*'] },
    (_details, decide) => decide({ cancel: true }),
  );
}

function isRectangle(value: unknown): value is Rectangle {
  const numbers = Object.values(value ?? {});
  return numbers.length === 4 && numbers.every((number) => Number.isInteger(number));
}

function isOnAScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const height = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    return width >= 100 && height >= 100;
  });
}

// Starts the app for a journey, in a browser on its web host or as the packaged desktop app, and knows its parts by name.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  _electron,
  test as base,
  expect,
  type Browser,
  type ElectronApplication,
  type Locator,
  type Page,
} from '@playwright/test';
import { packagedApp } from '../../main/dev/package.mjs';
import { nodeForTools, root } from '../../main/dev/setup.mjs';

export { expect };

/** What was there before the app starts. */
export interface Start {
  /** Files of the folder that is open on the computer, by their path in it. */
  files: Record<string, string | Uint8Array>;
  settings: Record<string, unknown>;
}

interface Running {
  page: Page;
  close: () => Promise<void>;
}

export class Journey {
  constructor(
    readonly page: Page,
    /** The folder that is open on the computer. */
    readonly folder: string,
    readonly kind: 'browser' | 'electron',
  ) {}

  get target(): Locator {
    return this.page.getByTestId('target-block');
  }
  get run(): Locator {
    return this.page.getByRole('button', { name: /^Run on/ });
  }
  get stop(): Locator {
    return this.page.getByRole('toolbar', { name: 'Run' }).getByRole('button', { name: 'Stop' });
  }
  get softReset(): Locator {
    return this.page.getByRole('toolbar', { name: 'Run' }).getByRole('button', { name: 'Soft reset' });
  }
  get editor(): Locator {
    return this.page.locator('.cm-content');
  }
  /** What the terminal shows, line by line. */
  get screen(): Locator {
    return this.page.locator('.xterm-rows:visible');
  }
  get computerTree(): Locator {
    return this.page.getByRole('tree', { name: /^Computer/ });
  }
  get boardTree(): Locator {
    return this.page.getByRole('tree', { name: /BOARD/ });
  }
  get notices(): Locator {
    return this.page.getByRole('region', { name: 'Notices' });
  }

  get boardFiles(): Locator {
    return this.page.getByRole('region', { name: 'Board files' });
  }

  async waitUntilReady(): Promise<void> {
    await expect(this.target).toContainText('Ready', { timeout: 30_000 });
  }

  /** A board that was just connected is at its prompt, and its files, which are asked for by themselves, are listed. */
  async settled(): Promise<void> {
    await this.waitUntilReady();
    await expect(this.boardFiles).toContainText('free', { timeout: 30_000 });
    await this.waitUntilReady();
  }

  async focusTerminal(): Promise<void> {
    await this.page.keyboard.press('Control+2');
    await expect(this.page.locator('.xterm-helper-textarea:visible, .xterm.focus').first()).toBeAttached();
  }

  /** Types at the prompt. */
  async type(text: string): Promise<void> {
    await this.focusTerminal();
    await this.page.keyboard.type(text);
  }

  /** Types a line at the prompt. */
  async enter(line: string): Promise<void> {
    await this.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** Puts a text into a new tab. */
  async write(code: string): Promise<void> {
    await this.command('New file');
    await expect(this.editor).toBeFocused();
    await this.page.keyboard.insertText(code);
  }

  /** Runs a command by its title, through the palette. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const field = this.page.getByRole('combobox', { name: 'Command' });
    await field.fill(title);
    await this.page.getByRole('option', { name: title }).first().click();
    await expect(field).toBeHidden();
  }
}

interface Fixtures {
  start: Start;
  journey: Journey;
}

/** `journey` is the app, started with the simulated board of an empty flash unless `start` says otherwise. */
export const test = base.extend<Fixtures>({
  start: [{ files: {}, settings: {} }, { option: true }],
  journey: async ({ playwright, start }, use, info) => {
    const place = mkdtempSync(join(tmpdir(), 'tether-journey-'));
    const folder = join(place, 'project');
    mkdirSync(folder);
    for (const [path, content] of Object.entries(start.files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const data = join(place, 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'settings.json'), JSON.stringify({ folder, ...start.settings }));

    const kind = info.project.name === 'electron' ? 'electron' : 'browser';
    const running =
      kind === 'electron'
        ? await startDesktop(data)
        : await startBrowser(data, () => playwright.chromium.launch(info.project.use.launchOptions));
    const faults: string[] = [];
    running.page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
    const journey = new Journey(running.page, folder, kind);
    await expect(journey.target).toBeVisible();
    await use(journey);
    await running.close();
    rmSync(place, { recursive: true, force: true });
    expect(faults).toEqual([]);
  },
});

/** The desktop app is there in 2 s; a start that Playwright has lost sight of after this many milliseconds is tried once more. */
const START_LIMIT = 20_000;

async function startDesktop(data: string): Promise<Running> {
  const { app, page } = await launchDesktop(data).catch((error: unknown) => {
    console.warn('The desktop app is started again:', error);
    return launchDesktop(data);
  });
  return {
    page,
    close: async () => {
      // A window with unsaved text asks before it closes; a journey is over without an answer.
      await app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined);
      await app.close().catch(() => undefined);
    },
  };
}

async function launchDesktop(data: string): Promise<{ app: ElectronApplication; page: Page }> {
  const asRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: packagedApp,
    args: [...(asRoot ? ['--no-sandbox'] : []), '--disable-gpu'],
    env: { ...(process.env as Record<string, string>), TETHER_DATA: data },
    timeout: START_LIMIT,
  });
  try {
    return { app, page: await app.firstWindow({ timeout: START_LIMIT }) };
  } catch (error) {
    app.process().kill('SIGKILL');
    throw error;
  }
}

async function startBrowser(data: string, launch: () => Promise<Browser>): Promise<Running> {
  const host = spawn(nodeForTools(), [join(root, 'out/main/web.cjs'), '--port', '0'], {
    env: { ...process.env, TETHER_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const link = await printed(host, /http:\/\/127\.0\.0\.1:\S+/);
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.goto(link);
  return {
    page,
    close: async () => {
      await browser.close();
      await ended(host);
    },
  };
}

/** The first piece of a program's output that matches. */
export function printed(program: ChildProcess, what: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    program.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const match = what.exec(said);
      if (match) resolve(match[0]);
    });
    program.once('exit', () => reject(new Error(`It ended and had said: ${said}`)));
  });
}

/** Ends a program that the journey started. */
export function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    program.once('exit', () => resolve());
    program.kill('SIGTERM');
    setTimeout(() => program.kill('SIGKILL'), 5_000).unref();
  });
}

/** The trees as a person meets them: keys, names, and a sentence for every state. */
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import BoardFiles from '../../../renderer/files/BoardFiles.svelte';
import ComputerFiles from '../../../renderer/files/ComputerFiles.svelte';
import { fileTreesOf } from '../../../renderer/files/file-trees.svelte';
import TransferButtons from '../../../renderer/files/TransferButtons.svelte';
import { type App } from '../../../renderer/state/app.svelte';
import { AppError } from '../../../runtime/contract/app-error';
import { FakeHost, pyboardA } from './fake-host';
import { button, byLabel, mountIn, press } from './mounting';

let host: FakeHost;
let app: App;
const takeAway: (() => void)[] = [];

beforeEach(() => {
  host = new FakeHost();
  for (const path of ['/flash/', '/flash/lib/', '/flash/lib/a.py', '/flash/boot.py', '/flash/main.py'])
    host.board.set(path, 1229);
});

afterEach(() => {
  for (const each of takeAway.splice(0)) each();
});

async function showBoard(target: 'sim' | 'real' | 'none' = 'real'): Promise<void> {
  app = await host.app(target);
  takeAway.push(mountIn(app, BoardFiles));
}

async function listed(): Promise<void> {
  await vi.waitFor(() => expect(items().length).toBe(4));
}

const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')];
const focused = (): string | null => document.activeElement?.getAttribute('aria-label') ?? null;
const selected = (): (string | null)[] =>
  items()
    .filter((item) => item.getAttribute('aria-selected') === 'true')
    .map((item) => item.getAttribute('aria-label'));
const text = (): string => document.body.textContent.replace(/\s+/g, ' ');

async function key(name: string, modifiers: Omit<KeyboardEventInit, 'key'> = {}): Promise<void> {
  press(document.activeElement ?? document.body, name, modifiers);
  await new Promise((resolve) => setTimeout(resolve));
  flushSync();
}

describe('the tree', () => {
  beforeEach(async () => {
    await showBoard();
    await listed();
    items()[0]?.focus();
  });

  it('has a name, and rows with level, size and position', () => {
    expect(byLabel('REAL BOARD A, files').getAttribute('role')).toBe('tree');
    const rows = items().map((item) =>
      ['level', 'posinset', 'setsize'].map((name) => Number(item.getAttribute(`aria-${name}`))),
    );
    expect(rows).toEqual([
      [1, 1, 1],
      [2, 1, 3],
      [2, 2, 3],
      [2, 3, 3],
    ]);
    expect(items().map((item) => item.getAttribute('aria-label'))).toEqual([
      '/flash, 48 of 95 KB free',
      'lib',
      'boot.py, 1.2 KB',
      'main.py, 1.2 KB',
    ]);
    expect(items().map((item) => item.getAttribute('aria-expanded'))).toEqual(['true', 'false', null, null]);
    expect(document.querySelector('meter')?.getAttribute('max')).toBe(String(95 * 1024));
  });

  it('is one Tab stop', () => {
    expect(items().filter((item) => item.tabIndex === 0).length).toBe(1);
  });

  it('is walked by arrows, Home and End', async () => {
    await key('ArrowDown');
    expect(focused()).toBe('lib');
    await key('End');
    expect(focused()).toBe('main.py, 1.2 KB');
    await key('ArrowDown');
    expect(focused()).toBe('main.py, 1.2 KB');
    await key('ArrowUp');
    expect(focused()).toBe('boot.py, 1.2 KB');
    await key('Home');
    expect(focused()).toBe('/flash, 48 of 95 KB free');
    expect(selected()).toEqual(['/flash, 48 of 95 KB free']);
  });

  it('opens and closes folders by arrows, and goes to the parent', async () => {
    await key('ArrowDown');
    await key('ArrowRight');
    await vi.waitFor(() => expect(items().length).toBe(5));
    await key('ArrowRight');
    expect(focused()).toBe('a.py, 1.2 KB');
    await key('ArrowLeft');
    expect(focused()).toBe('lib');
    await key('ArrowLeft');
    expect(items().length).toBe(4);
    await key('ArrowLeft');
    expect(focused()).toBe('/flash, 48 of 95 KB free');
  });

  it('selects by Space, Shift and Ctrl+A', async () => {
    await key('ArrowDown');
    await key('ArrowDown', { shiftKey: true });
    expect(selected()).toEqual(['lib', 'boot.py, 1.2 KB']);
    await key(' ');
    expect(selected()).toEqual(['lib']);
    await key('a', { ctrlKey: true });
    expect(selected()).toEqual(['lib', 'boot.py, 1.2 KB', 'main.py, 1.2 KB']);
  });

  it('jumps to what is typed', async () => {
    await key('m');
    expect(focused()).toBe('main.py, 1.2 KB');
  });

  it('opens a file by Enter and by a double click, not by a click', async () => {
    const opened = vi.spyOn(app.workspace, 'openFile').mockResolvedValue(null);
    items()[3]?.click();
    await key('ArrowUp');
    expect(opened).not.toHaveBeenCalled();
    await key('Enter');
    expect(opened).toHaveBeenCalledWith({ on: 'board', board: pyboardA.id }, '/flash/boot.py');
    items()[3]?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    expect(opened).toHaveBeenLastCalledWith({ on: 'board', board: pyboardA.id }, '/flash/main.py');
  });

  it('renames in place: Esc drops, Enter keeps, and the row has the focus again', async () => {
    const tree = fileTreesOf(app).board;
    await key('End');
    tree?.startRenaming('/flash/main.py');
    flushSync();
    const field = byLabel<HTMLInputElement>('New name of main.py');
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['main.py', 0, 4]);
    press(field, 'Escape');
    await vi.waitFor(() => expect(focused()).toBe('main.py, 1.2 KB'));
    tree?.startRenaming('/flash/main.py');
    flushSync();
    const again = byLabel<HTMLInputElement>('New name of main.py');
    again.value = 'app.py';
    again.dispatchEvent(new Event('input', { bubbles: true }));
    press(again, 'Enter');
    await vi.waitFor(() => expect(focused()).toBe('app.py, 1.2 KB'));
    expect(selected()).toEqual(['app.py, 1.2 KB']);
  });

  it('says in the field what is wrong with the name', async () => {
    fileTreesOf(app).board?.startRenaming('/flash/main.py');
    flushSync();
    const field = byLabel<HTMLInputElement>('New name of main.py');
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    press(field, 'Enter');
    await vi.waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    expect(text()).toContain('A name cannot be empty.');
  });

  it('cuts and pastes', async () => {
    await key('End');
    await key('x', { ctrlKey: true });
    await key('Home');
    await key('ArrowDown');
    await key('v', { ctrlKey: true });
    await vi.waitFor(() => expect(host.board.has('/flash/lib/main.py')).toBe(true));
  });
});

describe('what is said when there is nothing to list', () => {
  it('no board', async () => {
    await showBoard('none');
    expect(text()).toContain('NO BOARD');
    expect(text()).toContain('No board. Choose one to see its files.');
    expect(button('Choose board…')).toBeTruthy();
  });

  it('a lost board', async () => {
    await showBoard();
    await listed();
    host.setState({ name: 'lost' }, pyboardA.id);
    flushSync();
    expect(text()).toContain('No board. Choose one to see its files.');
  });

  it('a board that runs its own program and was never listed', async () => {
    host.boardState = { name: 'running', program: null };
    await showBoard();
    expect(text()).toContain('The board is running a program, so its files cannot be listed now.');
    expect(host.called('files:list')).toEqual([]);
    button('Stop and list files').click();
  });

  it('a board that began to run just before it was listed, and then was ready', async () => {
    host.answers['files:list'] = () => {
      throw new AppError('program-running', { board: 'Pyboard A' });
    };
    await showBoard();
    await vi.waitFor(() =>
      expect(text()).toContain('The board is running a program, so its files cannot be listed now.'),
    );
    delete host.answers['files:list'];
    host.setState({ name: 'running', program: null }, pyboardA.id);
    host.setState({ name: 'ready' }, pyboardA.id);
    flushSync();
    await listed();
    expect(text()).not.toContain('running a program');
  });

  it('a board that runs a program keeps its last list, with its time', async () => {
    await showBoard();
    await listed();
    host.setState({ name: 'running', program: 'a.py' }, pyboardA.id);
    flushSync();
    expect(text()).toMatch(/List from \d\d:\d\d\. The board is running a program\./);
    expect(items().length).toBe(4);
  });

  it('a list that takes a while', async () => {
    let give: (() => void) | undefined;
    host.answers['board:volumes'] = () =>
      new Promise((resolve) => (give = () => resolve([{ path: '/flash', space: { size: 1, free: 1 } }])));
    await showBoard();
    expect(text()).toContain('Reading the file list…');
    give?.();
    await vi.waitFor(() => expect(text()).not.toContain('Reading the file list…'));
  });

  it('a volume without files', async () => {
    host.board.clear();
    host.board.set('/flash/', 0);
    await showBoard('sim');
    await vi.waitFor(() =>
      expect(text()).toContain('No files on /flash yet. Drop some here, or save one with Save as.'),
    );
    expect(text()).toContain('SIMULATED BOARD');
  });

  it('a board without a file system', async () => {
    host.answers['board:volumes'] = () => [];
    await showBoard();
    await vi.waitFor(() => expect(text()).toContain('The board has no file system that can be listed.'));
  });

  it('an error, with a way to try again', async () => {
    host.answers['board:volumes'] = () => {
      throw new Error('boom');
    };
    await showBoard();
    await vi.waitFor(() =>
      expect(text()).toContain('Something in Tether went wrong while testing. Your files are safe.'),
    );
    delete host.answers['board:volumes'];
    button('Try again').click();
    await listed();
    expect(text()).not.toContain('went wrong');
  });

  it('no folder on the computer', async () => {
    app = await host.app();
    takeAway.push(mountIn(app, ComputerFiles));
    expect(text()).toContain('No folder is open. Open one to see and sync its files.');
    expect(button('Open folder…')).toBeTruthy();
  });

  it('a folder without files', async () => {
    host.computer.set('/home/empty/', 0);
    app = await host.app();
    takeAway.push(mountIn(app, ComputerFiles));
    await app.workspace.openFolder('/home/empty', false);
    flushSync();
    expect(text()).toContain('No files in empty yet.');
  });
});

describe('the buttons between', () => {
  it('name where files go', async () => {
    host.computer.set('/home/w/a.py', 1);
    await showBoard();
    await listed();
    takeAway.push(mountIn(app, TransferButtons));
    expect(button('Upload to REAL BOARD Pyboard A').getAttribute('aria-disabled')).toBe('true');
    await app.workspace.openFolder('/home/w', false);
    fileTreesOf(app).board?.selectOnly('/flash/lib');
    flushSync();
    expect(button('Upload to /flash/lib on REAL BOARD Pyboard A')).toBeTruthy();
    expect(button('Download to the folder w')).toBeTruthy();
  });
});

describe('the foot', () => {
  it('shows a transfer that takes a while, and its end', async () => {
    await showBoard();
    await listed();
    let end: (() => void) | undefined;
    host.answers['transfer:start'] = (id) => {
      host.emit('transfer:progress', {
        id,
        board: pyboardA.id,
        direction: 'upload',
        file: 3,
        files: 12,
        name: 'lib/umqtt.py',
        fileBytes: 1,
        fileSize: 2,
        bytes: 42,
        size: 100,
        bytesPerSecond: 10,
      });
      return new Promise((resolve) => {
        end = () => resolve({ sent: 12, unchanged: 0, skipped: 0, bytes: 49_152, milliseconds: 204 });
      });
    };
    const done = fileTreesOf(app).putLoose(
      [{ name: 'x.py', bytes: new Uint8Array(1) }],
      fileTreesOf(app).board!,
      '/flash',
    );
    await vi.waitFor(() => expect(document.querySelector('progress')).not.toBeNull());
    expect(document.querySelector('progress')?.getAttribute('aria-valuetext')).toBe(
      'Uploading 3 of 12 · lib/umqtt.py · 42 % · 10 bytes/s · about 6 s',
    );
    end?.();
    await done;
    flushSync();
    expect(text()).toContain('Uploaded 12 files, 48 KB, in 0.2 s. Each was read back and is equal.');
    expect(document.querySelector('progress')).toBeNull();
  });
});

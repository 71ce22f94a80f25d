/** The files of one place as a tree. */
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { FileTree, isInside, lastName } from '../../../renderer/files/file-tree.svelte';
import { AppError } from '../../../runtime/contract/app-error';
import { FakeHost } from './fake-host';

let host: FakeHost;
let tree: FileTree;

beforeEach(() => {
  host = new FakeHost();
  for (const path of [
    '/flash/',
    '/flash/lib/',
    '/flash/lib/a.py',
    '/flash/lib/b.py',
    '/flash/boot.py',
    '/flash/main.py',
    '/flash/.hidden',
  ]) {
    host.board.set(path, path.endsWith('/') ? 0 : 10);
  }
  tree = new FileTree(host.api, { on: 'board', board: 'sim' });
});

/** Each row as its name, indented by its level. */
function shown(): string[] {
  return tree.rows.map(({ entry, level }) => '  '.repeat(level - 1) + entry.name);
}

describe('listing', () => {
  it('shows volumes open, and folders closed', async () => {
    await tree.refresh();
    expect(shown()).toEqual(['/flash', '  lib', '  boot.py', '  main.py']);
    expect(tree.rows[1]).toMatchObject({ level: 2, position: 1, siblings: 3, open: false, folder: '/flash' });
  });

  it('lists a folder when it is opened, and keeps it open on a refresh', async () => {
    await tree.refresh();
    await tree.expand('/flash/lib');
    expect(shown()).toEqual(['/flash', '  lib', '    a.py', '    b.py', '  boot.py', '  main.py']);
    host.board.set('/flash/lib/c.py', 1);
    await tree.refresh();
    expect(shown()).toContain('    c.py');
  });

  it('shows hidden files when asked to', async () => {
    tree.showHidden = true;
    await tree.refresh();
    expect(shown()).toContain('  .hidden');
  });

  it('keeps the old list when a new one cannot be had', async () => {
    await tree.refresh();
    host.answers['files:list'] = () => {
      throw new AppError('program-running', { board: 'sim' });
    };
    await tree.refresh();
    expect(shown()).toContain('  main.py');
    expect(tree.problem?.code).toBe('program-running');
    delete host.answers['files:list'];
    await tree.refresh();
    expect(tree.problem).toBeNull();
  });

  it('closes a folder that is gone, and lists the others', async () => {
    await tree.refresh();
    await tree.expand('/flash/lib');
    const list = host.answers['files:list'];
    host.answers['files:list'] = (_place, path) => {
      if (path === '/flash/lib') throw new AppError('folder-missing', { folder: 'lib', place: 'board' });
      const entry = { name: 'lib', path: '/flash/lib', kind: 'folder', size: 0, modified: null } as const;
      return { path, name: path, parent: null, entries: [entry] };
    };
    await tree.refresh();
    expect(shown()).toEqual(['/flash', '  lib']);
    expect([tree.problem, tree.open.has('/flash/lib'), list]).toEqual([null, false, undefined]);
  });

  it('takes the answer to the last question, whichever comes last', async () => {
    await tree.refresh();
    let answerFirst: (() => void) | undefined;
    host.answers['board:volumes'] = () =>
      new Promise((resolve) => {
        answerFirst = () => resolve([{ path: '/old', space: { size: 1, free: 1 } }]);
      });
    const first = tree.refresh();
    await Promise.resolve();
    delete host.answers['board:volumes'];
    await tree.refresh();
    answerFirst?.();
    await first;
    expect(tree.volumes.map(({ path }) => path)).toEqual(['/flash']);
  });

  it('says that it reads only when that takes a while', async () => {
    vi.useFakeTimers();
    host.answers['board:volumes'] = () => new Promise((resolve) => setTimeout(() => resolve([]), 1000));
    const done = tree.refresh();
    await vi.advanceTimersByTimeAsync(299);
    expect(tree.reading).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(tree.reading).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    await done;
    expect(tree.reading).toBe(false);
    vi.useRealTimers();
  });

  it('lists a folder again that has changed, with the free space', async () => {
    await tree.refresh();
    host.board.delete('/flash/main.py');
    host.answers['board:volumes'] = () => [{ path: '/flash', space: { size: 100, free: 99 } }];
    await tree.changed('/flash');
    expect(shown()).not.toContain('  main.py');
    expect(tree.volumes[0]?.space?.free).toBe(99);
    const before = host.calls.length;
    await tree.changed('/flash/lib');
    expect(host.calls.length).toBe(before);
  });

  it('shows the entries of a folder of the computer without a row for it', () => {
    const computer = new FileTree(host.api, { on: 'computer' });
    computer.show('/home', [{ name: 'a.py', path: '/home/a.py', kind: 'file', size: 1, modified: null }]);
    expect(computer.rows.map(({ entry, level }) => [entry.name, level])).toEqual([['a.py', 1]]);
    computer.show(null);
    expect(computer.rows).toEqual([]);
  });
});

describe('selecting', () => {
  beforeEach(async () => {
    await tree.refresh();
    await tree.expand('/flash/lib');
  });

  it('one, several, a stretch, all', () => {
    tree.selectOnly('/flash/lib/b.py');
    tree.extendTo('/flash/main.py');
    expect([...tree.selected]).toEqual(['/flash/lib/b.py', '/flash/boot.py', '/flash/main.py']);
    tree.extendTo('/flash/lib/a.py');
    expect([...tree.selected]).toEqual(['/flash/lib/a.py', '/flash/lib/b.py']);
    tree.toggle('/flash/main.py');
    tree.toggle('/flash/lib/a.py');
    expect([...tree.selected]).toEqual(['/flash/lib/b.py', '/flash/main.py']);
    tree.selectAll();
    expect(tree.selected.size).toBe(5);
    expect(tree.selected.has('/flash')).toBe(false);
  });

  it('chooses a folder with what is in it once, and never a volume', () => {
    for (const path of ['/flash', '/flash/lib', '/flash/lib/a.py', '/flash/main.py']) tree.selected.add(path);
    tree.selected.delete('/flash');
    expect(tree.chosen.map(({ entry }) => entry.path)).toEqual(['/flash/lib', '/flash/main.py']);
    tree.selectOnly('/flash');
    expect(tree.chosen).toEqual([]);
  });

  it('forgets what is no longer seen when a folder closes', () => {
    tree.selectOnly('/flash/lib/a.py');
    tree.collapse('/flash/lib');
    expect([...tree.selected]).toEqual([]);
    expect(tree.current).toBe('/flash/lib');
  });

  it('says where things put here go', () => {
    expect(tree.receiver).toBe('/flash');
    tree.selectOnly('/flash/lib');
    expect(tree.receiver).toBe('/flash/lib');
    tree.selectOnly('/flash/lib/a.py');
    expect(tree.receiver).toBe('/flash/lib');
    tree.toggle('/flash/main.py');
    expect(tree.receiver).toBe('/flash');
  });

  it('moves the Tab stop to what stood below a row that is gone, else above', () => {
    tree.selectOnly('/flash/boot.py');
    tree.forget(['/flash/boot.py']);
    expect(tree.current).toBe('/flash/main.py');
    tree.forget(['/flash/main.py']);
    expect(tree.current).toBe('/flash/boot.py');
  });
});

describe('renaming', () => {
  beforeEach(async () => {
    await tree.refresh();
  });

  it('goes to the host, and the row keeps its place and selection', async () => {
    tree.selectOnly('/flash/main.py');
    tree.startRenaming('/flash/main.py');
    expect(tree.renaming?.text).toBe('main.py');
    tree.typeName('app.py');
    const renamed = await tree.finishRenaming();
    expect(renamed?.path).toBe('/flash/app.py');
    expect(host.called('files:move')).toEqual([[{ on: 'board', board: 'sim' }, '/flash/main.py', '/flash', 'app.py']]);
    expect([tree.renaming, tree.current, [...tree.selected]]).toEqual([null, '/flash/app.py', ['/flash/app.py']]);
    expect(shown()).toContain('  app.py');
  });

  it('to the same name does nothing', async () => {
    tree.startRenaming('/flash/main.py');
    expect(await tree.finishRenaming()).toBeNull();
    expect([tree.renaming, host.called('files:move')]).toEqual([null, []]);
  });

  it('says in its field what is wrong with a name', async () => {
    tree.startRenaming('/flash/main.py');
    tree.typeName('boot.py');
    await tree.finishRenaming();
    expect(tree.renaming?.problem).toBe('flash already holds a file named boot.py.');
    tree.typeName('x/y');
    expect(tree.renaming?.problem).toBeNull();
    await tree.finishRenaming();
    expect(tree.renaming?.problem).toBe('A name cannot contain ‘/’.');
    expect(host.called('files:move')).toEqual([]);
  });

  it('a folder carries what is open and selected in it along', async () => {
    await tree.expand('/flash/lib');
    tree.selectOnly('/flash/lib/a.py');
    tree.startRenaming('/flash/lib');
    tree.typeName('libs');
    await tree.finishRenaming();
    await vi.waitFor(() => expect(shown()).toContain('    a.py'));
    expect([...tree.selected]).toEqual(['/flash/libs/a.py']);
    expect(shown().slice(0, 3)).toEqual(['/flash', '  libs', '    a.py']);
  });

  it('leaves volumes alone', () => {
    tree.startRenaming('/flash');
    expect(tree.renaming).toBeNull();
  });
});

describe('paths', () => {
  it('know what is inside a folder on either kind of system', () => {
    expect(isInside('/flash/lib/a.py', '/flash/lib')).toBe(true);
    expect(isInside('/flash/library', '/flash/lib')).toBe(false);
    expect(isInside('/flash', '/')).toBe(true);
    expect(isInside('C:\\x\\a.py', 'C:\\x')).toBe(true);
    expect(isInside('C:\\x', 'C:\\')).toBe(true);
  });

  it('have a last name', () => {
    expect(['/flash/lib', 'C:\\x\\y', '/flash/', '/'].map(lastName)).toEqual(['lib', 'y', 'flash', '/']);
  });
});

/** What is done with files in the two trees. */
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type FileTree } from '../../../renderer/files/file-tree.svelte';
import { fileTreesOf, type FileTrees } from '../../../renderer/files/file-trees.svelte';
import { type App } from '../../../renderer/state/app.svelte';
import { type Question } from '../../../renderer/state/dialogs.svelte';
import { AppError } from '../../../runtime/contract/app-error';
import { FakeHost, pyboardA } from './fake-host';

let host: FakeHost;
let app: App;
let trees: FileTrees;
let board: FileTree;

beforeEach(async () => {
  host = new FakeHost();
  for (const path of ['/flash/', '/flash/lib/', '/flash/boot.py', '/flash/main.py']) host.board.set(path, 10);
  for (const path of ['/home/w/lib/', '/home/w/lib/a.py', '/home/w/main.py', '/home/w/b.py'])
    host.computer.set(path, 10);
  app = await host.app('real');
  app.commands.condition('board', () => true);
  app.commands.condition('folder', () => true);
  trees = fileTreesOf(app);
  flushSync();
  await app.workspace.openFolder('/home/w', false);
  flushSync();
  await vi.waitFor(() => expect(trees.board?.rows.length).toBe(4));
  board = trees.board as FileTree;
});

/** Answers the question that is asked next, and returns it. */
async function answer(choice: string | null, { ticked = false, text = '' } = {}): Promise<Question> {
  await vi.waitFor(() => expect(app.dialogs.current).not.toBeNull());
  const { question, reply } = app.dialogs.current as NonNullable<typeof app.dialogs.current>;
  reply({ answer: choice, ticked, text });
  return question;
}

const names = (tree: FileTree): string[] => tree.rows.map(({ entry }) => entry.name);

describe('listing', () => {
  it('shows the folder that is open and the files of the target', () => {
    expect(names(trees.computer)).toEqual(['lib', 'b.py', 'main.py']);
    expect(names(board)).toEqual(['/flash', 'lib', 'boot.py', 'main.py']);
  });

  it('follows what the host tells of changes', async () => {
    host.computer.set('/home/w/c.py', 1);
    host.emit('files:changed', { place: { on: 'computer' }, folder: '/home/w' });
    await vi.waitFor(() => expect(names(trees.computer)).toContain('c.py'));
  });

  it('lists a board anew when a program has ended and somebody looks, and not after each task of the app', async () => {
    const lists = (): number => host.called('files:list').filter(([place]) => place.on === 'board').length;
    const before = lists();
    host.setState({ name: 'busy', doing: 'listing', file: null, fraction: null }, pyboardA.id);
    host.setState({ name: 'ready' }, pyboardA.id);
    trees.lookAtBoard();
    expect(lists()).toBe(before);
    host.setState({ name: 'running', program: 'a.py' }, pyboardA.id);
    trees.lookAtBoard();
    host.setState({ name: 'ready' }, pyboardA.id);
    await new Promise((resolve) => setTimeout(resolve));
    expect(lists()).toBe(before);
    trees.lookAtBoard();
    trees.lookAtBoard();
    await vi.waitFor(() => expect(lists()).toBe(before + 1));
  });

  it('does not ask a board that runs a program, but stops it when told to', async () => {
    host.setState({ name: 'running', program: null }, pyboardA.id);
    const before = host.called('files:list').length;
    app.commands.run('files.refresh');
    await vi.waitFor(() => expect(host.called('files:list').length).toBe(before + 1));
    expect(host.called('files:list').at(-1)?.[0]).toEqual({ on: 'computer' });
    app.commands.condition('running', () => true);
    app.commands.run('files.list');
    await vi.waitFor(() => expect(host.called('board:stop')).toEqual([[pyboardA.id]]));
    host.setState({ name: 'stopping', stubborn: false }, pyboardA.id);
    host.setState({ name: 'ready' }, pyboardA.id);
    await vi.waitFor(() => expect(host.called('files:list').length).toBe(before + 2));
  });
});

describe('deleting', () => {
  it('on a board always asks, names the board, and puts the focus on Cancel', async () => {
    board.selectOnly('/flash/main.py');
    const done = trees.remove(board);
    const question = await answer('cancel');
    await done;
    expect(question).toMatchObject({
      title: 'Delete main.py from REAL BOARD Pyboard A?',
      text: ['main.py starts by itself; without it the board only shows its prompt.', 'This cannot be undone.'],
      focus: 'cancel',
      risky: true,
    });
    expect(question.buttons.map(({ label }) => label)).toEqual(['Delete main.py', 'Cancel']);
    expect(host.called('files:remove')).toEqual([]);
  });

  it('of several lists them, and happens only after a yes', async () => {
    board.selectAll();
    const done = trees.remove(board);
    const question = await answer('delete');
    await done;
    expect([question.title, question.list]).toEqual([
      'Delete 3 items from REAL BOARD Pyboard A?',
      ['lib', 'boot.py', 'main.py'],
    ]);
    expect(host.called('files:remove')).toEqual([
      [{ on: 'board', board: pyboardA.id }, ['/flash/lib', '/flash/boot.py', '/flash/main.py']],
    ]);
    expect(names(board)).toEqual(['/flash']);
    expect(board.selected.size).toBe(0);
  });

  it('of one file on the computer does not ask, of a folder does', async () => {
    trees.computer.selectOnly('/home/w/b.py');
    await trees.remove(trees.computer);
    expect(names(trees.computer)).toEqual(['lib', 'main.py']);
    trees.computer.selectOnly('/home/w/lib');
    const done = trees.remove(trees.computer);
    const question = await answer(null);
    await done;
    expect(question.title).toBe('Delete lib from this computer?');
    expect(names(trees.computer)).toEqual(['lib', 'main.py']);
  });

  it('that fails says so and lists what is left', async () => {
    host.answers['files:remove'] = () => {
      throw new AppError('board-read-only', { volume: '/flash' });
    };
    board.selectOnly('/flash/boot.py');
    const done = trees.remove(board);
    await answer('delete');
    await done;
    expect(app.notices.list[0]?.text).toBe("The board's /flash cannot be written to. Check the card's lock.");
    expect(names(board)).toContain('boot.py');
  });

  it('tells the open tabs', async () => {
    const removed = vi.spyOn(app.workspace, 'removed');
    trees.computer.selectOnly('/home/w/b.py');
    await trees.remove(trees.computer);
    expect(removed).toHaveBeenCalledWith({ on: 'computer' }, ['/home/w/b.py']);
  });
});

describe('copying to the other side', () => {
  it('goes into the folder that is selected there, and says how it ended', async () => {
    trees.computer.selectOnly('/home/w/b.py');
    board.selectOnly('/flash/lib');
    await trees.send('computer');
    expect(host.called('transfer:start')[0]?.[1]).toEqual({
      from: { on: 'computer' },
      paths: ['/home/w/b.py'],
      loose: [],
      to: { on: 'board', board: pyboardA.id },
      folder: '/flash/lib',
    });
    expect(trees.ended).toBe('Uploaded 1 file, 1 KB, in 0.2 s. It was read back and is equal.');
    expect(app.notices.list).toEqual([]);
  });

  it('downloads into the open folder', async () => {
    board.selectOnly('/flash/boot.py');
    await trees.send('board');
    expect(host.called('transfer:start')[0]?.[1]).toMatchObject({ to: { on: 'computer' }, folder: '/home/w' });
    expect(names(trees.computer)).toContain('boot.py');
    expect(trees.ended).toBe('Downloaded 1 file, 1 KB, in 0.2 s.');
  });

  it('asks about each file that would be lost', async () => {
    host.answers['transfer:check'] = () => [
      { path: '/flash/a.py', size: 1, there: 'differs' },
      { path: '/flash/b.py', size: 1, there: 'ours' },
      { path: '/flash/c.py', size: 1, there: 'differs' },
      { path: '/flash/d.py', size: 1, there: 'differs' },
    ];
    trees.computer.selectAll();
    const done = trees.send('computer');
    const first = await answer('overwrite');
    await vi.waitFor(() => expect(app.dialogs.current?.question.title).toBe('Overwrite c.py?'));
    await answer('keepBoth');
    await vi.waitFor(() => expect(app.dialogs.current?.question.title).toBe('Overwrite d.py?'));
    const last = await answer('skip');
    await done;
    expect(first.text).toEqual(['a.py is already on REAL BOARD Pyboard A and differs. Overwrite it?']);
    expect([first.checkbox, last.checkbox]).toEqual(['Do this for the 2 others', undefined]);
    expect(host.called('transfer:start')[0]?.[2]).toEqual({ overwrite: ['/flash/a.py'], keepBoth: ['/flash/c.py'] });
  });

  it('asks once when the answer is for all', async () => {
    host.answers['transfer:check'] = () =>
      ['/flash/a.py', '/flash/b.py'].map((path) => ({ path, size: 1, there: 'differs' }) as const);
    trees.computer.selectAll();
    const done = trees.send('computer');
    await answer('overwrite', { ticked: true });
    await done;
    expect(host.called('transfer:start')[0]?.[2]).toEqual({ overwrite: ['/flash/a.py', '/flash/b.py'], keepBoth: [] });
  });

  it('is called off by Esc, and nothing is sent', async () => {
    host.answers['transfer:check'] = () => [{ path: '/flash/a.py', size: 1, there: 'differs' }];
    trees.computer.selectAll();
    const done = trees.send('computer');
    await answer(null);
    await done;
    expect(host.called('transfer:start')).toEqual([]);
  });

  it('that was cancelled says what is on the board', async () => {
    host.answers['transfer:start'] = () => {
      throw new AppError('cancelled', { sent: 2, files: 5, unfinished: 'lib/umqtt.py' });
    };
    trees.computer.selectOnly('/home/w/b.py');
    await trees.send('computer');
    expect(app.notices.list[0]).toMatchObject({
      kind: 'info',
      text: 'Stopped. 2 of 5 files were uploaded; lib/umqtt.py on the board is unchanged.',
    });
  });

  it('needs something selected', () => {
    trees.computer.selected.clear();
    expect(app.commands.reason('files.upload')).toBe('Choose something in the computer’s files first.');
    trees.computer.selectOnly('/home/w/b.py');
    expect(app.commands.reason('files.upload')).toBeNull();
  });
});

describe('cut, copy and drag', () => {
  it('between two places copy', async () => {
    await trees.put({ from: { on: 'computer' }, paths: ['/home/w/b.py'], cut: true }, board, '/flash');
    expect(host.called('transfer:start').length).toBe(1);
    expect(host.called('files:move')).toEqual([]);
    expect(host.computer.has('/home/w/b.py')).toBe(true);
  });

  it('within one place move, and tell the open tabs', async () => {
    const moved = vi.spyOn(app.workspace, 'moved');
    await trees.put({ from: board.place, paths: ['/flash/boot.py'], cut: true }, board, '/flash/lib');
    expect(host.called('files:move')).toEqual([[board.place, '/flash/boot.py', '/flash/lib', 'boot.py']]);
    expect(moved).toHaveBeenCalledTimes(1);
    expect(names(board)).toEqual(['/flash', 'lib', 'main.py']);
  });

  it('move nothing into itself or to where it is', async () => {
    await trees.put({ from: board.place, paths: ['/flash/lib', '/flash/boot.py'], cut: true }, board, '/flash');
    await trees.put({ from: board.place, paths: ['/flash/lib'], cut: true }, board, '/flash/lib');
    expect(host.called('files:move')).toEqual([]);
  });

  it('bring files of the system to the board in one transfer', async () => {
    const files = [{ name: 'lib/x.py', bytes: Uint8Array.of(1) }];
    await trees.putLoose(files, board, '/flash');
    expect(host.called('transfer:start')[0]?.[1]).toMatchObject({ paths: [], loose: files, folder: '/flash' });
  });

  it('bring files of the system to the computer with the folders they need', async () => {
    const bytes = Uint8Array.of(1);
    await trees.putLoose(
      [
        { name: 'x.py', bytes },
        { name: 'new/y.py', bytes },
        { name: 'lib/z.py', bytes },
      ],
      trees.computer,
      '/home/w',
    );
    expect(host.called('files:create').map(([, folder, name]) => `${folder}/${name}`)).toEqual([
      '/home/w/x.py',
      '/home/w/new/y.py',
      '/home/w/lib/z.py',
    ]);
    expect(host.called('files:makeFolder').map(([, folder, name]) => `${folder}/${name}`)).toEqual(['/home/w/new']);
    expect(names(trees.computer)).toContain('x.py');
  });
});

describe('making', () => {
  it('a folder asks for its name, checks it, and selects what was made', async () => {
    board.selectOnly('/flash/main.py');
    const done = trees.make(board, 'folder');
    const question = await answer('make', { text: 'data' });
    await done;
    expect(question.title).toBe('New folder in flash');
    expect(question.field?.check?.('lib')).toBe('flash already holds a folder named lib.');
    expect(question.field?.check?.('other')).toBeNull();
    expect(host.called('files:makeFolder')).toEqual([[board.place, '/flash', 'data']]);
    expect([...board.selected]).toEqual(['/flash/data']);
  });

  it('a file opens it', async () => {
    const opened = vi.spyOn(app.workspace, 'openFile').mockResolvedValue(null);
    trees.computer.selectOnly('/home/w/lib');
    const done = trees.make(trees.computer, 'file');
    await answer('make', { text: 'c.py' });
    await done;
    expect(opened).toHaveBeenCalledWith({ on: 'computer' }, '/home/w/lib/c.py');
    expect(names(trees.computer)).toContain('c.py');
  });

  it('nothing happens without an answer', async () => {
    const done = trees.make(board, 'file');
    await answer(null);
    await done;
    expect(host.called('files:create')).toEqual([]);
  });
});

describe('renaming', () => {
  it('tells the open tabs', async () => {
    const moved = vi.spyOn(app.workspace, 'moved');
    board.startRenaming('/flash/main.py');
    board.typeName('app.py');
    await trees.finishRenaming(board);
    expect(moved).toHaveBeenCalledWith(
      board.place,
      '/flash/main.py',
      expect.objectContaining({ path: '/flash/app.py' }),
    );
  });

  it('that the host refuses is reported', async () => {
    host.answers['files:move'] = () => {
      throw new AppError('board-full', { volume: '/flash', file: 'app.py' });
    };
    board.startRenaming('/flash/main.py');
    board.typeName('app.py');
    await trees.finishRenaming(board);
    expect(app.notices.list[0]?.text).toBe('Not enough room on /flash for app.py. Nothing was changed.');
    expect(names(board)).toContain('main.py');
  });
});

// Facts about the state of a window: its target, its runs, its texts, what it asks and what it says.
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../runtime/contract/app-error';
import { Api } from '../../renderer/api';
import { App } from '../../renderer/state/app.svelte';
import { type Tab } from '../../renderer/state/workspace.svelte';
import { registerCommands } from '../../renderer/ui/register-commands';
import { FakeHost, pyboard } from '../support/fake-host';

let host: FakeHost;

async function start(): Promise<App> {
  const api = new Api(host.api);
  const app = new App(api, await api.call('app:info'), await api.call('settings:read'));
  registerCommands(app);
  await app.boards.load();
  await app.start();
  flushSync();
  return app;
}

/** Answers the question that is asked now, or that will be. */
async function answer(app: App, choice: string | null, reply: { text?: string; ticked?: boolean } = {}): Promise<void> {
  await vi.waitFor(() => expect(app.dialogs.current).not.toBeNull());
  app.dialogs.current?.reply({ answer: choice, text: reply.text ?? '', ticked: reply.ticked ?? false });
}

function asked(name: string): unknown[][] {
  return host.asked.filter((call) => call.name === name).map((call) => call.args);
}

async function opened(app: App, path: string): Promise<Tab> {
  const tab = await app.workspace.openFile({ on: 'computer' }, path);
  if (!tab) throw new Error('not opened');
  return tab;
}

beforeEach(() => {
  host = new FakeHost();
});

describe('the target', () => {
  it('is the simulated board at the first start', async () => {
    const app = await start();
    expect(app.target.capitals).toBe('SIMULATED BOARD');
    expect(app.target.line).toBe('pyboard v1.1 · Ready');
    expect(app.target.title).toBe('SIMULATED BOARD');
    expect(app.commands.title('run.run')).toBe('Run on simulated board');
    expect(host.settings.target).toBe('sim');
  });

  it('stays when a board is plugged in, which a notice tells', async () => {
    const app = await start();
    host.emit('boards:changed', { boards: [...host.boards, pyboard], portsListed: true });
    expect(app.boards.target?.id).toBe('sim');
    expect(app.notices.list[0]?.text).toBe('A board appeared on /dev/ttyACM0: Pyboard v1.1.');
    expect(app.notices.list[0]?.actions?.map(({ label }) => label)).toEqual(['Switch to it', 'Not now']);
    expect(asked('board:open')).toEqual([['sim']]);
  });

  it('changes when a person chooses, which the urgent region says', async () => {
    host.boards.push(pyboard);
    const app = await start();
    const alert = vi.spyOn(app.announcer, 'alert');
    await app.target.choose('usb-1');
    expect(app.target.title).toBe('REAL BOARD Pyboard A');
    expect(app.commands.title('run.run')).toBe('Run on Pyboard A');
    expect(alert).toHaveBeenCalledWith('Now on the real board Pyboard A, /dev/ttyACM0.');
    expect(app.layout.kind).toBe('real');
  });

  it('that was unplugged is no board, and nothing takes its place', async () => {
    host.boards.push(pyboard);
    const app = await start();
    await app.target.choose('usb-1');
    const tab = app.workspace.newFile('a.py', 'x = 1\n');
    host.setState('usb-1', { name: 'running', program: 'a.py' });
    expect(app.commands.reason('run.stop')).toBeNull();
    host.setState('usb-1', { name: 'lost' });
    host.emit('board:failed', { board: 'usb-1', error: { code: 'link-lost', detail: { board: 'Pyboard A' } } });
    expect(app.target.capitals).toBe('NO BOARD');
    expect(app.target.line).toBe('Pyboard A · Connection lost, looking for it…');
    expect(app.commands.reason('run.run')).toBe('Pyboard A is not connected.');
    expect(app.commands.reason('run.stop')).toBe('Nothing is running.');
    expect(app.boards.target?.id).toBe('usb-1');
    expect(app.notices.list[0]?.text).toContain('The connection to Pyboard A was lost.');
    expect(app.notices.list[0]?.actions?.map(({ label }) => label)).toEqual(['Choose board…', 'Use simulated board']);
    expect(tab.text).toBe('x = 1\n');
  });

  it('that comes back is connected again by itself', async () => {
    host.boards.push(pyboard);
    const app = await start();
    await app.target.choose('usb-1');
    host.emit('boards:changed', { boards: [host.boards[0] ?? pyboard], portsListed: true });
    host.setState('usb-1', { name: 'lost' });
    host.states['usb-1'] = { name: 'ready' };
    host.emit('boards:changed', { boards: host.boards, portsListed: true });
    await vi.waitFor(() => expect(app.target.capitals).toBe('REAL BOARD'));
  });

  it('of the last run that is not there is no board, and no simulator starts', async () => {
    host.settings = { ...host.settings, target: 'usb-1' };
    host.boards.push({ ...pyboard, group: 'remembered', present: false });
    const app = await start();
    expect(app.target.capitals).toBe('NO BOARD');
    expect(app.target.line).toBe('Pyboard A · Not connected');
    expect(asked('board:open')).toEqual([]);
  });

  it('that cannot be opened says why, in one sentence', async () => {
    host.boards.push(pyboard);
    host.instead['board:open'] = (id) => {
      if (id === 'sim') throw new AppError('app-fault', { task: 'starting' });
      throw new AppError('port-denied', { port: '/dev/ttyACM0', group: 'dialout' });
    };
    const app = await start();
    await app.target.choose('usb-1');
    expect(app.notices.list[0]?.text).toBe(
      'Linux does not let you open /dev/ttyACM0: it belongs to the group ‘dialout’ and you are not in it. Run the command, then log out and in.',
    );
    expect(app.notices.list[0]?.actions?.map(({ label }) => label)).toEqual(['Copy command', 'Try again']);
    expect(app.target.capitals).toBe('NO BOARD');
  });
});

describe('Run', () => {
  it('says why it cannot be used', async () => {
    const app = await start();
    expect(app.commands.reason('run.run')).toBe('Open a file to run it.');
    expect(app.commands.reason('run.stop')).toBe('Nothing is running.');
  });

  it('sends the text as it stands, saved or not', async () => {
    const app = await start();
    app.workspace.newFile('blink.py', 'x = 1\n');
    app.commands.run('run.run');
    await vi.waitFor(() =>
      expect(asked('board:run')).toEqual([['sim', { name: 'blink.py', code: 'x = 1\n', fresh: true }]]),
    );
    expect(app.target.line).toBe('pyboard v1.1 · Running blink.py');
  });

  it('sends nothing when the text is not Python, goes to the place, and can be told to send it anyway', async () => {
    const app = await start();
    const tab = app.workspace.newFile('blink.py', 'import pyb\nwhile True\n    pass\n');
    app.commands.run('run.run');
    expect(asked('board:run')).toEqual([]);
    expect(app.notices.list[0]?.text).toBe('blink.py, line 2: expected ‘:’. Nothing was sent to the board.');
    expect(tab.jump).toEqual({ line: 2, column: 11 });
    app.notices.list[0]?.actions?.[0]?.run();
    await vi.waitFor(() => expect(asked('board:run')).toHaveLength(1));
  });

  it('asks before it stops a program of the board’s own', async () => {
    host.boards.push(pyboard);
    host.states['usb-1'] = { name: 'running', program: null };
    const app = await start();
    await app.target.choose('usb-1');
    expect(asked('board:stop')).toEqual([]);
    const tab = app.workspace.newFile('a.py', 'x = 1\n');
    const first = app.runner.run(tab);
    await answer(app, 'cancel');
    await first;
    expect(asked('board:run')).toEqual([]);
    void app.runner.run(tab);
    await answer(app, 'run', { ticked: true });
    await vi.waitFor(() => expect(asked('board:run')).toHaveLength(1));
    expect(host.settings.stopWithoutAsking).toBe(true);
  });

  it('puts the last line of a traceback among the problems', async () => {
    const app = await start();
    host.instead['board:run'] = () => ({
      ended: 'failed',
      traceback: 'Traceback (most recent call last):\r\n  File "<stdin>", line 3, in <module>\r\nValueError: no\r\n',
    });
    const tab = app.workspace.newFile('a.py', 'x = 1\n');
    await app.runner.run(tab);
    expect(app.workspace.problems).toMatchObject([{ file: 'a.py', line: 3, message: 'ValueError: no' }]);
  });

  it('offers stronger means when a stop is not obeyed', async () => {
    const app = await start();
    host.setState('sim', { name: 'stopping', stubborn: true });
    expect(app.notices.list[0]?.text).toBe('The program does not react to Stop.');
    expect(app.notices.list[0]?.actions?.map(({ label }) => label)).toEqual([
      'Soft reset',
      'Restart the simulated board',
    ]);
    host.setState('sim', { name: 'ready' });
    expect(app.notices.list).toEqual([]);
  });
});

describe('a tab', () => {
  it('knows whether its text is saved', async () => {
    const app = await start();
    const tab = await opened(app, '/home/me/weather/main.py');
    expect(tab.dirty).toBe(false);
    tab.doc = tab.doc.replace(0, 0, tab.doc.slice(0, 4));
    expect(tab.dirty).toBe(true);
    expect(await app.workspace.save(tab)).toBe(true);
    expect(tab.dirty).toBe(false);
  });

  it('is not made of a file that is no text, and says which byte is not', async () => {
    host.files.set('/home/me/logo.bin', Uint8Array.of(0x89, 0x50));
    const app = await start();
    expect(await app.workspace.openFile({ on: 'computer' }, '/home/me/logo.bin')).toBeNull();
    expect(app.notices.list[0]?.text).toBe('logo.bin is not text (byte 0x89 at position 0).');
  });

  it('is not made of a file that is too big', async () => {
    host.files.set('/home/me/data.csv', new Uint8Array(31 * 1024 * 1024).fill(0x30));
    const app = await start();
    expect(await app.workspace.openFile({ on: 'computer' }, '/home/me/data.csv')).toBeNull();
    expect(app.notices.list[0]?.text).toBe('data.csv has 31 MB, which is too much to edit here.');
  });

  it('is not made of a file that is gone, in one sentence', async () => {
    const app = await start();
    expect(await app.workspace.openFile({ on: 'computer' }, '/home/me/blink.py')).toBeNull();
    expect(app.notices.list[0]?.text).toBe(
      'blink.py is no longer in the folder. It was moved or deleted outside Tether.',
    );
  });

  it('is asked about when it is closed unsaved, and stays when that is cancelled', async () => {
    const app = await start();
    const tab = app.workspace.newFile('blink.py', 'x = 1\n');
    const closing = app.workspace.close(tab);
    await vi.waitFor(() => expect(app.dialogs.current?.question.title).toBe('Save changes to blink.py?'));
    await answer(app, null);
    expect(await closing).toBe(false);
    expect(app.workspace.tabs).toContain(tab);
  });

  it('asks where a new text is to be saved, and lives there from then on', async () => {
    const app = await start();
    const tab = app.workspace.newFile('blink.py', 'x = 1\n');
    const saving = app.workspace.save(tab);
    await vi.waitFor(() => expect(app.dialogs.current?.question.title).toBe('Where should blink.py be saved?'));
    await answer(app, 'board');
    await vi.waitFor(() => expect(app.dialogs.current?.question.field?.value).toBe('/flash/blink.py'));
    await answer(app, 'save', { text: '/flash/blink.py' });
    expect(await saving).toBe(true);
    expect(tab.place).toEqual({ on: 'board', board: 'sim' });
    expect(tab.dirty).toBe(false);
  });

  it('asks before it overwrites what something else wrote', async () => {
    const app = await start();
    const tab = await opened(app, '/home/me/weather/main.py');
    tab.doc = tab.doc.append(tab.doc);
    host.files.set('/home/me/weather/main.py', 'changed elsewhere\n');
    const saving = app.workspace.save(tab);
    await vi.waitFor(() => expect(app.dialogs.current?.question.risky).toBe(true));
    await answer(app, 'cancel');
    expect(await saving).toBe(false);
    expect(host.files.get('/home/me/weather/main.py')).toBe('changed elsewhere\n');
    expect(tab.dirty).toBe(true);
  });

  it('keeps its text when the disk is full', async () => {
    const app = await start();
    const tab = await opened(app, '/home/me/weather/main.py');
    tab.doc = tab.doc.append(tab.doc);
    host.instead['files:write'] = () => {
      throw new AppError('disk-full', { file: 'main.py' });
    };
    expect(await app.workspace.save(tab)).toBe(false);
    expect(app.notices.list[0]?.text).toBe(
      "This computer's disk is full. main.py is not saved; its text stays in the tab.",
    );
    expect(tab.dirty).toBe(true);
  });

  it('that is unsaved comes back from its draft at the next start', async () => {
    const first = await start();
    first.workspace.newFile('blink.py', 'x = 1\n');
    first.workspace.keepDrafts();
    const second = await start();
    expect(second.workspace.tabs.map((tab) => [tab.name, tab.text, tab.dirty])).toEqual([
      ['blink.py', 'x = 1\n', true],
    ]);
    expect(second.notices.list[0]?.text).toBe('1 file had unsaved text. It is back in the tabs.');
  });

  it('keeps the line ends of its file', async () => {
    host.files.set('/home/me/a.py', 'a\r\nb\r\n');
    const app = await start();
    const tab = await opened(app, '/home/me/a.py');
    expect(tab.text).toBe('a\nb\n');
    expect(new TextDecoder().decode(tab.bytes)).toBe('a\r\nb\r\n');
  });

  it('whose file was deleted says that its text is the only copy', async () => {
    const app = await start();
    const tab = await opened(app, '/home/me/weather/main.py');
    app.workspace.removed({ on: 'computer' }, ['/home/me/weather']);
    expect([tab.gone, tab.dirty]).toEqual([true, true]);
  });
});

describe('the commands', () => {
  it('all have something behind them, but those that other parts of the window register', async () => {
    const app = await start();
    const elsewhere = /^(edit|terminal|plot|files|sim)\./;
    const missing = (await import('../../runtime/contract/commands')).commandRows
      .map((row) => row.id)
      .filter((id) => !app.commands.exists(id) && !elsewhere.test(id) && id !== 'board.choose');
    // In a browser these are the browser's.
    expect(missing).toEqual(['app.quit', 'view.zoomIn', 'view.zoomOut', 'view.zoomReset', 'view.fullScreen']);
  });

  it('say the keys of this system', async () => {
    const app = await start();
    expect(app.commands.keyTexts('view.palette')).toEqual(['F1', 'Ctrl+Shift+P']);
    expect(app.commands.keyText('file.new')).toBe('');
  });
});

describe('notices', () => {
  it('take the place of an older one about the same matter', async () => {
    const app = await start();
    app.notices.show({ kind: 'warn', text: 'one', key: 'a' });
    app.notices.show({ kind: 'warn', text: 'two', key: 'a' });
    expect(app.notices.list.map(({ text }) => text)).toEqual(['two']);
  });

  it('name the task when the fault is our own', async () => {
    const app = await start();
    app.report(new AppError('app-fault', { task: 'reading the file list' }, 'boom'));
    expect(app.notices.list[0]?.text).toBe(
      'Something in Tether went wrong while reading the file list. Your files are safe.',
    );
    expect(app.notices.list[0]?.details).toContain('boom');
  });
});

describe('the live regions', () => {
  it('say a repeated sentence so that it is read again', async () => {
    vi.useFakeTimers();
    const { Announcer } = await import('../../renderer/state/announcer.svelte');
    const announcer = new Announcer();
    announcer.say('Ready');
    vi.advanceTimersByTime(600);
    const once = announcer.polite.text;
    announcer.say('Ready');
    vi.advanceTimersByTime(600);
    expect(announcer.polite.text).not.toBe(once);
    expect(announcer.polite.text.trim()).toBe('Ready');
    vi.useRealTimers();
  });

  it('drop what is older than five seconds', async () => {
    vi.useFakeTimers();
    const { Announcer } = await import('../../renderer/state/announcer.svelte');
    const announcer = new Announcer();
    for (let number = 1; number <= 20; number += 1) announcer.say(`sentence ${number}`);
    vi.advanceTimersByTime(20_000);
    expect(announcer.polite.text.trim()).toBe('sentence 11');
    vi.useRealTimers();
  });
});

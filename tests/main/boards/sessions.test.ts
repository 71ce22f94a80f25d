import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SeenPort } from '../../../main/boards/board-book';
import { Boards } from '../../../main/boards/sessions';
import { Ipc, type Client } from '../../../main/ipc';
import { SettingsStore } from '../../../main/settings';
import type { AppError } from '../../../runtime/contract/app-error';
import { stateWords } from '../../../runtime/contract/messages';
import type { BoardState } from '../../../runtime/contract/types';
import { MockClock, settle } from '../../support/mock-clock';
import { ScriptedBoard, traceback, type RunCode, type ScriptedBoardOptions } from '../../support/scripted-board';

const PYBOARD: SeenPort = { id: 'usb:1', address: '/dev/ttyACM0', description: 'Pyboard v1.1', isBoard: true };

/** What the board's Python does: `ask()` echoes a line, `loop()` runs until Ctrl-C, `fail()` raises. */
const python: RunCode = async (code, io) => {
  if (code.includes('ask()')) {
    let line = '';
    for (let byte = await io.readByte(); byte !== 0x0d; byte = await io.readByte()) line += String.fromCharCode(byte);
    io.print(`asked ${line}\r\n`);
  }
  if (code.includes('loop()')) {
    await io.interrupted;
    return traceback('KeyboardInterrupt: ');
  }
  return code.includes('fail()') ? traceback('ValueError: no') : '';
};

let folder: string;
let clock: MockClock;
let settings: SettingsStore;
let ipc: Ipc;
let ports: SeenPort[] | null;
let boards: Boards;
let plugged: ScriptedBoard[];
let events: [name: string, value: unknown][];
let options: ScriptedBoardOptions;

const client: Client = { send: (name, ...value) => void events.push([name, value[0]]) };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tether-boards-'));
  clock = new MockClock();
  settings = new SettingsStore(join(folder, 'settings.json'));
  ipc = new Ipc();
  ipc.join(client);
  ports = [PYBOARD];
  plugged = [];
  events = [];
  options = { run: python };
  boards = new Boards({
    ipc,
    settings,
    clock,
    listPorts: () => Promise.resolve(ports),
    makeTransport: () => {
      const board = new ScriptedBoard(options);
      plugged.push(board);
      return Promise.resolve(board);
    },
  });
  await boards.start();
});

afterEach(async () => {
  await boards.dispose();
  await settings.saved();
  await rm(folder, { recursive: true });
});

const open = () => clock.until(boards.open('usb:1', client));

function states(): string[] {
  return events
    .filter(([name]) => name === 'board:state')
    .map(([, value]) => stateWords((value as { state: BoardState }).state));
}

function output(source: string): string {
  return events
    .filter(([name, value]) => name === 'board:output' && (value as { source: string }).source === source)
    .map(([, value]) => Buffer.from((value as { bytes: Uint8Array }).bytes).toString())
    .join('');
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  const error = (await promise.then(
    () => new Error('did not fail'),
    (reason: unknown) => reason,
  )) as AppError;
  return { code: error.code, detail: error.detail };
}

describe('opening a board', () => {
  test('tells its states, gives it a letter, and what it has said', async () => {
    const opened = await open();
    expect(opened.state).toEqual({ name: 'ready' });
    expect(opened.board).toMatchObject({ id: 'usb:1', name: 'Pyboard A', letter: 'A' });
    expect(Buffer.from(opened.recent).toString()).toContain('>>> ');
    expect(states()[0]).toBe('Connecting…');
    expect(states().at(-1)).toBe('Ready');
    expect(settings.current.boards['usb:1']).toMatchObject({ letter: 'A', description: 'Pyboard v1.1' });
  });

  test('does it once for two that ask at the same time', async () => {
    const other: Client = { send: () => undefined };
    ipc.join(other);
    const [first, second] = await clock.until(Promise.all([boards.open('usb:1', client), boards.open('usb:1', other)]));
    expect(plugged).toHaveLength(1);
    expect(first).toEqual(second);
  });

  test('sends nothing to a page that has gone away while the board was opened', async () => {
    const sent: string[] = [];
    const other: Client = {
      send: (...message) => {
        sent.push(message[0]);
      },
    };
    ipc.join(other);
    const opened = boards.open('usb:1', other);
    ipc.leave(other);
    await clock.until(opened);
    sent.length = 0;
    plugged[0]?.say('x'.repeat(1000));
    await clock.advance(100);
    expect(sent).toEqual([]);
  });

  test('stops no program that runs', async () => {
    options = { run: python, main: python, start: 'main' };
    options = { ...options, main: async (_code, io) => (await io.interrupted, '') };
    expect((await open()).state).toEqual({ name: 'running', program: null });
    expect(plugged[0]?.received).not.toContain(3);
  });

  test('fails for a board that is not there', async () => {
    await open();
    await boards.close('usb:1');
    ports = [];
    await clock.advance(1000);
    expect(await failure(open())).toEqual({ code: 'not-connected', detail: { board: 'Pyboard A' } });
  });

  test('takes addresses, and refuses what is none', () => {
    expect(boards.add(' socket://127.0.0.1:2323 ')).toMatchObject({ address: 'socket://127.0.0.1:2323' });
    expect(() => boards.add('what?')).toThrow('address-bad');
    expect(() => boards.add('sim')).toThrow('address-bad');
  });
});

describe('an open board', () => {
  test('runs a buffer, passes it what is typed, and keeps its output apart from the prompt', async () => {
    await open();
    const connection = boards.connection('usb:1');
    const ran = clock.until(connection.run({ name: 'blink.py', code: 'ask()', fresh: false }));
    await clock.advance(100);
    expect(connection.state).toEqual({ name: 'running', program: 'blink.py' });
    expect(await connection.write(Buffer.from('me\r'))).toBe(true);
    expect(await ran).toEqual({ ended: 'finished', traceback: '' });
    expect(output('program')).toBe('asked me\r\n');
    expect(states()).toContain('Running blink.py');
    expect(connection.state).toEqual({ name: 'ready' });
  });

  test('tells the traceback of a run, and a run that was stopped', async () => {
    await open();
    const connection = boards.connection('usb:1');
    const failed = await clock.until(connection.run({ name: 'a.py', code: 'fail()', fresh: false }));
    expect(failed.ended).toBe('failed');
    expect(failed.traceback).toContain('ValueError: no');
    expect(output('error')).toContain('ValueError: no');
    const stopped = clock.until(connection.run({ name: 'b.py', code: 'loop()', fresh: false }));
    await clock.advance(100);
    await connection.stop();
    expect((await stopped).ended).toBe('stopped');
    expect(states()).toContain('Stopping…');
  });

  test('refuses keys during a transfer, and lets them wait behind a short task', async () => {
    await open();
    const connection = boards.connection('usb:1');
    let end = (): void => undefined;
    const work = () => new Promise<void>((resolve) => (end = resolve));
    const long = connection.task({ doing: 'uploading', file: 'a.py', task: 'copying the files' }, work);
    await clock.advance(500);
    expect(stateWords(connection.state)).toBe('Busy: uploading a.py');
    expect(await connection.write(Buffer.from('x'))).toBe(false);
    expect(() => connection.softReset()).toThrow('board-busy');
    end();
    await clock.until(long);
    const short = connection.task({ doing: 'listing', file: null, task: 'reading the file list' }, work);
    await clock.advance(500);
    const typed = clock.until(Promise.all([connection.write(Buffer.from('1')), connection.write(Buffer.from('2'))]));
    await settle();
    end();
    await clock.until(short);
    expect(await typed).toEqual([true, true]);
    expect(plugged[0]?.received.slice(-2)).toEqual([0x31, 0x32]);
  });

  test('tells the progress of a task, file by file', async () => {
    await open();
    const connection = boards.connection('usb:1');
    await clock.until(
      connection.task({ doing: 'uploading', file: null, task: 'copying the files' }, async (_board, report) => {
        report('a.py', 0);
        report('a.py', 0.01);
        await clock.advance(100);
        report('a.py', 0.425);
        report('b.py', 0.5);
      }),
    );
    expect(states().filter((words) => words.startsWith('Busy: uploading '))).toEqual([
      'Busy: uploading a.py, 0 %',
      'Busy: uploading a.py, 42 %',
      'Busy: uploading b.py, 50 %',
    ]);
  });

  test('refuses a task while a program runs, and sends it nothing', async () => {
    options = { run: python, main: async (_code, io) => (await io.interrupted, ''), start: 'main' };
    await open();
    const task = { doing: 'listing', file: null, task: 'reading the file list' } as const;
    expect(await failure(clock.until(boards.connection('usb:1').task(task, async () => 1)))).toEqual({
      code: 'program-running',
      detail: { board: 'Pyboard A' },
    });
  });

  test('is not there any more after it was closed', async () => {
    await open();
    await boards.close('usb:1');
    expect(states().at(-1)).toBe('Not connected');
    expect(() => boards.connection('usb:1')).toThrow('not-connected');
    expect(boards.openIds()).toEqual([]);
  });
});

describe('a board that is pulled', () => {
  test('says so once when nothing was asked of it, and is connected again when it is back', async () => {
    await open();
    ports = [];
    plugged[0]?.unplug();
    await settle();
    expect(states().at(-1)).toBe('Connection lost, looking for it…');
    const failed = events.filter(([name]) => name === 'board:failed');
    expect(failed).toMatchObject([
      ['board:failed', { board: 'usb:1', error: { code: 'link-lost', detail: { board: 'Pyboard A' } } }],
    ]);
    await clock.advance(3000);
    expect(plugged).toHaveLength(1);
    ports = [{ ...PYBOARD, address: '/dev/ttyACM1' }];
    await clock.advance(3000);
    expect(plugged).toHaveLength(2);
    expect(boards.connection('usb:1').state).toEqual({ name: 'ready' });
    plugged[1]?.say('still shown');
    await clock.advance(100);
    expect(output('terminal')).toContain('still shown');
  });

  test('tells it to what was asked, and names the file that was on its way', async () => {
    await open();
    const words = { doing: 'uploading', file: 'sensor.py', task: 'saving the file' } as const;
    const task = boards.connection('usb:1').task(words, ({ raw }) => raw.exec('loop()'));
    await clock.advance(500);
    plugged[0]?.unplug();
    expect(await failure(task)).toEqual({
      code: 'link-lost',
      detail: { board: 'Pyboard A', uploading: 'sensor.py' },
    });
    expect(events.filter(([name]) => name === 'board:failed')).toEqual([]);
  });

  test('ends a run at once', async () => {
    await open();
    const ran = boards.connection('usb:1').run({ name: 'a.py', code: 'loop()', fresh: false });
    await clock.advance(500);
    plugged[0]?.unplug();
    expect(await failure(ran)).toMatchObject({ code: 'link-lost' });
    expect(states().at(-1)).toBe('Connection lost, looking for it…');
  });
});

describe('the list of boards', () => {
  test('is told when it changes, and only then', async () => {
    const lists = (): unknown[] => events.filter(([name]) => name === 'boards:changed');
    const before = lists().length;
    await clock.advance(3000);
    expect(lists()).toHaveLength(before);
    ports = [PYBOARD, { ...PYBOARD, id: 'usb:2', address: '/dev/ttyACM1' }];
    await clock.advance(1000);
    expect(lists()).toHaveLength(before + 1);
    ports = null;
    await clock.advance(1000);
    expect(boards.list().portsListed).toBe(false);
    await settings.change({ fontSize: 20 });
    expect(lists()).toHaveLength(before + 2);
  });

  test('keeps the name a person gave, and forgets a board on request', async () => {
    await open();
    expect(await boards.rename('usb:1', ' Lab ')).toMatchObject({ name: 'Lab', letter: 'A' });
    await expect(boards.rename('usb:1', ' ')).rejects.toThrow('name-bad');
    await boards.forget('usb:1');
    expect(boards.list().boards.find(({ id }) => id === 'usb:1')).toMatchObject({ name: 'Pyboard v1.1', letter: null });
    expect(boards.openIds()).toEqual([]);
  });
});

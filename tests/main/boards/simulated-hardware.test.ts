import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Boards } from '../../../main/boards/sessions';
import { SimulatedHardware } from '../../../main/boards/simulated-hardware';
import { systemClock } from '../../../main/boards/system-clock';
import { Ipc, type Client } from '../../../main/ipc';
import { SettingsStore } from '../../../main/settings';
import {
  SIMULATED_BOARD,
  type BoardOutput,
  type BoardState,
  type HardwareSnapshot,
} from '../../../runtime/contract/types';
import { built } from '../../support/built';

let folder: string;
let ipc: Ipc;
let boards: Boards;
let hardware: SimulatedHardware;
let screen: string;
let snapshots: HardwareSnapshot[];
let states: BoardState['name'][];
let failures: unknown[];
let looks: Set<() => void>;

/** A window that shows everything. */
const client: Client = {
  send: (name, ...value) => {
    if (name === 'board:output') {
      const { bytes } = value[0] as BoardOutput;
      screen += Buffer.from(bytes).toString();
      boards.outputShown(SIMULATED_BOARD, client, bytes.length);
    }
    if (name === 'sim:hardware') snapshots.push(value[0] as HardwareSnapshot);
    if (name === 'board:state') states.push((value[0] as { state: BoardState }).state.name);
    if (name === 'board:failed') failures.push(value[0]);
    for (const look of looks) look();
  },
};

/** Resolves when the condition holds, looked at after everything the window is told. */
function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      looks.delete(look);
      resolve();
    };
    looks.add(look);
    look();
  });
}

const type = (text: string): Promise<boolean> => boards.connection(SIMULATED_BOARD).write(Buffer.from(text));
const last = (): HardwareSnapshot | undefined => snapshots.at(-1);

beforeAll(built, 60_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tether-hardware-'));
  screen = '';
  snapshots = [];
  states = [];
  failures = [];
  looks = new Set();
  ipc = new Ipc();
  ipc.join(client);
  hardware = new SimulatedHardware({ ipc, clock: systemClock, hardReset: (board) => boards.hardReset(board) });
  boards = new Boards({
    ipc,
    settings: new SettingsStore(join(folder, 'settings.json')),
    clock: systemClock,
    listPorts: () => Promise.resolve([]),
    makeTransport: ({ id }) => hardware.makeTransport(id, { flash: join(folder, 'flash.img') }),
  });
  const { recent, state } = await boards.open(SIMULATED_BOARD, client);
  screen = Buffer.from(recent).toString();
  expect(state).toEqual({ name: 'ready' });
});

afterEach(async () => {
  hardware.dispose();
  await boards.dispose();
  await rm(folder, { recursive: true });
});

describe('the simulated board in the app', () => {
  test('is at its prompt and answers what is typed', async () => {
    expect(screen).toMatch(/MicroPython v[^]*>>> $/);
    await type('1+1\r');
    await until(() => screen.endsWith('1+1\r\n2\r\n>>> '));
  });

  test('shows its LEDs to those who watch', async () => {
    hardware.watch(client, SIMULATED_BOARD, true);
    expect(last()?.leds).toEqual([0, 0, 0, 0]);
    await type('import pyb; pyb.LED(1).on(); pyb.LED(4).intensity(100)\r');
    await until(() => last()?.leds[0] === 255 && last()?.leds[3] === 100);
    hardware.watch(client, SIMULATED_BOARD, false);
    const before = snapshots.length;
    await type('pyb.LED(1).off(); print("do" + "ne")\r');
    await until(() => screen.includes('done\r\n'));
    expect(snapshots).toHaveLength(before);
  });

  test('feels the switch, the accelerometer and a pin', async () => {
    await hardware.input(SIMULATED_BOARD, { kind: 'switch', pressed: true });
    await hardware.input(SIMULATED_BOARD, { kind: 'accel', x: -7, y: 8, z: 9 });
    await hardware.input(SIMULATED_BOARD, { kind: 'adc', pin: 'X1', value: 1234 });
    // The accelerometer needs a moment for its first sample.
    await type('import pyb; a = pyb.Accel(); pyb.delay(50)\r');
    await type('print(pyb.Switch().value(), a.x(), pyb.ADC("X1").read())\r');
    await until(() => screen.includes('True -7 1234\r\n'));
  });

  test('runs a program, which ends with a new reset of the chip', async () => {
    hardware.watch(client, SIMULATED_BOARD, true);
    const code = 'import pyb\npyb.LED(2).on()\nwhile True: pass\n';
    const ran = boards.connection(SIMULATED_BOARD).run({ name: 'a.py', code, fresh: true });
    await until(() => last()?.leds[1] === 255);
    screen = '';
    await boards.hardReset(SIMULATED_BOARD);
    expect(await ran).toMatchObject({ ended: 'stopped' });
    expect(boards.connection(SIMULATED_BOARD).state).toEqual({ name: 'ready' });
    await until(() => screen.endsWith('>>> ') && last()?.leds[1] === 0);
    expect(failures).toEqual([]);
  });

  test('stops an endless loop, and one that floods', async () => {
    for (const code of ['while True: pass\n', 'while True: print("x" * 100)\n']) {
      const connection = boards.connection(SIMULATED_BOARD);
      states = [];
      const ran = connection.run({ name: 'a.py', code, fresh: true });
      await until(() => states.includes('running'));
      await connection.stop();
      expect(await ran).toMatchObject({ ended: 'stopped' });
      expect(connection.state).toEqual({ name: 'ready' });
    }
  });

  test('keeps its files when it is closed and opened again', async () => {
    await type('f = open("kept.txt", "w"); n = f.write("42"); f.close()\r');
    await until(() => screen.endsWith('f.close()\r\n>>> '));
    await boards.close(SIMULATED_BOARD);
    await boards.open(SIMULATED_BOARD, client);
    await type('print(open("kept.txt").read() + "!")\r');
    await until(() => screen.includes('42!\r\n'));
  });

  test('starts again by itself when its program asks for it', async () => {
    screen = '';
    await type('import machine; machine.reset()\r');
    await until(() => /Type "help\(\)"[^]*>>> $/.test(screen));
    await type('"al" + "ive"\r');
    await until(() => screen.includes("'alive'"));
  });
});

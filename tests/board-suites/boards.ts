/** The boards on which the suites of this folder run: a native Python behind our own prompts, the emulated micro:bit, the simulated board, and a real one. */

import { describe } from 'vitest';
import { has, needs } from '../../main/dev/components.mjs';
import { makeTransport } from '../../main/boards/open-transport';
import { SerialTransport } from '../../main/boards/serial-transport';
import { SimulatorTransport } from '../../main/boards/simulator-transport';
import type { Transport } from '../../runtime/link/transport';
import { built } from '../support/built';
import { startMicrobit } from '../support/microbit';
import { startNativePython } from '../support/native-python';
import { ScriptedBoard } from '../support/scripted-board';

export interface BoardUnderTest {
  readonly name: string;
  /** The folder in which a suite may do what it wants; empty for a board without folders. */
  readonly folder: string;
  /** Whether its prompts are those of our own ScriptedBoard, which neither shows values nor forgets names. */
  readonly scripted?: boolean;
  /** Bytes of the largest file that the suites put there. */
  readonly largest: number;
  start(): Promise<StartedBoard>;
}

export interface StartedBoard {
  readonly transport: Transport;
  /** After the transport is closed. */
  end(): Promise<void> | void;
}

const native: BoardUnderTest = {
  name: 'native Python behind scripted prompts',
  scripted: true,
  folder: '/flash',
  largest: 40_000,
  start: async () => {
    const python = startNativePython();
    const transport = new ScriptedBoard({ run: python.run });
    return {
      transport,
      end: () => {
        python.end();
      },
    };
  },
};

const microbit: BoardUnderTest = {
  name: 'the emulated micro:bit',
  folder: '',
  largest: 4000,
  start: async () => {
    const emulator = await startMicrobit();
    return { transport: new SerialTransport(emulator.port), end: () => emulator.unplug() };
  },
};

const simulated: BoardUnderTest = {
  name: 'the simulated board',
  folder: '/flash',
  largest: 60_000,
  start: async () => {
    await built();
    return { transport: new SimulatorTransport({ flash: null }), end: () => undefined };
  },
};

/** `BOARD=/dev/ttyACM0 npx vitest run tests/board-suites`; a folder named tether-tests is made on it and removed. */
function realBoard(address: string): BoardUnderTest {
  return {
    name: `the board at ${address}`,
    folder: process.env['BOARD_FOLDER'] ?? '/flash',
    largest: 20_000,
    start: async () => ({ transport: await makeTransport(address), end: () => undefined }),
  };
}

/** Calls `suite` for every board; boards whose component is absent are left out. */
export function onEveryBoard(suite: (board: BoardUnderTest) => void): void {
  const address = process.env['BOARD'];
  if (address !== undefined) {
    const board = realBoard(address);
    describe(`on ${board.name}`, () => {
      suite(board);
    });
    return;
  }
  describe(`on ${simulated.name}`, () => {
    suite(simulated);
  });
  describe.skipIf(!has('micropython'))(`on ${native.name} ${needs('micropython')}`, () => {
    suite(native);
  });
  describe.skipIf(!has('qemu'))(`on ${microbit.name} ${needs('qemu')}`, () => {
    suite(microbit);
  });
}

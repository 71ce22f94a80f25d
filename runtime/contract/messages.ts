/** Defines what a person is told: one sentence per error code, the words for a board's state, and the labels of what can be done about an error. */

import type { ErrorCode, ErrorData, ErrorDetails } from './app-error';
import type { BoardState } from './types';

/** What can be done about an error. The window decides what each does; the command line shows none. */
export const ERROR_ACTIONS = {
  'copy-command': 'Copy command',
  'try-again': 'Try again',
  'choose-board': 'Choose board…',
  details: 'Details',
  stop: 'Stop',
  'show-files': 'Show files',
  'save-again': 'Save the text again',
  'close-tab': 'Close tab',
  'save-as': 'Save as…',
  continue: 'Continue',
  'start-again': 'Start it again',
  reload: 'Reload',
  'stop-and-list': 'Stop and list files',
} as const;

export type ErrorAction = keyof typeof ERROR_ACTIONS;

type Row<C extends ErrorCode> = readonly [
  sentence: (detail: ErrorDetails[C]) => string,
  actions: readonly ErrorAction[],
];

const ROWS: { readonly [C in ErrorCode]: Row<C> } = {
  'port-denied': [
    ({ port, group }) =>
      group === null
        ? `This computer does not let you open ${port}.`
        : `Linux does not let you open ${port}: it belongs to the group ‘${group}’ and you are not in it. Run the command, then log out and in.`,
    ['copy-command', 'try-again'],
  ],
  'port-busy': [
    ({ port, program, process }) =>
      program === undefined
        ? `${port} is in use by another program. Close other editors and serial monitors.`
        : `${port} is in use by ${program}${process === undefined ? '' : ` (process ${process})`}. Close it there.`,
    ['try-again'],
  ],
  'port-gone': [
    ({ port }) => `${port} is no longer there. Check the cable and plug the board in again.`,
    ['choose-board'],
  ],
  'not-micropython': [
    ({ port }) =>
      `${port} answers, but not as MicroPython. The board may hold other firmware, or this is not its Python port.`,
    ['choose-board', 'details'],
  ],
  'board-silent': [
    ({ port }) => `The board on ${port} does not answer. It may be busy: stop it, or press its reset button.`,
    ['stop', 'try-again'],
  ],
  'raw-refused': [
    () => 'The board keeps running its program and does not give the prompt. Stop it, or start it in safe mode.',
    ['stop'],
  ],
  'link-lost': [
    ({ board, uploading }) =>
      uploading === undefined
        ? `The connection to ${board} was lost. Your open files are safe. Tether connects again when it is back.`
        : `The connection was lost while uploading ${uploading}. The board still has the old ${uploading}.`,
    ['choose-board'],
  ],
  'verify-failed': [
    ({ file }) =>
      `${file} arrived damaged twice and was not put in place. The board still has the old one. Try another cable.`,
    ['try-again'],
  ],
  'board-full': [
    ({ volume, file, needed, free }) =>
      needed === undefined || free === undefined
        ? `Not enough room on ${volume} for ${file}. Nothing was changed.`
        : `Not enough room on ${volume}: ${file} needs ${sizeWords(needed)}, ${sizeWords(free)} are free. Nothing was changed.`,
    ['show-files'],
  ],
  'board-read-only': [({ volume }) => `The board's ${volume} cannot be written to. Check the card's lock.`, []],
  'drive-mounted': [
    ({ drive }) =>
      `This computer also has the board's drive ${drive} open. Writing from both sides can destroy its files. Eject the drive first.`,
    ['try-again'],
  ],
  'name-bad': [
    ({ character }) => (character === undefined ? 'A name cannot be empty.' : `A name cannot contain ‘${character}’.`),
    [],
  ],
  'name-taken': [({ folder, name, kind }) => `${folder} already holds a ${kind} named ${name}.`, []],
  'file-missing': [
    ({ file, place }) =>
      place === 'computer'
        ? `${file} is no longer in the folder. It was moved or deleted outside Tether.`
        : `${file} is not on the board. It was moved or deleted there.`,
    ['save-again', 'close-tab'],
  ],
  'folder-missing': [
    ({ folder, place }) => `The folder ${folder} is not on ${place === 'board' ? 'the board' : 'this computer'}.`,
    ['try-again'],
  ],
  'folder-in-the-way': [({ name }) => `On the board ‘${name}’ is a file, so the folder ${name} cannot be made.`, []],
  'folder-not-empty': [({ folder }) => `The folder ${folder} is not empty. Nothing was deleted.`, []],
  'disk-denied': [({ name }) => `This computer does not allow writing to ${name}.`, ['save-as']],
  'disk-full': [
    ({ file }) => `This computer's disk is full. ${file} is not saved; its text stays in the tab.`,
    ['save-as'],
  ],
  cancelled: [
    ({ sent, files, unfinished, done = 'uploaded' }) => {
      const start = `Stopped. ${sent} of ${files} ${files === 1 ? 'file was' : 'files were'} ${done}`;
      if (unfinished === undefined) return `${start}.`;
      return `${start}; ${unfinished} on ${done === 'uploaded' ? 'the board' : 'this computer'} is unchanged.`;
    },
    ['continue'],
  ],
  'simulator-died': [() => 'The simulated board stopped unexpectedly. Its flash is intact.', ['start-again']],
  'app-gone': [
    () => 'Tether itself has stopped. Start it again and reload this page. Your unsaved text is kept.',
    ['reload'],
  ],
  'app-fault': [
    ({ task }) => `Something in Tether went wrong while ${task}. Your files are safe.`,
    ['try-again', 'details'],
  ],
  'address-bad': [
    () => 'Write a port such as COM3 or /dev/ttyACM0, or an address such as socket://192.168.4.1:2323.',
    [],
  ],
  'no-board': [
    () => 'No board found on a cable. Plug one in: it appears here by itself. Or use the simulated board.',
    ['choose-board'],
  ],
  'not-connected': [({ board }) => `${board} is not connected.`, ['choose-board']],
  'board-busy': [({ board, task }) => `${board} is busy: ${task}. Wait until it is done, or cancel it.`, ['try-again']],
  'program-running': [() => 'The board is running a program, so its files cannot be listed now.', ['stop-and-list']],
  'board-error': [({ task, error }) => `The board reported an error while ${task}: ${error}`, ['try-again', 'details']],
};

/** The one sentence that says what happened, what is safe and what to do. */
export function errorSentence(error: ErrorData): string {
  return rowOf(error.code)[0](error.detail);
}

/** What can be done about it, in the order of the buttons. */
export function errorActions(error: ErrorData): readonly ErrorAction[] {
  return rowOf(error.code)[1];
}

/** A board's state in words, for the target block, the picker, the status bar and the screen reader. */
export function stateWords(state: BoardState): string {
  switch (state.name) {
    case 'closed':
      return 'Not connected';
    case 'connecting':
      return 'Connecting…';
    case 'starting':
      return 'Starting up…';
    case 'ready':
      return 'Ready';
    case 'running':
      return state.program === null ? 'Running its own program' : `Running ${state.program}`;
    case 'stopping':
      return 'Stopping…';
    case 'paused':
      return `Paused at line ${state.line}`;
    case 'busy':
      return `Busy: ${busyWords(state)}`;
    case 'raw':
      return 'In raw mode, held by another tool';
    case 'silent':
      return 'Does not answer';
    case 'not-micropython':
      return 'Answers, but not as MicroPython';
    case 'lost':
      return 'Connection lost, looking for it…';
    case 'stuck':
      return 'Stuck, does not react to Stop';
  }
}

/** “uploading lib/umqtt.py, 42 %”: the part of a busy state that other sentences use too. */
export function busyWords(state: Extract<BoardState, { name: 'busy' }>): string {
  const file = state.file === null ? (state.doing === 'listing' ? ' files' : '') : ` ${state.file}`;
  const percent = state.fraction === null ? '' : `, ${Math.floor(state.fraction * 100)} %`;
  return `${state.doing}${file}${percent}`;
}

/** A size with its unit: “61 KB”, “1.2 KB”, “3.1 GB”; 1 KB is 1,024 bytes. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < SIZE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = value < 10 && value % 1 !== 0 ? value.toFixed(1) : value.toFixed(0);
  return `${digits.replace(/\.0$/, '')} ${SIZE_UNITS[unit] ?? ''}`;
}

const SIZE_UNITS = ['KB', 'MB', 'GB', 'TB'];

// The table is typed per code; looked up by a code that is only known at run time, its rows take any detail.
function rowOf(code: ErrorCode): readonly [(detail: object) => string, readonly ErrorAction[]] {
  return ROWS[code] as unknown as readonly [(detail: object) => string, readonly ErrorAction[]];
}

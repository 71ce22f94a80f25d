import { describe, expect, test } from 'vitest';
import { AppError, type ErrorData } from '../../../runtime/contract/app-error';
import { errorActions, errorSentence, sizeWords, stateWords } from '../../../runtime/contract/messages';

/** One sample per code, with the sentence it has to give; a code that is missing here does not compile. */
const SAMPLES: { readonly [C in ErrorData['code']]: readonly [Extract<ErrorData, { code: C }>['detail'], string] } = {
  'port-denied': [
    { port: '/dev/ttyACM0', group: 'dialout' },
    'Linux does not let you open /dev/ttyACM0: it belongs to the group ‘dialout’ and you are not in it. Run the command, then log out and in.',
  ],
  'port-busy': [
    { port: '/dev/ttyACM0', program: 'Thonny', process: 4312 },
    '/dev/ttyACM0 is in use by Thonny (process 4312). Close it there.',
  ],
  'port-gone': [{ port: 'COM3' }, 'COM3 is no longer there. Check the cable and plug the board in again.'],
  'not-micropython': [
    { port: 'COM3' },
    'COM3 answers, but not as MicroPython. The board may hold other firmware, or this is not its Python port.',
  ],
  'board-silent': [
    { port: 'COM3' },
    'The board on COM3 does not answer. It may be busy: stop it, or press its reset button.',
  ],
  'raw-refused': [
    {},
    'The board keeps running its program and does not give the prompt. Stop it, or start it in safe mode.',
  ],
  'link-lost': [
    { board: 'Pyboard A', uploading: 'sensor.py' },
    'The connection was lost while uploading sensor.py. The board still has the old sensor.py.',
  ],
  'verify-failed': [
    { file: 'sensor.py' },
    'sensor.py arrived damaged twice and was not put in place. The board still has the old one. Try another cable.',
  ],
  'board-full': [
    { volume: '/flash', file: 'data.csv', needed: 80 * 1024, free: 61 * 1024 },
    'Not enough room on /flash: data.csv needs 80 KB, 61 KB are free. Nothing was changed.',
  ],
  'board-read-only': [{ volume: '/sd' }, "The board's /sd cannot be written to. Check the card's lock."],
  'drive-mounted': [
    { drive: 'PYBFLASH' },
    "This computer also has the board's drive PYBFLASH open. Writing from both sides can destroy its files. Eject the drive first.",
  ],
  'name-bad': [{ name: 'a/b', character: '/' }, 'A name cannot contain ‘/’.'],
  'name-taken': [{ folder: 'lib', name: 'main.py', kind: 'file' }, 'lib already holds a file named main.py.'],
  'file-missing': [
    { file: 'blink.py', place: 'computer' },
    'blink.py is no longer in the folder. It was moved or deleted outside Tether.',
  ],
  'folder-missing': [{ folder: 'lib', place: 'board' }, 'The folder lib is not on the board.'],
  'folder-in-the-way': [{ name: 'lib' }, 'On the board ‘lib’ is a file, so the folder lib cannot be made.'],
  'folder-not-empty': [{ folder: 'lib' }, 'The folder lib is not empty. Nothing was deleted.'],
  'disk-denied': [{ name: 'weather' }, 'This computer does not allow writing to weather.'],
  'disk-full': [
    { file: 'blink.py' },
    "This computer's disk is full. blink.py is not saved; its text stays in the tab.",
  ],
  cancelled: [
    { sent: 2, files: 5, unfinished: 'lib/umqtt.py' },
    'Stopped. 2 of 5 files were uploaded; lib/umqtt.py on the board is unchanged.',
  ],
  'simulator-died': [{}, 'The simulated board stopped unexpectedly. Its flash is intact.'],
  'app-gone': [{}, 'Tether itself has stopped. Start it again and reload this page. Your unsaved text is kept.'],
  'app-fault': [
    { task: 'reading the file list' },
    'Something in Tether went wrong while reading the file list. Your files are safe.',
  ],
  'address-bad': [
    { address: 'x' },
    'Write a port such as COM3 or /dev/ttyACM0, or an address such as socket://192.168.4.1:2323.',
  ],
  'no-board': [{}, 'No board found on a cable. Plug one in: it appears here by itself. Or use the simulated board.'],
  'not-connected': [{ board: 'Pyboard A' }, 'Pyboard A is not connected.'],
  'board-busy': [
    { board: 'Pyboard A', task: 'uploading main.py' },
    'Pyboard A is busy: uploading main.py. Wait until it is done, or cancel it.',
  ],
  'program-running': [{ board: 'Pyboard A' }, 'The board is running a program, so its files cannot be listed now.'],
  'board-error': [
    { task: 'reading the file list', error: 'OSError: [Errno 5] EIO' },
    'The board reported an error while reading the file list: OSError: [Errno 5] EIO',
  ],
};

describe('errorSentence', () => {
  test.each(Object.entries(SAMPLES))('says %s in one sentence', (code, [detail, sentence]) => {
    const data = { code, detail } as unknown as ErrorData;
    expect(errorSentence(data)).toBe(sentence);
    expect(new Set(errorActions(data)).size).toBe(errorActions(data).length);
  });

  test('speaks of the side that a transfer was to', () => {
    const detail = { sent: 0, files: 1, unfinished: 'a.py', done: 'downloaded' } as const;
    expect(errorSentence({ code: 'cancelled', detail })).toBe(
      'Stopped. 0 of 1 file was downloaded; a.py on this computer is unchanged.',
    );
  });

  test('leaves out what is not known', () => {
    expect(errorSentence({ code: 'port-busy', detail: { port: 'COM3' } })).toBe(
      'COM3 is in use by another program. Close other editors and serial monitors.',
    );
    expect(errorSentence({ code: 'port-denied', detail: { port: 'COM3', group: null } })).toBe(
      'This computer does not let you open COM3.',
    );
    expect(errorSentence({ code: 'name-bad', detail: { name: '' } })).toBe('A name cannot be empty.');
    expect(errorSentence({ code: 'link-lost', detail: { board: 'Pyboard A' } })).toBe(
      'The connection to Pyboard A was lost. Your open files are safe. Tether connects again when it is back.',
    );
  });
});

describe('AppError', () => {
  test('crosses as data and comes back the same', () => {
    const error = new AppError('port-gone', { port: 'COM3' }, 'ENOENT');
    const back = AppError.fromData(JSON.parse(JSON.stringify(error.toData())) as ErrorData);
    expect(back).toBeInstanceOf(AppError);
    expect([back.code, back.detail, back.technical]).toEqual(['port-gone', { port: 'COM3' }, 'ENOENT']);
  });

  test('turns what nobody foresaw into an app-fault that names the task and keeps the stack', () => {
    const data = AppError.toData(new TypeError('x is undefined'), 'reading the file list');
    expect(data.code).toBe('app-fault');
    expect(data.detail).toEqual({ task: 'reading the file list' });
    expect(data.technical).toContain('x is undefined');
  });
});

describe('stateWords', () => {
  test.each([
    [{ name: 'closed' }, 'Not connected'],
    [{ name: 'running', program: 'blink.py' }, 'Running blink.py'],
    [{ name: 'running', program: null }, 'Running its own program'],
    [{ name: 'stopping', stubborn: false }, 'Stopping…'],
    [{ name: 'busy', doing: 'uploading', file: 'lib/umqtt.py', fraction: 0.429 }, 'Busy: uploading lib/umqtt.py, 42 %'],
    [{ name: 'busy', doing: 'listing', file: null, fraction: null }, 'Busy: listing files'],
    [{ name: 'lost' }, 'Connection lost, looking for it…'],
  ] as const)('%j is “%s”', (state, words) => {
    expect(stateWords(state)).toBe(words);
  });
});

describe('sizeWords', () => {
  test.each([
    [1, '1 byte'],
    [512, '512 bytes'],
    [1229, '1.2 KB'],
    [61 * 1024, '61 KB'],
    [1024 * 1024, '1 MB'],
    [3.1 * 1024 ** 3, '3.1 GB'],
  ])('%d is “%s”', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });
});

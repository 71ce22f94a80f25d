import { describe, expect, test } from 'vitest';
import { toAppError } from '../../../main/boards/link-errors';
import { AppError } from '../../../runtime/contract/app-error';
import { errorSentence } from '../../../runtime/contract/messages';
import * as link from '../../../runtime/link/errors';

const context = { board: 'Pyboard A', port: 'COM3', task: 'reading the file list' };

describe('toAppError', () => {
  test.each<readonly [unknown, string]>([
    [new link.PortUnavailable('/dev/ttyACM0', 'denied', 'EACCES', { group: 'dialout' }), 'the group ‘dialout’'],
    [
      new link.PortUnavailable('COM3', 'busy', 'Access denied', { holder: { program: 'thonny', process: 12 } }),
      'COM3 is in use by thonny (process 12).',
    ],
    [new link.PortUnavailable('COM3', 'gone', 'ENOENT'), 'COM3 is no longer there.'],
    [new link.PortUnavailable('COM3', 'unknown', 'what'), 'went wrong while opening COM3.'],
    [new link.BadAddress('x'), 'Write a port such as'],
    [new link.LinkLost('COM3'), 'The connection to Pyboard A was lost.'],
    [new link.NoAnswer('the prompt'), 'The board on COM3 does not answer.'],
    [new link.NotMicroPython(), 'COM3 answers, but not as MicroPython.'],
    [new link.RawRefused(), 'The board keeps running its program'],
    [new link.BoardOccupied(), 'The board is running a program'],
    [new link.VerifyFailed('/flash/lib/sensor.py'), 'sensor.py arrived damaged twice'],
    [
      new link.BoardFull('/flash/data.csv', 81920, 62464),
      'Not enough room on /flash: data.csv needs 80 KB, 61 KB are free.',
    ],
    [new link.BoardFull('/flash/data.csv', 81920, undefined), 'Not enough room on /flash for data.csv.'],
    [new link.RemoteFsError('/sd/a.py', 'EROFS', 'read-only'), "The board's /sd cannot be written to."],
    [new link.RemoteFsError('/flash/lib/a.py', 'ENOTDIR', ''), 'On the board ‘lib’ is a file'],
    [new link.RemoteFsError('/flash/a.py', 'ENOENT', ''), 'a.py is not on the board.'],
    [new link.RemoteFsError('/flash/lib/a.py', 'EEXIST', ''), 'lib already holds a file named a.py.'],
    [new link.RemoteFsError('/flash/a.py', 'EIO', '[Errno 5] EIO'), 'while reading the file list: [Errno 5] EIO'],
    [
      new link.BoardError('Traceback (most recent call last):\n  File "<stdin>"\nMemoryError: \n'),
      'while reading the file list: MemoryError',
    ],
  ])('says of %s what happened', (error, words) => {
    const told = toAppError(error, context);
    expect(told).toBeInstanceOf(AppError);
    expect(errorSentence((told as AppError).toData())).toContain(words);
  });

  test('names the file that was on its way when the link broke', () => {
    const told = toAppError(new link.LinkLost('COM3'), { ...context, uploading: 'sensor.py' });
    expect((told as AppError).detail).toEqual({ board: 'Pyboard A', uploading: 'sensor.py' });
  });

  test('shows the last bytes of the link in the details', () => {
    const told = toAppError(new link.NoAnswer('the prompt', Uint8Array.of(0x3e, 0xff)), context);
    expect((told as AppError).technical).toContain('Last bytes: ">ÿ"');
  });

  test('leaves alone what it does not know', () => {
    const error = new TypeError();
    expect(toAppError(error, context)).toBe(error);
  });
});

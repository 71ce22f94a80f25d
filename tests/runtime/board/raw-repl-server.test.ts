import { describe, expect, test } from 'vitest';
import { FULL_BANNER, ScriptBoard } from '../../support/script-board';

const RAW_BANNER = 'raw REPL; CTRL-B to exit\r\n>';

/** What the raw REPL says, from its first prompt on. */
function raw(bytes: string, board = new ScriptBoard()): string {
  const output = board.run(`\x01${bytes}`);
  const intro = `${FULL_BANNER}>>> \r\n${RAW_BANNER}`;
  expect(output.startsWith(intro)).toBe(true);
  return output.slice(intro.length);
}

/** Raw paste of a program; the client's own marks included. */
const paste = (program: string): string => raw(`\x05A\x01${program}`);
const STARTED = 'R\x01\x80\x00\x01';

describe('the raw REPL', () => {
  test('runs a program between OK and two marks', () => {
    expect(raw('print(1)\x04')).toBe('OK1\r\n\x04\x04>');
  });

  test('prints an exception between the marks', () => {
    expect(raw('print(1)\n1/0\x04')).toBe(
      'OK1\r\n\x04Traceback (most recent call last):\r\n  File "<stdin>", line 2, in <module>\r\nZeroDivisionError: divide by zero\r\n\x04>',
    );
    expect(raw('1+\x04')).toBe(
      'OK\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1\r\nSyntaxError: invalid syntax\r\n\x04>',
    );
  });

  test('does not show the values of expressions', () => {
    expect(raw('1+1\x04')).toBe('OK\x04\x04>');
  });

  test('keeps names from program to program', () => {
    expect(raw('x=1\x04print(x)\x04')).toBe('OK\x04\x04>OK1\r\n\x04\x04>');
  });

  test('forgets what was sent on Ctrl-C, silently', () => {
    expect(raw('garbage\x03print(1)\x04')).toBe('OK1\r\n\x04\x04>');
  });

  test('shows its banner again on Ctrl-A', () => {
    expect(raw('x\x01')).toBe(RAW_BANNER);
  });

  test('goes back to the friendly REPL on Ctrl-B', () => {
    expect(raw('\x02')).toBe(`\r\n${FULL_BANNER}>>> `);
  });

  test('takes any text', () => {
    expect(raw("print(len('é€'))\x04")).toBe('OK2\r\n\x04\x04>');
  });

  test('a program is stopped by Ctrl-C', () => {
    const board = new ScriptBoard();
    board.hal.at(300, () => board.hal.type('\x03'));
    expect(raw('import time\ntime.sleep(100)\x04', board)).toBe(
      'OK\x04Traceback (most recent call last):\r\n  File "<stdin>", line 2, in <module>\r\nKeyboardInterrupt: \r\n\x04>',
    );
  });

  test('restarts softly on an empty program, and stays raw', () => {
    const board = new ScriptBoard({ 'boot.py': "print('boot')", 'main.py': "print('main')" });
    expect(board.run('\x01x=1\x04\x04print("x" in globals())\x04')).toMatch(
      /OK\x04\x04>OK\r\nMPY: sync filesystems\r\nMPY: soft reboot\r\nboot\r\nraw REPL; CTRL-B to exit\r\n>OKFalse\r\n\x04\x04>$/,
    );
  });

  test('restarts softly on SystemExit', () => {
    expect(raw('import sys\nsys.exit()\x04')).toBe(
      `OK\x04\x04MPY: sync filesystems\r\nMPY: soft reboot\r\n${RAW_BANNER}`,
    );
  });
});

describe('raw paste', () => {
  test('announces a window of 128 bytes twice over', () => {
    expect(paste('')).toBe(STARTED);
  });

  test('runs the program after its end is confirmed', () => {
    expect(paste('print(1)\x04')).toBe(`${STARTED}\x041\r\n\x04\x04>`);
  });

  test('gives another window for every 128 bytes taken', () => {
    expect(paste('#'.repeat(127))).toBe(STARTED);
    expect(paste('#'.repeat(128))).toBe(`${STARTED}\x01`);
    expect(paste('#'.repeat(1000))).toBe(STARTED + '\x01'.repeat(7));
  });

  test('counts characters of several bytes as their bytes', () => {
    expect(paste(`#${'é'.repeat(64)}`)).toBe(`${STARTED}\x01`);
    expect(paste("print('é')\x04")).toBe(`${STARTED}\x04Ã©\r\n\x04\x04>`);
  });

  test('stops at Ctrl-C with KeyboardInterrupt', () => {
    expect(paste('print(1)\x03')).toBe(`${STARTED}\x04\x04KeyboardInterrupt: \r\n\x04>`);
  });

  test('tells of a mistake in the program after its end', () => {
    expect(paste('1+\nprint(2)\x04')).toBe(
      `${STARTED}\x04\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1\r\nSyntaxError: invalid syntax\r\n\x04>`,
    );
  });

  test('refuses what is not known, and goes on', () => {
    expect(raw('\x05B\x01print(1)\x04')).toBe('R\x00>OK1\r\n\x04\x04>');
  });

  test('begins only with its two bytes; elsewhere they are text', () => {
    expect(raw('x\x05A\x01')).toBe(RAW_BANNER);
  });

  test('works again and again', () => {
    const once = '\x05A\x01print(1)\x04';
    expect(raw(once + once)).toBe(`${STARTED}\x041\r\n\x04\x04>`.repeat(2));
  });

  test('restarts softly on SystemExit', () => {
    expect(paste('raise SystemExit\x04')).toBe(
      `${STARTED}\x04\x04\x04MPY: sync filesystems\r\nMPY: soft reboot\r\n${RAW_BANNER}`,
    );
  });
});

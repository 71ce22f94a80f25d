import { describe, expect, test } from 'vitest';
import { PENDING_PIN } from '../../../runtime/board/hardware-registers';
import { FULL_BANNER, ScriptBoard, runOnBoard } from '../../support/script-board';

/** What a board with these files says up to its first prompt. */
const boot = (files: Record<string, string>): string => new ScriptBoard(files).run();

describe('a simulated board that starts', () => {
  test('shows its banner first', () => {
    expect(boot({})).toBe(`${FULL_BANNER}>>> `);
  });

  test('runs boot.py and then main.py', () => {
    expect(boot({ 'main.py': "print('main', x)", 'boot.py': "x = 1\nprint('boot')" })).toBe(
      `boot\r\nmain 1\r\n${FULL_BANNER}>>> `,
    );
  });

  test('keeps their names for the prompt', () => {
    expect(new ScriptBoard({ 'boot.py': 'x = 1', 'main.py': 'y = 2' }).run('x, y\r')).toContain('(1, 2)\r\n');
  });

  test('tells an error of boot.py and skips main.py', () => {
    expect(boot({ 'boot.py': '\n1/0', 'main.py': "print('main')" })).toBe(
      'Traceback (most recent call last):\r\n  File "boot.py", line 2, in <module>\r\n' +
        `ZeroDivisionError: divide by zero\r\n${FULL_BANNER}>>> `,
    );
  });

  test('tells an error of main.py and goes on to the prompt', () => {
    expect(boot({ 'main.py': 'x = (' })).toBe(
      'Traceback (most recent call last):\r\n  File "main.py", line 2\r\n' +
        `SyntaxError: invalid syntax\r\n${FULL_BANNER}>>> `,
    );
  });

  test('stops main.py at Ctrl-C', () => {
    const board = new ScriptBoard({ 'main.py': 'import time\nwhile True: time.sleep(1)' });
    board.hal.at(5500, () => board.hal.type('\x03'));
    expect(board.run()).toMatch(/KeyboardInterrupt: \r\n/);
  });

  test('starts again when boot.py or main.py ends in SystemExit', () => {
    const files = { 'main.py': "import os\ntry:\n os.remove('once')\nexcept OSError: pass\nelse: raise SystemExit" };
    const board = new ScriptBoard({ ...files, once: '' });
    expect(board.run()).toBe(`MPY: sync filesystems\r\nMPY: soft reboot\r\n${FULL_BANNER}>>> `);
  });

  test('runs what pyb.main() names instead of main.py', () => {
    expect(
      boot({ 'boot.py': "import pyb\npyb.main('other.py')", 'main.py': '1/0', 'other.py': "print('other')" }),
    ).toBe(`other\r\n${FULL_BANNER}>>> `);
  });

  test('skips main.py after a soft reset from the raw REPL, and runs it after one from the prompt', () => {
    const files = { 'boot.py': "print('boot')", 'main.py': "print('main')" };
    expect(new ScriptBoard(files).run('\x01\x04')).toMatch(/soft reboot\r\nboot\r\nraw REPL/);
    expect(new ScriptBoard(files).run('\x04')).toMatch(/soft reboot\r\nboot\r\nmain\r\nMicroPython/);
  });

  test('imports modules from its flash', () => {
    expect(runOnBoard('import hello', new ScriptBoard({ 'hello.py': "print('hello', __name__)" }))).toBe(
      'hello hello\n',
    );
    expect(runOnBoard('import sys\nprint(sys.path)')).toBe("['', '.frozen', '/flash', '/flash/lib']\n");
  });

  test('keeps files over a soft reset', () => {
    expect(new ScriptBoard().run("\x01open('a','w').write('b')\x04\x04print(open('a').read())\x04")).toMatch(/OKb\r\n/);
  });

  test('says what it is', () => {
    expect(
      runOnBoard('import os, sys\nu = os.uname()\nprint(u[0], u.nodename, u.release, u.machine)\nprint(u)'),
    ).toMatch(
      /^pyboard pyboard 1\.\d+\.\d+\S* PYBv1\.1 with STM32F405RG\n\(sysname='pyboard', nodename='pyboard', release=.*, version=.*, machine=.*\)\n$/,
    );
    expect(runOnBoard('import sys\nprint(sys.platform, sys.implementation[0], sys.maxsize)')).toBe(
      'pyboard micropython 2147483647\n',
    );
  });

  test('shows how much memory is in use', () => {
    const board = new ScriptBoard();
    const used = /\r\n(\d+)\r\n/.exec(board.run('import gc; gc.mem_alloc()\r').slice(FULL_BANNER.length))?.[1];
    expect(board.registers.snapshot().memory).toEqual({ used: Number(used), total: 103168 });
  });

  test('presses its own reset button', () => {
    const board = new ScriptBoard();
    board.run('import machine\rmachine.reset()\r1\r');
    expect(board.hal.wasReset).toBe(true);
  });
});

describe('its LEDs', () => {
  const lit = (board: ScriptBoard): string => [1, 2, 3, 4].map((n) => (board.registers.led(n) > 0 ? n : '-')).join('');

  test('show green while it starts, and none at the prompt', () => {
    const board = new ScriptBoard({ 'boot.py': "print('here')" });
    let during = '';
    board.hal.after('here', () => (during = lit(board)));
    board.run();
    expect(during).toBe('-2--');
    expect(lit(board)).toBe('----');
  });

  test('lit in boot.py go out after it, but for the red one', () => {
    const board = new ScriptBoard({ 'boot.py': 'import pyb\nfor n in (1, 2, 3, 4): pyb.LED(n).on()' });
    board.run();
    expect(lit(board)).toBe('1---');
  });

  test.each([
    ['boot.py', 4],
    ['main.py', 3],
  ])('tell an error of %s by red and green, %i times', (name, times) => {
    const board = new ScriptBoard({ [name]: '1/0' });
    const seen: string[] = [];
    for (let i = 0; i < 20; i++) board.hal.at(i * 250 + 100, () => seen.push(lit(board)));
    board.run();
    const expected = Array.from({ length: times }, () => ['1---', '-2--']).flat();
    expect(seen.slice(0, 2 * times + 1)).toEqual([...expected, '----']);
  });
});

describe('USR held at reset', () => {
  const files = { 'boot.py': "print('boot')", 'main.py': "print('main')" };

  /** Holds USR for so long from reset on. */
  function held(milliseconds: number): ScriptBoard {
    const board = new ScriptBoard(files);
    board.registers.setSwitch(true);
    board.hal.at(milliseconds, () => {
      board.registers.setSwitch(false);
      board.hal.raise(PENDING_PIN);
    });
    return board;
  }

  test('briefly starts as always', () => {
    expect(held(300).run()).toBe(`boot\r\nmain\r\n${FULL_BANNER}>>> `);
  });

  test('until LED 3 is lit alone skips boot.py and main.py, once', () => {
    const board = held(800);
    let leds: number[] = [];
    board.hal.at(700, () => (leds = [2, 3, 4].map((n) => board.registers.led(n))));
    const output = board.run('\x04');
    expect(leds).toEqual([0, 255, 0]);
    expect(output.startsWith(`${FULL_BANNER}>>> `)).toBe(true);
    expect(output).toMatch(/soft reboot\r\nboot\r\nmain\r\n/);
  });

  test('until LEDs 2 and 3 are lit makes the files of a fresh board', () => {
    const board = held(1400);
    board.run();
    expect(board.formatted).toBe(1);
  });

  test('goes round the modes', () => {
    const board = held(1900);
    expect(board.run()).toContain('boot\r\nmain\r\n');
    expect(board.formatted).toBe(0);
  });
});

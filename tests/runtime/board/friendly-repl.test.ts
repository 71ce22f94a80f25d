import { describe, expect, test } from 'vitest';
import { FULL_BANNER, ScriptBoard } from '../../support/script-board';

const CTRL = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 64);

/** What the prompt says to keys, from the first prompt on. */
function talk(keys: string, board = new ScriptBoard()): string {
  const output = board.run(keys);
  expect(output.startsWith(`${FULL_BANNER}>>> `)).toBe(true);
  return output.slice(FULL_BANNER.length);
}

describe('the friendly REPL', () => {
  test('shows the value of an expression, and nothing for None', () => {
    expect(talk('1+1\r')).toBe('>>> 1+1\r\n2\r\n>>> ');
    expect(talk('None\r')).toBe('>>> None\r\n>>> ');
    expect(talk("'a'\r")).toBe(">>> 'a'\r\n'a'\r\n>>> ");
  });

  test('keeps names from line to line', () => {
    expect(talk('x = 3\rx * 2\r')).toBe('>>> x = 3\r\n>>> x * 2\r\n6\r\n>>> ');
  });

  test('asks on for an empty line after a block', () => {
    expect(talk('for i in range(2):\rprint(i)\r\r\r\r')).toBe(
      '>>> for i in range(2):\r\n...     print(i)\r\n...     \r\n...     \r\n... \r\n0\r\n1\r\n>>> ',
    );
  });

  test('asks on inside brackets and triple quotes', () => {
    expect(talk('(1 +\r2)\r')).toBe('>>> (1 +\r\n... 2)\r\n3\r\n>>> ');
    expect(talk("'''a\rb'''\r")).toBe(">>> '''a\r\n... b'''\r\n'a\\nb'\r\n>>> ");
  });

  test('gives up a line, and a whole statement, on Ctrl-C', () => {
    expect(talk('abc\x03')).toBe('>>> abc\r\n>>> ');
    expect(talk('if 1:\rx\x03')).toBe('>>> if 1:\r\n...     x\r\n>>> ');
  });

  test('runs a statement as far as it is typed on Ctrl-D in a continuation', () => {
    expect(talk('if 1: print(5)\r\x04')).toBe('>>> if 1: print(5)\r\n... 5\r\n>>> ');
  });

  test('shows the banner again on Ctrl-B', () => {
    expect(talk('\x02')).toBe(`>>> \r\n${FULL_BANNER}>>> `);
  });

  test('prints an exception with its traceback and goes on', () => {
    expect(talk('1/0\r2\r')).toBe(
      '>>> 1/0\r\nTraceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\n' +
        'ZeroDivisionError: divide by zero\r\n>>> 2\r\n2\r\n>>> ',
    );
  });

  test('prints a syntax error', () => {
    expect(talk('1+\r')).toBe(
      '>>> 1+\r\nTraceback (most recent call last):\r\n  File "<stdin>", line 1\r\nSyntaxError: invalid syntax\r\n>>> ',
    );
  });

  test('uses the prompts of sys.ps1 and sys.ps2', () => {
    expect(talk("import sys\rsys.ps1='> '\rsys.ps2=': '\r(1,\r2)\r").split('\r\n').slice(2)).toEqual([
      "> sys.ps2=': '",
      '> (1,',
      ': 2)',
      '(1, 2)',
      '> ',
    ]);
  });

  test('recalls lines with the arrow keys, also after a soft reset', () => {
    const up = '\x1b[A';
    expect(talk(`7\r${up}\r`)).toBe('>>> 7\r\n7\r\n>>> 7\r\n7\r\n>>> ');
    expect(talk(`7\r\x04${up}\r`)).toMatch(/>>> 7\r\n7\r\n>>> $/);
  });

  describe('paste mode', () => {
    const intro = '>>> \r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ';

    test('echoes, and runs the whole on Ctrl-D without indenting', () => {
      expect(talk('\x05if 1:\r  print(5)\r\x04')).toBe(`${intro}if 1:\r\n===   print(5)\r\n=== \r\n5\r\n>>> `);
    });

    test('is given up on Ctrl-C', () => {
      expect(talk('\x05x\ry\x03')).toBe(`${intro}x\r\n=== y\r\n>>> `);
    });

    test('takes any text', () => {
      expect(talk("\x05print(len('é€'))\x04")).toMatch(/\r\n2\r\n>>> $/);
    });
  });

  describe('a running program', () => {
    test('is stopped by Ctrl-C', () => {
      const board = new ScriptBoard();
      board.hal.at(500, () => board.hal.type('\x03'));
      expect(talk('import time\rtime.sleep(100)\r', board)).toMatch(
        /time.sleep\(100\)\r\nTraceback \(most recent call last\):\r\n {2}File "<stdin>", line 1, in <module>\r\nKeyboardInterrupt: \r\n>>> $/,
      );
      expect(board.hal.now()).toBe(500);
    });

    test('that prints without end is stopped by Ctrl-C', () => {
      const board = new ScriptBoard();
      board.hal.after('x\r\nx\r\nx\r\n', () => board.hal.type('\x03'));
      expect(talk("while True: print('x')\r\r", board)).toMatch(/KeyboardInterrupt: \r\n>>> $/);
    });

    test('can catch it', () => {
      const board = new ScriptBoard();
      board.hal.at(500, () => board.hal.type('\x03'));
      const program = "import time\r\x05try:\r time.sleep(9)\rexcept KeyboardInterrupt:\r print('caught')\r\x04";
      expect(talk(program, board)).toMatch(/\r\ncaught\r\n>>> $/);
    });

    test('gets keys typed while it runs from its standard input later', () => {
      const board = new ScriptBoard();
      board.hal.at(10, () => board.hal.type('1+1\r'));
      expect(talk('import time\rtime.sleep(1)\r', board)).toMatch(/>>> 1\+1\r\n2\r\n>>> $/);
    });
  });

  describe('input()', () => {
    test('shows its prompt and edits the line', () => {
      expect(talk("x = input('name? ')\rAx\x7fnn\rx\r")).toBe(
        ">>> x = input('name? ')\r\nname? Ax\b\x1b[Knn\r\n>>> x\r\n'Ann'\r\n>>> ",
      );
    });

    test('is stopped by Ctrl-C', () => {
      const board = new ScriptBoard();
      board.hal.at(100, () => board.hal.type('ab\x03'));
      expect(talk('input()\r', board)).toMatch(/KeyboardInterrupt: \r\n>>> (ab)?$/);
    });

    test('raises EOFError on Ctrl-D', () => {
      expect(talk('input()\r\x04')).toMatch(/EOFError: \r\n>>> $/);
    });
  });

  describe('Tab', () => {
    test('completes names, attributes and modules', () => {
      expect(talk('number = 5\rnum\t\r')).toContain('>>> number\r\n5\r\n');
      expect(talk('import time\rtime.sleep_u\t\r')).toContain('>>> time.sleep_us\r\n');
      expect(talk('import machi\t\r')).toContain('>>> import machine\r\n>>> ');
      expect(talk('imp\tpyb\r')).toContain('>>> import pyb\r\n>>> ');
    });

    test('goes as far as all candidates agree, then lists them in columns', () => {
      expect(talk('import time\rtime.ti\t\x03')).toContain('>>> time.ti\r\nticks_add       ticks_cpu');
      expect(talk('import time\rtime.tic\t\t\x03')).toMatch(
        /time.ticks_\r\nticks_add {7}ticks_cpu {7}ticks_diff {6}ticks_ms\r\nticks_us\r\n>>> time.ticks_\r\n>>> $/,
      );
    });

    test('says nothing where there is nothing', () => {
      expect(talk('qqq\t.x\t\x03')).toBe('>>> qqq.x\r\n>>> ');
    });
  });

  test('restarts softly on Ctrl-D', () => {
    expect(talk(`x = 1\r${CTRL('D')}x\r`)).toBe(
      `>>> x = 1\r\n>>> \r\nMPY: sync filesystems\r\nMPY: soft reboot\r\n${FULL_BANNER}>>> x\r\n` +
        "Traceback (most recent call last):\r\n  File \"<stdin>\", line 1, in <module>\r\nNameError: name 'x' isn't defined\r\n>>> ",
    );
  });

  test('restarts softly on SystemExit', () => {
    const restarted = `MPY: sync filesystems\r\nMPY: soft reboot\r\n${FULL_BANNER}>>> `;
    expect(talk('import sys\rsys.exit()\r')).toBe(`>>> import sys\r\n>>> sys.exit()\r\n${restarted}`);
    expect(talk('import machine\rmachine.soft_reset()\r')).toMatch(new RegExp('soft reboot'));
    expect(talk('raise SystemExit\r')).toBe(`>>> raise SystemExit\r\n${restarted}`);
  });
});

import { describe, expect, test } from 'vitest';
import { Console } from '../../../runtime/board/console';
import { Readline, type Completer } from '../../../runtime/board/readline';
import type { Interpreter } from '../../../runtime/python/interpreter/interpreter';
import { ScriptHal } from '../../support/script-hal';

const ESC = '\x1b';
const CTRL = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 64);

interface Edited {
  text: string;
  end: number;
  output: string;
}

interface Setting {
  before?: string;
  prompt?: string;
  complete?: Completer;
  lines?: number;
}

/** Reads lines, each after `before`, from what is typed. */
function edit(keys: string, setting: Setting = {}): Edited {
  const { before = '', prompt = '', complete = () => null, lines = 1 } = setting;
  const hal = new ScriptHal(keys);
  const console = new Console({ hal } as unknown as Interpreter);
  const readline = new Readline(console, complete);
  let result = { text: '', end: -1 };
  for (let i = 0; i < lines; i++) result = readline.read(before, prompt);
  return { ...result, output: hal.output };
}

/** The text that keys make of what was typed before them. */
const edited = (keys: string, lines = 1): string => edit(`${keys}\r`, { lines }).text;

/** What a terminal shows of the output: one line, with the cursor's moves carried out. */
function screen(output: string): string {
  const cells: string[] = [];
  let at = 0;
  for (let i = 0; i < output.length; i++) {
    const move = /^\x1b\[(\d*)([DK])/.exec(output.slice(i));
    if (move !== null) {
      if (move[2] === 'K') cells.length = Math.min(cells.length, at);
      else at -= Number(move[1]);
      i += move[0].length - 1;
    } else if (output[i] === '\b') at--;
    else cells[at++] = output[i] ?? '';
  }
  return cells.join('');
}

describe('Readline', () => {
  test('echoes what is typed after the prompt and ends the line', () => {
    expect(edit('print(1)\r', { prompt: '>>> ' })).toEqual({ text: 'print(1)', end: 0, output: '>>> print(1)\r\n' });
  });

  test('takes a newline alone, and of the pair only the first', () => {
    expect(edited('a\nb', 2)).toBe('b');
    expect(edit('a\r\nb\r', { lines: 2 })).toMatchObject({ text: 'b', output: 'a\r\nb\r\n' });
    expect(edit('a\r\r', { lines: 2 })).toMatchObject({ text: '', output: 'a\r\n\r\n' });
  });

  test.each(['A', 'B', 'C', 'D', 'E'])('gives Ctrl-%s on an empty line to the prompt', (letter) => {
    expect(edit(CTRL(letter))).toMatchObject({ text: '', end: letter.charCodeAt(0) - 64 });
  });

  test('gives Ctrl-C on a line with text, too', () => {
    expect(edit(`abc${CTRL('C')}`).end).toBe(3);
  });

  test.each([
    ['left arrow', `ac${ESC}[Db`, 'abc'],
    ['right arrow', `ac${ESC}[D${ESC}[D${ESC}[Cb`, 'abc'],
    ['left at the start', `a${ESC}[D${ESC}[D${ESC}[Db`, 'ba'],
    ['right at the end', `a${ESC}[Cb`, 'ab'],
    ['Ctrl-B', `ac${CTRL('B')}b`, 'abc'],
    ['Ctrl-F', `ac${CTRL('B')}${CTRL('F')}d`, 'acd'],
    ['Home', `bc${ESC}[Ha`, 'abc'],
    ['Home as xterm sends it', `bc${ESC}OHa`, 'abc'],
    ['Home as the console sends it', `bc${ESC}[1~a`, 'abc'],
    ['Home as rxvt sends it', `bc${ESC}[7~a`, 'abc'],
    ['Ctrl-A', `bc${CTRL('A')}a`, 'abc'],
    ['End', `ab${CTRL('A')}${ESC}[Fc`, 'abc'],
    ['End as xterm sends it', `ab${CTRL('A')}${ESC}OFc`, 'abc'],
    ['End as the console sends it', `ab${CTRL('A')}${ESC}[4~c`, 'abc'],
    ['Ctrl-E', `ab${CTRL('A')}${CTRL('E')}c`, 'abc'],
    ['Backspace', 'abx\x7fc', 'abc'],
    ['Ctrl-H', 'abx\bc', 'abc'],
    ['Backspace at the start', `ab${CTRL('A')}\x7f`, 'ab'],
    ['Delete', `axbc${CTRL('A')}${ESC}[C${ESC}[3~`, 'abc'],
    ['Delete at the end', `abc${ESC}[3~`, 'abc'],
    ['Ctrl-D with text', `xabc${CTRL('A')}${CTRL('D')}`, 'abc'],
    ['Ctrl-K', `abcxy${ESC}[D${ESC}[D${CTRL('K')}`, 'abc'],
    ['Ctrl-U', `xyabc${ESC}[D${ESC}[D${ESC}[D${CTRL('U')}`, 'abc'],
    ['Ctrl-W', `a.b word${CTRL('W')}c`, 'a.b c'],
    ['Alt-B', `one two${ESC}bx`, 'one xtwo'],
    ['Alt-F', `one two${CTRL('A')}${ESC}fx`, 'onex two'],
    ['Alt-D', `one two${CTRL('A')}${ESC}d`, ' two'],
    ['Alt-Backspace', `one two${ESC}\x7fx`, 'one x'],
    ['Ctrl-Left', `one two${ESC}[1;5Dx`, 'one xtwo'],
    ['Ctrl-Right', `one two${CTRL('A')}${ESC}[1;5Cx`, 'onex two'],
  ])('knows %s', (_key, keys, text) => {
    const result = edit(`${keys}\r`);
    expect(result.text).toBe(text);
    expect(screen(result.output.replace(/\r\n$/, ''))).toBe(text);
  });

  test.each([
    ['an unknown escape', `a${ESC}zb`, 'ab'],
    ['an unknown key', `a${ESC}[5~b`, 'ab'],
    ['an unknown letter after a bracket', `a${ESC}[Zb`, 'ab'],
    ['other control characters', 'a\x07\x0c\x00b', 'ab'],
    ['bytes above 126', 'aéb', 'ab'],
  ])('ignores %s', (_what, keys, text) => {
    expect(edited(keys)).toBe(text);
  });

  test('moves back by backspaces for four cells, by a sequence for more', () => {
    expect(edit(`abcd${CTRL('A')}`.concat('\r')).output).toBe('abcd\b\b\b\b\r\n');
    expect(edit(`abcde${CTRL('A')}\r`).output).toBe(`abcde${ESC}[5D\r\n`);
  });

  test('redraws the rest of the line after an insertion, and erases after a deletion', () => {
    expect(edit(`ac${ESC}[Db\r`).output).toBe('ac\bbc\b\r\n');
    expect(edit(`abc${ESC}[D\x7f\r`).output).toBe(`abc\b\b${ESC}[Kc\b\r\n`);
  });

  describe('history', () => {
    const up = `${ESC}[A`;
    const down = `${ESC}[B`;

    test('goes to older lines and back to younger ones', () => {
      expect(edited(`one\rtwo\r${up}`, 3)).toBe('two');
      expect(edited(`one\rtwo\r${up}${up}`, 3)).toBe('one');
      expect(edited(`one\rtwo\r${up}${up}${up}${up}`, 3)).toBe('one');
      expect(edited(`one\rtwo\r${up}${up}${down}`, 3)).toBe('two');
      expect(edited(`one\rtwo\r${up}${down}`, 3)).toBe('');
      expect(edited(`one\rtwo\r${CTRL('P')}${CTRL('P')}${CTRL('N')}`, 3)).toBe('two');
    });

    test('puts a line in place of a longer one on the screen', () => {
      expect(edit(`ab\rlong text${up}\r`, { lines: 2 }).output).toBe(`ab\r\nlong text${ESC}[9D${ESC}[Kab\r\n`);
    });

    test('remembers neither an empty line nor the same one twice in a row', () => {
      expect(edited(`one\rtwo\r\rtwo\r${up}${up}`, 5)).toBe('one');
    });

    test('a line from it can be edited and is then a new one', () => {
      expect(edited(`one\r${up}s\r${up}`, 3)).toBe('ones');
    });

    test('forgets the oldest of more than fifty', () => {
      const many = Array.from({ length: 52 }, (_, i) => `n${i}\r`).join('');
      expect(edited(many + up.repeat(60), 53)).toBe('n2');
    });
  });

  describe('indentation', () => {
    const continued = (before: string, keys = ''): string => edit(`${keys}\r`, { before }).text.slice(before.length);

    test.each([
      ['one level after a colon', 'if x:\n', '    '],
      ['that of the line before', 'if x:\n    y\n', '    '],
      ['one more after an inner colon', 'if x:\n    if y:\n', '        '],
      ['none after a line without', 'f(\n', ''],
      ['whole levels only', 'if x:\n      y\n', '    '],
      ['that of a line of spaces', 'if x:\n    y\n    \n', '    '],
      ['none after two lines of spaces', 'if x:\n    \n    \n', ''],
    ])('gives %s', (_what, before, indent) => {
      expect(continued(before)).toBe(indent);
    });

    test('Backspace takes a level, and one space where text stands before', () => {
      expect(continued('if x:\n    if y:\n', '\x7fz')).toBe('    z');
      expect(continued('if x:\n', 'a \x7fb')).toBe('    ab');
    });

    test('a space at once leaves one space of the level and ends the automatism', () => {
      const before = 'if x:\n';
      const { text, output } = edit(' y\r', { before });
      expect(text).toBe('if x:\n y');
      expect(output).toBe('    \b\b\by\r\n');
    });

    test('Tab at once keeps the level and ends the automatism for the statement', () => {
      const hal = new ScriptHal('\ty:\rz\r');
      const readline = new Readline(new Console({ hal } as unknown as Interpreter), () => null);
      const first = readline.read('if x:\n', '');
      expect(first.text).toBe('if x:\n    y:');
      expect(readline.read(`${first.text}\n`, '').text).toBe('if x:\n    y:\nz');
    });
  });

  describe('Tab', () => {
    test('inserts what completes the word, at the cursor', () => {
      const seen: string[] = [];
      const complete: Completer = (line) => {
        seen.push(line);
        return { insert: 'nt' };
      };
      expect(edit(`pri()${ESC}[D${ESC}[D\t\r`, { complete }).text).toBe('print()');
      expect(seen).toEqual(['pri']);
    });

    test('shows prompt and line again under a listing', () => {
      expect(edit('ab\t\r', { complete: () => 'listed', prompt: '>>> ' }).output).toBe('>>> ab>>> ab\r\n');
    });

    test('does nothing where nothing completes', () => {
      expect(edit('ab\tc\r').text).toBe('abc');
    });

    test('is four spaces after a space, and at the start of a continued line', () => {
      expect(edit('a \tb\r').text).toBe('a     b');
      expect(edit('\tb\r', { before: 'f(\n' }).text).toBe('f(\n    b');
    });

    test('sees only the present line', () => {
      let seen = '';
      const complete: Completer = (line) => {
        seen = line;
        return null;
      };
      edit('ab\t\r', { before: 'f(\n', complete });
      expect(seen).toBe('ab');
    });
  });
});

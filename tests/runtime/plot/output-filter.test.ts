/** Which lines of a board's stream the program printed. */
import { describe, expect, it } from 'vitest';

import { OutputFilter } from '../../../runtime/plot/output-filter';

/** Each line with its kind; of output only the text. */
function kinds(...lines: string[]): string[] {
  const filter = new OutputFilter();
  return lines.map((line) => {
    const { kind, text } = filter.next(line);
    return kind === 'output' ? text : `<${kind}>`;
  });
}

describe('OutputFilter', () => {
  it('passes what the program prints', () => {
    expect(kinds('1', 'temp: 2', '')).toEqual(['1', 'temp: 2', '']);
  });

  it('keeps the prompt and what is typed behind it out', () => {
    expect(kinds('>>> print(5)', '5', '>>> ', '>>>')).toEqual(['<prompt>', '5', '<prompt>', '<prompt>']);
  });

  it('keeps the lines of a block that is typed out, and passes what the block prints', () => {
    expect(kinds('>>> for i in (1,2):', '...     print(i)', '... ', '1', '2')).toEqual([
      '<prompt>',
      '<prompt>',
      '<prompt>',
      '1',
      '2',
    ]);
  });

  it('passes dots and equals signs that a program prints', () => {
    expect(kinds('... 5', '=== 5')).toEqual(['... 5', '=== 5']);
  });

  it('keeps a pasted text out', () => {
    expect(kinds('paste mode; Ctrl-C to cancel, Ctrl-D to finish', '=== print(1)', '=== ', '1')).toEqual([
      '<board>',
      '<prompt>',
      '<prompt>',
      '1',
    ]);
  });

  it('passes the last words of a program that ended without a line end', () => {
    expect(kinds('21.5>>> print(1)', '1')).toEqual(['21.5', '1']);
    expect(kinds('21.5>>> for i in x:', '...  print(i)')).toEqual(['21.5', '<prompt>']);
  });

  it('keeps a traceback out, with its last line', () => {
    expect(
      kinds(
        '1',
        'Traceback (most recent call last):',
        '  File "<stdin>", line 1, in <module>',
        '  File "lib/a.py", line 20, in read',
        'OSError: 19',
        '2',
      ),
    ).toEqual(['1', '<traceback>', '<traceback>', '<traceback>', '<traceback>', '2']);
  });

  it('ends a traceback that was cut off at the next prompt', () => {
    expect(kinds('Traceback (most recent call last):', '>>> 1', '1')).toEqual(['<traceback>', '<prompt>', '1']);
  });

  it("keeps the board's own words out", () => {
    expect(
      kinds(
        'MPY: sync filesystems',
        'MPY: soft reboot',
        'MicroPython v1.29.0 on 2026-01-01; PYBv1.1 with STM32F405RG',
        'Type "help()" for more information.',
      ),
    ).toEqual(['<board>', '<board>', '<board>', '<board>']);
  });

  it('forgets an unfinished traceback on reset', () => {
    const filter = new OutputFilter();
    filter.next('Traceback (most recent call last):');
    filter.reset();
    expect(filter.next('5')).toEqual({ kind: 'output', text: '5' });
  });
});

/** What one line of output says to the plotter, and why it says nothing. */
import { describe, expect, it } from 'vitest';

import { SampleParser, type LeftOut } from '../../../runtime/plot/parse-sample';

/** The samples as `name value` joined by commas, so that a table of cases stays readable. */
function plotted(...lines: string[]): string[] {
  const parser = new SampleParser();
  return lines.map((line) =>
    parser
      .parse(line)
      .samples.map((sample) => `${sample.name} ${sample.value}`)
      .join(', '),
  );
}

function reasons(line: string): readonly LeftOut[] {
  return new SampleParser().parse(line).leftOut;
}

describe('numbers', () => {
  it.each([
    ['21.5', 'value 1 21.5'],
    ['  -3 ', 'value 1 -3'],
    ['+.5', 'value 1 0.5'],
    ['5.', 'value 1 5'],
    ['1e-3', 'value 1 0.001'],
    ['6.02E23', 'value 1 6.02e+23'],
    ['nan', 'value 1 NaN'],
    ['-inf', 'value 1 -Infinity'],
    ['True', 'value 1 1'],
    ['False', 'value 1 0'],
    ['1,2,3', 'value 1 1, value 2 2, value 3 3'],
    ['1, 2 , 3', 'value 1 1, value 2 2, value 3 3'],
    ['1 2   3', 'value 1 1, value 2 2, value 3 3'],
    ['1\t2\t3', 'value 1 1, value 2 2, value 3 3'],
    ['1;2', 'value 1 1, value 2 2'],
    ['1,2,', 'value 1 1, value 2 2'],
    ['1,,3', 'value 1 1, value 3 3'],
  ])('reads %j as a row of values', (line, expected) => {
    expect(plotted(line)).toEqual([expected]);
  });

  it.each(['12abc', '0x1f', '1_000', '--1', '1e', '1.2.3', 'None', 'information'])(
    'does not take %j for a number',
    (line) => {
      expect(plotted(line)).toEqual(['']);
      expect(reasons(line)).toEqual([{ why: 'no-number' }]);
    },
  );

  it('gives "no number" for an empty line and for text', () => {
    expect(reasons('')).toEqual([{ why: 'no-number' }]);
    expect(reasons('hello')).toEqual([{ why: 'no-number' }]);
    expect(reasons('hello world')).toEqual([{ why: 'no-number' }]);
  });

  it('takes a number among words for prose and names the word', () => {
    expect(reasons('connected after 12 tries')).toEqual([{ why: 'not-a-number', found: 'connected' }]);
    expect(plotted('connected after 12 tries')).toEqual(['']);
  });
});

describe('tuples and lists', () => {
  it.each([
    ['(1, 2, 3)', 'value 1 1, value 2 2, value 3 3'],
    ['(1.5,)', 'value 1 1.5'],
    ['[0.25, -7]', 'value 1 0.25, value 2 -7'],
    ['( 4 )', 'value 1 4'],
  ])('reads %j', (line, expected) => {
    expect(plotted(line)).toEqual([expected]);
  });

  it('names the item that is text and keeps the places of the others', () => {
    const parsed = new SampleParser().parse("(1, 'two', 3)");
    expect(parsed.samples).toEqual([
      { name: 'value 1', value: 1 },
      { name: 'value 3', value: 3 },
    ]);
    expect(parsed.leftOut).toEqual([{ why: 'item-is-text', of: 'tuple', item: 2 }]);
    expect(reasons('[1, None]')).toEqual([{ why: 'item-is-text', of: 'list', item: 2 }]);
  });

  it('finds no number in an empty one', () => {
    expect(reasons('()')).toEqual([{ why: 'no-number' }]);
    expect(reasons('[]')).toEqual([{ why: 'no-number' }]);
  });
});

describe('named values', () => {
  it.each([
    ['temp:21.5', 'temp 21.5'],
    ['temp: 21.5', 'temp 21.5'],
    ['temp : 21.5', 'temp 21.5'],
    ['temp=21.5', 'temp 21.5'],
    ['temp = -21.5', 'temp -21.5'],
    ['temp:21.5,light:310', 'temp 21.5, light 310'],
    ['temp: 21.5, light: 310', 'temp 21.5, light 310'],
    ['temp:21.5\tlight:310', 'temp 21.5, light 310'],
    ['temp:21.5 light:310', 'temp 21.5, light 310'],
    ['temp: 21.5 light: 310', 'temp 21.5, light 310'],
    ['temp: 21.5 C light: 310 lx', 'temp 21.5, light 310'],
    ['room temp: 21.5', 'room temp 21.5'],
    ['room temp: 21.5, room light: 310', 'room temp 21.5, room light 310'],
    ['pressed: True', 'pressed 1'],
    ['größe: 3', 'größe 3'],
    ['temp:nan', 'temp NaN'],
  ])('reads %j', (line, expected) => {
    expect(plotted(line)).toEqual([expected]);
  });

  it('says what stands where the number should be', () => {
    expect(reasons('temp:abc')).toEqual([{ why: 'name-without-number', name: 'temp', found: 'abc' }]);
    expect(reasons('temp:')).toEqual([{ why: 'name-without-number', name: 'temp', found: '' }]);
    expect(reasons('x == 5')).toEqual([{ why: 'name-without-number', name: 'x', found: '=' }]);
  });

  it('plots what it can of a line and explains the rest', () => {
    const parsed = new SampleParser().parse('temp:None,light:310,7');
    expect(parsed.samples).toEqual([{ name: 'light', value: 310 }]);
    expect(parsed.leftOut).toEqual([
      { why: 'name-without-number', name: 'temp', found: 'None' },
      { why: 'number-without-name', found: '7' },
    ]);
  });

  it('does not take the time of day for a series', () => {
    expect(plotted('12:30', '12:30:45')).toEqual(['', '']);
    expect(reasons('12:30')).toEqual([{ why: 'not-a-number', found: '12:30' }]);
  });
});

describe('lines made for other plotters', () => {
  it.each([
    ['>temp:21.5', 'temp 21.5'],
    ['>temp: 21.5', 'temp 21.5'],
    ['>temp:1690000000:21.5', 'temp 21.5'],
    ['>temp:21.5§°C|g', 'temp 21.5'],
    ['>temp,widget0:21.5;light:310', 'temp 21.5, light 310'],
    ['{TIMEPLOT|DATA|temp|T|21.5}', 'temp 21.5'],
    ['log {TIMEPLOT:room|D|temp:r|T|1}{TIMEPLOT|DATA|light|T|2} more', 'temp 1, light 2'],
  ])('reads %j', (line, expected) => {
    expect(plotted(line)).toEqual([expected]);
  });

  it('leaves out what is marked as text or as a drawing', () => {
    expect(reasons('>state:on|t')).toEqual([{ why: 'marked-as-no-plot', name: 'state' }]);
    expect(reasons('>path:1:2|xy')).toEqual([{ why: 'marked-as-no-plot', name: 'path' }]);
    expect(reasons('>3D|cube:S:cube')).toEqual([{ why: 'no-number' }]);
    expect(reasons('>')).toEqual([{ why: 'no-number' }]);
  });

  it('says what a point or a record holds instead of a number', () => {
    expect(reasons('>temp:abc')).toEqual([{ why: 'name-without-number', name: 'temp', found: 'abc' }]);
    expect(reasons('>:5')).toEqual([{ why: 'number-without-name', found: '5' }]);
    expect(reasons('{TIMEPLOT|DATA|temp|T|high}')).toEqual([
      { why: 'name-without-number', name: 'temp', found: 'high' },
    ]);
    expect(reasons('{TIMEPLOT|DATA|temp}')).toEqual([{ why: 'no-number' }]);
  });
});

describe('a header line', () => {
  it('names the columns of the rows below it', () => {
    expect(plotted('aX,aY', '1,2', '3 4', '(5, 6)')).toEqual(['', 'aX 1, aY 2', 'aX 3, aY 4', 'aX 5, aY 6']);
    expect(reasons('aX,aY')).toEqual([{ why: 'names-only' }]);
  });

  it('is replaced by a later header', () => {
    expect(plotted('a,b', '1,2', 'c,d', '1,2')).toEqual(['', 'a 1, b 2', '', 'c 1, d 2']);
  });

  it('does not count for rows of another length, nor for those after them', () => {
    expect(plotted('a,b', '1,2,3', '1,2')).toEqual(['', 'value 1 1, value 2 2, value 3 3', 'value 1 1, value 2 2']);
  });

  it('does not count when text stands between it and the row', () => {
    expect(plotted('Hello, world', 'starting', '1,2')).toEqual(['', '', 'value 1 1, value 2 2']);
  });

  it('once used counts on over lines of text', () => {
    expect(plotted('a,b', '1,2', 'still here', '3,4')).toEqual(['', 'a 1, b 2', '', 'a 3, b 4']);
  });

  it('needs a separator, so that a sentence is none', () => {
    expect(reasons('first second')).toEqual([{ why: 'no-number' }]);
  });

  it('is forgotten on reset', () => {
    const parser = new SampleParser();
    parser.parse('a,b');
    parser.reset();
    expect(parser.parse('1,2').samples[0]?.name).toBe('value 1');
  });
});

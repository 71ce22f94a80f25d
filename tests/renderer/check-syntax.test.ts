// Facts about the words and places of syntax problems in the editor.
import { expect, it } from 'vitest';
import { checkSyntax } from '../../renderer/editor/check-syntax';

it('finds nothing in a program that is well formed', () => {
  expect(checkSyntax('import pyb\nwhile True:\n    pyb.LED(1).toggle()\n')).toEqual([]);
});

it('says that a colon is missing, and where', () => {
  expect(checkSyntax('import pyb\nwhile True\n    pass\n')).toEqual([{ line: 2, column: 11, message: 'expected ‘:’' }]);
});

it('names what does not fit', () => {
  expect(checkSyntax('x = 1 2\n')).toEqual([{ line: 1, column: 7, message: '‘2’ is not expected here' }]);
});

it('says that a line ends too early', () => {
  expect(checkSyntax('x = \n')[0]?.message).toBe('the line ends too early');
});

it('keeps what the parser says of indentation', () => {
  expect(checkSyntax('if x:\n        a\n    b\n')[0]).toMatchObject({
    message: expect.stringContaining('indent') as string,
  });
});

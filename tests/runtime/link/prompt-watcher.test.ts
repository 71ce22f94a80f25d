import { describe, expect, test } from 'vitest';
import { PromptWatcher, looksLikeText } from '../../../runtime/link/prompt-watcher';

const CASES: readonly (readonly [string, boolean])[] = [
  ['', false],
  ['\r\n>>> ', true],
  ['\r\n>>> 1+', true],
  ['\r\n>>> 1+1\r\n', false],
  ['\r\n>>> 1+1\r\n2\r\n>>> ', true],
  ['\r\n>>> if x:\r\n...     ', true],
  ['\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ', true],
  ['no line end>>> ', true],
  ['temp: 21\r\n', false],
  ['>>', false],
  ['a >>> b\r\n', false],
];

describe('PromptWatcher', () => {
  for (const [stream, atPrompt] of CASES) {
    test(`${JSON.stringify(stream)} is ${atPrompt ? '' : 'no '}prompt, wherever it is cut`, () => {
      const bytes = Buffer.from(stream);
      for (let cut = 0; cut <= bytes.length; cut++) {
        const watcher = new PromptWatcher();
        watcher.push(bytes.subarray(0, cut));
        watcher.push(bytes.subarray(cut));
        expect(watcher.atPrompt).toBe(atPrompt);
      }
    });
  }

  test('stays at a prompt behind output while something is typed', () => {
    const watcher = new PromptWatcher();
    watcher.push(Buffer.from('no line end>>> '));
    watcher.push(Buffer.from('abc'));
    expect(watcher.atPrompt).toBe(true);
  });

  test('tells the bare prompt from one with something typed', () => {
    const watcher = new PromptWatcher();
    watcher.push(Buffer.from('\r\n>>> '));
    expect(watcher.atBarePrompt).toBe(true);
    watcher.push(Buffer.from('x'));
    expect(watcher.atBarePrompt).toBe(false);
  });
});

test('text in any language looks like text; noise of another speed does not', () => {
  expect(looksLikeText(Buffer.from('Temperatur: 21 °C, 温度 21 度\r\n'.repeat(3)))).toBe(true);
  expect(looksLikeText(Buffer.from('\x1b[31mred\x1b[0m text and a tab\t\r\n'))).toBe(true);
  expect(looksLikeText(Uint8Array.from({ length: 64 }, (_, index) => 0x80 + ((index * 37) % 127)))).toBe(false);
  expect(looksLikeText(new Uint8Array(64))).toBe(false);
});

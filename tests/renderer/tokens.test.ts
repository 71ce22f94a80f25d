// Facts about the colours: the contrast of every pair that is used, in both themes, computed from the style sheet itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const sheet = readFileSync(join(import.meta.dirname, '../../renderer/styles/tokens.css'), 'utf8');

function tokensOf(block: string | undefined): Map<string, string> {
  return new Map(
    [...(block ?? '').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, hex]) => [name ?? '', hex ?? '']),
  );
}

const light = tokensOf(/:root\s*\{([^}]*)\}/.exec(sheet)?.[1]);
const darkOnly = tokensOf(/:root\[data-theme='dark'\]\s*\{([^}]*)\}/.exec(sheet)?.[1]);
const themes = { light, dark: new Map([...light, ...darkOnly]) };

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['bg-pane', 'bg-app', 'bg-sunken', 'bg-hover', 'bg-selected'];
const plain = ['bg-pane', 'bg-app', 'bg-sunken'];
const tints = ['danger-bg', 'warn-bg', 'ok-bg', 'info-bg', 'sim-bg', 'real-bg', 'gone-bg', 'exec', 'hit'];
const syntax = ['keyword', 'string', 'number', 'comment', 'def', 'builtin'].map((name) => `syntax-${name}`);
const series = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `series-${number}`);

/** What stands on what, and the least ratio: 4.5 for text, 3 for borders of controls, signs and the focus ring. */
const pairs: readonly [least: number, front: readonly string[], back: readonly string[]][] = [
  [4.5, ['text'], [...grounds, ...tints]],
  [4.5, ['text-2'], [...plain, 'bg-hover', 'info-bg']],
  [3, ['text-off'], plain],
  [3, ['control'], plain],
  [4.5, ['accent'], [...plain, 'bg-hover', 'info-bg']],
  [4.5, ['on-accent'], ['accent']],
  [3, ['focus'], [...grounds, ...tints]],
  [4.5, ['danger'], [...plain, 'danger-bg']],
  [4.5, ['warn'], [...plain, 'warn-bg']],
  [4.5, ['ok'], [...plain, 'ok-bg']],
  [4.5, ['sim'], [...plain, 'sim-bg']],
  [3, ['sim'], ['sim-2']],
  [4.5, ['on-sim'], ['sim']],
  [4.5, ['real'], [...plain, 'real-bg']],
  [4.5, ['on-real'], ['real']],
  [4.5, ['gone'], ['bg-pane', 'bg-app', 'gone-bg']],
  [4.5, ['bg-pane'], ['danger']],
  [4.5, syntax, ['bg-pane', 'bg-selected']],
  [4.5, series, ['bg-pane']],
  [4.5, ['drawing-print'], ['drawing-board']],
  [
    3,
    ['drawing-led-off', 'drawing-led-red', 'drawing-led-green', 'drawing-led-yellow', 'drawing-led-blue'],
    ['drawing-board'],
  ],
];

describe.each(Object.entries(themes))('the %s theme', (_name, tokens) => {
  it.each(pairs)('has a contrast of at least %s for %s on %s', (least, front, back) => {
    for (const one of front) {
      for (const other of back) {
        expect(
          contrast(tokens.get(one) ?? 'none', tokens.get(other) ?? 'none'),
          `${one} on ${other}`,
        ).toBeGreaterThanOrEqual(least);
      }
    }
  });
});

it('overrides in the dark theme every colour but those of the drawing', () => {
  const missing = [...light.keys()].filter((name) => !darkOnly.has(name) && !name.startsWith('drawing-'));
  expect(missing).toEqual([]);
});

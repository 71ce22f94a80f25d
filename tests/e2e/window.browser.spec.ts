// Facts about the window that need a page of any size and a tool of the browser: what fits, and what axe says.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { root } from '../../main/dev/setup.mjs';
import { expect, test, type Journey } from './journey';

/** Controls of which a part is outside the window or outside what clips them, leaving out what can be scrolled to. */
function cutOff(journey: Journey): Promise<string[]> {
  return journey.page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/(auto|scroll)/.test(getComputedStyle(element).overflow) || scrolls(element.parentElement));
    return [...document.querySelectorAll<HTMLElement>('button, input, select, [role="tab"], [role="separator"]')]
      .filter((element) => element.checkVisibility?.() !== false && element.offsetParent !== null && !scrolls(element))
      .filter((element) => !element.closest('.visually-hidden, .skip, .xterm, .cm-editor'))
      .filter((element) => {
        const { left, top, right, bottom, width } = element.getBoundingClientRect();
        return width > 0 && (left < -1 || top < -1 || right > window.innerWidth + 1 || bottom > window.innerHeight + 1);
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent.trim());
  });
}

for (const [width, height] of [
  [1280, 800],
  [900, 600],
  [640, 480],
] as const) {
  test(`at ${width} × ${height} no control is cut off`, async ({ journey }) => {
    await journey.settled();
    await journey.page.setViewportSize({ width, height });
    await journey.write('x = 1\n');
    expect(await cutOff(journey)).toEqual([]);
    await expect(journey.target).toBeVisible();
    await expect(journey.run).toBeVisible();
    await expect(journey.stop).toBeVisible();
    expect(await journey.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong in the ${theme} theme`, async ({ journey }) => {
    await journey.settled();
    await journey.command(theme === 'light' ? 'Theme: Light' : 'Theme: Dark');
    await journey.write('import pyb\n# text\nx = "a" + 1\n');
    const { violations } = await new AxeBuilder({ page: journey.page }).exclude('.xterm').analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    ).toEqual([]);
  });
}

test('the built style sheet holds nothing that Chrome 108 does not know', () => {
  const folder = join(root, 'out/renderer/assets');
  expect(existsSync(folder)).toBe(true);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.css'))) {
    const css = readFileSync(join(folder, file), 'utf8');
    for (const missing of [
      'color-mix(',
      'light-dark(',
      'oklch(',
      'text-wrap',
      'field-sizing',
      ':popover-open',
      'subgrid',
      ':user-valid',
    ]) {
      expect(css, `${file} holds ${missing}`).not.toContain(missing);
    }
    expect(nested(css), `${file} nests rules`).toEqual([]);
  }
});

/** Selectors inside of other rules than `@` rules. */
function nested(css: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  let text = '';
  for (const letter of css.replace(/\/\*[^]*?\*\//g, '').replace(/"[^"]*"|'[^']*'/g, '""')) {
    if (letter === '{') {
      const selector = text.trim();
      if (!selector.startsWith('@') && open.some((outer) => !outer.startsWith('@'))) found.push(selector);
      open.push(selector);
      text = '';
    } else if (letter === '}') {
      open.pop();
      text = '';
    } else if (letter === ';') text = '';
    else text += letter;
  }
  // The steps of an animation stand inside of `@keyframes`, which is an `@` rule.
  return found;
}

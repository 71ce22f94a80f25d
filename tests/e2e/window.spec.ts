// Facts about the window as a whole: its signs, its panes, its commands.
import { expect, test } from './journey';

test('at the first start the simulated board is named at the top left, under it a striped band', async ({
  journey,
}) => {
  await journey.settled();
  await expect(journey.target).toContainText('SIMULATED BOARD');
  const block = await journey.target.boundingBox();
  expect(block?.x).toBeLessThan(10);
  expect(block?.y).toBeLessThan(10);
  const band = journey.page.getByTestId('band');
  const box = await band.boundingBox();
  expect(box?.width).toBe(await journey.page.evaluate(() => window.innerWidth));
  expect(await band.evaluate((element) => getComputedStyle(element).backgroundImage)).toContain(
    'repeating-linear-gradient',
  );
  await expect(journey.run).toContainText('Run on simulated board');
});

test('the title of the window and the heading of the board’s files name the target', async ({ journey }) => {
  await journey.settled();
  await expect(journey.page).toHaveTitle('SIMULATED BOARD – Tether');
  await journey.write('x = 1\n');
  await expect(journey.page).toHaveTitle('untitled.py ● – SIMULATED BOARD – Tether');
  await expect(journey.boardFiles.getByRole('heading')).toHaveText(/SIMULATED BOARD/);
});

test('every button and menu item that names a command names one of the table', async ({ journey }) => {
  await journey.settled();
  const { commandRows } = await import('../../runtime/contract/commands');
  const known = new Set<string>(commandRows.map(({ id }) => id));
  await journey.page.getByRole('button', { name: 'Menu', exact: true }).click();
  for (const name of ['File', 'Edit', 'Run', 'Board', 'Plot', 'View', 'Help']) {
    await journey.page.getByRole('menuitem', { name, exact: true }).click();
    const items = journey.page.getByRole('menu').locator('[data-command]');
    expect(await items.count()).toBeGreaterThan(0);
    for (const id of await items.evaluateAll((all) => all.map((item) => item.getAttribute('data-command')))) {
      expect(known).toContain(id);
    }
  }
  await journey.page.keyboard.press('Escape');
  const buttons = journey.page.locator('[role="toolbar"] [data-command]');
  for (const id of await buttons.evaluateAll((all) => all.map((button) => button.getAttribute('data-command')))) {
    expect(known).toContain(id);
  }
});

test('the palette opens with F1, lists disabled commands with the reason, and runs the chosen one', async ({
  journey,
}) => {
  await journey.settled();
  await journey.page.keyboard.press('F1');
  await journey.page.getByRole('combobox', { name: 'Command' }).fill('run on');
  await expect(journey.page.getByRole('option', { name: /Run on simulated board/ })).toContainText(
    'Open a file to run it.',
  );
  await journey.page.getByRole('combobox', { name: 'Command' }).fill('keyboard');
  await journey.page.keyboard.press('Enter');
  await expect(journey.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('F6 visits every open pane and Shift+F6 goes back', async ({ journey }) => {
  await journey.settled();
  const pane = () =>
    journey.page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'));
  const order = ['computerFiles', 'boardFiles', 'editor', 'terminal', 'board', 'status', 'top'];
  await journey.page.locator('header button').first().focus();
  for (const name of order) {
    await journey.page.keyboard.press('F6');
    expect(await pane()).toBe(name);
  }
  for (const name of [...order].reverse().slice(1)) {
    await journey.page.keyboard.press('Shift+F6');
    expect(await pane()).toBe(name);
  }
});

test('each slider has a name and a unit, is read once, and obeys arrows, Home and End', async ({ journey }) => {
  await journey.settled();
  const sliders = journey.page.getByRole('region', { name: 'Simulated board' }).locator('input[type="range"]');
  expect(await sliders.count()).toBeGreaterThanOrEqual(3);
  for (const slider of await sliders.all()) {
    const name = await slider.evaluate(
      (element: HTMLInputElement) =>
        element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent?.trim() ?? '',
    );
    expect(name).not.toBe('');
    await expect(slider).toHaveAttribute('aria-valuetext', /\d (g|V)\b/);
    await slider.focus();
    await journey.page.keyboard.press('Home');
    const lowest = await slider.inputValue();
    await journey.page.keyboard.press('ArrowRight');
    expect(Number(await slider.inputValue())).toBeGreaterThan(Number(lowest));
    await journey.page.keyboard.press('End');
    expect(await slider.inputValue()).toBe(await slider.getAttribute('max'));
  }
});

test('there are two live regions of the app', async ({ journey }) => {
  await journey.settled();
  const regions = journey.page.locator('[aria-live]:not(.xterm *, .cm-editor *), [role="status"], [role="alert"]');
  await expect(regions).toHaveCount(2);
});

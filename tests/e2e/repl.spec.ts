// Journeys at the prompt: what is typed reaches the board, and what the board says is seen.
import { expect, test } from './journey';

test('1+1 is 2', async ({ journey }) => {
  await journey.settled();
  await journey.enter('1+1');
  await expect(journey.screen).toContainText('>>> 1+1');
  await expect(journey.screen.locator('> div', { hasText: /^2\s*$/ })).toBeVisible();
});

test('Ctrl+A to Ctrl+E arrive as the bytes 1 to 5', async ({ journey }) => {
  await journey.settled();
  const { page } = journey;
  await journey.type('x');
  // Ctrl+A at a line that is not empty goes to its start, Ctrl+E to its end, Ctrl+B one to the left.
  await page.keyboard.press('Control+a');
  await page.keyboard.type('"a');
  await page.keyboard.press('Control+e');
  await page.keyboard.type('z');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('y"+"');
  await page.keyboard.press('Control+e');
  await page.keyboard.type('"');
  await expect(journey.screen).toContainText('>>> "axy"+"z"');
  // Ctrl+C throws the line away, Ctrl+D at an empty line is a soft reset.
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+d');
  await expect(journey.screen).toContainText('MPY: soft reboot');
});

test('Ctrl+E at an empty line is the paste mode, and Ctrl+A the raw mode', async ({ journey }) => {
  await journey.settled();
  await journey.focusTerminal();
  await journey.page.keyboard.press('Control+e');
  await expect(journey.screen).toContainText('paste mode; Ctrl-C to cancel, Ctrl-D to finish');
  await journey.page.keyboard.press('Control+c');
  await journey.page.keyboard.press('Control+a');
  await expect(journey.screen).toContainText('raw REPL; CTRL-B to exit');
  await journey.page.keyboard.press('Control+b');
  await expect(journey.screen.locator('> div', { hasText: /^>>> ?$/ }).last()).toBeVisible();
});

test('Ctrl+W, R, P, F and K reach the board and close, reload or print nothing', async ({ journey }) => {
  await journey.settled();
  await journey.enter('1000+1');
  await expect(journey.screen).toContainText('1001');
  await journey.page.evaluate(() => Object.assign(window, { stillHere: true }));
  // Ctrl+P is "up" in the board's line editor: the last line comes back.
  await journey.page.keyboard.press('Control+p');
  for (const key of ['f', 'k', 'r', 'w']) await journey.page.keyboard.press(`Control+${key}`);
  expect(await journey.page.evaluate(() => 'stillHere' in window)).toBe(true);
  await expect(journey.target).toBeVisible();
  await expect(journey.page.getByRole('dialog')).toHaveCount(0);
  await expect(journey.page.locator('.cm-search')).toHaveCount(0);
});

test('Ctrl+C interrupts also when text is selected, and Ctrl+Shift+C copies', async ({ journey }) => {
  await journey.settled();
  await journey.enter('print("marker")');
  await expect(journey.screen.locator('> div', { hasText: /^marker/ })).toBeVisible();
  await journey.enter('while True: pass');
  await journey.page.keyboard.press('Enter');
  await expect(journey.target).toContainText('Running');
  const line = await journey.screen.locator('> div', { hasText: /^marker/ }).boundingBox();
  await journey.page.mouse.dblclick((line?.x ?? 0) + 10, (line?.y ?? 0) + 6);
  await journey.page.evaluate(() => {
    Object.assign(window, { copied: '' });
    navigator.clipboard.writeText = (text) => Promise.resolve(void Object.assign(window, { copied: text }));
  });
  await journey.page.keyboard.press('Control+Shift+C');
  await expect.poll(() => journey.page.evaluate(() => (window as unknown as { copied: string }).copied)).toBe('marker');
  await journey.page.keyboard.press('Control+c');
  await expect(journey.screen).toContainText('KeyboardInterrupt');
  await journey.waitUntilReady();
});

test('an endless loop is stopped, and a soft reset forgets its names', async ({ journey }) => {
  await journey.settled();
  await journey.enter('kept = 7');
  await journey.enter('while True: pass');
  await journey.page.keyboard.press('Enter');
  await expect(journey.target).toContainText('Running');
  await journey.stop.click();
  await expect(journey.screen).toContainText('KeyboardInterrupt');
  await journey.waitUntilReady();
  await journey.softReset.click();
  await expect(journey.screen).toContainText('MPY: soft reboot');
  await journey.waitUntilReady();
  await journey.enter('kept');
  await expect(journey.screen).toContainText("NameError: name 'kept' isn't defined");
});

test('F6, and Esc then Tab, leave the terminal', async ({ journey }) => {
  await journey.settled();
  const inTerminal = () => journey.page.evaluate(() => document.activeElement?.closest('[data-focus="term"]') !== null);
  await journey.focusTerminal();
  expect(await inTerminal()).toBe(true);
  await journey.page.keyboard.press('F6');
  expect(await inTerminal()).toBe(false);
  await journey.focusTerminal();
  await journey.page.keyboard.press('Escape');
  await journey.page.keyboard.press('Tab');
  expect(await inTerminal()).toBe(false);
});

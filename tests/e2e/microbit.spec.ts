// The journey of prompt and files with the real firmware of a BBC micro:bit, emulated on a pseudo-terminal.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { has, needs } from '../../main/dev/components.mjs';
import { startMicrobit, type EmulatedMicrobit } from '../support/microbit';
import { expect, test } from './journey';

test.skip(!has('qemu'), needs('qemu'));

let microbit: EmulatedMicrobit;

test.use({ start: { files: { 'greeting.py': 'print("hello from a file")\n' }, settings: {} } });
test.beforeEach(async () => {
  microbit = await startMicrobit();
});
test.afterEach(() => microbit.unplug());

test('prompt, upload, import and download work on a micro:bit', async ({ journey }) => {
  const { page } = journey;
  await journey.settled();
  await journey.target.click();
  await page.getByLabel('Port or address').fill(microbit.port);
  await page.getByRole('button', { name: 'Connect' }).click();
  await expect(journey.target).toContainText('REAL BOARD');
  // Its file system has neither folders nor a size.
  await expect(journey.boardTree).toBeVisible({ timeout: 30_000 });
  await journey.waitUntilReady();
  await journey.enter('1+1');
  await expect(journey.screen.locator('> div', { hasText: /^2\s*$/ })).toBeVisible();

  await journey.computerTree.getByRole('treeitem', { name: /^greeting\.py/ }).click();
  await page.getByRole('button', { name: /^Upload to/ }).click();
  const there = journey.boardTree.getByRole('treeitem', { name: /^greeting\.py/ });
  await expect(there).toBeVisible({ timeout: 30_000 });
  await journey.waitUntilReady();
  await journey.enter('import greeting');
  await expect(journey.screen).toContainText('hello from a file');

  await journey.enter('f = open("other.py", "w"); n = f.write("x = 7"); f.close()');
  await journey.waitUntilReady();
  await page.keyboard.press('Control+4');
  await journey.command('Refresh');
  await journey.boardTree.getByRole('treeitem', { name: /^other\.py/ }).click();
  await page.getByRole('button', { name: /^Download to/ }).click();
  await expect.poll(() => readTextOf(join(journey.folder, 'other.py')), { timeout: 20_000 }).toBe('x = 7');
});

function readTextOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

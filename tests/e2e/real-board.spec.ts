// Journeys with a board that is not the app's own: a simulated one behind a socket counts as real.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeForTools, root } from '../../main/dev/setup.mjs';
import { ended, expect, printed, test, type Journey } from './journey';

let board: ChildProcess;
let address = '';

test.beforeEach(async () => {
  board = spawn(nodeForTools(), [join(root, 'out/main/cli.cjs'), 'sim', '--tcp', '127.0.0.1:0', '--no-keep'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  address = await printed(board, /socket:\/\/\S+/);
});
test.afterEach(() => ended(board));

async function connect(journey: Journey): Promise<void> {
  await journey.settled();
  await journey.target.click();
  await journey.page.getByLabel('Port or address').fill(address);
  await journey.page.getByRole('button', { name: 'Connect' }).click();
  await expect(journey.target).toContainText('REAL BOARD');
  await journey.settled();
}

test('a real board is named by every sign, and greyscale tells it from the simulated one', async ({ journey }) => {
  await connect(journey);
  const band = journey.page.getByTestId('band');
  expect(await band.evaluate((element) => getComputedStyle(element).backgroundImage)).toBe('none');
  await expect(journey.run).not.toContainText('simulated');
  await expect(journey.page).toHaveTitle(/REAL BOARD .* – Tether/);
  await expect(journey.page.getByTestId('status-target')).toContainText('REAL BOARD');
  await expect(journey.boardFiles.getByRole('heading')).toHaveText(/REAL BOARD/);
  await expect(journey.screen).toContainText('── now on');
  await expect(journey.page.getByTestId('urgent')).toContainText('Now on the real board');
  await journey.enter('6*7');
  await expect(journey.screen.locator('> div', { hasText: /^42\s*$/ })).toBeVisible();
});

test('a target that goes away is no board: Run says why not, Stop ends, no simulator takes over', async ({
  journey,
}) => {
  await connect(journey);
  await journey.write('import pyb\nwhile True:\n    pyb.delay(50)\n');
  await journey.run.click();
  await expect(journey.target).toContainText('Running');
  await ended(board);
  await expect(journey.target).toContainText('NO BOARD');
  await expect(journey.run).toHaveAttribute('aria-disabled', 'true');
  await expect(journey.stop).toHaveAttribute('aria-disabled', 'true');
  await expect(journey.run).toHaveAccessibleDescription(/is not connected\.$/);
  await expect(journey.notices).toContainText('Your open files are safe.');
  await expect(journey.editor).toContainText('pyb.delay(50)');
  await journey.notices.getByRole('button', { name: 'Use simulated board' }).click();
  await expect(journey.target).toContainText('SIMULATED BOARD');
  await journey.settled();
});

test('attaching does not stop a program that runs, and the files say why they are not listed', async ({ journey }) => {
  await connect(journey);
  await journey.enter('while True: print("tick") or __import__("time").sleep_ms(100)');
  await journey.page.keyboard.press('Enter');
  await expect(journey.screen).toContainText('tick');
  await journey.command('Disconnect');
  await expect(journey.target).toContainText('NO BOARD');
  await journey.command('Connect again');
  await expect(journey.target).toContainText('Running its own program');
  await expect(journey.screen).toContainText('tick');
  const files = journey.boardFiles;
  await expect(files).toContainText(/is running a program/);
  await expect(files.getByRole('button', { name: 'Stop and list files' })).toBeVisible();
});

test('an address that is none is refused in the field', async ({ journey }) => {
  await journey.settled();
  await journey.target.click();
  const field = journey.page.getByLabel('Port or address');
  await field.fill('not an address');
  await journey.page.getByRole('button', { name: 'Connect' }).click();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(journey.page.getByText('Write a port such as COM3 or /dev/ttyACM0')).toBeVisible();
  await expect(journey.target).toContainText('SIMULATED BOARD');
});

test('a cable that is pulled in an upload ends in one sentence that names the file', async ({ journey }) => {
  mkdirSync(join(journey.folder, 'many'));
  for (let number = 0; number < 150; number += 1) {
    writeFileSync(join(journey.folder, `many/a${number}.py`), `x = ${number}\n`);
  }
  await connect(journey);
  await journey.page.keyboard.press('Control+3');
  await journey.command('Refresh');
  await journey.computerTree.getByRole('treeitem', { name: /^many/ }).click();
  await journey.page.getByRole('button', { name: /^Upload to/ }).click();
  await expect(journey.page.getByTestId('terminal-busy')).toContainText('Typing waits until it is done.');
  await ended(board);
  await expect(journey.notices).toContainText(/The connection was lost while uploading (many\/)?a\d+\.py\./);
  await expect(journey.target).toContainText('NO BOARD');
});

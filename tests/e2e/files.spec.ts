// Journeys with files: to the board and back, byte for byte, and what is said when something is in the way.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './journey';

const noise = Uint8Array.from({ length: 30_000 }, (_value, index) => (index * 7919) % 251);

test.use({
  start: {
    files: {
      'greeting.py': 'print("hello from a file")\n',
      'noise.bin': noise,
      'logo.bin': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a),
    },
    settings: {},
  },
});

test('a file is uploaded, imported, downloaded, and equal', async ({ journey }) => {
  const { page } = journey;
  await journey.settled();
  for (const name of ['greeting.py', 'noise.bin']) {
    await journey.computerTree.getByRole('treeitem', { name: new RegExp(`^${name}`) }).click();
    await page.getByRole('button', { name: /^Upload to/ }).click();
    await expect(journey.boardTree.getByRole('treeitem', { name: new RegExp(`^${name}`) })).toBeVisible({
      timeout: 20_000,
    });
  }
  await journey.waitUntilReady();
  await journey.enter('import greeting');
  await expect(journey.screen).toContainText('hello from a file');

  // The board's file is changed there, so that the one that comes back is not the one that went.
  await journey.enter('f = open("noise.bin", "ab"); f.write(b"end"); f.close()');
  await expect(journey.screen.locator('> div', { hasText: /^3\s*$/ })).toBeVisible();
  await journey.boardTree.getByRole('treeitem', { name: /^noise\.bin/ }).click();
  await page.getByRole('button', { name: /^Download to/ }).click();
  const overwrite = page.getByRole('button', { name: 'Overwrite' });
  await overwrite.click();
  await expect
    .poll(() => readFileSync(join(journey.folder, 'noise.bin')).length, { timeout: 20_000 })
    .toBe(noise.length + 3);
  const back = readFileSync(join(journey.folder, 'noise.bin'));
  expect(back.subarray(0, noise.length).equals(noise)).toBe(true);
  expect(back.subarray(noise.length).toString()).toBe('end');
});

test('a file of the board is opened, changed and saved there', async ({ journey }) => {
  await journey.settled();
  await journey.boardTree.getByRole('treeitem', { name: /^main\.py/ }).dblclick();
  await expect(journey.page.getByRole('tab', { name: 'main.py, on the simulated board' })).toBeVisible();
  await journey.editor.click();
  await journey.page.keyboard.press('Control+a');
  await journey.page.keyboard.insertText('print("main has run")\n');
  await journey.page.keyboard.press('Control+s');
  await expect(journey.page.getByTestId('polite')).toContainText(
    'Saved main.py on the simulated board and checked it.',
  );
  await journey.softReset.click();
  await expect(journey.screen).toContainText('main has run');
});

test('a file that is no text is not opened, which is said in one sentence', async ({ journey }) => {
  await journey.settled();
  await journey.computerTree.getByRole('treeitem', { name: /^logo\.bin/ }).dblclick();
  await expect(journey.notices).toContainText('logo.bin is not text (byte 0x89 at position 0).');
  await expect(journey.page.getByRole('tablist', { name: 'Open files' })).toHaveCount(0);
});

test('a text is saved on the computer and comes back at the next start', async ({ journey }) => {
  await journey.settled();
  await journey.computerTree.getByRole('treeitem', { name: /^greeting\.py/ }).dblclick();
  await expect(journey.editor).toContainText('hello from a file');
  await journey.editor.click();
  await journey.page.keyboard.press('Control+End');
  await journey.page.keyboard.insertText('# more\n');
  await expect(journey.page.getByRole('tab', { name: 'greeting.py, not saved' })).toBeVisible();
  await journey.page.keyboard.press('Control+s');
  await expect(journey.page.getByRole('tab', { name: 'greeting.py', exact: true })).toBeVisible();
  expect(readFileSync(join(journey.folder, 'greeting.py'), 'utf8')).toContain('# more');
  await journey.page.reload();
  await expect(journey.page.getByRole('tab', { name: 'greeting.py', exact: true })).toBeVisible();
});

test('an upload that is cancelled leaves the old file whole and says so', async ({ journey }) => {
  const { page } = journey;
  await journey.settled();
  mkdirSync(join(journey.folder, 'many'));
  writeFileSync(join(journey.folder, 'many/zz.py'), 'print("the old one")\n');
  await page.keyboard.press('Control+3');
  await journey.command('Refresh');
  const many = journey.computerTree.getByRole('treeitem', { name: /^many/ });
  await many.click();
  await page.getByRole('button', { name: /^Upload to/ }).click();
  await expect(journey.boardTree.getByRole('treeitem', { name: /^many/ })).toBeVisible({ timeout: 20_000 });
  await journey.waitUntilReady();

  // So many files that there is time to press Cancel before the last of them.
  for (let number = 0; number < 150; number += 1) {
    writeFileSync(join(journey.folder, `many/a${number}.py`), `x = ${number}\n`);
  }
  writeFileSync(join(journey.folder, 'many/zz.py'), 'print("the new one")\n');
  await many.click();
  await page.getByRole('button', { name: /^Upload to/ }).click();
  await journey.boardFiles.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText(/^Stopped\. \d+ of 151 files were uploaded/).first()).toBeVisible();
  await journey.waitUntilReady();
  await journey.enter('import many.zz');
  await expect(journey.screen).toContainText('the old one');
});

test('a full flash is told in one sentence, and nothing is changed', async ({ journey }) => {
  const { page } = journey;
  await journey.settled();
  writeFileSync(
    join(journey.folder, 'big.bin'),
    new Uint8Array(200 * 1024).map((_value, index) => (index * 7919) % 253),
  );
  await page.keyboard.press('Control+3');
  await journey.command('Refresh');
  await journey.computerTree.getByRole('treeitem', { name: /^big\.bin/ }).click();
  await page.getByRole('button', { name: /^Upload to/ }).click();
  await expect(journey.notices).toContainText(
    /Not enough room on \/flash.* big\.bin needs 200 KB, .* are free\. Nothing was changed\./,
  );
  await expect(journey.boardTree.getByRole('treeitem', { name: /^big\.bin/ })).toHaveCount(0);
  expect(existsSync(join(journey.folder, 'big.bin'))).toBe(true);
});

test('while a program runs the board’s files say why they are not listed, and can be', async ({ journey }) => {
  await journey.settled();
  await journey.write('import pyb\nwhile True:\n    pyb.delay(50)\n');
  await journey.run.click();
  await expect(journey.target).toContainText('Running');
  await journey.page.keyboard.press('Control+4');
  await journey.command('Refresh');
  const files = journey.boardFiles;
  await expect(files).toContainText('The board is running a program');
  await files.getByRole('button', { name: 'Stop and list files' }).click();
  await journey.waitUntilReady();
  await expect(journey.boardTree.getByRole('treeitem', { name: /^main\.py/ })).toBeVisible();
});

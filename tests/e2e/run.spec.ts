// Journeys from the editor to the board: run, stop, and what a mistake in the text does.
import { expect, test } from './journey';

const blink = `import pyb
led = pyb.LED(1)
while True:
    led.toggle()
    pyb.delay(200)
`;

test('a text that blinks LED 1 changes the panel, and Stop ends it', async ({ journey }) => {
  await journey.settled();
  await journey.write(blink);
  await journey.run.click();
  await expect(journey.target).toContainText('Running untitled.py');
  const leds = journey.page.getByText('1 red', { exact: false }).first();
  await expect(leds).toContainText('1 red on');
  await expect(leds).toContainText('1 red off');
  await expect(leds).toContainText('1 red on');
  await journey.stop.click();
  await expect(journey.target).toContainText('Ready');
  await expect(journey.screen).toContainText('KeyboardInterrupt');
});

test('an example opens unsaved and runs with F5; F5 again starts it anew', async ({ journey }) => {
  await journey.settled();
  await journey.page.getByRole('button', { name: /^Blink/ }).click();
  await expect(journey.page.getByRole('tab', { name: 'blink.py, not saved' })).toBeVisible();
  await journey.page.keyboard.press('F5');
  await expect(journey.target).toContainText('Running blink.py');
  await journey.page.keyboard.press('F5');
  await expect(journey.target).toContainText('Running blink.py');
  await journey.page.keyboard.press('Shift+F5');
  await journey.waitUntilReady();
});

test('Run and Stop stay in their places in every state', async ({ journey }) => {
  await journey.settled();
  const places = async () => [await journey.run.boundingBox(), await journey.stop.boundingBox()];
  const empty = await places();
  await journey.write(blink);
  expect(await places()).toEqual(empty);
  await journey.run.click();
  await expect(journey.target).toContainText('Running');
  expect(await places()).toEqual(empty);
  await journey.stop.click();
  await journey.waitUntilReady();
  expect(await places()).toEqual(empty);
});

test('a text with a syntax error is not sent', async ({ journey }) => {
  await journey.settled();
  await journey.write('print("before")\nwhile True\n    pass\n');
  await journey.run.click();
  await expect(journey.notices).toContainText('untitled.py, line 2: expected ‘:’. Nothing was sent to the board.');
  await expect(journey.screen).not.toContainText('before');
  await journey.page.keyboard.press('Control+7');
  await expect(journey.page.getByRole('table')).toContainText('expected ‘:’');
});

test('a traceback is one of the problems, and its line is gone to', async ({ journey }) => {
  await journey.settled();
  await journey.write('x = 1\ny = x / 0\n');
  await journey.run.click();
  await expect(journey.screen).toContainText('ZeroDivisionError');
  await journey.page.keyboard.press('Control+7');
  await journey.page.getByRole('button', { name: /ZeroDivisionError/ }).click();
  await expect(journey.page.getByTestId('cursor')).toContainText('Ln 2');
});

test('what is typed reaches a program that asks for it', async ({ journey }) => {
  await journey.settled();
  await journey.write('name = input("name? ")\nprint("hello", name)\n');
  await journey.run.click();
  await expect(journey.screen).toContainText('name?');
  await journey.enter('Ada');
  await expect(journey.screen).toContainText('hello Ada');
  await journey.waitUntilReady();
});

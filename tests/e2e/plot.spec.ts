// Journeys to the plotter: what a program prints is drawn, and a pause loses nothing.
import { expect, test } from './journey';

const sine = `import math
import pyb
angle = 0.0
while True:
    print("sine:%.3f" % math.sin(angle))
    angle += 0.1
    pyb.delay(20)
`;

test('a printed sine is plotted, and a pause keeps what comes meanwhile', async ({ journey }) => {
  const { page } = journey;
  await journey.settled();
  await journey.write(sine);
  await journey.run.click();
  await page.keyboard.press('Control+5');
  const plotter = page.getByRole('region', { name: 'Plotter' });
  await expect(plotter.getByRole('button', { name: /sine/ })).toBeVisible();
  await expect(plotter.locator('canvas')).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  const kept = async () =>
    Number(/([\d,]+) new samples/.exec((await plotter.textContent()) ?? '')?.[1]?.replace(',', '') ?? 0);
  await expect.poll(kept).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(plotter).not.toContainText('Paused');
  await journey.stop.click();
  await journey.waitUntilReady();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { SimulatorTransport } from '../../../main/boards/simulator-transport';
import { built } from '../../support/built';
import { Said } from '../../support/said';

/** It takes a few milliseconds; this much only fails when something has to run out first. */
const LIMIT = 500;

let board: SimulatorTransport;
const said = new Said();

beforeAll(async () => {
  await built();
  board = new SimulatorTransport({ flash: null });
  board.onData(said.add);
  await board.open();
  await said.until('>>> ');
}, 60_000);

afterAll(() => board.close());

test.each([
  ['while True: pass'],
  ['for i in range(10**12): pass'],
  ['time.sleep(100)'],
  ['pyb.delay(100_000)'],
  ['input()'],
  ["while True: print('flood')"],
  ['while True: time.sleep_us(1)'],
  ['sum(range(2 * 10**9))'],
  ['all(range(1, 2 * 10**9))'],
  ['sorted(range(10**3), key=lambda x: time.sleep(1))'],
  ["__import__('re').match('(a|b|ab)*c', 'ab' * 20)"],
])('Ctrl-C stops %s at once', async (statement) => {
  await board.write(Buffer.from(`\x05import time, pyb\rprint('be' + 'gin')\r${statement}\r\x04`));
  await said.until('begin\r\n');
  const start = performance.now();
  await board.write(Buffer.from('\x03'));
  await said.until('KeyboardInterrupt: \r\n>>> ');
  expect(performance.now() - start).toBeLessThan(LIMIT);
});

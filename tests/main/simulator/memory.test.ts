/** A board's program that makes small objects without end, in its thread: MemoryError, and a prompt that answers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SimulatorTransport } from '../../../main/boards/simulator-transport';
import { built } from '../../support/built';
import { Said } from '../../support/said';

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
  ['a linked list', 'x = None', 'x = (x,)'],
  ['a dict', 'x = {}; i = 0', 'i += 1; x[i] = i'],
  ['nested lists', 'x = []', 'x = [x, x]'],
  ['functions', 'x = None', 'x = lambda y=x: y'],
  ['texts', 'x = []; i = 0', "i += 1; x = (x, 'text %d' % i)"],
  ['a comprehension', 'x = 0', 'x = [i for i in range(10**9)]'],
])(
  '%s of a function, which only the host sees',
  async (_name, start, step) => {
    await board.write(Buffer.from(`\x05def f():\r  ${start}\r  while True: ${step}\rprint('be' + 'gin')\rf()\r\x04`));
    await said.until('begin\r\n');
    expect(await said.until('>>> ')).toMatch(/MemoryError: memory allocation failed, allocating \d+ bytes\r\n$/);
    await board.write(Buffer.from('1 + 1\r'));
    expect(await said.until('>>> ')).toContain('\r\n2\r\n');
  },
  30_000,
);

test('buffers of a function are counted to the byte', async () => {
  const program = 'def f():\r  a = bytearray(60000)\r  b = bytearray(60000)\r  return a, b\rf()\r';
  await board.write(Buffer.from(`\x05${program}\x04`));
  await said.until('=== f()');
  expect(await said.until('>>> ')).toContain('MemoryError: memory allocation failed, allocating 60000 bytes\r\n');
}, 30_000);

test('gc.collect() gives all of it back', async () => {
  await board.write(Buffer.from('import gc; gc.collect()\r'));
  await said.until('>>> ');
  await board.write(Buffer.from('gc.mem_free() > 90000\r'));
  expect(await said.until('>>> ')).toContain('\r\nTrue\r\n');
}, 30_000);

import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { SimulatorTransport } from '../../../main/boards/simulator-transport';
import { allocatePromptStatus, promptStatus, STILL_OPEN } from '../../../main/python/prompt-status';
import type { ScriptRequest } from '../../../main/python/run-script';
import { builtPath } from '../../../main/resources';
import { built } from '../../support/built';
import { Said } from '../../support/said';

const task: ScriptRequest = {
  kind: 'code',
  what: "x = 5\nprint('first', __debug__)\nraise SystemExit(3)",
  args: ['one'],
  grammar: 'strict',
  board: false,
  optimisation: 1,
  compileOnly: false,
  verbosity: 0,
};

let registers: SharedArrayBuffer;
let prompt: SimulatorTransport;
let said: Said;
let banner: string;
let ended: Promise<unknown>;

beforeAll(built, 60_000);

beforeEach(() => open());

async function open(options: { readonly task?: ScriptRequest } = {}): Promise<void> {
  registers = allocatePromptStatus();
  const program = builtPath('main', 'prompt-worker.cjs');
  prompt = new SimulatorTransport({ program, flash: null, registers, ...options });
  said = new Said();
  ended = new Promise((resolve) => prompt.onClose(resolve));
  prompt.onData(said.add);
  await prompt.open();
  banner = await said.until('>>> ');
}

afterEach(() => prompt.close());

const type = (text: string): Promise<void> => prompt.write(Buffer.from(text));

test('evaluates, with the floats of this computer', async () => {
  await type('1/3\r');
  expect(await said.until('>>> ')).toBe('1/3\r\n0.3333333333333333\r\n');
});

test('says what it is', () => {
  expect(banner).toMatch(/^MicroPython v1\..+; tether version\r\nType "help\(\)" for more information.\r\n$/);
});

test('shows the prompt behind a program, with its names and options', async () => {
  await prompt.close();
  await open({ task });
  expect(banner).toMatch(/^first False\r\nMicroPython /);
  await type('x\r');
  expect(await said.until('>>> ')).toBe('x\r\n5\r\n');
  await type('import sys; sys.argv\r');
  expect(await said.until('>>> ')).toContain("\r\n['-c', 'one']\r\n");
});

test('takes a function over several lines', async () => {
  await type('def f(x):\rreturn 2 * x\r\r\r\rf(21)\r');
  await said.until('\r\n42\r\n>>> ');
});

test('edits the line of input()', async () => {
  await type("input('name? ')\r");
  await said.until('\r\nname? ');
  await type('Ax\x7fnn\r');
  await said.until("\r\n'Ann'\r\n>>> ");
});

test('completes a name', async () => {
  await type('import sys\rsys.maxs\t\r');
  await said.until('>>> sys.maxsize\r\n9223372036854775807\r\n>>> ');
});

test.each([
  ['a loop', 'while True: pass\r\r\r', '... \r\n'],
  ['a loop that prints', "while True: print('flood')\r\r\r", 'flood\r\nflood\r\n'],
  ['a sleep', 'import time; time.sleep(100)\r', 'time.sleep(100)\r\n'],
])('stops %s at Ctrl-C', async (_what, code, started) => {
  await type(code);
  await said.until(started);
  // The line is echoed before the program runs, and before that Ctrl-C would only drop the line.
  await new Promise((resolve) => setTimeout(resolve, 200));
  await type('\x03');
  await said.until('KeyboardInterrupt: \r\n>>> ');
});

test.each([
  ['\x04', 0],
  ['raise SystemExit\r', 0],
  ['import sys; sys.exit(3)\r', 3],
  ["import sys; sys.exit('why')\r", 1],
])('ends on %j with status %i', async (keys, status) => {
  expect(promptStatus(registers)[0]).toBe(STILL_OPEN);
  await type(keys);
  await ended;
  expect(promptStatus(registers)[0]).toBe(status);
});

test('says on which text it exits', async () => {
  await type("import sys; sys.exit('why')\r");
  await ended;
  expect(said.text).toMatch(/\r\nwhy\r\n$/);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SimulatorTransport } from '../../../main/boards/simulator-transport';
import { HardwareRegisters } from '../../../runtime/board/hardware-registers';
import { LinkLost } from '../../../runtime/link/errors';

let folder: string;
let program: string;
const opened: SimulatorTransport[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tether-thread-'));
  program = join(folder, 'echo.cjs');
  const source = join(import.meta.dirname, '..', 'simulator', 'echo-program.ts');
  const build = await rolldown({ input: source, platform: 'node', transform: { target: 'node16' } });
  await build.write({ file: program, format: 'cjs' });
  await build.close();
});

afterEach(async () => {
  for (const transport of opened.splice(0)) await transport.close();
});

afterAll(() => rm(folder, { recursive: true }));

/** A transport with all it said so far, and a promise for the moment when it has said a text. */
async function board(registers?: SharedArrayBuffer) {
  const transport = new SimulatorTransport({ program, flash: null, ...(registers === undefined ? {} : { registers }) });
  opened.push(transport);
  const waiting: { text: string; resolve: () => void }[] = [];
  let said = '';
  let from = 0;
  const look = (): void => {
    for (const entry of [...waiting]) {
      const at = said.indexOf(entry.text, from);
      if (at === -1) continue;
      from = at + entry.text.length;
      waiting.splice(waiting.indexOf(entry), 1);
      entry.resolve();
    }
  };
  transport.onData((chunk) => {
    said += Buffer.from(chunk).toString('latin1');
    look();
  });
  const until = (text: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({ text, resolve });
      look();
    });
  const send = (text: string): Promise<void> => transport.write(Buffer.from(text, 'latin1'));
  await transport.open();
  await until('ready\n');
  return { transport, until, send, said: () => said };
}

describe('SimulatorTransport', () => {
  test('carries bytes both ways', async () => {
    const { send, until } = await board();
    await send('ABC\x00\xff');
    await until('ABC\x00\xff');
  });

  test('queues Ctrl-C at the prompt', async () => {
    const { send, until } = await board();
    await send('A\x03B');
    await until('A\x03B');
  });

  test('interrupts a sleeping program', async () => {
    const { send, until } = await board();
    await send('s');
    await until('run\n');
    await send('\x03');
    await until('interrupted\n');
  });

  test('interrupts a program that floods its output, also while nobody reads it', async () => {
    const { transport, send, until } = await board();
    transport.hold(true);
    await send('f');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await send('\x03');
    transport.hold(false);
    await until('interrupted\n');
  });

  test('keeps a flooding program waiting while it is held', async () => {
    const { transport, send, until, said } = await board();
    await send('f');
    await until('0123456789abcdef\n0123456789abcdef\n');
    transport.hold(true);
    const before = said().length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(said().length).toBe(before);
    transport.hold(false);
    await send('\x03');
    await until('interrupted\n');
  });

  test('loses nothing of what is written faster than it is read', async () => {
    const { send, until } = await board();
    const text = Array.from({ length: 40_000 }, (_, i) => `${i},`).join('');
    await Promise.all([send(text), send('END')]);
    await until(text);
    await until('END');
  });

  test('makes the writer wait while nothing is read, until a reset', async () => {
    const { transport, send, until } = await board();
    await send('s');
    await until('run\n');
    let taken = false;
    const written = send('x'.repeat(70_000)).then(() => (taken = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(taken).toBe(false);
    await transport.reset();
    await written;
    await until('ready\n');
  });

  test('gives up on a byte at the deadline', async () => {
    const { send, until } = await board();
    await send('t');
    await until('run\n-1\n');
  });

  test('brings a hanging board back by a reset', async () => {
    const { transport, send, until } = await board();
    await send('h');
    await until('run\n');
    await transport.reset();
    await until('ready\n');
    await send('A');
    await until('A');
  });

  test('starts the board anew when its program asks for it, with its registers as they were', async () => {
    const registers = HardwareRegisters.allocate();
    const { send, until } = await board(registers);
    new Uint8Array(registers)[0] = 42;
    await send('r');
    await until('ready\n');
    await send('g');
    await until('run\n42\n');
  });

  test('says why, once, when the thread dies', async () => {
    const { transport, send } = await board();
    const reasons: (Error | undefined)[] = [];
    const closed = new Promise<void>((resolve) => {
      transport.onClose((reason) => {
        reasons.push(reason);
        resolve();
      });
    });
    await send('d');
    await closed;
    await transport.close();
    expect(reasons.map((reason) => reason?.message)).toEqual(['died on request']);
    await expect(send('A')).rejects.toBeInstanceOf(LinkLost);
  });

  test.each([
    ['in-use', { why: 'busy', holder: { program: 'Tether', process: 4312 } }],
    ['broken', { reason: expect.objectContaining({ message: 'no board today' }) as unknown }],
  ])('says why a board with a flash that is %s does not start', async (flash, expected) => {
    const transport = new SimulatorTransport({ program, flash });
    const reasons: unknown[] = [];
    transport.onClose((reason) => reasons.push(reason));
    await expect(transport.open()).rejects.toMatchObject(expected);
    await transport.close();
    expect(reasons).toEqual([]);
  });

  test('closes without a reason, also a board that hangs', async () => {
    const { transport, send, until } = await board();
    const reasons: (Error | undefined)[] = [];
    transport.onClose((reason) => reasons.push(reason));
    await send('h');
    await until('run\n');
    const stuck = send('x'.repeat(100_000));
    await Promise.all([expect(stuck).rejects.toBeInstanceOf(LinkLost), transport.close()]);
    await transport.close();
    expect(reasons).toEqual([undefined]);
  });
});

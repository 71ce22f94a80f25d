import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SimulatorTransport } from '../../../main/boards/simulator-transport';
import { BoardServer } from '../../../main/simulator/board-server';
import { Said } from '../../support/said';

let folder: string;
let program: string;
let transport: SimulatorTransport;
let server: BoardServer;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tether-server-'));
  program = join(folder, 'echo.cjs');
  const input = join(import.meta.dirname, 'echo-program.ts');
  const build = await rolldown({ input, platform: 'node', transform: { target: 'node16' } });
  await build.write({ file: program, format: 'cjs' });
  await build.close();
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  transport = new SimulatorTransport({ program, flash: null });
  server = new BoardServer(transport);
  port = await server.listen('127.0.0.1', 0);
  const ready = new Promise<void>((resolve) => {
    const off = transport.onData(() => {
      off();
      resolve();
    });
  });
  await transport.open();
  await ready;
});

afterEach(async () => {
  await server.close();
  await transport.close();
});

interface Client {
  readonly socket: Socket;
  readonly until: (text: string) => Promise<string>;
  readonly ended: Promise<void>;
}

function client(): Client {
  const socket = connect(port, '127.0.0.1');
  const said = new Said();
  socket.on('data', said.add);
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  return { socket, until: (text) => said.until(text), ended };
}

describe('BoardServer', () => {
  test('gives a tool what the board said before it came', async () => {
    await client().until('ready\n');
  });

  test('passes bytes as they are, also many', async () => {
    const { socket, until } = client();
    await until('ready\n');
    const text = 'x\x00\xff\n'.repeat(50_000);
    socket.write(Buffer.from(text, 'latin1'));
    await until(text);
  });

  test('keeps the board for the next tool, with the end of what it said meanwhile', async () => {
    const first = client();
    await first.until('ready\n');
    first.socket.destroy();
    await first.ended;
    const said = new Said();
    transport.onData(said.add);
    await transport.write(Buffer.from('a'.repeat(3000)));
    await transport.write(Buffer.from('END'));
    await said.until('END');
    const second = client();
    const received: Buffer[] = [];
    second.socket.on('data', (chunk) => received.push(chunk));
    await second.until('END');
    expect(Buffer.concat(received)).toHaveLength(1024);
  });

  test('lets one tool in at a time', async () => {
    const first = client();
    await first.until('ready\n');
    await client().ended;
    first.socket.write('A');
    await first.until('A');
  });

  test('does not let a tool that reads nothing stop it from being interrupted', async () => {
    const first = client();
    await first.until('ready\n');
    first.socket.pause();
    first.socket.write('f');
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.socket.write('\x03');
    first.socket.resume();
    await first.until('interrupted\n');
  });
});

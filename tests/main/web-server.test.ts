import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Ipc, serveSocket, type Handlers } from '../../main/ipc';
import { WebServer } from '../../main/web-server';
import { AppError } from '../../runtime/contract/app-error';
import { decodeMessage, encodeMessage } from '../../runtime/contract/wire';

let folder: string;
let server: WebServer;
let link: URL;
const ipc = new Ipc();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tether-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<title>Tether</title>');
  await writeFile(join(folder, 'assets', 'main.js'), '1');
  await writeFile(join(folder, '..', 'outside.txt'), 'secret');
  server = new WebServer({ folder, port: 0, onSocket: (socket) => serveSocket(ipc, socket) });
  link = new URL(await server.listen());
});

afterAll(async () => {
  await server.close();
  await rm(join(folder, '..', 'outside.txt'));
  await rm(folder, { recursive: true });
});

/** A plain request with headers as given, also those that fetch does not let one set. */
function ask(path: string, headers: { [name: string]: string } = {}, method = 'GET') {
  return new Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    asked.on('error', reject).end();
  });
}

function socketTo(path: string, headers: { [name: string]: string }): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

const page = () => `${link.pathname}${link.search}`;
const origin = () => ({ origin: link.origin });

describe('the page', () => {
  test('is served to the whole link, under a strict policy', async () => {
    const { status, body, headers } = await ask(page());
    expect([status, body]).toEqual([200, '<title>Tether</title>']);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).toContain(`connect-src ws://127.0.0.1:${server.port};`);
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  test('serves its assets without the token', async () => {
    expect((await ask('/assets/main.js')).status).toBe(200);
  });

  test.each([
    ['no token', () => '/'],
    ['another token', () => `/?token=${'x'.repeat(32)}`],
    ['the token cut short', () => page().slice(0, -1)],
    ['the page under its file name', () => '/index.html'],
    ['a way around through the assets', () => '/assets/../index.html'],
  ])('refuses %s', async (_what, path) => {
    const { status, body } = await ask(path());
    expect(status).toBe(403);
    expect(body).not.toContain('<title>');
  });

  test('refuses a host name that was bent to this machine', async () => {
    expect((await ask(page(), { host: `evil.example:${server.port}` })).status).toBe(421);
  });

  test('refuses a request from a page of another origin', async () => {
    expect((await ask(page(), { origin: 'http://evil.example' })).status).toBe(403);
  });

  test('refuses to be written to', async () => {
    expect((await ask(page(), origin(), 'POST')).status).toBe(405);
  });

  test('serves nothing outside its folder', async () => {
    for (const path of [
      '/assets/../../outside.txt',
      '/assets/..%2f..%2foutside.txt',
      '/assets/%2e%2e/%2e%2e/outside.txt',
    ]) {
      expect((await ask(path + link.search)).body).not.toContain('secret');
    }
  });
});

describe('the socket', () => {
  test.each([
    ['no token', () => '/socket', origin, 403],
    ['another token', () => '/socket?token=abc', origin, 403],
    ['no origin', () => `/socket${link.search}`, () => ({}), 403],
    ['another origin', () => `/socket${link.search}`, () => ({ origin: 'http://evil.example' }), 403],
    ['another host', () => `/socket${link.search}`, () => ({ ...origin(), host: 'evil.example' }), 421],
    ['another path', () => `/other${link.search}`, origin, 404],
  ])('refuses %s', async (_what, path, headers, status) => {
    await expect(socketTo(path(), headers())).rejects.toThrow(String(status));
  });

  test('carries calls, errors as data, and events', async () => {
    const unnamed = { 'app:info': () => Promise.reject(new AppError('port-gone', { port: 'COM3' })) };
    ipc.handle({
      ...unnamed,
      'files:read': (_client: unknown, _place: unknown, path: string) => {
        if (path === 'bad') throw new TypeError('no such thing');
        return Uint8Array.of(0, 255);
      },
    } as unknown as Handlers);
    const socket = await socketTo(`/socket${link.search}`, origin());
    const messages: unknown[] = [];
    const arrived = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        messages.push(decodeMessage(data.toString()));
        if (messages.length === 4) resolve();
      });
    });
    const place = { on: 'computer' };
    socket.send(encodeMessage({ call: 'files:read', id: 1, args: [place, 'a'] }));
    socket.send(encodeMessage({ call: 'files:read', id: 2, args: [place, 'bad'] }));
    socket.send(encodeMessage({ call: 'app:info', id: 3, args: [] }));
    ipc.emit('board:output', { board: 'sim', source: 'terminal', bytes: Uint8Array.of(0xc3) });
    await arrived;
    socket.terminate();
    expect(messages).toContainEqual({ id: 1, reply: { ok: Uint8Array.of(0, 255) } });
    expect(messages).toContainEqual({ id: 3, reply: { error: { code: 'port-gone', detail: { port: 'COM3' } } } });
    expect(messages).toContainEqual({
      event: 'board:output',
      value: { board: 'sim', source: 'terminal', bytes: Uint8Array.of(0xc3) },
    });
    expect(messages).toContainEqual({
      id: 2,
      reply: {
        error: {
          code: 'app-fault',
          detail: { task: 'reading the file' },
          technical: expect.stringContaining('no such thing') as string,
        },
      },
    });
  });

  test.each([
    ['no JSON', '{'],
    ['a call nobody has', '{"call":"app:eval","id":1,"args":[]}'],
    ['a property of every object', '{"call":"constructor","id":1,"args":[]}'],
    ['arguments that are no list', '{"call":"app:info","id":1,"args":{}}'],
  ])('ends at %s', async (_what, text) => {
    const socket = await socketTo(`/socket${link.search}`, origin());
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.send(text);
    expect(await closed).toBe(1008);
  });
});

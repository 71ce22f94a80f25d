import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, isOwnUrl, serveScheme } from '../../main/app-scheme';

let above: string;
let folder: string;

beforeAll(async () => {
  above = await mkdtemp(join(tmpdir(), 'tether-scheme-'));
  folder = join(above, 'page');
  await mkdir(folder);
  await writeFile(join(folder, 'index.html'), '<p>');
  await writeFile(join(above, 'secret.txt'), 'secret');
  await mkdir(join(above, 'page2'));
  await writeFile(join(above, 'page2', 'a.txt'), 'secret');
});

afterAll(() => rm(above, { recursive: true }));

describe('the app scheme', () => {
  test('serves a file with its type and the policy', async () => {
    const { status, headers, body } = await answer(folder, 'app://tether/index.html?x=1');
    expect([status, body.toString(), headers['Content-Type']]).toEqual([200, '<p>', 'text/html; charset=utf-8']);
    expect(headers['Content-Security-Policy']).toContain("script-src 'self';");
  });

  test.each([
    'app://tether/missing.html',
    'app://tether/',
    'app://other/index.html',
    'app://tether/..%2fsecret.txt',
    'app://tether/%2e%2e/secret.txt',
    'app://tether/..%2fpage2/a.txt',
    'app://tether/..%5csecret.txt',
    'app://tether/index.html%00',
    'app://tether/%E0%A4%A',
  ])('serves nothing for %s', async (url) => {
    expect(await answer(folder, url)).toMatchObject({ status: 404, body: Buffer.alloc(0) });
  });

  test.each([
    ['app://tether/index.html', true],
    ['app://tether.evil/index.html', false],
    ['file:///app://tether/', false],
  ])('knows whether %s is its own', (url, own) => {
    expect(isOwnUrl(url)).toBe(own);
  });

  test('uses whichever of the two interfaces this Electron has', async () => {
    type Handle = (request: { url: string }) => Promise<Response>;
    type Register = (request: { url: string }, callback: (response: object) => void) => void;
    let handle: Handle | undefined;
    let register: Register | undefined;
    serveScheme({ handle: (_scheme: string, given: Handle) => (handle = given) } as unknown as Protocol, folder);
    serveScheme(
      { registerBufferProtocol: (_scheme: string, given: Register) => (register = given) } as unknown as Protocol,
      folder,
    );
    const request = { url: 'app://tether/index.html' };
    expect(await (await handle?.(request))?.text()).toBe('<p>');
    const response = await new Promise<object>((resolve) => register?.(request, resolve));
    expect(response).toMatchObject({ statusCode: 200, data: Buffer.from('<p>') });
  });
});

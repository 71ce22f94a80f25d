/** Defines the scheme `app:` under which the desktop app serves its own page: a folder of files, read and never left. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Protocol } from 'electron';
import { pageHeaders } from './page-headers';

const SCHEME = 'app';
const ORIGIN = `${SCHEME}://tether`;

export const PAGE_URL = `${ORIGIN}/index.html`;

/** Whether a URL is one of our own pages. */
export function isOwnUrl(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`);
}

/** Has to be called before Electron is ready. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves the folder. `protocol.handle` came with Electron 25; what was there before it is gone in newer ones. */
export function serveScheme(protocol: Protocol, folder: string): void {
  if (typeof protocol.handle === 'function') {
    protocol.handle(SCHEME, async (request) => {
      const { status, headers, body } = await answer(folder, request.url);
      return new Response(new Uint8Array(body), { status, headers });
    });
    return;
  }
  protocol.registerBufferProtocol(SCHEME, (request, callback) => {
    void answer(folder, request.url).then(({ status, headers, body }) => {
      callback({ statusCode: status, headers, data: body });
    });
  });
}

interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
}

const TYPES: { readonly [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** One file of the folder; 404 for everything that is not there or not inside. */
export async function answer(folder: string, url: string): Promise<Answer> {
  const missing: Answer = { status: 404, headers: {}, body: Buffer.alloc(0) };
  if (!isOwnUrl(url)) return missing;
  const path = filePath(folder, url);
  if (path === null) return missing;
  try {
    const body = await readFile(path);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    return { status: 200, headers: { ...pageHeaders("'self'"), 'Content-Type': type }, body };
  } catch {
    return missing;
  }
}

function filePath(folder: string, url: string): string | null {
  try {
    const path = normalize(join(folder, decodeURIComponent(new URL(url).pathname)));
    return path.startsWith(normalize(folder) + sep) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

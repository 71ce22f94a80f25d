/**
 * Defines WebServer: the page and its socket on 127.0.0.1, for one person on this machine.
 *
 * Other programs and every web page that is open can reach a port on the loopback. So the page and the socket ask for a token
 * that only the printed link holds; the Host header is checked against DNS that was bent to 127.0.0.1; and a socket's Origin
 * against pages of others.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import sirv from 'sirv';
import { WebSocketServer, type WebSocket } from 'ws';
import { SOCKET_PATH } from '../runtime/contract/wire';
import { pageHeaders } from './page-headers';

/** One message may hold a whole file in base64. */
const MAXIMUM_MESSAGE = 64 * 1024 * 1024;

export interface WebServerOptions {
  /** The folder of the built page. */
  readonly folder: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly onSocket: (socket: WebSocket) => void;
}

export class WebServer {
  readonly #token = randomBytes(24).toString('base64url');
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAXIMUM_MESSAGE });
  readonly #options: WebServerOptions;
  readonly #server: Server;

  constructor(options: WebServerOptions) {
    this.#options = options;
    const files = sirv(options.folder, { etag: true });
    this.#server = createServer((request, response) => this.#serve(request, response, files));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Resolves with the link that opens the page. Rejects with the system's error when the port cannot be had. */
  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve(`http://127.0.0.1:${this.port}/?token=${this.#token}`);
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection and lets the port go. */
  close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      // From Node 18.2 on; what an older one keeps alive ends by its own time-out.
      this.#server.closeAllConnections?.();
    });
  }

  #serve(request: IncomingMessage, response: ServerResponse, files: ReturnType<typeof sirv>): void {
    const refusal = this.#refusal(request);
    if (refusal !== null) {
      response.writeHead(refusal.status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(refusal.text);
      return;
    }
    const headers = pageHeaders(`ws://${request.headers.host ?? ''}`);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    files(request, response, () => void response.writeHead(404).end());
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.#refusal(request) ?? (request.headers.origin === undefined ? FOREIGN : null);
    if (refusal !== null || urlOf(request).pathname !== SOCKET_PATH) {
      socket.end(`HTTP/1.1 ${refusal?.status ?? 404} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#options.onSocket(webSocket));
  }

  /** Why a request is not answered, or null. The files of the page's assets are no secret and need no token. */
  #refusal(request: IncomingMessage): Refusal | null {
    const { host, origin } = request.headers;
    if (host !== `127.0.0.1:${this.port}` && host !== `localhost:${this.port}`) return WRONG_HOST;
    if (origin !== undefined && origin !== `http://${host}`) return FOREIGN;
    if (request.method !== 'GET' && request.method !== 'HEAD') return WRONG_METHOD;
    const { pathname, searchParams } = urlOf(request);
    if (pathname.startsWith('/assets/')) return null;
    return isSame(searchParams.get('token') ?? '', this.#token) ? null : NO_TOKEN;
  }
}

interface Refusal {
  readonly status: number;
  readonly text: string;
}

const WRONG_HOST: Refusal = { status: 421, text: 'This address is not served here.' };
const FOREIGN: Refusal = { status: 403, text: 'Only the page of Tether itself may ask this.' };
const WRONG_METHOD: Refusal = { status: 405, text: 'Only GET is understood.' };
const NO_TOKEN: Refusal = { status: 403, text: 'Open Tether by the whole link it printed, with its token.' };

function urlOf(request: IncomingMessage): URL {
  // The path may be anything a client sends; one that is no URL counts as the page, and that asks for the token.
  try {
    return new URL(`http://127.0.0.1${request.url ?? '/'}`);
  } catch {
    return new URL('http://127.0.0.1/');
  }
}

/** Compares digests, which have one length and tell nothing, in constant time. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

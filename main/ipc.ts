/**
 * Defines Ipc: one `handle` and one `emit` for calls and events, over two carriers, Electron's IPC and a WebSocket.
 * A call is answered only to who may ask, and every error crosses as data.
 */
import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import type { WebSocket } from 'ws';
import { AppError } from '../runtime/contract/app-error';
import {
  CALL_NAMES,
  CALL_TASKS,
  type CallName,
  type Calls,
  type EventName,
  type Events,
  type Reply,
} from '../runtime/contract/channels';
import { decodeMessage, encodeMessage } from '../runtime/contract/wire';

/** A window or a browser page. It ends when its page goes away; a reload is another client. */
export interface Client {
  send<N extends EventName>(name: N, ...value: Parameters<Events[N]>): void;
}

/** The function behind each call: it is told who asks, then gets the call's own arguments. */
export type Handlers = {
  readonly [N in CallName]: (
    client: Client,
    ...args: Parameters<Calls[N]>
  ) => ReturnType<Calls[N]> | Promise<ReturnType<Calls[N]>>;
};

export class Ipc {
  readonly #clients = new Set<Client>();
  readonly #leaving = new Set<(client: Client) => void>();
  #handlers: Handlers | undefined;

  /** Gives the functions behind the calls; before that every call fails with `app-fault`. */
  handle(handlers: Handlers): void {
    this.#handlers = handlers;
  }

  /** Tells every client. */
  emit<N extends EventName>(name: N, ...value: Parameters<Events[N]>): void {
    for (const client of this.#clients) client.send(name, ...value);
  }

  /** Whether the client's page is still there: it may go away while a call of it is answered. */
  has(client: Client): boolean {
    return this.#clients.has(client);
  }

  /** Calls `listener` when a client's page has gone away. */
  onLeave(listener: (client: Client) => void): void {
    this.#leaving.add(listener);
  }

  join(client: Client): void {
    this.#clients.add(client);
  }

  leave(client: Client): void {
    if (!this.#clients.delete(client)) return;
    for (const listener of this.#leaving) listener(client);
  }

  /** Answers one call. Never rejects. */
  async answer(client: Client, name: CallName, args: readonly unknown[]): Promise<Reply> {
    try {
      if (this.#handlers === undefined) throw new Error('The host is not ready.');
      const handler = this.#handlers[name] as (client: Client, ...args: readonly unknown[]) => unknown;
      return { ok: await handler(client, ...args) };
    } catch (error) {
      return { error: AppError.toData(error, CALL_TASKS[name]) };
    }
  }
}

/**
 * The carrier of the desktop app. Only the top frame of a page of ours (`isOurs` judges its URL) is answered;
 * anything else gets an error without a word about why.
 */
export function serveElectron(ipc: Ipc, ipcMain: Pick<IpcMain, 'handle'>, isOurs: (url: string) => boolean) {
  const clients = new Map<WebContents, Client>();

  for (const name of CALL_NAMES) {
    ipcMain.handle(name, async (event, ...args: unknown[]): Promise<Reply> => {
      const client = clients.get(event.sender);
      const frame: WebFrameMain | null = event.senderFrame;
      if (client === undefined || frame === null || frame.parent !== null || !isOurs(frame.url)) {
        return { error: { code: 'app-fault', detail: { task: CALL_TASKS[name] } } };
      }
      return ipc.answer(client, name, args);
    });
  }

  return {
    /** Makes a window's contents a client, and a new one after each reload. */
    add(contents: WebContents): void {
      const leave = (): void => {
        const client = clients.get(contents);
        clients.delete(contents);
        if (client !== undefined) ipc.leave(client);
      };
      const join = (): void => {
        leave();
        const client: Client = {
          send: (name, ...value) => {
            if (!contents.isDestroyed()) contents.send(name, ...value);
          },
        };
        clients.set(contents, client);
        ipc.join(client);
      };
      join();
      contents.on('did-navigate', join);
      contents.on('render-process-gone', leave);
      contents.on('destroyed', leave);
    },
  };
}

/** The carrier of the browser: one socket is one client. A message that is not in the wire format ends the socket. */
export function serveSocket(ipc: Ipc, socket: WebSocket): void {
  const client: Client = {
    send: (name, ...value) => {
      if (socket.readyState === socket.OPEN) socket.send(encodeMessage({ event: name, value: value[0] }));
    },
  };
  ipc.join(client);
  socket.on('close', () => ipc.leave(client));
  socket.on('error', () => socket.terminate());
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const call = isBinary ? null : readCall(data.toString('utf8'));
    if (call === null) {
      socket.close(1008);
      return;
    }
    void ipc.answer(client, call.name, call.args).then((reply) => {
      if (socket.readyState === socket.OPEN) socket.send(encodeMessage({ id: call.id, reply }));
    });
  });
}

const names: ReadonlySet<string> = new Set(CALL_NAMES);

function readCall(text: string): { name: CallName; id: number; args: unknown[] } | null {
  let message: unknown;
  try {
    message = decodeMessage(text);
  } catch {
    return null;
  }
  if (typeof message !== 'object' || message === null) return null;
  const { call, id, args } = message as Record<string, unknown>;
  if (typeof call !== 'string' || !names.has(call) || typeof id !== 'number' || !Array.isArray(args)) return null;
  return { name: call as CallName, id, args: args as unknown[] };
}

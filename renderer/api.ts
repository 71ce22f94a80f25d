// Defines how the page reaches its host: `window.api` in the desktop app, the same over a WebSocket in a browser.
import { AppError, type ErrorData } from '../runtime/contract/app-error';
import {
  CALL_NAMES,
  EVENT_NAMES,
  type CallName,
  type Calls,
  type EventName,
  type Events,
  type Reply,
  type WindowApi,
} from '../runtime/contract/channels';
import { SOCKET_PATH, decodeMessage, encodeMessage, type HostMessage } from '../runtime/contract/wire';

declare global {
  interface Window {
    readonly api?: WindowApi;
  }
}

export class Api {
  readonly #carrier: WindowApi;

  constructor(carrier: WindowApi) {
    this.#carrier = carrier;
  }

  /** Asks the host. Rejects with an AppError and nothing else. */
  async call<N extends CallName>(name: N, ...args: Parameters<Calls[N]>): Promise<ReturnType<Calls[N]>> {
    const reply = await this.#carrier.calls[name](...args);
    if ('error' in reply) throw AppError.fromData(reply.error);
    return reply.ok;
  }

  /** Listens to the host; the returned function ends the listening. */
  on<N extends EventName>(name: N, listener: Events[N]): () => void {
    return this.#carrier.events[name](listener);
  }
}

/** The host this page came from. `onGone` is called once, when a browser's page has lost its host. */
export async function connectApi(onGone: () => void): Promise<Api> {
  return new Api(window.api ?? (await openSocket(onGone)));
}

const gone: ErrorData = { code: 'app-gone', detail: {} };

async function openSocket(onGone: () => void): Promise<WindowApi> {
  const url = new URL(SOCKET_PATH, location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = location.search;
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', () => reject(AppError.fromData(gone)), { once: true });
  });
  return socketApi(socket, onGone);
}

/** The two halves of the interface over one socket: replies find their call by its number, events their listeners by name. */
export function socketApi(socket: WebSocket, onGone: () => void): WindowApi {
  const pending = new Map<number, (reply: Reply) => void>();
  const listeners = new Map<EventName, Set<(value: never) => void>>();
  let lastId = 0;
  let open = true;

  socket.addEventListener('message', (message: MessageEvent<string>) => {
    const received = decodeMessage(message.data) as HostMessage;
    if ('event' in received) {
      for (const listener of [...(listeners.get(received.event) ?? [])]) listener(received.value as never);
    } else {
      pending.get(received.id)?.(received.reply);
      pending.delete(received.id);
    }
  });
  socket.addEventListener('close', () => {
    open = false;
    for (const resolve of pending.values()) resolve({ error: gone });
    pending.clear();
    onGone();
  });

  const call = (name: CallName, args: unknown[]): Promise<Reply> => {
    if (!open) return Promise.resolve({ error: gone });
    const id = ++lastId;
    return new Promise((resolve) => {
      pending.set(id, resolve);
      socket.send(encodeMessage({ call: name, id, args }));
    });
  };
  const listen = (name: EventName, listener: (value: never) => void): (() => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  };
  const calls = CALL_NAMES.map((name) => [name, (...args: unknown[]) => call(name, args)] as const);
  const events = EVENT_NAMES.map((name) => [name, (on: (value: never) => void) => listen(name, on)] as const);
  const carrier: object = { calls: Object.fromEntries(calls), events: Object.fromEntries(events) };
  return carrier as WindowApi;
}

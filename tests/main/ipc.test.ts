import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import { isOwnUrl } from '../../main/app-scheme';
import { Ipc, serveElectron, type Client, type Handlers } from '../../main/ipc';
import { CALL_NAMES } from '../../runtime/contract/channels';

type Invoke = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>;

/** The contents of a window, as far as the carrier looks at them. */
class FakeContents {
  readonly sent: unknown[][] = [];
  destroyed = false;
  readonly #listeners = new Map<string, () => void>();
  on(name: string, listener: () => void): void {
    this.#listeners.set(name, listener);
  }
  happen(name: string): void {
    this.#listeners.get(name)?.();
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}

let ipc: Ipc;
let invoke: Map<string, Invoke>;
let contents: FakeContents;
let asked: Client[];
let left: Client[];

beforeEach(() => {
  ipc = new Ipc();
  asked = [];
  left = [];
  ipc.onLeave((client) => left.push(client));
  const handlers = { 'boards:add': (client: Client, address: string) => (asked.push(client), { address }) };
  ipc.handle(handlers as unknown as Handlers);
  invoke = new Map();
  const ipcMain = { handle: (name: string, listener: Invoke) => invoke.set(name, listener) } as object;
  contents = new FakeContents();
  serveElectron(ipc, ipcMain as Pick<IpcMain, 'handle'>, isOwnUrl).add(contents as unknown as WebContents);
});

function call(sender: unknown, frame: object | null): Promise<unknown> | undefined {
  return invoke.get('boards:add')?.({ sender, senderFrame: frame } as unknown as IpcMainInvokeEvent, 'COM3');
}

const ownFrame = { url: 'app://tether/index.html', parent: null };

describe('the Electron carrier', () => {
  test('has every call of the contract', () => {
    expect([...invoke.keys()]).toEqual([...CALL_NAMES]);
  });

  test('answers the page of ours', async () => {
    expect(await call(contents, ownFrame)).toEqual({ ok: { address: 'COM3' } });
  });

  test.each([
    ['a page of others', { url: 'https://evil.example/', parent: null }],
    ['a page that begins like ours', { url: 'app://tether.evil/index.html', parent: null }],
    ['a frame in our page', { ...ownFrame, parent: {} }],
    ['a frame that is gone', null],
  ])('refuses %s, and calls nothing', async (_what, frame) => {
    expect(await call(contents, frame)).toEqual({
      error: { code: 'app-fault', detail: { task: 'adding a board' } },
    });
    expect(asked).toEqual([]);
  });

  test('refuses a window it does not know', async () => {
    expect(await call(new FakeContents(), ownFrame)).toHaveProperty('error');
  });

  test('takes a reload for another client, and tells that the one before has left', async () => {
    await call(contents, ownFrame);
    contents.happen('did-navigate');
    await call(contents, ownFrame);
    expect(asked[0]).not.toBe(asked[1]);
    expect(left).toEqual([asked[0]]);
  });

  test('sends events to the window until it is gone', async () => {
    ipc.emit('menu:command', 'run.run');
    ipc.emit('window:closing');
    contents.destroyed = true;
    ipc.emit('menu:command', 'run.stop');
    contents.happen('destroyed');
    ipc.emit('menu:command', 'run.stop');
    expect(contents.sent).toEqual([['menu:command', 'run.run'], ['window:closing']]);
    expect(await call(contents, ownFrame)).toHaveProperty('error');
  });
});

describe('a call', () => {
  test('fails as an app-fault that names the task while the host is not ready', async () => {
    expect(await new Ipc().answer({ send: () => undefined }, 'files:list', [])).toMatchObject({
      error: { code: 'app-fault', detail: { task: 'reading the file list' } },
    });
  });
});

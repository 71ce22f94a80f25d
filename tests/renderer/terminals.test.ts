// Facts about keys that are typed while the app itself holds the board.
import { flushSync } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { Api } from '../../renderer/api';
import { App } from '../../renderer/state/app.svelte';
import { type Board } from '../../renderer/state/board.svelte';
import { terminalsOf, type Terminals } from '../../renderer/terminal/terminals.svelte';
import { registerCommands } from '../../renderer/ui/register-commands';
import { FakeHost } from '../support/fake-host';

let host: FakeHost;
let app: App;
let terminals: Terminals;
let board: Board;

beforeEach(async () => {
  host = new FakeHost();
  const api = new Api(host.api);
  app = new App(api, await api.call('app:info'), await api.call('settings:read'));
  registerCommands(app);
  await app.boards.load();
  terminals = terminalsOf(app);
  await app.start();
  flushSync();
  board = app.boards.target as Board;
});

const key = (letter: string): Uint8Array => new TextEncoder().encode(letter);
const written = (): string =>
  host.asked
    .filter(({ name }) => name === 'board:write')
    .map(({ args }) => new TextDecoder().decode(args[1] as Uint8Array))
    .join('');

it('reach the board neither during a transfer nor later, which is said once', async () => {
  const say = vi.spyOn(app.announcer, 'say');
  host.setState('sim', { name: 'busy', doing: 'uploading', file: 'lib/umqtt.py', fraction: 0.425 });
  await terminals.send(board, key('a'));
  await terminals.send(board, key('b'));
  expect(say.mock.calls).toEqual([['The board is busy: uploading lib/umqtt.py, 42 %. Typing waits until it is done.']]);
  host.setState('sim', { name: 'ready' });
  await terminals.send(board, key('c'));
  expect(written()).toBe('c');
});

it('wait while files are listed, and arrive in their order', async () => {
  host.setState('sim', { name: 'busy', doing: 'listing', file: null, fraction: null });
  await terminals.send(board, key('a'));
  await terminals.send(board, key('b'));
  expect(written()).toBe('');
  host.setState('sim', { name: 'ready' });
  await vi.waitFor(() => expect(written()).toBe('ab'));
});

it('wait also when the host knew of the task first', async () => {
  host.instead['board:write'] = () => false;
  await terminals.send(board, key('a'));
  delete host.instead['board:write'];
  host.setState('sim', { name: 'busy', doing: 'listing', file: null, fraction: null });
  await terminals.send(board, key('b'));
  host.setState('sim', { name: 'ready' });
  await vi.waitFor(() => expect(written()).toBe('aab'));
});

it('are forgotten when a transfer follows', async () => {
  host.setState('sim', { name: 'busy', doing: 'listing', file: null, fraction: null });
  await terminals.send(board, key('a'));
  host.setState('sim', { name: 'busy', doing: 'uploading', file: 'x.py', fraction: 0 });
  host.setState('sim', { name: 'ready' });
  await Promise.resolve();
  expect(written()).toBe('');
});

it('cancel the transfer when they are Ctrl+C twice', async () => {
  host.instead['transfer:start'] = () => new Promise(() => undefined);
  void app.transfers.start(
    { from: { on: 'computer' }, paths: ['/a'], loose: [], to: board.place, folder: '/flash' },
    { overwrite: [], keepBoth: [] },
  );
  host.setState('sim', { name: 'busy', doing: 'uploading', file: 'a', fraction: 0 });
  const alert = vi.spyOn(app.announcer, 'alert');
  await terminals.send(board, Uint8Array.of(3));
  expect(alert).toHaveBeenCalledWith('Press Ctrl+C again to cancel the transfer.');
  await terminals.send(board, Uint8Array.of(3));
  expect(host.asked.some(({ name }) => name === 'transfer:cancel')).toBe(true);
});

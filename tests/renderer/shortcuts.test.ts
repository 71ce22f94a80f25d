// Facts about the keys of the window: which the app takes, and which it leaves to the board or to a field.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Api } from '../../renderer/api';
import { App } from '../../renderer/state/app.svelte';
import { registerCommands } from '../../renderer/ui/register-commands';
import { listenForShortcuts } from '../../renderer/ui/shortcuts';
import { FakeHost } from '../support/fake-host';

let app: App;
let stop: () => void;

beforeEach(async () => {
  const api = new Api(new FakeHost().api);
  app = new App(api, await api.call('app:info'), await api.call('settings:read'));
  registerCommands(app);
  document.body.innerHTML = `
    <div data-focus="term"><textarea id="term"></textarea></div>
    <div data-focus="text"><textarea id="text"></textarea></div>
    <div data-focus="boardTree"><button id="tree"></button><input id="rename" /></div>`;
  stop = listenForShortcuts(app);
});
afterEach(() => stop());

async function focus(id: string): Promise<HTMLElement> {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no ${id}`);
  element.focus();
  await Promise.resolve();
  return element;
}

/** Presses a key there; says whether the app took it. */
async function press(id: string, init: KeyboardEventInit): Promise<boolean> {
  const element = await focus(id);
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  element.dispatchEvent(event);
  return event.defaultPrevented;
}

it.each([...'abcdefghijklmnopqrstuvwxyz'])('leaves Ctrl+%s in the terminal to the board', async (letter) => {
  expect(await press('term', { key: letter, code: `Key${letter.toUpperCase()}`, ctrlKey: true })).toBe(false);
});

it('takes function keys and Ctrl+digits in the terminal', async () => {
  const show = vi.spyOn(app.layout, 'show').mockResolvedValue();
  expect(await press('term', { key: '1', code: 'Digit1', ctrlKey: true })).toBe(true);
  expect(show).toHaveBeenCalledWith('editor');
  expect(await press('term', { key: 'F1', code: 'F1' })).toBe(true);
  expect(app.paletteOpen).toBe(true);
});

it('takes Ctrl+Shift+letters in the terminal', async () => {
  expect(await press('term', { key: 'P', code: 'KeyP', ctrlKey: true, shiftKey: true })).toBe(true);
  expect(app.paletteOpen).toBe(true);
});

it('takes Ctrl+B in the editor for the files column', async () => {
  const toggle = vi.spyOn(app.layout, 'toggleFiles');
  expect(await press('text', { key: 'b', code: 'KeyB', ctrlKey: true })).toBe(true);
  expect(toggle).toHaveBeenCalled();
});

it('leaves copy, cut, paste and undo to the editor itself', async () => {
  for (const key of ['c', 'x', 'v', 'z', 'y', 'a']) {
    expect(await press('text', { key, code: `Key${key.toUpperCase()}`, ctrlKey: true })).toBe(false);
  }
});

it('says the reason when a key means a command that is disabled', async () => {
  const alert = vi.spyOn(app.announcer, 'alert');
  expect(await press('text', { key: 'F5', code: 'F5' })).toBe(true);
  expect(alert).toHaveBeenCalledWith('Open a file to run it.');
});

it('does not take the keys of a tree while a name is typed in it', async () => {
  const remove = vi.fn();
  app.commands.handle('files.delete', remove);
  app.commands.condition('tree', () => true);
  app.commands.condition('selection', () => true);
  expect(await press('rename', { key: 'Delete', code: 'Delete' })).toBe(false);
  expect(await press('tree', { key: 'Delete', code: 'Delete' })).toBe(true);
  expect(remove).toHaveBeenCalledOnce();
});

it('leaves the keys of browsers to them', async () => {
  expect(await press('text', { key: 'n', code: 'KeyN', ctrlKey: true })).toBe(false);
  expect(await press('text', { key: 'w', code: 'KeyW', ctrlKey: true })).toBe(false);
  expect(await press('text', { key: '=', code: 'Equal', ctrlKey: true })).toBe(false);
});

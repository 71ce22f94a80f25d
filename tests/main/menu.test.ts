import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { EMPTY_MENU_STATE, menuTemplate, mergeMenuState } from '../../main/menu';
import { commandRows, menus } from '../../runtime/contract/commands';

function items(platform: string, state = EMPTY_MENU_STATE, onCommand: (id: string) => void = () => undefined) {
  return menuTemplate(state, platform, onCommand).flatMap((menu) => menu.submenu as MenuItemConstructorOptions[]);
}

function itemOf(id: string, platform: string, state = EMPTY_MENU_STATE): MenuItemConstructorOptions {
  const item = items(platform, state).find((candidate) => candidate.id === id);
  if (item === undefined) throw new Error(`no item ${id}`);
  return item;
}

describe('the native menu', () => {
  test('has the menus of the table, and every command that belongs in the menu bar once', () => {
    expect(menuTemplate(EMPTY_MENU_STATE, 'linux', () => undefined).map(({ label }) => label)).toEqual([...menus]);
    const expected = commandRows.filter((row) => !('notInMenu' in row)).map(({ id }) => id);
    const ids = items('linux').flatMap(({ id }) => id ?? []);
    expect(new Set(ids)).toEqual(new Set(expected));
    expect(ids).toHaveLength(expected.length);
  });

  test.each(['linux', 'win32'])('shows keys on %s and grabs none', (platform) => {
    const shown = items(platform).filter((item) => item.accelerator !== undefined);
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter((item) => item.registerAccelerator !== false)).toEqual([]);
  });

  test('shows no key on macOS that counts in one pane only, since macOS would take it everywhere', () => {
    expect(itemOf('plot.pause', 'linux').accelerator).toBe('Space');
    expect(itemOf('plot.pause', 'darwin').accelerator).toBeUndefined();
    expect(itemOf('files.upload', 'darwin').accelerator).toBeUndefined();
    expect(itemOf('file.save', 'darwin').accelerator).toBe('Cmd+S');
  });

  test('sends the id of what was chosen', () => {
    const chosen: string[] = [];
    const run = items('linux', EMPTY_MENU_STATE, (id) => chosen.push(id)).find(({ id }) => id === 'run.run');
    (run?.click as () => void)();
    expect(chosen).toEqual(['run.run']);
  });

  test('follows what the window reports, piece by piece', () => {
    const first = { enabled: { 'run.run': false }, checked: {}, titles: { 'run.run': 'Run on Pyboard A' } };
    const state = mergeMenuState(first, { enabled: {}, checked: { 'view.files': true }, titles: {} });
    expect(itemOf('run.run', 'linux', state)).toMatchObject({ label: 'Run on Pyboard A', enabled: false });
    expect(itemOf('view.files', 'linux', state)).toMatchObject({ type: 'checkbox', checked: true });
    expect(itemOf('run.run', 'linux')).toMatchObject({ label: 'Run on board', enabled: true });
  });
});

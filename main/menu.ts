/** Defines the native menu as data for Electron, made from the one table of commands. */
import type { MenuItemConstructorOptions } from 'electron';
import { commandRows, menus, type CommandRow } from '../runtime/contract/commands';
import type { MenuState } from '../runtime/contract/types';

export const EMPTY_MENU_STATE: MenuState = { enabled: {}, checked: {}, titles: {} };

/** Adds what a window reports to what is known. */
export function mergeMenuState(known: MenuState, news: MenuState): MenuState {
  return {
    enabled: { ...known.enabled, ...news.enabled },
    checked: { ...known.checked, ...news.checked },
    titles: { ...known.titles, ...news.titles },
  };
}

/** The menu bar. Choosing an item calls `onCommand`, except where the system has a way of its own to do it (`role`). */
export function menuTemplate(
  state: MenuState,
  platform: string,
  onCommand: (id: string) => void,
): MenuItemConstructorOptions[] {
  return menus.map((menu) => ({
    label: menu,
    submenu: commandRows
      .filter((row) => row.menu === menu && row.notInMenu !== true)
      .flatMap((row) => [
        ...(row.separated === true ? [{ type: 'separator' } as const] : []),
        menuItem(row, state, platform === 'darwin', onCommand),
      ]),
  }));
}

function menuItem(
  row: CommandRow,
  state: MenuState,
  isMac: boolean,
  onCommand: (id: string) => void,
): MenuItemConstructorOptions {
  const accelerator = acceleratorOf(row, isMac);
  return {
    id: row.id,
    label: state.titles[row.id] ?? row.title.replace('{target}', 'board'),
    ...(row.role === undefined ? { click: () => onCommand(row.id) } : { role: row.role }),
    ...(row.toggle === true ? { type: 'checkbox', checked: state.checked[row.id] ?? false } : {}),
    // A role knows by itself when it applies, and the system needs some of them at every moment.
    enabled: row.role !== undefined || (state.enabled[row.id] ?? true),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: isMac }),
  };
}

/**
 * On Windows and Linux the keys are only shown: the page takes them, and lets those through that a board has to see.
 * macOS takes every key that stands in a menu, so there only those stand that count wherever the focus is.
 */
function acceleratorOf(row: CommandRow, isMac: boolean): string | undefined {
  for (const key of row.keys ?? []) {
    if (!isMac && key.pc !== undefined) return key.pc;
    if (isMac && key.mac !== undefined && (row.role !== undefined || key.focus === undefined)) return key.mac;
  }
  return undefined;
}

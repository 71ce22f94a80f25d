// Facts about the command table: its keys, its conditions, its menus.
import { describe, expect, it } from 'vitest';
import { commandRows, menus, type CommandKey, type CommandRow, type Focus } from '../../runtime/contract/commands';

type System = 'pc' | 'mac';

interface Bound {
  row: CommandRow;
  key: CommandKey;
  text: string;
}

const everywhere: readonly Focus[] = ['text', 'term', 'computerTree', 'boardTree', 'plot'];

function bindings(system: System): Bound[] {
  return commandRows.flatMap((row: CommandRow) =>
    (row.keys ?? []).flatMap((key) => {
      const text = key[system];
      return text === undefined ? [] : [{ row, key, text }];
    }),
  );
}

/** Keys that the terminal passes to the board: the app's own bindings for them do not count there. */
function isCtrlLetter(text: string): boolean {
  return /^Ctrl\+[A-Z]$/.test(text);
}

function places(bound: Bound): readonly Focus[] {
  if (bound.key.focus) return bound.key.focus;
  return isCtrlLetter(bound.text) ? everywhere.filter((place) => place !== 'term') : everywhere;
}

function excludeEachOther(a: Bound, b: Bound): boolean {
  if (!places(a).some((place) => places(b).includes(place))) return true;
  const opposite = (name: string): string => (name.startsWith('!') ? name.slice(1) : `!${name}`);
  return (a.row.when ?? []).some((name) => (b.row.when ?? []).some((other) => other === opposite(name)));
}

describe('the command table', () => {
  it('has each id once, in a menu that exists', () => {
    const ids = commandRows.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const row of commandRows) expect(menus).toContain(row.menu);
  });

  it.each(['pc', 'mac'] as const)('gives no key to two commands that can be meant at once (%s)', (system) => {
    const all = bindings(system);
    const clashes: string[] = [];
    all.forEach((a, index) => {
      for (const b of all.slice(index + 1)) {
        if (a.text === b.text && a.row.id !== b.row.id && !excludeEachOther(a, b))
          clashes.push(`${a.text}: ${a.row.id}, ${b.row.id}`);
      }
    });
    expect(clashes).toEqual([]);
  });

  it.each(['pc', 'mac'] as const)('leaves every Ctrl+letter in the terminal to the board (%s)', (system) => {
    const taken = bindings(system).filter(
      (bound) => isCtrlLetter(bound.text) && places(bound).includes('term') && bound.key.native !== true,
    );
    expect(taken.map((bound) => bound.row.id)).toEqual([]);
  });

  it('uses no key that keyboards, input methods or browsers need for something else', () => {
    for (const { text } of bindings('pc')) {
      expect(text).not.toMatch(/^Ctrl\+Alt\+[A-Z]$/);
      expect(['Ctrl+Shift+U', 'Shift+Enter', 'F7']).not.toContain(text);
    }
    for (const { text } of bindings('mac')) expect(['Shift+Enter', 'F7']).not.toContain(text);
  });

  it('marks the keys that browsers keep', () => {
    for (const { text, key } of bindings('pc')) {
      if (['Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+Shift+T', 'Ctrl+Shift+S', 'Ctrl+R', 'Ctrl+Q'].includes(text))
        expect(key.desktopOnly, text).toBe(true);
    }
  });

  it('opens the palette with F1 on every system', () => {
    for (const system of ['pc', 'mac'] as const) {
      expect(bindings(system).find((bound) => bound.text === 'F1')?.row.id).toBe('view.palette');
    }
  });
});

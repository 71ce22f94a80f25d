import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, SettingsStore } from '../../main/settings';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tether-settings-'));
  path = join(folder, 'deep', 'settings.json');
});

afterEach(() => rm(folder, { recursive: true }));

async function loaded(): Promise<SettingsStore> {
  const store = new SettingsStore(path);
  await store.load();
  return store;
}

describe('SettingsStore', () => {
  test('begins with the defaults and writes nothing', async () => {
    expect((await loaded()).current).toEqual(DEFAULT_SETTINGS);
    expect(await readdir(folder)).toEqual([]);
  });

  test('keeps what was changed for the next start, and leaves no other file', async () => {
    const store = await loaded();
    await Promise.all([store.change({ theme: 'dark' }), store.change({ layout: { files: 260 } })]);
    expect((await loaded()).current).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', layout: { files: 260 } });
    expect(await readdir(join(folder, 'deep'))).toEqual(['settings.json']);
  });

  test('tells its listeners of a change', async () => {
    const store = await loaded();
    const sizes: number[] = [];
    store.onChange((settings) => sizes.push(settings.fontSize));
    await store.change({ fontSize: 20 });
    expect(sizes).toEqual([20]);
  });

  test('keeps a damaged file beside and starts from the defaults', async () => {
    await (await loaded()).change({ theme: 'dark' });
    await writeFile(path, '{"theme": "da');
    expect((await loaded()).current).toEqual(DEFAULT_SETTINGS);
    expect(await readFile(`${path}.damaged`, 'utf8')).toBe('{"theme": "da');
  });

  test('replaces a value of the wrong kind alone', async () => {
    await (await loaded()).change({});
    await writeFile(
      path,
      JSON.stringify({ theme: 'purple', fontSize: 99, folder: '/home', boards: { a: 1 }, more: 1 }),
    );
    expect((await loaded()).current).toEqual({ ...DEFAULT_SETTINGS, folder: '/home' });
  });

  test('ignores a change of the wrong kind', async () => {
    const store = await loaded();
    await store.change({ fontSize: 16 });
    await store.change({ fontSize: 5, theme: 'light' });
    expect(store.current).toMatchObject({ fontSize: 16, theme: 'light' });
  });
});

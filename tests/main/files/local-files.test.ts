import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeptFolder } from '../../../main/files/kept-folder';
import {
  createLocal,
  diskError,
  filesIn,
  listFolder,
  makeLocalFolder,
  moveLocal,
  readLocal,
  writeLocal,
} from '../../../main/files/local-files';
import type { AppError } from '../../../runtime/contract/app-error';

const onPosix = process.platform !== 'win32';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tether-files-'));
});

afterEach(() => rm(folder, { recursive: true }));

function bytes(text: string): Uint8Array {
  return Buffer.from(text);
}

async function failure(promise: Promise<unknown>): Promise<{ code: string; detail: unknown }> {
  const error = (await promise.then(
    () => new Error('did not fail'),
    (reason: unknown) => reason,
  )) as AppError;
  return { code: error.code, detail: error.detail };
}

describe('listing', () => {
  test('gives folders first, then by name with numbers in their order', async () => {
    for (const name of ['b10.py', 'b9.py', 'A.py']) await writeFile(join(folder, name), name);
    await mkdir(join(folder, 'z'));
    const listing = await listFolder(folder);
    expect(listing.entries.map(({ name }) => name)).toEqual(['z', 'A.py', 'b9.py', 'b10.py']);
    expect(listing.entries[1]).toMatchObject({ kind: 'file', size: 4, path: join(folder, 'A.py') });
    expect(listing.parent).toBe(join(folder, '..'));
  });

  test.runIf(onPosix)('is not emptied by a link that leads nowhere', async () => {
    await symlink(join(folder, 'nowhere'), join(folder, 'link'));
    expect((await listFolder(folder)).entries).toMatchObject([{ name: 'link', kind: 'file' }]);
  });

  test('says that a folder is missing', async () => {
    expect(await failure(listFolder(join(folder, 'gone')))).toEqual({
      code: 'folder-missing',
      detail: { folder: 'gone', place: 'computer' },
    });
  });

  test('knows that a root has no parent', async () => {
    const root = join(folder, '/').startsWith('/') ? '/' : folder.slice(0, 3);
    expect((await listFolder(root)).parent).toBeNull();
  });
});

describe('writing', () => {
  test('replaces the whole file and leaves nothing beside it', async () => {
    const path = join(folder, 'a.py');
    await writeLocal(path, bytes('long first text'));
    expect(await writeLocal(path, bytes('short'))).toMatchObject({ name: 'a.py', size: 5, kind: 'file' });
    expect(Buffer.from(await readLocal(path)).toString()).toBe('short');
    expect(await readdir(folder)).toEqual(['a.py']);
  });

  test.runIf(onPosix)('keeps access rights, and writes to where a link leads', async () => {
    const path = join(folder, 'tool.py');
    await writeFile(path, 'old');
    await chmod(path, 0o755);
    await symlink(path, join(folder, 'link.py'));
    await writeLocal(join(folder, 'link.py'), bytes('new'));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o755);
    expect((await lstat(join(folder, 'link.py'))).isSymbolicLink()).toBe(true);
  });

  test('says that the folder is gone, and that a file is', async () => {
    expect((await failure(writeLocal(join(folder, 'gone', 'a.py'), bytes('')))).code).toBe('file-missing');
    expect((await failure(readLocal(join(folder, 'a.py')))).code).toBe('file-missing');
  });

  test.each([
    ['ENOSPC', 'disk-full'],
    ['EACCES', 'disk-denied'],
    ['EROFS', 'disk-denied'],
  ])('turns %s into %s', (code, expected) => {
    expect(diskError(Object.assign(new Error(code), { code }), '/x/a.py', 'file')).toMatchObject({ code: expected });
  });
});

describe('making and moving', () => {
  test('never replaces what is there', async () => {
    await createLocal(folder, 'a.py', bytes('a'));
    await makeLocalFolder(folder, 'lib');
    const name = folder.split(/[/\\]/).at(-1);
    const aTaken = { code: 'name-taken', detail: { folder: name, name: 'a.py', kind: 'file' } };
    expect(await failure(createLocal(folder, 'a.py', bytes('b')))).toEqual(aTaken);
    expect(await failure(makeLocalFolder(folder, 'a.py'))).toEqual(aTaken);
    await createLocal(folder, 'b.py', bytes('b'));
    expect(await failure(moveLocal(join(folder, 'b.py'), folder, 'a.py'))).toEqual(aTaken);
    expect((await failure(moveLocal(join(folder, 'b.py'), folder, 'lib'))).detail).toMatchObject({ kind: 'folder' });
    expect(await readFile(join(folder, 'a.py'), 'utf8')).toBe('a');
  });

  test('moves into another folder under another name', async () => {
    await createLocal(folder, 'a.py', bytes('a'));
    const lib = await makeLocalFolder(folder, 'lib');
    expect(await moveLocal(join(folder, 'a.py'), lib.path, 'b.py')).toMatchObject({ path: join(lib.path, 'b.py') });
    expect(await readdir(lib.path)).toEqual(['b.py']);
  });

  test('renames to the name it has', async () => {
    const { path } = await createLocal(folder, 'a.py', bytes('a'));
    expect(await moveLocal(path, folder, 'a.py')).toMatchObject({ name: 'a.py' });
  });

  test.each([
    ['', { name: '' }],
    ['..', { name: '' }],
    ['a/b', { name: 'a/b', character: '/' }],
    ['a\0', { name: 'a\0', character: '\0' }],
  ])('refuses the name %j', async (name, detail) => {
    expect(await failure(createLocal(folder, name, bytes('')))).toEqual({ code: 'name-bad', detail });
  });
});

describe('filesIn', () => {
  test('walks folders and names files relative to the folder above', async () => {
    await mkdir(join(folder, 'lib', 'deep'), { recursive: true });
    await writeFile(join(folder, 'lib', 'deep', 'a.py'), '12345');
    await writeFile(join(folder, 'lib', 'b.py'), '');
    const files = await filesIn(join(folder, 'lib'));
    expect(files.map(({ name, size }) => [name, size])).toEqual([
      ['lib/b.py', 0],
      ['lib/deep/a.py', 5],
    ]);
  });
});

describe('KeptFolder', () => {
  test('keeps what is deleted, also two things of one name at one moment, and forgets it after 30 days', async () => {
    const kept = new KeptFolder(join(folder, 'kept'));
    const path = join(folder, 'a.py');
    await writeFile(path, '1');
    await kept.keep(path, 1000);
    await writeFile(path, '2');
    await kept.keep(path, 1000);
    await expect(stat(path)).rejects.toThrow('ENOENT');
    expect(await readFile(join(kept.path, '1000', 'a.py'), 'utf8')).toBe('1');
    expect(await readFile(join(kept.path, '1001', 'a.py'), 'utf8')).toBe('2');
    await kept.prune(1001 + 30 * 24 * 60 * 60 * 1000);
    expect(await readdir(kept.path)).toEqual(['1001']);
  });

  test('moves nothing that is not there', async () => {
    const kept = new KeptFolder(join(folder, 'kept'));
    await expect(kept.keep(join(folder, 'gone'))).rejects.toThrow('ENOENT');
    expect(await readdir(kept.path)).toEqual([]);
  });
});

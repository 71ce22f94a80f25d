import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TaskRunner } from '../../../main/boards/connection';
import { BoardFiles } from '../../../main/files/board-files';
import { JsonFile } from '../../../main/files/json-file';
import { PutHashes } from '../../../main/files/put-hashes';
import { Transfers } from '../../../main/files/transfer';
import { sha256 } from '../../../main/files/transfer-direction';
import { CancelSource, Cancelled, type CancelToken } from '../../../runtime/bytes/cancel';
import type { AppError } from '../../../runtime/contract/app-error';
import type { TransferDecisions, TransferProgress, TransferRequest } from '../../../runtime/contract/types';
import { RemoteFsError } from '../../../runtime/link/errors';
import type { FileProgress, RemoteEntry } from '../../../runtime/link/remote-fs';
import { MockClock } from '../../support/mock-clock';

/** A board's files in a map: a path with its text, or null for a folder. */
class MemoryFiles {
  readonly content = new Map<string, string | null>([['/flash', null]]);
  readonly written: string[] = [];
  canHash = true;
  /** Called in the middle of every write. */
  duringWrite: () => void = () => undefined;

  async list(folder: string): Promise<RemoteEntry[]> {
    if (this.content.get(folder) !== null) throw new RemoteFsError(folder, 'ENOENT', 'no such folder');
    const below = [...this.content].filter(([path]) => path.slice(0, path.lastIndexOf('/')) === folder);
    return below.map(([path, text]) => ({
      name: path.slice(folder.length + 1),
      path,
      readable: true,
      kind: text === null ? 'folder' : 'file',
      size: text?.length ?? 0,
    }));
  }
  async stat(path: string) {
    const text = this.content.get(path);
    if (text === undefined) return undefined;
    return { kind: text === null ? ('folder' as const) : ('file' as const), size: text?.length ?? 0 };
  }
  async hashes(paths: readonly string[]) {
    return paths.map((path) => (this.canHash ? sha256(Buffer.from(this.content.get(path) ?? '')) : undefined));
  }
  async read(path: string, { onProgress }: FileProgress = {}): Promise<Uint8Array> {
    const bytes = Buffer.from(this.content.get(path) ?? '');
    onProgress?.(bytes.length, bytes.length);
    return bytes;
  }
  async write(path: string, bytes: Uint8Array, { onProgress, cancel }: FileProgress = {}): Promise<void> {
    onProgress?.(Math.floor(bytes.length / 2), bytes.length);
    this.duringWrite();
    if (cancel?.cancelled === true) throw new Cancelled();
    if (this.content.get(path.slice(0, path.lastIndexOf('/'))) !== null) throw new Error(`no folder for ${path}`);
    this.written.push(path);
    this.content.set(path, Buffer.from(bytes).toString());
  }
  async makeFolder(path: string): Promise<void> {
    this.content.set(path, null);
  }
  async rename(from: string, to: string): Promise<void> {
    this.content.set(to, this.content.get(from) ?? '');
    this.content.delete(from);
  }
}

const ASK_NOTHING: TransferDecisions = { overwrite: [], keepBoth: [] };

let folder: string;
let files: MemoryFiles;
let transfers: Transfers;
let putHashes: PutHashes;
let told: TransferProgress[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tether-transfer-'));
  files = new MemoryFiles();
  told = [];
  putHashes = new PutHashes(new JsonFile(join(folder, 'hashes.json')));
  const connection = {
    task: (
      _words: object,
      work: (board: object, report: () => void) => Promise<unknown>,
      cancel: CancelToken = new CancelSource(),
    ) => work({ files, cancel }, () => undefined),
  } as unknown as TaskRunner;
  transfers = new Transfers({
    clock: new MockClock(),
    connection: () => connection,
    boardFiles: new BoardFiles(() => connection),
    putHashes,
    onProgress: (progress) => told.push(progress),
  });
  await mkdir(join(folder, 'lib'));
  await writeFile(join(folder, 'main.py'), 'main');
  await writeFile(join(folder, 'lib', 'a.py'), 'aaaa');
});

afterEach(() => rm(folder, { recursive: true }));

function upload(...names: string[]): TransferRequest {
  return {
    from: { on: 'computer' },
    paths: names.map((name) => join(folder, name)),
    loose: [],
    to: { on: 'board', board: 'b' },
    folder: '/flash',
  };
}

function download(...paths: string[]): TransferRequest {
  return { from: { on: 'board', board: 'b' }, paths, loose: [], to: { on: 'computer' }, folder };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  const error = (await promise.then(
    () => new Error('did not fail'),
    (reason: unknown) => reason,
  )) as AppError;
  return { code: error.code, detail: error.detail };
}

describe('an upload', () => {
  test('sends files and folders, and makes the folders that are missing', async () => {
    const result = await transfers.start('1', upload('main.py', 'lib'), ASK_NOTHING);
    expect(result).toMatchObject({ sent: 2, unchanged: 0, skipped: 0, bytes: 8 });
    expect(Object.fromEntries(files.content)).toEqual({
      '/flash': null,
      '/flash/main.py': 'main',
      '/flash/lib': null,
      '/flash/lib/a.py': 'aaaa',
    });
  });

  test('sends loose files into folders', async () => {
    const loose = [{ name: 'deep/down/x.bin', bytes: Uint8Array.of(65) }];
    await transfers.start('1', { ...upload(), loose }, ASK_NOTHING);
    expect(files.content.get('/flash/deep/down/x.bin')).toBe('A');
  });

  test.each([true, false])(
    'tells what is there already, and sends only what nothing is lost by (hashes: %s)',
    async (can) => {
      files.canHash = can;
      files.content.set('/flash/main.py', 'main').set('/flash/lib', null).set('/flash/lib/a.py', 'other');
      expect(await transfers.check(upload('main.py', 'lib'))).toEqual([
        { path: '/flash/main.py', size: 4, there: 'same' },
        { path: '/flash/lib/a.py', size: 4, there: 'differs' },
      ]);
      const result = await transfers.start('1', upload('main.py', 'lib'), ASK_NOTHING);
      expect(result).toMatchObject({ sent: 0, unchanged: 1, skipped: 1 });
      expect(files.written).toEqual([]);
    },
  );

  test('asks nothing about what it put there itself, also after a new start, until something else changed it', async () => {
    await transfers.start('1', upload('main.py'), ASK_NOTHING);
    await putHashes.load();
    await writeFile(join(folder, 'main.py'), 'newer');
    expect((await transfers.check(upload('main.py')))[0]?.there).toBe('ours');
    expect(await transfers.start('2', upload('main.py'), ASK_NOTHING)).toMatchObject({ sent: 1 });
    files.content.set('/flash/main.py', 'changed by another');
    await writeFile(join(folder, 'main.py'), 'newest');
    expect((await transfers.check(upload('main.py')))[0]?.there).toBe('differs');
  });

  test('overwrites or keeps both as decided', async () => {
    files.content.set('/flash/main.py', 'old').set('/flash/lib', null).set('/flash/lib/a.py', 'old');
    files.content.set('/flash/lib/a.board.py', 'older');
    const decisions = { overwrite: ['/flash/main.py'], keepBoth: ['/flash/lib/a.py'] };
    expect(await transfers.start('1', upload('main.py', 'lib'), decisions)).toMatchObject({ sent: 2 });
    expect(files.content.get('/flash/main.py')).toBe('main');
    expect(files.content.get('/flash/lib/a.py')).toBe('aaaa');
    expect(files.content.get('/flash/lib/a.board2.py')).toBe('old');
    expect(files.content.get('/flash/lib/a.board.py')).toBe('older');
  });

  test('puts no folder in the place of a file, nor a file in that of a folder', async () => {
    files.content.set('/flash/lib', 'a file');
    expect(await failure(transfers.start('1', upload('lib'), ASK_NOTHING))).toEqual({
      code: 'folder-in-the-way',
      detail: { name: 'lib' },
    });
    files.content.set('/flash/main.py', null);
    expect(await failure(transfers.check(upload('main.py')))).toEqual({
      code: 'name-taken',
      detail: { folder: 'flash', name: 'main.py', kind: 'folder' },
    });
  });

  test('tells its progress, from the first file to the end of the last', async () => {
    await transfers.start('7', upload('main.py', 'lib'), ASK_NOTHING);
    expect(told[0]).toMatchObject({
      id: '7',
      board: 'b',
      direction: 'upload',
      file: 1,
      files: 2,
      name: 'main.py',
      bytes: 0,
      size: 8,
    });
    expect(told.at(-1)).toMatchObject({ file: 2, name: 'lib/a.py', fileBytes: 4, fileSize: 4, bytes: 8 });
    expect(told.map(({ bytes }) => bytes)).toEqual([0, 4, 4, 8]);
  });

  test('ends on request, and says what was sent and what was not', async () => {
    files.duringWrite = () => {
      if (files.written.length === 1) transfers.cancel('1');
    };
    expect(await failure(transfers.start('1', upload('main.py', 'lib'), ASK_NOTHING))).toEqual({
      code: 'cancelled',
      detail: { sent: 1, files: 2, unfinished: 'lib/a.py' },
    });
    expect(files.content.has('/flash/lib/a.py')).toBe(false);
    transfers.cancel('1');
  });

  test('says which file of the computer is missing', async () => {
    expect(await failure(transfers.start('1', upload('gone.py'), ASK_NOTHING))).toEqual({
      code: 'file-missing',
      detail: { file: 'gone.py', place: 'computer' },
    });
  });
});

describe('a download', () => {
  test('gets files and folders', async () => {
    files.content.set('/flash/data', null).set('/flash/data/x.csv', '1,2').set('/flash/boot.py', 'boot');
    const result = await transfers.start('1', download('/flash/data', '/flash/boot.py'), ASK_NOTHING);
    expect(result).toMatchObject({ sent: 2, bytes: 7 });
    expect(await readFile(join(folder, 'data', 'x.csv'), 'utf8')).toBe('1,2');
    expect(await readFile(join(folder, 'boot.py'), 'utf8')).toBe('boot');
  });

  test.each([true, false])(
    'does not get what is the same, and overwrites only as decided (hashes: %s)',
    async (can) => {
      files.canHash = can;
      files.content.set('/flash/main.py', 'main').set('/flash/b.py', 'of the board').set('/flash/c.py', 'cc');
      await writeFile(join(folder, 'b.py'), 'of the computer');
      await writeFile(join(folder, 'c.py'), 'CC');
      const request = download('/flash/main.py', '/flash/b.py', '/flash/c.py');
      expect((await transfers.check(request)).map(({ there }) => there)).toEqual(['same', 'differs', 'differs']);
      expect(await transfers.start('1', request, ASK_NOTHING)).toMatchObject({ sent: 0, unchanged: 1, skipped: 2 });
      await transfers.start('2', request, { overwrite: [join(folder, 'c.py')], keepBoth: [join(folder, 'b.py')] });
      expect(await readFile(join(folder, 'b.py'), 'utf8')).toBe('of the board');
      expect(await readFile(join(folder, 'b.computer.py'), 'utf8')).toBe('of the computer');
      expect(await readFile(join(folder, 'c.py'), 'utf8')).toBe('cc');
    },
  );

  test('never leaves the folder, whatever a board calls its files', async () => {
    files.content.set('/flash/odd', null).set('/flash/odd/..', 'x');
    expect(await failure(transfers.start('1', download('/flash/odd'), ASK_NOTHING))).toMatchObject({
      code: 'name-bad',
    });
    expect(await readdir(folder)).not.toContain('odd');
  });

  test('says which file of the board is missing, and speaks of downloads when it is cancelled', async () => {
    expect(await failure(transfers.start('1', download('/flash/gone'), ASK_NOTHING))).toEqual({
      code: 'file-missing',
      detail: { file: 'gone', place: 'board' },
    });
    files.content.set('/flash/x', 'x');
    const started = transfers.start('2', download('/flash/x'), ASK_NOTHING);
    transfers.cancel('2');
    expect(await failure(started)).toMatchObject({ code: 'cancelled', detail: { sent: 0, done: 'downloaded' } });
  });
});

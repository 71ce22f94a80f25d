import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SimulatorTransport } from '../../../main/boards/simulator-transport';
import { BoardServer } from '../../../main/simulator/board-server';
import { built } from '../../support/built';
import { describeWith } from '../../support/components';

let folder: string;
let transport: SimulatorTransport;
let server: BoardServer;
let address: string;

beforeAll(async () => {
  await built();
  folder = await mkdtemp(join(tmpdir(), 'tether-mpremote-'));
  transport = new SimulatorTransport({ flash: null });
  server = new BoardServer(transport);
  address = `socket://127.0.0.1:${await server.listen('127.0.0.1', 0)}`;
  await transport.open();
}, 60_000);

afterAll(async () => {
  await server.close();
  await transport.close();
  await rm(folder, { recursive: true });
});

/** What mpremote prints; rejects when it ends with another status than 0. */
async function mpremote(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('mpremote', ['connect', address, ...args], { cwd: folder });
  return stdout.replaceAll('\r', '');
}

describeWith('mpremote', 'mpremote drives the simulated board', () => {
  test('runs code and tells its errors', async () => {
    expect(await mpremote('exec', 'print(6*7)')).toBe('42\n');
    expect(await mpremote('eval', '"a" + "b"')).toBe('ab\n');
    await writeFile(join(folder, 'script.py'), 'for n in range(3):\n    print(n)\n');
    expect(await mpremote('run', 'script.py')).toBe('0\n1\n2\n');
    // It prints the traceback where it prints the output.
    const stdout = expect.stringContaining('ZeroDivisionError') as unknown;
    await expect(mpremote('exec', '1/0')).rejects.toMatchObject({ code: 1, stdout });
  }, 60_000);

  test('copies, lists, shows and removes files and folders', async () => {
    await writeFile(join(folder, 'hello.py'), 'print("hello")\n');
    await mpremote('mkdir', 'lib');
    await mpremote('cp', 'hello.py', ':lib/hello.py');
    expect(await mpremote('ls', ':lib')).toContain('hello.py');
    expect(await mpremote('cat', ':lib/hello.py')).toBe('print("hello")\n');
    expect(await mpremote('exec', 'from lib import hello')).toBe('hello\n');
    await mpremote('cp', ':lib/hello.py', 'back.py');
    expect(await readFile(join(folder, 'back.py'), 'utf8')).toBe('print("hello")\n');
    await mpremote('rm', ':lib/hello.py');
    await mpremote('rmdir', 'lib');
    expect(await mpremote('ls')).not.toContain('lib');
  }, 60_000);

  test('copies a random file of 60 KB there and back unchanged', async () => {
    const bytes = randomBytes(60 * 1024);
    await writeFile(join(folder, 'random.bin'), bytes);
    await mpremote('cp', 'random.bin', ':random.bin');
    await mpremote('cp', ':random.bin', 'back.bin');
    expect(bytes.equals(await readFile(join(folder, 'back.bin')))).toBe(true);
    await mpremote('rm', ':random.bin');
  }, 120_000);

  test('copies and removes whole trees, and sees the free space', async () => {
    await mkdir(join(folder, 'tree', 'inner'), { recursive: true });
    await writeFile(join(folder, 'tree', 'inner', 'deep.py'), 'depth = 2\n');
    await mpremote('cp', '-r', 'tree', ':');
    expect(await mpremote('exec', 'import tree.inner.deep as d; print(d.depth)')).toBe('2\n');
    await mpremote('rm', '-r', ':tree');
    expect(await mpremote('ls')).not.toContain('tree');
    expect(await mpremote('df')).toMatch(/VfsFat\S* +97280 +\d+ +\d+ +\d+ \/flash/);
  }, 60_000);

  test('resets it softly', async () => {
    await mpremote('exec', '--no-follow', 'x = 1');
    await mpremote('soft-reset');
    expect(await mpremote('resume', 'exec', 'print("x" in globals())')).toBe('False\n');
  }, 60_000);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandModule } from '../../../main/commands/command';
import { reportError } from '../../../main/commands/report-error';
import { describeWith } from '../../support/components';
import { type NativePython, startNativePython } from '../../support/native-python';
import { type RunCode, ScriptedBoard, traceback } from '../../support/scripted-board';
import { type TcpBoard, serveBoard } from '../../support/tcp-board';

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly bytes: Buffer;
  readonly err: string;
}

/** Runs a command as command-line.ts does, in this process. */
async function tether(name: string, ...args: string[]): Promise<Ended> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const collect = (into: Buffer[]) => (chunk: string | Uint8Array) => (into.push(Buffer.from(chunk)), true);
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(collect(out)),
    vi.spyOn(process.stderr, 'write').mockImplementation(collect(err)),
  ];
  let status: number;
  try {
    const command = (await import(`../../../main/commands/${name}.ts`)) as CommandModule;
    status = await command.run(args).catch((error: unknown) => reportError(name, error));
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const bytes = Buffer.concat(out);
  return { status, out: bytes.toString(), bytes, err: Buffer.concat(err).toString() };
}

describe('a command that was not understood', () => {
  const cases: readonly (readonly [string, ...string[]])[] = [
    ['exec'],
    ['exec', 'a', 'b'],
    ['eval'],
    ['run'],
    ['cat'],
    ['cp', ':a'],
    ['cp', 'a', 'b'],
    ['mv', ':a'],
    ['rm'],
    ['mkdir'],
    ['ls', '--unknown'],
    ['ls', '-p'],
    ['reset', 'now'],
    ['ls', '-p', 'nonsense'],
  ];
  for (const [name, ...args] of cases) {
    test(`tether ${[name, ...args].join(' ')} has status 64 and says how to learn more`, async () => {
      const { status, out, err } = await tether(name, ...args);
      expect(status).toBe(64);
      expect(out).toBe('');
      expect(err).toMatch(/^tether: .*[.:'’)\w]\n/);
    });
  }
});

describe('a board that is not there', () => {
  for (const [name, ...args] of [
    ['ls'],
    ['exec', 'pass'],
    ['cp', ':a', '.'],
    ['reset', '--soft'],
    ['repl'],
    ['log'],
  ] as [string, ...string[]][]) {
    test(`ends tether ${name} with status 2 and one sentence`, async () => {
      const { status, err } = await tether(name, '-p', '/dev/no-such-port', ...args);
      expect(status).toBe(2);
      expect(err).toBe('tether: /dev/no-such-port is no longer there. Check the cable and plug the board in again.\n');
    });
  }
});

describe('with a board', () => {
  let board: ScriptedBoard;
  let served: TcpBoard;

  async function serve(run: RunCode): Promise<void> {
    board = new ScriptedBoard({ run });
    await board.open();
    served = await serveBoard(board);
  }

  afterEach(async () => {
    await served.close();
    await board.close();
  });

  test('exec keeps output and traceback apart, with this computer’s line ends', async () => {
    await serve(async (code, io) => (io.print(`ran ${code}\r\n`), traceback('ValueError: bad')));
    const { status, out, err } = await tether('exec', '-p', served.address, 'some code');
    expect(status).toBe(1);
    expect(out).toBe('ran some code\n');
    expect(err).toBe('Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nValueError: bad\n');
    expect(board.softResets).toBe(0);
  });

  test('eval prints the value of the expression', async () => {
    await serve(async (code, io) => (io.print(`ran ${code}\r\n`), ''));
    expect(await tether('eval', '-p', served.address, '1+1')).toMatchObject({ status: 0, out: 'ran print(1+1)\n' });
  });

  test('run restarts Python first, unless told not to', async () => {
    await serve(async (code, io) => (io.print(code), ''));
    const folder = mkdtempSync(join(tmpdir(), 'tether-'));
    const file = join(folder, 'a.py');
    writeFileSync(file, "x = 'é'\r\n");
    expect(await tether('run', '-p', served.address, file)).toMatchObject({ status: 0, out: "x = 'é'\n" });
    expect(board.softResets).toBe(1);
    await tether('run', '-p', served.address, '--no-reset', file);
    expect(board.softResets).toBe(1);
    writeFileSync(file, Uint8Array.of(0xff, 0xfe));
    expect(await tether('run', '-p', served.address, file)).toMatchObject({
      status: 1,
      err: `tether: ${file} is not text, so it cannot be run.\n`,
    });
    expect((await tether('run', '-p', served.address, join(folder, 'none.py'))).status).toBe(1);
    rmSync(folder, { recursive: true });
  });

  test('a cable that is pulled ends a command with status 2 and one sentence', async () => {
    await serve(async (_, io) => {
      io.print('begun\r\n');
      setTimeout(() => {
        served.disconnect();
      }, 10);
      await new Promise(() => undefined);
      return '';
    });
    const { status, out, err } = await tether('exec', '-p', served.address, 'while True: pass');
    expect(status).toBe(2);
    expect(out).toBe('begun\n');
    expect(err).toBe('tether: The connection to the board was lost. Plug it in again and repeat the command.\n');
  });

  test('reset --soft restarts Python; reset runs machine.reset', async () => {
    await serve(async () => '');
    expect((await tether('reset', '-p', served.address, '--soft')).status).toBe(0);
    expect(board.softResets).toBe(1);
    expect((await tether('reset', '-p', served.address)).status).toBe(0);
    expect(board.executed.at(-1)).toContain('machine.reset()');
  });

  test('log prints lines with the time, and sends nothing', async () => {
    await serve(async () => '');
    const logging = tether('log', '-p', served.address);
    await served.connected;
    for (const chunk of ['temp: 21\r\nli', 'ght: é\r', '\nand the rest']) board.say(chunk);
    await new Promise((resolve) => setTimeout(resolve, 50));
    served.disconnect();
    const { status, out } = await logging;
    expect(status).toBe(2);
    const lines = out.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} /);
    expect(lines.map((line) => line.slice(13))).toEqual(['temp: 21', 'light: é', 'and the rest']);
    expect(board.received).toEqual([]);
  });
});

describeWith('micropython', 'with a board that has files', () => {
  let python: NativePython;
  let board: ScriptedBoard;
  let served: TcpBoard;
  let folder: string;
  const on = (name: string, ...args: string[]): Promise<Ended> => tether(name, '-p', served.address, ...args);
  const local = (name: string): string => join(folder, name);

  beforeEach(async () => {
    python = startNativePython();
    board = new ScriptedBoard({ run: python.run });
    await board.open();
    served = await serveBoard(board);
    folder = mkdtempSync(join(tmpdir(), 'tether-'));
  });

  afterEach(async () => {
    await served.close();
    await board.close();
    python.end();
    rmSync(folder, { recursive: true });
  });

  test('cp takes a file there and back unchanged; ls, cat, mv and rm see it', async () => {
    const bytes = randomBytes(5000);
    writeFileSync(local('a.bin'), bytes);
    expect(await on('cp', local('a.bin'), ':')).toEqual({ status: 0, out: '', err: '', bytes: Buffer.alloc(0) });
    expect((await on('ls')).out).toBe('     5000 a.bin\n');
    expect((await on('ls', ':a.bin')).out).toBe('     5000 a.bin\n');
    expect((await on('cat', ':/flash/a.bin')).bytes.equals(bytes)).toBe(true);
    expect((await on('mv', ':a.bin', ':b.bin')).status).toBe(0);
    expect((await on('cp', ':b.bin', local('back.bin'))).status).toBe(0);
    expect(readFileSync(local('back.bin')).equals(bytes)).toBe(true);
    expect((await on('rm', ':b.bin')).status).toBe(0);
    expect((await on('ls')).out).toBe('');
  });

  test('cp -r takes folders, into a folder that is there or under a new name', async () => {
    mkdirSync(local('lib/inner'), { recursive: true });
    writeFileSync(local('lib/a.py'), 'a');
    writeFileSync(local('lib/inner/b.py'), 'b');
    expect(await on('cp', local('lib'), ':')).toMatchObject({
      status: 1,
      err: expect.stringContaining('-r') as string,
    });
    expect((await on('cp', '-r', local('lib'), ':')).status).toBe(0);
    expect((await on('cp', '-r', local('lib'), ':other')).status).toBe(0);
    expect((await on('ls', ':lib', ':other/inner')).out).toBe(
      ':lib\n        - inner/\n        1 a.py\n:other/inner\n        1 b.py\n',
    );
    expect((await on('cp', '-r', ':other', local('back'))).status).toBe(0);
    expect(readFileSync(local('back/inner/b.py'), 'utf8')).toBe('b');
    expect((await on('cp', ':lib/a.py', ':other/inner/b.py', ':lib/inner/')).status).toBe(0);
    expect((await on('ls', ':lib/inner')).out).toBe('        1 a.py\n        1 b.py\n');
    expect((await on('mv', ':lib/a.py', ':other/inner')).status).toBe(0);
    expect((await on('rm', ':lib')).err).toContain('-r');
    expect((await on('rm', '-r', ':lib', ':other')).status).toBe(0);
    expect((await on('ls')).out).toBe('');
  });

  test('cp does not send again what is there already', async () => {
    writeFileSync(local('a.py'), 'same');
    await on('cp', local('a.py'), ':');
    const before = board.executed.length;
    await on('cp', local('a.py'), ':');
    expect(board.executed.slice(before).join('\n')).not.toContain('_tf');
  });

  test('what goes wrong ends in one sentence and status 1', async () => {
    writeFileSync(local('big'), new Uint8Array(200_000));
    expect(await on('cat', ':none')).toMatchObject({ status: 1, out: '' });
    expect((await on('cp', local('big'), ':')).err).toMatch(
      /^tether: Not enough room on .*: big needs 195 KB, .* are free\. Nothing was changed\.\n$/,
    );
    expect((await on('cp', ':none', local('x'))).err).toBe('tether: :none is not there.\n');
    await on('mkdir', ':lib');
    expect((await on('mkdir', ':lib')).err).toBe('tether: / already holds a file named lib.\n');
    expect((await on('cp', local('big'), ':none', ':missing')).status).toBe(1);
  });

  test('df shows the volumes', async () => {
    const { out, status } = await on('df');
    expect(status).toBe(0);
    expect(out).toMatch(/^\/flash +111 KB +\d+ \w+ +\d+ KB$/m);
  });
});

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtPath } from '../../../main/resources';
import { built } from '../../support/built';
import { ScriptedBoard } from '../../support/scripted-board';
import { type TcpBoard, serveBoard } from '../../support/tcp-board';

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

let data: string;

beforeAll(async () => {
  await built();
  data = mkdtempSync(join(tmpdir(), 'tether-'));
});

afterAll(() => {
  rmSync(data, { recursive: true });
});

/** Starts the command as a person does; `during` may do something while it runs. */
function tether(
  args: readonly string[],
  input = '',
  during?: (kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [builtPath('main', 'cli.cjs'), ...args], {
      env: { ...process.env, TETHER_DATA: data },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdin.end(input);
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status, out, err });
    });
    during?.((signal) => child.kill(signal));
  });
}

const COMMANDS = 'ports repl log exec eval run ls cat cp mv rm mkdir df reset python compile sim'.split(' ');

describe('tether', () => {
  test('--help lists every command', async () => {
    const { status, out } = await tether(['--help']);
    expect(status).toBe(0);
    for (const name of COMMANDS) expect(out).toMatch(new RegExp(`^  ${name} +[A-Z].*\\.$`, 'm'));
    expect(await tether(['-h'])).toEqual({ status: 0, out, err: '' });
  });

  test('COMMAND --help tells its usage, and help COMMAND the same', async () => {
    for (const name of COMMANDS) {
      const { status, out, err } = await tether([name, '--help']);
      expect({ name, status, err }).toEqual({ name, status: 0, err: '' });
      expect(out).toMatch(new RegExp(`^Usage: tether ${name} `));
    }
    expect((await tether(['help', 'cp'])).out).toBe((await tether(['cp', '--help'])).out);
  });

  test('--version tells the version', async () => {
    expect((await tether(['--version'])).out).toMatch(/^tether \d+\.\d+\.\d+\n$/);
  });

  test('does not know a command that is not there', async () => {
    for (const name of ['nonsense', 'toString', '__proto__']) {
      expect(await tether([name])).toEqual({
        status: 64,
        out: '',
        err: `tether: There is no command ‘${name}’. tether --help lists them.\n`,
      });
    }
  });

  test('ports always names the simulated board, also as JSON', async () => {
    expect((await tether(['ports'])).out).toMatch(/^sim +Simulated board$/m);
    const ports = JSON.parse((await tether(['ports', '--json'])).out) as { path: string; kind: string }[];
    expect(ports[0]).toMatchObject({ path: 'sim', kind: 'simulated' });
  });
});

describe('tether python', () => {
  test.each([
    [['-c', 'print(1 / 4)'], '0.25\n'],
    [['-O', '-c', 'assert 0; print(__debug__)'], 'False\n'],
    [['-OO', '-X', 'emit=native', '-X', 'heapsize=1M', '-c', 'import micropython as m; print(m.opt_level())'], '2\n'],
    [['-X', 'compile-only', '-c', 'print(1)'], ''],
  ])('%j', async (args, out) => {
    expect(await tether(['python', ...args])).toEqual({ status: 0, out, err: '' });
  });

  test('-v tells of the memory at the end, a second one lists the bytecode before the program runs', async () => {
    const memory =
      /^mem: total=\d+, current=\d+, peak=\d+\nstack: \d+ out of \d+\nGC: total: \d+, used: \d+, free: \d+\n No\. of/m;
    const once = await tether(['python', '-v', '-c', 'print(1)']);
    expect(once.out).toMatch(/^1\nmem: /);
    expect(once.out).toMatch(memory);
    const { status, out, err } = await tether(['python', '-v', '-v', '-c', 'exec("x = 1")\nprint(x)']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out.match(/^(File \S+|\d+ STORE_NAME \w+|\d)$|^File \S+, code block '\S+'/gm)).toEqual([
      "File <stdin>, code block '<module>'",
      "File <string>, code block '<module>'",
      '01 STORE_NAME x',
      '1',
    ]);
    expect(out).toMatch(memory);
  });

  test('-X compile-only finds mistakes', async () => {
    const { status, out, err } = await tether(['python', '-X', 'compile-only', '-c', 'x = (']);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(/SyntaxError: invalid syntax\n$/);
  });

  test('-i shows a prompt behind the program, which a pipe can type at', async () => {
    const { status, out, err } = await tether(['python', '-i', '-c', 'x = 5; 1 / 0'], 'x + 1\ninput()\nline\n');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('ZeroDivisionError: divide by zero');
    expect(out).toMatch(/>>> x \+ 1\r\n6\r\n>>> input\(\)\r\nline\r\n'line'\r\n>>> \r\n$/);
  });

  test('a program that sets MICROPYINSPECT has the prompt behind it, with its names', async () => {
    const program = "import os\nx = 5\nos.putenv('MICROPYINSPECT', '1')";
    const { status, out, err } = await tether(['python', '-c', program], 'x + 1\nraise SystemExit(3)\n');
    expect({ status, err }).toEqual({ status: 3, err: '' });
    expect(out).toMatch(/>>> x \+ 1\r\n6\n>>> raise SystemExit\(3\)\r\n$/);
    const empty = `${program}\nos.putenv('MICROPYINSPECT', '')`;
    expect(await tether(['python', '-c', empty], 'x + 1\n')).toEqual({ status: 0, out: '', err: '' });
  });

  test.each([
    [['-X', 'nonsense'], 'There is no option -X nonsense.'],
    [['-Z'], 'There is no option -Z.'],
    [['-c'], 'The option -c needs a value.'],
  ])('%j is not understood', async (args, why) => {
    const { status, err } = await tether(['python', ...args]);
    expect(status).toBe(64);
    expect(err).toContain(why);
  });
});

describe('with a board', () => {
  let board: ScriptedBoard;
  let served: TcpBoard;

  beforeAll(async () => {
    board = new ScriptedBoard({
      run: async (code, io) => {
        if (code.startsWith('loop')) {
          io.print('begun\r\n');
          await io.interrupted;
          return 'KeyboardInterrupt: \r\n';
        }
        io.print(`ran ${code}\r\n`);
        return '';
      },
    });
    await board.open();
    served = await serveBoard(board);
  });

  afterAll(async () => {
    await served.close();
    await board.close();
  });

  test('-p may stand before the command and behind it', async () => {
    for (const args of [
      ['-p', served.address, 'exec', 'code'],
      ['exec', '-p', served.address, 'code'],
      ['exec', 'code', '--port', served.address],
    ]) {
      expect(await tether(args)).toEqual({ status: 0, out: 'ran code\n', err: '' });
    }
  });

  test('run - takes the program from standard input', async () => {
    expect(await tether(['run', '-p', served.address, '-'], 'from stdin')).toEqual({
      status: 0,
      out: 'ran from stdin\n',
      err: '',
    });
  });

  test('repl takes lines from standard input and ends with it, or at Ctrl-]', async () => {
    const { status, out } = await tether(['repl', '-p', served.address], 'a\nb\n');
    expect(status).toBe(0);
    expect(out).toMatch(/>>> a\r\nran a\r\n>>> b\r\nran b\r\n>>> $/);
    const left = await tether(['repl', '-p', served.address], 'a\n\x1dnot sent\n');
    expect(left.status).toBe(0);
    expect(Buffer.from(board.received).toString()).not.toContain('not sent');
  });

  test.skipIf(process.platform === 'win32')('Ctrl-C stops the program on the board', async () => {
    const { status, out, err } = await tether(['exec', '-p', served.address, 'loop'], '', (kill) => {
      const timer = setInterval(() => {
        if (board.executed.at(-1) !== 'loop') return;
        clearInterval(timer);
        setTimeout(() => {
          kill('SIGINT');
        }, 50);
      }, 10);
    });
    expect({ status, out, err }).toEqual({ status: 130, out: 'begun\n', err: 'KeyboardInterrupt: \n' });
  });
});

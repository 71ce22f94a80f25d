import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { built } from '../../support/built';
import { tether, type Ended } from '../../support/command';

const FILES: Readonly<Record<string, string>> = {
  'good.py': 'print("\\N{BULLET}")\n',
  'host.py': 'match 1:\n    case 1: pass\n',
  'colon.py': 'x = 1\nif x\n  y\n',
  'indent.py': 'def f():\n\treturn 1\n  x\n',
  'return.py': 'pass\nreturn 5\n',
  'latin.py': '# coding: latin-1\nx = "\xe9"\n',
  'bytes.py': 'x = "\xe9"\n',
};

let folder: string;

beforeAll(async () => {
  await built();
  folder = mkdtempSync(join(tmpdir(), 'tether-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text, 'latin1');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const check = (...args: readonly string[]): Promise<Ended> => tether(folder, 'python', '--check', ...args);

describe('tether python --check', () => {
  test('says nothing of good files', async () => {
    expect(await check('good.py', 'host.py', 'latin.py')).toEqual({ status: 0, out: '', err: '' });
  });

  test('names the place and the mistake, one line for each file', async () => {
    const { status, out } = await check('colon.py', 'good.py', 'indent.py', 'return.py', 'bytes.py');
    expect(status).toBe(1);
    expect(out.split('\n')).toEqual([
      'colon.py:2:5: invalid syntax',
      "indent.py:2:10: unindent doesn't match any outer indent level",
      "return.py:2:1: 'return' outside function",
      'bytes.py:1:1: the file is not UTF-8 text',
      '',
    ]);
  });

  test('--board takes what a board takes', async () => {
    const { status, out } = await check('--board', 'good.py', 'host.py', 'latin.py', 'bytes.py');
    expect(status).toBe(1);
    expect(out).toMatch(/^good\.py:1:7: .+\nhost\.py:1:7: invalid syntax\n$/);
  });

  test('goes on where a file cannot be read', async () => {
    const { status, out, err } = await check('none.py', '.', 'colon.py');
    expect(status).toBe(2);
    expect(out).toBe('colon.py:2:5: invalid syntax\n');
    expect(err).toBe(
      "tether python: can't read 'none.py': there is no such file.\ntether python: can't read '.': it is a folder.\n",
    );
  });

  test.each([[], ['--board'], ['-c', '1'], ['good.py', '--board'], ['-']])(
    'does not understand %j',
    async (...args) => {
      const { status, out, err } = await check(...args);
      expect([status, out]).toEqual([64, '']);
      expect(err).toMatch(/^tether: .+\nUsage: see tether python --help\n$/);
    },
  );
});

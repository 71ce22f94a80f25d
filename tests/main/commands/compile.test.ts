/** `tether compile`: what it writes, what it says, and whether that is what MicroPython's own compiler writes. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileMpy } from '../../../runtime/python/bytecode/index';
import { built } from '../../support/built';
import { tether, type Ended } from '../../support/command';
import { itWith } from '../../support/components';

let folder: string;

beforeAll(async () => {
  await built();
  folder = mkdtempSync(join(tmpdir(), 'tether-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `tether compile` in the folder. */
const compile = (...args: readonly string[]): Promise<Ended> => tether(folder, 'compile', ...args);

function write(name: string, text: string | Buffer): void {
  writeFileSync(join(folder, name), text);
}

const hex = (name: string): string => readFileSync(join(folder, name)).toString('hex');

describe('tether compile', () => {
  test('writes a .mpy file beside each source', async () => {
    mkdirSync(join(folder, 'lib'));
    write('lib/one.py', 'x = 1\n');
    write('two.py', '');
    expect(await compile('lib/one.py', 'two.py')).toEqual({ status: 0, out: '', err: '' });
    // The head, two tables (names and objects), the name of the file, <module>, x, and the code.
    expect(hex('lib/one.mpy')).toBe(
      `4d06001f 03 00 14${Buffer.from('lib/one.py').toString('hex')}00 0f 027800 40 00 02 01 81 1602 51 63`.replaceAll(
        ' ',
        '',
      ),
    );
    expect(existsSync(join(folder, 'two.mpy'))).toBe(true);
  });

  test('-o names the file, -s what tracebacks show, -O leaves out', async () => {
    write('source.py', '\n\nassert x\n');
    await compile('-o', 'out.mpy', '-s', 'a', 'source.py');
    expect(hex('out.mpy')).toBe(
      '4d06001f 04 00 0261 00 0f 3f 027800 68 00 04 01 40 1103 4343 1202 65 51 63'.replaceAll(' ', ''),
    );
    await compile('-O', '3', '-o', 'small.mpy', '-s', 'a', 'source.py');
    expect(hex('small.mpy')).toBe('4d06001f 02 00 0261 00 0f 28 00 02 01 51 63'.replaceAll(' ', ''));
  });

  test('says why a source is not compiled, goes on with the next, and ends with status 1', async () => {
    write('wrong.py', 'x = (\n');
    write('scope.py', 'def f():\n  nonlocal x\n');
    write('native.py', '@micropython.native\ndef quick(): pass\n');
    write('long.py', `while a:\n${' b = c\n'.repeat(5000)}`);
    write('latin.py', Buffer.from([0x22, 0xff, 0x22]));
    write('text.txt', '');
    write('good.py', '');
    const files = ['wrong.py', 'scope.py', 'native.py', 'long.py', 'latin.py', 'text.txt', 'none.py', 'good.py'];
    const { status, out, err } = await compile(...files);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err.split('\n')).toEqual([
      'wrong.py:2:1: invalid syntax',
      'scope.py:2:3: no binding for nonlocal found',
      'native.py: quick is to be machine code, which is made for one kind of processor; mpy-cross -march does that',
      'long.py: bytecode overflow',
      'latin.py: the file is not UTF-8 text',
      'text.txt: its name does not end with .py; say with -o what to write',
      'none.py: there is no such file',
      '',
    ]);
    expect(
      readdirSync(folder).filter((name) => name.endsWith('.mpy') && files.includes(name.replace('mpy', 'py'))),
    ).toEqual(['good.mpy']);
  });

  test.each([
    [[], 'The files to compile are missing.'],
    [['-O', '4', 'a.py'], '-O takes a level from 0 to 3.'],
    [['-o', 'x.mpy', 'a.py', 'b.py'], '-o and -s are for one file.'],
  ])('%j is not understood', async (args, why) => {
    const { status, err } = await compile(...args);
    expect(status).toBe(64);
    expect(err).toContain(why);
  });

  itWith('micropython', 'a native MicroPython imports what it writes', async () => {
    write('twice.py', 'from math import pi\ndef twice(x, *, by=2):\n  return [i * by for i in (x, pi)]\n');
    await compile('twice.py');
    rmSync(join(folder, 'twice.py'));
    const code = 'from twice import twice; print(twice(21))';
    expect(execFileSync('micropython', ['-c', code], { cwd: folder, encoding: 'utf8' })).toBe(
      '[42, 6.283185307179586]\n',
    );
  });
});

const scripts = fileURLToPath(new URL('../../python', import.meta.url));

describe('is what mpy-cross writes', () => {
  // Functions of machine code are left to it.
  const files = ['bytecode', '.'].flatMap((name) =>
    readdirSync(join(scripts, name))
      .filter((file) => file.endsWith('.py') && file !== 'viper.py')
      .map((file) => join(scripts, name, file)),
  );
  for (const level of [0, 1, 3]) {
    itWith('mpy-cross', `at -O${level}`, () => {
      for (const file of files) {
        const output = join(folder, 'native.mpy');
        execFileSync('mpy-cross', [`-O${level}`, '-s', 'name.py', '-o', output, file]);
        const ours = Buffer.from(compileMpy(readFileSync(file, 'utf8'), 'name.py', level));
        expect({ file, mpy: ours.toString('hex') }).toEqual({ file, mpy: readFileSync(output).toString('hex') });
      }
    });
  }
});

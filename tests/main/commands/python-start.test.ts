import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtinModules } from '../../../runtime/python/modules/index';
import { builtPath } from '../../../main/resources';
import { built } from '../../support/built';

/** A copy of the built program, to spoil. */
let copy: string;

beforeAll(async () => {
  await built();
  copy = mkdtempSync(join(tmpdir(), 'tether-'));
  mkdirSync(join(copy, 'out'));
  cpSync(builtPath('main'), join(copy, 'out/main'), { recursive: true, filter: (path) => !path.endsWith('.map') });
  writeFileSync(join(copy, 'package.json'), '{}');
});

afterAll(() => {
  rmSync(copy, { recursive: true });
});

/** What the copy's `tether python -c` prints, or its error. */
function python(code: string): Promise<string> {
  return new Promise((resolve) => {
    const args = [join(copy, 'out/main/cli.cjs'), 'python', '-c', code];
    const child = execFile(process.execPath, args, (_, out, err) => {
      resolve(out + err);
    });
    child.stdin?.end();
  });
}

const packFiles = (): string[] => readdirSync(join(copy, 'out/main')).filter((name) => name.startsWith('python.pack'));

describe('tether python', () => {
  test('has every module of its own, each loaded when it is imported', async () => {
    const names = Object.keys(builtinModules);
    expect(names.length).toBeGreaterThan(20);
    expect(await python(`for name in ${JSON.stringify(names)}: print(__import__(name).__name__)`)).toBe(
      names.map((name) => `${name}\n`).join(''),
    );
  });

  test('shares what its modules share, also where they are loaded one by one', async () => {
    const code =
      'import io, sys, collections as c; print(io.open is open, isinstance(c.OrderedDict(), dict), sys.maxsize)';
    expect(await python(code)).toBe('True True 9223372036854775807\n');
  });

  test('starts with the code of another V8 beside its pack, and with none', async () => {
    const [pack, ...codes] = packFiles();
    expect([pack, codes.length]).toEqual(['python.pack', 2]);
    for (const code of codes) writeFileSync(join(copy, 'out/main', code), 'not what V8 wrote');
    expect(await python('import json; print(json.loads("[1]"))')).toBe('[1]\n');
    for (const code of codes) rmSync(join(copy, 'out/main', code));
    expect(await python('import json; print(json.loads("[2]"))')).toBe('[2]\n');
    rmSync(join(copy, 'out/main/python.pack'));
    expect(await python('import json; print(json.loads("[3]"))')).toBe('[3]\n');
  });
});

/**
 * The Python scripts of tests/python: each prints what the comments beginning with `# ->` say, in their order, and on a
 * board what `# board->` says behind one that is not the same there.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../runtime/python/interpreter/interpreter';
import { describeWith } from '../../support/components';
import { runPython } from '../../support/run-python';

const folder = fileURLToPath(new URL('../../python/', import.meta.url));

const scriptsIn = (sub: string): string[] => readdirSync(join(folder, sub)).filter((name) => name.endsWith('.py'));

/** Modules for scripts to import, by path in the file system of a program. */
const library: Record<string, string> = {};
for (const entry of readdirSync(join(folder, 'lib'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.py')) continue;
  const path = join(entry.parentPath, entry.name);
  library[`/${relative(folder, path).replaceAll('\\', '/')}`] = readFileSync(path, 'utf8');
}

function expectedOf(source: string, profile: Profile): string {
  const lines: string[] = [];
  for (const line of source.split('\n')) {
    const comment = /(?:^|\s)# ->(?: (.*?))?(?:\s+# board-> (.*))?$/.exec(line);
    if (comment === null) continue;
    const [, onComputer = '', onBoard = onComputer] = comment;
    lines.push(profile === 'board' ? onBoard : onComputer);
  }
  return lines.join('\n');
}

/** Trailing spaces are no part of what a comment can say. */
const withoutTrailingSpace = (text: string): string => text.replace(/[ \r]+$/gm, '').trimEnd();

function output(sub: string, name: string, profile: Profile): { source: string; printed: string } {
  const source = readFileSync(join(folder, sub, name), 'utf8');
  const { output, error } = runPython(source, { file: name, files: library, path: ['', 'lib'], profile });
  return { source, printed: withoutTrailingSpace(output + error) };
}

const places: readonly (readonly [folder: string, profile: Profile])[] = [
  ['', 'host'],
  ['', 'board'],
  ['host', 'host'],
  ['board', 'board'],
];

describe.each(places)('tests/python/%s in the profile of a %s', (sub, profile) => {
  it.each(scriptsIn(sub))('%s prints what it says', (name) => {
    const { source, printed } = output(sub, name, profile);
    const expected = expectedOf(source, profile);
    expect(expected).not.toBe('');
    expect(printed).toBe(expected);
  });
});

/** Each script's comments are what MicroPython itself prints. */
describeWith('micropython', 'MicroPython itself', () => {
  it.each(scriptsIn(''))(
    'prints the same for %s',
    (name) => {
      const { stdout, stderr } = spawnSync('micropython', [name], {
        cwd: folder,
        env: { ...process.env, MICROPYPATH: ':lib' },
        encoding: 'utf8',
      });
      expect(withoutTrailingSpace(stdout + stderr)).toBe(expectedOf(readFileSync(join(folder, name), 'utf8'), 'host'));
    },
    60_000,
  );
});

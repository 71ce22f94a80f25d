/**
 * The mistakes of tests/python/errors: programs, separated by `# ---`, that end in an exception. The line where the
 * traceback ends, in the program's own file, carries a comment that begins with `#!` and says the error, and another
 * that begins with `#board!` where a board says it otherwise.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { itWith } from '../../support/components';
import { runPython } from '../../support/run-python';

const folder = fileURLToPath(new URL('../../python/errors/', import.meta.url));

interface Mistake {
  source: string;
  /** `line: error`, as both the comment and the traceback say it. */
  expected: string;
  /** What a board says. */
  onBoard: string;
  /** Where the program begins in its file of programs. */
  line: number;
}

function readMistakes(name: string): Mistake[] {
  const mistakes: Mistake[] = [];
  let line = 1;
  for (const source of readFileSync(join(folder, name), 'utf8').trimEnd().split('\n# ---\n')) {
    const lines = source.split('\n');
    const at = lines.findIndex((l) => l.includes('#! '));
    const [comment = '', board = comment] = (lines[at] ?? '').split('#! ')[1]?.split('  #board! ') ?? [];
    mistakes.push({ source, expected: `${at + 1}: ${comment}`, onBoard: `${at + 1}: ${board}`, line });
    line += lines.length + 1;
  }
  return mistakes;
}

/** Where a traceback ends in main.py, and the error. */
function endOfTraceback(text: string): string {
  const places = [...text.matchAll(/File "main\.py", line (\d+)/g)];
  return `${places.at(-1)?.[1] ?? 'nowhere'}: ${text.trimEnd().split('\n').at(-1)?.trimEnd() ?? ''}`;
}

const files = readdirSync(folder).filter((name) => name.endsWith('.py'));

describe.each(files)('tests/python/errors/%s', (name) => {
  const mistakes = readMistakes(name);

  it.each(mistakes)('line $line ends at $expected', ({ source, expected }) => {
    expect(expected).not.toMatch(/^0/);
    expect(endOfTraceback(runPython(source).error)).toBe(expected);
  });

  it.each(mistakes)('line $line ends on a board at $onBoard', ({ source, onBoard }) => {
    expect(endOfTraceback(runPython(source, { profile: 'board' }).error)).toBe(onBoard);
  });

  itWith(
    'micropython',
    `${name} is right about MicroPython`,
    () => {
      const cwd = mkdtempSync(join(tmpdir(), 'tether-errors-'));
      try {
        for (const { source, expected } of mistakes) {
          writeFileSync(join(cwd, 'main.py'), source);
          const { stdout, stderr } = spawnSync('micropython', ['main.py'], { cwd, encoding: 'utf8' });
          expect(endOfTraceback(stdout + stderr)).toBe(expected);
        }
      } finally {
        rmSync(cwd, { recursive: true });
      }
    },
    60_000,
  );
});

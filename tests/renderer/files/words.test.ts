/** What the file panes say. */
import { describe, expect, it } from 'vitest';

import {
  bootWarnings,
  freeName,
  freeWords,
  itemsWords,
  nameProblem,
  resultWords,
  rowWords,
  timeWords,
} from '../../../renderer/files/words';

const KB = 1024;

describe('words', () => {
  it.each([
    [95 * KB, 48 * KB, '48 of 95 KB free'],
    [4 * KB ** 3, 3.1 * KB ** 3, '3.1 of 4 GB free'],
    [95 * KB, 512, '512 bytes of 95 KB free'],
    [2 * KB ** 2, 48 * KB, '48 KB of 2 MB free'],
    [95 * KB, 0, '0 bytes of 95 KB free'],
  ])('of a volume of %d bytes with %d free', (size, free, expected) => {
    expect(freeWords({ size, free })).toBe(expected);
  });

  it('of a row join name and size', () => {
    expect(rowWords({ name: 'main.py', path: '/main.py', kind: 'file', size: 1229, modified: null })).toBe(
      'main.py, 1.2 KB',
    );
    expect(rowWords({ name: 'lib', path: '/lib', kind: 'folder', size: 0, modified: null })).toBe('lib');
  });

  it('of items name one and count several', () => {
    expect([itemsWords(['a.py']), itemsWords(['a.py', 'b.py'])]).toEqual(['a.py', '2 items']);
  });

  it('of a transfer say what was copied, and what was not', () => {
    const result = { sent: 12, unchanged: 0, skipped: 0, bytes: 48 * KB, milliseconds: 204 };
    expect(resultWords('upload', result)).toBe('Uploaded 12 files, 48 KB, in 0.2 s. Each was read back and is equal.');
    expect(resultWords('download', { ...result, sent: 1, milliseconds: 3 })).toBe(
      'Downloaded 1 file, 48 KB, in 0.1 s.',
    );
    expect(resultWords('upload', { ...result, sent: 1, unchanged: 2, skipped: 1 })).toBe(
      'Uploaded 1 file, 48 KB, in 0.2 s. 2 files unchanged, 1 file skipped. It was read back and is equal.',
    );
    expect(resultWords('upload', { ...result, sent: 0, unchanged: 3 })).toBe('Nothing was copied: 3 files unchanged.');
    expect(resultWords('upload', { ...result, sent: 0 })).toBe('There was nothing to copy.');
  });

  it('warn of deleting what starts the board', () => {
    expect(bootWarnings(['a.py'])).toEqual([]);
    expect(bootWarnings(['main.py'])).toEqual([
      'main.py starts by itself; without it the board only shows its prompt.',
    ]);
    expect(bootWarnings(['boot.py', 'main.py']).length).toBe(2);
  });

  it('say why a name cannot be used', () => {
    const others = [
      { name: 'main.py', path: '/lib/main.py', kind: 'file', size: 1, modified: null },
      { name: 'sub', path: '/lib/sub', kind: 'folder', size: 0, modified: null },
    ] as const;
    expect(nameProblem(' ', others, 'lib')).toBe('A name cannot be empty.');
    expect(nameProblem('a/b', others, 'lib')).toBe('A name cannot contain ‘/’.');
    expect(nameProblem('main.py', others, 'lib')).toBe('lib already holds a file named main.py.');
    expect(nameProblem('sub', others, 'lib')).toBe('lib already holds a folder named sub.');
    expect(nameProblem('new.py', others, 'lib')).toBeNull();
  });

  it('suggest a name that is free', () => {
    const taken = ['new.py', 'new2.py'].map(
      (name) => ({ name, path: name, kind: 'file', size: 0, modified: null }) as const,
    );
    expect([freeName([], '.py'), freeName(taken, '.py'), freeName(taken, '')]).toEqual(['new.py', 'new3.py', 'new']);
  });

  it('of a time are hours and minutes', () => {
    expect(timeWords(new Date(2026, 0, 1, 9, 5).getTime())).toBe('09:05');
  });
});

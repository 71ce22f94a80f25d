/** What a board says when its file system refuses, turned into the name of an errno. */

import type { BoardError } from './errors';

/** The numbers that MicroPython's ports share. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'EPERM',
  2: 'ENOENT',
  5: 'EIO',
  13: 'EACCES',
  16: 'EBUSY',
  17: 'EEXIST',
  19: 'ENODEV',
  20: 'ENOTDIR',
  21: 'EISDIR',
  22: 'EINVAL',
  28: 'ENOSPC',
  30: 'EROFS',
  // littlefs's own and newlib's number for a folder that is not empty.
  39: 'ENOTEMPTY',
  66: 'ENOTEMPTY',
  90: 'ENOTEMPTY',
};

/** What boards without numbers say, as a micro:bit. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/file not found|no such file/i, 'ENOENT'],
  [/no more storage|no space/i, 'ENOSPC'],
  [/read.?only/i, 'EROFS'],
];

/** `ENOENT` and so on; `OSError` when the board gave neither number nor known words; undefined for another exception. */
export function errnoName(error: BoardError): string | undefined {
  if (error.type !== 'OSError') return undefined;
  const digits = /^(?:\[Errno )?-?(\d+)/.exec(error.reason)?.[1];
  if (digits !== undefined) return NAMES[Number(digits)] ?? `errno ${digits}`;
  return WORDS.find(([pattern]) => pattern.test(error.reason))?.[1] ?? 'OSError';
}

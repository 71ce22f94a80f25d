/** Defines what every file system must do: one suite for FAT, memory and this computer. */

import { beforeEach, describe, expect, it } from 'vitest';
import { FsError, errnoName } from '../../../runtime/vfs/errno';
import {
  isDirectory,
  readFile,
  S_IFDIR,
  S_IFREG,
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
  writeFile,
  type FileSystem,
} from '../../../runtime/vfs/filesystem';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** The name of the error that an operation ends with, or 'no error'. */
export function errorOf(operation: () => unknown): string {
  try {
    operation();
    return 'no error';
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return errnoName(error.errno) ?? `errno ${error.errno}`;
  }
}

/** Where file systems of MicroPython differ in what they answer. */
export interface SuiteErrors {
  readonly notEmpty: string;
  readonly openDirectoryToWrite: string;
  readonly listFile: string;
  readonly enterFile: string;
  readonly underFile: string;
  readonly mayNotRead: string;
  readonly exclusiveOnExisting: string;
  readonly directoryOverFile: string;
  readonly beforeTheBeginning: string;
  /** EISDIR when missing. */
  readonly removeDirectory?: string;
  /** ENOTDIR when missing. */
  readonly removeFileAsDirectory?: string;
}

export function describeFileSystem(name: string, errors: SuiteErrors, make: () => FileSystem): void {
  describe(name, () => {
    let files: FileSystem;

    beforeEach(() => {
      files = make();
      files.mkdir('/dir');
      writeFile(files, '/dir/inner.txt', bytes('inner'));
      writeFile(files, '/file.txt', bytes('0123456789'));
    });

    const names = (path: string): string[] => [...files.list(path)].map((entry) => entry.name).sort();

    it('keeps what was written, however large', () => {
      const data = Uint8Array.from({ length: 70001 }, (_, index) => (index * 7) ^ (index >> 8));
      writeFile(files, '/large.bin', data);
      expect(readFile(files, '/large.bin')).toEqual(data);
      expect(files.stat('/large.bin').size).toBe(70001);
    });

    it('lists names and types', () => {
      const rows = [...files.list('/')].map(({ name, type }) => [name, type]).sort();
      expect(rows).toEqual([
        ['dir', S_IFDIR],
        ['file.txt', S_IFREG],
      ]);
      expect(names('/dir')).toEqual(['inner.txt']);
    });

    it('tells files from directories', () => {
      expect(isDirectory(files.stat('/dir'))).toBe(true);
      expect(isDirectory(files.stat('/file.txt'))).toBe(false);
      expect(isDirectory(files.stat('/'))).toBe(true);
      expect(files.stat('/dir/../dir/inner.txt').size).toBe(5);
    });

    it('reads in pieces up to the end', () => {
      const file = files.open('/file.txt', 'r');
      const buffer = new Uint8Array(4);
      const pieces: string[] = [];
      for (let count = file.readInto(buffer); count > 0; count = file.readInto(buffer)) {
        pieces.push(text(buffer.subarray(0, count)));
      }
      expect(pieces).toEqual(['0123', '4567', '89']);
      expect(file.readInto(buffer)).toBe(0);
      expect(file.tell()).toBe(10);
      file.close();
    });

    it('moves the position from the beginning, the position and the end', () => {
      const file = files.open('/file.txt', 'rb');
      const next = (): string => {
        const buffer = new Uint8Array(1);
        return text(buffer.subarray(0, file.readInto(buffer)));
      };
      expect(file.seek(3, SEEK_SET)).toBe(3);
      expect(next()).toBe('3');
      expect(file.seek(2, SEEK_CUR)).toBe(6);
      expect(next()).toBe('6');
      expect(file.seek(-2, SEEK_END)).toBe(8);
      expect(next()).toBe('8');
      expect(errorOf(() => file.seek(-1, SEEK_SET))).toBe('EINVAL');
      file.close();
    });

    it('answers a relative seek before the beginning in its own way', () => {
      const file = files.open('/file.txt', 'rb');
      expect(errorOf(() => file.seek(-1, SEEK_CUR))).toBe(errors.beforeTheBeginning);
      file.close();
    });

    it.each<[string, string, string]>([
      ['w', 'ab', 'ab'],
      ['a', 'ab', '0123456789ab'],
      ['r+', 'ab', 'ab23456789'],
      ['w+', 'ab', 'ab'],
    ])('in mode %s writes %s so that the file is %s', (mode, data, result) => {
      const file = files.open('/file.txt', mode);
      expect(file.write(bytes(data))).toBe(data.length);
      file.close();
      expect(text(readFile(files, '/file.txt'))).toBe(result);
    });

    it('reads and writes the same file in mode a+', () => {
      const file = files.open('/file.txt', 'a+');
      file.write(bytes('x'));
      file.seek(8, SEEK_SET);
      const buffer = new Uint8Array(8);
      expect(text(buffer.subarray(0, file.readInto(buffer)))).toBe('89x');
      file.close();
    });

    it('lets other readers see what was flushed', () => {
      const file = files.open('/new.txt', 'w');
      file.write(bytes('flushed'));
      file.flush();
      expect(text(readFile(files, '/new.txt'))).toBe('flushed');
      file.close();
    });

    it('closes a file once and lets it be closed again', () => {
      const file = files.open('/file.txt', 'r');
      expect(file.closed).toBe(false);
      file.close();
      file.close();
      expect(file.closed).toBe(true);
      expect(() => file.readInto(new Uint8Array(1))).toThrow();
      expect(() => file.write(bytes('x'))).toThrow();
      expect(() => {
        file.flush();
      }).toThrow();
    });

    it('renames and moves files and directories', () => {
      files.rename('/file.txt', '/dir/moved.txt');
      expect(names('/')).toEqual(['dir']);
      expect(text(readFile(files, '/dir/moved.txt'))).toBe('0123456789');
      files.mkdir('/other');
      files.rename('/dir', '/other/dir2');
      expect(names('/other/dir2')).toEqual(['inner.txt', 'moved.txt']);
      files.chdir('/other/dir2');
      files.chdir('..');
      expect(names('')).toEqual(['dir2']);
    });

    it('replaces a file by renaming another', () => {
      files.rename('/dir/inner.txt', '/file.txt');
      expect(text(readFile(files, '/file.txt'))).toBe('inner');
      expect(names('/dir')).toEqual([]);
    });

    it('removes files and empty directories', () => {
      files.remove('/dir/inner.txt');
      files.rmdir('/dir');
      expect(names('/')).toEqual(['file.txt']);
    });

    it('takes relative paths from the current directory', () => {
      files.chdir('/dir');
      expect(text(readFile(files, 'inner.txt'))).toBe('inner');
      writeFile(files, 'second.txt', bytes('2'));
      expect(names('')).toEqual(['inner.txt', 'second.txt']);
      expect(names('..')).toEqual(['dir', 'file.txt']);
      files.chdir('/');
      expect(names('dir')).toEqual(['inner.txt', 'second.txt']);
    });

    it('counts its free space', () => {
      const before = files.statvfs('/');
      expect(before.bsize).toBeGreaterThan(0);
      expect(before.bfree).toBeLessThanOrEqual(before.blocks);
    });

    it.each<[string, string, () => unknown]>([
      ['opens a missing file', 'ENOENT', () => files.open('/none', 'r')],
      ['opens a missing file to change it', 'ENOENT', () => files.open('/none', 'r+')],
      ['opens in a missing directory', 'ENOENT', () => files.open('/none/file', 'w')],
      ['opens a directory to write', errors.openDirectoryToWrite, () => files.open('/dir', 'w')],
      ['opens under a file', errors.underFile, () => files.open('/file.txt/x', 'r')],
      ['opens a new file that exists', errors.exclusiveOnExisting, () => files.open('/file.txt', 'x')],
      ['stats a missing file', 'ENOENT', () => files.stat('/none')],
      ['stats in a missing directory', 'ENOENT', () => files.stat('/none/none')],
      ['lists a missing directory', 'ENOENT', () => files.list('/none')],
      ['lists a file', errors.listFile, () => files.list('/file.txt')],
      ['makes a directory that exists', 'EEXIST', () => files.mkdir('/dir')],
      ['makes a directory where a file is', 'EEXIST', () => files.mkdir('/file.txt')],
      ['makes a directory in a missing one', 'ENOENT', () => files.mkdir('/none/new')],
      ['removes a missing file', 'ENOENT', () => files.remove('/none')],
      ['removes a directory as a file', errors.removeDirectory ?? 'EISDIR', () => files.remove('/dir')],
      ['removes a missing directory', 'ENOENT', () => files.rmdir('/none')],
      ['removes a file as a directory', errors.removeFileAsDirectory ?? 'ENOTDIR', () => files.rmdir('/file.txt')],
      ['removes a directory that is not empty', errors.notEmpty, () => files.rmdir('/dir')],
      ['renames a missing file', 'ENOENT', () => files.rename('/none', '/new')],
      ['renames into a missing directory', 'ENOENT', () => files.rename('/file.txt', '/none/new')],
      ['renames a file over a directory', 'EISDIR', () => files.rename('/file.txt', '/dir')],
      ['renames a directory over a file', errors.directoryOverFile, () => files.rename('/dir', '/file.txt')],
      ['moves a directory into itself', 'EINVAL', () => files.rename('/dir', '/dir/sub')],
      ['enters a missing directory', 'ENOENT', () => files.chdir('/none')],
      ['enters a file', errors.enterFile, () => files.chdir('/file.txt')],
      ['reads a file opened to write', errors.mayNotRead, () => files.open('/w', 'w').readInto(new Uint8Array(1))],
      ['writes a file opened to read', errors.mayNotRead, () => files.open('/file.txt', 'r').write(bytes('x'))],
    ])('%s: %s', (_what, expected, operation) => {
      expect(errorOf(operation)).toBe(expected);
    });

    it('changes nothing when mounted read-only', () => {
      files.mount(true, false);
      const changes: (() => unknown)[] = [
        () => files.open('/file.txt', 'w'),
        () => files.open('/file.txt', 'a'),
        () => files.open('/file.txt', 'r+'),
        () => {
          files.mkdir('/new');
        },
        () => {
          files.rmdir('/dir');
        },
        () => {
          files.remove('/file.txt');
        },
        () => {
          files.rename('/file.txt', '/new');
        },
      ];
      expect(changes.map(errorOf)).toEqual(changes.map(() => 'EROFS'));
      expect(text(readFile(files, '/file.txt'))).toBe('0123456789');
    });
  });
}

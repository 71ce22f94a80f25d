/** Checks the files of this computer: the suite of all file systems, roots, and what only a computer has. */

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HostFileSystem } from '../../../main/python/host-filesystem';
import { ClosedFileError, readFile, SEEK_SET, writeFile } from '../../../runtime/vfs/filesystem';
import { Vfs } from '../../../runtime/vfs/vfs';
import { bytes, describeFileSystem, errorOf, text } from '../../runtime/vfs/file-system-suite';

const folders: string[] = [];

function makeFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tether-host-')));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

const onWindows = process.platform === 'win32';

describeFileSystem(
  'HostFileSystem',
  {
    notEmpty: 'ENOTEMPTY',
    openDirectoryToWrite: 'EISDIR',
    listFile: 'ENOTDIR',
    enterFile: 'ENOTDIR',
    underFile: onWindows ? 'ENOENT' : 'ENOTDIR',
    mayNotRead: onWindows ? 'EPERM' : 'EBADF',
    exclusiveOnExisting: 'no error',
    directoryOverFile: onWindows ? 'EPERM' : 'ENOTDIR',
    beforeTheBeginning: 'EINVAL',
  },
  () => new HostFileSystem(undefined, makeFolder()),
);

describe('HostFileSystem', () => {
  it('without a root uses the paths of this computer', () => {
    const folder = makeFolder();
    const files = new HostFileSystem(folder);
    writeFile(files, 'relative.txt', bytes('x'));
    expect(fs.readFileSync(path.join(folder, 'relative.txt'), 'utf8')).toBe('x');
    expect(text(readFile(files, path.join(folder, 'relative.txt')))).toBe('x');
    expect(files.getcwd()).toBe(folder.replaceAll('\\', '/'));
    expect([...files.list('')].map((entry) => entry.name)).toEqual(['relative.txt']);
  });

  it('is the whole tree of a program when mounted at /', () => {
    const folder = makeFolder();
    fs.mkdirSync(path.join(folder, 'sub'));
    const vfs = new Vfs();
    vfs.mount(new HostFileSystem(folder), '/');
    vfs.chdir(folder);
    writeFile(vfs, 'sub/file', bytes('in sub'));
    vfs.chdir('sub');
    expect(vfs.getcwd()).toBe(path.join(folder, 'sub').replaceAll('\\', '/'));
    expect(text(readFile(vfs, 'file'))).toBe('in sub');
    expect(vfs.importStat('file')).toBe('file');
  });

  it('shares its current directory with others and not with the process', () => {
    const folder = makeFolder();
    const before = process.cwd();
    const one = new HostFileSystem();
    const two = new HostFileSystem(one.directory);
    one.chdir(folder);
    expect(two.getcwd()).toBe(folder.replaceAll('\\', '/'));
    expect(process.cwd()).toBe(before);
  });

  it('says EPERM when asked to format', () => {
    expect(
      errorOf(() => {
        new HostFileSystem().mount(false, true);
      }),
    ).toBe('EPERM');
  });

  it('ignores x in a mode, as MicroPython does', () => {
    const files = new HostFileSystem(undefined, makeFolder());
    expect(errorOf(() => files.open('/new', 'x'))).toBe('ENOENT');
  });

  it('refuses a name that is too long and an empty one', () => {
    const files = new HostFileSystem(undefined, makeFolder());
    expect(errorOf(() => files.open('/' + 'n'.repeat(300), 'w'))).toBe(onWindows ? 'ENOENT' : 'ENAMETOOLONG');
    expect(errorOf(() => files.stat(''))).toBe('ENOENT');
    expect(errorOf(() => files.stat('/a\0b'))).toBe('EINVAL');
  });

  it('takes a slash behind a file for an error', () => {
    const files = new HostFileSystem(undefined, makeFolder());
    writeFile(files, '/file', bytes('x'));
    expect(['ENOTDIR', 'ENOENT']).toContain(errorOf(() => files.stat('/file/')));
  });

  it('fills the hole behind the old end with zeros', () => {
    const files = new HostFileSystem(undefined, makeFolder());
    const file = files.open('/file', 'w');
    file.seek(3, SEEK_SET);
    file.write(bytes('x'));
    file.close();
    expect([...readFile(files, '/file')]).toEqual([0, 0, 0, 0x78]);
  });

  it('appends what another writer would have overwritten', () => {
    const files = new HostFileSystem(undefined, makeFolder());
    const one = files.open('/log', 'a');
    const two = files.open('/log', 'a');
    one.write(bytes('1'));
    two.write(bytes('2'));
    one.write(bytes('3'));
    expect(one.tell()).toBe(3);
    expect(text(readFile(files, '/log'))).toBe('123');
  });

  it('has file numbers, and ValueError for a closed file', () => {
    const files = new HostFileSystem(undefined, makeFolder());
    const file = files.open('/file', 'w');
    expect(file.fileno?.()).toBeGreaterThan(2);
    file.close();
    expect(() => file.write(bytes('x'))).toThrow(ClosedFileError);
    expect(() => file.fileno?.()).toThrow(ClosedFileError);
  });

  it('tells size, time and kind as the computer has them', () => {
    const folder = makeFolder();
    const files = new HostFileSystem(undefined, folder);
    writeFile(files, '/file', bytes('12345'));
    fs.utimesSync(path.join(folder, 'file'), 1000, 2000.9);
    expect(files.stat('/file')).toMatchObject({ size: 5, atime: 1000, mtime: 2000 });
    expect(files.stat('/file').mode & 0xf000).toBe(0x8000);
    expect(files.statvfs('/').namemax).toBe(255);
    expect(errorOf(() => files.statvfs('/none'))).toBe('ENOENT');
  });
});

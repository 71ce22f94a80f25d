/** Checks the tree of mounted file systems: where paths lead, and what the virtual root is. */

import { beforeEach, describe, expect, it } from 'vitest';
import { Errno, errnoName, FsError } from '../../../runtime/vfs/errno';
import {
  isBinaryMode,
  parseMode,
  readFile,
  statTuple,
  volumeStatTuple,
  writeFile,
} from '../../../runtime/vfs/filesystem';
import { MemoryFs } from '../../../runtime/vfs/memory-fs';
import { resolvePath, splitPath } from '../../../runtime/vfs/path';
import { Vfs } from '../../../runtime/vfs/vfs';
import { bytes, errorOf, text } from './file-system-suite';

let vfs: Vfs;
let flash: MemoryFs;
let sd: MemoryFs;

const names = (path?: string): string[] => [...vfs.list(path)].map((entry) => entry.name);

beforeEach(() => {
  vfs = new Vfs();
  flash = new MemoryFs();
  sd = new MemoryFs();
  flash.mkdir('/lib');
  writeFile(flash, '/main.py', bytes('flash'));
  writeFile(flash, '/lib/module.py', bytes('module'));
  writeFile(sd, '/data.csv', bytes('sd'));
});

describe('the virtual root', () => {
  it('is a directory of nothing at first', () => {
    expect(vfs.getcwd()).toBe('/');
    expect(names()).toEqual([]);
    expect(statTuple(vfs.stat('/'))).toEqual([0x4000, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(volumeStatTuple(vfs.statvfs('/')).slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(vfs.statvfs('/').namemax).toBeGreaterThanOrEqual(32);
  });

  it.each<[string, string, () => unknown]>([
    ['opens where nothing is mounted', 'ENODEV', () => vfs.open('/x')],
    ['lists where nothing is mounted', 'ENODEV', () => vfs.list('x')],
    ['stats where nothing is mounted', 'ENODEV', () => vfs.stat('/x')],
    [
      'enters where nothing is mounted',
      'ENODEV',
      () => {
        vfs.chdir('/x');
      },
    ],
    [
      'makes a directory where nothing is mounted',
      'ENODEV',
      () => {
        vfs.mkdir('/x');
      },
    ],
    [
      'makes the root',
      'EEXIST',
      () => {
        vfs.mkdir('/');
      },
    ],
    ['opens the root', 'EPERM', () => vfs.open('/')],
    [
      'removes the root',
      'EPERM',
      () => {
        vfs.rmdir('/');
      },
    ],
    [
      'renames where nothing is mounted',
      'ENODEV',
      () => {
        vfs.rename('/x', '/y');
      },
    ],
    [
      'renames the root',
      'EPERM',
      () => {
        vfs.rename('/', '/y');
      },
    ],
    [
      'unmounts what is not mounted',
      'EINVAL',
      () => {
        vfs.umount('/flash');
      },
    ],
  ])('%s: %s', (_what, expected, operation) => {
    expect(errorOf(operation)).toBe(expected);
  });

  it('lists the mount points', () => {
    vfs.mount(flash, '/flash');
    vfs.mount(sd, '/sd');
    expect([...vfs.list('/')]).toEqual([
      { name: 'flash', type: 0x4000, inode: 0 },
      { name: 'sd', type: 0x4000, inode: 0 },
    ]);
  });
});

describe('mounted file systems', () => {
  beforeEach(() => {
    vfs.mount(flash, '/flash');
    vfs.mount(sd, '/sd');
  });

  it('are reached by absolute and relative paths', () => {
    expect(text(readFile(vfs, '/flash/main.py'))).toBe('flash');
    expect(text(readFile(vfs, 'sd/data.csv'))).toBe('sd');
    vfs.chdir('flash/lib');
    expect(vfs.getcwd()).toBe('/flash/lib');
    expect(text(readFile(vfs, 'module.py'))).toBe('module');
    expect(names()).toEqual(['module.py']);
    expect(names('/sd')).toEqual(['data.csv']);
    vfs.chdir('/flash');
    expect(vfs.getcwd()).toBe('/flash');
    vfs.chdir('/');
    expect(names()).toEqual(['flash', 'sd']);
  });

  it('are told apart though one name begins with the other', () => {
    vfs.mount(new MemoryFs(), '/sdcard');
    expect(names('/sdcard')).toEqual([]);
    expect(vfs.locate('/sdx').kind).toBe('nowhere');
  });

  it('tell import what is there', () => {
    expect(vfs.importStat('/flash/lib')).toBe('directory');
    expect(vfs.importStat('/flash/main.py')).toBe('file');
    expect(vfs.importStat('/flash/none.py')).toBe('none');
    expect(vfs.importStat('/none/x.py')).toBe('none');
    expect(vfs.importStat('/')).toBe('none');
  });

  it('do not hide from import what is no FsError', () => {
    sd.stat = (): never => {
      throw new RangeError('a defect');
    };
    expect(() => vfs.importStat('/sd/x')).toThrow('a defect');
  });

  it('cannot be mounted twice at one point', () => {
    expect(
      errorOf(() => {
        vfs.mount(new MemoryFs(), '/sd');
      }),
    ).toBe('EPERM');
    expect(vfs.mounts().map((mount) => mount.point)).toEqual(['/flash', '/sd']);
  });

  it('keep the current directory when chdir fails', () => {
    vfs.chdir('/flash/lib');
    expect(
      errorOf(() => {
        vfs.chdir('/sd/none');
      }),
    ).toBe('ENOENT');
    expect(vfs.getcwd()).toBe('/flash/lib');
  });

  it('do not take each other’s files by renaming', () => {
    expect(
      errorOf(() => {
        vfs.rename('/flash/main.py', '/sd/main.py');
      }),
    ).toBe('EPERM');
    vfs.rename('/flash/main.py', '/flash/other.py');
    expect(names('/flash')).toContain('other.py');
  });

  it('go by mount point or by object, and the current directory with them', () => {
    vfs.chdir('/sd');
    vfs.umount(sd);
    expect(vfs.getcwd()).toBe('/');
    vfs.umount('/flash');
    expect(vfs.mounts()).toEqual([]);
  });

  it('cannot have their mount point made as a directory', () => {
    expect(
      errorOf(() => {
        vfs.mkdir('/sd');
      }),
    ).toBe('EEXIST');
    vfs.mkdir('/sd/new');
    vfs.rmdir('/sd/new');
    vfs.remove('/sd/data.csv');
    expect(names('/sd')).toEqual([]);
  });

  it('can be mounted read-only', () => {
    const files = new MemoryFs();
    vfs.mount(files, '/ro', { readonly: true });
    expect(errorOf(() => vfs.open('/ro/x', 'w'))).toBe('EROFS');
  });

  it('are all told to sync and to close their files', () => {
    const told: string[] = [];
    const files = Object.assign(new MemoryFs(), {
      sync: () => told.push('sync'),
      closeFiles: () => told.push('close'),
    });
    vfs.mount(files, '/told');
    vfs.sync();
    vfs.closeFiles();
    expect(told).toEqual(['sync', 'close']);
  });
});

describe('a file system mounted at /', () => {
  beforeEach(() => {
    vfs.mount(flash, '/');
  });

  it('has all paths, except those of other mounts', () => {
    vfs.mount(sd, '/sd');
    expect(vfs.mounts().map((mount) => mount.point)).toEqual(['/sd', '/']);
    expect(names('/')).toEqual(['sd', 'lib', 'main.py']);
    expect(text(readFile(vfs, '/main.py'))).toBe('flash');
    expect(text(readFile(vfs, '/sd/data.csv'))).toBe('sd');
  });

  it('gives the root its volume and its current directory', () => {
    expect(vfs.statvfs('/').bsize).toBe(512);
    vfs.chdir('/lib');
    expect(vfs.getcwd()).toBe('/lib');
    vfs.chdir('/');
    expect(flash.getcwd()).toBe('/');
    expect(text(readFile(vfs, 'main.py'))).toBe('flash');
  });

  it('is hidden by a second one, which MicroPython allows', () => {
    expect(
      errorOf(() => {
        vfs.mount(sd, '/');
      }),
    ).toBe('no error');
    expect(vfs.mounts().map((mount) => mount.fileSystem)).toEqual([sd, flash]);
  });
});

describe('modes', () => {
  it.each<[string, boolean, boolean, string]>([
    ['r', true, false, 'existing'],
    ['rb', true, false, 'existing'],
    ['w', false, true, 'truncate'],
    ['a', false, true, 'append'],
    ['x', false, true, 'new'],
    ['r+', true, true, 'existing'],
    ['w+b', true, true, 'truncate'],
    ['', false, false, 'existing'],
  ])('%s', (mode, read, write, disposition) => {
    expect(parseMode(mode)).toEqual({ read, write, disposition });
  });

  it('are binary when the last of b and t is b', () => {
    expect(['r', 'rb', 'bt', 'tb', 'w+b', 'rt'].map(isBinaryMode)).toEqual([false, true, false, true, true, false]);
  });
});

describe('error numbers', () => {
  it('are those of MicroPython, with their names', () => {
    expect(new FsError(Errno.ENOENT)).toMatchObject({ errno: 2, message: 'ENOENT' });
    expect([errnoName(28), errnoName(110), errnoName(9999)]).toEqual(['ENOSPC', 'ETIMEDOUT', undefined]);
    expect(new FsError(9999).message).toBe('errno 9999');
  });
});

describe('paths', () => {
  it.each([
    ['/', 'a', '/a'],
    ['/a/b', '../c', '/a/c'],
    ['/a', '/b//c/./d/', '/b/c/d'],
    ['/a', '../../..', '/'],
    ['/a', '', '/a'],
  ])('from %s, %s leads to %s', (directory, path, result) => {
    expect(resolvePath(directory, path)).toBe(result);
  });

  it('are taken apart at the last slash', () => {
    expect(['/a/b', '/a', '/'].map(splitPath)).toEqual([
      { directory: '/a', name: 'b' },
      { directory: '/', name: 'a' },
      { directory: '/', name: '' },
    ]);
  });
});

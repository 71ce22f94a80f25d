/** Checks what is special about FAT: layouts, names, times, full disks, open files, damage. */

import { describe, expect, it } from 'vitest';
import { BlockIoctl, RamBlockDevice, type BlockDevice } from '../../../runtime/vfs/block-device';
import { Errno } from '../../../runtime/vfs/errno';
import { FatFs } from '../../../runtime/vfs/fat-fs';
import { readFile, SEEK_CUR, SEEK_SET, writeFile } from '../../../runtime/vfs/filesystem';
import { checkFat } from '../../support/fat-check';
import { bytes, errorOf, text } from './file-system-suite';

function makeFat(blocks = 224): { device: RamBlockDevice; files: FatFs } {
  const device = new RamBlockDevice(blocks);
  FatFs.format(device);
  return { device, files: new FatFs(device) };
}

const names = (files: FatFs, path = '/'): string[] => [...files.list(path)].map((entry) => entry.name);

/** A device without memory for its blocks: what was never written reads as zeros. */
class SparseDevice implements BlockDevice {
  readonly written = new Map<number, Uint8Array>();
  constructor(readonly blocks: number) {}
  readblocks(block: number, buffer: Uint8Array): number {
    for (let offset = 0; offset < buffer.length; offset += 512, block++) {
      const data = this.written.get(block);
      if (data === undefined) buffer.fill(0, offset, offset + 512);
      else buffer.set(data, offset);
    }
    return 0;
  }
  writeblocks(block: number, buffer: Uint8Array): number {
    for (let offset = 0; offset < buffer.length; offset += 512, block++) {
      this.written.set(block, buffer.slice(offset, offset + 512));
    }
    return 0;
  }
  ioctl(operation: number): number | undefined {
    return operation === BlockIoctl.blockCount ? this.blocks : operation === BlockIoctl.blockSize ? 512 : 0;
  }
}

describe('format', () => {
  // Sectors, bytes of a cluster, clusters: as MicroPython's own VfsFat answers.
  it.each([
    [50, 512, 16],
    [67, 512, 33],
    [224, 512, 190],
    [2048, 512, 2008],
    [4085, 512, 4040],
    [4095, 1024, 2027],
    [4096, 1024, 2028],
    [8191, 2048, 2037],
    [16383, 1024, 8158],
    [16384, 4096, 2043],
    [16400, 2048, 4087],
    [20000, 2048, 4986],
    [65535, 2048, 16359],
    [65536, 4096, 8183],
    [262144, 8192, 16377],
    [1048576, 16384, 32762],
    [2097152, 32768, 32765],
  ])('makes of %i sectors clusters of %i bytes, %i of them', (sectors, bsize, clusters) => {
    const device = new SparseDevice(sectors);
    FatFs.format(device);
    const volume = { bsize, frsize: bsize, blocks: clusters, bfree: clusters, bavail: clusters, namemax: 255 };
    expect(new FatFs(device).statvfs()).toMatchObject(volume);
  });

  it('makes of 4 GB a FAT32 volume in a partition', () => {
    const device = new SparseDevice(0x800000);
    FatFs.format(device);
    const files = new FatFs(device);
    writeFile(files, '/a file.txt', bytes('content'));
    expect(text(readFile(new FatFs(device), '/A FILE.TXT'))).toBe('content');
    const boot = device.written.get(63) ?? new Uint8Array();
    expect(text(boot.subarray(82, 87))).toBe('FAT32');
    expect(new DataView(boot.buffer).getUint32(32, true)).toBe(8388545);
    expect(files.statvfs()).toMatchObject({ bsize: 32768, bfree: files.statvfs().blocks - 2 });
  });

  it('refuses a disk that is too small with EIO', () => {
    for (const sectors of [21, 22, 49]) {
      expect(
        errorOf(() => {
          FatFs.format(new RamBlockDevice(sectors));
        }),
      ).toBe('EIO');
    }
  });

  it('refuses a disk that cannot be written with EROFS', () => {
    const { readblocks, ioctl } = RamBlockDevice.prototype;
    const device = { data: new Uint8Array(51200), blockSize: 512, readblocks, ioctl };
    expect(
      errorOf(() => {
        FatFs.format(device);
      }),
    ).toBe('EROFS');
  });

  it('writes the label in capitals, and it is not a file', () => {
    const device = new RamBlockDevice(100);
    FatFs.format(device, { label: 'pybflash' });
    const files = new FatFs(device);
    expect(files.label()).toBe('PYBFLASH');
    expect(names(files)).toEqual([]);
    expect(errorOf(() => files.stat('/PYBFLASH'))).toBe('ENOENT');
  });

  it('is what mounting with mkfs does where there is no volume, and only there', () => {
    const device = new RamBlockDevice(100);
    const files = new FatFs(device);
    expect(files.formatted).toBe(false);
    expect(
      errorOf(() => {
        files.mount(false, false);
      }),
    ).toBe('ENODEV');
    expect(errorOf(() => files.open('/x', 'w'))).toBe('ENODEV');
    files.mount(false, true);
    writeFile(files, '/x', bytes('kept'));
    new FatFs(device).mount(false, true);
    expect(text(readFile(files, '/x'))).toBe('kept');
  });

  it('finds a volume in a partition', () => {
    const { device: volume } = makeFat(100);
    const disk = new RamBlockDevice(200);
    disk.data.set(volume.data, 63 * 512);
    const view = new DataView(disk.data.buffer);
    view.setUint8(446 + 4, 1);
    view.setUint32(446 + 8, 63, true);
    view.setUint32(446 + 12, 100, true);
    view.setUint16(510, 0xaa55, true);
    const files = new FatFs(disk);
    writeFile(files, '/in partition.txt', bytes('here'));
    expect(checkFat(disk.data, 63 * 512).problems).toEqual([]);
    expect(names(new FatFs(disk))).toEqual(['in partition.txt']);
  });
});

describe('names', () => {
  it('keep their case and are found in any', () => {
    const { files } = makeFat();
    for (const name of ['lower.txt', 'UPPER.TXT', 'Mixed.Txt', 'lower.TXT2', 'a b'])
      writeFile(files, name, bytes(name));
    expect(names(files)).toEqual(['lower.txt', 'UPPER.TXT', 'Mixed.Txt', 'lower.TXT2', 'a b']);
    expect(text(readFile(files, 'MIXED.tXT'))).toBe('Mixed.Txt');
    expect(text(readFile(files, 'A B'))).toBe('a b');
  });

  it('change their case by renaming', () => {
    const { device, files } = makeFat();
    writeFile(files, 'readme.txt', bytes('x'));
    files.rename('readme.txt', 'ReadMe.txt');
    expect(names(files)).toEqual(['ReadMe.txt']);
    expect(checkFat(device.data).problems).toEqual([]);
  });

  it('get short names with numbers, from the sixth on with a hash', () => {
    const { device, files } = makeFat();
    for (let index = 1; index <= 8; index++) writeFile(files, `long name ${index}.text`, bytes(`${index}`));
    const short = [...checkFat(device.data).files.keys()];
    expect(short.slice(0, 5)).toEqual([
      '/LONGNA~1.TEX',
      '/LONGNA~2.TEX',
      '/LONGNA~3.TEX',
      '/LONGNA~4.TEX',
      '/LONGNA~5.TEX',
    ]);
    expect(short.slice(5)).toHaveLength(3);
    for (const name of short.slice(5)) expect(name).toMatch(/^\/LO[NGA]*~[0-9A-F]{1,4}\.TEX$/);
    expect(names(files)).toHaveLength(8);
    expect(text(readFile(files, 'LONGNA~3.TEX'))).toBe('3');
    expect(text(readFile(files, 'long name 8.text'))).toBe('8');
  });

  it.each<[string, string]>([
    ['.bashrc', '/~1.BAS'],
    ['x.tar.gz', '/XTAR~1.GZ'],
    ['a+b.c', '/A_B~1.C'],
    ['noextension', '/NOEXTE~1'],
    ['12345678.abc', '/12345678.ABC'],
    ['UPPER.low', '/UPPER.LOW'],
  ])('%s is %s when short', (name, short) => {
    const { device, files } = makeFat();
    writeFile(files, name, bytes('x'));
    expect([...checkFat(device.data).files.keys()]).toEqual([short]);
    expect(names(files)).toEqual([name]);
  });

  it('may be any Unicode, stored as a real board stores it', () => {
    const { device, files } = makeFat();
    const all = ['ü.py', '日本語のファイル.txt', 'naïve ☕', '\ud83d\ude00.bin'];
    for (const name of all) writeFile(files, name, bytes(name));
    const again = new FatFs(device);
    expect(names(again)).toEqual(all);
    for (const name of all) expect(text(readFile(again, name))).toBe(name);
    // c3 bc 2e … of code page 437.
    expect(
      device.data.some(
        (_, index) => String.fromCharCode(...device.data.subarray(index, index + 4)) === '\x1c\x25\x5d\x25',
      ),
    ).toBe(true);
  });

  it('of a file that a PC wrote lead to it, also with letters that are not UTF-8', () => {
    const { device, files } = makeFat();
    writeFile(files, 'XX long enough.txt', bytes('from a PC'));
    const marker = [0x58, 0, 0x58, 0, 0x20, 0];
    const at = device.data.findIndex((_, index) =>
      marker.every((byte, offset) => device.data[index + offset] === byte),
    );
    device.data[at] = 0xe9;
    const [name] = names(new FatFs(device));
    expect(name).toBe('\udc82X long enough.txt');
    expect(text(readFile(new FatFs(device), name ?? ''))).toBe('from a PC');
  });

  it('of up to 255 characters are kept, longer ones refused', () => {
    const { device, files } = makeFat();
    const long = 'n'.repeat(251) + '.txt';
    writeFile(files, long, bytes('x'));
    expect(names(files)).toEqual([long]);
    expect(errorOf(() => files.open('n'.repeat(256), 'w'))).toBe('EINVAL');
    expect(checkFat(device.data).problems).toEqual([]);
  });

  it('lose dots and spaces at their end', () => {
    const { files } = makeFat();
    writeFile(files, 'name. .', bytes('x'));
    expect(names(files)).toEqual(['name']);
    expect(files.stat('name...').size).toBe(1);
  });

  // As MicroPython's own VfsFat answers.
  it.each<[string, string, (files: FatFs) => unknown]>([
    ['a character that no name may have', 'EINVAL', (files) => files.open('a*b', 'w')],
    ['a missing directory before it', 'ENOENT', (files) => files.open('none/a*b', 'w')],
    ['nothing but dots', 'EINVAL', (files) => files.open('...', 'w')],
    ['an empty path', 'EINVAL', (files) => files.open('', 'r')],
    ['the root', 'EINVAL', (files) => files.open('/', 'w')],
    ['a slash at the end', 'EINVAL', (files) => files.stat('dir/')],
    [
      'a slash behind what is missing',
      'ENOENT',
      (files) => {
        files.mkdir('new/');
      },
    ],
    ['the directory itself', 'no error', (files) => files.stat('dir/.')],
    ['the directory above in a directory', 'no error', (files) => files.stat('dir/..')],
    ['the directory above in the root', 'EINVAL', (files) => files.stat('..')],
    [
      'to remove the root',
      'EINVAL',
      (files) => {
        files.rmdir('/');
      },
    ],
    [
      'to remove the directory above',
      'EINVAL',
      (files) => {
        files.rmdir('dir/..');
      },
    ],
    [
      'to rename the root',
      'EINVAL',
      (files) => {
        files.rename('/', 'x');
      },
    ],
    [
      'to rename to the root',
      'EINVAL',
      (files) => {
        files.rename('dir', '/');
      },
    ],
    [
      'to make the root',
      'EEXIST',
      (files) => {
        files.mkdir('/');
      },
    ],
    [
      'to remove the current directory',
      'EACCES',
      (files) => {
        files.chdir('dir');
        files.rmdir('/dir');
      },
    ],
    ['a backslash between names', 'no error', (files) => files.open('dir\\file', 'w')],
    ['two slashes between names', 'no error', (files) => files.open('//dir//file', 'w')],
  ])('%s: %s', (_what, expected, operation) => {
    const { files } = makeFat();
    files.mkdir('dir');
    expect(errorOf(() => operation(files))).toBe(expected);
  });
});

describe('times', () => {
  it('are those of the clock, in steps of two seconds', () => {
    let now = 800000001;
    const device = new RamBlockDevice(100);
    FatFs.format(device);
    const files = new FatFs(device, { now: () => now, epochYear: 2000 });
    writeFile(files, 'a', bytes('x'));
    expect(files.stat('a').mtime).toBe(800000000);
    now += 100;
    const file = files.open('a', 'a');
    file.close();
    expect(files.stat('a').mtime).toBe(800000000);
    writeFile(files, 'a', bytes('y'));
    expect(files.stat('a').mtime).toBe(800000100);
    expect(new FatFs(device, { epochYear: 1970 }).stat('a').mtime).toBe(800000100 + 946684800);
  });

  it('of the root are the first moment of 2000', () => {
    const { device, files } = makeFat();
    expect(files.stat('/').mtime).toBe(0);
    expect(new FatFs(device, { epochYear: 1970 }).stat('').mtime).toBe(946684800);
  });
});

describe('a full disk', () => {
  it('takes what fits, says ENOSPC, and gives everything back', () => {
    const { device, files } = makeFat(100);
    writeFile(files, 'keep.txt', bytes('precious'));
    const free = files.statvfs().bfree;
    const file = files.open('large', 'w');
    expect(errorOf(() => file.write(new Uint8Array(100000)))).toBe('ENOSPC');
    file.close();
    expect(files.stat('large').size).toBe(free * 512);
    expect(files.statvfs().bfree).toBe(0);
    expect(
      errorOf(() => {
        writeFile(files, 'more', bytes('x'));
      }),
    ).toBe('ENOSPC');
    expect(
      errorOf(() => {
        files.mkdir('dir');
      }),
    ).toBe('EACCES');
    expect(text(readFile(files, 'keep.txt'))).toBe('precious');
    expect(checkFat(device.data).problems).toEqual([]);
    files.remove('large');
    files.remove('more');
    expect(files.statvfs().bfree).toBe(free);
    writeFile(files, 'again', new Uint8Array(free * 512));
    expect(checkFat(device.data)).toMatchObject({ problems: [], freeClusters: 0 });
  });

  it('leaves the old file readable that is being lengthened', () => {
    const { device, files } = makeFat(100);
    writeFile(files, 'log', bytes('old '));
    const file = files.open('log', 'a');
    expect(errorOf(() => file.write(new Uint8Array(100000)))).toBe('ENOSPC');
    expect(text(readFile(files, 'log'))).toBe('old ');
    file.close();
    expect(text(readFile(files, 'log').subarray(0, 4))).toBe('old ');
    expect(checkFat(device.data).problems).toEqual([]);
  });

  it('is also one whose root has no slot left, which is EACCES', () => {
    const { files } = makeFat(1000);
    for (let index = 0; index < 512; index++) writeFile(files, `F${index}`, new Uint8Array(0));
    expect(errorOf(() => files.open('F512', 'w'))).toBe('EACCES');
    files.remove('F100');
    writeFile(files, 'F512', new Uint8Array(0));
    expect(names(files)).toHaveLength(512);
  });

  it('has room in a directory that grows', () => {
    const { device, files } = makeFat(1000);
    files.mkdir('d');
    for (let index = 0; index < 100; index++) writeFile(files, `d/file number ${index}.txt`, bytes(`${index}`));
    expect(text(readFile(new FatFs(device), 'd/file number 99.txt'))).toBe('99');
    expect(checkFat(device.data).problems).toEqual([]);
  });
});

describe('an open file', () => {
  it('has its old size on the disk until it is flushed or closed', () => {
    const { device, files } = makeFat();
    const file = files.open('a', 'w');
    file.write(bytes('x'.repeat(1000)));
    expect(new FatFs(device).stat('a').size).toBe(0);
    file.flush();
    expect(new FatFs(device).stat('a').size).toBe(1000);
  });

  it('is closed with the others by closeFiles', () => {
    const { device, files } = makeFat();
    files.open('a', 'w').write(bytes('unclosed'));
    const b = files.open('b', 'w');
    b.write(bytes('too'));
    files.closeFiles();
    expect(b.closed).toBe(true);
    expect(text(readFile(new FatFs(device), 'a'))).toBe('unclosed');
    expect(checkFat(device.data).problems).toEqual([]);
  });

  it('fails and harms nothing when it was removed', () => {
    const { device, files } = makeFat();
    const file = files.open('a', 'w');
    file.write(new Uint8Array(3000));
    files.remove('a');
    writeFile(files, 'b', new Uint8Array(3000).fill(7));
    expect(errorOf(() => file.write(bytes('x')))).toBe('EIO');
    file.close();
    expect(readFile(files, 'b')).toEqual(new Uint8Array(3000).fill(7));
    expect(checkFat(device.data).problems).toEqual([]);
  });

  it('fails when it is opened again to be emptied', () => {
    const { device, files } = makeFat();
    const first = files.open('log', 'w');
    first.write(new Uint8Array(2000));
    writeFile(files, 'log', bytes('second'));
    expect(errorOf(() => first.write(bytes('x')))).toBe('EIO');
    files.closeFiles();
    first.close();
    expect(text(readFile(files, 'log'))).toBe('second');
    expect(checkFat(device.data).problems).toEqual([]);
  });

  it('goes on when it is renamed', () => {
    const { device, files } = makeFat();
    const file = files.open('a', 'w');
    file.write(bytes('one '));
    files.rename('a', 'a longer name');
    file.write(bytes('two'));
    file.close();
    expect(text(readFile(files, 'a longer name'))).toBe('one two');
    expect(checkFat(device.data).problems).toEqual([]);
  });

  it('grows at once when the position goes past its end', () => {
    const { device, files } = makeFat();
    const file = files.open('a', 'w');
    expect(file.seek(3000, SEEK_SET)).toBe(3000);
    file.close();
    expect(files.stat('a').size).toBe(3000);
    const reader = files.open('a', 'r');
    expect(reader.seek(5000, SEEK_SET)).toBe(3000);
    expect(checkFat(device.data).problems).toEqual([]);
  });

  it('takes a place before its beginning for one far behind its end', () => {
    const { files } = makeFat(100);
    writeFile(files, 'a', bytes('0123456789'));
    const reader = files.open('a', 'r');
    expect(reader.seek(-20, SEEK_CUR)).toBe(10);
    reader.close();
    const writer = files.open('a', 'r+');
    expect(writer.seek(-20, SEEK_CUR)).toBe(66 * 512);
    expect(files.statvfs().bfree).toBe(0);
  });

  it('tells its last position when it is closed', () => {
    const { files } = makeFat();
    const file = files.open('a', 'w');
    file.write(bytes('abc'));
    file.close();
    expect([file.tell(), file.seek(1, SEEK_SET)]).toEqual([3, 3]);
    expect(
      errorOf(() => {
        file.flush();
      }),
    ).toBe('EINVAL');
  });

  it('shares the disk with another one being written', () => {
    const { device, files } = makeFat();
    const a = files.open('a', 'w');
    const b = files.open('b', 'w');
    for (let index = 0; index < 40; index++) {
      a.write(new Uint8Array(200).fill(index));
      b.write(new Uint8Array(300).fill(100 + index));
    }
    a.close();
    b.close();
    const expected = (size: number, base: number): number[] =>
      Array.from({ length: size * 40 }, (_, index) => base + Math.floor(index / size));
    expect([...readFile(files, 'a')]).toEqual(expected(200, 0));
    expect([...readFile(files, 'b')]).toEqual(expected(300, 100));
    expect(checkFat(device.data).problems).toEqual([]);
  });
});

describe('two copies of the FAT', () => {
  it('are kept the same', () => {
    const device = new RamBlockDevice(100);
    FatFs.format(device);
    // The same volume with a second copy: one more sector before the root.
    const twice = new RamBlockDevice(101);
    twice.data.set(device.data.subarray(0, 1024));
    twice.data.set(device.data.subarray(512, 1024), 1024);
    twice.data[16] = 2;
    twice.data[19] = 101;
    const files = new FatFs(twice);
    files.mkdir('d');
    writeFile(files, 'd/file', new Uint8Array(5000));
    files.remove('d/file');
    writeFile(files, 'file', new Uint8Array(2000));
    expect(checkFat(twice.data).problems).toEqual([]);
  });
});

describe('a device that fails', () => {
  it('makes every operation EIO', () => {
    const { device, files } = makeFat();
    writeFile(files, 'a', new Uint8Array(2000));
    const file = files.open('a', 'r');
    device.readblocks = (): number => -Errno.EIO;
    expect(errorOf(() => readFile(files, 'a'))).toBe('EIO');
    expect(errorOf(() => file.readInto(new Uint8Array(2000)))).toBe('EIO');
    expect(errorOf(() => new FatFs(device))).toBe('EIO');
  });

  it('ends a list without an error', () => {
    const { device, files } = makeFat();
    for (let index = 0; index < 40; index++) writeFile(files, `F${index}`, new Uint8Array(0));
    const rows = files.list('/')[Symbol.iterator]();
    rows.next();
    device.readblocks = (): number => -Errno.EIO;
    let count = 1;
    while (rows.next().done !== true) count++;
    expect(count).toBe(16);
  });

  it('that is not ready is EBUSY', () => {
    const { device } = makeFat();
    device.ioctl = (): number => 5;
    expect(errorOf(() => new FatFs(device))).toBe('EBUSY');
  });

  it('with damaged chains does not hang', () => {
    const { device, files } = makeFat();
    files.mkdir('d');
    writeFile(files, 'a', new Uint8Array(3000));
    // Every entry of the FAT points to cluster 2.
    for (let index = 3; index + 2 < 512; index += 3) device.data.set([0x02, 0x20, 0x00], 512 + index);
    const damaged = new FatFs(device);
    expect(errorOf(() => [...damaged.list('d')])).toBe('no error');
    expect(() => readFile(damaged, 'a')).not.toThrow();
    expect(
      errorOf(() => {
        writeFile(damaged, 'd/x', bytes('x'));
      }),
    ).not.toBe('no error');
    damaged.remove('a');
  });
});

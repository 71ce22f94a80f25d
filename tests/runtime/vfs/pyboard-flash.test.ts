/** Checks the flash of a pyboard: what a computer would see of it over USB, and what a new board has on it. */

import { describe, expect, it } from 'vitest';
import { RamBlockDevice } from '../../../runtime/vfs/block-device';
import { FatFs } from '../../../runtime/vfs/fat-fs';
import { readFile, writeFile } from '../../../runtime/vfs/filesystem';
import {
  createFactoryFiles,
  flashBlockCount,
  flashPartitionStart,
  openPyboardFlash,
  PyboardFlash,
} from '../../../runtime/vfs/pyboard-flash';
import { checkFat } from '../../support/fat-check';
import { bytes, text } from './file-system-suite';

function makeFlash(): { storage: RamBlockDevice; flash: PyboardFlash } {
  const storage = new RamBlockDevice(flashBlockCount);
  storage.data.fill(0xff);
  return { storage, flash: new PyboardFlash(storage) };
}

const read = (flash: PyboardFlash, block: number): Uint8Array => {
  const buffer = new Uint8Array(512);
  expect(flash.readblocks(block, buffer)).toBe(0);
  return buffer;
};

describe('PyboardFlash', () => {
  it('has 480 blocks, of which the flash is the last 224', () => {
    const { storage, flash } = makeFlash();
    expect([flash.ioctl(4, 0), flash.ioctl(5, 0)]).toEqual([480, 512]);
    storage.data[0] = 0x11;
    storage.data[storage.data.length - 1] = 0x22;
    expect(read(flash, flashPartitionStart)[0]).toBe(0x11);
    expect(read(flash, 479)[511]).toBe(0x22);
    expect(flash.readblocks(480, new Uint8Array(512))).toBe(-5);
    expect(flash.readblocks(479, new Uint8Array(1024))).toBe(-5);
  });

  it('begins with a partition table for FAT12 and then zeros', () => {
    const { flash } = makeFlash();
    const table = read(flash, 0);
    expect([...table.subarray(446, 462)]).toEqual([0, 0, 0, 0, 1, 255, 255, 255, 0, 1, 0, 0, 224, 0, 0, 0]);
    expect([...table.subarray(510)]).toEqual([0x55, 0xaa]);
    for (const block of [1, 255]) expect(read(flash, block).every((byte) => byte === 0)).toBe(true);
  });

  it('takes writes before the partition and forgets them', () => {
    const { storage, flash } = makeFlash();
    expect(flash.writeblocks(0, new Uint8Array(512).fill(7))).toBe(0);
    expect(flash.writeblocks(255, new Uint8Array(1024).fill(7))).toBe(0);
    expect(read(flash, 0)[0]).toBe(0);
    expect(read(flash, 255)[0]).toBe(0);
    expect(storage.data[0]).toBe(7);
    expect(storage.data[512]).toBe(0xff);
  });
});

describe('openPyboardFlash', () => {
  it('makes a new file system with the factory files where there is none', () => {
    const { storage, flash } = makeFlash();
    const { files, created } = openPyboardFlash(flash);
    expect(created).toBe(true);
    expect(files.label()).toBe('PYBFLASH');
    expect([...files.list('/')].map((entry) => entry.name)).toEqual(['boot.py', 'main.py', 'pybcdc.inf', 'README.txt']);
    expect(files.statvfs()).toMatchObject({ bsize: 512, blocks: 190 });
    expect(checkFat(storage.data)).toMatchObject({ problems: [], type: 12 });
  });

  it('ends every line of the factory files as Windows does', () => {
    const { files } = openPyboardFlash(makeFlash().flash);
    for (const { name } of files.list('/')) {
      const content = text(readFile(files, `/${name}`));
      expect(content).toMatch(/\r\n$/);
      expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
    expect(text(readFile(files, '/boot.py'))).toContain("#pyb.usb_mode('VCP+HID')");
  });

  it('leaves a file system alone that is there, also one that was emptied', () => {
    const { flash } = makeFlash();
    const { files } = openPyboardFlash(flash);
    files.remove('/main.py');
    const again = openPyboardFlash(new PyboardFlash(flash.storage));
    expect(again.created).toBe(false);
    expect([...again.files.list('/')].map((entry) => entry.name)).not.toContain('main.py');
  });

  it('reads an image that holds the volume without the table', () => {
    const { storage, flash } = makeFlash();
    const { files } = openPyboardFlash(flash);
    writeFile(files, '/x', bytes('same'));
    expect(text(readFile(new FatFs(storage), '/x'))).toBe('same');
  });
});

describe('createFactoryFiles', () => {
  it('brings back a new board', () => {
    const { storage, flash } = makeFlash();
    const { files } = openPyboardFlash(flash);
    writeFile(files, '/main.py', bytes('while True: pass'));
    writeFile(files, '/large', new Uint8Array(80000));
    const fresh = createFactoryFiles(flash, { now: () => 86400 });
    expect([...fresh.list('/')]).toHaveLength(4);
    expect(text(readFile(fresh, '/main.py'))).toMatch(/^#/);
    expect(fresh.stat('/main.py').mtime).toBe(86400);
    expect(checkFat(storage.data).problems).toEqual([]);
  });
});

/** Checks the file behind a simulated flash: what is in it when, who may have it, and what a killed process leaves. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  FlashFile,
  FlashInUseError,
  FlashSizeError,
  type FlashFileDisk,
  type FlashFileOptions,
} from '../../../main/simulator/flash-file';
import { BlockIoctl } from '../../../runtime/vfs/block-device';
import { readFile, writeFile } from '../../../runtime/vfs/filesystem';
import { flashBlockCount, openPyboardFlash, PyboardFlash } from '../../../runtime/vfs/pyboard-flash';
import { checkFat } from '../../support/fat-check';

let folder: string;
let file: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tether-flash-'));
  file = path.join(folder, 'board.flash');
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const block = (value: number): Uint8Array => new Uint8Array(512).fill(value);
const onDisk = (index: number): number | undefined => fs.readFileSync(file)[index * 512];

function open(options: Partial<FlashFileOptions> = {}): FlashFile {
  return FlashFile.open(file, { blockCount: 16, ...options });
}

describe('FlashFile', () => {
  it('makes a file of erased flash', () => {
    const flash = open();
    expect([flash.ioctl(BlockIoctl.blockCount), flash.ioctl(BlockIoctl.blockSize)]).toEqual([16, 512]);
    flash.close();
    expect(fs.readFileSync(file)).toEqual(Buffer.alloc(16 * 512, 0xff));
    expect(fs.readdirSync(folder)).toEqual(['board.flash']);
  });

  it('keeps what was written', () => {
    const flash = open();
    flash.writeblocks(3, block(7));
    flash.writeblocks(5, Uint8Array.of(1, 2, 3), 510);
    flash.close();
    const again = open();
    const buffer = new Uint8Array(4);
    again.readblocks(3, buffer, 0);
    expect([...buffer]).toEqual([7, 7, 7, 7]);
    again.readblocks(5, buffer, 509);
    expect([...buffer]).toEqual([0xff, 1, 2, 3]);
    again.close();
  });

  it('refuses what lies behind its end with EIO', () => {
    const flash = open();
    expect(flash.readblocks(16, block(0))).toBe(-5);
    expect(flash.writeblocks(15, new Uint8Array(1024))).toBe(-5);
    flash.close();
    expect(flash.writeblocks(0, block(1))).toBe(-5);
  });

  it('writes into the file when told to sync, and not before', () => {
    const flash = open({ delay: 100000 });
    flash.writeblocks(3, block(7));
    expect(flash.dirty).toBe(true);
    expect(onDisk(3)).toBe(0xff);
    expect(flash.ioctl(BlockIoctl.sync)).toBe(0);
    expect(flash.dirty).toBe(false);
    expect(onDisk(3)).toBe(7);
    flash.close();
  });

  it('writes at the next use once the delay has passed, where no timer can run', () => {
    let now = 0;
    const flash = open({ delay: 1000, now: () => now });
    flash.writeblocks(3, block(7));
    now = 999;
    flash.readblocks(0, block(0));
    expect(onDisk(3)).toBe(0xff);
    now = 1000;
    flash.flushIfDue();
    expect(onDisk(3)).toBe(7);
    flash.close();
  });

  it('counts the delay from the first write that waits', () => {
    let now = 0;
    const flash = open({ delay: 1000, now: () => now });
    for (now = 0; now < 1000; now += 250) flash.writeblocks(3, block(now / 250));
    expect(onDisk(3)).toBe(0xff);
    now = 1000;
    flash.writeblocks(4, block(9));
    expect([onDisk(3), onDisk(4)]).toEqual([3, 9]);
    flash.close();
  });

  it('writes by a timer where one can run', () => {
    vi.useFakeTimers();
    try {
      const flash = open({ delay: 1000, now: () => 0 });
      flash.writeblocks(3, block(7));
      vi.advanceTimersByTime(999);
      expect(onDisk(3)).toBe(0xff);
      vi.advanceTimersByTime(1);
      expect(onDisk(3)).toBe(7);
      flash.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('writes only the blocks that changed', () => {
    const writes: number[] = [];
    const disk: FlashFileDisk = {
      ...fs,
      writeSync: ((_descriptor: number, data: Uint8Array, offset: number, length: number, position: number) => {
        writes.push(position / 512);
        return fs.writeSync(_descriptor, data, offset, length, position);
      }) as typeof fs.writeSync,
    };
    const flash = open({ disk });
    flash.writeblocks(9, block(1));
    flash.writeblocks(2, new Uint8Array(1024));
    flash.writeblocks(9, block(2));
    flash.close();
    expect(writes).toEqual([2, 3, 9]);
  });

  it('leaves a file alone that is no such flash', () => {
    fs.writeFileSync(file, 'my thesis');
    expect(() => open()).toThrow(FlashSizeError);
    expect(fs.readFileSync(file, 'utf8')).toBe('my thesis');
    expect(fs.readdirSync(folder)).toEqual(['board.flash']);
  });

  it('says EIO when this computer’s disk fails, and writes later', () => {
    let broken = false;
    const disk: FlashFileDisk = {
      ...fs,
      writeFileSync: (...args: Parameters<typeof fs.writeFileSync>) => {
        if (broken) throw new Error('disk full');
        fs.writeFileSync(...args);
      },
    };
    const flash = open({ disk });
    flash.writeblocks(3, block(7));
    broken = true;
    expect(flash.ioctl(BlockIoctl.sync)).toBe(-5);
    expect(() => {
      flash.flush();
    }).toThrow('disk full');
    broken = false;
    expect(flash.ioctl(BlockIoctl.sync)).toBe(0);
    expect(onDisk(3)).toBe(7);
    flash.close();
  });
});

describe('the lock of a FlashFile', () => {
  it('keeps a second board of this process out', () => {
    const flash = open({ owner: 'one' });
    expect(() => open({ owner: 'two' })).toThrow(FlashInUseError);
    flash.close();
    open({ owner: 'two' }).close();
  });

  it('lets the same board in again whose thread was ended', () => {
    open({ owner: 'one' }).flush();
    const again = open({ owner: 'one' });
    again.writeblocks(0, block(1));
    again.close();
    expect(onDisk(0)).toBe(1);
  });

  it('keeps other processes out and says which one has it', () => {
    const other = process.ppid;
    fs.writeFileSync(`${file}.lock`, `${other} board`);
    expect(() => open()).toThrow(`in use by process ${other}`);
    expect(fs.existsSync(file)).toBe(false);
  });

  it('is taken over from a process that is no more', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    fs.writeFileSync(`${file}.lock`, `${pid} board`);
    open().close();
    expect(fs.readdirSync(folder)).toEqual(['board.flash']);
  });

  it('is taken over when it says nothing', () => {
    fs.writeFileSync(`${file}.lock`, '');
    open().close();
    expect(fs.readdirSync(folder)).toEqual(['board.flash']);
  });
});

/** The disk as a process sees it that, once told so, is killed after so many bytes were written: the last write may be cut. */
function makeMortalDisk(): { disk: FlashFileDisk; killAfter: (bytes: number) => void } {
  let left = Infinity;
  const spend = (wanted: number): number => {
    const granted = Math.min(left, wanted);
    left -= granted;
    return granted;
  };
  const dead = (): never => {
    throw new Error('killed');
  };
  const disk: FlashFileDisk = {
    ...fs,
    writeFileSync: ((target: string, data: string | Uint8Array, options?: fs.WriteFileOptions) => {
      if (left <= 0) dead();
      const all = Buffer.from(data as Uint8Array);
      const granted = spend(Math.max(1, all.length));
      fs.writeFileSync(target, all.subarray(0, granted), options);
      if (granted < all.length) dead();
    }) as typeof fs.writeFileSync,
    writeSync: ((descriptor: number, data: Uint8Array, offset: number, length: number, position: number) => {
      if (left <= 0) dead();
      const granted = spend(length);
      fs.writeSync(descriptor, data, offset, granted, position);
      if (granted < length) dead();
      return granted;
    }) as typeof fs.writeSync,
  };
  return {
    disk,
    killAfter: (bytes) => {
      left = bytes;
    },
  };
}

describe('a killed process', () => {
  it('leaves the file as before a flush or as after it', () => {
    const outcomes = new Set<string>();
    for (let bytes = 1; bytes < 5000; bytes += 97) {
      fs.rmSync(file, { force: true });
      const first = open();
      for (let index = 0; index < 4; index++) first.writeblocks(index, block(1));
      first.close();
      const { disk, killAfter } = makeMortalDisk();
      const dying = open({ disk });
      killAfter(bytes);
      for (let index = 0; index < 4; index++) dying.writeblocks(index, block(2));
      dying.ioctl(BlockIoctl.sync);
      const survivor = open();
      const content = new Uint8Array(4 * 512);
      survivor.readblocks(0, content);
      expect(new Set(content).size, `after ${bytes} bytes`).toBe(1);
      outcomes.add(String(content[0]));
      survivor.close();
    }
    expect([...outcomes].sort()).toEqual(['1', '2']);
  });

  it('leaves a file system that can be mounted and has every file that was closed', () => {
    let killedEarly = 0;
    for (let bytes = 3000; bytes < 400000; bytes += 13337) {
      fs.rmSync(file, { force: true });
      const start = FlashFile.open(file, { blockCount: flashBlockCount });
      openPyboardFlash(new PyboardFlash(start));
      start.close();
      const { disk, killAfter } = makeMortalDisk();
      const dying = FlashFile.open(file, { blockCount: flashBlockCount, disk, delay: 0 });
      killAfter(bytes);
      const { files } = openPyboardFlash(new PyboardFlash(dying));
      let closed = 0;
      for (; closed < 30; closed++) {
        writeFile(files, `/file${closed}`, new Uint8Array(1500).fill(closed));
        if (dying.dirty) break;
      }
      if (closed < 30) killedEarly++;
      const survivor = FlashFile.open(file, { blockCount: flashBlockCount });
      const after = openPyboardFlash(new PyboardFlash(survivor));
      expect(after.created).toBe(false);
      for (let index = 0; index < closed; index++) {
        expect(readFile(after.files, `/file${index}`)).toEqual(new Uint8Array(1500).fill(index));
      }
      survivor.close();
      const problems = checkFat(fs.readFileSync(file)).problems.map(({ problem }) => problem);
      expect(problems.filter((problem) => problem !== 'lost clusters')).toEqual([]);
    }
    expect(killedEarly).toBeGreaterThan(5);
  });
});

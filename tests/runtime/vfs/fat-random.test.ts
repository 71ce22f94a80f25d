/** Compares FAT with a model in memory over random operations, and looks at what a disk is left with when power fails. */

import { describe, expect, it } from 'vitest';
import { Errno } from '../../../runtime/vfs/errno';
import { RamBlockDevice } from '../../../runtime/vfs/block-device';
import { FatFs } from '../../../runtime/vfs/fat-fs';
import { readFile, S_IFDIR, SEEK_SET, writeFile, type FileSystem } from '../../../runtime/vfs/filesystem';
import { MemoryFs } from '../../../runtime/vfs/memory-fs';
import { checkFat, type FatProblem } from '../../support/fat-check';
import { bytes, errorOf } from './file-system-suite';

/** Random whole numbers below a limit, the same for the same seed. */
function makeRandom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((Math.imul(state ^ (state >>> 13), 0x297a2d39) >>> 8) % limit) >>> 0;
  };
}

const fileNames = [
  'a',
  'b.txt',
  'a longer name.text',
  'a longer name.data',
  'x.tar.gz',
  'ü.py',
  'Mixed.Case',
  '.hidden',
];
const directoryNames = ['d', 'sub directory', 'D2.x'];

type Operation = (files: FileSystem) => unknown;

/** One random operation, the same for every file system that it is done on. */
function makeOperation(random: (limit: number) => number): { what: string; operation: Operation } {
  const pick = (list: readonly string[]): string => list[random(list.length)] ?? '';
  const directory = (): string => Array.from({ length: random(3) }, () => `/${pick(directoryNames)}`).join('');
  const path = (): string => `${directory()}/${pick(random(5) === 0 ? directoryNames : fileNames)}`;
  const data = (size: number): Uint8Array => new Uint8Array(size).fill(random(256));
  const one = path();
  const two = path();
  const content = data(random(4) === 0 ? random(30000) : random(1500));
  const mode = pick(['w', 'a', 'r+', 'w+', 'a+', 'x']);
  const place = random(2000);
  const made = `${directory()}/${pick(directoryNames)}`;
  const operations: [string, Operation][] = [
    [`write ${one} ${mode} ${content.length}`, (files) => change(files, one, mode, content, -1)],
    [`change ${one} at ${place}`, (files) => change(files, one, 'r+', content, place)],
    [`append ${one}`, (files) => change(files, one, 'a', content, -1)],
    [`read ${one}`, (files) => readFile(files, one)],
    [
      `mkdir ${made}`,
      (files) => {
        files.mkdir(made);
      },
    ],
    [
      `rmdir ${one}`,
      (files) => {
        files.rmdir(one);
      },
    ],
    [
      `remove ${one}`,
      (files) => {
        files.remove(one);
      },
    ],
    [
      `rename ${one} to ${two}`,
      (files) => {
        files.rename(one, two);
      },
    ],
    [`stat ${one}`, (files) => ({ size: files.stat(one).size, mode: files.stat(one).mode })],
    [`list ${one}`, (files) => [...files.list(one)].map((entry) => entry.name).sort()],
  ];
  const [what, operation] = operations[random(operations.length)] ?? ['', (): undefined => undefined];
  return { what, operation };
}

/** Writes at a place within the file, or where the mode begins. */
function change(files: FileSystem, path: string, mode: string, data: Uint8Array, place: number): unknown {
  const size = mode === 'r+' ? files.stat(path).size : 0;
  const file = files.open(path, mode);
  try {
    if (place >= 0) file.seek(Math.min(place, size), SEEK_SET);
    return file.write(data);
  } finally {
    file.close();
  }
}

/** A FAT32 volume as other systems make it: two copies of the FAT, clusters of one sector. */
function makeFat32(): RamBlockDevice {
  const sectors = 70000;
  const fatSectors = 547;
  const clusters = sectors - 32 - 2 * fatSectors;
  const device = new RamBlockDevice(sectors);
  const view = new DataView(device.data.buffer);
  device.data.set([0xeb, 0x58, 0x90]);
  view.setUint16(11, 512, true);
  view.setUint8(13, 1);
  view.setUint16(14, 32, true);
  view.setUint8(16, 2);
  view.setUint32(32, sectors, true);
  view.setUint32(36, fatSectors, true);
  view.setUint32(44, 2, true);
  view.setUint16(48, 1, true);
  device.data.set(bytes('FAT32   '), 82);
  view.setUint16(510, 0xaa55, true);
  view.setUint32(512, 0x41615252, true);
  view.setUint32(512 + 484, 0x61417272, true);
  view.setUint32(512 + 488, clusters - 1, true);
  view.setUint32(512 + 492, 2, true);
  view.setUint16(512 + 510, 0xaa55, true);
  for (const fat of [32, 32 + fatSectors]) {
    [0x0ffffff8, 0x0fffffff, 0x0fffffff].forEach((entry, index) => {
      view.setUint32(fat * 512 + index * 4, entry, true);
    });
  }
  return device;
}

/** What an operation gives: its value, or the name of its error. */
function outcome(files: FileSystem, operation: Operation): unknown {
  let value: unknown;
  const error = errorOf(() => (value = operation(files)));
  return error === 'no error' ? value : error;
}

function tree(files: FileSystem, path = ''): [string, Uint8Array | null][] {
  return [...files.list(path === '' ? '/' : path)]
    .map((entry) => ({ ...entry, path: `${path}/${entry.name}` }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((entry): [string, Uint8Array | null][] =>
      entry.type === S_IFDIR
        ? [[entry.path, null], ...tree(files, entry.path)]
        : [[entry.path, readFile(files, entry.path)]],
    );
}

describe('random operations', () => {
  it.each([
    ['FAT12', 4000, 1],
    ['FAT12', 4000, 2],
    ['FAT12 with large clusters', 8191, 3],
    ['FAT16', 16383, 4],
    ['FAT16', 16383, 5],
  ])('on %s with %i sectors do the same as in memory (seed %i)', (_name, sectors, seed) => {
    const random = makeRandom(seed);
    const device = new RamBlockDevice(sectors);
    FatFs.format(device);
    let files = new FatFs(device);
    const model = new MemoryFs({ capacity: 64 * 1024 * 1024 });
    for (let step = 0; step < 400; step++) {
      const { what, operation } = makeOperation(random);
      expect(outcome(files, operation), `${step}: ${what}`).toEqual(outcome(model, operation));
      if (step % 20 === 19) {
        files = new FatFs(device);
        expect(tree(files)).toEqual(tree(model));
        expect(checkFat(device.data).problems).toEqual([]);
      }
    }
  });

  it('on FAT32 with two copies do the same as in memory', () => {
    const random = makeRandom(32);
    const device = makeFat32();
    const files = new FatFs(device);
    const model = new MemoryFs({ capacity: 64 * 1024 * 1024 });
    for (let step = 0; step < 300; step++) {
      const { what, operation } = makeOperation(random);
      expect(outcome(files, operation), `${step}: ${what}`).toEqual(outcome(model, operation));
    }
    expect(tree(new FatFs(device))).toEqual(tree(model));
    const report = checkFat(device.data);
    expect(report).toMatchObject({ type: 32, problems: [] });
    expect(files.statvfs().bfree).toBe(report.freeClusters);
  });

  it('on a disk that is always nearly full leave it whole', () => {
    const random = makeRandom(77);
    const device = new RamBlockDevice(100);
    FatFs.format(device);
    const files = new FatFs(device);
    let full = 0;
    for (let step = 0; step < 1500; step++) {
      if (outcome(files, makeOperation(random).operation) === 'ENOSPC') full++;
      if (step % 50 === 49) expect(checkFat(device.data).problems).toEqual([]);
    }
    expect(full).toBeGreaterThan(20);
    expect(files.statvfs().bfree).toBe(checkFat(device.data).freeClusters);
  });
});

/** A disk whose power fails: after so many written sectors nothing more arrives. */
class FailingDevice extends RamBlockDevice {
  left = Infinity;
  override writeblocks(block: number, buffer: Uint8Array): number {
    if (this.left <= 0) return -Errno.EIO;
    const sectors = Math.min(this.left, buffer.length / this.blockSize);
    this.left -= sectors;
    super.writeblocks(block, buffer.subarray(0, sectors * this.blockSize));
    return sectors * this.blockSize === buffer.length ? 0 : -Errno.EIO;
  }
}

/** What a power failure may leave: space that nobody has, or half of a name. Never is data lost or shared. */
const harmless: readonly FatProblem[] = ['lost clusters', 'chain too long', 'orphaned long name'];
/** In the middle of renaming, both names may be there. */
const harmlessWhileRenaming: readonly FatProblem[] = [...harmless, 'cross-linked', 'duplicate name', 'bad dot entries'];

describe('a power failure', () => {
  it.each([1, 2, 3, 4])('at any write costs at most the operation under way (seed %i)', (seed) => {
    const random = makeRandom(seed * 1000);
    let reached = 0;
    for (let round = 0; round < 30; round++) {
      const device = new FailingDevice(round % 2 === 0 ? 224 : 16383);
      FatFs.format(device);
      const files = new FatFs(device);
      writeFile(files, '/keep.txt', bytes('keep me'));
      for (let step = 0; step < 15; step++) outcome(files, makeOperation(random).operation);
      device.left = random(12);
      let what = '';
      while (device.left > 0) {
        const next = makeOperation(random);
        what = next.what;
        outcome(files, next.operation);
      }
      reached++;
      const allowed = what.startsWith('rename') ? harmlessWhileRenaming : harmless;
      const bad = checkFat(device.data).problems.filter(({ problem }) => !allowed.includes(problem));
      expect(bad, `round ${round}: ${what}`).toEqual([]);
      device.left = Infinity;
      const after = new FatFs(device);
      expect(readFile(after, '/keep.txt')).toEqual(bytes('keep me'));
      writeFile(after, '/after.txt', bytes('goes on'));
      expect(readFile(after, '/after.txt')).toEqual(bytes('goes on'));
    }
    expect(reached).toBe(30);
  });
});

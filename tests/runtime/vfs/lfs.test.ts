/** littlefs, both versions: the suite of all file systems, power loss, bad blocks, wear, and exchange with MicroPython. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RamBlockDevice, type BlockDevice } from '../../../runtime/vfs/block-device';
import { FsError } from '../../../runtime/vfs/errno';
import { S_IFDIR, readFile, writeFile, type FileSystem } from '../../../runtime/vfs/filesystem';
import { Lfs1Fs } from '../../../runtime/vfs/lfs1-fs';
import { Lfs2Fs } from '../../../runtime/vfs/lfs2-fs';
import { itWith } from '../../support/components';
import { bytes, describeFileSystem, errorOf, text, type SuiteErrors } from './file-system-suite';

const errors: SuiteErrors = {
  notEmpty: 'ENOTEMPTY',
  openDirectoryToWrite: 'EISDIR',
  listFile: 'ENOTDIR',
  enterFile: 'ENOENT',
  underFile: 'ENOTDIR',
  mayNotRead: 'EBADF',
  exclusiveOnExisting: 'EEXIST',
  directoryOverFile: 'ENOTDIR',
  beforeTheBeginning: 'EINVAL',
  removeDirectory: 'ENOTEMPTY',
  removeFileAsDirectory: 'no error',
};

const versions = [
  { name: 'littlefs 1', Type: Lfs1Fs },
  { name: 'littlefs 2', Type: Lfs2Fs },
] as const;

for (const [blocks, blockSize] of [[300, 512], [60, 4096], [900, 256]] as const) {
  for (const { name, Type } of versions) {
    describeFileSystem(
      `${name} with blocks of ${String(blockSize)} bytes`,
      { ...errors, directoryOverFile: Type === Lfs1Fs ? 'EISDIR' : 'ENOTDIR' },
      () => {
        const device = new RamBlockDevice(blocks, blockSize);
        Type.format(device);
        return new Type(device);
      },
    );
  }
} // prettier-ignore

/** All files with their content, and all directories. */
function treeOf(files: FileSystem, path = ''): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const { name, type } of files.list(`${path}/`)) {
    const at = `${path}/${name}`;
    if (type === S_IFDIR) Object.assign(tree, { [at]: 'directory' }, treeOf(files, at));
    else tree[at] = text(readFile(files, at));
  }
  return tree;
}

class PowerLoss extends Error {}

/** A flash chip: erasing leaves 0xff, programming only clears bits, and at some moment the power goes. */
class Flash implements BlockDevice {
  readonly data: Uint8Array;
  /** How many writes are left. */
  left = Infinity;
  /** Blocks that keep nothing. */
  readonly bad = new Set<number>();
  readonly erased: number[] = [];

  constructor(
    readonly blocks: number,
    readonly blockSize: number,
  ) {
    this.data = new Uint8Array(blocks * blockSize).fill(0xff);
  }

  readblocks(block: number, buffer: Uint8Array, offset = 0): number {
    const start = block * this.blockSize + offset;
    buffer.set(this.data.subarray(start, start + buffer.length));
    return 0;
  }

  writeblocks(block: number, buffer: Uint8Array, offset = 0): number {
    const start = block * this.blockSize + offset;
    const isCut = this.left-- <= 0;
    const count = isCut ? buffer.length >> 1 : buffer.length;
    for (let i = 0; i < count; i++) {
      const old = this.data[start + i] as number;
      this.data[start + i] = this.bad.has(block) ? 0x55 : old & (buffer[i] as number);
    }
    if (isCut) throw new PowerLoss();
    return 0;
  }

  ioctl(operation: number, argument: number): number | undefined {
    if (operation === 4) return this.blocks;
    if (operation === 5) return this.blockSize;
    if (operation !== 6) return 0;
    if (this.left-- <= 0) throw new PowerLoss();
    this.erased.push(argument);
    this.data.fill(0xff, argument * this.blockSize, (argument + 1) * this.blockSize);
    return 0;
  }
}

const LARGE = 'large '.repeat(400);

/** Operations one after the other; after each of them the tree is what the next one begins with. */
const operations: readonly ((files: FileSystem) => void)[] = [
  (files) => { writeFile(files, '/a/one', bytes('1')); },
  (files) => { writeFile(files, '/a/two', bytes(LARGE)); },
  (files) => { files.rename('/a/one', '/b/three'); },
  (files) => { files.mkdir('/a/inner'); },
  (files) => { files.rename('/a/two', '/b/kept'); },
  (files) => { files.rename('/b', '/a/inner/b'); },
  (files) => { files.remove('/a/inner/b/three'); },
  (files) => { for (let i = 0; i < 12; i++) writeFile(files, `/a/many${String(i)}`, bytes('m'.repeat(i))); },
  (files) => { for (let i = 0; i < 12; i++) files.remove(`/a/many${String(i)}`); },
  (files) => { files.rename('/a/inner/b/kept', '/kept'); },
  (files) => { files.rmdir('/a/inner/b'); },
  (files) => { files.rmdir('/a/inner'); },
]; // prettier-ignore

describe.each(versions)('$name when power is lost', ({ Type }) => {
  function prepared(): Flash {
    const flash = new Flash(64, 512);
    Type.format(flash);
    const files = new Type(flash);
    files.mkdir('/a');
    files.mkdir('/b');
    writeFile(files, '/b/kept', bytes('kept'));
    return flash;
  }

  it('has what was there before or after, whenever that happens, and goes on', () => {
    const trees: string[] = [];
    const whole = prepared();
    const snapshot = (files: FileSystem): string => JSON.stringify(treeOf(files));
    for (const operation of operations) {
      trees.push(snapshot(new Type(whole)));
      operation(new Type(whole));
    }
    trees.push(snapshot(new Type(whole)));

    for (let step = 0; step < operations.length; step++) {
      const several = step === 7 || step === 8;
      for (let writes = 0; ; writes++) {
        const flash = prepared();
        for (const operation of operations.slice(0, step)) operation(new Type(flash));
        flash.left = writes;
        let lost = false;
        try {
          operations[step]?.(new Type(flash));
        } catch (error) {
          if (!(error instanceof PowerLoss)) throw error;
          lost = true;
        }
        flash.left = Infinity;
        const files = new Type(flash);
        const now = treeOf(files);
        // A new file is there, empty, before its content is.
        const begun = Object.entries(now).filter(([path, content]) => content === '' && path !== '/a/many0');
        if (!several && begun.length === 0) expect(trees.slice(step, step + 2)).toContain(JSON.stringify(now));
        writeFile(files, '/after', bytes(LARGE));
        files.mkdir('/a/more');
        const after = treeOf(new Type(flash));
        expect(after).toEqual({ ...now, '/after': LARGE, '/a/more': 'directory' });
        // Nothing was lost to nobody.
        expect(new Type(flash).statvfs().bfree).toBeGreaterThan(20);
        if (!lost) break;
      }
    }
  });
});

describe.each(versions)('$name', ({ Type }) => {
  it('moves what does not keep what is written', () => {
    const flash = new Flash(60, 512);
    Type.format(flash);
    for (let block = 5; block < 60; block += 3) flash.bad.add(block);
    const files = new Type(flash);
    files.mkdir('/dir');
    for (let i = 0; i < 8; i++) writeFile(files, `/dir/${String(i)}`, bytes(LARGE.slice(0, 100 * i)));
    const again = treeOf(new Type(flash));
    for (let i = 0; i < 8; i++) expect(again[`/dir/${String(i)}`]).toBe(LARGE.slice(0, 100 * i));
  });

  it('says ENOSPC when the device is full, and takes new files when something is removed', () => {
    const device = new RamBlockDevice(20, 512);
    Type.format(device);
    const files = new Type(device);
    writeFile(files, '/first', bytes(LARGE));
    expect(errorOf(() => { for (let i = 0; ; i++) writeFile(files, `/f${String(i)}`, bytes(LARGE)); })).toBe('ENOSPC'); // prettier-ignore
    files.remove('/first');
    writeFile(files, '/second', bytes(LARGE));
    expect(text(readFile(new Type(device), '/second'))).toBe(LARGE);
  });

  it('writes nothing where it is mounted for reading', () => {
    const device = new RamBlockDevice(20, 512);
    Type.format(device);
    const before = device.data.slice();
    const files = new Type(device);
    files.mount(true);
    expect(errorOf(() => files.open('/x', 'w'))).toBe('EROFS');
    expect(errorOf(() => { files.mkdir('/x'); })).toBe('EROFS'); // prettier-ignore
    expect(device.data).toEqual(before);
  });

  it('refuses what is no such file system, or is made for another device', () => {
    const device = new RamBlockDevice(20, 512);
    expect(() => new Type(device)).toThrow(FsError);
    Type.format(device);
    expect(() => new Type(new RamBlockDevice(device.data.slice(), 1024))).toThrow(FsError);
    expect(() => { Type.format(new RamBlockDevice(1, 512)); }).toThrow(FsError); // prettier-ignore
  });

  it('keeps a file that is open when its directory changes', () => {
    const device = new RamBlockDevice(100, 256);
    Type.format(device);
    const files = new Type(device);
    const file = files.open('/m', 'w');
    for (let i = 0; i < 20; i++) writeFile(files, `/${'abcdefghijnopqrstuvw'[i] ?? ''}${'x'.repeat(20)}`, bytes('x'));
    files.remove(`/a${'x'.repeat(20)}`);
    file.write(bytes('mine'));
    file.close();
    expect(text(readFile(new Type(device), '/m'))).toBe('mine');
    const gone = files.open('/gone', 'w');
    files.remove('/gone');
    gone.write(bytes('nowhere'));
    gone.close();
    expect(errorOf(() => files.stat('/gone'))).toBe('ENOENT');
  });
});

describe('littlefs 2', () => {
  it('moves a directory that was written often', () => {
    const flash = new Flash(30, 512);
    Lfs2Fs.format(flash);
    const files = new Lfs2Fs(flash);
    files.mkdir('/dir');
    for (let i = 0; i < 1200; i++) writeFile(files, '/dir/counter', bytes(`${String(i)} ${'.'.repeat(50)}`));
    expect(text(readFile(new Lfs2Fs(flash), '/dir/counter'))).toContain('1199');
    expect(new Set(flash.erased.filter((block) => block > 1)).size).toBeGreaterThan(2);
  });

  it('keeps the time of the last change', () => {
    const device = new RamBlockDevice(20, 512);
    Lfs2Fs.format(device);
    let now = 1_700_000_000_000_000_000n;
    const files = new Lfs2Fs(device, { now: () => now });
    writeFile(files, '/f', bytes('x'));
    now += 5_000_000_000n;
    files.open('/f', 'r').close();
    expect(files.stat('/f').mtime).toBe(1_700_000_000);
    writeFile(files, '/f', bytes('y'));
    expect(files.stat('/f').mtime).toBe(1_700_000_005);
    expect(new Lfs2Fs(device, { epoch: 946_684_800 }).stat('/f').mtime).toBe(1_700_000_005 - 946_684_800);
  });
});

/** Mounts the image `disk.img` with blocks of 512 bytes, shows its tree, changes it and writes it back. */
const script = (type: string): string => `
import vfs, sys
class Disk:
    def __init__(self, data): self.data = data
    def readblocks(self, n, buf, off=0): buf[:] = self.data[n * 512 + off : n * 512 + off + len(buf)]
    def writeblocks(self, n, buf, off=0): self.data[n * 512 + off : n * 512 + off + len(buf)] = buf
    def ioctl(self, op, arg): return {4: len(self.data) // 512, 5: 512, 6: 0}.get(op)
disk = Disk(bytearray(open(sys.argv[1], 'rb').read()))
fs = vfs.${type}(disk)
print(sorted(fs.ilistdir('/')), sorted(fs.ilistdir('/dir')))
print(len(fs.open('/dir/large', 'r').read()), fs.open('/small', 'r').read())
fs.rename('/dir/large', '/moved')
fs.mkdir('/dir/new')
with fs.open('/dir/new/file', 'w') as f:
    for i in range(100): f.write('line %d\\n' % i)
fs.remove('/small')
with open(sys.argv[1], 'wb') as f: f.write(disk.data)
`;

describe.each(versions)('$name and MicroPython', ({ Type }) => {
  itWith('micropython', 'read what the other wrote', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tether-lfs-'));
    try {
      const device = new RamBlockDevice(100, 512);
      Type.format(device);
      const files = new Type(device);
      files.mkdir('/dir');
      writeFile(files, '/dir/large', bytes(LARGE));
      writeFile(files, '/small', bytes('small'));
      const image = join(folder, 'disk.img');
      const program = join(folder, 'change.py');
      writeFileSync(image, device.data);
      writeFileSync(program, script(Type === Lfs1Fs ? 'VfsLfs1' : 'VfsLfs2'));
      const { stdout, stderr } = spawnSync('micropython', [program, image], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(stdout).toBe("[('dir', 16384, 0, 0), ('small', 32768, 0, 5)] [('large', 32768, 0, 2400)]\n2400 small\n");
      const changed = new Type(new RamBlockDevice(new Uint8Array(readFileSync(image)), 512));
      const lines = Array.from({ length: 100 }, (_, i) => `line ${String(i)}\n`).join('');
      expect(treeOf(changed)).toEqual({
        '/dir': 'directory',
        '/dir/new': 'directory',
        '/dir/new/file': lines,
        '/moved': LARGE,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

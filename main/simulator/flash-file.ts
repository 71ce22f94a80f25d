/** Defines `FlashFile`: a block device of a simulated board whose content is a file on this computer. */

import fs from 'node:fs';
import { BlockIoctl, type BlockDevice } from '../../runtime/vfs/block-device';
import { Errno } from '../../runtime/vfs/errno';

/** The functions of `node:fs` that are used here, so that a test can make them fail. */
export type FlashFileDisk = Pick<
  typeof fs,
  | 'closeSync'
  | 'existsSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'openSync'
  | 'readFileSync'
  | 'renameSync'
  | 'unlinkSync'
  | 'writeFileSync'
  | 'writeSync'
>;

export interface FlashFileOptions {
  readonly blockCount: number;
  /** 512 when missing. */
  readonly blockSize?: number;
  /** The longest that a written block waits for its way into the file, in milliseconds. 1000 when missing. */
  readonly delay?: number;
  /**
   * Who opens the file. A file that this process has open already can be opened again by the same owner only, for the
   * board whose thread was ended without closing it. `board` when missing.
   */
  readonly owner?: string;
  /** Milliseconds that never go back. `performance.now` when missing. */
  readonly now?: () => number;
  readonly disk?: FlashFileDisk;
}

/** Another process, or another board of this one, has the file open. */
export class FlashInUseError extends Error {
  override readonly name = 'FlashInUseError';

  constructor(
    readonly path: string,
    readonly lockPath: string,
    readonly pid: number,
  ) {
    super(
      `${path} is in use by process ${pid}. Close the other simulated board, or if there is none, delete ${lockPath}.`,
    );
  }
}

/** There is a file, and it is not the content of such a device. It has not been touched. */
export class FlashSizeError extends Error {
  override readonly name = 'FlashSizeError';

  constructor(
    readonly path: string,
    readonly size: number,
    readonly expected: number,
  ) {
    super(`${path} has ${size} bytes, not the ${expected} of this flash. Choose another file.`);
  }
}

/** What erased flash reads as. */
const erased = 0xff;

/**
 * All content is in memory. Blocks that were written go into the file when the device is told to sync (as a file
 * system does when a file is flushed or closed), when the file is closed, and otherwise `delay` after the first of them
 * was written: by a timer where the thread lets timers run, and where it does not, at the next use of the device or by
 * `flushIfDue`, which whoever makes the thread wait calls now and then.
 *
 * A process that is killed at any moment leaves the file as it was before or after a flush, never between: the blocks
 * first go into a journal beside it, `.journal`, then into the file, then the journal is emptied. Whoever opens the file
 * finishes what a complete journal has begun, and throws away one that broke off. (A computer that loses its power is
 * not provided for: nothing waits for the platters except `close`.)
 *
 * A `.lock` beside it holds the number of the process that has it open. One of a process that is no more is taken over.
 *
 * Everything is synchronous. Failures of this computer's disk are raised as Node has them by `open`, `flush` and `close`;
 * to the board they are EIO when it syncs, and the blocks are kept to be written later.
 */
export class FlashFile implements BlockDevice {
  private readonly changed = new Set<number>();
  private firstChange = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  private constructor(
    readonly path: string,
    readonly blockSize: number,
    private readonly content: Uint8Array,
    private readonly descriptor: number,
    private readonly delay: number,
    private readonly now: () => number,
    private readonly disk: FlashFileDisk,
  ) {}

  /**
   * Opens a file, or makes one of erased flash.
   * `FlashInUseError`, `FlashSizeError`, or an error of Node.
   */
  static open(path: string, options: FlashFileOptions): FlashFile {
    const { blockCount, blockSize = 512, delay = 1000, owner = 'board', disk = fs } = options;
    const now = options.now ?? ((): number => performance.now());
    const size = blockCount * blockSize;
    takeLock(disk, path, owner);
    try {
      if (!disk.existsSync(path)) createFile(disk, path, new Uint8Array(size).fill(erased));
      const descriptor = disk.openSync(path, 'r+');
      try {
        const actual = disk.fstatSync(descriptor).size;
        if (actual !== size) throw new FlashSizeError(path, actual, size);
        replayJournal(disk, path, descriptor, blockSize, blockCount);
        const content = new Uint8Array(disk.readFileSync(path));
        return new FlashFile(path, blockSize, content, descriptor, delay, now, disk);
      } catch (error) {
        disk.closeSync(descriptor);
        throw error;
      }
    } catch (error) {
      disk.unlinkSync(lockPathOf(path));
      throw error;
    }
  }

  /** Whether something was written that is not in the file yet. */
  get dirty(): boolean {
    return this.changed.size > 0;
  }

  readblocks(block: number, buffer: Uint8Array, offset = 0): number {
    const start = block * this.blockSize + offset;
    if (start + buffer.length > this.content.length) return -Errno.EIO;
    buffer.set(this.content.subarray(start, start + buffer.length));
    this.attempt(() => {
      this.flushIfDue();
    });
    return 0;
  }

  writeblocks(block: number, buffer: Uint8Array, offset = 0): number {
    const start = block * this.blockSize + offset;
    const end = start + buffer.length;
    if (end > this.content.length || this.closed) return -Errno.EIO;
    this.content.set(buffer, start);
    if (buffer.length > 0 && !this.dirty) this.startWaiting();
    for (let index = Math.floor(start / this.blockSize); index * this.blockSize < end; index++) this.changed.add(index);
    this.attempt(() => {
      this.flushIfDue();
    });
    return 0;
  }

  ioctl(operation: number): number | undefined {
    switch (operation) {
      case BlockIoctl.blockCount:
        return this.content.length / this.blockSize;
      case BlockIoctl.blockSize:
        return this.blockSize;
      case BlockIoctl.sync:
        return this.attempt(() => {
          this.flush();
        });
      default:
        return 0;
    }
  }

  /** Writes into the file what has waited long enough. */
  flushIfDue(): void {
    if (this.dirty && this.now() - this.firstChange >= this.delay) this.flush();
  }

  /** Writes everything into the file. */
  flush(): void {
    if (!this.dirty || this.closed) return;
    const blocks = [...this.changed].sort((a, b) => a - b);
    const journal = makeJournal(this.blockSize, blocks, (index) => this.block(index));
    this.disk.writeFileSync(journalPathOf(this.path), journal);
    for (const index of blocks) writeFully(this.disk, this.descriptor, this.block(index), index * this.blockSize);
    this.disk.writeFileSync(journalPathOf(this.path), '');
    this.changed.clear();
    this.stopWaiting();
  }

  /** Writes everything and gives the file free. A second call does nothing. */
  close(): void {
    if (this.closed) return;
    this.flush();
    this.closed = true;
    this.stopWaiting();
    this.disk.fsyncSync(this.descriptor);
    this.disk.closeSync(this.descriptor);
    if (this.disk.existsSync(journalPathOf(this.path))) this.disk.unlinkSync(journalPathOf(this.path));
    this.disk.unlinkSync(lockPathOf(this.path));
  }

  private block(index: number): Uint8Array {
    return this.content.subarray(index * this.blockSize, (index + 1) * this.blockSize);
  }

  private startWaiting(): void {
    this.firstChange = this.now();
    this.timer = setTimeout(() => {
      this.attempt(() => {
        this.flush();
      });
    }, this.delay);
    // The timer alone is no reason to keep the process.
    this.timer.unref();
  }

  private stopWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private attempt(operation: () => void): number {
    try {
      operation();
      return 0;
    } catch {
      return -Errno.EIO;
    }
  }
}

function lockPathOf(path: string): string {
  return `${path}.lock`;
}

function journalPathOf(path: string): string {
  return `${path}.journal`;
}

/** Makes the file under another name first: it must not be found half written. */
function createFile(disk: FlashFileDisk, path: string, content: Uint8Array): void {
  const newPath = `${path}.new`;
  disk.writeFileSync(newPath, content);
  disk.renameSync(newPath, path);
}

function takeLock(disk: FlashFileDisk, path: string, owner: string): void {
  const lockPath = lockPathOf(path);
  const mine = `${process.pid} ${owner}`;
  try {
    disk.writeFileSync(lockPath, mine, { flag: 'wx' });
    return;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = disk.readFileSync(lockPath, 'utf8');
  const pid = Number.parseInt(holder, 10);
  if (holder !== mine && isRunning(pid)) throw new FlashInUseError(path, lockPath, pid);
  // Two that find the same old lock both put theirs over it; who is still there afterwards has it.
  const newLockPath = `${lockPath}.${process.pid}`;
  disk.writeFileSync(newLockPath, mine);
  disk.renameSync(newLockPath, lockPath);
  const winner = disk.readFileSync(lockPath, 'utf8');
  if (winner !== mine) throw new FlashInUseError(path, lockPath, Number.parseInt(winner, 10));
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, for somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/*
 * A journal: `TFJ1`, block size, number of blocks, checksum of all that follows; then for each block its number and its
 * bytes. Numbers have four bytes, the lowest first.
 */
const journalMark = 0x314a4654;
const headerSize = 16;

function makeJournal(blockSize: number, blocks: readonly number[], read: (index: number) => Uint8Array): Uint8Array {
  const journal = new Uint8Array(headerSize + blocks.length * (4 + blockSize));
  const view = new DataView(journal.buffer);
  blocks.forEach((index, row) => {
    const offset = headerSize + row * (4 + blockSize);
    view.setUint32(offset, index, true);
    journal.set(read(index), offset + 4);
  });
  view.setUint32(0, journalMark, true);
  view.setUint32(4, blockSize, true);
  view.setUint32(8, blocks.length, true);
  view.setUint32(12, checksum(journal.subarray(headerSize)), true);
  return journal;
}

/** Writes the blocks of a journal that is complete, and empties it. */
function replayJournal(
  disk: FlashFileDisk,
  path: string,
  descriptor: number,
  blockSize: number,
  blockCount: number,
): void {
  const journalPath = journalPathOf(path);
  if (!disk.existsSync(journalPath)) return;
  const journal = new Uint8Array(disk.readFileSync(journalPath));
  const view = new DataView(journal.buffer);
  const complete =
    journal.length >= headerSize &&
    view.getUint32(0, true) === journalMark &&
    view.getUint32(4, true) === blockSize &&
    journal.length === headerSize + view.getUint32(8, true) * (4 + blockSize) &&
    view.getUint32(12, true) === checksum(journal.subarray(headerSize));
  if (complete) {
    for (let offset = headerSize; offset < journal.length; offset += 4 + blockSize) {
      const index = view.getUint32(offset, true);
      if (index >= blockCount) continue;
      writeFully(disk, descriptor, journal.subarray(offset + 4, offset + 4 + blockSize), index * blockSize);
    }
  }
  disk.writeFileSync(journalPath, '');
}

function writeFully(disk: FlashFileDisk, descriptor: number, data: Uint8Array, position: number): void {
  for (let done = 0; done < data.length;) {
    done += disk.writeSync(descriptor, data, done, data.length - done, position + done);
  }
}

/** Adler-32: good enough to know a journal that broke off. */
function checksum(data: Uint8Array): number {
  const modulus = 65521;
  let low = 1;
  let high = 0;
  for (const byte of data) {
    low = (low + byte) % modulus;
    high = (high + low) % modulus;
  }
  return high * 0x10000 + low;
}

/** Defines `BlockDevice`, MicroPython's block protocol, and `RamBlockDevice`, a disk in memory. */

import { Errno } from './errno';

/** What `ioctl` is asked to do. The numbers are those of the block protocol. */
export const BlockIoctl = {
  /** Begin to use the device. 0 or undefined when it is ready. */
  init: 1,
  /** End to use it. */
  deinit: 2,
  /** Write everything that is held back. */
  sync: 3,
  /** The number of blocks. */
  blockCount: 4,
  /** The size of a block in bytes; undefined means 512. */
  blockSize: 5,
  /** Erase the block `argument`. */
  blockErase: 6,
} as const;

/**
 * A disk. `readblocks` and `writeblocks` return 0 when all went well and otherwise a negative error number, such as
 * `-Errno.EIO`; they raise nothing of their own. The buffer must not be kept.
 *
 * Without `offset`, the buffer is a whole number of blocks, and writing erases as needed. With it, the bytes begin that
 * far into the block, may be any number, and nothing is erased.
 */
export interface BlockDevice {
  readblocks(block: number, buffer: Uint8Array, offset?: number): number;
  /** Missing on a device that cannot be written. */
  writeblocks?(block: number, buffer: Uint8Array, offset?: number): number;
  /** @returns what `BlockIoctl` says, or undefined for what the device does not know */
  ioctl(operation: number, argument: number): number | undefined;
}

export class RamBlockDevice implements BlockDevice {
  /** The content of the disk. */
  readonly data: Uint8Array;

  /** @param content the number of blocks of an empty disk, or the bytes of one, which are used as they are and not copied */
  constructor(
    content: number | Uint8Array,
    readonly blockSize = 512,
  ) {
    this.data = typeof content === 'number' ? new Uint8Array(content * blockSize) : content;
  }

  readblocks(block: number, buffer: Uint8Array, offset = 0): number {
    const start = block * this.blockSize + offset;
    if (start + buffer.length > this.data.length) return -Errno.EIO;
    buffer.set(this.data.subarray(start, start + buffer.length));
    return 0;
  }

  writeblocks(block: number, buffer: Uint8Array, offset = 0): number {
    const start = block * this.blockSize + offset;
    if (start + buffer.length > this.data.length) return -Errno.EIO;
    this.data.set(buffer, start);
    return 0;
  }

  ioctl(operation: number): number | undefined {
    if (operation === BlockIoctl.blockCount) return Math.floor(this.data.length / this.blockSize);
    if (operation === BlockIoctl.blockSize) return this.blockSize;
    return 0;
  }
}

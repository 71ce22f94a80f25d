/** Defines `LfsDisk`: a block device as littlefs uses it, with reads and programs of any bytes of an erased block. */

import { BlockIoctl, type BlockDevice } from '../block-device';
import { Errno, FsError } from '../errno';

/** How a file system is to use its device, in bytes. */
export interface LfsGeometry {
  readonly readSize: number;
  readonly programSize: number;
}

export const defaultGeometry: LfsGeometry = { readSize: 32, programSize: 32 };

/** What `program` reports of a block that did not keep what was written. */
export class BadBlock extends Error {}

const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;

export class LfsDisk {
  readonly blockSize: number;
  readonly blockCount: number;
  readonly readSize: number;
  readonly programSize: number;

  constructor(
    private readonly device: BlockDevice,
    geometry: LfsGeometry,
  ) {
    device.ioctl(BlockIoctl.init, 1);
    this.blockSize = device.ioctl(BlockIoctl.blockSize, 0) ?? 0;
    this.blockCount = device.ioctl(BlockIoctl.blockCount, 0) ?? 0;
    this.readSize = geometry.readSize;
    this.programSize = geometry.programSize;
    const fits = (size: number): boolean => size > 0 && this.blockSize % size === 0;
    if (!fits(this.readSize) || !fits(this.programSize)) throw new FsError(Errno.EINVAL);
  }

  /** The most that is read or programmed at once where less would do. */
  get cacheSize(): number {
    return Math.min(this.blockSize, 4 * Math.max(this.readSize, this.programSize));
  }

  /** Nothing is to be written. */
  readonly = false;

  get isWritable(): boolean {
    return !this.readonly && this.device.writeblocks !== undefined;
  }

  private check(block: number): void {
    if (block >= this.blockCount) throw new FsError(LFS_CORRUPT);
  }

  read(block: number, offset: number, size: number): Uint8Array {
    this.check(block);
    const start = offset - (offset % this.readSize);
    const buffer = new Uint8Array(alignUp(offset + size, this.readSize) - start);
    this.fail(this.device.readblocks(block, buffer, start));
    return buffer.subarray(offset - start, offset - start + size);
  }

  readWord(block: number, offset: number): number {
    const bytes = this.read(block, offset, 4);
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  }

  /**
   * Programs bytes from an offset that is a multiple of the program size on; the last ones are filled up with 0xff.
   * Throws `BadBlock` when they do not read back.
   */
  program(block: number, offset: number, bytes: Uint8Array): void {
    const { writeblocks } = this.device;
    if (writeblocks === undefined) throw new FsError(Errno.EROFS);
    this.check(block);
    const buffer = new Uint8Array(alignUp(bytes.length, this.programSize)).fill(0xff);
    buffer.set(bytes);
    const status = writeblocks.call(this.device, block, buffer, offset);
    if (status === -LFS_CORRUPT) throw new BadBlock();
    this.fail(status);
    const back = this.read(block, offset, bytes.length);
    if (bytes.some((byte, i) => byte !== back[i])) throw new BadBlock();
  }

  /** Throws `BadBlock` when the device says that the block is one. */
  erase(block: number): void {
    if (!this.isWritable) throw new FsError(Errno.EROFS);
    this.check(block);
    const status = this.device.ioctl(BlockIoctl.blockErase, block) ?? 0;
    if (status === -LFS_CORRUPT) throw new BadBlock();
    this.fail(status);
  }

  sync(): void {
    this.fail(this.device.ioctl(BlockIoctl.sync, 0) ?? 0);
  }

  private fail(status: number): void {
    if (status < 0) throw new FsError(-status);
  }
}

/** What littlefs says of a disk that makes no sense to it. */
export const LFS_CORRUPT = 84;

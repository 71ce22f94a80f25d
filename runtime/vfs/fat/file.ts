/** Defines `FatFile`: an open file on a FAT volume. */

import { Errno, FsError } from '../errno';
import { SEEK_CUR, SEEK_SET, type FileHandle, type OpenFlags, type Whence } from '../filesystem';
import { allocate, follow, followOrAllocate, freeChain, noCluster } from './chain';
import { Attribute, EntryField, setEntryCluster } from './directory';
import type { FatVolume, OpenFile } from './volume';

/** No file is larger. */
const maxSize = 0xffffffff;

/** What a file begins with when it is opened. */
export interface FatFileStart {
  readonly sector: number;
  readonly offset: number;
  readonly cluster: number;
  readonly size: number;
  /** The entry was made or emptied just now, so it must be written again when the file is closed. */
  readonly fresh: boolean;
}

/** Takes the time for an entry: date and time as FAT writes them. */
export type FatClock = () => { date: number; time: number };

/**
 * Data goes to the disk as it is written; the directory entry, with size and first cluster, only when the file is
 * flushed or closed. Until then the old entry stands, and a file that is never closed keeps its old size.
 */
export class FatFile implements FileHandle, OpenFile {
  entrySector: number;
  entryOffset: number;
  closed = false;

  private firstCluster: number;
  private savedCluster: number;
  private size: number;
  private position = 0;
  /** The cluster that was used last, and its place in the chain, -1 for none. */
  private cluster = noCluster;
  private clusterIndex = -1;
  private changed: boolean;
  /** After an error of the disk every operation fails in the same way. */
  private failure: FsError | undefined;
  private detached = false;

  constructor(
    private readonly volume: FatVolume,
    private readonly flags: OpenFlags,
    private readonly clock: FatClock,
    start: FatFileStart,
  ) {
    this.entrySector = start.sector;
    this.entryOffset = start.offset;
    this.firstCluster = this.savedCluster = start.cluster;
    this.size = start.size;
    this.changed = start.fresh;
    volume.openFiles.add(this);
    if (flags.disposition === 'append') this.position = this.size;
  }

  readInto(buffer: Uint8Array): number {
    this.check(this.flags.read);
    const wanted = Math.min(buffer.length, Math.max(0, this.size - this.position));
    this.transfer(wanted, (sector, offset, done, count) => {
      const target = buffer.subarray(done, done + count);
      if (offset === 0 && count >= this.volume.sectorSize) this.volume.readSectors(sector, target);
      else target.set(this.volume.window(sector).subarray(offset, offset + count));
    });
    return wanted;
  }

  write(data: Uint8Array): number {
    this.check(this.flags.write);
    const wanted = Math.min(data.length, maxSize - this.position);
    this.changed = true;
    const written = this.transfer(wanted, (sector, offset, done, count) => {
      const source = data.subarray(done, done + count);
      if (offset === 0 && count >= this.volume.sectorSize) {
        this.volume.writeSectors(sector, source);
        return;
      }
      const fresh = offset === 0 && this.position >= this.size;
      const window = fresh ? this.volume.blankWindow(sector) : this.volume.window(sector);
      window.set(source, offset);
      this.volume.touch();
    });
    if (written < data.length) throw new FsError(Errno.ENOSPC);
    return written;
  }

  /** As in MicroPython it never fails otherwise: where it cannot move, in a closed file too, it answers where it is. */
  seek(offset: number, whence: Whence): number {
    if (whence === SEEK_SET && offset < 0) throw new FsError(Errno.EINVAL);
    if (this.closed || this.failure !== undefined) return this.position;
    const base = whence === SEEK_SET ? 0 : whence === SEEK_CUR ? this.position : this.size;
    // As the driver calculates: in 32 bits, so that before the beginning is far behind the end.
    const target = (base + offset) >>> 0;
    if (target <= this.size) this.position = target;
    else if (!this.flags.write) this.position = this.size;
    else this.growTo(target);
    return this.position;
  }

  tell(): number {
    return this.position;
  }

  flush(): void {
    if (this.closed) throw new FsError(Errno.EINVAL);
    if (!this.changed || this.detached) return;
    const { date, time } = this.clock();
    const view = this.volume.view(this.entrySector);
    const at = this.entryOffset;
    view.setUint8(at + EntryField.attributes, view.getUint8(at + EntryField.attributes) | Attribute.archive);
    setEntryCluster(this.volume, view, at, this.firstCluster);
    view.setUint32(at + EntryField.size, this.size, true);
    view.setUint16(at + EntryField.modifyTime, time, true);
    view.setUint16(at + EntryField.modifyDate, date, true);
    view.setUint16(at + EntryField.accessDate, 0, true);
    this.volume.touch();
    this.savedCluster = this.firstCluster;
    this.volume.sync();
    this.changed = false;
  }

  close(): void {
    if (this.closed) return;
    this.flush();
    this.closed = true;
    this.volume.openFiles.delete(this);
  }

  moveEntry(sector: number, offset: number): void {
    this.entrySector = sector;
    this.entryOffset = offset;
  }

  /**
   * The real driver would go on writing into clusters that belong to another file by now. Here the file fails, and
   * what only this file knew of is given back.
   */
  detach(): void {
    this.detached = true;
    this.failure ??= new FsError(Errno.EIO);
    this.volume.openFiles.delete(this);
    if (this.firstCluster !== this.savedCluster && this.firstCluster !== noCluster) {
      freeChain(this.volume, this.firstCluster);
    }
  }

  private check(allowed: boolean): void {
    if (this.closed) throw new FsError(Errno.EINVAL);
    if (this.failure !== undefined) throw this.failure;
    if (!allowed) throw new FsError(Errno.EACCES);
  }

  /**
   * Walks over `length` bytes from the position in pieces that lie in one cluster and are whole sectors or lie in one
   * sector, and moves the position. Allocates clusters when the file is being written.
   * @returns how far it came: less than `length` when the disk is full
   */
  private transfer(
    length: number,
    move: (sector: number, offset: number, done: number, count: number) => void,
  ): number {
    const { sectorSize, clusterBytes } = this.volume;
    try {
      for (let done = 0; done < length;) {
        const cluster = this.clusterAt(Math.floor(this.position / clusterBytes));
        if (cluster === noCluster) return done;
        const inCluster = this.position % clusterBytes;
        const sector = this.volume.clusterSector(cluster) + Math.floor(inCluster / sectorSize);
        const offset = inCluster % sectorSize;
        const left = Math.min(length - done, clusterBytes - inCluster);
        const count =
          offset === 0 && left >= sectorSize ? left - (left % sectorSize) : Math.min(left, sectorSize - offset);
        move(sector, offset, done, count);
        done += count;
        this.position += count;
        this.size = Math.max(this.size, this.position);
      }
    } catch (error) {
      if (error instanceof FsError) this.failure = error;
      throw error;
    }
    return length;
  }

  /** The cluster of a place in the chain. `noCluster` when the disk is full; EIO when a chain being read is too short. */
  private clusterAt(index: number): number {
    if (this.clusterIndex < 0 || index < this.clusterIndex) {
      if (this.firstCluster === noCluster) {
        if (!this.flags.write) throw new FsError(Errno.EIO);
        this.firstCluster = allocate(this.volume, noCluster);
        if (this.firstCluster === noCluster) return noCluster;
      }
      this.cluster = this.firstCluster;
      this.clusterIndex = 0;
    }
    while (this.clusterIndex < index) {
      const next = this.flags.write ? followOrAllocate(this.volume, this.cluster) : follow(this.volume, this.cluster);
      if (next === noCluster) {
        if (this.flags.write) return noCluster;
        throw new FsError(Errno.EIO);
      }
      this.cluster = next;
      this.clusterIndex++;
    }
    return this.cluster;
  }

  /** Makes the file larger without writing. When the disk is full, as large as it can be. */
  private growTo(target: number): void {
    const { clusterBytes } = this.volume;
    this.changed = true;
    try {
      const complete = this.clusterAt(Math.ceil(target / clusterBytes) - 1) !== noCluster;
      this.position = complete ? target : (this.clusterIndex + 1) * clusterBytes;
      this.size = Math.max(this.size, this.position);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      this.failure = error;
    }
  }
}

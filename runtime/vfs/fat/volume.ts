/** Defines `FatVolume`: the sectors of one FAT volume, its measures, and the one sector that is being worked on. */

import { Errno, FsError } from '../errno';
import { BlockIoctl, type BlockDevice } from '../block-device';

/** A block device as whole sectors. Everything that goes wrong in it is EIO, as in MicroPython. */
export class Disk {
  readonly sectorSize: number;

  /** EBUSY when the device does not get ready; EIO when its sectors have an impossible size. */
  constructor(readonly device: BlockDevice) {
    const status = device.ioctl(BlockIoctl.init, 0);
    if (status !== undefined && status !== 0) throw new FsError(Errno.EBUSY);
    this.sectorSize = device.ioctl(BlockIoctl.blockSize, 0) ?? 512;
    if (![512, 1024, 2048, 4096].includes(this.sectorSize)) throw new FsError(Errno.EIO);
  }

  get sectorCount(): number {
    return this.device.ioctl(BlockIoctl.blockCount, 0) ?? 0;
  }

  /** @param buffer a whole number of sectors */
  read(sector: number, buffer: Uint8Array): void {
    if (this.device.readblocks(sector, buffer) !== 0) throw new FsError(Errno.EIO);
  }

  write(sector: number, buffer: Uint8Array): void {
    if (this.device.writeblocks?.(sector, buffer) !== 0) throw new FsError(Errno.EIO);
  }

  sync(): void {
    this.device.ioctl(BlockIoctl.sync, 0);
  }
}

/** Where the fields of a boot sector are. The second column of some holds for FAT32. */
export const BootField = {
  jump: 0,
  oemName: 3,
  bytesPerSector: 11,
  sectorsPerCluster: 13,
  reservedSectors: 14,
  fatCount: 16,
  rootEntries: 17,
  sectors16: 19,
  media: 21,
  fatSectors16: 22,
  sectorsPerTrack: 24,
  heads: 26,
  hiddenSectors: 28,
  sectors32: 32,
  driveNumber: 36,
  bootSignature: 38,
  serial: 39,
  label: 43,
  fatSectors32: 36,
  version32: 42,
  rootCluster32: 44,
  infoSector32: 48,
  backupSector32: 50,
  driveNumber32: 64,
  bootSignature32: 66,
  serial32: 67,
  label32: 71,
  typeName: 54,
  typeName32: 82,
  signature: 510,
} as const;

/** Where the fields of the FSInfo sector of FAT32 are, and the numbers by which it is known. */
export const InfoField = { lead: 0, structure: 484, freeCount: 488, lastCluster: 492 } as const;
export const infoLead = 0x41615252;
export const infoStructure = 0x61417272;

export const partitionTable = 446;
export const partitionEntrySize = 16;
export const directoryEntrySize = 32;

/** The most clusters of each kind of FAT. One more makes it the next kind. */
export const maxClusters = { 12: 0xff5, 16: 0xfff5, 32: 0x0ffffff5 } as const;

export type FatType = 12 | 16 | 32;

/** What the boot sector tells, in sectors of the device. */
export interface Geometry {
  readonly type: FatType;
  readonly start: number;
  readonly fatStart: number;
  readonly fatSectors: number;
  readonly fatCount: number;
  readonly dataStart: number;
  readonly sectorsPerCluster: number;
  readonly clusterCount: number;
  /** FAT12 and FAT16: the fixed root directory. */
  readonly rootStart: number;
  readonly rootSectors: number;
  /** FAT32: the root directory is a chain of clusters. */
  readonly rootCluster: number;
  /** FAT32: whether there is an FSInfo sector behind the boot sector. */
  readonly hasInfo: boolean;
}

/** An open file, as the volume knows it. */
export interface OpenFile {
  /** The directory entry it belongs to. */
  readonly entrySector: number;
  readonly entryOffset: number;
  /** The entry now stands elsewhere. */
  moveEntry(sector: number, offset: number): void;
  /** The entry or the data is gone: nothing may be written through this file any more. */
  detach(): void;
  close(): void;
  flush(): void;
}

/**
 * A mounted FAT volume.
 *
 * One sector at a time is worked on: `window` reads it, after writing back the one before if that was changed. So
 * sectors reach the device in the order in which they were changed, and whoever changes several decides by that order
 * what a power failure may leave behind: lost clusters, but never two files with the same cluster.
 */
export class FatVolume {
  readonly clusterBytes: number;
  /** How many clusters are free, and which was given out last; -1 when not known. */
  freeClusters = -1;
  lastCluster = -1;
  infoChanged = false;
  readonly openFiles = new Set<OpenFile>();

  private readonly buffer: Uint8Array;
  private bufferView: DataView;
  private sector = -1;
  private dirty = false;

  private constructor(
    readonly disk: Disk,
    readonly geometry: Geometry,
  ) {
    this.buffer = new Uint8Array(disk.sectorSize);
    this.bufferView = new DataView(this.buffer.buffer);
    this.clusterBytes = geometry.sectorsPerCluster * disk.sectorSize;
    if (geometry.hasInfo) this.readInfo();
  }

  /**
   * Finds the FAT volume of a device: the device itself, or the first partition that holds one.
   * ENODEV when there is none; EBUSY and EIO as the device has it.
   */
  static mount(device: BlockDevice): FatVolume {
    const disk = new Disk(device);
    const boot = new Uint8Array(disk.sectorSize);
    disk.read(0, boot);
    let start = 0;
    let found = isFatBootSector(boot);
    if (!found && hasBootSignature(boot)) {
      for (const partition of readPartitions(boot)) {
        disk.read(partition, boot);
        start = partition;
        found = isFatBootSector(boot);
        if (found) break;
      }
    }
    const geometry = found ? readGeometry(boot, start, disk.sectorSize) : undefined;
    if (geometry === undefined) throw new FsError(Errno.ENODEV);
    return new FatVolume(disk, geometry);
  }

  get sectorSize(): number {
    return this.disk.sectorSize;
  }

  get readonly(): boolean {
    return this.disk.device.writeblocks === undefined;
  }

  /** The first sector of a cluster. EIO when there is no such cluster: the FAT is damaged. */
  clusterSector(cluster: number): number {
    const { clusterCount, dataStart, sectorsPerCluster } = this.geometry;
    if (cluster < 2 || cluster >= clusterCount + 2) throw new FsError(Errno.EIO);
    return dataStart + (cluster - 2) * sectorsPerCluster;
  }

  /** The bytes of a sector, to read, or to change if `touch` is called before the next `window`. */
  window(sector: number): Uint8Array {
    if (sector !== this.sector) {
      this.flushWindow();
      this.sector = -1;
      this.disk.read(sector, this.buffer);
      this.sector = sector;
    }
    return this.buffer;
  }

  /** The same as numbers. */
  view(sector: number): DataView {
    this.window(sector);
    return this.bufferView;
  }

  /** A window of zeros for a sector whose old content does not matter. */
  blankWindow(sector: number): Uint8Array {
    if (sector !== this.sector) this.flushWindow();
    this.sector = sector;
    this.buffer.fill(0);
    this.dirty = true;
    return this.buffer;
  }

  /** Says that the window was changed. */
  touch(): void {
    this.dirty = true;
  }

  /** Reads whole sectors past the window. */
  readSectors(sector: number, buffer: Uint8Array): void {
    if (this.windowWithin(sector, buffer)) this.flushWindow();
    this.disk.read(sector, buffer);
  }

  writeSectors(sector: number, buffer: Uint8Array): void {
    if (this.windowWithin(sector, buffer)) {
      this.dirty = false;
      this.sector = -1;
    }
    this.disk.write(sector, buffer);
  }

  flushWindow(): void {
    if (!this.dirty) return;
    this.disk.write(this.sector, this.buffer);
    this.dirty = false;
    const { fatStart, fatSectors, fatCount } = this.geometry;
    if (fatCount === 2 && this.sector >= fatStart && this.sector < fatStart + fatSectors) {
      this.disk.write(this.sector + fatSectors, this.buffer);
    }
  }

  /** Writes everything that is held back, here and in the device. */
  sync(): void {
    this.flushWindow();
    if (this.geometry.hasInfo && this.infoChanged) this.writeInfo();
    this.disk.sync();
  }

  /** The files that are open on a directory entry. */
  filesAt(sector: number, offset: number): OpenFile[] {
    return [...this.openFiles].filter((file) => file.entrySector === sector && file.entryOffset === offset);
  }

  private windowWithin(sector: number, buffer: Uint8Array): boolean {
    return this.sector >= sector && this.sector < sector + buffer.length / this.sectorSize;
  }

  private readInfo(): void {
    const info = this.view(this.geometry.start + 1);
    if (
      info.getUint16(BootField.signature, true) === 0xaa55 &&
      info.getUint32(InfoField.lead, true) === infoLead &&
      info.getUint32(InfoField.structure, true) === infoStructure
    ) {
      const free = info.getUint32(InfoField.freeCount, true);
      if (free <= this.geometry.clusterCount) this.freeClusters = free;
      this.lastCluster = info.getUint32(InfoField.lastCluster, true);
    }
  }

  private writeInfo(): void {
    this.blankWindow(this.geometry.start + 1);
    fillInfo(this.bufferView, this.freeClusters, this.lastCluster);
    this.flushWindow();
    this.infoChanged = false;
  }
}

/** Writes an FSInfo sector into zeros. -1 stands for a number that is not known. */
export function fillInfo(info: DataView, freeClusters: number, lastCluster: number): void {
  info.setUint32(InfoField.lead, infoLead, true);
  info.setUint32(InfoField.structure, infoStructure, true);
  info.setUint32(InfoField.freeCount, freeClusters >>> 0, true);
  info.setUint32(InfoField.lastCluster, lastCluster >>> 0, true);
  info.setUint16(BootField.signature, 0xaa55, true);
}

function hasBootSignature(sector: Uint8Array): boolean {
  return sector[BootField.signature] === 0x55 && sector[BootField.signature + 1] === 0xaa;
}

function isFatBootSector(sector: Uint8Array): boolean {
  const text = (offset: number, length: number): string =>
    String.fromCharCode(...sector.subarray(offset, offset + length));
  return (
    hasBootSignature(sector) &&
    [0xe8, 0xe9, 0xeb].includes(sector[BootField.jump] ?? 0) &&
    (text(BootField.typeName, 3) === 'FAT' || text(BootField.typeName32, 5) === 'FAT32')
  );
}

/** The first sectors of the partitions of a partition table. */
function readPartitions(sector: Uint8Array): number[] {
  const view = new DataView(sector.buffer, sector.byteOffset);
  const starts: number[] = [];
  for (let index = 0; index < 4; index++) {
    const entry = partitionTable + index * partitionEntrySize;
    const start = view.getUint32(entry + 8, true);
    if (view.getUint8(entry + 4) !== 0 && start !== 0) starts.push(start);
  }
  return starts;
}

/** Measures a volume, or returns undefined when its boot sector makes no sense. */
function readGeometry(boot: Uint8Array, start: number, sectorSize: number): Geometry | undefined {
  const view = new DataView(boot.buffer, boot.byteOffset);
  const short = (offset: number): number => view.getUint16(offset, true);
  const long = (offset: number): number => view.getUint32(offset, true);

  const fatSectors = short(BootField.fatSectors16) || long(BootField.fatSectors32);
  const fatCount = view.getUint8(BootField.fatCount);
  const sectorsPerCluster = view.getUint8(BootField.sectorsPerCluster);
  const rootEntries = short(BootField.rootEntries);
  const reserved = short(BootField.reservedSectors);
  const sectors = short(BootField.sectors16) || long(BootField.sectors32);
  const entriesPerSector = sectorSize / directoryEntrySize;
  if (
    short(BootField.bytesPerSector) !== sectorSize ||
    (fatCount !== 1 && fatCount !== 2) ||
    sectorsPerCluster === 0 ||
    (sectorsPerCluster & (sectorsPerCluster - 1)) !== 0 ||
    rootEntries % entriesPerSector !== 0 ||
    reserved === 0
  ) {
    return undefined;
  }

  const rootSectors = rootEntries / entriesPerSector;
  const system = reserved + fatSectors * fatCount + rootSectors;
  const clusterCount = Math.floor((sectors - system) / sectorsPerCluster);
  if (clusterCount < 1 || clusterCount > maxClusters[32]) return undefined;
  const type: FatType = clusterCount <= maxClusters[12] ? 12 : clusterCount <= maxClusters[16] ? 16 : 32;
  if ((type === 32) !== (rootEntries === 0)) return undefined;
  if (type === 32 && short(BootField.version32) !== 0) return undefined;
  if (fatSectors < Math.ceil(Math.ceil(((clusterCount + 2) * type) / 8) / sectorSize)) return undefined;

  const fatStart = start + reserved;
  return {
    type,
    start,
    fatStart,
    fatSectors,
    fatCount,
    dataStart: start + system,
    sectorsPerCluster,
    clusterCount,
    rootStart: fatStart + fatSectors * fatCount,
    rootSectors,
    rootCluster: type === 32 ? long(BootField.rootCluster32) : 0,
    hasInfo: type === 32 && short(BootField.infoSector32) === 1,
  };
}

/** Defines `formatFat`: how MicroPython lays out an empty FAT volume. */

import { Errno, FsError } from '../errno';
import type { BlockDevice } from '../block-device';
import {
  BootField,
  directoryEntrySize,
  Disk,
  fillInfo,
  maxClusters,
  partitionEntrySize,
  partitionTable,
  type FatType,
} from './volume';

/**
 * Which kinds of FAT may be made, and where.
 * - `small`: FAT12 or FAT16 on the bare device. EIO when it is too large or too small for them.
 * - `any`: the same, and where that fails FAT32 in a partition, as `VfsFat.mkfs()` does.
 * - `partition`: FAT12 or FAT16 in the first partition of the table that the device already has, as a pyboard's flash.
 */
export type FormatKind = 'small' | 'any' | 'partition';

/** The number of slots of a fixed root directory. */
const rootSlots = 512;
/** Where a partition begins in the tables that we write: behind the first track. */
const partitionStart = 63;

interface Layout {
  readonly type: FatType;
  readonly start: number;
  readonly sectors: number;
  readonly sectorsPerCluster: number;
  readonly reserved: number;
  readonly fatSectors: number;
  readonly rootSectors: number;
  readonly clusterCount: number;
}

/**
 * Formats a device. What was on it is gone; the data area is not cleared.
 * EROFS when it cannot be written, EIO when it is too small or too large or fails.
 * @param serial the serial number of the volume: the date and time as FAT writes them
 */
export function formatFat(device: BlockDevice, kind: FormatKind, serial: number): void {
  const disk = new Disk(device);
  if (device.writeblocks === undefined) throw new FsError(Errno.EROFS);
  const layout = chooseLayout(disk, kind);
  writeBootSector(disk, layout, serial);
  if (layout.type === 32) writeInfoSectors(disk, layout);
  writeTables(disk, layout);
  if (kind === 'partition') setPartitionType(disk, layout);
  else if (layout.start > 0) writePartitionTable(disk, layout);
  disk.sync();
}

function chooseLayout(disk: Disk, kind: FormatKind): Layout {
  const { start, sectors } = kind === 'partition' ? readFirstPartition(disk) : { start: 0, sectors: disk.sectorCount };
  const layout =
    layOutSmall(start, sectors, disk.sectorSize) ??
    (kind === 'any' ? layOutFat32(partitionStart, sectors - partitionStart, disk.sectorSize) : undefined);
  if (layout === undefined) throw new FsError(Errno.EIO);
  return layout;
}

function readFirstPartition(disk: Disk): { start: number; sectors: number } {
  const table = new Uint8Array(disk.sectorSize);
  disk.read(0, table);
  const view = new DataView(table.buffer);
  const usable = view.getUint16(BootField.signature, true) === 0xaa55 && view.getUint8(partitionTable + 4) !== 0;
  if (!usable) throw new FsError(Errno.EIO);
  return { start: view.getUint32(partitionTable + 8, true), sectors: view.getUint32(partitionTable + 12, true) };
}

/** The smallest device, in sectors, that is formatted at all. */
const fewestSectors = 22;
/** A volume has at least so many clusters. */
const fewestClusters = 16;

/** The sizes of a volume, in 4096 sectors, from which on clusters double. */
const clusterSteps = [1, 4, 16, 64, 256, 512];
/** The same for FAT32, in 131072 sectors. */
const clusterSteps32 = [1, 2, 4, 8, 16, 32];

function clusterSize(units: number, steps: readonly number[]): number {
  return 1 << steps.filter((step) => step <= units).length;
}

/** FAT12 or FAT16, or undefined when the volume has no room or too much of it. */
function layOutSmall(start: number, sectors: number, sectorSize: number): Layout | undefined {
  if (sectors < fewestSectors) return undefined;
  const usual = clusterSize(Math.floor(sectors / 4096), clusterSteps);
  const first = measureSmall(start, sectors, sectorSize, usual);
  // Between two kinds of FAT, and above FAT16, clusters of twice the size may fit.
  if (first === undefined || first.clusterCount <= maxClusters[first.type]) return checkSmall(first);
  return checkSmall(measureSmall(start, sectors, sectorSize, usual * 2));
}

function checkSmall(layout: Layout | undefined): Layout | undefined {
  return layout !== undefined && layout.clusterCount <= maxClusters[layout.type] ? layout : undefined;
}

/** Where `clusterCount` comes out too small for FAT16, it is made infinite: the caller then takes larger clusters. */
function measureSmall(
  start: number,
  sectors: number,
  sectorSize: number,
  sectorsPerCluster: number,
): Layout | undefined {
  const roughClusters = Math.floor(sectors / sectorsPerCluster);
  const type = roughClusters > maxClusters[12] ? 16 : 12;
  const fatBytes = type === 16 ? roughClusters * 2 + 4 : Math.floor((roughClusters * 3 + 1) / 2) + 3;
  const fatSectors = Math.ceil(fatBytes / sectorSize);
  const rootSectors = (rootSlots * directoryEntrySize) / sectorSize;
  const system = 1 + fatSectors + rootSectors;
  if (sectors < system + sectorsPerCluster * fewestClusters) return undefined;
  const clusters = Math.floor((sectors - system) / sectorsPerCluster);
  const clusterCount = type === 16 && clusters <= maxClusters[12] ? Infinity : clusters;
  return { type, start, sectors, sectorsPerCluster, reserved: 1, fatSectors, rootSectors, clusterCount };
}

function layOutFat32(start: number, sectors: number, sectorSize: number): Layout | undefined {
  const usual = clusterSize(Math.floor(sectors / 0x20000), clusterSteps32);
  for (const sectorsPerCluster of [usual, usual / 2]) {
    const roughClusters = Math.floor(sectors / sectorsPerCluster);
    if (roughClusters <= maxClusters[16] || roughClusters > maxClusters[32]) return undefined;
    const fatSectors = Math.ceil((roughClusters * 4 + 8) / sectorSize);
    const reserved = 32;
    const clusterCount = Math.floor((sectors - reserved - fatSectors) / sectorsPerCluster);
    if (clusterCount > maxClusters[16]) {
      return { type: 32, start, sectors, sectorsPerCluster, reserved, fatSectors, rootSectors: 0, clusterCount };
    }
    if (sectorsPerCluster === 1) return undefined;
  }
  return undefined;
}

/** Where FAT32 keeps a second boot sector and a second FSInfo sector. */
const backupSector = 6;

function writeBootSector(disk: Disk, layout: Layout, serial: number): void {
  const sector = new Uint8Array(disk.sectorSize);
  const view = new DataView(sector.buffer);
  const isFat32 = layout.type === 32;
  // A jump to itself: nothing can be booted here.
  sector.set([0xeb, 0xfe, 0x90], BootField.jump);
  putText(sector, BootField.oemName, 'MSDOS5.0');
  view.setUint16(BootField.bytesPerSector, disk.sectorSize, true);
  view.setUint8(BootField.sectorsPerCluster, layout.sectorsPerCluster);
  view.setUint16(BootField.reservedSectors, layout.reserved, true);
  view.setUint8(BootField.fatCount, 1);
  view.setUint16(BootField.rootEntries, isFat32 ? 0 : rootSlots, true);
  if (layout.sectors < 0x10000) view.setUint16(BootField.sectors16, layout.sectors, true);
  else view.setUint32(BootField.sectors32, layout.sectors, true);
  view.setUint8(BootField.media, 0xf8);
  view.setUint16(BootField.sectorsPerTrack, 63, true);
  view.setUint16(BootField.heads, 255, true);
  view.setUint32(BootField.hiddenSectors, layout.start, true);
  if (isFat32) {
    view.setUint32(BootField.fatSectors32, layout.fatSectors, true);
    view.setUint32(BootField.rootCluster32, 2, true);
    view.setUint16(BootField.infoSector32, 1, true);
    view.setUint16(BootField.backupSector32, backupSector, true);
    view.setUint8(BootField.driveNumber32, 0x80);
    view.setUint8(BootField.bootSignature32, 0x29);
    view.setUint32(BootField.serial32, serial >>> 0, true);
    putText(sector, BootField.label32, 'NO NAME    FAT32   ');
  } else {
    view.setUint16(BootField.fatSectors16, layout.fatSectors, true);
    view.setUint8(BootField.driveNumber, 0x80);
    view.setUint8(BootField.bootSignature, 0x29);
    view.setUint32(BootField.serial, serial >>> 0, true);
    putText(sector, BootField.label, 'NO NAME    FAT     ');
  }
  view.setUint16(BootField.signature, 0xaa55, true);
  disk.write(layout.start, sector);
  if (isFat32) disk.write(layout.start + backupSector, sector);
}

function writeInfoSectors(disk: Disk, layout: Layout): void {
  const sector = new Uint8Array(disk.sectorSize);
  fillInfo(new DataView(sector.buffer), layout.clusterCount - 1, 2);
  disk.write(layout.start + backupSector + 1, sector);
  disk.write(layout.start + 1, sector);
}

/** Writes an empty file allocation table and an empty root directory. */
function writeTables(disk: Disk, layout: Layout): void {
  const sector = new Uint8Array(disk.sectorSize);
  const view = new DataView(sector.buffer);
  if (layout.type === 32) {
    view.setUint32(0, 0xfffffff8, true);
    view.setUint32(4, 0xffffffff, true);
    view.setUint32(8, 0x0fffffff, true);
  } else {
    view.setUint32(0, layout.type === 12 ? 0xfffff8 : 0xfffffff8, true);
  }
  const first = layout.start + layout.reserved;
  const rootSectors = layout.type === 32 ? layout.sectorsPerCluster : layout.rootSectors;
  for (let index = 0; index < layout.fatSectors + rootSectors; index++) {
    disk.write(first + index, sector);
    if (index === 0) sector.fill(0);
  }
}

/** The kind of partition, as a partition table names it. */
function partitionType(layout: Layout): number {
  if (layout.type === 32) return 0x0c;
  if (layout.sectors >= 0x10000) return 0x06;
  return layout.type === 16 ? 0x04 : 0x01;
}

function setPartitionType(disk: Disk, layout: Layout): void {
  const sector = new Uint8Array(disk.sectorSize);
  disk.read(0, sector);
  sector[partitionTable + 4] = partitionType(layout);
  disk.write(0, sector);
}

function writePartitionTable(disk: Disk, layout: Layout): void {
  const sector = new Uint8Array(disk.sectorSize);
  const view = new DataView(sector.buffer, partitionTable, partitionEntrySize);
  const lastCylinder = Math.floor((layout.start + layout.sectors) / (63 * 255));
  view.setUint8(1, 1);
  view.setUint8(2, 1);
  view.setUint8(4, partitionType(layout));
  view.setUint8(5, 254);
  view.setUint8(6, ((lastCylinder >> 2) & 0xc0) | 63);
  view.setUint8(7, lastCylinder & 0xff);
  view.setUint32(8, layout.start, true);
  view.setUint32(12, layout.sectors, true);
  sector.set([0x55, 0xaa], BootField.signature);
  disk.write(0, sector);
}

function putText(sector: Uint8Array, offset: number, text: string): void {
  for (let index = 0; index < text.length; index++) sector[offset + index] = text.charCodeAt(index);
}

/** Defines the file allocation table: which cluster follows which, and which are free. */

import { Errno, FsError } from '../errno';
import type { FatVolume } from './volume';

/** `allocate` and `follow` give this when the disk is full or the chain ends. */
export const noCluster = 0;

/** Ends a chain. The bits that an entry has no room for fall away. */
const endOfChain = 0x0fffffff;

/** The cluster after this one, or `noCluster` at the end of the chain. EIO when the chain is damaged. */
export function follow(volume: FatVolume, cluster: number): number {
  const next = readEntry(volume, cluster);
  if (next < 2) throw new FsError(Errno.EIO);
  return next < volume.geometry.clusterCount + 2 ? next : noCluster;
}

/**
 * Takes a free cluster, linked behind `previous` or, with `noCluster`, beginning a chain.
 * `noCluster` when none is free. The new cluster is marked before it is linked.
 */
export function allocate(volume: FatVolume, previous: number): number {
  const cluster = volume.freeClusters === 0 ? noCluster : findFree(volume, previous);
  if (cluster === noCluster) return noCluster;
  writeEntry(volume, cluster, endOfChain);
  if (previous !== noCluster) writeEntry(volume, previous, cluster);
  volume.lastCluster = cluster;
  if (volume.freeClusters > 0) volume.freeClusters--;
  volume.infoChanged = true;
  return cluster;
}

/** The cluster after this one, which is allocated if the chain ends. `noCluster` when the disk is full. */
export function followOrAllocate(volume: FatVolume, cluster: number): number {
  return follow(volume, cluster) || allocate(volume, cluster);
}

/** Frees a chain from `cluster` on. */
export function freeChain(volume: FatVolume, cluster: number): void {
  const end = volume.geometry.clusterCount + 2;
  if (cluster < 2 || cluster >= end) throw new FsError(Errno.EIO);
  while (cluster < end) {
    const next = readEntry(volume, cluster);
    if (next === 0) return;
    if (next === 1) throw new FsError(Errno.EIO);
    writeEntry(volume, cluster, 0);
    if (volume.freeClusters >= 0) volume.freeClusters++;
    volume.infoChanged = true;
    cluster = next;
  }
}

/** How many clusters are free. The first time, it counts them. */
export function countFree(volume: FatVolume): number {
  if (volume.freeClusters < 0) {
    let free = 0;
    for (let cluster = 2; cluster < volume.geometry.clusterCount + 2; cluster++) {
      if (readEntry(volume, cluster) === 0) free++;
    }
    volume.freeClusters = free;
    volume.infoChanged = true;
  }
  return volume.freeClusters;
}

/** Looks for a free cluster: just behind `previous`, then from the one given out last, once around. */
function findFree(volume: FatVolume, previous: number): number {
  const end = volume.geometry.clusterCount + 2;
  const last = volume.lastCluster >= 2 && volume.lastCluster < end ? volume.lastCluster : noCluster;
  let start = last || previous || 1;
  if (previous !== noCluster) {
    const neighbour = previous + 1 < end ? previous + 1 : 2;
    if (readEntry(volume, neighbour) === 0) return neighbour;
  }
  for (let count = 2; count < end; count++) {
    start = start + 1 < end ? start + 1 : 2;
    if (readEntry(volume, start) === 0) return start;
  }
  return noCluster;
}

function readEntry(volume: FatVolume, cluster: number): number {
  const { type, fatStart, clusterCount } = volume.geometry;
  if (cluster < 2 || cluster >= clusterCount + 2) throw new FsError(Errno.EIO);
  const size = volume.sectorSize;
  if (type === 12) {
    const offset = cluster + (cluster >> 1);
    const pair = readByte(volume, offset) | (readByte(volume, offset + 1) << 8);
    return cluster & 1 ? pair >> 4 : pair & 0xfff;
  }
  const offset = (cluster * type) / 8;
  const view = volume.view(fatStart + Math.floor(offset / size));
  return type === 16 ? view.getUint16(offset % size, true) : view.getUint32(offset % size, true) & 0x0fffffff;
}

function writeEntry(volume: FatVolume, cluster: number, value: number): void {
  const { type, fatStart, clusterCount } = volume.geometry;
  if (cluster < 2 || cluster >= clusterCount + 2) throw new FsError(Errno.EIO);
  const size = volume.sectorSize;
  if (type === 12) {
    const offset = cluster + (cluster >> 1);
    const odd = (cluster & 1) === 1;
    const bits = odd ? value << 4 : value;
    changeByte(volume, offset, odd ? 0xf0 : 0xff, bits);
    changeByte(volume, offset + 1, odd ? 0xff : 0x0f, bits >> 8);
    return;
  }
  const offset = (cluster * type) / 8;
  const view = volume.view(fatStart + Math.floor(offset / size));
  if (type === 16) {
    view.setUint16(offset % size, value & 0xffff, true);
  } else {
    const reserved = view.getUint32(offset % size, true) & 0xf0000000;
    view.setUint32(offset % size, (reserved | (value & 0x0fffffff)) >>> 0, true);
  }
  volume.touch();
}

/** An entry of FAT12 may begin in one sector and end in the next, so its bytes are taken one by one. */
function readByte(volume: FatVolume, offset: number): number {
  const { sectorSize, geometry } = volume;
  return volume.window(geometry.fatStart + Math.floor(offset / sectorSize))[offset % sectorSize] ?? 0;
}

function changeByte(volume: FatVolume, offset: number, mask: number, bits: number): void {
  const { sectorSize, geometry } = volume;
  const window = volume.window(geometry.fatStart + Math.floor(offset / sectorSize));
  const index = offset % sectorSize;
  window[index] = ((window[index] ?? 0) & ~mask) | (bits & mask);
  volume.touch();
}

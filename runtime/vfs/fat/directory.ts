/**
 * Defines `Directory`: the entries of one FAT directory.
 *
 * A directory is a row of slots of 32 bytes. A file or directory takes one slot with its short name, size and first
 * cluster, and before it, last part first, one slot for every 13 characters of its long name, if it has one.
 */

import { binaryText } from '../../bytes/binary-text';
import { Errno, FsError } from '../errno';
import { allocate, follow, noCluster } from './chain';
import { foldCase, numberedShortName, shortNameChecksum, showName, showShortName, type FatName } from './name';
import { directoryEntrySize, type FatVolume } from './volume';

export const Attribute = { readonly: 0x01, label: 0x08, directory: 0x10, archive: 0x20 } as const;
const longNameAttribute = 0x0f;
const attributeMask = 0x3f;

/** Where the fields of a slot are. */
export const EntryField = {
  attributes: 11,
  caseFlags: 12,
  createTime: 14,
  createDate: 16,
  accessDate: 18,
  clusterHigh: 20,
  modifyTime: 22,
  modifyDate: 24,
  clusterLow: 26,
  size: 28,
} as const;

const deletedMark = 0xe5;
const lastPartFlag = 0x40;
const charactersPerSlot = 13;
/** Where the characters of a part of a long name are. */
const longNameOffsets = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

/** No directory has more slots than this. */
const maxSlots = 65536;

/** A file or directory as it stands in a directory. */
export interface FatEntry {
  readonly short: Uint8Array;
  /** The stored long name, if there is a valid one. */
  readonly long: string | undefined;
  readonly attributes: number;
  readonly caseFlags: number;
  readonly cluster: number;
  readonly size: number;
  readonly modifyDate: number;
  readonly modifyTime: number;
  /** The slots it takes, the last of which is the one with the short name. */
  readonly firstSlot: number;
  readonly slot: number;
  /** Where that one is. */
  readonly sector: number;
  readonly offset: number;
}

export function isDirectoryEntry(entry: FatEntry): boolean {
  return (entry.attributes & Attribute.directory) !== 0;
}

/** The name as Python sees it. */
export function entryName(entry: FatEntry): string {
  const long = entry.long === undefined ? undefined : showName(entry.long);
  return long ?? showShortName(entry.short, entry.caseFlags);
}

/** Puts the first cluster of a file into its slot. */
export function setEntryCluster(volume: FatVolume, slot: DataView, offset: number, cluster: number): void {
  slot.setUint16(offset + EntryField.clusterLow, cluster & 0xffff, true);
  if (volume.geometry.type === 32) slot.setUint16(offset + EntryField.clusterHigh, cluster >>> 16, true);
}

export class Directory {
  /** The sectors known so far, in order, and the cluster of the last of them, `noCluster` in a fixed root. */
  private readonly sectors: number[] = [];
  private lastCluster: number;
  private readonly slotsPerSector: number;

  /** @param cluster the first cluster, or 0 for the root */
  constructor(
    private readonly volume: FatVolume,
    readonly cluster: number,
  ) {
    const { rootStart, rootSectors, rootCluster } = volume.geometry;
    this.slotsPerSector = volume.sectorSize / directoryEntrySize;
    this.lastCluster = cluster === 0 ? rootCluster : cluster;
    if (this.lastCluster !== noCluster) this.addCluster(this.lastCluster);
    else for (let index = 0; index < rootSectors; index++) this.sectors.push(rootStart + index);
  }

  /** The entries in order, `.` and `..` of a subdirectory among them. */
  *entries(): Generator<FatEntry, void, undefined> {
    const long = new LongNameReader();
    for (let slot = 0; ; slot++) {
      const at = this.locate(slot);
      if (at === undefined) return;
      const view = this.volume.view(at.sector);
      const mark = view.getUint8(at.offset);
      if (mark === 0) return;
      const attributes = view.getUint8(at.offset + EntryField.attributes) & attributeMask;
      if (mark === deletedMark || ((attributes & Attribute.label) !== 0 && attributes !== longNameAttribute)) {
        long.reset();
      } else if (attributes === longNameAttribute) {
        long.add(view, at.offset, slot);
      } else {
        const entry = this.readEntry(view, at, slot, attributes, long);
        long.reset();
        yield entry;
      }
    }
  }

  find(name: FatName): FatEntry | undefined {
    const folded = foldCase(name.long);
    for (const entry of this.entries()) {
      if (!name.lossy && equalBytes(entry.short, name.short)) return entry;
      if (entry.long?.length === name.long.length && foldCase(entry.long) === folded) return entry;
    }
    return undefined;
  }

  /** Finds `.` or `..`. The root has neither. */
  findDots(dots: string): FatEntry | undefined {
    const short = new Uint8Array(11).fill(0x20);
    short.fill(0x2e, 0, dots.length);
    return this.findShort(short);
  }

  isEmpty(): boolean {
    for (const entry of this.entries()) if (entry.short[0] !== 0x2e) return false;
    return true;
  }

  /**
   * Writes the slots of a new name, all fields zero; the caller fills them in before the window moves on.
   * EACCES when the directory is full and the disk has no cluster to lengthen it, or when there are too many names
   * that look the same when short.
   * @returns where the slot with the short name is, which the window then holds
   */
  add(name: FatName): { slot: number; sector: number; offset: number } {
    const short = name.lossy ? this.freeShortName(name) : name.short;
    const parts = name.needsLong ? Math.ceil(name.long.length / charactersPerSlot) : 0;
    const last = this.reserve(parts + 1);
    const checksum = shortNameChecksum(short);
    for (let part = parts; part > 0; part--) {
      const { sector, offset } = this.mustLocate(last - part);
      writeLongNamePart(this.volume.view(sector), offset, name.long, part, checksum, part === parts);
      this.volume.touch();
    }
    const { sector, offset } = this.mustLocate(last);
    const window = this.volume.window(sector);
    window.fill(0, offset, offset + directoryEntrySize);
    window.set(short, offset);
    window[offset + EntryField.caseFlags] = name.caseFlags;
    this.volume.touch();
    return { slot: last, sector, offset };
  }

  /** Marks the slots of an entry as deleted, from the first on, so that a half-removed name is still whole or gone. */
  remove(entry: FatEntry): void {
    for (let slot = entry.firstSlot; slot <= entry.slot; slot++) {
      const { sector, offset } = this.mustLocate(slot);
      this.volume.window(sector)[offset] = deletedMark;
      this.volume.touch();
    }
  }

  /** Gives the directory a volume label, in capitals; only the root has one. */
  setLabel(label: string): void {
    const at = this.mustLocate(this.findLabelSlot() ?? this.reserve(1));
    const window = this.volume.window(at.sector);
    window.fill(0, at.offset, at.offset + directoryEntrySize);
    window.fill(0x20, at.offset, at.offset + 11);
    for (let index = 0; index < label.length; index++) window[at.offset + index] = label.charCodeAt(index);
    window[at.offset + EntryField.attributes] = Attribute.label;
    this.volume.touch();
  }

  /** The volume label, or undefined. */
  label(): string | undefined {
    const slot = this.findLabelSlot();
    if (slot === undefined) return undefined;
    const { sector, offset } = this.mustLocate(slot);
    return binaryText(this.volume.window(sector).subarray(offset, offset + 11)).trimEnd();
  }

  private findLabelSlot(): number | undefined {
    for (let slot = 0; ; slot++) {
      const at = this.locate(slot);
      if (at === undefined) return undefined;
      const window = this.volume.window(at.sector);
      if (window[at.offset] === 0) return undefined;
      const attributes = (window[at.offset + EntryField.attributes] ?? 0) & attributeMask & ~Attribute.archive;
      if (window[at.offset] !== deletedMark && attributes === Attribute.label) return slot;
    }
  }

  private findShort(short: Uint8Array): FatEntry | undefined {
    for (const entry of this.entries()) if (equalBytes(entry.short, short)) return entry;
    return undefined;
  }

  private freeShortName(name: FatName): Uint8Array {
    for (let number = 1; number < 100; number++) {
      const short = numberedShortName(name, number);
      if (this.findShort(short) === undefined) return short;
    }
    throw new FsError(Errno.EACCES);
  }

  /** Finds so many free slots in a row, lengthening the directory if there are none, and returns the last of them. */
  private reserve(count: number): number {
    let free = 0;
    for (let slot = 0; slot < maxSlots; slot++) {
      const at = this.locate(slot) ?? this.lengthen(slot);
      if (at === undefined) break;
      const mark = this.volume.window(at.sector)[at.offset];
      free = mark === 0 || mark === deletedMark ? free + 1 : 0;
      if (free === count) return slot;
    }
    throw new FsError(Errno.EACCES);
  }

  private lengthen(slot: number): { sector: number; offset: number } | undefined {
    if (this.lastCluster === noCluster) return undefined;
    const cluster = allocate(this.volume, this.lastCluster);
    if (cluster === noCluster) return undefined;
    clearCluster(this.volume, cluster);
    this.addCluster(cluster);
    return this.locate(slot);
  }

  /** Where a slot is, or undefined behind the end of the directory. */
  private locate(slot: number): { sector: number; offset: number } | undefined {
    if (slot >= maxSlots) return undefined;
    const index = Math.floor(slot / this.slotsPerSector);
    if (index >= this.sectors.length && this.lastCluster !== noCluster) {
      const next = follow(this.volume, this.lastCluster);
      if (next !== noCluster) this.addCluster(next);
    }
    const sector = this.sectors[index];
    return sector === undefined ? undefined : { sector, offset: (slot % this.slotsPerSector) * directoryEntrySize };
  }

  private mustLocate(slot: number): { sector: number; offset: number } {
    const at = this.locate(slot);
    if (at === undefined) throw new FsError(Errno.EIO);
    return at;
  }

  private addCluster(cluster: number): void {
    const first = this.volume.clusterSector(cluster);
    for (let index = 0; index < this.volume.geometry.sectorsPerCluster; index++) this.sectors.push(first + index);
    this.lastCluster = cluster;
  }

  private readEntry(
    view: DataView,
    at: { sector: number; offset: number },
    slot: number,
    attributes: number,
    longName: LongNameReader,
  ): FatEntry {
    const { sector, offset } = at;
    const short = this.volume.window(sector).slice(offset, offset + 11);
    const long = longName.finish(short);
    const high = this.volume.geometry.type === 32 ? view.getUint16(offset + EntryField.clusterHigh, true) : 0;
    return {
      short,
      long,
      attributes,
      caseFlags: view.getUint8(offset + EntryField.caseFlags),
      cluster: high * 0x10000 + view.getUint16(offset + EntryField.clusterLow, true),
      size: view.getUint32(offset + EntryField.size, true),
      modifyDate: view.getUint16(offset + EntryField.modifyDate, true),
      modifyTime: view.getUint16(offset + EntryField.modifyTime, true),
      firstSlot: long === undefined ? slot : longName.firstSlot,
      slot,
      sector,
      offset,
    };
  }
}

/** Fills a cluster that will be part of a directory with empty slots. */
export function clearCluster(volume: FatVolume, cluster: number): void {
  const first = volume.clusterSector(cluster);
  volume.flushWindow();
  volume.writeSectors(first, new Uint8Array(volume.clusterBytes));
}

/** Puts the parts of a long name together, the last part of which comes first. */
class LongNameReader {
  firstSlot = 0;
  private text = '';
  private checksum = -1;
  /** The number of the next part, 0 when all have come, -1 when they do not make a name. */
  private expected = -1;

  add(view: DataView, offset: number, slot: number): void {
    const order = view.getUint8(offset);
    const checksum = view.getUint8(offset + 13);
    const part = readLongNamePart(view, offset);
    if ((order & lastPartFlag) !== 0) {
      this.text = '';
      this.checksum = checksum;
      this.expected = order & ~lastPartFlag;
      this.firstSlot = slot;
    }
    const fits = (order & ~lastPartFlag) === this.expected && checksum === this.checksum && part !== undefined;
    if (fits) this.text = part + this.text;
    this.expected = fits ? this.expected - 1 : -1;
  }

  /** The name, if all parts have come and belong to this short name. */
  finish(short: Uint8Array): string | undefined {
    const complete = this.expected === 0 && this.text !== '' && shortNameChecksum(short) === this.checksum;
    return complete ? this.text : undefined;
  }

  reset(): void {
    this.expected = -1;
  }
}

/** The characters of one part, or undefined when it is not one. */
function readLongNamePart(view: DataView, offset: number): string | undefined {
  if (view.getUint16(offset + EntryField.clusterLow, true) !== 0) return undefined;
  const units = longNameOffsets.map((at) => view.getUint16(offset + at, true));
  const end = units.indexOf(0);
  if (end < 0) return String.fromCharCode(...units);
  return units.slice(end + 1).every((unit) => unit === 0xffff)
    ? String.fromCharCode(...units.slice(0, end))
    : undefined;
}

function writeLongNamePart(
  view: DataView,
  offset: number,
  long: string,
  part: number,
  checksum: number,
  isLast: boolean,
): void {
  view.setUint8(offset, isLast ? part | lastPartFlag : part);
  view.setUint16(offset + EntryField.attributes, longNameAttribute, true);
  view.setUint8(offset + 13, checksum);
  view.setUint16(offset + EntryField.clusterLow, 0, true);
  const start = (part - 1) * charactersPerSlot;
  longNameOffsets.forEach((at, index) => {
    const position = start + index;
    const unit = position < long.length ? long.charCodeAt(position) : position === long.length ? 0 : 0xffff;
    view.setUint16(offset + at, unit, true);
  });
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

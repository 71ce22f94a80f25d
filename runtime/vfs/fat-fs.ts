/**
 * Defines `FatFs`: FAT12, FAT16 and FAT32 with long file names on a block device, in everything that can be seen the
 * same as MicroPython's `VfsFat`.
 *
 * Two dangers of the real driver are avoided, and only where it would damage the disk: a file that stays open while it
 * is removed or emptied fails with EIO instead of writing into what belongs to others, one that is renamed keeps its
 * entry, and a directory cannot be moved into itself (EINVAL).
 */

import type { BlockDevice } from './block-device';
import { Errno, FsError } from './errno';
import { allocate, countFree, freeChain, noCluster } from './fat/chain';
import {
  Attribute,
  clearCluster,
  Directory,
  EntryField,
  entryName,
  isDirectoryEntry,
  setEntryCluster,
  type FatEntry,
} from './fat/directory';
import { FatFile } from './fat/file';
import { formatFat, type FormatKind } from './fat/format';
import { longestName, makeName, storePath, type FatName } from './fat/name';
import { fromFatTime, toFatTime, type EpochYear, type FatTime } from './fat/time';
import { directoryEntrySize, FatVolume } from './fat/volume';
import {
  parseMode,
  S_IFDIR,
  S_IFREG,
  type DirectoryEntry,
  type FileHandle,
  type FileStat,
  type FileSystem,
  type VolumeStat,
} from './filesystem';

export interface FatOptions {
  /** The time in seconds since the epoch. Without it, it is always the beginning of the epoch. */
  readonly now?: () => number;
  /** The year in which the epoch begins. 2000 when missing. */
  readonly epochYear?: EpochYear;
}

export interface FatFormatOptions extends FatOptions {
  /** See `FormatKind`. `any` when missing. */
  readonly kind?: FormatKind;
  /** The volume label, at most eleven ASCII characters; it is written in capitals. */
  readonly label?: string;
}

/** Where a path leads. */
interface Place {
  /** The directory that holds it, or that it is when there is no `name`. */
  readonly directory: Directory;
  /** Missing when the path is the root or the current directory itself. */
  readonly name?: FatName | 'dots';
  /** Missing when there is no such file or directory, but the directory for it exists. */
  readonly entry?: FatEntry;
}

export class FatFs implements FileSystem {
  private volume: FatVolume | undefined;
  /** The first cluster of the current directory, 0 for the root. */
  private currentCluster = 0;
  private mountedReadonly = false;
  private readonly now: () => number;
  private readonly epochYear: EpochYear;

  /**
   * Looks for a volume on the device. Without one, the object can be mounted with `mkfs`, or used once the device has
   * been formatted. EIO or EBUSY as the device fails.
   */
  constructor(
    readonly device: BlockDevice,
    options: FatOptions = {},
  ) {
    this.now = options.now ?? (() => 0);
    this.epochYear = options.epochYear ?? 2000;
    try {
      this.volume = FatVolume.mount(device);
    } catch (error) {
      if (!(error instanceof FsError) || error.errno !== Errno.ENODEV) throw error;
    }
  }

  /** Makes an empty volume: `VfsFat.mkfs()`. EROFS, or EIO when the device is too small or fails. */
  static format(device: BlockDevice, options: FatFormatOptions = {}): void {
    const { date, time } = toFatTime(options.now?.() ?? 0, options.epochYear ?? 2000);
    formatFat(device, options.kind ?? 'any', (date << 16) | time);
    if (options.label === undefined) return;
    const volume = FatVolume.mount(device);
    new Directory(volume, 0).setLabel(options.label.toUpperCase());
    volume.sync();
  }

  /** Whether there is a volume. */
  get formatted(): boolean {
    return this.volume !== undefined;
  }

  /** The volume label, or undefined. */
  label(): string | undefined {
    return new Directory(this.use(), 0).label();
  }

  mount(readonly: boolean, mkfs: boolean): void {
    this.mountedReadonly ||= readonly;
    if (this.volume === undefined && mkfs) {
      if (this.readonly) throw new FsError(Errno.EROFS);
      FatFs.format(this.device, { kind: 'small', now: this.now, epochYear: this.epochYear });
    }
    this.use();
  }

  umount(): void {
    // As in MicroPython, the object stays usable.
  }

  open(path: string, mode: string): FileHandle {
    const flags = parseMode(mode);
    const volume = flags.write ? this.useForWriting() : this.use();
    const place = this.find(path);
    if (place.name === undefined) throw new FsError(Errno.EINVAL);
    let { entry } = place;
    let fresh = false;
    if (flags.disposition === 'existing') {
      if (entry === undefined || isDirectoryEntry(entry)) throw new FsError(Errno.ENOENT);
      if (flags.write && (entry.attributes & Attribute.readonly) !== 0) throw new FsError(Errno.EACCES);
    } else if (entry === undefined || flags.disposition !== 'append') {
      entry = this.createFile(volume, place, flags.disposition === 'new');
      fresh = true;
    } else if (isProtected(entry)) {
      throw new FsError(Errno.EACCES);
    }
    return new FatFile(volume, flags, () => this.fatTime(), { ...entry, fresh });
  }

  list(path: string): Iterable<DirectoryEntry> {
    return listEntries(this.findDirectory(path));
  }

  stat(path: string): FileStat {
    if (path === '' || path === '/') return this.makeStat(S_IFDIR, 0, { date: 0x2821, time: 0 });
    const entry = this.findEntry(path);
    const modified = { date: entry.modifyDate, time: entry.modifyTime };
    return this.makeStat(isDirectoryEntry(entry) ? S_IFDIR : S_IFREG, entry.size, modified);
  }

  statvfs(): VolumeStat {
    const volume = this.use();
    const free = countFree(volume);
    return {
      bsize: volume.clusterBytes,
      frsize: volume.clusterBytes,
      blocks: volume.geometry.clusterCount,
      bfree: free,
      bavail: free,
      files: 0,
      ffree: 0,
      favail: 0,
      flag: 0,
      namemax: longestName,
    };
  }

  mkdir(path: string): void {
    const volume = this.useForWriting();
    const { directory, name, entry } = this.find(path);
    if (name === undefined || name === 'dots' || entry !== undefined) throw new FsError(Errno.EEXIST);
    const cluster = allocate(volume, noCluster);
    if (cluster === noCluster) throw new FsError(Errno.EACCES);
    const time = this.fatTime();
    this.writeDots(volume, cluster, directory.cluster, time);
    try {
      const at = directory.add(name);
      const view = volume.view(at.sector);
      view.setUint8(at.offset + EntryField.attributes, Attribute.directory);
      setModified(view, at.offset, time);
      setEntryCluster(volume, view, at.offset, cluster);
      volume.touch();
    } catch (error) {
      if (error instanceof FsError && error.errno === Errno.EACCES) freeChain(volume, cluster);
      throw error;
    }
    volume.sync();
  }

  rmdir(path: string): void {
    const entry = this.findEntry(path);
    if (!isDirectoryEntry(entry)) throw new FsError(Errno.ENOTDIR);
    this.unlink(path);
  }

  remove(path: string): void {
    const entry = this.findEntry(path);
    if (isDirectoryEntry(entry)) throw new FsError(Errno.EISDIR);
    this.unlink(path);
  }

  rename(oldPath: string, newPath: string): void {
    const volume = this.useForWriting();
    const old = this.find(oldPath);
    if (old.name === undefined || old.name === 'dots') throw new FsError(Errno.EINVAL);
    if (old.entry === undefined) throw new FsError(Errno.ENOENT);
    let target = this.find(newPath);
    const taken = target.name === undefined || (target.entry !== undefined && !isSameEntry(target.entry, old.entry));
    if (taken) {
      this.remove(newPath);
      target = this.find(newPath);
    }
    if (target.name === undefined || target.name === 'dots') throw new FsError(Errno.EINVAL);
    this.moveEntry(volume, { directory: old.directory, entry: old.entry }, target.directory, target.name);
  }

  chdir(path: string): void {
    this.currentCluster = this.findDirectory(path).cluster;
  }

  getcwd(): string {
    const volume = this.use();
    const names: string[] = [];
    for (let cluster = this.currentCluster; cluster !== 0;) {
      const parent = parentOf(volume, cluster);
      const name = nameOfCluster(new Directory(volume, parent), cluster);
      if (name === undefined) throw new FsError(Errno.EIO);
      names.unshift(name);
      cluster = parent;
    }
    return `/${names.join('/')}`;
  }

  sync(): void {
    if (this.volume !== undefined && !this.readonly) this.volume.sync();
  }

  closeFiles(): void {
    for (const file of this.volume?.openFiles ?? []) {
      try {
        file.close();
      } catch (error) {
        if (!(error instanceof FsError)) throw error;
      }
    }
  }

  flushFiles(): void {
    for (const file of this.volume?.openFiles ?? []) {
      try {
        file.flush();
      } catch (error) {
        if (!(error instanceof FsError)) throw error;
      }
    }
  }

  private get readonly(): boolean {
    return this.mountedReadonly || this.device.writeblocks === undefined;
  }

  /** The volume. ENODEV when there is none; EBUSY when the device is not ready any more. */
  private use(): FatVolume {
    this.volume ??= FatVolume.mount(this.device);
    return this.volume;
  }

  private useForWriting(): FatVolume {
    const volume = this.use();
    if (this.readonly) throw new FsError(Errno.EROFS);
    return volume;
  }

  private fatTime(): FatTime {
    return toFatTime(this.now(), this.epochYear);
  }

  private makeStat(mode: number, size: number, modified: FatTime): FileStat {
    const time = fromFatTime(modified, this.epochYear);
    return { mode, ino: 0, dev: 0, nlink: 0, uid: 0, gid: 0, size, atime: time, mtime: time, ctime: time };
  }

  /**
   * Follows a path. ENOENT when one of its directories is missing or a file; EINVAL when it has a name that cannot be,
   * as the empty one behind a last `/` is.
   */
  private find(path: string): Place {
    const volume = this.use();
    const stored = storePath(path);
    const isAbsolute = /^[/\\]/.test(stored);
    let rest = stored.replace(/^[/\\]+/, '');
    let directory = new Directory(volume, isAbsolute ? 0 : this.currentCluster);
    if (rest === '') return { directory };
    for (;;) {
      const end = rest.search(/[/\\]/);
      const segment = end < 0 ? rest : rest.slice(0, end);
      const isLast = end < 0;
      rest = isLast ? '' : rest.slice(end).replace(/^[/\\]+/, '');
      const name = segment === '.' || segment === '..' ? 'dots' : makeName(segment);
      const entry = name === 'dots' ? directory.findDots(segment) : directory.find(name);
      if (entry === undefined && name === 'dots') {
        // The root has no such entries: one stays there.
        if (isLast) return { directory };
        continue;
      }
      if (isLast) return entry === undefined ? { directory, name } : { directory, name, entry };
      if (entry === undefined || !isDirectoryEntry(entry)) throw new FsError(Errno.ENOENT);
      directory = new Directory(volume, entry.cluster);
    }
  }

  /** EINVAL for the root and the current directory, which have no entry. */
  private findEntry(path: string): FatEntry {
    const { name, entry } = this.find(path);
    if (name === undefined) throw new FsError(Errno.EINVAL);
    if (entry === undefined) throw new FsError(Errno.ENOENT);
    return entry;
  }

  private findDirectory(path: string): Directory {
    const { directory, name, entry } = this.find(path);
    if (name === undefined) return directory;
    if (entry === undefined || !isDirectoryEntry(entry)) throw new FsError(Errno.ENOENT);
    return new Directory(this.use(), entry.cluster);
  }

  /** Makes an empty file, or empties the one that is there. */
  private createFile(volume: FatVolume, place: Place, mustBeNew: boolean): FatEntry {
    const { directory, name, entry } = place;
    if (entry !== undefined && isProtected(entry)) throw new FsError(Errno.EACCES);
    if (entry !== undefined && mustBeNew) throw new FsError(Errno.EEXIST);
    if (name === undefined || name === 'dots') throw new FsError(Errno.EINVAL);
    const { sector, offset } = entry ?? directory.add(name);
    for (const file of volume.filesAt(sector, offset)) file.detach();
    const view = volume.view(sector);
    const { date, time } = this.fatTime();
    view.setUint16(offset + EntryField.createTime, time, true);
    view.setUint16(offset + EntryField.createDate, date, true);
    view.setUint8(offset + EntryField.attributes, Attribute.archive);
    setEntryCluster(volume, view, offset, noCluster);
    view.setUint32(offset + EntryField.size, 0, true);
    volume.touch();
    if (entry !== undefined && entry.cluster !== noCluster) {
      freeChain(volume, entry.cluster);
      volume.lastCluster = entry.cluster - 1;
    }
    return { ...emptyEntry, sector, offset };
  }

  private writeDots(volume: FatVolume, cluster: number, parent: number, time: FatTime): void {
    clearCluster(volume, cluster);
    const sector = volume.clusterSector(cluster);
    const window = volume.window(sector);
    const view = volume.view(sector);
    [cluster, parent].forEach((target, index) => {
      const offset = index * directoryEntrySize;
      window.fill(0x20, offset, offset + 11);
      window.fill(0x2e, offset, offset + index + 1);
      view.setUint8(offset + EntryField.attributes, Attribute.directory);
      setModified(view, offset, time);
      setEntryCluster(volume, view, offset, target);
    });
    volume.touch();
  }

  private unlink(path: string): void {
    const volume = this.useForWriting();
    const { directory, name, entry } = this.find(path);
    if (name === undefined || name === 'dots' || entry === undefined) throw new FsError(Errno.EINVAL);
    if ((entry.attributes & Attribute.readonly) !== 0) throw new FsError(Errno.EACCES);
    if (isDirectoryEntry(entry)) {
      const inUse = entry.cluster === this.currentCluster;
      if (inUse || !new Directory(volume, entry.cluster).isEmpty()) throw new FsError(Errno.EACCES);
    }
    for (const file of volume.filesAt(entry.sector, entry.offset)) file.detach();
    directory.remove(entry);
    if (entry.cluster !== noCluster) freeChain(volume, entry.cluster);
    volume.sync();
  }

  /** Writes the new entry, then takes the old one away: what breaks off between them leaves two, and no data lost. */
  private moveEntry(
    volume: FatVolume,
    old: { directory: Directory; entry: FatEntry },
    directory: Directory,
    name: FatName,
  ): void {
    const isMovedDirectory = isDirectoryEntry(old.entry) && old.directory.cluster !== directory.cluster;
    if (isMovedDirectory && isWithin(volume, directory.cluster, old.entry.cluster)) throw new FsError(Errno.EINVAL);
    const fields = volume.window(old.entry.sector).slice(old.entry.offset, old.entry.offset + directoryEntrySize);
    const at = directory.add(name);
    const window = volume.window(at.sector);
    window.set(fields.subarray(EntryField.caseFlags + 1), at.offset + EntryField.caseFlags + 1);
    window[at.offset + EntryField.attributes] = isDirectoryEntry(old.entry)
      ? old.entry.attributes
      : old.entry.attributes | Attribute.archive;
    volume.touch();
    if (isMovedDirectory) {
      const sector = volume.clusterSector(old.entry.cluster);
      setEntryCluster(volume, volume.view(sector), directoryEntrySize, directory.cluster);
      volume.touch();
    }
    old.directory.remove(old.entry);
    for (const file of volume.filesAt(old.entry.sector, old.entry.offset)) file.moveEntry(at.sector, at.offset);
    volume.sync();
  }
}

const emptyEntry: FatEntry = {
  short: new Uint8Array(11),
  long: undefined,
  attributes: Attribute.archive,
  caseFlags: 0,
  cluster: noCluster,
  size: 0,
  modifyDate: 0,
  modifyTime: 0,
  firstSlot: 0,
  slot: 0,
  sector: 0,
  offset: 0,
};

function setModified(view: DataView, offset: number, { date, time }: FatTime): void {
  view.setUint16(offset + EntryField.modifyTime, time, true);
  view.setUint16(offset + EntryField.modifyDate, date, true);
}

function isProtected(entry: FatEntry): boolean {
  return (entry.attributes & (Attribute.readonly | Attribute.directory)) !== 0;
}

function isSameEntry(a: FatEntry, b: FatEntry): boolean {
  return a.sector === b.sector && a.offset === b.offset;
}

/** An error while listing ends the list, as in MicroPython. */
function* listEntries(directory: Directory): Iterable<DirectoryEntry> {
  try {
    for (const entry of directory.entries()) {
      if (entry.short[0] === 0x2e) continue;
      const type = isDirectoryEntry(entry) ? S_IFDIR : S_IFREG;
      yield { name: entryName(entry), type, inode: 0, size: entry.size };
    }
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
  }
}

/** The first cluster of the directory above, 0 for the root. */
function parentOf(volume: FatVolume, cluster: number): number {
  const entry = new Directory(volume, cluster).findDots('..');
  if (entry === undefined) throw new FsError(Errno.EIO);
  return entry.cluster;
}

function nameOfCluster(directory: Directory, cluster: number): string | undefined {
  for (const entry of directory.entries()) {
    if (entry.cluster === cluster && entry.short[0] !== 0x2e) return entryName(entry);
  }
  return undefined;
}

/** Whether a directory is another one or lies in it. */
function isWithin(volume: FatVolume, cluster: number, outer: number): boolean {
  for (; cluster !== 0; cluster = parentOf(volume, cluster)) if (cluster === outer) return true;
  return false;
}

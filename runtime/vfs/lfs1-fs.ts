/** Defines `Lfs1Fs`: littlefs 1 on a block device, in everything that can be seen the same as MicroPython's `VfsLfs1`. */

import type { BlockDevice } from './block-device';
import { Errno, FsError } from './errno';
import type { FileHandle, OpenFlags } from './filesystem';
import { LfsFs, diskOf, nameBytes, type LfsItem, type LfsOptions } from './lfs-fs';
import { Entry1, entrySize, listIn, type Directory1, type DirectoryEntry1 } from './lfs/directory1';
import { LfsFile, NO_HEAD, type Content, type LfsStore } from './lfs/file';
import { packWords, pairIn, type Pair } from './lfs/metadata';
import { Lfs1Volume, isSameName } from './lfs/volume1';

const NAME_MAX = 255;
/** The head of a file without blocks, on the disk. */
const NO_BLOCK = 0xffffffff;
const NOTHING = new Uint8Array(0);

/** Where an entry is. */
interface Place {
  readonly directory: Directory1;
  readonly entry: DirectoryEntry1;
}

const itemOf = (entry: DirectoryEntry1): LfsItem => {
  const isDirectory = entry.type === Entry1.directory;
  return { name: entry.name, isDirectory, size: isDirectory ? 0 : listIn(entry).size };
};

export class Lfs1Fs extends LfsFs implements LfsStore {
  readonly fileMax = 0x7fffffff;
  readonly inlineMax = 0;
  protected override readonly strictRoot = false;
  readonly volume: Lfs1Volume;

  /** `LFS1_CORRUPT` when there is no such file system on the device. */
  constructor(device: BlockDevice, options: LfsOptions = {}) {
    const disk = diskOf(device, options);
    super(disk, options.epoch ?? 0);
    this.volume = new Lfs1Volume(disk);
    this.volume.mount();
  }

  /** Makes an empty volume. ENOSPC when the device is too small. */
  static format(device: BlockDevice, options: LfsOptions = {}): void {
    new Lfs1Volume(diskOf(device, options)).format(nameBytes('littlefs'));
  }

  begin(): void {
    this.volume.begin();
  }

  allocate(): number {
    return this.volume.allocate();
  }

  protected openFiles(): Iterable<FileHandle> {
    return this.volume.open as Set<Lfs1File>;
  }

  private directoryAt(names: readonly string[]): Pair {
    let pair = this.volume.root;
    for (const name of names) {
      const place = this.look(pair, name);
      if (place === undefined) throw new FsError(Errno.ENOENT);
      if (place.entry.type !== Entry1.directory) throw new FsError(Errno.ENOTDIR);
      pair = pairIn(place.entry.data);
    }
    return pair;
  }

  private look(head: Pair, name: string): Place | undefined {
    const wanted = nameBytes(name);
    for (const directory of this.volume.pairsOf(head)) {
      const entry = directory.entries.find((e) => isSameName(e.name, wanted) && !this.volume.isMovedAway(e));
      if (entry !== undefined) return { directory, entry };
    }
    return undefined;
  }

  /** ENOTEMPTY for the root, which can neither be removed nor renamed. */
  find(names: readonly string[]): Place | undefined {
    const name = names.at(-1);
    if (name === undefined) throw new FsError(Errno.ENOTEMPTY);
    return this.look(this.directoryAt(names.slice(0, -1)), name);
  }

  private findExisting(names: readonly string[]): Place {
    const place = this.find(names);
    if (place === undefined) throw new FsError(Errno.ENOENT);
    return place;
  }

  private newEntry(names: readonly string[], type: number, data: Uint8Array): DirectoryEntry1 {
    const name = nameBytes(names.at(-1) ?? '');
    if (name.length > NAME_MAX) throw new FsError(Errno.ENAMETOOLONG);
    return { type, moving: false, data, attributes: NOTHING, name };
  }

  protected openAt(names: readonly string[], flags: OpenFlags): FileHandle {
    if (flags.write) this.begin();
    if (names.length === 0) throw new FsError(Errno.EISDIR);
    const entry = this.find(names)?.entry;
    if (entry === undefined) {
      if (flags.disposition === 'existing') throw new FsError(Errno.ENOENT);
      const made = this.newEntry(names, Entry1.file, packWords(NO_BLOCK, 0));
      this.volume.append(this.directoryAt(names.slice(0, -1)), made);
    } else if (flags.disposition === 'new') throw new FsError(Errno.EEXIST);
    else if (entry.type === Entry1.directory) throw new FsError(Errno.EISDIR);
    const { entry: found } = this.findExisting(names);
    return new Lfs1File(this, flags, names, listIn(found));
  }

  protected listAt(names: readonly string[]): readonly LfsItem[] {
    const items: LfsItem[] = [];
    for (const directory of this.volume.pairsOf(this.directoryAt(names))) {
      items.push(...directory.entries.filter((e) => !this.volume.isMovedAway(e)).map(itemOf));
    }
    return items;
  }

  protected statAt(names: readonly string[]): LfsItem {
    if (names.length === 0) return { name: NOTHING, isDirectory: true, size: 0 };
    return itemOf(this.findExisting(names).entry);
  }

  protected mkdirAt(names: readonly string[]): void {
    this.begin();
    if (names.length === 0 || this.find(names) !== undefined) throw new FsError(Errno.EEXIST);
    const { volume } = this;
    const above = this.directoryAt(names.slice(0, -1));
    let last = volume.fetch(above);
    for (const directory of volume.pairsOf(above)) last = directory;
    const made = volume.newPair();
    const entry = this.newEntry(names, Entry1.directory, packWords(...made.pair));
    made.tail = last.tail;
    volume.commit(made, true);
    entry.data = packWords(...made.pair);
    // In the chain first: what power loss leaves there without an entry is found and taken out.
    last.tail = made.pair;
    if (last.size + entrySize(entry) <= volume.disk.blockSize && isHead(last, above)) {
      last.entries.push(entry);
      volume.commit(last);
      return;
    }
    volume.commit(last);
    volume.append(this.directoryAt(names.slice(0, -1)), entry);
  }

  /** The pair of an empty directory. ENOTEMPTY. */
  private emptyDirectory({ data }: DirectoryEntry1): Pair {
    const pair = pairIn(data);
    const directory = this.volume.fetch(pair);
    if (directory.entries.length > 0 || directory.continued) throw new FsError(Errno.ENOTEMPTY);
    return pair;
  }

  private dropDirectory(pair: Pair): void {
    const before = this.volume.predecessor(pair);
    if (before !== undefined) this.volume.drop(before, this.volume.fetch(pair));
  }

  protected removeAt(names: readonly string[]): void {
    this.begin();
    const { directory, entry } = this.findExisting(names);
    const pair = entry.type === Entry1.directory ? this.emptyDirectory(entry) : undefined;
    this.volume.removeEntry(directory, entry);
    if (pair !== undefined) this.dropDirectory(pair);
    this.forgetFile(names);
  }

  protected renameAt(from: readonly string[], to: readonly string[]): void {
    this.begin();
    const { volume } = this;
    const old = this.findExisting(from);
    // A directory in itself would be out of reach.
    if (to.length > from.length && from.every((name, i) => name === to[i])) throw new FsError(Errno.EINVAL);
    const target = this.find(to);
    if (target !== undefined && target.entry.type !== old.entry.type) throw new FsError(Errno.EISDIR);
    if (from.join('/') === to.join('/')) return;
    const replaced = target?.entry.type === Entry1.directory ? this.emptyDirectory(target.entry) : undefined;
    const made = { ...this.newEntry(to, old.entry.type, old.entry.data), attributes: old.entry.attributes };
    // Both are there for a moment; the mark says which of them counts.
    old.entry.moving = true;
    volume.commit(old.directory);
    const again = this.find(to);
    if (again === undefined) volume.append(this.directoryAt(to.slice(0, -1)), made);
    else {
      again.directory.entries[again.directory.entries.indexOf(again.entry)] = made;
      volume.commit(again.directory);
    }
    this.removeMoved(from);
    if (replaced !== undefined) this.dropDirectory(replaced);
    this.forgetFile(to);
  }

  private removeMoved(names: readonly string[]): void {
    const wanted = nameBytes(names.at(-1) ?? '');
    for (const directory of this.volume.pairsOf(this.directoryAt(names.slice(0, -1)))) {
      const entry = directory.entries.find((e) => e.moving && isSameName(e.name, wanted));
      if (entry === undefined) continue;
      this.volume.removeEntry(directory, entry);
      return;
    }
  }

  /** A file that was removed or replaced while it is open is written nowhere. */
  private forgetFile(names: readonly string[]): void {
    for (const file of this.volume.open as Set<Lfs1File>) file.forgetAt(names.join('/'));
  }
}

const isHead = (directory: Directory1, head: Pair): boolean => directory.pair.includes(head[0]);

class Lfs1File extends LfsFile {
  /** Null once the entry is gone. */
  private names: readonly string[] | null;

  constructor(
    private readonly fs: Lfs1Fs,
    flags: OpenFlags,
    names: readonly string[],
    list: Content,
  ) {
    super(fs, flags, list);
    this.names = names;
    fs.volume.open.add(this);
  }

  forgetAt(path: string): void {
    if (this.names?.join('/') === path) this.names = null;
  }

  protected record(content: Content): void {
    const place = this.names === null ? undefined : this.fs.find(this.names);
    if (place === undefined || 'inline' in content) return;
    place.entry.data = packWords(content.head === NO_HEAD ? NO_BLOCK : content.head, content.size);
    this.fs.volume.commit(place.directory);
  }

  protected forget(): void {
    this.fs.volume.open.delete(this);
  }
}

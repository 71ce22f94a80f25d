/** Defines `Lfs2Fs`: littlefs 2 on a block device, in everything that can be seen the same as MicroPython's `VfsLfs2`. */

import type { BlockDevice } from './block-device';
import { Errno, FsError } from './errno';
import type { FileHandle, OpenFlags } from './filesystem';
import { LfsFs, diskOf, nameBytes, type LfsItem, type LfsOptions } from './lfs-fs';
import { LfsFile, type Content, type LfsStore } from './lfs/file';
import {
  NO_ID,
  Tag,
  entryTags,
  packWords,
  pairIn,
  type Attribute,
  type MetaEntry,
  type Metadata,
  type Pair,
} from './lfs/metadata';
import { LfsVolume, skipListOf, type OpenEntry } from './lfs/volume';

const ROOT: Pair = [0, 1];
const DISK_VERSION = 0x20001;
const NAME_MAX = 255;
const FILE_MAX = 0x7fffffff;
const ATTRIBUTE_MAX = 1022;
/** The attribute in which MicroPython keeps the time of the last change: nanoseconds since 1970, eight bytes. */
const MODIFIED = Tag.attribute + 1;

/** Where a name is in a directory, or where it would go. */
interface Place {
  readonly meta: Metadata;
  readonly id: number;
  readonly entry: MetaEntry | undefined;
}

/** In the order of their bytes; a name goes before those it continues. */
function compareNames(a: Uint8Array, b: Uint8Array): number {
  const count = Math.min(a.length, b.length);
  for (let i = 0; i < count; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return b.length - a.length;
}

function packTime(time: bigint): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, time, true);
  return new Uint8Array(view.buffer);
}

function timeOf(entry: MetaEntry): bigint | undefined {
  const bytes = entry.attributes.get(MODIFIED);
  return bytes?.length === 8 ? new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true) : undefined;
}

function itemOf(entry: MetaEntry): LfsItem {
  const modified = timeOf(entry);
  const isDirectory = entry.type === Tag.directory;
  const size = isDirectory ? 0 : (skipListOf(entry)?.size ?? entry.struct.data.length);
  return { name: entry.name, isDirectory, size, ...(modified === undefined ? {} : { modified }) };
}

const rootItem: LfsItem = { name: new Uint8Array(0), isDirectory: true, size: 0 };

const NOTHING = new Uint8Array(0);

export class Lfs2Fs extends LfsFs implements LfsStore {
  protected readonly volume: LfsVolume;
  private readonly nameMax: number;
  readonly fileMax: number;
  readonly inlineMax: number;
  private readonly now: (() => bigint) | undefined;

  /** `LFS_CORRUPT` when there is no such file system on the device. */
  constructor(device: BlockDevice, options: LfsOptions = {}) {
    const disk = diskOf(device, options);
    super(disk, options.epoch ?? 0);
    this.volume = new LfsVolume(disk);
    const { nameMax, fileMax } = this.volume.mount();
    this.nameMax = nameMax;
    this.fileMax = fileMax;
    this.inlineMax = Math.min(disk.cacheSize, Math.floor(disk.blockSize / 8), ATTRIBUTE_MAX);
    this.now = options.now;
  }

  /** Makes an empty volume. ENOSPC when the device is too small. */
  static format(device: BlockDevice, options: LfsOptions = {}): void {
    const disk = diskOf(device, options);
    const data = packWords(DISK_VERSION, disk.blockSize, disk.blockCount, NAME_MAX, FILE_MAX, ATTRIBUTE_MAX);
    new LfsVolume(disk).format({
      type: Tag.superblock,
      name: nameBytes('littlefs'),
      struct: { type: Tag.inlineStruct, data },
      attributes: new Map(),
    });
  }

  begin(): void {
    this.volume.begin();
  }

  allocate(): number {
    return this.volume.allocate();
  }

  protected openFiles(): Iterable<FileHandle> {
    return [...this.volume.open].filter((file) => file instanceof Lfs2File);
  }

  // ---- paths

  /** The first pair of the directory that names lead to. */
  private directoryAt(names: readonly string[]): Pair {
    let pair = ROOT;
    for (const name of names) {
      const { entry } = this.look(pair, name);
      if (entry === undefined) throw new FsError(Errno.ENOENT);
      if (entry.type !== Tag.directory) throw new FsError(Errno.ENOTDIR);
      pair = pairIn(entry.struct.data);
    }
    return pair;
  }

  private look(directory: Pair, name: string): Place {
    const wanted = nameBytes(name);
    let last: Metadata | undefined;
    for (const meta of this.volume.pairsOf(directory)) {
      last = meta;
      for (const [id, entry] of meta.entries.entries()) {
        if (entry.type === Tag.superblock || this.volume.isMovedAway(meta, id)) continue;
        const order = compareNames(entry.name, wanted);
        if (order >= 0) return { meta, id, entry: order === 0 ? entry : undefined };
      }
    }
    const meta = last as Metadata;
    return { meta, id: meta.entries.length, entry: undefined };
  }

  /** EINVAL for the root. */
  private find(names: readonly string[]): Place & { readonly directory: Pair } {
    const name = names.at(-1);
    if (name === undefined) throw new FsError(Errno.EINVAL);
    const directory = this.directoryAt(names.slice(0, -1));
    return { ...this.look(directory, name), directory };
  }

  private findExisting(names: readonly string[]): Place & { readonly directory: Pair; readonly entry: MetaEntry } {
    const place = this.find(names);
    if (place.entry === undefined) throw new FsError(Errno.ENOENT);
    return { ...place, entry: place.entry };
  }

  private newName(names: readonly string[]): Uint8Array {
    const name = nameBytes(names.at(-1) ?? '');
    if (name.length > this.nameMax) throw new FsError(Errno.ENAMETOOLONG);
    return name;
  }

  // ---- operations

  protected openAt(names: readonly string[], flags: OpenFlags): FileHandle {
    if (flags.write) this.begin();
    if (names.length === 0) throw new FsError(Errno.EISDIR);
    const place = this.find(names);
    let { entry } = place;
    if (entry === undefined) {
      if (flags.disposition === 'existing') throw new FsError(Errno.ENOENT);
      entry = this.createFile(place, this.newName(names));
    } else if (flags.disposition === 'new') throw new FsError(Errno.EEXIST);
    else if (entry.type === Tag.directory) throw new FsError(Errno.EISDIR);
    const found = this.find(names);
    return new Lfs2File(this, this.volume, flags, found.meta.pair, found.id, found.entry ?? entry, this.now);
  }

  private createFile({ meta, id }: Place, name: Uint8Array): MetaEntry {
    this.volume.commit(meta, [
      { type: Tag.create, id, data: NOTHING },
      { type: Tag.file, id, data: name },
      { type: Tag.inlineStruct, id, data: NOTHING },
    ]);
    return { type: Tag.file, name, struct: { type: Tag.inlineStruct, data: NOTHING }, attributes: new Map() };
  }

  protected listAt(names: readonly string[]): readonly LfsItem[] {
    const items: LfsItem[] = [];
    for (const meta of this.volume.pairsOf(this.directoryAt(names))) {
      const shown = meta.entries.filter((e, id) => e.type !== Tag.superblock && !this.volume.isMovedAway(meta, id));
      items.push(...shown.map(itemOf));
    }
    return items;
  }

  protected statAt(names: readonly string[]): LfsItem {
    return names.length === 0 ? rootItem : itemOf(this.findExisting(names).entry);
  }

  protected mkdirAt(names: readonly string[]): void {
    this.begin();
    if (names.length === 0) throw new FsError(Errno.EEXIST);
    const { directory, entry } = this.find(names);
    if (entry !== undefined) throw new FsError(Errno.EEXIST);
    const name = this.newName(names);
    const { volume } = this;
    let last = volume.fetch(directory);
    for (const meta of volume.pairsOf(directory)) last = meta;
    const made = volume.newPair();
    made.tail = last.tail;
    volume.create(made);
    const data = packWords(...made.pair);
    const tail: Attribute = { type: Tag.softTail, id: NO_ID, data };
    const spans = volume.fetch(directory).split;
    if (spans) {
      // Until the entry is there too, the new directory is in the chain only.
      volume.countOrphans(1);
      volume.commit(last, [tail]);
      volume.countOrphans(-1);
    }
    const { meta, id } = this.look(directory, names.at(-1) ?? '');
    volume.commit(meta, [
      { type: Tag.create, id, data: NOTHING },
      { type: Tag.directory, id, data: name },
      { type: Tag.directoryStruct, id, data },
      ...(spans ? [] : [tail]),
    ]);
  }

  /** ENOTEMPTY. */
  private emptyDirectory(entry: MetaEntry): Pair {
    const pair = pairIn(entry.struct.data);
    const meta = this.volume.fetch(pair);
    if (meta.entries.length > 0 || meta.split) throw new FsError(Errno.ENOTEMPTY);
    return pair;
  }

  protected removeAt(names: readonly string[]): void {
    this.begin();
    const { meta, id, entry } = this.findExisting(names);
    const { volume } = this;
    const pair = entry.type === Tag.directory ? this.emptyDirectory(entry) : undefined;
    if (pair !== undefined) volume.countOrphans(1);
    volume.commit(meta, [{ type: Tag.delete, id, data: NOTHING }]);
    if (pair !== undefined) this.dropDirectory(pair);
  }

  /** Takes a directory that has no entry any more out of the chain. */
  private dropDirectory(pair: Pair): void {
    const { volume } = this;
    volume.countOrphans(-1);
    const before = volume.predecessor(pair);
    if (before !== undefined) volume.drop(before, volume.fetch(pair));
  }

  protected renameAt(from: readonly string[], to: readonly string[]): void {
    this.begin();
    const { volume } = this;
    const old = this.findExisting(from);
    // A directory in itself would be out of reach.
    if (to.length > from.length && from.every((name, i) => name === to[i])) throw new FsError(Errno.EINVAL);
    const target = this.find(to);
    if (target.entry !== undefined && target.entry.type !== old.entry.type) {
      throw new FsError(target.entry.type === Tag.directory ? Errno.EISDIR : Errno.ENOTDIR);
    }
    const name = this.newName(to);
    const isSamePlace = target.meta.pair[0] === old.meta.pair[0];
    if (isSamePlace && target.entry !== undefined && target.id === old.id) return;
    const replaced = target.entry?.type === Tag.directory ? this.emptyDirectory(target.entry) : undefined;
    const tags: Attribute[] = target.entry === undefined ? [] : [{ type: Tag.delete, id: target.id, data: NOTHING }];
    tags.push({ type: Tag.create, id: target.id, data: NOTHING });
    tags.push(...entryTags({ ...old.entry, name }, target.id));
    if (isSamePlace) {
      const shift = target.entry === undefined && target.id <= old.id ? 1 : 0;
      tags.push({ type: Tag.delete, id: old.id + shift, data: NOTHING });
    } else volume.markMove(old.meta.pair, old.id);
    if (replaced !== undefined) volume.countOrphans(1);
    const source: OpenEntry = { pair: old.meta.pair, id: old.id, eachUnknownBlock: () => undefined };
    volume.open.add(source);
    volume.commit(target.meta, tags);
    volume.open.delete(source);
    if (source.pair !== null) {
      volume.clearMove();
      volume.commit(volume.fetch(source.pair), [{ type: Tag.delete, id: source.id, data: NOTHING }]);
    }
    if (replaced !== undefined) this.dropDirectory(replaced);
  }
}

class Lfs2File extends LfsFile implements OpenEntry {
  pair: Pair | null;
  private modified: bigint | undefined;

  constructor(
    fs: Lfs2Fs,
    private readonly volume: LfsVolume,
    flags: OpenFlags,
    pair: Pair,
    public id: number,
    entry: MetaEntry,
    private readonly now: (() => bigint) | undefined,
  ) {
    super(fs, flags, skipListOf(entry) ?? { inline: entry.struct.data.slice() });
    this.pair = pair;
    if (flags.write && now !== undefined) {
      this.modified = flags.read ? (timeOf(entry) ?? now()) : now();
      this.dirty = true;
    }
    volume.open.add(this);
  }

  override write(data: Uint8Array): number {
    if (this.now !== undefined) this.modified = this.now();
    return super.write(data);
  }

  /** A file that was removed is written nowhere. */
  protected record(content: Content): void {
    const { pair, id, volume, modified } = this;
    if (pair === null) return;
    const tags: Attribute[] = [
      'inline' in content
        ? { type: Tag.inlineStruct, id, data: content.inline }
        : { type: Tag.skipListStruct, id, data: packWords(content.head, content.size) },
    ];
    if (modified !== undefined) tags.push({ type: MODIFIED, id, data: packTime(modified) });
    volume.commit(volume.fetch(pair), tags);
  }

  protected forget(): void {
    this.volume.open.delete(this);
  }
}

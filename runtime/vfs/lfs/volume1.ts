/**
 * Defines `Lfs1Volume`: all pairs of a littlefs 1 volume, the blocks that are free, and changes that hold when power is
 * lost in the middle.
 */

import { Errno, FsError } from '../errno';
import { BlockAllocator } from './allocator';
import { BadBlock, type LfsDisk } from './disk';
import { Directory1, Entry1, LFS1_CORRUPT, entrySize, listIn, type DirectoryEntry1 } from './directory1';
import { isHalfSamePair, isNull, isSamePair, packWords, pairIn, type Pair } from './metadata';
import { eachBlock } from './skip-list';

const SUPERBLOCK: Pair = [0, 1];
const VERSION = 0x10001;
/** In the superblock's entry, behind the root. */
const SIZES_AT = 8;

/** An open file, as far as the volume is concerned. */
export interface OpenFile1 {
  eachUnknownBlock(visit: (block: number) => void): void;
}

export const isSameName = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

export class Lfs1Volume {
  readonly open = new Set<OpenFile1>();
  root: Pair = [0, 0];
  private checked = false;
  private blocks: BlockAllocator;

  constructor(readonly disk: LfsDisk) {
    this.blocks = this.allocatorFrom(0);
  }

  private allocatorFrom(seed: number): BlockAllocator {
    return new BlockAllocator(this.disk.blockCount, seed, (visit) => {
      this.eachUsedBlock(visit);
    });
  }

  /** `LFS1_CORRUPT` when there is no volume; EINVAL when it is made for another device. */
  mount(): void {
    const superblock = this.fetch(SUPERBLOCK);
    const [entry] = superblock.entries;
    if (entry?.type !== Entry1.superblock) throw new FsError(LFS1_CORRUPT);
    const sizes = pairIn(entry.data.subarray(SIZES_AT));
    const version = pairIn(entry.data.subarray(SIZES_AT + 4))[1];
    if (sizes[0] !== this.disk.blockSize || version >>> 16 !== 1 || (version & 0xffff) > 1)
      throw new FsError(Errno.EINVAL);
    this.root = pairIn(entry.data);
    this.blocks = this.allocatorFrom(superblock.revision + this.fetch(this.root).revision);
  }

  /** Makes an empty volume. ENOSPC. */
  format(mark: Uint8Array): void {
    const { disk } = this;
    if (disk.blockCount < 4) throw new FsError(Errno.ENOSPC);
    const root = new Directory1([2, 3]);
    root.revision = 1;
    root.write(disk);
    const data = packWords(...root.pair, disk.blockSize, disk.blockCount, VERSION);
    for (const pair of [[1, 0], SUPERBLOCK] as const) {
      const superblock = new Directory1(pair);
      superblock.revision = pair === SUPERBLOCK ? 2 : 1;
      superblock.tail = root.pair;
      superblock.entries = [
        { type: Entry1.superblock, moving: false, data, attributes: new Uint8Array(0), name: mark },
      ];
      superblock.write(disk);
    }
  }

  fetch(pair: Pair): Directory1 {
    return Directory1.fetch(this.disk, pair);
  }

  /** All pairs, the superblock's first. */
  *chain(): Iterable<Directory1> {
    let pair: Pair = SUPERBLOCK;
    for (let count = 0; !isNull(pair); count++) {
      if (count > this.disk.blockCount) throw new FsError(LFS1_CORRUPT);
      const directory = this.fetch(pair);
      yield directory;
      pair = directory.tail;
    }
  }

  /** The pairs of one directory. */
  *pairsOf(head: Pair): Iterable<Directory1> {
    for (let directory = this.fetch(head); ; directory = this.fetch(directory.tail)) {
      yield directory;
      if (!directory.continued) return;
    }
  }

  eachUsedBlock(visit: (block: number) => void): void {
    for (const directory of this.chain()) {
      directory.pair.forEach(visit);
      for (const entry of directory.entries) {
        if (entry.type === Entry1.file) eachBlock(this.disk, listIn(entry), visit);
      }
    }
    for (const file of this.open) file.eachUnknownBlock(visit);
  }

  predecessor(pair: Pair): Directory1 | undefined {
    for (const directory of this.chain()) if (isSamePair(directory.tail, pair)) return directory;
    return undefined;
  }

  allocate(): number {
    return this.blocks.allocate();
  }

  newPair(): Directory1 {
    const second = this.allocate();
    return new Directory1([this.allocate(), second]);
  }

  /** Begins an operation that writes: finishes first what was interrupted. */
  begin(): void {
    if (!this.disk.isWritable) throw new FsError(Errno.EROFS);
    this.blocks.begin();
    if (this.checked) return;
    this.checked = true;
    this.finishMoves();
    this.adoptOrphans();
  }

  /** Whether an entry that says that it is being moved is already where it goes. */
  isMovedAway(entry: DirectoryEntry1): boolean {
    if (!entry.moving) return false;
    for (const directory of this.chain()) {
      if (directory.entries.some((e) => !e.moving && e.type === entry.type && isSameName(e.data, entry.data)))
        return true;
    }
    return false;
  }

  private finishMoves(): void {
    for (const { pair } of [...this.chain()]) {
      const directory = this.fetch(pair);
      const moving = directory.entries.find((e) => e.moving);
      if (moving === undefined) continue;
      if (this.isMovedAway(moving)) this.removeEntry(directory, moving);
      else {
        moving.moving = false;
        this.commit(directory);
      }
    }
  }

  /** Takes pairs that no directory leads to out of the chain, and follows those that were moved. */
  private adoptOrphans(): void {
    let before = this.fetch(SUPERBLOCK);
    while (!isNull(before.tail)) {
      if (!before.continued) {
        const now = this.parent(before.tail)?.pair;
        if (now === undefined) {
          this.drop(before, this.fetch(before.tail));
          continue;
        }
        if (!isSamePair(now, before.tail)) {
          before.tail = now;
          this.commit(before);
        }
      }
      before = this.fetch(before.tail);
    }
  }

  /** The entry that leads to a pair, or to one that has a block in common with it. */
  private parent(pair: Pair): { directory: Directory1; entry: DirectoryEntry1; pair: Pair } | undefined {
    for (const directory of this.chain()) {
      for (const entry of directory.entries) {
        if (entry.type === Entry1.file) continue;
        const found = pairIn(entry.data);
        if (isHalfSamePair(found, pair)) return { directory, entry, pair: found };
      }
    }
    return undefined;
  }

  /** Takes a pair out of the chain. */
  drop(before: Directory1, gone: Directory1): void {
    before.continued = gone.continued;
    before.tail = gone.tail;
    this.commit(before);
  }

  /** Adds an entry at the end of a directory, in a new pair where there is no room. */
  append(head: Pair, entry: DirectoryEntry1): void {
    let last: Directory1 | undefined;
    for (const directory of this.pairsOf(head)) {
      last = directory;
      if (directory.size + entrySize(entry) > this.disk.blockSize) continue;
      directory.entries.push(entry);
      this.commit(directory);
      return;
    }
    const before = last as Directory1;
    const more = this.newPair();
    more.entries.push(entry);
    more.tail = before.tail;
    more.continued = before.continued;
    this.commit(more, true);
    before.tail = more.pair;
    before.continued = true;
    this.commit(before);
  }

  /** Takes an entry away; a pair that is not the first of its directory is not kept when it is empty. */
  removeEntry(directory: Directory1, entry: DirectoryEntry1): void {
    directory.entries.splice(directory.entries.indexOf(entry), 1);
    const before = directory.entries.length > 0 ? undefined : this.predecessor(directory.pair);
    if (before?.continued === true) this.drop(before, directory);
    else this.commit(directory);
  }

  /** Writes a pair: into its other block, or elsewhere where that is bad. */
  commit(directory: Directory1, isNew = false): void {
    const old = directory.pair;
    directory.revision = (directory.revision + 1) >>> 0;
    if (!isNew) directory.pair = [old[1], old[0]];
    let relocates = false;
    for (;;) {
      try {
        directory.write(this.disk);
        break;
      } catch (error) {
        if (!(error instanceof BadBlock)) throw error;
      }
      if (isSamePair(old, SUPERBLOCK)) throw new FsError(Errno.ENOSPC);
      directory.pair = [this.allocate(), directory.pair[1]];
      relocates = true;
    }
    if (relocates && !isNew) this.relocated(old, directory.pair);
  }

  /** A pair lies elsewhere now: those that lead to it are told. */
  private relocated(old: Pair, now: Pair): void {
    const parent = this.parent(old);
    if (parent !== undefined) {
      parent.entry.data = parent.entry.data.slice();
      parent.entry.data.set(packWords(...now));
      if (parent.entry.type === Entry1.superblock) this.root = now;
      this.commit(parent.directory);
    }
    const before = this.predecessor(old);
    if (before === undefined) return;
    before.tail = now;
    this.commit(before);
  }
}

/**
 * Defines `LfsVolume`: all pairs of a littlefs 2 volume, the blocks that are free, and changes that hold when power is
 * lost in the middle.
 *
 * All pairs form one chain of tails from blocks 0 and 1 on; those of one directory follow each other in it. What a change
 * of several pairs has left to do stands in the global state, so that the next one who writes can finish it.
 */

import { Errno, FsError } from '../errno';
import { BlockAllocator } from './allocator';
import { BadBlock, LFS_CORRUPT, type LfsDisk } from './disk';
import { eachBlock, type SkipList } from './skip-list';
import {
  Metadata,
  NO_ID,
  NO_STATE,
  Tag,
  entryTags,
  isHalfSamePair,
  isNoState,
  isNull,
  isSamePair,
  packWords,
  pairIn,
  sizeOf,
  wordAt,
  writeCommit,
  xorStates,
  type Attribute,
  type GlobalState,
  type MetaEntry,
  type Pair,
} from './metadata';

const ROOT: Pair = [0, 1];

/** A pair moves to other blocks when its revision count is a multiple of this, so that all wear alike. */
const WEAR_PERIOD = 101;

/** The bit of the global state that says that the chain of tails has to be looked through. */
const SYNC_BIT = 0x80000000;
/** Its other bits of the first word, but for the ten that are free on the disk. */
const MOVE_BITS = 0x7ffffc00;

/** What an open file has that changes of directories concern. */
export interface OpenEntry {
  /** Where its entry is; null once it was removed. */
  pair: Pair | null;
  id: number;
  /** Blocks that are in no directory yet. */
  eachUnknownBlock(visit: (block: number) => void): void;
}

/** The file's blocks, where an entry has such. */
export function skipListOf({ struct }: MetaEntry): SkipList | undefined {
  if (struct.type !== Tag.skipListStruct) return undefined;
  return { head: wordAt(struct.data, 0), size: wordAt(struct.data, 1) };
}

export class LfsVolume {
  readonly open = new Set<OpenEntry>();
  /** The state that the next commit writes, and the one on the disk. */
  private state: GlobalState = NO_STATE;
  private storedState: GlobalState = NO_STATE;
  /** Pairs of the chain that are known to belong to nobody, or to be out of date. */
  private orphans = 0;
  private blocks: BlockAllocator;

  constructor(readonly disk: LfsDisk) {
    this.blocks = this.allocatorFrom(0);
  }

  private allocatorFrom(seed: number): BlockAllocator {
    return new BlockAllocator(this.disk.blockCount, seed, (visit) => {
      this.eachUsedBlock(visit);
    });
  }

  /** Reads the chain once. `LFS_CORRUPT` when there is no volume; EINVAL when it is made for another device. */
  mount(): { nameMax: number; fileMax: number } {
    let found: Uint8Array | undefined;
    let state = NO_STATE;
    let seed = 0;
    for (const meta of this.chain()) {
      const [first] = meta.entries;
      if (first?.type === Tag.superblock) found = first.struct.data;
      state = xorStates(state, meta.state);
      seed += meta.revision + meta.lastTag;
    }
    this.blocks = this.allocatorFrom(seed);
    if (found === undefined) throw new FsError(Errno.EINVAL);
    this.state = this.storedState = state;
    if ((state[0] & SYNC_BIT) !== 0) this.orphans = 1;
    return this.checkSuperblock(found);
  }

  private checkSuperblock(data: Uint8Array): { nameMax: number; fileMax: number } {
    const version = wordAt(data, 0);
    const known = version >>> 16 === 2 && (version & 0xffff) <= 1;
    if (!known || wordAt(data, 1) !== this.disk.blockSize) throw new FsError(Errno.EINVAL);
    if (wordAt(data, 2) !== this.disk.blockCount) throw new FsError(Errno.EINVAL);
    return { nameMax: wordAt(data, 3), fileMax: wordAt(data, 4) };
  }

  /** Makes an empty volume; both blocks of the root are written, so that nothing older can be taken for one. */
  format(superblock: MetaEntry): void {
    if (this.disk.blockCount < 2) throw new FsError(Errno.ENOSPC);
    const root = new Metadata(ROOT);
    root.entries.push(superblock);
    for (const pair of [[1, 0], [0, 1]] as const) {
      root.pair = pair;
      root.revision++;
      this.disk.erase(pair[0]);
      if (!writeCommit(this.disk, root, root.summary(), true)) throw new FsError(Errno.ENOSPC);
    } // prettier-ignore
    this.disk.sync();
  }

  // ---- looking

  fetch(pair: Pair): Metadata {
    return Metadata.fetch(this.disk, pair);
  }

  /** All pairs. */
  *chain(): Iterable<Metadata> {
    let pair: Pair = ROOT;
    for (let count = 0; !isNull(pair); count++) {
      if (count > this.disk.blockCount) throw new FsError(LFS_CORRUPT);
      const meta = this.fetch(pair);
      yield meta;
      pair = meta.tail;
    }
  }

  /** The pairs of one directory. */
  *pairsOf(head: Pair): Iterable<Metadata> {
    let meta = this.fetch(head);
    for (let count = 0; ; count++) {
      if (count > this.disk.blockCount) throw new FsError(LFS_CORRUPT);
      yield meta;
      if (!meta.split) return;
      meta = this.fetch(meta.tail);
    }
  }

  /** The pair whose tail is `pair`. */
  predecessor(pair: Pair): Metadata | undefined {
    for (const meta of this.chain()) if (isSamePair(meta.tail, pair)) return meta;
    return undefined;
  }

  /** The entry of the directory that begins with `pair`, or with one that has a block in common with it. */
  private parent(pair: Pair): { meta: Metadata; id: number; pair: Pair } | undefined {
    for (const meta of this.chain()) {
      const id = meta.entries.findIndex(
        ({ struct }) => struct.type === Tag.directoryStruct && isHalfSamePair(pairIn(struct.data), pair),
      );
      if (id >= 0) return { meta, id, pair: pairIn((meta.entries[id] as MetaEntry).struct.data) };
    }
    return undefined;
  }

  /** Every block in use, some of them more than once: a directory's pair is in the chain and in its parent. */
  eachUsedBlock(visit: (block: number) => void): void {
    for (const meta of this.chain()) {
      meta.pair.forEach(visit);
      for (const entry of meta.entries) {
        const list = skipListOf(entry);
        if (list !== undefined) eachBlock(this.disk, list, visit);
        else if (entry.struct.type === Tag.directoryStruct) pairIn(entry.struct.data).forEach(visit);
      }
    }
    for (const file of this.open) file.eachUnknownBlock(visit);
  }

  // ---- free blocks

  /** See `BlockAllocator.allocate`. */
  allocate(): number {
    return this.blocks.allocate();
  }

  /** A new pair that nothing leads to yet. */
  newPair(): Metadata {
    // Backwards, so that the second block is the first to be written.
    const second = this.allocate();
    const first = this.allocate();
    const meta = new Metadata([first, second]);
    const before = this.disk.readWord(first, 0);
    meta.revision = (Math.ceil(before / WEAR_PERIOD) * WEAR_PERIOD) >>> 0;
    return meta;
  }

  // ---- writing

  /** Begins an operation that writes: finishes first what was interrupted. */
  begin(): void {
    if (!this.disk.isWritable) throw new FsError(Errno.EROFS);
    this.blocks.begin();
    this.finishMove();
    this.adoptOrphans();
  }

  private finishMove(): void {
    if ((this.state[0] & MOVE_BITS) === 0) return;
    const [tag, first, second] = this.state;
    this.clearMove();
    this.commit(this.fetch([first, second]), [{ type: Tag.delete, id: (tag >>> 10) & NO_ID, data: new Uint8Array(0) }]);
  }

  /** Notes that an entry is being moved: until it is gone, it is there twice. */
  markMove(pair: Pair, id: number): void {
    const sync = (this.state[0] & SYNC_BIT) >>> 0;
    this.state = [(sync | (Tag.delete << 20) | (id << 10)) >>> 0, pair[0], pair[1]];
  }

  /** Whether an entry is one that was moved, but could not be taken away: it does not count. */
  isMovedAway(meta: Metadata, id: number): boolean {
    const [tag, first, second] = this.storedState;
    return (tag & MOVE_BITS) !== 0 && ((tag >>> 10) & NO_ID) === id && isSamePair(meta.pair, [first, second]);
  }

  clearMove(): void {
    this.state = [(this.state[0] & SYNC_BIT) >>> 0, 0, 0];
  }

  /** Notes that the chain has one more pair that is out of order, or (−1) one less. */
  countOrphans(change: number): void {
    this.orphans += change;
    const [first, ...pair] = this.state;
    this.state = [((first & ~SYNC_BIT) | (this.orphans > 0 ? SYNC_BIT : 0)) >>> 0, ...pair];
  }

  /** Takes pairs that no directory leads to out of the chain, and follows those that were moved. */
  private adoptOrphans(): void {
    if (this.orphans === 0) return;
    let before = this.fetch(ROOT);
    while (!isNull(before.tail)) {
      if (!before.split) {
        const parent = this.parent(before.tail);
        if (parent === undefined) {
          this.drop(before, this.fetch(before.tail));
          before = this.fetch(before.pair);
          continue;
        }
        if (!isSamePair(parent.pair, before.tail)) {
          this.commit(before, [{ type: Tag.softTail, id: NO_ID, data: packWords(...parent.pair) }]);
        }
      }
      before = this.fetch(before.tail);
    }
    this.countOrphans(-this.orphans);
    this.commit(this.fetch(ROOT), []);
  }

  /** Takes a pair out of the chain; what it holds of the global state goes to the one before it. */
  drop(before: Metadata, gone: Metadata): void {
    this.storedState = xorStates(this.storedState, gone.state);
    this.commit(before, [{ type: gone.split ? Tag.hardTail : Tag.softTail, id: NO_ID, data: packWords(...gone.tail) }]);
  }

  /** Writes changes of one pair. They hold when this returns; when it throws, none or all of them do. */
  commit(meta: Metadata, tags: readonly Attribute[]): void {
    const after = meta.copy();
    for (const tag of tags) after.apply(tag);
    const change = xorStates(this.state, this.storedState);
    const all = [...tags];
    if (!isNoState(change)) {
      after.state = xorStates(after.state, change);
      all.push({ type: Tag.moveState, id: NO_ID, data: packWords(...after.state) });
    }
    const entries = [...after.entries];
    const parts = [after];
    const dropped = entries.length === 0 && tags.some((t) => t.type === Tag.delete) && this.dropEmpty(meta);
    if (!dropped && all.length > 0 && !this.append(meta, all)) parts.push(...this.compact(after, meta.pair));
    if (!dropped) this.storedState = this.state;
    this.follow(meta.pair, tags, entries, parts);
  }

  /** A pair that is not the first of its directory is not kept when it is empty. */
  private dropEmpty(meta: Metadata): boolean {
    const before = this.predecessor(meta.pair);
    if (before?.split !== true) return false;
    this.drop(before, meta);
    return true;
  }

  /** Adds to the log of a pair; false where that cannot be. */
  private append(meta: Metadata, tags: readonly Attribute[]): boolean {
    if (!meta.erased) return false;
    try {
      if (!writeCommit(this.disk, meta.copy(), tags, false)) return false;
    } catch (error) {
      if (error instanceof BadBlock) return false;
      throw error;
    }
    this.disk.sync();
    return true;
  }

  /**
   * Writes all of a pair anew into its other block, or into another one where that is worn or bad. What is more than half
   * a block is split first: returns the new pairs that hold the rest.
   */
  private compact(after: Metadata, old: Pair): Metadata[] {
    const rest: Metadata[] = [];
    for (let more = this.split(after); more !== undefined; more = this.split(after)) rest.push(...more);
    after.revision = (after.revision + 1) >>> 0;
    after.pair = [old[1], old[0]];
    const fixed = isSamePair(old, ROOT);
    let relocates = !fixed && after.revision % WEAR_PERIOD === 0 && this.moveFirst(after);
    while (!this.writeFresh(after)) {
      if (fixed || !this.moveFirst(after)) throw new FsError(Errno.ENOSPC);
      relocates = true;
    }
    if (relocates) this.relocated(old, after.pair);
    return rest;
  }

  /** Gives a pair another first block; false when there is none. */
  private moveFirst(meta: Metadata): boolean {
    const block = this.tryFor(() => this.allocate());
    if (block === undefined) return false;
    meta.pair = [block, meta.pair[1]];
    return true;
  }

  /** What needs free blocks; undefined when there are none. */
  private tryFor<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof FsError && error.errno === Errno.ENOSPC) return undefined;
      throw error;
    }
  }

  /** False when the block is bad. ENOSPC when it is too small. */
  private writeFresh(meta: Metadata): boolean {
    try {
      this.disk.erase(meta.pair[0]);
      if (!writeCommit(this.disk, meta, meta.summary(), true)) throw new FsError(Errno.ENOSPC);
    } catch (error) {
      if (error instanceof BadBlock) return false;
      throw error;
    }
    this.disk.sync();
    return true;
  }

  /** Moves the second half of what is too much into a new pair. Undefined when it is not, or there is no room. */
  private split(meta: Metadata): Metadata[] | undefined {
    const { blockSize, programSize } = this.disk;
    const half = Math.ceil(blockSize / 2 / programSize) * programSize;
    if (meta.entries.length < 2 || sizeOf(meta.entries.flatMap(entryTags)) <= Math.min(blockSize - 40, half))
      return undefined;
    const rest = this.tryFor(() => this.newPair());
    if (rest === undefined) return undefined;
    rest.entries = meta.entries.splice(Math.ceil(meta.entries.length / 2));
    rest.split = meta.split;
    rest.tail = meta.tail;
    const more: Metadata[] = [];
    for (let part = this.split(rest); part !== undefined; part = this.split(rest)) more.push(...part);
    rest.revision = (rest.revision + 1) >>> 0;
    while (!this.writeFresh(rest)) if (!this.moveFirst(rest)) throw new FsError(Errno.ENOSPC);
    meta.split = true;
    meta.tail = rest.pair;
    return [rest, ...more];
  }

  /** Writes the first contents of a new pair. */
  create(meta: Metadata): void {
    meta.revision = (meta.revision + 1) >>> 0;
    while (!this.writeFresh(meta)) if (!this.moveFirst(meta)) throw new FsError(Errno.ENOSPC);
  }

  /** A pair lies elsewhere now: those that lead to it are told. */
  private relocated(old: Pair, now: Pair): void {
    this.storedState = this.state;
    for (const file of this.open) if (file.pair !== null && isSamePair(file.pair, old)) file.pair = now;
    const parent = this.parent(old);
    if (parent !== undefined) {
      this.countOrphans(1);
      this.commit(parent.meta, [{ type: Tag.directoryStruct, id: parent.id, data: packWords(...now) }]);
      this.countOrphans(-1);
    }
    const before = this.predecessor(old);
    if (before === undefined) return;
    this.commit(before, [{ type: before.split ? Tag.hardTail : Tag.softTail, id: NO_ID, data: packWords(...now) }]);
  }

  /** Open files keep to their entries while those change their numbers and pairs. */
  private follow(old: Pair, tags: readonly Attribute[], entries: readonly MetaEntry[], parts: Metadata[]): void {
    const [first] = parts as [Metadata];
    for (const file of this.open) {
      if (file.pair === null || !(isSamePair(file.pair, old) || isSamePair(file.pair, first.pair))) continue;
      const id = renumbered(file.id, tags);
      const entry = id === null ? undefined : entries[id];
      const part = parts.find((p) => entry !== undefined && p.entries.includes(entry));
      file.pair = part?.pair ?? null;
      if (part !== undefined && entry !== undefined) file.id = part.entries.indexOf(entry);
    }
  }
}

/** The number of an entry after changes, null when it is gone. */
function renumbered(id: number, tags: readonly Attribute[]): number | null {
  for (const tag of tags) {
    if (tag.type === Tag.create && tag.id <= id) id++;
    else if (tag.type === Tag.delete && tag.id === id) return null;
    else if (tag.type === Tag.delete && tag.id < id) id--;
  }
  return id;
}

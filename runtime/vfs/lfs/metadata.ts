/**
 * Defines `Metadata`: one pair of blocks that holds entries of a directory, of which one is the newest.
 *
 * A block is a log. It begins with a revision count; then come commits, each a row of tags with data and a checksum at
 * its end. A tag is 32 bits, the big end first: a bit that is 0 when the tag is valid, 11 of type, 10 of the entry's
 * number, 10 of length; it is stored XORed with the tag before it. Later tags count more than earlier ones.
 */

import { FsError } from '../errno';
import { CRC_START, crc32 } from './crc';
import { LFS_CORRUPT, type LfsDisk } from './disk';

/** Types of tags. A type of three digits whose last two are given as `00` has something of its own in them. */
export const Tag = {
  file: 0x001,
  directory: 0x002,
  superblock: 0x0ff,
  directoryStruct: 0x200,
  inlineStruct: 0x201,
  skipListStruct: 0x202,
  attribute: 0x300,
  create: 0x401,
  delete: 0x4ff,
  checksum: 0x500,
  forwardChecksum: 0x5ff,
  softTail: 0x600,
  hardTail: 0x601,
  moveState: 0x7ff,
} as const;

/** The number of what belongs to no entry. */
export const NO_ID = 0x3ff;
/** The length that says that something is gone. */
const GONE = 0x3ff;

export type Pair = readonly [number, number];
export const NULL_BLOCK = 0xffffffff;
export const NULL_PAIR: Pair = [NULL_BLOCK, NULL_BLOCK];

export const isNull = (pair: Pair): boolean => pair[0] === NULL_BLOCK || pair[1] === NULL_BLOCK;

/** Whether two pairs are the same one, whichever of its blocks is named first. */
export const isSamePair = (a: Pair, b: Pair): boolean =>
  (a[0] === b[0] && a[1] === b[1]) || (a[0] === b[1] && a[1] === b[0]);

/** Whether two pairs have a block in common: one of them is where the other was before a block went bad. */
export const isHalfSamePair = (a: Pair, b: Pair): boolean => a.includes(b[0]) || a.includes(b[1]);

export function packWords(...words: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * words.length));
  words.forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  return new Uint8Array(view.buffer);
}

export function wordAt(bytes: Uint8Array, index: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(4 * index, true);
}

export const pairIn = (bytes: Uint8Array): Pair => [wordAt(bytes, 0), wordAt(bytes, 1)];

/** A tag with its data; null data is `GONE`. */
export interface Attribute {
  readonly type: number;
  readonly id: number;
  readonly data: Uint8Array | null;
}

/** A file or directory. */
export interface MetaEntry {
  /** `Tag.file`, `Tag.directory` or `Tag.superblock`. */
  type: number;
  name: Uint8Array;
  /** Where the content is, or itself. */
  struct: { readonly type: number; readonly data: Uint8Array };
  readonly attributes: Map<number, Uint8Array>;
}

const NOTHING = new Uint8Array(0);
const makeEntry = (): MetaEntry => ({
  type: 0,
  name: NOTHING,
  struct: { type: Tag.inlineStruct, data: NOTHING },
  attributes: new Map(),
});

/** The words of the state that the whole file system has, as XOR of what all pairs hold. */
export type GlobalState = readonly [number, number, number];
export const NO_STATE: GlobalState = [0, 0, 0];
export const xorStates = (a: GlobalState, b: GlobalState): GlobalState => [
  (a[0] ^ b[0]) >>> 0,
  (a[1] ^ b[1]) >>> 0,
  (a[2] ^ b[2]) >>> 0,
];
export const isNoState = (state: GlobalState): boolean => state.every((word) => word === 0);

/** Bytes of a commit's end: both checksums with their tags. */
const COMMIT_END = 20;
const FORWARD_SIZE = 8;

export class Metadata {
  revision = 0;
  /** Where the next commit goes. */
  offset = 0;
  /** The tag that the next one is XORed with. */
  lastTag = CRC_START;
  /** Whether what follows the last commit is known to be erased. */
  erased = false;
  entries: MetaEntry[] = [];
  /** Whether the directory goes on in `tail`. */
  split = false;
  /** The next pair of all. */
  tail: Pair = NULL_PAIR;
  state: GlobalState = NO_STATE;

  /** @param pair its blocks, the one in use first */
  constructor(public pair: Pair) {}

  /** The newest of a pair. `LFS_CORRUPT` when neither block holds a commit. */
  static fetch(disk: LfsDisk, pair: Pair): Metadata {
    const revisions = pair.map((block) => disk.readWord(block, 0)) as [number, number];
    const newer = ((revisions[0] - revisions[1]) | 0) >= 0 ? 0 : 1;
    for (const which of [newer, 1 - newer] as const) {
      const order: Pair = which === 0 ? pair : [pair[1], pair[0]];
      const found = new Metadata(order);
      if (found.read(disk)) return found;
    }
    throw new FsError(LFS_CORRUPT);
  }

  copy(): Metadata {
    const other = new Metadata(this.pair);
    const { revision, offset, lastTag, erased, split, tail, state } = this;
    const entries = this.entries.map((e) => ({ ...e, attributes: new Map(e.attributes) }));
    return Object.assign(other, { revision, offset, lastTag, erased, split, tail, state, entries });
  }

  /** Reads the log; false when there is no commit in it. */
  private read(disk: LfsDisk): boolean {
    const log = new LogReader(disk, this.pair[0]);
    let crc = crc32(CRC_START, log.bytes(0, 4));
    this.revision = log.word(0);
    let lastTag = CRC_START;
    let pending: Attribute[] = [];
    let forward: Uint8Array | null = null;
    for (let offset = 4; offset + 4 <= disk.blockSize;) {
      const raw = log.bytes(offset, 4);
      const tag = ((((raw[0] as number) << 24) | ((raw[1] as number) << 16) | ((raw[2] as number) << 8) | (raw[3] as number)) ^ lastTag) >>> 0; // prettier-ignore
      if (tag >= 0x80000000) break;
      const { type, id, size } = parseTag(tag);
      const length = size === GONE ? 0 : size;
      if (offset + 4 + length > disk.blockSize) break;
      crc = crc32(crc, raw);
      lastTag = tag;
      const ends = (type & 0x780) === Tag.checksum;
      const data = log.bytes(offset + 4, ends ? 4 : length);
      offset += 4 + length;
      if (!ends) {
        crc = crc32(crc, data);
        if (type === Tag.forwardChecksum) forward = data;
        else pending.push({ type, id, data: size === GONE ? null : data });
        continue;
      }
      if (crc !== wordAt(data, 0)) break;
      lastTag = (lastTag ^ ((type & 1) << 31)) >>> 0;
      for (const attribute of pending) this.apply(attribute);
      this.offset = offset;
      this.lastTag = lastTag;
      this.erased = forward !== null && isErased(log, disk, offset, forward);
      pending = [];
      forward = null;
      crc = CRC_START;
    }
    return this.offset > 0;
  }

  /** Changes what is known as a tag says. */
  apply({ type, id, data }: Attribute): void {
    if (type === Tag.create) this.entries.splice(id, 0, makeEntry());
    else if (type === Tag.delete) this.entries.splice(id, 1);
    else if (type === Tag.moveState) this.state = data === null ? NO_STATE : stateIn(data);
    else if (type === Tag.softTail || type === Tag.hardTail) {
      this.split = type === Tag.hardTail;
      this.tail = data === null ? NULL_PAIR : pairIn(data);
    } else if (id !== NO_ID) this.applyToEntry(type, id, data);
  }

  private applyToEntry(type: number, id: number, data: Uint8Array | null): void {
    while (this.entries.length <= id) this.entries.push(makeEntry());
    const entry = this.entries[id] as MetaEntry;
    if (type < 0x100) Object.assign(entry, { type, name: data ?? NOTHING });
    else if (type >= 0x200 && type < 0x300) entry.struct = { type, data: data ?? NOTHING };
    else if (type >= 0x300 && type < 0x400) {
      if (data === null) entry.attributes.delete(type);
      else entry.attributes.set(type, data);
    }
  }

  /** Tags that say all there is, for a log that begins anew. */
  summary(): Attribute[] {
    const all = this.entries.flatMap((entry, id) => entryTags(entry, id));
    if (!isNull(this.tail)) {
      all.push({ type: this.split ? Tag.hardTail : Tag.softTail, id: NO_ID, data: packWords(...this.tail) });
    }
    if (!isNoState(this.state)) all.push({ type: Tag.moveState, id: NO_ID, data: packWords(...this.state) });
    return all;
  }
}

/** All tags of an entry, its name first. */
export function entryTags(entry: MetaEntry, id: number): Attribute[] {
  return [
    { type: entry.type, id, data: entry.name },
    { type: entry.struct.type, id, data: entry.struct.data },
    ...[...entry.attributes].map(([type, data]) => ({ type, id, data })),
  ];
}

/** The bytes that tags take in a log. */
export const sizeOf = (tags: readonly Attribute[]): number =>
  tags.reduce((sum, { data }) => sum + 4 + (data?.length ?? 0), 0);

const stateIn = (data: Uint8Array): GlobalState => [wordAt(data, 0), wordAt(data, 1), wordAt(data, 2)];

const parseTag = (tag: number): { type: number; id: number; size: number } => ({
  type: (tag >>> 20) & 0x7ff,
  id: (tag >>> 10) & 0x3ff,
  size: tag & 0x3ff,
});

const makeTag = (type: number, id: number, size: number): number => ((type << 20) | (id << 10) | size) >>> 0;

/** Whether the bytes behind a commit are still those that were there when it was written. */
function isErased(log: LogReader, disk: LfsDisk, offset: number, forward: Uint8Array): boolean {
  const size = wordAt(forward, 0);
  if (offset % disk.programSize !== 0 || offset + size > disk.blockSize) return false;
  return crc32(CRC_START, log.bytes(offset, size)) === wordAt(forward, 1);
}

/** A block, read as far as it is wanted. */
class LogReader {
  private readonly content: Uint8Array;
  private known = 0;

  constructor(
    private readonly disk: LfsDisk,
    private readonly block: number,
  ) {
    this.content = new Uint8Array(disk.blockSize);
  }

  bytes(offset: number, size: number): Uint8Array {
    const { disk } = this;
    while (this.known < offset + size) {
      const count = Math.min(disk.cacheSize, disk.blockSize - this.known);
      this.content.set(disk.read(this.block, this.known, count), this.known);
      this.known += count;
    }
    return this.content.subarray(offset, offset + size);
  }

  word(offset: number): number {
    return wordAt(this.bytes(offset, 4), 0);
  }
}

/**
 * Writes a commit: in the log of `meta`, or with `fresh` at the beginning of the erased block that comes first in its
 * pair. False, and nothing written, when there is no room. Throws `BadBlock`.
 */
export function writeCommit(disk: LfsDisk, meta: Metadata, tags: readonly Attribute[], fresh: boolean): boolean {
  const start = fresh ? 0 : meta.offset;
  const head = fresh ? packWords(meta.revision) : NOTHING;
  const needed = start + head.length + sizeOf(tags);
  if (needed + FORWARD_SIZE > disk.blockSize) return false;
  const writer = new LogWriter(disk.blockSize - start, fresh ? CRC_START : meta.lastTag);
  writer.bytes(head);
  for (const { type, id, data } of tags) writer.tag(type, id, data);
  finishCommit(disk, meta.pair[0], start, writer, meta);
  disk.program(meta.pair[0], start, writer.content.subarray(0, writer.length));
  return true;
}

/** Adds the checksums, padded to where a program can begin, and notes in `meta` how its log goes on. */
function finishCommit(disk: LfsDisk, block: number, start: number, writer: LogWriter, meta: Metadata): void {
  const { blockSize, programSize } = disk;
  const roomy = Math.min(start + writer.length + COMMIT_END, blockSize);
  const end = Math.min(Math.ceil(roomy / programSize) * programSize, blockSize);
  meta.erased = false;
  for (;;) {
    const here = start + writer.length;
    // A tag says at most 1022 bytes; what is left must hold another one.
    let next = Math.min(end, here + 4 + 0x3fe);
    if (next < end) next = Math.min(next, end - COMMIT_END);
    let flip = 0;
    if (next >= end && next + programSize <= blockSize && here + 12 + 8 <= next) {
      const following = disk.read(block, next, programSize);
      flip = (following[0] as number) >= 0x80 ? 0 : 1;
      writer.tag(Tag.forwardChecksum, NO_ID, packWords(programSize, crc32(CRC_START, following)));
      meta.erased = true;
    }
    writer.checksum(flip, next - start);
    if (next >= end) break;
  }
  meta.offset = end;
  meta.lastTag = writer.lastTag;
}

/** The bytes of commits in the making. */
class LogWriter {
  readonly content: Uint8Array;
  length = 0;
  private crc = CRC_START;

  constructor(
    size: number,
    public lastTag: number,
  ) {
    this.content = new Uint8Array(size).fill(0xff);
  }

  bytes(bytes: Uint8Array): void {
    this.content.set(bytes, this.length);
    this.length += bytes.length;
    this.crc = crc32(this.crc, bytes);
  }

  private word(tag: number): void {
    const stored = (tag ^ this.lastTag) >>> 0;
    this.bytes(Uint8Array.of(stored >>> 24, stored >>> 16, stored >>> 8, stored));
    this.lastTag = tag;
  }

  tag(type: number, id: number, data: Uint8Array | null): void {
    this.word(makeTag(type, id, data === null ? GONE : data.length));
    if (data !== null) this.bytes(data);
  }

  /** Ends a commit; the next one begins at `end`, and its first tag shows by its valid bit whether it is there. */
  checksum(flip: number, end: number): void {
    this.word(makeTag(Tag.checksum + flip, NO_ID, end - this.length - 4));
    this.content.set(packWords(this.crc), this.length);
    this.length = end;
    this.crc = CRC_START;
    this.lastTag = (this.lastTag ^ (flip << 31)) >>> 0;
  }
}

/**
 * Defines `Directory1`: a pair of blocks of littlefs 1 that holds entries of a directory, of which one is the newest.
 *
 * A block holds the revision count, the size of what is in it (its highest bit says that the directory goes on in the
 * next pair), the next pair of all, the entries and a checksum. Every change writes all of it into the other block.
 */

import { FsError } from '../errno';
import { CRC_START, crc32 } from './crc';
import type { LfsDisk } from './disk';
import { packWords, pairIn, wordAt, type Pair } from './metadata';
import type { SkipList } from './skip-list';

export const Entry1 = { file: 0x11, directory: 0x22, superblock: 0x2e } as const;

/** The bit of an entry's type that says that it is being moved. */
const MOVING = 0x80;

/** What littlefs 1 says of a disk that makes no sense to it. */
export const LFS1_CORRUPT = 52;

const HEADER = 16;
const CHECKSUM = 4;
const CONTINUED = 0x80000000;

export interface DirectoryEntry1 {
  type: number;
  /** It may be elsewhere already. */
  moving: boolean;
  /** What leads to the content. */
  data: Uint8Array;
  attributes: Uint8Array;
  name: Uint8Array;
}

export const entrySize = (entry: DirectoryEntry1): number =>
  4 + entry.data.length + entry.attributes.length + entry.name.length;

export const listIn = ({ data }: DirectoryEntry1): SkipList => ({ head: wordAt(data, 0), size: wordAt(data, 1) });

export class Directory1 {
  revision = 0;
  continued = false;
  tail: Pair = [0xffffffff, 0xffffffff];
  entries: DirectoryEntry1[] = [];

  /** @param pair its blocks, the one in use first */
  constructor(public pair: Pair) {}

  /** The newest of a pair. `LFS1_CORRUPT` when neither block is whole. */
  static fetch(disk: LfsDisk, pair: Pair): Directory1 {
    let best: Directory1 | undefined;
    for (const order of [pair, [pair[1], pair[0]]] as readonly Pair[]) {
      const found = Directory1.read(disk, order);
      if (found !== undefined && (best === undefined || ((found.revision - best.revision) | 0) > 0)) best = found;
    }
    if (best === undefined) throw new FsError(LFS1_CORRUPT);
    return best;
  }

  private static read(disk: LfsDisk, pair: Pair): Directory1 | undefined {
    const header = disk.read(pair[0], 0, HEADER);
    const word = wordAt(header, 1);
    const size = word & ~CONTINUED;
    if (size < HEADER + CHECKSUM || size > disk.blockSize) return undefined;
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += disk.cacheSize) {
      bytes.set(disk.read(pair[0], at, Math.min(disk.cacheSize, size - at)), at);
    }
    const end = size - CHECKSUM;
    if (crc32(CRC_START, bytes.subarray(0, end)) !== wordAt(bytes.subarray(end), 0)) return undefined;
    const directory = new Directory1(pair);
    directory.revision = wordAt(header, 0);
    directory.continued = word >= CONTINUED;
    directory.tail = pairIn(header.subarray(8));
    for (let at = HEADER; at + 4 <= end;) {
      const entry = entryAt(bytes, at);
      directory.entries.push(entry);
      at += entrySize(entry);
    }
    return directory;
  }

  get size(): number {
    return this.entries.reduce((sum, entry) => sum + entrySize(entry), HEADER + CHECKSUM);
  }

  /** Writes it into the first block of its pair. Throws `BadBlock`. */
  write(disk: LfsDisk): void {
    const { size } = this;
    const bytes = new Uint8Array(size);
    bytes.set(packWords(this.revision, (size | (this.continued ? CONTINUED : 0)) >>> 0, ...this.tail));
    let at = HEADER;
    for (const { type, moving, data, attributes, name } of this.entries) {
      bytes.set([type | (moving ? MOVING : 0), data.length, attributes.length, name.length], at);
      bytes.set(data, at + 4);
      bytes.set(attributes, at + 4 + data.length);
      bytes.set(name, at + 4 + data.length + attributes.length);
      at += 4 + data.length + attributes.length + name.length;
    }
    bytes.set(packWords(crc32(CRC_START, bytes.subarray(0, at))), at);
    disk.erase(this.pair[0]);
    disk.program(this.pair[0], 0, bytes);
    disk.sync();
  }
}

function entryAt(bytes: Uint8Array, at: number): DirectoryEntry1 {
  const [type = 0, dataLength = 0, attributeLength = 0, nameLength = 0] = bytes.subarray(at, at + 4);
  const data = at + 4;
  const attributes = data + dataLength;
  const name = attributes + attributeLength;
  return {
    type: type & ~MOVING,
    moving: (type & MOVING) !== 0,
    data: bytes.slice(data, attributes),
    attributes: bytes.slice(attributes, name),
    name: bytes.slice(name, name + nameLength),
  };
}

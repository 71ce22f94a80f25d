/** Defines `LfsFile`: an open file of littlefs, of either version, as far as its bytes go. */

import { Errno, FsError } from '../errno';
import { SEEK_CUR, SEEK_END, type FileHandle, type OpenFlags, type Whence } from '../filesystem';
import { BadBlock, type LfsDisk } from './disk';
import { beginningOfNext, eachBlock, findBlock, type SkipList } from './skip-list';

/** What a file needs of its file system. */
export interface LfsStore {
  readonly disk: LfsDisk;
  readonly fileMax: number;
  /** The largest file that is kept in its directory, 0 for none. */
  readonly inlineMax: number;
  /** Called before anything is written. */
  begin(): void;
  allocate(): number;
}

/** The bytes of a file: in the directory, or in blocks. */
export type Content = { readonly inline: Uint8Array } | SkipList;

const EMPTY: Content = { inline: new Uint8Array(0) };

/** Zeros that fill the gap when something is written behind the end. */
const GAP = new Uint8Array(256);

export abstract class LfsFile implements FileHandle {
  readonly isLittle = true;
  closed = false;
  private position = 0;
  /** The block that is being filled; what is behind its beginning is in no directory yet. */
  private filling: { block: number; bytes: Uint8Array; used: number } | undefined;
  /** Whether the directory does not know yet. */
  protected dirty = false;
  /** After an error the directory keeps what it has. */
  private failed = false;

  constructor(
    protected readonly store: LfsStore,
    private readonly flags: OpenFlags,
    protected content: Content,
  ) {
    if (flags.disposition === 'truncate' && this.size > 0) {
      this.content = store.inlineMax > 0 ? EMPTY : { head: NO_HEAD, size: 0 };
      this.dirty = true;
    }
  }

  /** Writes the content into the directory. */
  protected abstract record(content: Content): void;
  /** Forgets the file when it is closed. */
  protected abstract forget(): void;

  /** Bytes, those being written included. */
  get size(): number {
    const known = 'inline' in this.content ? this.content.inline.length : this.content.size;
    return this.filling === undefined ? known : Math.max(known, this.position);
  }

  /** Blocks that are in no directory yet. */
  eachUnknownBlock(visit: (block: number) => void): void {
    const { content, filling } = this;
    if (this.dirty && !('inline' in content)) eachBlock(this.store.disk, content, visit);
    if (filling === undefined) return;
    visit(filling.block);
    if (this.chain !== undefined) eachBlock(this.store.disk, this.chain, visit);
  }

  /** The full blocks before the one that is being filled. */
  private chain: SkipList | undefined;

  private mustBeOpen(): void {
    if (this.closed) throw new FsError(Errno.EINVAL);
  }

  readInto(buffer: Uint8Array): number {
    this.mustBeOpen();
    if (!this.flags.read) throw new FsError(Errno.EBADF);
    this.finishFilling();
    return this.readAt(buffer);
  }

  private readAt(buffer: Uint8Array): number {
    const { content } = this;
    const count = Math.max(0, Math.min(buffer.length, this.size - this.position));
    if ('inline' in content) {
      buffer.set(content.inline.subarray(this.position, this.position + count));
      this.position += count;
      return count;
    }
    for (let done = 0; done < count;) {
      const { block, offset } = findBlock(this.store.disk, content, this.position);
      const size = Math.min(count - done, this.store.disk.blockSize - offset);
      buffer.set(this.store.disk.read(block, offset, size), done);
      done += size;
      this.position += size;
    }
    return count;
  }

  write(data: Uint8Array): number {
    this.mustBeOpen();
    if (!this.flags.write) throw new FsError(Errno.EBADF);
    return this.guarded(() => {
      this.store.begin();
      if (this.flags.disposition === 'append' && this.position < this.size) {
        this.finishFilling();
        this.position = this.size;
      }
      if (this.position + data.length > this.store.fileMax) throw new FsError(Errno.EFBIG);
      this.fillGap();
      this.put(data);
      return data.length;
    });
  }

  private fillGap(): void {
    if (this.filling !== undefined || this.position <= this.size) return;
    const target = this.position;
    this.position = this.size;
    while (this.position < target) this.put(GAP.subarray(0, Math.min(GAP.length, target - this.position)));
  }

  /** Writes at the position, into the directory's copy as long as that is small enough. */
  private put(data: Uint8Array): void {
    const { content, position } = this;
    const end = Math.max(position + data.length, this.size);
    if (!('inline' in content)) this.putBlocks(data);
    else if (end <= this.store.inlineMax) {
      const bytes = new Uint8Array(end);
      bytes.set(content.inline);
      bytes.set(data, position);
      this.content = { inline: bytes };
      this.position += data.length;
      this.dirty = true;
    } else {
      this.moveOut(content.inline);
      this.putBlocks(data);
    }
  }

  /** A file that grew too large for its directory goes into a block. */
  private moveOut(bytes: Uint8Array): void {
    const { position } = this;
    this.content = { head: NO_HEAD, size: 0 };
    this.position = 0;
    if (bytes.length > 0) this.putBlocks(bytes);
    if (position === this.position) return;
    this.finishFilling();
    this.position = position;
  }

  private putBlocks(data: Uint8Array): void {
    const { blockSize } = this.store.disk;
    for (let done = 0; done < data.length;) {
      let filling = (this.filling ??= this.beginFilling());
      if (filling.used === blockSize) {
        this.chain = { head: this.program(filling), size: this.position };
        filling = this.filling = this.nextBlock(this.chain);
      }
      const count = Math.min(data.length - done, blockSize - filling.used);
      filling.bytes.set(data.subarray(done, done + count), filling.used);
      filling.used += count;
      done += count;
      this.position += count;
    }
  }

  /** The block that the position is in, to be written anew: what is written before it stays. */
  private beginFilling(): NonNullable<typeof this.filling> {
    const { content, position } = this;
    const list = content as SkipList;
    this.chain = undefined;
    if (position === 0) return this.nextBlock({ head: NO_HEAD, size: 0 });
    const { block } = findBlock(this.store.disk, list, position - 1);
    return this.nextBlock({ head: block, size: position });
  }

  /** An erased block, begun with what goes on from `list`. */
  private nextBlock(list: SkipList): NonNullable<typeof this.filling> {
    const { disk } = this.store;
    const start = beginningOfNext(disk, list.head, list.size);
    const bytes = new Uint8Array(disk.blockSize);
    bytes.set(start);
    return { block: this.erased(), bytes, used: start.length };
  }

  private erased(): number {
    for (;;) {
      const block = this.store.allocate();
      try {
        this.store.disk.erase(block);
        return block;
      } catch (error) {
        if (!(error instanceof BadBlock)) throw error;
      }
    }
  }

  /** Writes a block, into another one where it is bad; which one it was. */
  private program(filling: NonNullable<typeof this.filling>): number {
    for (;;) {
      try {
        this.store.disk.program(filling.block, 0, filling.bytes.subarray(0, filling.used));
        return filling.block;
      } catch (error) {
        if (!(error instanceof BadBlock)) throw error;
      }
      filling.block = this.erased();
    }
  }

  /** Puts what is being written in the place of what was there; what lay behind it is copied. */
  private finishFilling(): void {
    if (this.filling === undefined) return;
    const { position } = this;
    const old = this.content as SkipList;
    if (position < old.size) this.copyRest(old, position);
    const size = this.position;
    const head = this.program(this.filling);
    this.content = { head, size };
    this.filling = undefined;
    this.chain = undefined;
    this.position = position;
    this.dirty = true;
  }

  private copyRest(old: SkipList, from: number): void {
    const { disk } = this.store;
    for (let at = from; at < old.size;) {
      const { block, offset } = findBlock(disk, old, at);
      const bytes = disk.read(block, offset, Math.min(old.size - at, disk.blockSize - offset)).slice();
      this.putBlocks(bytes);
      at += bytes.length;
    }
  }

  seek(offset: number, whence: Whence): number {
    this.mustBeOpen();
    const base = whence === SEEK_CUR ? this.position : whence === SEEK_END ? this.size : 0;
    const target = base + offset;
    if (target < 0 || target > this.store.fileMax) throw new FsError(Errno.EINVAL);
    if (target === this.position) return target;
    this.guarded(() => {
      this.finishFilling();
    });
    return (this.position = target);
  }

  tell(): number {
    return this.seek(0, SEEK_CUR);
  }

  flush(): void {
    this.mustBeOpen();
    if (this.failed) return;
    this.guarded(() => {
      this.finishFilling();
      if (!this.dirty) return;
      this.store.begin();
      this.store.disk.sync();
      this.record(this.content);
      this.dirty = false;
    });
  }

  close(): void {
    if (this.closed) return;
    try {
      this.flush();
    } finally {
      this.closed = true;
      this.forget();
    }
  }

  /** What fails leaves the file as the directory has it. */
  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.failed = true;
      this.filling = undefined;
      throw error;
    }
  }
}

/** The head of an empty list. */
export const NO_HEAD = 0xfffffffe;

/** Defines `BlockAllocator`: which blocks of a littlefs volume are free, found by looking through all that are in use. */

import { Errno, FsError } from '../errno';

export class BlockAllocator {
  /** Which blocks are in use, as far as looked; undefined when nobody looked. */
  private used: Uint8Array | undefined;
  /** Blocks given out by the operation in hand: nothing leads to them yet. */
  private readonly fresh = new Set<number>();
  private cursor: number;

  /** @param seed where to begin, so that not the same blocks wear always */
  constructor(
    private readonly blockCount: number,
    seed: number,
    private readonly eachUsedBlock: (visit: (block: number) => void) => void,
  ) {
    this.cursor = seed % blockCount;
  }

  /** Called when an operation begins: those before it have said what they use. */
  begin(): void {
    this.fresh.clear();
  }

  /** A free block, not yet erased. ENOSPC. */
  allocate(): number {
    const known = this.used !== undefined;
    const used = (this.used ??= this.look());
    for (let i = 0; i < this.blockCount; i++) {
      const block = (this.cursor + i) % this.blockCount;
      if (used[block] !== 0) continue;
      used[block] = 1;
      this.fresh.add(block);
      this.cursor = (block + 1) % this.blockCount;
      return block;
    }
    if (!known) throw new FsError(Errno.ENOSPC);
    // What was freed since is found by looking again.
    this.used = undefined;
    return this.allocate();
  }

  private look(): Uint8Array {
    const used = new Uint8Array(this.blockCount);
    this.eachUsedBlock((block) => {
      used[block] = 1;
    });
    for (const block of this.fresh) used[block] = 1;
    return used;
  }
}

/**
 * The blocks of a file.
 *
 * They are linked backwards, so that a file grows without a change to what is written: each block but the first begins
 * with pointers to earlier ones. Block `n` has one to block `n - 1`, and if 2 divides `n` one to `n - 2`, if 4 divides it
 * one to `n - 4`, and so on. So any block is found from the last one, the head, in a few steps.
 */

import type { LfsDisk } from './disk';

/** The last block of a file, and the file's size in bytes. */
export interface SkipList {
  readonly head: number;
  readonly size: number;
}

const POINTER = 4;

const trailingZeros = (n: number): number => 31 - Math.clz32(n & -n);

function bitCount(n: number): number {
  let count = 0;
  for (; n > 0; n = Math.floor(n / 2)) count += n % 2;
  return count;
}

/** How many pointers block `index` begins with. */
export const pointerCount = (index: number): number => (index === 0 ? 0 : trailingZeros(index) + 1);

/** Which block of a file holds a position, and where in it. */
export function placeOf(position: number, blockSize: number): { index: number; offset: number } {
  // Of the blocks before `index`, each has on the average less than two pointers.
  const room = blockSize - 2 * POINTER;
  let index = Math.floor(position / room);
  if (index > 0) index = Math.floor((position - POINTER * (bitCount(index - 1) + 2)) / room);
  return { index, offset: position - room * index - POINTER * bitCount(index) };
}

/** The block that holds a position, and where in it. */
export function findBlock(disk: LfsDisk, list: SkipList, position: number): { block: number; offset: number } {
  const { index, offset } = placeOf(position, disk.blockSize);
  let current = placeOf(list.size - 1, disk.blockSize).index;
  let block = list.head;
  while (current > index) {
    const longest = 31 - Math.clz32(current - index);
    const skip = Math.min(longest, trailingZeros(current));
    block = disk.readWord(block, POINTER * skip);
    current -= 2 ** skip;
  }
  return { block, offset };
}

/** Every block of a file, from the last to the first. */
export function eachBlock(disk: LfsDisk, list: SkipList, visit: (block: number) => void): void {
  if (list.size === 0) return;
  let block = list.head;
  for (let { index } = placeOf(list.size - 1, disk.blockSize); ; index--) {
    visit(block);
    if (index === 0) return;
    block = disk.readWord(block, 0);
  }
}

/**
 * The beginning of the block in which a file of `size` bytes, the last of them in the block `head`, goes on: what the
 * unfinished last block holds, or the pointers of a new one.
 */
export function beginningOfNext(disk: LfsDisk, head: number, size: number): Uint8Array {
  if (size === 0) return new Uint8Array(0);
  const { index, offset } = placeOf(size - 1, disk.blockSize);
  if (offset + 1 < disk.blockSize) return disk.read(head, 0, offset + 1).slice();
  const pointers = new DataView(new ArrayBuffer(POINTER * pointerCount(index + 1)));
  let block = head;
  for (let at = 0; at < pointers.byteLength; at += POINTER) {
    pointers.setUint32(at, block, true);
    if (at + POINTER < pointers.byteLength) block = disk.readWord(block, at);
  }
  return new Uint8Array(pointers.buffer);
}

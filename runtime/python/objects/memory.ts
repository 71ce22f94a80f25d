/**
 * Memory with addresses, for programs that look at it through uctypes and machine.mem32.
 *
 * There is none behind our objects, so each buffer that a program asks the address of gets a range of its own. A number
 * is turned back into bytes only within these ranges; anything else does not lead anywhere.
 */
import { encodeUtf8 } from '../../bytes/utf8';

/** Where the first buffer lies; each begins at a multiple of `ALIGNMENT`. */
const FIRST = 0x2000_8000;
const ALIGNMENT = 16;

interface Range {
  readonly base: number;
  readonly size: number;
  readonly buffer: WeakRef<ArrayBufferLike>;
}

const bases = new WeakMap<ArrayBufferLike, number>();
const ranges: Range[] = [];
let next = FIRST;

/** The address of the first byte. */
export function addressOf(bytes: Uint8Array): number {
  const { buffer } = bytes;
  let base = bases.get(buffer);
  if (base === undefined) {
    base = next;
    next = Math.ceil((next + Math.max(1, buffer.byteLength)) / ALIGNMENT) * ALIGNMENT;
    bases.set(buffer, base);
    ranges.push({ base, size: buffer.byteLength, buffer: new WeakRef(buffer) });
  }
  return base + bytes.byteOffset;
}

/** Texts whose address was asked for: they stay where they are. */
const texts = new Map<string, Uint8Array>();

/** The address of a text as bytes, with a zero byte behind. */
export function addressOfText(text: string): number {
  let bytes = texts.get(text);
  if (bytes === undefined) texts.set(text, (bytes = encodeUtf8(`${text}\0`)));
  return addressOf(bytes);
}

/** Lets bytes say that they lie at an address where no memory is. Nothing else leads to them. */
export function claim(address: number, bytes: Uint8Array): Uint8Array {
  bases.set(bytes.buffer, address);
  return bytes;
}

/** `size` bytes at an address (all up to the end of the range when missing), or undefined where there is no memory. */
export function bytesAt(address: number, size?: number): Uint8Array | undefined {
  const range = findRange(address);
  const buffer = range?.buffer.deref();
  if (range === undefined || buffer === undefined) return undefined;
  const offset = address - range.base;
  const length = size ?? range.size - offset;
  return offset + length <= range.size ? new Uint8Array(buffer, offset, length) : undefined;
}

/** Ranges are in the order of their addresses. */
function findRange(address: number): Range | undefined {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle] as Range;
    if (address < range.base) high = middle - 1;
    else if (address > range.base + range.size) low = middle + 1;
    else return range;
  }
  return undefined;
}

/** The checksum of littlefs: CRC-32 as everywhere, but without the inversions at its beginning and end. */

const POLYNOMIAL = 0xedb88320;

let table: Uint32Array | undefined;

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
    return value;
  });
}

/** Where a checksum begins. */
export const CRC_START = 0xffffffff;

/** Goes on from `crc` over `bytes`. */
export function crc32(crc: number, bytes: Uint8Array): number {
  table ??= makeTable();
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
  return crc >>> 0;
}

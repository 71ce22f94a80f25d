/** The CRC-32 of zip, gzip and Ethernet. */

const POLYNOMIAL = 0xedb88320;
let table: Int32Array | undefined;

function makeTable(): Int32Array {
  const rows = new Int32Array(256);
  for (let i = 0; i < 256; i++) {
    let c = i;
    for (let bit = 0; bit < 8; bit++) c = (c & 1) === 0 ? c >>> 1 : (c >>> 1) ^ POLYNOMIAL;
    rows[i] = c;
  }
  return rows;
}

/** The checksum of `bytes` after what gave `before`; 0 at the start. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const rows = (table ??= makeTable());
  let c = ~before;
  for (let i = 0; i < bytes.length; i++) c = (rows[(c ^ (bytes[i] as number)) & 0xff] as number) ^ (c >>> 8);
  return ~c >>> 0;
}

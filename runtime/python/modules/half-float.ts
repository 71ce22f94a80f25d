/** Floats of 16 bits, as struct's `e` packs them. */

const view = new DataView(new ArrayBuffer(4));

/** The number behind 16 bits. */
export function decodeHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The 16 bits of a number, rounded half up as MicroPython does; too large a number becomes an infinity. */
export function encodeHalf(x: number): number {
  view.setFloat32(0, x);
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const single = (bits >>> 23) & 0xff;
  let fraction = (bits >> 13) & 0x3ff;
  let exponent = single - 127 + 15;
  if (single === 0xff) return sign | 0x7c00 | (fraction !== 0 || (bits & 0x7fffff) === 0 ? fraction : 1);
  const half = (bits >> 12) & 1;
  if (single === 0) return sign;
  if (exponent < 0) {
    // Too small for an exponent of its own: the fraction shifts down.
    if (exponent < -11) return sign;
    const whole = (bits & 0x7fffff) | 0x800000;
    return sign | ((whole + (1 << (13 - exponent))) >> (14 - exponent));
  }
  if (exponent === 0) {
    const whole = (bits & 0x7fffff) | 0x800000;
    return sign | ((whole + (1 << 13)) >> 14);
  }
  fraction += half;
  if (fraction === 0x400) {
    fraction = 0;
    exponent++;
  }
  return exponent > 30 ? sign | 0x7c00 : sign | (exponent << 10) | fraction;
}

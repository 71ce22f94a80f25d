/** The digits of a float set out as text: with a dot, with an exponent, or whichever suits. */

function exponentText(e: number): string {
  const digits = String(Math.abs(e));
  return `e${e < 0 ? '-' : '+'}${digits.length < 2 ? `0${digits}` : digits}`;
}

/** `%e`: the first digit before the dot. */
export const layOutScientific = (digits: string, e: number): string =>
  (digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits) + exponentText(e);

/** `%g`: without zeros at the end, with an exponent where it is below −4 or not below `expandBelow`. */
export function layOutGeneral(digits: string, e: number, expandBelow: number): string {
  let count = digits.length;
  while (count > 1 && digits.charCodeAt(count - 1) === 48) count--;
  const kept = count === digits.length ? digits : digits.slice(0, count);
  if (e < -4 || (e > 0 && e >= expandBelow)) return layOutScientific(kept, e);
  if (e < 0) return `0.${'0'.repeat(-e - 1)}${kept}`;
  if (kept.length <= e + 1) return kept.padEnd(e + 1, '0');
  return `${kept.slice(0, e + 1)}.${kept.slice(e + 1)}`;
}

/** `%f`: the dot comes after digit number `dot`, or before `leading` zeros and all digits. */
export function layOutFixed(digits: string, leading: number, dot: number): string {
  if (leading > 0) return `0.${'0'.repeat(leading)}${digits}`;
  return digits.length > dot + 1 ? `${digits.slice(0, dot + 1)}.${digits.slice(dot + 1)}` : digits;
}

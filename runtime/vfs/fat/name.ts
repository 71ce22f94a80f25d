/**
 * Defines how names are written in a FAT directory.
 *
 * MicroPython hands its names to the FAT driver as UTF-8 bytes, and the driver takes every byte for a character of code
 * page 437. So `é.txt` (c3 a9 …) is stored as `├⌐.txt`, which is what a PC shows, and names differ in case where those
 * characters do. We store the same, so that an image means the same to a real board: names travel through this folder
 * as *stored* strings, in which each character stands for one byte of the name.
 */

import { encodeUtf8, decodeUtf8, Utf8Error } from '../../bytes/utf8';
import { Errno, FsError } from '../errno';

/** The characters of code page 437 from byte 0x80 on. */
const codePage437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const bytesOf437 = new Map([...codePage437].map((character, index) => [character, 0x80 + index]));

/** Undecodable bytes of a name become these surrogates, so that the name leads back to the file. */
const escapedByte = 0xdc00;

/** The longest name, in stored characters. */
export const longestName = 255;

/** `FatName.caseFlags`: the base or the extension of a short name is in small letters. */
export const lowerBase = 0x08;
export const lowerExtension = 0x10;

/** A name as it will be written in a directory. */
export interface FatName {
  /** The long name, stored. */
  readonly long: string;
  /** The eleven bytes of the short name, without a number. */
  readonly short: Uint8Array;
  /** The short name has lost something of the long one, so it needs a number. */
  readonly lossy: boolean;
  /** The long name must be written too. */
  readonly needsLong: boolean;
  /** How to show the short name when there is no long one. */
  readonly caseFlags: number;
}

/** A path as its stored bytes: what follows a control character is cut off, as the driver does. */
export function storePath(path: string): string {
  let stored = '';
  for (let index = 0; index < path.length; index++) {
    const unit = path.charCodeAt(index);
    if (unit < 0x20) break;
    if (unit < 0x80) stored += path[index];
    else if (unit >= escapedByte + 0x80 && unit <= escapedByte + 0xff && !isHighSurrogate(path.charCodeAt(index - 1))) {
      stored += characterOf(unit - escapedByte);
    } else {
      const width = isHighSurrogate(unit) ? 2 : 1;
      for (const byte of encodeUtf8(path.slice(index, index + width))) stored += characterOf(byte);
      index += width - 1;
    }
  }
  return stored;
}

/** The name that Python sees for a stored one, or undefined when a PC wrote characters that code page 437 lacks. */
export function showName(stored: string): string | undefined {
  const bytes = new Uint8Array(stored.length);
  let ascii = true;
  for (let index = 0; index < stored.length; index++) {
    const unit = stored.charCodeAt(index);
    const byte = unit < 0x80 ? unit : bytesOf437.get(stored.charAt(index));
    if (byte === undefined) return undefined;
    bytes[index] = byte;
    ascii &&= byte < 0x80;
  }
  return ascii ? stored : decodeName(bytes);
}

/** The name that Python sees for an entry that has only a short name. */
export function showShortName(short: Uint8Array, caseFlags: number): string {
  const bytes: number[] = [];
  for (let index = 0; index < 11; index++) {
    let byte = short[index] ?? 0;
    if (byte === 0x20) continue;
    if (index === 0 && byte === 0x05) byte = 0xe5;
    if (index >= 8 && !bytes.includes(0x2e)) bytes.push(0x2e);
    const lower = (caseFlags & (index < 8 ? lowerBase : lowerExtension)) !== 0;
    bytes.push(lower && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
  }
  return decodeName(Uint8Array.from(bytes));
}

/** Folds the case of a stored name, for comparing. */
export function foldCase(stored: string): string {
  let folded = '';
  for (let index = 0; index < stored.length; index++) folded += upperCase(stored.charAt(index));
  return folded;
}

/** What no name may contain, and what only a short name may not contain. */
const neverInNames = /["*:<>?|\x7f]/;
const neverInShortNames = '+,;=[]';

/**
 * Makes the name of one segment of a stored path. The segments `.` and `..` do not come here.
 * EINVAL when nothing is left of it, when it is too long or has a character that no name may have.
 */
export function makeName(segment: string): FatName {
  if (segment.length > longestName || neverInNames.test(segment)) throw new FsError(Errno.EINVAL);
  const long = segment.replace(/[ .]+$/, '');
  if (long === '') throw new FsError(Errno.EINVAL);
  const trimmed = long.replace(/^ +/, '');
  const dot = trimmed.lastIndexOf('.');
  const base = makeField(dot < 0 ? trimmed : trimmed.slice(0, dot), 8);
  const extension = makeField(dot < 0 ? '' : trimmed.slice(dot + 1), 3);

  const short = new Uint8Array(11).fill(0x20);
  short.set(base.bytes);
  short.set(extension.bytes, 8);
  if (short[0] === 0xe5) short[0] = 0x05;

  const lossy = base.lossy || extension.lossy || /^[ .]/.test(long);
  const mixed = (base.lower && base.upper) || (extension.lower && extension.upper);
  const needsLong = lossy || mixed || [...long].some((character) => character >= '\x80');
  const caseFlags = needsLong ? 0 : (base.lower ? lowerBase : 0) | (extension.lower ? lowerExtension : 0);
  return { long, short, lossy, needsLong, caseFlags };
}

/** The short name with a number: `LONGNA~1.TXT`. From the sixth on, the number is a hash of the long name. */
export function numberedShortName(name: FatName, number: number): Uint8Array {
  const value = number > 5 ? hashName(name.long, number) : number;
  const suffix = `~${value.toString(16).toUpperCase()}`;
  const short = name.short.slice();
  const space = short.subarray(0, 8).indexOf(0x20);
  const start = Math.min(space < 0 ? 8 : space, 8 - suffix.length);
  short.fill(0x20, start, 8);
  for (let index = 0; index < suffix.length; index++) short[start + index] = suffix.charCodeAt(index);
  return short;
}

/** The checksum of a short name that ties its long name to it. */
export function shortNameChecksum(short: Uint8Array): number {
  let sum = 0;
  for (const byte of short) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}

interface Field {
  readonly bytes: number[];
  readonly lossy: boolean;
  readonly upper: boolean;
  readonly lower: boolean;
}

/** Fits the base or the extension of a name into its field of a short name. */
function makeField(text: string, width: number): Field {
  const bytes: number[] = [];
  let lossy = false;
  let upper = false;
  let lower = false;
  for (const character of text) {
    if (character === ' ' || character === '.') {
      lossy = true;
      continue;
    }
    if (bytes.length === width) return { bytes, lossy: true, upper, lower };
    if (neverInShortNames.includes(character)) {
      lossy = true;
      bytes.push(0x5f);
      continue;
    }
    const byte = shortNameByte(character);
    upper ||= byte >= 0x41 && byte <= 0x5a && !isLowerAscii(character);
    lower ||= isLowerAscii(character);
    bytes.push(byte);
  }
  return { bytes, lossy, upper, lower };
}

/**
 * A stored character in a short name, as capital letter. Letters with an accent whose capital is missing in the code
 * page lose the accent, and so does é, though É is there.
 */
function shortNameByte(character: string): number {
  const capital = upperCase(character);
  if (character < '\x80') return capital.charCodeAt(0);
  if (character < '\u0100' && capital !== character) {
    const byte = capital === 'É' ? undefined : bytesOf437.get(capital);
    return byte ?? capital.normalize('NFD').charCodeAt(0);
  }
  return bytesOf437.get(character) ?? 0x5f;
}

function upperCase(character: string): string {
  if (character < '\x80') return isLowerAscii(character) ? character.toUpperCase() : character;
  const upper = character.toUpperCase();
  return upper.length === 1 && upper >= '\x80' && character !== 'µ' ? upper : character;
}

function isLowerAscii(character: string): boolean {
  return character >= 'a' && character <= 'z';
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function characterOf(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : codePage437.charAt(byte - 0x80);
}

function hashName(long: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < long.length; index++) {
    const unit = long.charCodeAt(index);
    for (let bit = 0; bit < 16; bit++) {
      hash = (hash << 1) + ((unit >> bit) & 1);
      if (hash & 0x10000) hash ^= 0x11021;
    }
  }
  return hash;
}

function decodeName(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (!(error instanceof Utf8Error)) throw error;
    return String.fromCharCode(...[...bytes].map((byte) => (byte < 0x80 ? byte : escapedByte + byte)));
  }
}

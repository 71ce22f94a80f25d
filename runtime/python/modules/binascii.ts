/** The binascii module. */
import { textBytes } from '../../bytes/binary-text';
import { makeBytes } from '../objects/bytes';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import type { PyObject } from '../objects/object';
import { valueError } from '../objects/raise';
import { truth } from '../interpreter/operators';
import { bytesArgument, low32 } from './arguments';
import { crc32 } from './crc32';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 61;

/** Bytes are read as letters; what is not in the alphabet is passed over. */
function a2b_base64(data: PyObject): PyObject {
  const input = bytesArgument(data);
  const output = new Uint8Array(Math.ceil((input.length * 3) / 4) + 1);
  let length = 0;
  let bits = 0;
  let count = 0;
  let hadPad = false;
  for (const byte of input) {
    if (byte === PAD) {
      if (count === 2 || (count === 4 && hadPad)) {
        count = 0;
        break;
      }
      hadPad = true;
    }
    const sextet = ALPHABET.indexOf(String.fromCharCode(byte));
    if (sextet < 0) continue;
    hadPad = false;
    bits = ((bits << 6) | sextet) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      output[length++] = bits >> count;
    }
  }
  if (count !== 0) throw valueError('incorrect padding');
  return makeBytes(output.slice(0, length));
}

function b2a_base64(data: PyObject, newline?: PyObject): PyObject {
  const input = bytesArgument(data);
  let text = '';
  for (let i = 0; i < input.length; i += 3) {
    const left = input.length - i;
    const bits = ((input[i] ?? 0) << 16) | ((input[i + 1] ?? 0) << 8) | (input[i + 2] ?? 0);
    const letter = (shift: number): string => ALPHABET[(bits >> shift) & 63] as string;
    text += letter(18) + letter(12) + (left > 1 ? letter(6) : '=') + (left > 2 ? letter(0) : '=');
  }
  if (newline === undefined || truth(newline)) text += '\n';
  return makeBytes(textBytes(text));
}

const HEX = '0123456789abcdef';

function hexlify(data: PyObject, separator?: PyObject): PyObject {
  const input = bytesArgument(data);
  const between = separator === undefined ? -1 : (bytesArgument(separator)[0] ?? 0);
  const output: number[] = [];
  input.forEach((byte, i) => {
    if (i > 0 && between >= 0) output.push(between);
    output.push(HEX.charCodeAt(byte >> 4), HEX.charCodeAt(byte & 15));
  });
  return makeBytes(Uint8Array.from(output));
}

function unhexlify(data: PyObject): PyObject {
  const input = bytesArgument(data);
  const output: number[] = [];
  const digit = (at: number): number => {
    const value = HEX.indexOf(String.fromCharCode((input[at] ?? 0) | 32));
    if (at >= input.length || value < 0) throw valueError('non-hex digit');
    return value;
  };
  for (let i = 0; i < input.length;) {
    // White space between bytes is passed over.
    const byte = input[i] as number;
    if (byte === 32 || (byte >= 9 && byte <= 13)) i++;
    else {
      output.push(digit(i) * 16 + digit(i + 1));
      i += 2;
    }
  }
  return makeBytes(Uint8Array.from(output));
}

const binascii_crc32 = (data: PyObject, before?: PyObject): PyObject =>
  crc32(bytesArgument(data), before === undefined ? 0 : low32(before));

const rows: readonly ModuleRow[] = [
  ['hexlify(data, sep="", /)', hexlify],
  ['unhexlify(data, /)', unhexlify],
  ['a2b_base64(data, /)', a2b_base64],
  ['b2a_base64(data, /, newline=True)', b2a_base64],
  ['crc32(data, value=0, /)', binascii_crc32],
];

export function createBinascii(): PyModule {
  return defineModule('binascii', rows);
}

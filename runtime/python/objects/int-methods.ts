/** What `int(…)` takes, and the methods of int. */
import type { PyObject } from './object';
import { exception, raise, typeError, wrongCount } from './raise';
import type { MethodRow } from './type';
import { truth } from '../interpreter/operators';
import { PyBytes } from './bytes';
import { PyFloat } from './float';
import { binaryText } from '../../bytes/binary-text';
import { intOf, intOperand, normal, type Int } from './int';
import { parseInteger } from './parse-number';
import { machineInt } from './slice';
import { PyWideStr, textOf } from './wide-str';

/** `int(value, base)`. */
export function int_make(value?: PyObject, base?: PyObject): PyObject {
  if (arguments.length > 2) wrongCount(arguments.length, 0, 2);
  if (base !== undefined) return parseIn(value as PyObject, machineInt(base));
  if (value === undefined) return 0;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'string') return parseInteger(value, 10);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof PyFloat) return intOf(value.f);
  if (value instanceof PyWideStr) return parseInteger(value.text, 10);
  const { native } = value;
  const special = (value as unknown as { __int__$?: (self: PyObject) => PyObject }).__int__$;
  if (typeof value === 'object' && typeof special === 'function') return wholeNumber(special(value));
  if (native !== undefined && isParsed(native)) return int_make(native);
  const buffer = value.py_buffer();
  if (buffer !== undefined) return parseBytes(buffer.bytes, 10);
  throw typeError(`can't convert ${value.cls.typeName} to int`);
}

const isParsed = (native: PyObject): boolean =>
  intOperand(native) !== undefined || textOf(native) !== undefined || native.py_buffer() !== undefined;

/** What `__int__` gave, which must be an int. */
function wholeNumber(value: PyObject): PyObject {
  return intOperand(value) ?? raise('TypeError');
}

/** The int that a str or bytes says in some base. */
function parseIn(value: PyObject, base: number): Int {
  const text = textOf(value);
  if (text !== undefined) return parseInteger(text, base);
  if (value instanceof PyBytes) return parseBytes(value.bytes, base);
  throw typeError(`can't convert '${value.cls.typeName}' object to str implicitly`);
}

const parseBytes = (bytes: Uint8Array, base: number): Int => parseInteger(binaryText(bytes), base, true);

/** `to_bytes`: two's complement where signed. */
function int_to_bytes(self: Int, length?: PyObject, byteorder?: PyObject, signed?: PyObject): PyObject {
  const count = length === undefined ? 1 : machineInt(length);
  if (count < 0) throw exception('ValueError');
  const isSigned = signed !== undefined && truth(signed);
  if (self < 0 && !isSigned) raise('OverflowError', "can't convert negative int to unsigned");
  const bytes = new Uint8Array(count);
  if (typeof self === 'number' && self >= 0 && !isSigned && self < 2 ** (8 * count)) {
    const little = isLittle(byteorder);
    for (let i = 0, left = self; left > 0; i++, left = Math.floor(left / 256)) {
      bytes[little ? i : count - 1 - i] = left % 256;
    }
    return new PyBytes(bytes);
  }
  let rest = BigInt(self);
  for (let i = count - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  const top = isSigned && ((bytes[0] ?? 0) & 128) !== 0 ? -1n : 0n;
  if (rest !== (isSigned && count > 0 ? top : 0n)) {
    raise('OverflowError', `value would overflow a ${count} byte buffer`);
  }
  return new PyBytes(isLittle(byteorder) ? bytes.reverse() : bytes);
}

const isLittle = (byteorder: PyObject | undefined): boolean =>
  byteorder !== undefined && textOf(byteorder) === 'little';

function int_from_bytes(_type: PyObject, source: PyObject, byteorder?: PyObject): PyObject {
  const buffer = source.py_buffer();
  if (buffer === undefined) throw typeError('object with buffer protocol required');
  const { bytes } = buffer;
  const little = isLittle(byteorder);
  const count = bytes.length;
  if (count <= 6) {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 256 + (bytes[little ? count - 1 - i : i] as number);
    return value;
  }
  let digits = '0x';
  for (let i = 0; i < count; i++) {
    digits += (bytes[little ? count - 1 - i : i] as number).toString(16).padStart(2, '0');
  }
  return normal(BigInt(digits));
}

export const intMethods: readonly MethodRow[] = [
  ['from_bytes(cls, bytes, byteorder="big", signed=False, /)', int_from_bytes, 'class'],
  ['to_bytes(self, length=1, byteorder="big", *, signed=False)', int_to_bytes],
];

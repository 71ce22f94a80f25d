/** Arguments of the modules' functions as JS values; each raises TypeError for what it cannot take. */
import type { PyObject } from '../objects/object';
import { typeError } from '../objects/raise';
import { intOperand } from '../objects/int';
import { machineInt } from '../objects/slice';
import { decodeText } from '../objects/str-methods';
import { textOf } from '../objects/wide-str';

/** Whether a value is bytes. */
export const isBytes = (value: PyObject): boolean => (value.native ?? value).cls.typeName === 'bytes';

/** The text of a str, or of bytes, which MicroPython takes for one here. */
export function textArgument(value: PyObject): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  const bytes = isBytes(value) ? value.py_buffer()?.bytes : undefined;
  if (bytes !== undefined) return decodeText(bytes);
  throw typeError(`can't convert '${value.cls.typeName}' object to str implicitly`);
}

/** The bytes of a bytes-like object or str. */
export function bytesArgument(value: PyObject): Uint8Array {
  const buffer = value.py_buffer();
  if (buffer === undefined) throw typeError('object with buffer protocol required');
  return buffer.bytes;
}

/** The bytes of an object that may be written to. */
export function writableArgument(value: PyObject): Uint8Array {
  const buffer = value.py_buffer();
  if (buffer === undefined || buffer.readonly) throw typeError('object with buffer protocol required');
  return buffer.bytes;
}

/** The low 32 bits of an int, without sign. */
export function low32(value: PyObject): number {
  const x = intOperand(value);
  if (typeof x === 'bigint') return Number(BigInt.asUintN(32, x));
  return (x ?? machineInt(value)) >>> 0;
}

/** The longest name of an attribute, variable or module. */
import { raise } from './raise';

/** Bytes in UTF-8; MicroPython keeps a name's length in one byte. */
const LONGEST = 255;
/** With no more units than this, a name fits whatever its characters are. */
const SURELY_FITS = 85;

/** Gives `name` back; raises RuntimeError when it is too long. */
export function checkedName(name: string): string {
  if (name.length > SURELY_FITS && utf8Length(name) > LONGEST) raise('RuntimeError', 'name too long');
  return name;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const c of text) {
    const code = c.codePointAt(0) as number;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

/** The longest name of an attribute, variable or module. */
import { utf8Length } from '../../bytes/utf8';
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

/** Who a board says it is. */

import { toHex } from '../bytes/bytes';
import { parseLiteral, readableText } from './python-literal';
import type { RawRepl } from './raw-repl';

export interface BoardIdentity {
  /** `sys.implementation.name`, e.g. `micropython`. */
  readonly implementation: string;
  /** `1.27.0`; empty when the board does not say. */
  readonly version: string;
  /** The last part of the banner, or `os.uname().machine`: `PYBv1.1 with STM32F405RG`. */
  readonly machine: string;
  /** `machine.unique_id()` in hex; empty when there is none. */
  readonly uniqueId: string;
}

const PROGRAM = `
def _t():
 import sys
 i=sys.implementation
 m=u=''
 try:
  import os
  m=os.uname()[4]
 except (ImportError,AttributeError):
  m=getattr(i,'_machine','')
 try:
  import machine
  u=machine.unique_id()
 except (ImportError,AttributeError):
  pass
 print((i[0],tuple(i[1]),m,bytes(u)if u else b''))
_t()
del _t
`.trim();

/** One exec, at the raw prompt. */
export async function identify(raw: RawRepl): Promise<BoardIdentity> {
  const output = await raw.exec(PROGRAM);
  const answer = parseLiteral(readableText(output).text) as [string, (number | string)[], string, Uint8Array];
  const [implementation, version, machine, uniqueId] = answer;
  return { implementation, version: version.slice(0, 3).join('.'), machine, uniqueId: toHex(uniqueId) };
}

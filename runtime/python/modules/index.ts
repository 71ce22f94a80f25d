/**
 * The builtin modules that both profiles have: name → what makes it for an interpreter. In a built program each is a file
 * of its own, loaded when it is first imported: main/dev/chunks.mjs.
 */
import type { ModuleTable } from '../interpreter/import';
import { createBinascii } from './binascii';
import { createCollections } from './collections';
import { createErrno } from './errno';
import { createGc } from './gc';
import { createHashlib } from './hashlib';
import { createIo } from './io';
import { createJson } from './json';
import { createMath } from './math';
import { createMicropython } from './micropython';
import { createOs } from './os';
import { createRandom } from './random';
import { createString } from './string';
import { createStruct } from './struct';
import { createSys } from './sys';
import { createArray } from './array';
import { createCmath } from './cmath';
import { createHeapq } from './heapq';
import { createPlatform } from './platform';
import { createRe } from './re';
import { createSelect } from './select';
import { createUctypes } from './uctypes';
import { createDeflate } from './deflate';
import { createCryptolib } from './cryptolib';
import { createMachine } from './machine';
import { createFramebuf } from './framebuf';
import { createTime } from './time';
import { createVfs } from './vfs';

export const builtinModules: ModuleTable = {
  binascii: createBinascii,
  builtins: (interpreter) => interpreter.builtins,
  collections: createCollections,
  errno: createErrno,
  gc: createGc,
  hashlib: createHashlib,
  io: createIo,
  json: createJson,
  math: createMath,
  micropython: createMicropython,
  os: createOs,
  random: createRandom,
  struct: createStruct,
  sys: createSys,
  time: createTime,
  vfs: createVfs,
  framebuf: createFramebuf,
  machine: createMachine,
  cryptolib: createCryptolib,
  deflate: createDeflate,
  uctypes: createUctypes,
  select: createSelect,
  re: createRe,
  platform: createPlatform,
  string: createString,
  heapq: createHeapq,
  cmath: createCmath,
  array: createArray,
};

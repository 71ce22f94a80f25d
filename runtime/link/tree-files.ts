/** Files of a board with folders: all of MicroPython's ports but the smallest. */

import { decodeBase64, encodeBase64 } from '../bytes/base64';
import { ascii, bytesEqual, concatBytes, toHex } from '../bytes/bytes';
import { type CancelToken, throwIfCancelled } from '../bytes/cancel';
import { LineSplitter } from '../bytes/line-splitter';
import { sha256 } from '../bytes/sha256';
import { encodeUtf8 } from '../bytes/utf8';
import { BoardFull, LinkLost, VerifyFailed } from './errors';
import { type PythonValue, bytesLiteral, parseLiteral, pathLiteral, readableText } from './python-literal';
import type { RawRepl } from './raw-repl';
import {
  type BoardFiles,
  type FileProgress,
  NEW_SUFFIX,
  OLD_SUFFIX,
  type RemoteEntry,
  type RemotePath,
  type RemoteStat,
  type RemoteVolume,
  shownPath,
} from './board-files';

/** Bytes of a file in one exec: the source for it stays under 4 KB, also for a board with little memory. */
const WRITE_BLOCK = 1024;

/**
 * The programs that run on the board. Paths are bytes, so that every name can be named. Each is a function `_t`, which is deleted
 * afterwards: nothing else of the person's names is touched, but for `_tf`, the file that is being written.
 */
const PROGRAMS = {
  list: `
def _t(p):
 import os
 for e in os.ilistdir(p):
  n=e[0] if isinstance(e[0],bytes) else e[0].encode()
  if e[1]&0x4000:
   s=0
  elif len(e)>3:
   s=e[3]
  else:
   s=os.stat(p.rstrip(b'/')+b'/'+n)[6]
  print((n,e[1]&0x4000,s))`,

  stat: `
def _t(p):
 import os
 s=os.stat(p)
 print((s[0]&0x4000,s[6]))`,

  hashes: `
def _t(*a):
 from hashlib import sha256
 for p in a:
  h=sha256()
  try:
   with open(p,'rb') as f:
    while 1:
     d=f.read(512)
     if not d:
      break
     h.update(d)
   print(h.digest())
  except OSError:
   print(None)`,

  read: `
def _t(p):
 try:
  from binascii import b2a_base64 as e
 except ImportError:
  e=None
 try:
  from hashlib import sha256
  h=sha256()
 except ImportError:
  h=None
 with open(p,'rb') as f:
  while 1:
   d=f.read(768)
   if not d:
    break
   if h:
    h.update(d)
   print(str(e(d),'ascii').strip() if e else d)
 print(h.digest() if h else None)`,

  // z is the size to be written, g the folder. Prints what is free when that is too little, else None, with the file open.
  open: `
def _t(p,n,o,g,z):
 global _tf
 import os
 def has(x):
  try:
   return os.stat(x)
  except OSError:
   return None
 s=has(p)
 if s and s[0]&0x4000:
  raise OSError(21)
 if has(o):
  if s:
   os.remove(o)
  else:
   os.rename(o,p)
 if has(n):
  os.remove(n)
 try:
  v=os.statvfs(g)
  b=v[1] or v[0]
  if v[2] and (z+b-1)//b*b>b*v[3]:
   print(b*v[3])
   return
 except (AttributeError,OSError):
  pass
 _tf=open(n,'wb')
 print(None)`,

  close: `
def _t():
 global _tf
 _tf.close()
 del _tf`,

  // The old file keeps its contents under the name o until the new one has its place: on FAT a rename does not replace in one step.
  place: `
def _t(p,n,o):
 import os
 m=1
 try:
  os.rename(p,o)
 except OSError as e:
  if e.args[0]!=2:
   raise
  m=0
 try:
  os.rename(n,p)
 except OSError:
  if m:
   os.rename(o,p)
  raise
 if m:
  os.remove(o)
 if hasattr(os,'sync'):
  os.sync()`,

  discard: `
def _t(n):
 global _tf
 import os
 try:
  _tf.close()
  del _tf
 except NameError:
  pass
 try:
  os.remove(n)
 except OSError:
  pass`,

  remove: `
def _t(p):
 import os
 if os.stat(p)[0]&0x4000:
  os.rmdir(p)
 else:
  os.remove(p)`,

  removeTree: `
def _t(p):
 import os
 def d(p):
  if os.stat(p)[0]&0x4000:
   for e in list(os.ilistdir(p)):
    d(p+b'/'+(e[0] if isinstance(e[0],bytes) else e[0].encode()))
   os.rmdir(p)
  else:
   os.remove(p)
 d(p)`,

  rename: `
def _t(p,q):
 import os
 os.stat(p)
 try:
  os.stat(q)
 except OSError:
  os.rename(p,q)
  return
 raise OSError(17)`,

  makeFolder: `
def _t(p):
 import os
 os.mkdir(p)`,

  // Where the root is a file system itself, folders that answer otherwise are mounted there.
  volumes: `
def _t():
 import os
 r=os.statvfs('/')
 if r[2]:
  print(('/',(r[1] or r[0])*r[2],(r[1] or r[0])*r[3]))
 for e in os.ilistdir('/'):
  if e[1]&0x4000:
   try:
    v=os.statvfs('/'+e[0])
   except OSError:
    continue
   if v!=r and v[2]:
    print(('/'+e[0],(v[1] or v[0])*v[2],(v[1] or v[0])*v[3]))`,

  workingFolder: `
def _t():
 import os
 print(repr(os.getcwd()))`,

  recover: `
def _t(p,a,b):
 import os
 l=[e[0] if isinstance(e[0],bytes) else e[0].encode() for e in os.ilistdir(p)]
 p=p.rstrip(b'/')+b'/'
 for n in l:
  if n.endswith(a):
   os.remove(p+n)
   print(n)
  elif n.endswith(b):
   m=n[:-len(b)]
   if m in l:
    os.remove(p+n)
   else:
    os.rename(p+n,p+m)
   print(n)`,
} as const;

export class TreeFiles implements BoardFiles {
  readonly #raw: RawRepl;
  readonly #can: { readonly sha256: boolean; readonly base64: boolean };

  constructor(raw: RawRepl, can: { readonly sha256: boolean; readonly base64: boolean }) {
    this.#raw = raw;
    this.#can = can;
  }

  async list(folder: RemotePath): Promise<RemoteEntry[]> {
    const rows = await this.#run('list', [pathLiteral(folder)]);
    return rows.map((row) => {
      const [nameBytes, isFolder, size] = row as [Uint8Array, number, number];
      const { text, exact } = readableText(nameBytes);
      const path = exact && typeof folder === 'string' ? joinText(folder, text) : joinBytes(folder, nameBytes);
      return { name: text, path, readable: exact, kind: isFolder ? 'folder' : 'file', size };
    });
  }

  async stat(path: RemotePath): Promise<RemoteStat> {
    const [isFolder, size] = (await this.#run('stat', [pathLiteral(path)]))[0] as [number, number];
    return isFolder ? { kind: 'folder', size: 0 } : { kind: 'file', size };
  }

  async hashes(paths: readonly RemotePath[]): Promise<(string | undefined)[]> {
    if (!this.#can.sha256) return paths.map(() => undefined);
    const hashes: (string | undefined)[] = [];
    for (let from = 0; from < paths.length; from += 20) {
      const rows = await this.#run('hashes', paths.slice(from, from + 20).map(pathLiteral));
      for (const digest of rows) hashes.push(digest instanceof Uint8Array ? toHex(digest) : undefined);
    }
    return hashes;
  }

  async read(path: RemotePath, { onProgress, cancel }: FileProgress): Promise<Uint8Array> {
    const total = onProgress === undefined ? 0 : (await this.stat(path)).size;
    for (let attempt = 0; attempt < 2; attempt++) {
      const bytes = await this.#readOnce(path, (done) => onProgress?.(done, total), cancel);
      if (bytes !== undefined) return bytes;
    }
    throw new VerifyFailed(shownPath(path));
  }

  async write(path: RemotePath, bytes: Uint8Array, options: FileProgress): Promise<void> {
    for (let attempt = 0; attempt < 2; attempt++) {
      if (await this.#writeOnce(path, bytes, options)) return;
    }
    throw new VerifyFailed(shownPath(path));
  }

  async remove(path: RemotePath): Promise<void> {
    await this.#run('remove', [pathLiteral(path)]);
  }

  async removeTree(path: RemotePath): Promise<void> {
    await this.#run('removeTree', [pathLiteral(path)]);
  }

  async rename(from: RemotePath, to: RemotePath): Promise<void> {
    await this.#run('rename', [pathLiteral(from), pathLiteral(to)]);
  }

  async makeFolder(path: RemotePath): Promise<void> {
    await this.#run('makeFolder', [pathLiteral(path)]);
  }

  async volumes(): Promise<RemoteVolume[]> {
    const rows = await this.#run('volumes', []);
    return rows.map((row) => {
      const [path, size, free] = row as [string, number, number];
      return { path, size, free };
    });
  }

  async workingFolder(): Promise<string> {
    return (await this.#run('workingFolder', []))[0] as string;
  }

  async recover(folder: RemotePath): Promise<string[]> {
    const suffixes = [NEW_SUFFIX, OLD_SUFFIX].map(pathLiteral);
    const names = await this.#run('recover', [pathLiteral(folder), ...suffixes]);
    return names.map((name) => shownPath(name as Uint8Array));
  }

  /** Runs a program with arguments that are literals; one value for each line it prints. */
  async #run(name: keyof typeof PROGRAMS, literals: readonly string[]): Promise<PythonValue[]> {
    const output = await this.#raw.exec(sourceOf(name, literals));
    const lines = readableText(output).text.split(/\r?\n/);
    return lines.filter((line) => line !== '').map(parseLiteral);
  }

  async #readOnce(
    path: RemotePath,
    onProgress: (done: number) => void,
    cancel: CancelToken | undefined,
  ): Promise<Uint8Array | undefined> {
    const blocks: Uint8Array[] = [];
    let length = 0;
    let damaged = false;
    let lastLine: Uint8Array | undefined;
    const splitter = new LineSplitter((line) => {
      if (lastLine !== undefined) {
        const block = this.#can.base64 ? decodeBase64(lastLine) : decodeBytesLiteral(lastLine);
        if (block === undefined) damaged = true;
        else {
          blocks.push(block);
          length += block.length;
          onProgress(length);
        }
      }
      lastLine = line;
    });
    await this.#raw.exec(sourceOf('read', [pathLiteral(path)]), {
      cancel,
      onOutput: (chunk) => {
        splitter.push(chunk);
      },
    });
    const bytes = concatBytes(blocks);
    const expected = decodeBytesLiteral(lastLine ?? ascii(''));
    const equal = this.#can.sha256 ? expected !== undefined && bytesEqual(sha256(bytes), expected) : true;
    return damaged || !equal ? undefined : bytes;
  }

  async #writeOnce(path: RemotePath, bytes: Uint8Array, { onProgress, cancel }: FileProgress): Promise<boolean> {
    throwIfCancelled(cancel);
    const newPath = withSuffix(path, NEW_SUFFIX);
    const [target, beside, aside] = [
      pathLiteral(path),
      pathLiteral(newPath),
      pathLiteral(withSuffix(path, OLD_SUFFIX)),
    ];
    const folder = pathLiteral(folderOf(path));
    const [free] = await this.#run('open', [target, beside, aside, folder, String(bytes.length)]);
    if (typeof free === 'number') throw new BoardFull(shownPath(path), bytes.length, free);
    try {
      for (let from = 0; from < bytes.length; from += WRITE_BLOCK) {
        throwIfCancelled(cancel);
        const block = bytes.subarray(from, from + WRITE_BLOCK);
        await this.#raw.exec(`_tf.write(${this.#blockExpression(block)})`);
        onProgress?.(from + block.length, bytes.length);
      }
      await this.#run('close', []);
      if (!(await this.#isEqual(newPath, bytes))) {
        await this.#run('discard', [beside]);
        return false;
      }
    } catch (error) {
      // What went wrong is what is told; that the half-written file could not be removed is put right by `recover`.
      if (!(error instanceof LinkLost)) await this.#run('discard', [beside]).catch(() => undefined);
      throw error;
    }
    await this.#run('place', [target, beside, aside]);
    return true;
  }

  /** Text is shortest as a literal, and other bytes are in base64. */
  #blockExpression(block: Uint8Array): string {
    const literal = bytesLiteral(block);
    if (!this.#can.base64) return literal;
    const base64 = encodeBase64(block);
    return literal.length <= base64.length ? literal : `__import__('binascii').a2b_base64('${base64}')`;
  }

  async #isEqual(path: Uint8Array, bytes: Uint8Array): Promise<boolean> {
    if (!this.#can.sha256) {
      const written = await this.#readOnce(path, () => undefined, undefined);
      return written !== undefined && bytesEqual(written, bytes);
    }
    const [hash] = await this.hashes([path]);
    return hash === toHex(sha256(bytes));
  }
}

function sourceOf(name: keyof typeof PROGRAMS, literals: readonly string[]): string {
  return `${PROGRAMS[name].trim()}\ntry:\n _t(${literals.join(',')})\nfinally:\n del _t`;
}

function decodeBytesLiteral(line: Uint8Array): Uint8Array | undefined {
  try {
    const value = parseLiteral(readableText(line).text);
    return value instanceof Uint8Array ? value : undefined;
  } catch {
    return undefined;
  }
}

function toBytes(path: RemotePath): Uint8Array {
  return typeof path === 'string' ? encodeUtf8(path) : path;
}

function withSuffix(path: RemotePath, suffix: string): Uint8Array {
  return concatBytes([toBytes(path), ascii(suffix)]);
}

function folderOf(path: RemotePath): Uint8Array {
  const bytes = toBytes(path);
  const slash = bytes.lastIndexOf(0x2f);
  return bytes.slice(0, slash < 0 ? 0 : Math.max(1, slash));
}

function joinText(folder: string, name: string): string {
  return folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

function joinBytes(folder: RemotePath, name: Uint8Array): Uint8Array {
  const bytes = toBytes(folder);
  const slash = bytes.length === 0 || bytes.at(-1) === 0x2f ? '' : '/';
  return concatBytes([bytes, ascii(slash), name]);
}

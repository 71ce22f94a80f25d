// What `tether python` is started from: all its chunks in one file, and beside it the code that V8 made of them when they
// were built. Another V8 than that of the build does not find the code, and loads the chunks one by one.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { asciiOnly } from './chunks.mjs';

/**
 * What the kept code has seen run: the functions that a program needs at its start are in it, the others are compiled when
 * called. Code that is not needed takes time, too, so a line given with `-c` has less of it than a file.
 * @type {Record<string, string>}
 */
const samples = {
  line: 'print(1)',
  file: `
names = ["Ada", "Grace"]

def greet(name, n=1):
    return "Hello, " + name + "!" * n

for i, name in enumerate(names):
    if i == 1 and not name.startswith("x"):
        print(greet(name, n=i), "{:>5}".format(i), f"{i * 1.5:.2f}", "%d" % i)

class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return "P(%d)" % self.x

points = {p.x: p for p in [Point(i) for i in range(3)]}
total = 0
while total < 5:
    total += 1
    try:
        points[total].x += 1
    except KeyError as e:
        print(e)
names.append("Alan")
print(sorted(points), points, sum(points), max(points), len(names), names[0][1:], str(2.5), names.pop())
`,
};

/** @typedef {(exports: unknown, require: (id: string) => unknown, module: unknown, path: string, folder: string) => void} Chunk */

/**
 * Makes a `require` that has the chunks of a pack. Its text stands at the head of `cli.cjs`, so it uses nothing from
 * outside. The pack is opened when the first chunk is wanted; without code for this V8 all is Node's, with Node's cache.
 * @param {NodeJS.Require} require Node's, of `cli.cjs`
 * @param {string} folder where `cli.cjs` is
 * @param {boolean} isPacked whether the command is one that the pack is for
 * @param {(text: string, path: string) => import('node:vm').Script} [compile] where there is no code yet
 * @returns {(id: string) => unknown}
 */
export function packLoader(require, folder, isPacked, compile) {
  const fs = /** @type {typeof import('node:fs')} */ (require('node:fs'));
  const { sep } = /** @type {typeof import('node:path')} */ (require('node:path'));
  /** @type {Record<string, Chunk> | undefined} */
  let pack;

  /** @returns {Record<string, Chunk>} */
  const none = () => {
    /** @type {typeof import('node:module')} */ (require('node:module')).enableCompileCache?.();
    return {};
  };

  /** @returns {Record<string, Chunk>} */
  const open = () => {
    const path = `${folder}${sep}python.pack`;
    const kind = process.argv.includes('-c') ? 'line' : 'file';
    const code = `${path}.${kind}.${process.platform}-${process.arch}-${process.versions.v8}`;
    if (compile !== undefined || fs.existsSync(code)) {
      const { Script } = /** @type {typeof import('node:vm')} */ (require('node:vm'));
      const text = fs.readFileSync(path, 'latin1');
      const script = compile?.(text, path) ?? new Script(text, { filename: path, cachedData: fs.readFileSync(code) });
      if (script.cachedDataRejected !== true) return /** @type {Record<string, Chunk>} */ (script.runInThisContext());
    }
    return none();
  };

  /** @param {string} id as chunks call each other: `./name.cjs` */
  const load = (id) => {
    const chunk = pack?.[id];
    if (chunk === undefined)
      return /** @type {unknown} */ (require(id.startsWith('./') ? `./chunks${id.slice(1)}` : id));
    const directory = `${folder}${sep}chunks`;
    const path = `${directory}${sep}${id.slice(2)}`;
    const known = require.cache[path];
    if (known !== undefined) return /** @type {unknown} */ (known.exports);
    const module = { exports: {}, filename: path, loaded: true };
    require.cache[path] = /** @type {NodeJS.Module} */ (/** @type {unknown} */ (module));
    chunk(module.exports, load, module, path, directory);
    return module.exports;
  };

  return (id) => {
    pack ??= isPacked ? open() : none();
    return load(id.replace('./chunks/', './'));
  };
}

/**
 * The chunks that the chunk `id` needs at once, itself included.
 * @param {string} folder
 * @param {string} id
 * @param {Map<string, string>} found
 */
function chunksFrom(folder, id, found = new Map()) {
  if (found.has(id)) return found;
  const text = readFileSync(join(folder, 'chunks', id), 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, '');
  found.set(id, text);
  for (const [, needed = ''] of text.matchAll(/^(?:const \w+ = )?require\("(\.\/.+?)"\);/gm))
    chunksFrom(folder, needed, found);
  return found;
}

/**
 * Writes the pack and its code for each kind of program; the paths of all. The pack is read whole at each start, so it is made short; functions
 * keep their names, for the traces of errors.
 * @param {string} folder where `cli.cjs` is
 * @param {readonly string[]} first the chunks of the command line and of `tether python`, as in `./chunks/name.cjs`
 * @returns {Promise<string[]>}
 */
export async function writePack(folder, first) {
  const { minifySync } = await import('rolldown/utils');
  const pack = join(folder, 'python.pack');
  const parameters = '(exports, require, module, __filename, __dirname)';
  /** @type {Map<string, string>} */
  const chunks = new Map();
  for (const id of first) chunksFrom(folder, id.replace('/chunks/', '/'), chunks);
  const rows = Array.from(chunks, ([id, text]) => `"${id}"${parameters} {${text}\n},\n`);
  const { code } = minifySync(pack, `({\n${rows.join('')}})`, { compress: false, mangle: { keepNames: true } });
  writeFileSync(pack, asciiOnly(code));
  return [pack, ...Object.keys(samples).map((kind) => writeCode(folder, first[0] ?? '', kind))];
}

/**
 * Writes the code for a kind of program; its path.
 * @param {string} folder
 * @param {string} first the chunk of the command line
 * @param {string} kind
 */
function writeCode(folder, first, kind) {
  const args = [fileURLToPath(import.meta.url), folder, first, kind];
  const { stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tether python did not run:\n${stderr}`);
  return codeOf(folder, kind);
}

/**
 * @param {string} folder
 * @param {string} kind
 */
const codeOf = (folder, kind) =>
  join(folder, `python.pack.${kind}.${process.platform}-${process.arch}-${process.versions.v8}`);

/**
 * Runs the sample and writes the code when it ends; in a process of its own, which has run nothing else.
 * @param {string} folder
 * @param {string} first the chunk of the command line
 * @param {string} kind
 */
async function record(folder, first, kind) {
  /** @type {import('node:vm').Script | undefined} */
  let script;
  const load = packLoader(createRequire(join(folder, 'cli.cjs')), folder, true, (text, filename) => {
    script = new Script(text, { filename });
    return script;
  });
  process.on('exit', () => {
    if (script === undefined) throw new Error('The pack was not opened.');
    writeFileSync(codeOf(folder, kind), script.createCachedData());
  });
  const { main } = /** @type {{ main(args: readonly string[]): Promise<number> }} */ (load(first));
  await main(['python', '-c', samples[kind] ?? '']);
}

const [, self, folder, first, kind] = process.argv;
const isRecorder = self === fileURLToPath(import.meta.url);
if (isRecorder && folder !== undefined && first !== undefined && kind !== undefined) await record(folder, first, kind);

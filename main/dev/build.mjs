// Builds what is out of date into `out/`: the bundles of `main/` for Node and Electron, and the page.
// A stamp per part, a hash of its sources, says what is out of date; a part whose sources do not exist yet is left out.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deferImports, finishChunk } from './chunks.mjs';
import { packLoader, writePack } from './compiled-code.mjs';
import { root } from './setup.mjs';

/** The bundles that share chunks, by name. Each is loaded by Node 16 (in Electron 22) and newer. */
const entries = {
  electron: 'main/electron.ts',
  web: 'main/web.ts',
  cli: 'main/cli.ts',
  'simulator-worker': 'main/simulator/worker.ts',
  'prompt-worker': 'main/python/prompt-worker.ts',
  watcher: 'main/python/watcher.ts',
};

/** What starts from a pack of its chunks. */
const packed = ['main/command-line.ts', 'main/commands/python.ts'].map((path) => join(root, path));

/** What every Python program needs is one chunk: its parts call each other all the time. */
const interpreterChunk = {
  name: 'interpreter',
  test: /[\\/]runtime[\\/]python[\\/](?!modules[\\/](?!index)|interpreter[\\/]hal|bytecode[\\/])|[\\/]runtime[\\/]vfs[\\/](vfs|path|errno|filesystem)\.ts$/,
};

/** A sandboxed preload script may load no other file, so it is a bundle of its own. */
const preload = 'main/preload.ts';

/** Found in node_modules at run time: what has native code, and Electron itself. `ws` asks for the last two only if they are there. */
const externals = ['electron', 'serialport', '@serialport/parser-readline', 'bufferutil', 'utf-8-validate'];

const common = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'main/dev/build.mjs', 'runtime'];

/** @type {Record<string, { sources: string[], output: string, build: () => Promise<void> }>} */
const parts = {
  main: { sources: [...common, 'main'], output: 'out/main', build: buildMain },
  renderer: { sources: [...common, 'renderer', 'vite.config.ts'], output: 'out/renderer', build: buildRenderer },
};

async function buildMain() {
  const { rolldown } = await import('rolldown');
  const outDir = join(root, 'out/main');
  /** @type {Set<string>} */
  const written = new Set();

  /** @param {Record<string, string>} input */
  const bundle = async (input) => {
    const build = await rolldown({
      cwd: root,
      input,
      external: externals,
      plugins: [deferImports],
      platform: 'node',
      // A field that is only declared would be a call and a store in each constructor.
      transform: { target: 'node16', typescript: { removeClassFieldsWithoutInitializer: true } },
      tsconfig: false,
      preserveEntrySignatures: 'allow-extension',
    });
    const { output } = await build.generate({
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: 'chunks/[name]-[hash].cjs',
      sourcemap: true,
      codeSplitting: { groups: [interpreterChunk], includeDependenciesRecursively: false },
      comments: false,
      // Primitives are values in Python, so their methods need strict mode, which the bundler leaves out.
      banner: (chunk) =>
        chunk.name === 'cli'
          ? `#!/usr/bin/env node\n"use strict"; require = (${packLoader.toString()})(require, __dirname, process.argv[2] === "python");`
          : '"use strict";',
    });
    await build.close();
    for (const file of output) {
      const path = join(outDir, file.fileName);
      written.add(path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.type === 'chunk' ? finishChunk(file.code) : file.source);
    }
    const first = packed.flatMap((module) =>
      output.filter((file) => 'facadeModuleId' in file && file.facadeModuleId === module),
    );
    if (first.length > 0) {
      const ids = first.map(({ fileName }) => `./${fileName}`);
      for (const path of await writePack(outDir, ids)) written.add(path);
    }
  };

  // The pack of older chunks goes before they do.
  for (const file of filesUnder(outDir)) if (file.includes('python.pack')) rmSync(file);
  const present = Object.entries(entries).filter(([, path]) => existsSync(join(root, path)));
  if (present.length > 0) await bundle(Object.fromEntries(present));
  if (existsSync(join(root, preload))) await bundle({ preload });
  // What an older build left goes last, so that a program that runs meanwhile finds its chunks.
  for (const file of filesUnder(outDir)) if (!written.has(file)) rmSync(file);
}

async function buildRenderer() {
  if (!existsSync(join(root, 'renderer/index.html'))) return;
  const { build } = await import('vite');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
    .sort();
}

/** @param {string[]} sources */
function stampOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(join(root, source)))) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Brings `out/` up to date. Rejects with the bundler's error when a source does not compile.
 * @param {string[]} [names] the parts wanted; all when absent
 */
export async function buildStale(names = Object.keys(parts)) {
  for (const [name, { sources, output, build }] of Object.entries(parts)) {
    if (!names.includes(name)) continue;
    const stampFile = join(root, 'out', `${name}.stamp`);
    const stamp = stampOf(sources);
    if (existsSync(stampFile) && existsSync(join(root, output)) && readFileSync(stampFile, 'utf8') === stamp) continue;
    console.log(`Building ${output} …`);
    rmSync(stampFile, { force: true });
    await build();
    mkdirSync(join(root, output), { recursive: true });
    writeFileSync(stampFile, stamp);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildStale(process.argv.length > 2 ? process.argv.slice(2) : undefined).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

// What makes the chunks of `main/` quick to load and quick to call across: imports that wait until they are needed, and
// names that are taken from another chunk once instead of at every use. Each line stays a line, so that source maps hold.
import { relative } from 'node:path';
import { root } from './setup.mjs';

/**
 * Imports that wait, as `importer → what it imports`: only functions that are called, and seldom. The module becomes a
 * chunk of its own, which is loaded at the first call; without a build, as in tests, it is loaded at once.
 * @type {Record<string, RegExp>}
 */
const deferred = {
  'runtime/python/modules/index.ts': /^\./,
  'runtime/python/python.ts': /\/(open|check-jumps)$/,
  'main/python/host-hal.ts': /\/(shell|heap-statistics)$/,
  'main/python/watched-script.ts': /\/start-watcher$/,
  'main/python/run-script.ts': /\/(unicode-names|bytecode-listing|serve-prompt|inlining)$/,
  'main/python/prompt-worker.ts': /\/unicode-names$/,
  'main/python/check-files.ts': /\/unicode-names$/,
};

/** The bundler's plugin that defers the imports of the table: it makes a chunk for an `import()`, which `finishChunk` makes a `require`. */
export const deferImports = {
  name: 'defer-imports',
  /**
   * @param {string} code
   * @param {string} id
   */
  transform(code, id) {
    const which = deferred[relative(root, id).replaceAll('\\', '/')];
    if (which === undefined) return null;
    const changed = code.replace(/^import \{ (\w+) \} from '(.+)';$/gm, (line, name, path) =>
      which.test(path) ? `const ${name} = (...args) => DEFERRED(import('${path}')).${name}(...args);` : line,
    );
    return { code: changed, map: { mappings: '' } };
  },
};

/**
 * The text of a chunk as it is written.
 * @param {string} code
 */
export function finishChunk(code) {
  return asciiOnly(namesOnce(plainBuiltins(plainExports(deferredRequires(code)))));
}

/**
 * `DEFERRED(Promise.resolve().then(() => require(…)))` becomes `require(…)`, with what else is taken from the chunk.
 * @param {string} code
 */
function deferredRequires(code) {
  const changed = code.replace(
    /DEFERRED\(Promise\.resolve\(\)\.then\(\(\) => (require\("[^"]+"\))\)(?:\.then\(\(n\) => n\.(\w+)\))?\)/g,
    (_, required, member) => (member === undefined ? required : `${required}.${member}`),
  );
  if (changed.includes('DEFERRED(')) throw new Error('An import that should wait is in the chunk that imports it.');
  return changed;
}

/**
 * A getter for each export becomes one object with them all: no export is ever assigned to again.
 * @param {string} code
 */
function plainExports(code) {
  /** @type {string[]} */
  const properties = [];
  const getters =
    /^Object\.defineProperty\(exports, "(\w+)", \{\n\s*enumerable: true,\n\s*get: function\(\) \{\n\s*return ([\w$]+);\n\s*\}\n\}\);$/gm;
  const changed = code.replace(getters, (_, name, value) => {
    properties.push(`${name}: ${value}`);
    return '';
  });
  const all = `\nmodule.exports = { __proto__: null, ${properties.join(', ')} };`;
  return properties.length === 0 ? code : changed.replace(/(\n\/\/# .*)?$/, (end) => all + end);
}

/**
 * `require_x.name`, at each use, becomes a constant of the chunk: chunks never need each other in a circle. The bundler's own
 * helpers are left out where nothing of them is used.
 * @param {string} code
 */
function namesOnce(code) {
  /** @type {Record<string, Set<string>>} */
  const taken = {};
  const chunks = /^const (require_\w+) = require\("\.[^"]+"\);$/gm;
  for (const [, chunk = ''] of code.matchAll(chunks)) taken[chunk] = new Set();
  return code
    .replace(/\b(require_\w+)\.(\w+)/g, (use, /** @type {string} */ chunk, /** @type {string} */ name) => {
      taken[chunk]?.add(name);
      return taken[chunk] === undefined ? use : `${chunk}$${name}`;
    })
    .replace(chunks, (line, /** @type {string} */ chunk) =>
      chunk === 'require_rolldown_runtime' && taken[chunk]?.size === 0
        ? ''
        : [line, ...Array.from(taken[chunk] ?? [], (name) => `const ${chunk}$${name} = ${chunk}.${name};`)].join(' '),
    );
}

/**
 * What Node brings is used as it is, without an object of getters around it.
 * @param {string} code
 */
function plainBuiltins(code) {
  return code
    .replace(/^let (node_\w+) = (require\("[^"]+"\));\n\1 = [\w$.]+\(\1(?:, 1)?\);$/gm, 'const $1 = $2;\n')
    .replace(/\b(node_\w+)\.default\b/g, '$1');
}

/**
 * V8 keeps a text of ASCII in half the memory, and it is the same text in every encoding. Comments are gone, and in
 * strings, templates and regular expressions an escape means the character.
 * @param {string} code
 */
export function asciiOnly(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

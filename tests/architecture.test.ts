// Keeps the walls of the house: which room may import which, written as a table and checked against every import.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Room → the rooms it may import besides itself, and the packages. A room is a folder with all it holds that is not a
 * room of its own. `interpreter` and `objects` need each other and are the only such pair.
 */
const rooms: Record<string, { rooms: string[]; packages: string[] }> = {
  'runtime/contract': { rooms: [], packages: [] },
  'runtime/bytes': { rooms: [], packages: [] },
  'runtime/link': { rooms: ['runtime/bytes', 'runtime/contract'], packages: [] },
  'runtime/plot': { rooms: ['runtime/bytes'], packages: [] },
  'runtime/vfs': { rooms: ['runtime/bytes'], packages: [] },
  'runtime/python/syntax': { rooms: ['runtime/bytes'], packages: [] },
  'runtime/python/compile': { rooms: ['runtime/bytes', 'runtime/python/syntax'], packages: [] },
  'runtime/python/interpreter': {
    rooms: [
      'runtime/bytes',
      'runtime/vfs',
      'runtime/python/syntax',
      'runtime/python/compile',
      'runtime/python/objects',
    ],
    packages: [],
  },
  'runtime/python/objects': {
    rooms: [
      'runtime/bytes',
      'runtime/vfs',
      'runtime/python/syntax',
      'runtime/python/compile',
      'runtime/python/interpreter',
    ],
    packages: [],
  },
  'runtime/python/builtins': {
    rooms: [
      'runtime/bytes',
      'runtime/vfs',
      'runtime/python/syntax',
      'runtime/python/compile',
      'runtime/python/interpreter',
      'runtime/python/objects',
    ],
    packages: [],
  },
  'runtime/python/modules': {
    rooms: [
      'runtime/bytes',
      'runtime/vfs',
      'runtime/python/syntax',
      'runtime/python/compile',
      'runtime/python/interpreter',
      'runtime/python/objects',
      'runtime/python/builtins',
    ],
    packages: [],
  },
  'runtime/python/bytecode': {
    rooms: [
      'runtime/bytes',
      'runtime/python/syntax',
      'runtime/python/compile',
      'runtime/python/interpreter',
      'runtime/python/objects',
    ],
    packages: [],
  },
  'runtime/python': { rooms: ['runtime/bytes', 'runtime/vfs', 'runtime/python/*'], packages: [] },
  'runtime/board': {
    rooms: ['runtime/bytes', 'runtime/vfs', 'runtime/python', 'runtime/python/*'],
    packages: [],
  },
  main: {
    rooms: ['runtime/*'],
    packages: ['node:*', 'electron', 'serialport', '@serialport/parser-readline', 'ws', 'sirv'],
  },
  'main/dev': { rooms: [], packages: ['node:*', 'vite', 'rolldown', 'rolldown/utils'] },
  renderer: {
    rooms: ['runtime/contract', 'runtime/bytes', 'runtime/plot', 'runtime/python/syntax'],
    packages: [
      'svelte',
      'svelte/*',
      'codemirror',
      '@codemirror/*',
      '@lezer/*',
      '@xterm/*',
      'uplot',
      'uplot/*',
      '@lucide/svelte',
      '@lucide/svelte/*',
    ],
  },
  tests: { rooms: ['runtime/*', 'main', 'main/dev', 'renderer'], packages: ['*', 'node:*'] },
};

/** Programs that run where there is no Electron, or where looking for it starts a download. */
const withoutElectron = ['main/cli.ts', 'main/command-line.ts', 'main/web.ts', 'main/simulator/worker.ts'];

/** Programs whose start is counted in milliseconds: packages come in by `import()` when a command needs them. */
const quickToStart = ['main/command-line.ts', 'main/simulator/worker.ts', 'main/commands/python.ts'];

interface Import {
  /** As it is written: './byte-ring' or 'node:fs'. */
  readonly specifier: string;
  /** Types vanish when compiled; `dynamic` is `import()`. */
  readonly kind: 'static' | 'dynamic' | 'type';
}

function filesUnder(folder: string, pattern: RegExp): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(path, pattern) : pattern.test(entry.name) ? [path] : [];
    })
    .sort();
}

const sources = ['runtime', 'main', 'renderer', 'tests'].flatMap((room) => filesUnder(room, /\.(ts|mjs|svelte)$/));

/** The room of a file: the longest row of the table that its path begins with. */
function roomOf(path: string): string {
  const candidates = Object.keys(rooms).filter((room) => path.startsWith(`${room}/`));
  return candidates.sort((a, b) => b.length - a.length)[0] ?? '';
}

function matches(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    if (pattern === '*') return true;
    return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  });
}

/** The script of a source file; of a Svelte component, what its script elements hold. */
function scriptOf(path: string): string {
  const text = readFileSync(join(root, path), 'utf8');
  if (!path.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
}

function readImports(path: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, kind: Import['kind']) => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) found.push({ specifier: specifier.text, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const named = node.importClause?.namedBindings;
      const onlyTypes =
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (node.importClause?.name === undefined &&
          named !== undefined &&
          ts.isNamedImports(named) &&
          named.elements.length > 0 &&
          named.elements.every((element) => element.isTypeOnly));
      add(node.moduleSpecifier, onlyTypes ? 'type' : 'static');
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, 'type');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'dynamic');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, scriptOf(path), ts.ScriptTarget.ES2022));
  return found;
}

const imports = new Map(sources.map((path) => [path, readImports(path)]));

/** The file a relative import leads to, as a path from the root; undefined for a package. */
function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = relative(root, join(root, dirname(from), specifier.replace(/\?.*$/, '')))
    .split(sep)
    .join('/');
  return [path, `${path}.ts`, `${path}/index.ts`].find((candidate) => imports.has(candidate)) ?? path;
}

/** The packages that a program loads, each with the file that asks for it; following only imports of the given kinds. */
function packagesOf(program: string, kinds: readonly Import['kind'][]): string[] {
  const seen = new Set<string>();
  const packages: string[] = [];
  const follow = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { specifier, kind } of imports.get(path) ?? []) {
      if (!kinds.includes(kind)) continue;
      const target = resolve(path, specifier);
      if (target !== undefined) follow(target);
      else if (!specifier.startsWith('node:')) packages.push(`${specifier} in ${path}`);
    }
  };
  follow(program);
  return packages;
}

describe('the rooms', () => {
  it('hold every source file', () => {
    expect(sources.filter((path) => roomOf(path) === '')).toEqual([]);
  });

  it('import only what the table allows', () => {
    const forbidden: string[] = [];
    for (const [path, list] of imports) {
      const room = roomOf(path);
      const allowed = rooms[room];
      for (const { specifier } of list) {
        const target = resolve(path, specifier);
        const targetRoom = target === undefined ? undefined : roomOf(target);
        const permitted =
          targetRoom === undefined
            ? matches(specifier, allowed?.packages ?? [])
            : targetRoom === room || matches(targetRoom, allowed?.rooms ?? []);
        if (!permitted) forbidden.push(`${path} imports ${specifier}`);
      }
    }
    expect(forbidden).toEqual([]);
  });

  it('import files that exist, without an ending for TypeScript', () => {
    const broken: string[] = [];
    for (const [path, list] of imports) {
      for (const { specifier } of list) {
        const target = resolve(path, specifier);
        if (target === undefined) continue;
        if (/\.(js|ts)$/.test(specifier) || !existsSync(join(root, target)))
          broken.push(`${path} imports ${specifier}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('need each other in no pair but interpreter and objects', () => {
    const pairs = new Set<string>();
    const needs = new Set<string>();
    for (const [path, list] of imports) {
      for (const { specifier } of list) {
        const target = resolve(path, specifier);
        if (target === undefined || roomOf(target) === roomOf(path)) continue;
        needs.add(`${roomOf(path)} ${roomOf(target)}`);
        if (needs.has(`${roomOf(target)} ${roomOf(path)}`)) pairs.add([roomOf(path), roomOf(target)].sort().join(' '));
      }
    }
    expect([...pairs].filter((pair) => pair !== 'runtime/python/interpreter runtime/python/objects')).toEqual([]);
  });
});

describe('the programs', () => {
  const present = (programs: readonly string[]) => programs.filter((program) => imports.has(program));

  it.each(present(withoutElectron))('%s loads no electron', (program) => {
    const packages = packagesOf(program, ['static', 'dynamic']);
    expect(packages.filter((name) => name.startsWith('electron '))).toEqual([]);
  });

  it.each(present(quickToStart))('%s loads no package before it is needed', (program) => {
    expect(packagesOf(program, ['static'])).toEqual([]);
  });
});

describe('every file', () => {
  const texts = [
    ...sources,
    ...filesUnder('resources', /\.(json|py|md)$/),
    ...filesUnder('.ci', /./),
    ...readdirSync(root).filter((name) => /\.(json|ya?ml|md|[jt]s)$|^\.(npmrc|gitignore|prettierrc)/.test(name)),
  ];

  it('begins by saying what it defines, unless it holds tests, whose names say it', () => {
    const silent = sources.filter((path) => {
      if (/\.(test|spec)\.ts$/.test(path)) return false;
      const text = path.endsWith('.svelte')
        ? readFileSync(join(root, path), 'utf8').replace(/^<script[^>]*>/, '')
        : readFileSync(join(root, path), 'utf8').replace(/^#!.*\n/, '');
      return !/^\s*(\/\/|\/\*|<!--)/.test(text);
    });
    expect(silent).toEqual([]);
  });

  it('is named after what a reader would search for', () => {
    expect(sources.filter((path) => /(^|[/-])(utils?|helpers?|managers?|misc|common)\.\w+$/.test(path))).toEqual([]);
  });

  it('knows no folder of this machine and no host of a package registry', () => {
    const hosts = [
      ['registry', 'npmjs', 'org'],
      ['registry', 'yarnpkg', 'com'],
      ['files', 'pythonhosted', 'org'],
      ['pypi', 'org'],
    ].map((parts) => parts.join('\\.'));
    const folders = [root.slice(0, -1), ['', 'work'].join('/'), ['', 'root'].join('/')].map(
      (path) => `(?<![\\w.:/-])${path.replace(/[^\w/]/g, '\\$&')}[/\\\\]`,
    );
    const pattern = new RegExp([...hosts, ...folders].join('|'));
    const lines = texts.flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .map((line, index) => ({ place: `${path}:${index + 1}`, found: pattern.exec(line)?.[0] })),
    );
    expect(lines.filter(({ found }) => found !== undefined)).toEqual([]);
  });
});

describe('the dependencies', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const versions = Object.entries({
    ...manifest['dependencies'],
    ...manifest['devDependencies'],
    ...manifest['optionalDependencies'],
  });

  it('are pinned to one version', () => {
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('each have their reason in CONTRIBUTING.md', () => {
    const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
    expect(versions.map(([name]) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

// Where the files that belong to the program are, both in a checkout and in the packaged app:
// `resources/` as it is shipped, and what the build puts into `out/`.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest folder above this module that holds a package.json: the checkout, or the packaged app's own folder. */
function findAppFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('The files of Tether are incomplete: no package.json above the program.');
    folder = above;
  }
  return folder;
}

let appFolder: string | undefined;

/** The path of a file of `resources/`: `resourcePath('frozen', 'asyncio', '__init__.py')`. Not checked for existence. */
export function resourcePath(...parts: string[]): string {
  return join((appFolder ??= findAppFolder()), 'resources', ...parts);
}

/** The path of a built file: `builtPath('main', 'simulator-worker.cjs')`, `builtPath('renderer', 'index.html')`. Not checked. */
export function builtPath(...parts: string[]): string {
  return join((appFolder ??= findAppFolder()), 'out', ...parts);
}

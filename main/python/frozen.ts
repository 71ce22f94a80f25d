/** The Python modules shipped with the program: `resources/frozen`. */
import { existsSync, readFileSync } from 'node:fs';
import { resourcePath } from '../resources';

/** The source of `path` (with slashes) under resources/frozen, or undefined. */
export function frozenSource(path: string): string | undefined {
  const file = resourcePath('frozen', ...path.split('/'));
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

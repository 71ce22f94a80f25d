/** Defines how paths with `/` are put together and taken apart, for file systems that keep no directories of their own kind. */

/** An absolute path without `.`, `..`, empty parts and a last `/`: `resolvePath('/lib', '../x//y/')` is `/x/y`. */
export function resolvePath(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Takes an absolute path apart: `/x/y` into `/x` and `y`, `/` into `/` and `''`. */
export function splitPath(path: string): { directory: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { directory: path.slice(0, slash) || '/', name: path.slice(slash + 1) };
}

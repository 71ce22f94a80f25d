/** Defines what a name of a file or folder may be, on the computer and on a board. */
import { AppError } from '../../runtime/contract/app-error';

/** Fails with `name-bad`, which names the first character that is in the way. */
export function checkName(name: string, platform: string = process.platform): void {
  if (name === '' || name === '.' || name === '..') throw new AppError('name-bad', { name: '' });
  const forbidden = platform === 'win32' ? /[/\\<>:"|?*\u0000-\u001f]/ : /[/\u0000]/;
  const character = forbidden.exec(name)?.[0];
  if (character !== undefined) throw new AppError('name-bad', { name, character });
}

/** The order of every list of files: folders first, then by name, as people sort. */
export function byKindAndName(
  a: { readonly kind: 'file' | 'folder'; readonly name: string },
  b: { readonly kind: 'file' | 'folder'; readonly name: string },
): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}

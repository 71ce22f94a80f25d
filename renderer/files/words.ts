/** Defines what the file panes say: names, counts, free space, and why nothing is listed. */
import { sizeWords } from '../../runtime/contract/messages';
import { type FileEntry, type TransferResult, type Volume } from '../../runtime/contract/types';

/** “3 items”, or the name when it is one. */
export function itemsWords(names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined ? only : `${names.length} items`;
}

function filesWords(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

/** “48 of 95 KB free”. */
export function freeWords({ size, free }: NonNullable<Volume['space']>): string {
  const [all, rest] = [sizeWords(size), sizeWords(free)];
  const unit = all.slice(all.indexOf(' '));
  return `${rest.endsWith(unit) ? rest.slice(0, -unit.length) : rest} of ${all} free`;
}

/** A row as it is read out: “main.py, 1.2 KB”. */
export function rowWords({ name, kind, size }: FileEntry): string {
  return kind === 'file' ? `${name}, ${sizeWords(size)}` : name;
}

/** “Uploaded 12 files, 48 KB, in 0.2 s. Each was read back and is equal.” */
export function resultWords(direction: 'upload' | 'download', result: TransferResult): string {
  const { sent, unchanged, skipped, bytes, milliseconds } = result;
  const rest = [
    unchanged > 0 ? `${filesWords(unchanged)} unchanged` : '',
    skipped > 0 ? `${filesWords(skipped)} skipped` : '',
  ].filter((part) => part !== '');
  if (sent === 0) return rest.length === 0 ? 'There was nothing to copy.' : `Nothing was copied: ${rest.join(', ')}.`;
  const seconds = Math.max(0.1, milliseconds / 1000).toFixed(1);
  const verb = direction === 'upload' ? 'Uploaded' : 'Downloaded';
  const checked = direction === 'upload' ? ` ${sent === 1 ? 'It' : 'Each'} was read back and is equal.` : '';
  const left = rest.length === 0 ? '' : ` ${rest.join(', ')}.`;
  return `${verb} ${filesWords(sent)}, ${sizeWords(bytes)}, in ${seconds} s.${left}${checked}`;
}

/** What goes wrong when these are deleted, beyond what a person sees. */
export function bootWarnings(names: readonly string[]): string[] {
  const warnings: string[] = [];
  if (names.includes('main.py')) {
    warnings.push('main.py starts by itself; without it the board only shows its prompt.');
  }
  if (names.includes('boot.py'))
    warnings.push('boot.py sets the board up at each start; without it the board starts plain.');
  return warnings;
}

/** Why a name cannot be used, among the `others` of its folder; null when it can. */
export function nameProblem(name: string, others: readonly FileEntry[], folder: string): string | null {
  if (name.trim() === '') return 'A name cannot be empty.';
  if (name.includes('/')) return 'A name cannot contain ‘/’.';
  const taken = others.find((other) => other.name === name);
  return taken === undefined ? null : `${folder} already holds a ${taken.kind} named ${name}.`;
}

/** “new.py”, or “new2.py” and so on where that is taken. */
export function freeName(others: readonly FileEntry[], ending: string): string {
  for (let number = 1; ; number++) {
    const name = `new${number === 1 ? '' : number}${ending}`;
    if (!others.some((other) => other.name === name)) return name;
  }
}

/** “14:02”, of milliseconds since 1970. */
export function timeWords(milliseconds: number): string {
  const time = new Date(milliseconds);
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
}

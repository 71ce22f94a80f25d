/** Defines FileTree: the files of one place as a tree, with what is open, selected and being renamed in it. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { AppError, type ErrorData } from '../../runtime/contract/app-error';
import { type FileEntry, type FilePlace, type Volume } from '../../runtime/contract/types';
import { type Api } from '../api';
import { nameProblem } from './words';

/** A row that is seen: an entry with its place in the tree. */
export interface TreeRow {
  readonly entry: FileEntry;
  /** From 1. */
  readonly level: number;
  /** From 1, among `siblings` entries of its folder. */
  readonly position: number;
  readonly siblings: number;
  /** Null for a file. */
  readonly open: boolean | null;
  /** The folder that holds it; null for a volume, and for the entries of the computer's open folder that is the folder itself. */
  readonly folder: string | null;
  readonly volume: Volume | null;
}

/** A name that is being typed in place of a row's. */
export interface Renaming {
  readonly path: string;
  readonly text: string;
  readonly problem: string | null;
}

/** A list that is there sooner is not announced by “Reading the file list…”. */
const QUIET_MS = 300;

export class FileTree {
  /** The folder whose entries are the rows of level 1, on a computer; null on a board, whose volumes are. */
  root = $state.raw<string | null>(null);
  volumes = $state.raw<readonly Volume[]>([]);
  /** What was listed, by folder. */
  readonly folders = new SvelteMap<string, readonly FileEntry[]>();
  readonly open = new SvelteSet<string>();
  readonly selected = new SvelteSet<string>();
  /** The row that has the Tab stop; null before a person came here. */
  current = $state<string | null>(null);
  renaming = $state.raw<Renaming | null>(null);
  /** Reading has taken long enough to say so. */
  reading = $state(false);
  /** Why the last attempt to list everything ended; null when it did not. */
  problem = $state.raw<ErrorData | null>(null);
  /** When everything was listed last, in milliseconds since 1970. */
  listedAt = $state<number | null>(null);
  /** Something may have changed files since. */
  old = $state(false);
  /** Files that begin with a dot are rows, too. */
  showHidden = $state(false);
  /** A refresh is under way. */
  #refreshing = false;
  readonly #api: Api;
  /** Where Shift begins to extend from. */
  #anchor: string | null = null;
  #refreshes = 0;

  constructor(
    api: Api,
    readonly place: FilePlace,
  ) {
    this.#api = api;
  }

  readonly rows: readonly TreeRow[] = $derived.by(() => {
    const rows: TreeRow[] = [];
    this.volumes.forEach((volume, index) => {
      this.#addRow(rows, {
        entry: { name: volume.path, path: volume.path, kind: 'folder', size: 0, modified: null },
        level: 1,
        position: index + 1,
        siblings: this.volumes.length,
        open: this.open.has(volume.path),
        folder: null,
        volume,
      });
    });
    if (this.root !== null) this.#addRows(rows, this.root, 1);
    return rows;
  });

  /** The row with the Tab stop: the current one, else the first. */
  get tabStop(): string | null {
    const { rows } = this;
    return (rows.find(({ entry }) => entry.path === this.current) ?? rows[0])?.entry.path ?? null;
  }

  row(path: string | null): TreeRow | undefined {
    return this.rows.find(({ entry }) => entry.path === path);
  }

  /** The selected rows without those that are inside another selected one, and without volumes. */
  get chosen(): readonly TreeRow[] {
    return this.rows.filter(
      ({ entry, volume }) => volume === null && this.selected.has(entry.path) && !this.#insideSelected(entry.path),
    );
  }

  /** The folder that receives what is put here: the one selected, that of the selected file, else the first there is. */
  get receiver(): string | null {
    const chosen = this.rows.filter(({ entry }) => this.selected.has(entry.path));
    const [only] = chosen;
    if (chosen.length === 1 && only !== undefined) return this.folderOf(only);
    return this.root ?? this.volumes[0]?.path ?? null;
  }

  /** A folder's own path, a file's folder. */
  folderOf({ entry, folder }: TreeRow): string | null {
    return entry.kind === 'folder' ? entry.path : (folder ?? this.root);
  }

  // Listing

  /** Lists anew all that is open. The old list stays until the new one is there, and also when it cannot be had. */
  async refresh(): Promise<void> {
    const turn = ++this.#refreshes;
    this.#refreshing = true;
    this.old = false;
    const timer = setTimeout(() => (this.reading = turn === this.#refreshes), QUIET_MS);
    try {
      if (this.place.on === 'board') {
        const volumes = await this.#api.call('board:volumes', this.place.board);
        if (turn !== this.#refreshes) return;
        // The first time, there is nothing to see but what is in them.
        if (this.listedAt === null) for (const { path } of volumes) this.open.add(path);
        this.volumes = volumes;
      }
      const tops = this.root === null ? this.volumes.map(({ path }) => path) : [this.root];
      for (const top of tops) await this.#listOpen(top, turn);
      if (turn !== this.#refreshes) return;
      this.problem = null;
      this.listedAt = Date.now();
    } catch (error) {
      if (turn === this.#refreshes) this.problem = AppError.toData(error, 'reading the file list');
    } finally {
      clearTimeout(timer);
      if (turn === this.#refreshes) this.reading = this.#refreshing = false;
    }
  }

  /** The first list is wanted: it is neither there nor on its way, and nothing has stood in its way. */
  get unlisted(): boolean {
    return this.listedAt === null && this.problem === null && !this.#refreshing;
  }

  /** Shows another folder of the computer, of which the entries may be known already. */
  show(root: string | null, entries?: readonly FileEntry[]): void {
    this.root = root;
    this.folders.clear();
    this.selected.clear();
    this.current = null;
    this.problem = null;
    if (root === null || entries === undefined) return;
    this.folders.set(root, entries);
    this.listedAt = Date.now();
  }

  /** A folder's contents may have changed: lists it again if it is seen, and the free space. */
  async changed(folder: string): Promise<void> {
    if (!this.folders.has(folder)) return;
    try {
      await this.#list(folder);
      if (this.place.on === 'board') this.volumes = await this.#api.call('board:volumes', this.place.board);
    } catch (error) {
      if (AppError.is(error, 'folder-missing')) this.folders.delete(folder);
      else this.problem = AppError.toData(error, 'reading the file list');
    }
  }

  async expand(path: string): Promise<void> {
    this.open.add(path);
    if (this.folders.has(path)) return;
    try {
      await this.#list(path);
    } catch (error) {
      this.open.delete(path);
      throw error;
    }
  }

  collapse(path: string): void {
    this.open.delete(path);
    // What cannot be seen is not selected, so that nothing unseen is deleted.
    for (const inside of [...this.selected]) if (isInside(inside, path)) this.selected.delete(inside);
    if (this.current !== null && isInside(this.current, path)) this.current = path;
  }

  // Selecting

  selectOnly(path: string): void {
    this.selected.clear();
    this.selected.add(path);
    this.current = path;
    this.#anchor = path;
  }

  toggle(path: string): void {
    if (!this.selected.delete(path)) this.selected.add(path);
    this.current = path;
    this.#anchor = path;
  }

  /** Selects from where selecting began to this row, and nothing else. */
  extendTo(path: string): void {
    const at = (wanted: string | null): number => this.rows.findIndex(({ entry }) => entry.path === wanted);
    const [start, end] = [at(this.#anchor ?? this.tabStop), at(path)].sort((a, b) => a - b) as [number, number];
    this.selected.clear();
    for (const { entry } of this.rows.slice(Math.max(0, start), end + 1)) this.selected.add(entry.path);
    this.current = path;
  }

  selectAll(): void {
    for (const { entry, volume } of this.rows) if (volume === null) this.selected.add(entry.path);
  }

  // Renaming in place

  startRenaming(path: string): void {
    const row = this.row(path);
    if (row !== undefined && row.volume === null) this.renaming = { path, text: row.entry.name, problem: null };
  }

  typeName(text: string): void {
    if (this.renaming !== null) this.renaming = { ...this.renaming, text, problem: null };
  }

  stopRenaming(): void {
    this.renaming = null;
  }

  /**
   * Renames as typed and returns the entry as it is now; null when nothing is to be renamed, or when the name cannot be used, which
   * the field then says. Rejects with an AppError when something else went wrong.
   */
  async finishRenaming(): Promise<FileEntry | null> {
    const { renaming } = this;
    const row = renaming === null ? undefined : this.row(renaming.path);
    if (renaming === null || row === undefined || renaming.text === row.entry.name) {
      this.renaming = null;
      return null;
    }
    const folder = row.folder ?? this.root ?? '';
    const others = (this.folders.get(folder) ?? []).filter(({ path }) => path !== row.entry.path);
    const problem = nameProblem(renaming.text, others, lastName(folder));
    if (problem !== null) {
      this.renaming = { ...renaming, problem };
      return null;
    }
    this.renaming = null;
    const renamed = await this.#api.call('files:move', this.place, row.entry.path, folder, renaming.text);
    this.moved(row.entry.path, renamed);
    await this.changed(folder);
    return renamed;
  }

  /** Something has another path now: what is open, selected and known of it goes along. */
  moved(from: string, to: FileEntry): void {
    const carry = (path: string): string => (isInside(path, from) ? to.path + path.slice(from.length) : path);
    for (const set of [this.open, this.selected]) {
      for (const path of [...set]) {
        if (!isInside(path, from)) continue;
        set.delete(path);
        set.add(carry(path));
      }
    }
    for (const [path, entries] of [...this.folders]) {
      if (isInside(path, from)) this.folders.delete(path);
      // Under its new name it keeps its row until its folder is listed again; in another folder it gets one then.
      else if (entries.some((entry) => entry.path === from)) {
        const stays = entries.map((entry) => (entry.path === from ? to : entry));
        this.folders.set(path, isChild(to.path, path) ? stays : stays.filter((entry) => entry !== to));
      }
    }
    if (this.current !== null) this.current = carry(this.current);
    for (const path of this.open)
      if (isInside(path, to.path)) void this.#list(path).catch(() => this.open.delete(path));
  }

  /** These are gone. */
  forget(paths: readonly string[]): void {
    const gone = (path: string): boolean => paths.some((each) => isInside(path, each));
    const { rows } = this;
    const at = rows.findIndex(({ entry }) => entry.path === this.current);
    // The Tab stop goes to what stood below, else above.
    const [below, above] = [rows.slice(at), rows.slice(0, at).reverse()];
    const next = [...below, ...above].find(({ entry }) => !gone(entry.path));
    if (this.current !== null && gone(this.current)) this.current = next?.entry.path ?? null;
    for (const set of [this.open, this.selected]) for (const path of [...set]) if (gone(path)) set.delete(path);
    for (const path of [...this.folders.keys()]) if (gone(path)) this.folders.delete(path);
  }

  #addRows(rows: TreeRow[], folder: string, level: number): void {
    const entries = (this.folders.get(folder) ?? []).filter(({ name }) => this.showHidden || !name.startsWith('.'));
    entries.forEach((entry, index) => {
      const open = entry.kind === 'folder' ? this.open.has(entry.path) : null;
      this.#addRow(rows, { entry, level, position: index + 1, siblings: entries.length, open, folder, volume: null });
    });
  }

  #addRow(rows: TreeRow[], row: TreeRow): void {
    rows.push(row);
    if (row.open === true) this.#addRows(rows, row.entry.path, row.level + 1);
  }

  async #listOpen(folder: string, turn: number): Promise<void> {
    const entries = await this.#list(folder);
    for (const { path, kind } of entries) {
      if (turn !== this.#refreshes) return;
      if (kind !== 'folder' || !this.open.has(path)) continue;
      // One folder that cannot be read empties no other.
      await this.#listOpen(path, turn).catch((error: unknown) => {
        if (!AppError.is(error, 'folder-missing')) throw error;
        this.open.delete(path);
      });
    }
  }

  async #list(folder: string): Promise<readonly FileEntry[]> {
    const { entries } = await this.#api.call('files:list', this.place, folder);
    this.folders.set(folder, entries);
    return entries;
  }

  #insideSelected(path: string): boolean {
    for (const other of this.selected) if (other !== path && isInside(path, other)) return true;
    return false;
  }
}

/** Whether a path is that folder or something in it, on either kind of system. */
export function isInside(path: string, folder: string): boolean {
  if (path === folder) return true;
  if (!path.startsWith(folder)) return false;
  const next = path.charAt(folder.length);
  return next === '/' || next === '\\' || folder.endsWith('/') || folder.endsWith('\\');
}

function isChild(path: string, folder: string): boolean {
  return isInside(path, folder) && !/[/\\]/.test(path.slice(folder.length).replace(/^[/\\]/, ''));
}

/** The last part of a path, or the path where it has no parts. */
export function lastName(path: string): string {
  return (
    path
      .split(/[/\\]/)
      .reverse()
      .find((part) => part !== '') ?? path
  );
}

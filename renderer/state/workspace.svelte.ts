// Defines what is open: the computer's folder, the tabs with their texts, what is unsaved in them, and what is wrong in them.
import { Text } from '@codemirror/state';
import { AppError } from '../../runtime/contract/app-error';
import {
  type Draft,
  type FileEntry,
  type FilePlace,
  type FolderListing,
  type Json,
} from '../../runtime/contract/types';
import { sizeWords } from '../../runtime/contract/messages';
import { type App } from './app.svelte';
import { decodeText, type LineEnd } from './text-file';

/** One thing that is wrong in a file: from our own parser, or from the last traceback. */
export interface Problem {
  /** The file's name as it is shown. */
  file: string;
  /** The tab it belongs to, if one is open. */
  tab: Tab | null;
  /** From 1. */
  line: number;
  column: number;
  message: string;
  from: 'syntax' | 'traceback';
}

/** Texts above this size are too much for the editor. */
const largestFile = 2 * 1024 * 1024;
const draftsEveryMs = 2_000;

let lastKey = 0;

export class Tab {
  readonly key: string;
  name = $state('');
  place: FilePlace = $state.raw({ on: 'computer' });
  /** Null for a text that was never saved. */
  path = $state.raw<string | null>(null);
  /** The text now; the editor puts each change here. */
  doc = $state.raw(Text.empty);
  /** The text as it was last read or written. */
  saved = $state.raw<Text | null>(null);
  lineEnd: LineEnd = $state('\n');
  saving = $state(false);
  /** The file went away behind our back; this text is the only copy. */
  gone = $state(false);
  problems = $state.raw<readonly Problem[]>([]);
  /** Where the cursor is to go as soon as the editor shows this tab; from 1. */
  jump = $state.raw<{ line: number; column: number } | null>(null);

  constructor(key?: string) {
    this.key = key ?? `${Date.now().toString(36)}-${++lastKey}`;
  }

  get dirty(): boolean {
    return this.saved === null ? this.doc.length > 0 || this.path !== null : !this.doc.eq(this.saved);
  }
  get text(): string {
    return this.doc.sliceString(0);
  }
  /** As it goes to a file, with the line ends it came with. */
  get bytes(): Uint8Array {
    return new TextEncoder().encode(this.doc.sliceString(0, this.doc.length, this.lineEnd));
  }
}

export class Workspace {
  folder = $state.raw<FolderListing | null>(null);
  tabs = $state.raw<readonly Tab[]>([]);
  active = $state.raw<Tab | null>(null);
  /** The Start page is shown, also when tabs are open. */
  startPage = $state(false);
  /** What the last traceback said. */
  traceback = $state.raw<readonly Problem[]>([]);
  /** The tab whose text was run last. */
  ran = $state.raw<Tab | null>(null);
  /** What is being read from a slow place, such as “Reading main.py from Pyboard A…”. */
  reading = $state<string | null>(null);
  #app: App;
  #closed = $state.raw<readonly { place: FilePlace; path: string }[]>([]);
  #draftsKept = '[]';

  constructor(app: App) {
    this.#app = app;
    setInterval(() => this.keepDrafts(), draftsEveryMs);
    window.addEventListener('blur', () => this.keepDrafts());
    window.addEventListener('pagehide', () => this.keepDrafts());
  }

  get problems(): readonly Problem[] {
    return [...this.tabs.flatMap((tab) => tab.problems), ...this.traceback];
  }
  get dirtyTabs(): readonly Tab[] {
    return this.tabs.filter((tab) => tab.dirty);
  }
  get canReopen(): boolean {
    return this.#closed.length > 0;
  }
  /** What is in front: a tab, unless the Start page is. */
  get shown(): Tab | null {
    return this.startPage ? null : this.active;
  }

  // Folder

  /** Opens a folder of the computer and, if it holds one, its main.py. */
  async openFolder(path: string, openMain = true): Promise<void> {
    this.folder = await this.#app.api.call('computer:openFolder', path);
    if (!openMain) return;
    const files = this.folder.entries.filter((entry) => entry.kind === 'file');
    const first = files.find((entry) => entry.name === 'main.py') ?? files.find((entry) => entry.name.endsWith('.py'));
    if (first) await this.openFile({ on: 'computer' }, first.path);
  }

  // Tabs

  /** Makes a tab with a text that is nowhere saved yet. */
  newFile(name = this.#freeName(), text = ''): Tab {
    const tab = new Tab();
    tab.name = name;
    tab.doc = Text.of(text.split('\n'));
    tab.saved = text === '' ? Text.empty : null;
    this.#add(tab);
    return tab;
  }

  /** Opens a file in a tab, or goes to the tab that has it. Says what is wrong by itself; null when it did not open. */
  async openFile(place: FilePlace, path: string, at?: { line: number; column: number }): Promise<Tab | null> {
    const open = this.tabs.find((tab) => tab.path === path && samePlace(tab.place, place));
    if (open) {
      if (at) open.jump = at;
      this.choose(open);
      return open;
    }
    const name = baseName(path);
    const from =
      place.on === 'board' ? (this.#app.boards.find(place.board)?.info.name ?? 'the board') : 'this computer';
    const timer = setTimeout(() => (this.reading = `Reading ${name} from ${from}…`), 300);
    try {
      const bytes = await this.#app.api.call('files:read', place, path);
      const read = await this.#readable(name, bytes);
      if (!read) return null;
      const tab = new Tab();
      tab.name = name;
      tab.place = place;
      tab.path = path;
      tab.lineEnd = read.lineEnd;
      tab.doc = tab.saved = Text.of(read.lines);
      if (at) tab.jump = at;
      this.#add(tab);
      return tab;
    } catch (error) {
      this.#app.report(error, { retry: () => void this.openFile(place, path) });
      return null;
    } finally {
      clearTimeout(timer);
      this.reading = null;
    }
  }

  choose(tab: Tab): void {
    this.active = tab;
    this.startPage = false;
    this.#app.layout.single = 'editor';
    this.#keepTabs();
  }

  step(by: 1 | -1): void {
    const at = this.active ? this.tabs.indexOf(this.active) : 0;
    const next = this.tabs[(at + by + this.tabs.length) % this.tabs.length];
    if (next) this.choose(next);
  }

  /** Closes a tab after asking about unsaved text; false when the person wants to stay. */
  async close(tab: Tab): Promise<boolean> {
    if (tab.dirty && tab.doc.length > 0) {
      const { answer } = await this.#app.dialogs.ask({
        title: `Save changes to ${tab.name}?`,
        text: ['Without saving, the text of this tab is gone.'],
        buttons: [
          { answer: 'save', label: 'Save', look: 'primary' },
          { answer: 'drop', label: 'Don’t save' },
          { answer: 'cancel', label: 'Cancel' },
        ],
        focus: 'save',
        risky: true,
      });
      if (answer === null || answer === 'cancel') return false;
      if (answer === 'save' && !(await this.save(tab))) return false;
    }
    const at = this.tabs.indexOf(tab);
    this.tabs = this.tabs.filter((other) => other !== tab);
    if (tab.path !== null) this.#closed = [...this.#closed, { place: tab.place, path: tab.path }];
    if (this.active === tab) this.active = this.tabs[Math.min(at, this.tabs.length - 1)] ?? null;
    this.keepDrafts();
    this.#keepTabs();
    return true;
  }

  async reopen(): Promise<void> {
    const last = this.#closed.at(-1);
    this.#closed = this.#closed.slice(0, -1);
    if (last) await this.openFile(last.place, last.path);
  }

  /** Asks about each unsaved text; true when the window may close. Drafts keep what is not asked about. */
  async mayClose(): Promise<boolean> {
    for (const tab of [...this.dirtyTabs]) if (!(await this.close(tab))) return false;
    return true;
  }

  // Saving

  /** Saves where the tab lives; asks for a place first if it has none. False when it is not saved. */
  async save(tab: Tab): Promise<boolean> {
    if (tab.path === null) return this.saveAs(tab);
    if (tab.saving) return false;
    tab.saving = true;
    try {
      if (!(await this.#mayOverwrite(tab, tab.place, tab.path))) return false;
      const doc = tab.doc;
      await this.#app.api.call('files:write', tab.place, tab.path, tab.bytes);
      tab.saved = doc;
      tab.gone = false;
      this.#app.announcer.say(this.#savedWords(tab));
      this.keepDrafts();
      return true;
    } catch (error) {
      this.#app.report(error, { retry: () => void this.save(tab), saveAs: () => void this.saveAs(tab) });
      return false;
    } finally {
      tab.saving = false;
    }
  }

  /** Asks where, then saves there; the tab lives there from then on. */
  async saveAs(tab: Tab): Promise<boolean> {
    const target = this.#app.boards.target;
    let where: 'computer' | 'board' | null = 'computer';
    if (target?.connected === true) {
      const { answer } = await this.#app.dialogs.ask({
        title: `Where should ${tab.name} be saved?`,
        buttons: [
          { answer: 'computer', label: 'On this computer…', look: 'big' },
          {
            answer: 'board',
            label: target.simulated ? 'On the simulated board' : `On ${target.info.name}`,
            look: 'big',
          },
          { answer: 'cancel', label: 'Cancel' },
        ],
        focus: 'computer',
      });
      where = answer === 'cancel' ? null : answer;
    }
    if (where === null) return false;
    return where === 'computer' ? this.#saveOnComputer(tab) : this.saveOnBoard(tab, true);
  }

  async #saveOnComputer(tab: Tab): Promise<boolean> {
    const path = await this.#app.chooseSave(tab.name);
    return path === null ? false : this.#moveAndSave(tab, { on: 'computer' }, path);
  }

  /** Asks for a path on the target and writes there; with `move` the tab lives there from then on. */
  async saveOnBoard(tab: Tab, move: boolean, suggested?: string): Promise<boolean> {
    const board = this.#app.boards.target;
    if (!board) return false;
    const { answer, text } = await this.#app.dialogs.ask({
      title: `Save ${tab.name} on ${board.fullName}`,
      field: { label: 'Path on the board', value: suggested ?? `/flash/${tab.name}`, check: checkBoardPath },
      buttons: [
        { answer: 'save', label: 'Save', look: 'primary' },
        { answer: 'cancel', label: 'Cancel' },
      ],
    });
    if (answer !== 'save') return false;
    if (move) return this.#moveAndSave(tab, board.place, text);
    return this.writeCopy(tab, board.place, text);
  }

  /** The board starts main.py by itself. */
  async uploadAsMain(tab: Tab): Promise<void> {
    const board = this.#app.boards.target;
    if (board) await this.writeCopy(tab, board.place, '/flash/main.py');
  }

  /** Writes the text of a tab to another file, after asking if something else is there; the tab stays where it is. */
  async writeCopy(tab: Tab, place: FilePlace, path: string): Promise<boolean> {
    try {
      if (!(await this.#mayReplace(tab, place, path))) return false;
      await this.#app.api.call('files:write', place, path, tab.bytes);
      this.#app.announcer.say(`Saved ${baseName(path)} on ${this.#placeName(place)} and checked it.`);
      return true;
    } catch (error) {
      this.#app.report(error, { retry: () => void this.writeCopy(tab, place, path) });
      return false;
    }
  }

  async #moveAndSave(tab: Tab, place: FilePlace, path: string): Promise<boolean> {
    const doc = tab.doc;
    if (!(await this.writeCopy(tab, place, path))) return false;
    tab.place = place;
    tab.path = path;
    tab.name = baseName(path);
    tab.saved = doc;
    tab.gone = false;
    this.keepDrafts();
    this.#keepTabs();
    return true;
  }

  /** Asks before a file is replaced that holds something else than what is written. */
  async #mayReplace(tab: Tab, place: FilePlace, path: string): Promise<boolean> {
    const there = await this.#peek(place, path);
    if (there === null || sameBytes(there, tab.bytes)) return true;
    return this.#askOverwrite(`${baseName(path)} is already on ${this.#placeName(place)} and differs. Overwrite it?`);
  }

  /** Asks before a save that would destroy what something else wrote since the file was read. */
  async #mayOverwrite(tab: Tab, place: FilePlace, path: string): Promise<boolean> {
    if (tab.gone || tab.saved === null) return true;
    const there = await this.#peek(place, path);
    if (there === null) return true;
    const known = new TextEncoder().encode(tab.saved.sliceString(0, tab.saved.length, tab.lineEnd));
    if (sameBytes(there, known) || sameBytes(there, tab.bytes)) return true;
    return this.#askOverwrite(
      `${tab.name} on ${this.#placeName(place)} was changed by something else since you opened it. Overwrite it?`,
    );
  }

  async #askOverwrite(question: string): Promise<boolean> {
    const { answer } = await this.#app.dialogs.ask({
      title: 'Overwrite the file?',
      text: [question],
      buttons: [
        { answer: 'overwrite', label: 'Overwrite', look: 'danger' },
        { answer: 'cancel', label: 'Cancel' },
      ],
      focus: 'cancel',
      risky: true,
    });
    return answer === 'overwrite';
  }

  async #peek(place: FilePlace, path: string): Promise<Uint8Array | null> {
    try {
      return await this.#app.api.call('files:read', place, path);
    } catch (error) {
      if (AppError.is(error, 'file-missing') || AppError.is(error, 'folder-missing')) return null;
      throw error;
    }
  }

  // Kept between runs

  /** Keeps every unsaved text on the disk, if any has changed. */
  keepDrafts(): void {
    const drafts: Draft[] = this.dirtyTabs.map((tab) => ({
      key: tab.key,
      place: $state.snapshot(tab.place),
      path: tab.path,
      name: tab.name,
      text: tab.text,
    }));
    const kept = JSON.stringify(drafts);
    if (kept === this.#draftsKept) return;
    this.#draftsKept = kept;
    void this.#app.api.call('drafts:write', drafts).catch(() => undefined);
  }

  /** Brings back the tabs of the last run: unsaved texts from their drafts, the computer's files from the disk. */
  async restore(): Promise<void> {
    const drafts = await this.#app.api.call('drafts:read').catch(() => []);
    const folder = this.#app.settings.values.folder;
    if (folder !== null) await this.openFolder(folder, false).catch(() => undefined);
    for (const path of stringsOf(this.#app.settings.remembered('tabs'))) {
      if (drafts.some((draft) => draft.path === path && draft.place.on === 'computer')) continue;
      const bytes = await this.#peek({ on: 'computer' }, path).catch(() => null);
      const read = bytes && decodeText(bytes);
      if (!read || !('lines' in read)) continue;
      const tab = new Tab();
      tab.name = baseName(path);
      tab.path = path;
      tab.lineEnd = read.lineEnd;
      tab.doc = tab.saved = Text.of(read.lines);
      this.tabs = [...this.tabs, tab];
    }
    for (const draft of drafts) await this.#restoreDraft(draft);
    this.active =
      this.tabs.find((tab) => tab.path === this.#app.settings.remembered('tab')) ?? this.tabs.at(-1) ?? null;
    if (drafts.length > 0) {
      const files =
        drafts.length === 1 ? '1 file had unsaved text. It is' : `${drafts.length} files had unsaved text. It is`;
      this.#app.notices.show({ kind: 'info', text: `${files} back in the tabs.`, key: 'drafts' });
    }
  }

  async #restoreDraft(draft: Draft): Promise<void> {
    const tab = new Tab(draft.key);
    tab.name = draft.name;
    tab.place = draft.place;
    tab.path = draft.path;
    tab.doc = Text.of(draft.text.split('\n'));
    if (draft.path !== null && draft.place.on === 'computer') {
      const bytes = await this.#peek(draft.place, draft.path).catch(() => null);
      const read = bytes && decodeText(bytes);
      if (read && 'lines' in read) {
        tab.saved = Text.of(read.lines);
        tab.lineEnd = read.lineEnd;
      }
    }
    this.tabs = [...this.tabs, tab];
  }

  #keepTabs(): void {
    const paths = this.tabs.filter((tab) => tab.place.on === 'computer' && tab.path !== null).map((tab) => tab.path);
    const layout: Record<string, Json> = { tabs: paths, tab: this.active?.path ?? null };
    this.#app.settings.change({ layout: { ...this.#app.settings.values.layout, ...layout } });
  }

  // What the trees tell

  /** A file was renamed or moved in a tree: its tab goes with it. */
  moved(place: FilePlace, from: string, to: FileEntry): void {
    for (const tab of this.tabs) {
      if (tab.path === null || !samePlace(tab.place, place)) continue;
      if (tab.path === from) {
        tab.path = to.path;
        tab.name = to.name;
      } else if (tab.path.startsWith(`${from}/`) || tab.path.startsWith(`${from}\\`)) {
        tab.path = to.path + tab.path.slice(from.length);
      }
    }
  }

  /** Files were deleted in a tree: what is open of them is now the only copy. */
  removed(place: FilePlace, paths: readonly string[]): void {
    for (const tab of this.tabs) {
      if (!samePlace(tab.place, place)) continue;
      if (paths.some((path) => tab.path === path || tab.path?.startsWith(`${path}/`) === true)) {
        tab.gone = true;
        tab.saved = null;
      }
    }
  }

  #add(tab: Tab): void {
    this.tabs = [...this.tabs, tab];
    this.choose(tab);
  }

  #freeName(): string {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? 'untitled.py' : `untitled${number}.py`;
      if (!this.tabs.some((tab) => tab.name === name)) return name;
    }
  }

  /** The text of a file, after a question or a refusal where it cannot be edited. */
  async #readable(name: string, bytes: Uint8Array): Promise<{ lines: string[]; lineEnd: LineEnd } | null> {
    if (bytes.length > largestFile) {
      this.#app.refuse(`${name} has ${sizeWords(bytes.length)}, which is too much to edit here.`);
      return null;
    }
    const read = decodeText(bytes);
    if ('lines' in read) return read;
    const byte = read.byte.toString(16).padStart(2, '0');
    this.#app.refuse(`${name} is not text (byte 0x${byte} at position ${read.position}).`);
    return null;
  }

  #savedWords(tab: Tab): string {
    return tab.place.on === 'board'
      ? `Saved ${tab.name} on ${this.#placeName(tab.place)} and checked it.`
      : `Saved ${tab.name}.`;
  }

  #placeName(place: FilePlace): string {
    if (place.on === 'computer') return 'this computer';
    return this.#app.boards.find(place.board)?.fullName ?? 'the board';
  }
}

export function samePlace(a: FilePlace, b: FilePlace): boolean {
  return a.on === 'board' ? b.on === 'board' && a.board === b.board : b.on === 'computer';
}

export function baseName(path: string): string {
  return path.split(/[/\\]/).pop() ?? path;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function checkBoardPath(path: string): string | null {
  if (baseName(path) === '') return 'A name cannot be empty.';
  return path.startsWith('/') ? null : 'A path on the board begins with ‘/’.';
}

function stringsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

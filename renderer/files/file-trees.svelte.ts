/** Defines FileTrees: the computer's tree and that of each board, and all that is done with files in them. */
import { SvelteMap } from 'svelte/reactivity';
import {
  type FileEntry,
  type FilePlace,
  type LooseFile,
  type TransferCheck,
  type TransferDecisions,
  type TransferRequest,
} from '../../runtime/contract/types';
import { type App } from '../state/app.svelte';
import { type Board } from '../state/board.svelte';
import { samePlace } from '../state/workspace.svelte';
import { FileTree, isInside, lastName, type TreeRow } from './file-tree.svelte';
import { bootWarnings, freeName, itemsWords, nameProblem, resultWords } from './words';

export type Side = 'computer' | 'board';

/** What is being dragged, or was cut or copied. */
export interface Cargo {
  readonly from: FilePlace;
  readonly paths: readonly string[];
  readonly cut: boolean;
}

export class FileTrees {
  readonly computer: FileTree;
  /** What lies on the clipboard of the trees. */
  clipboard = $state.raw<Cargo | null>(null);
  /** What is being dragged out of one of the trees. */
  dragged = $state.raw<Cargo | null>(null);
  /** How the last transfer ended. */
  ended = $state('');
  readonly #app: App;
  /** The tree of a board that is being stopped in order to list its files. */
  #listWhenReady: FileTree | null = null;
  readonly #boards = new SvelteMap<Board, FileTree>();

  constructor(app: App) {
    this.#app = app;
    this.computer = new FileTree(app.api, { on: 'computer' });
    $effect.root(() => {
      $effect(() => {
        const { folder } = app.workspace;
        this.computer.show(folder?.path ?? null, folder?.entries);
      });
      $effect(() => {
        for (const board of app.boards.known) if (!this.#boards.has(board)) this.#add(board);
      });
      $effect(() => {
        const hidden = app.settings.values.showHiddenFiles;
        for (const tree of [this.computer, ...this.#boards.values()]) tree.showHidden = hidden;
      });
      // A board that is looked at for the first time is listed as soon as it can be.
      $effect(() => {
        const tree = this.board;
        if (app.boards.target?.state.name === 'ready' && tree?.unlisted === true) void tree.refresh();
      });
    });
    app.boards.onState((board, before) => {
      const tree = this.#boards.get(board);
      if (tree === undefined || board.state.name !== 'ready') return;
      // What stood in the way of listing is over; a tree that was never listed is listed now.
      if (tree.problem?.code === 'program-running') tree.problem = null;
      if (tree === this.#listWhenReady) {
        this.#listWhenReady = null;
        void tree.refresh();
      } else if (before.name !== 'ready' && before.name !== 'busy') {
        // A program may have written files. (A task of the app tells by itself what it changed.)
        tree.old = true;
      }
    });
    app.api.on('files:changed', ({ place, folder }) => void this.#treeOf(place)?.changed(folder));
    this.#handleCommands();
  }

  /** The tree of the target. */
  get board(): FileTree | undefined {
    const { target } = this.#app.boards;
    return target === null ? undefined : this.#boards.get(target);
  }

  tree(side: Side): FileTree | undefined {
    return side === 'computer' ? this.computer : this.board;
  }

  /** The tree that has, or last had, the focus. */
  get last(): FileTree | undefined {
    return this.tree(this.#app.lastTree === 'computerTree' ? 'computer' : 'board');
  }

  // One file or folder

  /** Opens a file in the editor; opens or closes a folder. */
  async activate(tree: FileTree, { entry, open }: TreeRow): Promise<void> {
    if (entry.kind === 'file') await this.#app.workspace.openFile(tree.place, entry.path);
    else if (open === true) tree.collapse(entry.path);
    else await this.expand(tree, entry.path);
  }

  async expand(tree: FileTree, path: string): Promise<void> {
    await tree.expand(path).catch((error: unknown) => this.#report(error, () => void this.expand(tree, path)));
  }

  async finishRenaming(tree: FileTree): Promise<void> {
    const { renaming } = tree;
    if (renaming === null) return;
    try {
      const renamed = await tree.finishRenaming();
      if (renamed === null) return;
      this.#app.workspace.moved(tree.place, renaming.path, renamed);
      this.#app.announcer.say(`Renamed ${lastName(renaming.path)} to ${renamed.name}.`);
    } catch (error) {
      this.#report(error);
    }
  }

  async make(tree: FileTree, kind: FileEntry['kind']): Promise<void> {
    const folder = tree.receiver;
    if (folder === null) return;
    const label = kind === 'file' ? 'New file' : 'New folder';
    const { answer, text } = await this.#app.dialogs.ask({
      title: `${label} in ${lastName(folder)}`,
      buttons: [
        { answer: 'make', label: kind === 'file' ? 'Make file' : 'Make folder', look: 'primary' },
        { answer: 'cancel', label: 'Cancel' },
      ],
      field: {
        label: 'Name',
        value: freeName(tree.folders.get(folder) ?? [], kind === 'file' ? '.py' : ''),
        check: (name) => nameProblem(name, tree.folders.get(folder) ?? [], lastName(folder)),
      },
    });
    if (answer !== 'make') return;
    try {
      const made =
        kind === 'file'
          ? await this.#app.api.call('files:create', tree.place, folder, text, new Uint8Array())
          : await this.#app.api.call('files:makeFolder', tree.place, folder, text);
      await tree.changed(folder);
      if (folder !== tree.root) await tree.expand(folder);
      tree.selectOnly(made.path);
      if (kind === 'file') await this.#app.workspace.openFile(tree.place, made.path);
    } catch (error) {
      this.#report(error);
    }
  }

  // Deleting

  /** Asks where something could be lost: on a board always, on the computer for folders and for several. */
  async remove(tree: FileTree): Promise<void> {
    const rows = tree.chosen;
    if (rows.length === 0 || !(await this.#mayRemove(tree, rows))) return;
    const paths = rows.map(({ entry }) => entry.path);
    const names = rows.map(({ entry }) => entry.name);
    try {
      await this.#app.api.call('files:remove', tree.place, paths);
      tree.forget(paths);
      this.#app.workspace.removed(tree.place, paths);
      const folders = rows.map((row) => row.folder ?? tree.root ?? '');
      for (const folder of folders.filter((each, index) => folders.indexOf(each) === index)) await tree.changed(folder);
      this.#app.announcer.say(`Deleted ${itemsWords(names)} from ${this.#placeWords(tree.place)}.`);
    } catch (error) {
      // Some of them may be gone.
      void tree.refresh();
      this.#report(error);
    }
  }

  async #mayRemove(tree: FileTree, rows: readonly TreeRow[]): Promise<boolean> {
    const onBoard = tree.place.on === 'board';
    const [only] = rows;
    if (!onBoard && rows.length === 1 && only?.entry.kind === 'file') return true;
    const names = rows.map(({ entry }) => entry.name);
    const items = itemsWords(names);
    const folders = rows.some(({ entry }) => entry.kind === 'folder') ? ['Folders go with all they hold.'] : [];
    const { answer } = await this.#app.dialogs.ask({
      title: `Delete ${items} from ${this.#placeWords(tree.place)}?`,
      text: onBoard
        ? [...bootWarnings(names), ...folders, 'This cannot be undone.']
        : [...folders, 'They go to the trash.'],
      ...(names.length > 1 ? { list: names } : {}),
      buttons: [
        { answer: 'delete', label: `Delete ${items}`, look: 'danger' },
        { answer: 'cancel', label: 'Cancel' },
      ],
      focus: 'cancel',
      risky: true,
    });
    return answer === 'delete';
  }

  // Moving and copying

  /** Puts what was cut, copied or dragged into a folder of a tree: moves within one place, copies between two. */
  async put(cargo: Cargo, tree: FileTree, folder: string): Promise<void> {
    if (!samePlace(cargo.from, tree.place)) await this.#transfer(cargo.from, cargo.paths, [], tree, folder);
    else if (cargo.cut) await this.#move(cargo.paths, tree, folder);
    else
      this.#app.refuse('A copy in the same place would need another name. Open the file and save it under that name.');
  }

  async #move(paths: readonly string[], tree: FileTree, folder: string): Promise<void> {
    try {
      for (const path of paths) {
        const row = tree.row(path);
        if (row === undefined || row.folder === folder || isInside(folder, path)) continue;
        const moved = await this.#app.api.call('files:move', tree.place, path, folder, row.entry.name);
        tree.moved(path, moved);
        this.#app.workspace.moved(tree.place, path, moved);
        await tree.changed(row.folder ?? tree.root ?? '');
      }
      await tree.changed(folder);
    } catch (error) {
      this.#report(error);
    }
  }

  /** Puts files of the system, as they were dropped on the window, into a folder. */
  async putLoose(files: readonly LooseFile[], tree: FileTree, folder: string): Promise<void> {
    if (tree.place.on === 'board') {
      await this.#transfer({ on: 'computer' }, [], files, tree, folder);
      return;
    }
    try {
      for (const { name, bytes } of files) {
        const parts = name.split('/');
        const last = parts.pop() ?? name;
        let into = folder;
        for (const part of parts) into = (await this.#folderIn(tree, into, part)).path;
        await this.#app.api.call('files:create', tree.place, into, last, bytes);
      }
    } catch (error) {
      this.#report(error);
    }
    await tree.refresh();
  }

  /** The folder of that name, made if it is missing. */
  async #folderIn(tree: FileTree, folder: string, name: string): Promise<FileEntry> {
    const { entries } = await this.#app.api.call('files:list', tree.place, folder);
    const known = entries.find((entry) => entry.name === name && entry.kind === 'folder');
    return known ?? this.#app.api.call('files:makeFolder', tree.place, folder, name);
  }

  // Transfers

  /** Where an upload or a download goes; null when there is no such place now. */
  receiver(side: Side): { readonly tree: FileTree; readonly folder: string } | null {
    const tree = this.tree(side);
    const folder = tree?.receiver ?? null;
    return tree === undefined || folder === null ? null : { tree, folder };
  }

  /** Copies what is selected on one side to the other. */
  async send(from: Side): Promise<void> {
    const source = this.tree(from);
    const to = this.receiver(from === 'computer' ? 'board' : 'computer');
    if (source === undefined || to === null) return;
    const paths = source.chosen.map(({ entry }) => entry.path);
    if (paths.length > 0) await this.#transfer(source.place, paths, [], to.tree, to.folder);
  }

  async #transfer(
    from: FilePlace,
    paths: readonly string[],
    loose: readonly LooseFile[],
    tree: FileTree,
    folder: string,
  ): Promise<void> {
    const request: TransferRequest = { from, paths, loose, to: tree.place, folder };
    this.ended = '';
    this.#app.notices.solve('transfer');
    try {
      const checks = await this.#app.api.call('transfer:check', request);
      const decisions = await this.#decide(checks, tree.place);
      if (decisions === null) return;
      const result = await this.#app.transfers.start(request, decisions);
      this.ended = resultWords(tree.place.on === 'board' ? 'upload' : 'download', result);
      this.#app.announcer.say(this.ended);
    } catch (error) {
      this.#app.report(error, {
        key: 'transfer',
        retry: () => void this.#transfer(from, paths, loose, tree, folder),
      });
    }
    await tree.refresh();
  }

  /** Asks about each file that would be lost, or once for all of them; null when the person called it off. */
  async #decide(checks: readonly TransferCheck[], to: FilePlace): Promise<TransferDecisions | null> {
    const asked = checks.filter(({ there }) => there === 'differs').map(({ path }) => path);
    const chosen = { overwrite: [] as string[], keepBoth: [] as string[] };
    for (const [index, path] of asked.entries()) {
      const left = asked.length - index - 1;
      const { answer, ticked } = await this.#app.dialogs.ask({
        title: `Overwrite ${lastName(path)}?`,
        text: [`${lastName(path)} is already on ${this.#placeWords(to)} and differs. Overwrite it?`],
        buttons: [
          { answer: 'overwrite', label: 'Overwrite', look: 'danger' },
          { answer: 'keepBoth', label: 'Keep both' },
          { answer: 'skip', label: 'Skip' },
          { answer: 'cancel', label: 'Cancel' },
        ],
        focus: 'skip',
        risky: true,
        ...(left > 0 ? { checkbox: left === 1 ? 'Do this for the other one' : `Do this for the ${left} others` } : {}),
      });
      if (answer === null || answer === 'cancel') return null;
      if (answer !== 'skip') chosen[answer].push(...(ticked ? asked.slice(index) : [path]));
      if (ticked) break;
    }
    return chosen;
  }

  // The rest

  /** Stops what the board runs, and lists its files as soon as it is ready. */
  async stopAndList(): Promise<void> {
    const board = this.#app.boards.target;
    const tree = this.board;
    if (board === null || tree === undefined) return;
    this.#listWhenReady = tree;
    await board.stop().catch((error: unknown) => this.#report(error));
  }

  /**
   * Somebody looks at the board's files: lists them if a program may have changed them. Not as soon as it has ended, since a board
   * that lists its files hears no keys, and people type on when a command has ended.
   */
  lookAtBoard(): void {
    if (this.#app.boards.target?.state.name === 'ready' && this.board?.old === true) void this.board.refresh();
  }

  /** “REAL BOARD Pyboard A”, “the simulated board”, “this computer”. */
  #placeWords(place: FilePlace): string {
    if (place.on === 'computer') return 'this computer';
    return this.#app.boards.find(place.board)?.fullName ?? 'the board';
  }

  #treeOf(place: FilePlace): FileTree | undefined {
    return [this.computer, ...this.#boards.values()].find((tree) => samePlace(tree.place, place));
  }

  #add(board: Board): void {
    this.#boards.set(board, new FileTree(this.#app.api, board.place));
  }

  #report(error: unknown, retry?: () => void): void {
    this.#app.report(error, { key: 'files', ...(retry === undefined ? {} : { retry }) });
  }

  #handleCommands(): void {
    const { commands } = this.#app;
    commands.condition('tree', () => this.last?.receiver != null);
    commands.condition('selection', () => (this.last?.chosen.length ?? 0) > 0);
    commands.condition('computerSelection', () => this.computer.chosen.length > 0);
    commands.condition('boardSelection', () => (this.board?.chosen.length ?? 0) > 0);
    const onLast = (act: (tree: FileTree) => Promise<void>) => async () => {
      if (this.last !== undefined) await act(this.last);
    };
    commands.handle('files.upload', {
      run: () => this.send('computer'),
      reason: () => (this.receiver('board') === null ? 'The files of the board are not listed yet.' : null),
    });
    commands.handle('files.download', () => this.send('board'));
    commands.handle(
      'files.newFile',
      onLast((tree) => this.make(tree, 'file')),
    );
    commands.handle(
      'files.newFolder',
      onLast((tree) => this.make(tree, 'folder')),
    );
    commands.handle(
      'files.rename',
      onLast(async (tree) => {
        const [only] = tree.chosen;
        if (only !== undefined) tree.startRenaming(only.entry.path);
      }),
    );
    commands.handle(
      'files.delete',
      onLast((tree) => this.remove(tree)),
    );
    commands.handle('files.refresh', async () => {
      await Promise.all([this.computer.root === null ? undefined : this.computer.refresh(), this.#refreshBoard()]);
    });
    commands.handle('files.list', () => this.stopAndList());
  }

  /** A board that runs a program is not asked: its own sentence says why. */
  async #refreshBoard(): Promise<void> {
    const board = this.#app.boards.target;
    if (board?.connected === true && !board.running) await this.board?.refresh();
  }
}

const treesByApp = new WeakMap<App, FileTrees>();

/** The trees of a window; made, with their commands, when first asked for. */
export function fileTreesOf(app: App): FileTrees {
  const known = treesByApp.get(app);
  if (known !== undefined) return known;
  const made = new FileTrees(app);
  treesByApp.set(app, made);
  return made;
}

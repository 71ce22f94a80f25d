// Defines the terminals of a window: one for each board that was used, and what the window does for them.
import { type BoardState } from '../../runtime/contract/types';
import { type App } from '../state/app.svelte';
import { type Board } from '../state/board.svelte';
import { tabOfPlace, type Place } from '../state/traceback';
import { BoardTerminal } from './board-terminal';
import { hasControls, pasteBytes, withoutControls } from './paste';

const ctrlC = 0x03;
const changeEveryMs = 200;

export class Terminals {
  #app: App;
  #terminals = new WeakMap<Board, BoardTerminal>();
  /** Grows with each output of the target, so that what depends on the log is looked at again. */
  version = $state(0);
  #changeTimer: ReturnType<typeof setTimeout> | undefined;
  /** Keys that were typed during a short task of the app. */
  #waiting = new WeakMap<Board, Uint8Array[]>();
  /** Where keys typed while the board is busy stand: unsaid, said, and Ctrl+C pressed once. */
  #busyKeys: 'none' | 'said' | 'asked' = 'none';

  constructor(app: App) {
    this.#app = app;
    $effect.root(() => {
      $effect(() => {
        for (const board of app.boards.known) this.of(board);
      });
    });
    app.boards.onState((board, before) => this.#onState(board, before));
  }

  of(board: Board): BoardTerminal {
    const known = this.#terminals.get(board);
    if (known) return known;
    const terminal = new BoardTerminal(board, {
      send: (bytes) => void this.send(board, bytes),
      shown: (bytes) => {
        this.#changed();
        void this.#app.api.call('board:outputShown', board.id, bytes).catch(() => undefined);
      },
      changed: () => this.#changed(),
      open: (place) => void this.open(place),
      garbage: () => this.#app.refuse('What arrives does not look like text. Is another speed or firmware in use?'),
      leave: (backwards) => this.#app.layout.step(backwards ? -1 : 1),
    });
    this.#terminals.set(board, terminal);
    return terminal;
  }

  /** What depends on the output is looked at again soon, not for every piece of a flood. */
  #changed(): void {
    this.#changeTimer ??= setTimeout(() => {
      this.#changeTimer = undefined;
      this.version += 1;
    }, changeEveryMs);
  }

  get shown(): BoardTerminal | null {
    const board = this.#app.boards.target;
    return board ? this.of(board) : null;
  }

  /**
   * Sends keys. While a transfer holds the board they reach it neither now nor later; what is over in a moment, such as
   * listing files, only keeps them waiting.
   */
  async send(board: Board, bytes: Uint8Array): Promise<void> {
    if (!board.connected) return;
    if (board.transferring) {
      this.#typedWhileBusy(bytes);
      return;
    }
    const waiting = this.#waiting.get(board) ?? [];
    if (board.busy || waiting.length > 0) {
      this.#waiting.set(board, [...waiting, bytes]);
      return;
    }
    try {
      // The host knew of the task before this window did.
      if (!(await board.write(bytes))) this.#waiting.set(board, [bytes, ...(this.#waiting.get(board) ?? [])]);
    } catch (error) {
      this.#app.report(error, { key: 'link' });
    }
  }

  #typedWhileBusy(bytes: Uint8Array): void {
    const { announcer, transfers } = this.#app;
    if (bytes.length === 1 && bytes[0] === ctrlC && transfers.running.length > 0) {
      if (this.#busyKeys === 'asked') transfers.cancel();
      else announcer.alert('Press Ctrl+C again to cancel the transfer.');
      this.#busyKeys = 'asked';
    } else if (this.#busyKeys === 'none') {
      announcer.say(busySentence(this.#app));
      this.#busyKeys = 'said';
    }
  }

  #onState(board: Board, before: BoardState): void {
    if (board.busy && !board.transferring) return;
    const waiting = this.#waiting.get(board) ?? [];
    this.#waiting.delete(board);
    if (board.busy) return;
    if (before.name === 'busy') this.#busyKeys = 'none';
    for (const bytes of waiting) void this.send(board, bytes);
  }

  /** Says in the terminal of the new target that it is the target now. */
  divide(board: Board): void {
    const where = board.simulated ? 'the simulated board' : `${board.info.name}, ${board.info.address}`;
    this.of(board).divide(`now on ${where}`);
  }

  async paste(text: string): Promise<void> {
    const board = this.#app.boards.target;
    if (!board || text === '') return;
    let clean = text;
    if (hasControls(text)) {
      const { answer } = await this.#app.dialogs.ask({
        title: 'Paste without control characters?',
        text: ['The text contains control characters that the board would obey.'],
        buttons: [
          { answer: 'paste', label: 'Paste without them', look: 'primary' },
          { answer: 'cancel', label: 'Cancel' },
        ],
        focus: 'paste',
      });
      if (answer !== 'paste') return;
      clean = withoutControls(text);
    }
    await this.send(board, pasteBytes(clean, board.state.name === 'ready'));
  }

  /** Goes to a place that a traceback names: in an open tab, else in a file of the board. */
  async open(place: Place): Promise<void> {
    const { workspace, boards } = this.#app;
    const tab = tabOfPlace(place, workspace.ran, workspace.tabs);
    if (tab) {
      tab.jump = { line: place.line, column: 1 };
      workspace.choose(tab);
    } else if (boards.target && !place.file.startsWith('<')) {
      const path = place.file.startsWith('/') ? place.file : `/flash/${place.file}`;
      await workspace.openFile(boards.target.place, path, { line: place.line, column: 1 });
    }
    await this.#app.layout.show('editor');
  }
}

export function busySentence(app: App): string {
  const words = app.target.board?.words.replace(/^Busy: /, '') ?? '';
  return `The board is busy: ${words}. Typing waits until it is done.`;
}

const terminalsByApp = new WeakMap<App, Terminals>();

/** The terminals of a window; made when first asked for. */
export function terminalsOf(app: App): Terminals {
  const known = terminalsByApp.get(app);
  if (known) return known;
  const made = new Terminals(app);
  terminalsByApp.set(app, made);
  return made;
}

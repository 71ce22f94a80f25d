// Defines what belongs to the target: choosing it, losing it, finding it again, and the signs that name it.
import { AppError } from '../../runtime/contract/app-error';
import { errorSentence } from '../../runtime/contract/messages';
import { SIMULATED_BOARD, type BoardId, type BoardInfo } from '../../runtime/contract/types';
import { type App } from './app.svelte';
import { type Board } from './board.svelte';

export type TargetLook = 'sim' | 'real' | 'none';

/** So long the large label over the editor says what the target is now. */
const labelMs = 3_000;

export class Target {
  /** The large label over the editor, after a change. */
  label = $state<string | null>(null);
  /** Called when another board became the target. */
  onChange: ((board: Board) => void) | null = null;
  #app: App;
  #labelTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
    app.boards.onArrived((info) => this.#arrived(info));
    app.boards.onState((board, before) => {
      if (board !== app.boards.target) return;
      if (board.state.name === 'ready' && before.name !== 'ready' && before.name !== 'busy') app.announcer.say('Ready');
      if (board.connected) app.notices.solve('link');
    });
    app.api.on('board:failed', ({ board: id, error }) => {
      const board = app.boards.find(id);
      if (board && board !== app.boards.target) return;
      app.report(AppError.fromData(error), { key: 'link' });
    });
  }

  get board(): Board | null {
    return this.#app.boards.target;
  }
  /** Which of the three signs is shown. A board that is not there is no board. */
  get look(): TargetLook {
    const board = this.board;
    if (!board || board.lost || board.state.name === 'closed') return 'none';
    return board.simulated ? 'sim' : 'real';
  }
  get capitals(): string {
    return { sim: 'SIMULATED BOARD', real: 'REAL BOARD', none: 'NO BOARD' }[this.look];
  }
  /** The second line of the target block. */
  get line(): string {
    const board = this.board;
    if (!board) return 'Choose a board';
    return `${board.simulated ? 'pyboard v1.1' : board.info.name} · ${board.words}`;
  }
  /** For the status bar and the title: "SIMULATED BOARD", "REAL BOARD Pyboard A". */
  get title(): string {
    const board = this.board;
    if (!board || this.look === 'none') return 'NO BOARD';
    return board.simulated ? 'SIMULATED BOARD' : `REAL BOARD ${board.info.name}`;
  }

  /** At the start: the simulated board the first time, later what it was last time, without switching to anything else. */
  async restore(): Promise<void> {
    const { boards, settings } = this.#app;
    const id = settings.values.target ?? SIMULATED_BOARD;
    if (settings.values.target === null) settings.change({ target: SIMULATED_BOARD });
    const board = boards.use(id);
    if (!board) return;
    boards.target = board;
    this.#app.layout.kind = board.simulated ? 'sim' : 'real';
    if (board.info.present) await this.connect(board);
  }

  /** A person chose this board. */
  async choose(id: BoardId): Promise<void> {
    const { boards, settings, layout, announcer } = this.#app;
    const board = boards.use(id);
    if (!board) return;
    const changed = board !== boards.target;
    boards.target = board;
    settings.change({ target: id });
    layout.kind = board.simulated ? 'sim' : 'real';
    this.#app.notices.solve('link');
    this.#app.notices.solve(`arrived ${id}`);
    await this.connect(board);
    if (!changed) return;
    this.onChange?.(board);
    const words = board.simulated ? 'the simulated board' : `the real board ${board.info.name}, ${board.info.address}`;
    announcer.alert(`Now on ${words}.`);
    this.#showLabel(this.title);
  }

  /** Connects or says why not. */
  async connect(board: Board): Promise<void> {
    if (board.connected) return;
    try {
      await board.open();
    } catch (error) {
      this.#app.report(error, { retry: () => void this.connect(board), key: 'link' });
    }
  }

  #arrived(info: BoardInfo): void {
    const { boards, notices } = this.#app;
    const target = boards.target;
    if (target?.id === info.id) {
      if (!target.connected) void this.connect(target);
      return;
    }
    const what = info.description === '' ? info.name : info.description;
    notices.show({
      kind: 'info',
      text: `A board appeared on ${info.address}: ${what}.`,
      key: `arrived ${info.id}`,
      actions: [
        { label: 'Switch to it', run: () => void this.choose(info.id) },
        { label: 'Not now', run: () => undefined },
      ],
    });
  }

  #showLabel(text: string): void {
    this.label = text;
    clearTimeout(this.#labelTimer);
    this.#labelTimer = setTimeout(() => (this.label = null), labelMs);
  }
}

/** Why nothing can be sent to the target. */
export function noBoardReason(board: Board | null): string {
  if (!board) return 'No board is chosen.';
  const name = board.simulated ? 'The simulated board' : board.info.name;
  return errorSentence({ code: 'not-connected', detail: { board: name } });
}

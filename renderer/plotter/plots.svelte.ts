/** Defines Plots: the plotter of each board, fed by its board whether it is looked at or not, and the commands of the one on show. */
import { SvelteMap } from 'svelte/reactivity';
import { type BoardState } from '../../runtime/contract/types';
import { type App } from '../state/app.svelte';
import { type Board } from '../state/board.svelte';
import { PlotState } from './plot.svelte';

const LF = 0x0a;

export class Plots {
  readonly #app: App;
  readonly #plots = new SvelteMap<Board, PlotState>();
  /**
   * Boards that run again after a stop. Either the program is about to end, or the next has taken its place at once: only what it
   * prints tells.
   */
  readonly #afterStop = new WeakSet<Board>();

  constructor(app: App) {
    this.#app = app;
    $effect.root(() => {
      $effect(() => {
        for (const board of app.boards.known) if (!this.#plots.has(board)) this.#add(board);
      });
    });
    app.boards.onState((board, before) => this.#watch(board, before));
    this.#handleCommands();
  }

  /** The plot of the target. */
  get shown(): PlotState | undefined {
    const board = this.#app.boards.target;
    return board === null ? undefined : this.#plots.get(board);
  }

  #add(board: Board): void {
    const plot = new PlotState();
    this.#plots.set(board, plot);
    board.onOutput(({ bytes, source }) => {
      if (source === 'program' && this.#afterStop.delete(board)) plot.startRun();
      plot.push(bytes, source);
    });
    // A board that is met while it prints may be anywhere in a line.
    board.onRecent((recent) => plot.interrupt(recent.length > 0 && recent.at(-1) !== LF));
  }

  #watch(board: Board, before: BoardState): void {
    const plot = this.#plots.get(board);
    const { state } = board;
    this.#afterStop.delete(board);
    if (state.name === 'lost' || state.name === 'closed') plot?.interrupt(false);
    // What a board runs of its own, a line at the prompt for one, does not count as a run.
    if (state.name !== 'running' || state.program === null || before.name === 'running') return;
    if (before.name === 'stopping') this.#afterStop.add(board);
    else plot?.startRun();
  }

  #handleCommands(): void {
    const { commands } = this.#app;
    commands.condition('plotData', () => (this.shown?.facts.samples ?? 0) > 0);
    commands.handle('plot.pause', {
      run: () => this.shown?.togglePause(),
      isOn: () => this.shown?.paused ?? false,
    });
    commands.handle('plot.live', () => this.shown?.backToLive());
    commands.handle('plot.clear', () => this.shown?.clear());
    commands.handle('plot.csvVisible', () => this.#export('visible'));
    commands.handle('plot.csvAll', () => this.#export('all'));
  }

  async #export(what: 'visible' | 'all'): Promise<void> {
    const csv = this.shown?.csv(what);
    if (csv === undefined) return;
    try {
      const path = await this.#app.chooseSave('plot.csv');
      if (path === null) return;
      const file = await this.#app.api.call('files:write', { on: 'computer' }, path, csv);
      this.#app.notices.show({ kind: 'ok', text: `Saved the plot as ${file.name}.`, key: 'plot' });
    } catch (error) {
      this.#app.report(error, { retry: () => void this.#export(what), key: 'plot' });
    }
  }
}

const plotsByApp = new WeakMap<App, Plots>();

/** The plots of a window; made, with their commands, when first asked for. */
export function plotsOf(app: App): Plots {
  const known = plotsByApp.get(app);
  if (known !== undefined) return known;
  const made = new Plots(app);
  plotsByApp.set(app, made);
  return made;
}

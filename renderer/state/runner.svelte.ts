// Defines Run, Stop and the resets: the questions before, the state while, and what is made of the end.
import { type RunResult } from '../../runtime/contract/types';
import { checkSyntax } from '../editor/check-syntax';
import { type App } from './app.svelte';
import { type Board } from './board.svelte';
import { problemsOfTraceback } from './traceback';
import { type Tab } from './workspace.svelte';

export class Runner {
  #app: App;
  /** Counts the runs, so that a run that was replaced by the next says nothing at its end. */
  #runs = 0;

  constructor(app: App) {
    this.#app = app;
    app.boards.onState((board) => this.#watchStop(board));
  }

  /** Sends the text as it stands, saved or not, after asking where that would stop the board's own program. */
  async run(tab: Tab, anyway = false): Promise<void> {
    const { boards, settings, workspace, notices } = this.#app;
    const board = boards.target;
    if (!board) return;
    notices.solve('run');
    if (!anyway && !this.#syntaxHolds(tab)) return;
    if (board.state.name === 'running' && board.state.program === null && !(await this.#mayStop(board))) return;
    workspace.traceback = [];
    workspace.ran = tab;
    const run = ++this.#runs;
    try {
      const result = await board.run({ name: tab.name, code: tab.text, fresh: settings.values.freshRun });
      if (run === this.#runs) this.#ended(tab, result);
    } catch (error) {
      if (run === this.#runs) this.#app.report(error, { retry: () => void this.run(tab), key: 'run' });
    }
  }

  #syntaxHolds(tab: Tab): boolean {
    const [problem] = checkSyntax(tab.text);
    if (!problem) return true;
    tab.jump = { line: problem.line, column: problem.column };
    this.#app.workspace.choose(tab);
    this.#app.notices.show({
      kind: 'danger',
      text: `${tab.name}, line ${problem.line}: ${problem.message}. Nothing was sent to the board.`,
      key: 'run',
      actions: [{ label: 'Run anyway', run: () => void this.run(tab, true) }],
    });
    return false;
  }

  async #mayStop(board: Board): Promise<boolean> {
    const { settings, dialogs } = this.#app;
    if (settings.values.stopWithoutAsking) return true;
    const name = board.simulated ? 'The simulated board' : board.info.name;
    const { answer, ticked } = await dialogs.ask({
      title: 'Stop and run?',
      text: [`${name} is running its own program. Run has to stop it.`],
      buttons: [
        { answer: 'run', label: 'Stop and run', look: 'primary' },
        { answer: 'cancel', label: 'Cancel' },
      ],
      focus: 'run',
      checkbox: 'Always stop it; do not ask again',
    });
    if (answer === 'run' && ticked) settings.change({ stopWithoutAsking: true });
    return answer === 'run';
  }

  #ended(tab: Tab, result: RunResult): void {
    const { workspace, announcer } = this.#app;
    if (result.ended === 'failed') {
      workspace.traceback = problemsOfTraceback(result.traceback, tab, workspace.tabs);
      announcer.alert(`${tab.name} ended with an error.`);
    } else if (result.ended === 'finished') {
      announcer.say(`${tab.name} ended.`);
    }
  }

  async stop(): Promise<void> {
    const board = this.#app.boards.target;
    await board?.stop().catch((error: unknown) => this.#app.report(error, { key: 'run' }));
  }

  async softReset(): Promise<void> {
    const board = this.#app.boards.target;
    this.#app.workspace.traceback = [];
    await board?.softReset().catch((error: unknown) => this.#app.report(error, { key: 'run' }));
  }

  /** The simulated board is restarted without a question; a real one is asked about. */
  async hardReset(): Promise<void> {
    const board = this.#app.boards.target;
    if (!board) return;
    if (!board.simulated) {
      const { answer } = await this.#app.dialogs.ask({
        title: `Hard reset ${board.fullName}?`,
        text: ['The chip restarts, and a program that runs on it ends. Its files stay.'],
        buttons: [
          { answer: 'reset', label: 'Hard reset', look: 'primary' },
          { answer: 'cancel', label: 'Cancel' },
        ],
        focus: 'cancel',
        risky: true,
      });
      if (answer !== 'reset') return;
    }
    await board.hardReset().catch((error: unknown) => this.#app.report(error, { key: 'run' }));
  }

  /** A program that does not obey Stop for 3 s gets stronger means offered. */
  #watchStop(board: Board): void {
    if (board !== this.#app.boards.target) return;
    const stubborn = board.state.name === 'stuck' || (board.state.name === 'stopping' && board.state.stubborn);
    if (!stubborn) {
      this.#app.notices.solve('stop');
      return;
    }
    const softReset = { label: 'Soft reset', run: () => void this.softReset() };
    const restart = { label: 'Restart the simulated board', run: () => void this.hardReset() };
    this.#app.notices.show({
      kind: 'warn',
      text: board.simulated
        ? 'The program does not react to Stop.'
        : 'The program does not react to Stop. Press the reset button on the board.',
      key: 'stop',
      actions: board.simulated ? [softReset, restart] : [softReset],
    });
  }
}

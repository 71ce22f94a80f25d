// Defines the whole state of one window: it makes the parts, and holds what only makes sense for all of them together.
import { getContext, setContext } from 'svelte';
import { AppError, type ErrorData } from '../../runtime/contract/app-error';
import { ERROR_ACTIONS, errorActions, errorSentence, type ErrorAction } from '../../runtime/contract/messages';
import { commandRows, type CommandId, type Focus } from '../../runtime/contract/commands';
import { type AppInfo, type MenuState, type Settings } from '../../runtime/contract/types';
import { type Api } from '../api';
import { copyText } from '../ui/clipboard';
import { Announcer } from './announcer.svelte';
import { Boards } from './board.svelte';
import { CommandRegistry } from './commands.svelte';
import { Dialogs } from './dialogs.svelte';
import { Layout } from './layout.svelte';
import { Menus } from './menus.svelte';
import { Notices, type NoticeAction } from './notices.svelte';
import { SettingsState } from './settings.svelte';
import { Target } from './target.svelte';
import { Runner } from './runner.svelte';
import { Transfers } from './transfers.svelte';
import { Workspace, type Problem } from './workspace.svelte';

/** What the buttons of an error can do here; without one its button is left out. */
export interface ErrorRemedies {
  retry?: () => void;
  saveAs?: () => void;
  saveAgain?: () => void;
  closeTab?: () => void;
  /** A later error of the same matter takes the place of this one. */
  key?: string;
}

export type Page = 'settings' | 'keys' | 'about' | 'findBoard';

export class App {
  readonly announcer = new Announcer();
  readonly notices = new Notices(this.announcer);
  readonly dialogs = new Dialogs();
  readonly menus = new Menus();
  readonly settings: SettingsState;
  readonly commands: CommandRegistry;
  readonly layout: Layout;
  readonly boards: Boards;
  readonly target: Target;
  readonly transfers: Transfers;
  readonly workspace: Workspace;
  readonly runner: Runner;

  /** Where the focus is, for keys that count only there. */
  focus = $state<Focus | null>(null);
  /** The tree that has, or last had, the focus. */
  lastTree = $state<'computerTree' | 'boardTree'>('computerTree');
  /** Which of the two texts has, or last had, the focus; a menu takes it away before its command runs. */
  lastText: 'text' | 'term' = 'text';
  paletteOpen = $state(false);
  /** A page of the app itself that is shown as a dialog. */
  page = $state<Page | null>(null);
  /** The cursor of the editor; from 1. */
  cursor = $state({ line: 1, column: 1 });
  /** What Tab does in the editor. */
  tabMovesFocus = $state(false);
  /** What the editor does for commands that are not its alone. */
  editing: EditingCommands | null = null;
  /** Of the window, in steps of 20 %. */
  zoom = 0;
  /** Asks for a folder or file where there are no native dialogs. */
  browse = $state.raw<BrowseRequest | null>(null);

  constructor(
    readonly api: Api,
    readonly info: AppInfo,
    settings: Settings,
  ) {
    this.settings = new SettingsState(api, settings);
    this.commands = new CommandRegistry(info);
    this.layout = new Layout(this.settings);
    this.boards = new Boards(api);
    this.transfers = new Transfers(api);
    this.workspace = new Workspace(this);
    this.target = new Target(this);
    this.runner = new Runner(this);
  }

  /** Brings back what was there at the end of the last run. */
  async start(): Promise<void> {
    this.api.on('menu:command', (id) => {
      if (isCommand(id)) this.commands.run(id);
    });
    this.api.on('window:closing', () => void this.quit());
    let shown = '';
    $effect.root(() => {
      $effect(() => {
        const held = this.workspace.dirtyTabs.length > 0 || this.transfers.running.length > 0;
        void this.api.call('window:holdClose', held).catch(() => undefined);
      });
      $effect(() => {
        const state = menuState(this.commands);
        const now = JSON.stringify(state);
        if (now === shown) return;
        shown = now;
        void this.api.call('menu:update', state).catch(() => undefined);
      });
    });
    // After a reload of the page the boards that are open are open still.
    const open = await this.api.call('boards:open').catch(() => []);
    for (const id of open)
      void this.boards
        .use(id)
        ?.open()
        .catch(() => undefined);
    await Promise.all([this.target.restore(), this.workspace.restore().catch((error: unknown) => this.report(error))]);
  }

  /** Goes to the line of a problem, opening its file when it is not open. */
  goToProblem(problem: Problem): void {
    const { tab, line, column, message } = problem;
    if (tab) {
      tab.jump = { line, column };
      this.workspace.choose(tab);
    }
    this.announcer.say(`${problem.file}, line ${line}: ${message}`);
  }

  /** Closes the window, after asking about a transfer and about each unsaved text. */
  async quit(): Promise<void> {
    if (this.transfers.running.length > 0 && !(await this.#mayCancelTransfer())) return;
    if (!(await this.workspace.mayClose())) return;
    await this.api.call('app:quit').catch(() => undefined);
  }

  async #mayCancelTransfer(): Promise<boolean> {
    const { answer } = await this.dialogs.ask({
      title: 'Wait for the transfer?',
      text: [`A transfer with ${this.boards.target?.fullName ?? 'the board'} is running. Wait for it?`],
      buttons: [
        { answer: 'wait', label: 'Wait', look: 'primary' },
        { answer: 'close', label: 'Cancel it and close' },
      ],
      focus: 'wait',
      risky: true,
    });
    if (answer !== 'close') return false;
    this.transfers.cancel();
    return true;
  }

  /** A browser's page has lost its host: nothing works until it is started again. */
  hostGone(): void {
    this.report(AppError.fromData({ code: 'app-gone', detail: {} }), { key: 'gone' });
  }

  /** Shows an error as the one sentence it has, with what can be done about it. Anything unknown is a fault of the app. */
  report(error: unknown, remedies: ErrorRemedies = {}): void {
    const data = AppError.toData(error, 'doing this');
    const { key } = remedies;
    this.notices.show({
      kind: data.code === 'cancelled' ? 'info' : 'danger',
      text: errorSentence(data),
      actions: this.#actions(data, remedies),
      details: [data.code, data.technical].filter((part) => part !== undefined).join('\n'),
      ...(key === undefined ? {} : { key }),
    });
  }

  /** Says in a notice that something is not done here. */
  refuse(text: string): void {
    this.notices.show({ kind: 'warn', text });
  }

  #actions(data: ErrorData, remedies: ErrorRemedies): NoticeAction[] {
    const runs: { readonly [action in ErrorAction]?: (() => void) | undefined } = {
      'copy-command': () => void copyText(groupCommand(data)),
      'try-again': remedies.retry,
      continue: remedies.retry,
      'choose-board': () => void this.commands.run('board.choose'),
      stop: () => void this.commands.run('run.stop'),
      'show-files': () => void this.layout.show('boardFiles'),
      'save-again': remedies.saveAgain,
      'close-tab': remedies.closeTab,
      'save-as': remedies.saveAs,
      'start-again': () => void this.commands.run('sim.restart'),
      reload: () => location.reload(),
      'stop-and-list': () => void this.commands.run('files.list'),
    };
    const actions: NoticeAction[] = errorActions(data).flatMap((action) => {
      const run = runs[action];
      return run ? [{ label: ERROR_ACTIONS[action], run }] : [];
    });
    if (data.code === 'link-lost') {
      actions.push({ label: 'Use simulated board', run: () => void this.commands.run('board.simulated') });
    }
    return actions;
  }

  // Places on the computer: the system's own dialogs, or ours where there are none.

  async chooseFolder(): Promise<string | null> {
    return this.info.nativeDialogs ? this.api.call('computer:chooseFolder') : this.#browse('folder', '');
  }
  async chooseFile(): Promise<string | null> {
    return this.info.nativeDialogs ? this.api.call('computer:chooseFile') : this.#browse('file', '');
  }
  async chooseSave(name: string): Promise<string | null> {
    return this.info.nativeDialogs ? this.api.call('computer:chooseSave', name) : this.#browse('save', name);
  }

  #browse(purpose: BrowseRequest['purpose'], name: string): Promise<string | null> {
    return new Promise((resolve) => {
      this.browse = {
        purpose,
        name,
        reply: (path) => {
          this.browse = null;
          resolve(path);
        },
      };
    });
  }
}

export interface EditingCommands {
  find: () => void;
  selectAll: () => void;
  copy: () => void;
  cut: () => void;
  insert: (text: string) => void;
}

export interface BrowseRequest {
  purpose: 'folder' | 'file' | 'save';
  /** The suggested name, for `save`. */
  name: string;
  reply: (path: string | null) => void;
}

function groupCommand(data: ErrorData): string {
  const group = data.code === 'port-denied' ? (data.detail.group ?? 'dialout') : 'dialout';
  return `sudo usermod -a -G ${group} $USER`;
}

function isCommand(id: string): id is CommandId {
  return commandRows.some((row) => row.id === id);
}

/** What the menu bar shows of each command now. */
function menuState(commands: CommandRegistry): MenuState {
  const state: { enabled: Record<string, boolean>; checked: Record<string, boolean>; titles: Record<string, string> } =
    {
      enabled: {},
      checked: {},
      titles: {},
    };
  for (const row of commandRows) {
    state.enabled[row.id] = commands.reason(row.id) === null;
    if (row.toggle) state.checked[row.id] = commands.isOn(row.id);
    if (row.title.includes('{')) state.titles[row.id] = commands.title(row.id);
  }
  return state;
}

const contextKey = Symbol('app');

export function provideApp(app: App): void {
  setContext(contextKey, app);
}

/** The state of the window, for a component. */
export function useApp(): App {
  return getContext<App>(contextKey);
}

/** Defines the contract between a window and its host: every call and every event, name → signature, and the names as data. */

import type { ErrorData } from './app-error';
import type {
  AppInfo,
  BoardId,
  BoardInfo,
  BoardList,
  BoardOutput,
  BoardState,
  ComputerPlaces,
  Draft,
  FileEntry,
  FilePlace,
  FolderListing,
  HardwareSnapshot,
  MenuState,
  OpenBoard,
  PanelInput,
  RunRequest,
  RunResult,
  Settings,
  TransferCheck,
  TransferDecisions,
  TransferId,
  TransferProgress,
  TransferRequest,
  TransferResult,
  Volume,
} from './types';

/**
 * What a window asks of its host. A call fails with an AppError and nothing else.
 * Everything that touches a board takes its id: several boards are open at once.
 */
export interface Calls {
  'app:info'(): AppInfo;
  /** Closes the window without another question. In a browser: nothing, a page closes itself. */
  'app:quit'(): void;

  /** The boards as last seen; later lists come as the event `boards:changed`. */
  'boards:list'(): BoardList;
  /** Makes a board of what a person typed: a port's name or `socket://HOST:PORT`. Does not open it. Fails: address-bad. */
  'boards:add'(address: string): BoardInfo;
  'boards:rename'(board: BoardId, name: string): BoardInfo;
  /** Removes a remembered board from the list. One that is open is closed first. */
  'boards:forget'(board: BoardId): void;
  /** The boards that are open, after a reload of the page. */
  'boards:open'(): readonly BoardId[];

  /**
   * Connects, or does nothing when it is open already. A program that runs on the board is not stopped.
   * Resolves when the state is known. Fails: port-denied, port-busy, port-gone, not-connected.
   */
  'board:open'(board: BoardId): OpenBoard;
  /** Ends what is pending with `not-connected` and lets the port go. */
  'board:close'(board: BoardId): void;
  /** What was typed. False when the board is busy with a transfer: then nothing was sent, now or later. Fails: not-connected, link-lost. */
  'board:write'(board: BoardId, bytes: Uint8Array): boolean;
  /**
   * Says that the window has shown so many bytes of `board:output`. With 512 KB outstanding the host holds back,
   * and a simulated board then waits in `print`, as a real one does on a full USB buffer.
   */
  'board:outputShown'(board: BoardId, bytes: number): void;
  /**
   * Runs a buffer and resolves when it has ended. A program that runs is stopped first.
   * Output comes as `board:output`; what is typed meanwhile reaches the program.
   * Fails: not-connected, link-lost, raw-refused, board-silent, board-busy.
   */
  'board:run'(board: BoardId, request: RunRequest): RunResult;
  /** Interrupts what runs. Resolves when it was sent; `board:state` tells whether it was obeyed. */
  'board:stop'(board: BoardId): void;
  /** Restarts Python: boot.py and main.py run. Fails: board-busy during a transfer. */
  'board:softReset'(board: BoardId): void;
  /** Restarts the chip; the simulated board gets a new thread, also when the old one hangs. */
  'board:hardReset'(board: BoardId): void;
  'board:volumes'(board: BoardId): readonly Volume[];

  /** One folder. Fails: folder-missing, disk-denied, program-running (board). */
  'files:list'(place: FilePlace, path: string): FolderListing;
  'files:read'(place: FilePlace, path: string): Uint8Array;
  /**
   * Writes the whole file, and makes it if it is missing; on a board what arrived is hashed and compared.
   * Until the new file is whole the old one stays. Fails: disk-denied, disk-full, board-full, board-read-only, verify-failed.
   */
  'files:write'(place: FilePlace, path: string, bytes: Uint8Array): FileEntry;
  /** Makes a file that is not there yet. Fails: name-bad, name-taken. */
  'files:create'(place: FilePlace, folder: string, name: string, bytes: Uint8Array): FileEntry;
  'files:makeFolder'(place: FilePlace, folder: string, name: string): FileEntry;
  /** Renames and moves within one place. Never replaces: fails with name-taken, name-bad. */
  'files:move'(place: FilePlace, path: string, folder: string, name: string): FileEntry;
  /** Folders go with all they hold. On the computer to the trash (in a browser: to a kept folder); on a board for good. */
  'files:remove'(place: FilePlace, paths: readonly string[]): void;

  /** Looks at both sides and changes nothing: one row for each file that would be written. */
  'transfer:check'(request: TransferRequest): readonly TransferCheck[];
  /** Transfers queue per board. Fails: cancelled, and all of `files:write`. */
  'transfer:start'(id: TransferId, request: TransferRequest, decisions: TransferDecisions): TransferResult;
  /** Ends after the present block; the file at work keeps its old contents. */
  'transfer:cancel'(id: TransferId): void;

  /** Native dialogs, desktop only: null when cancelled. In a browser they always answer null. */
  'computer:chooseFolder'(): string | null;
  'computer:chooseFile'(): string | null;
  'computer:chooseSave'(suggestedName: string): string | null;
  'computer:places'(): ComputerPlaces;
  /** Lists the folder, remembers it as the open one, and reports its changes as `files:changed`. */
  'computer:openFolder'(path: string): FolderListing;
  /** Shows it in the system's file manager; in a browser: nothing. */
  'computer:reveal'(path: string): void;

  'settings:read'(): Settings;
  /** Changes what is given and keeps the rest; the others learn of it by `settings:changed`. */
  'settings:change'(changes: Partial<Settings>): Settings;
  'drafts:read'(): readonly Draft[];
  /** Replaces all drafts; an empty list removes them. */
  'drafts:write'(drafts: readonly Draft[]): void;

  'window:setTitle'(title: string): void;
  /** While held, closing the window only sends `window:closing`; `app:quit` then closes it. */
  'window:holdClose'(held: boolean): void;
  /** Desktop only. */
  'window:fullScreen'(on: boolean): void;
  /** 0 is the actual size; one step is 20 %. Desktop only: browsers have their own. */
  'window:zoom'(level: number): void;
  'menu:update'(state: MenuState): void;

  /** Sends `sim:hardware` now and at each change, at most 30 times a second, until called with false. */
  'sim:watch'(board: BoardId, on: boolean): void;
  'sim:input'(board: BoardId, input: PanelInput): void;
}

/** What a host tells its windows. */
export interface Events {
  'boards:changed'(list: BoardList): void;
  'board:state'(change: { readonly board: BoardId; readonly state: BoardState }): void;
  'board:output'(output: BoardOutput): void;
  /** Something was lost that nobody had asked for just now: the link, the simulated board's thread. */
  'board:failed'(failure: { readonly board: BoardId; readonly error: ErrorData }): void;
  'transfer:progress'(progress: TransferProgress): void;
  /** The folder's contents may have changed; list it again. */
  'files:changed'(change: { readonly place: FilePlace; readonly folder: string }): void;
  'settings:changed'(settings: Settings): void;
  /** A menu item was chosen. */
  'menu:command'(command: string): void;
  /** The window was asked to close while `window:holdClose` was on. */
  'window:closing'(): void;
  'sim:hardware'(snapshot: HardwareSnapshot): void;
}

export type CallName = keyof Calls;
export type EventName = keyof Events;

/** Each call with what the host was doing, for “Something in Tether went wrong while …”. */
export const CALL_TASKS: { readonly [N in CallName]: string } = {
  'app:info': 'starting',
  'app:quit': 'closing',
  'boards:list': 'looking for boards',
  'boards:add': 'adding a board',
  'boards:rename': 'renaming a board',
  'boards:forget': 'forgetting a board',
  'boards:open': 'looking for boards',
  'board:open': 'connecting to the board',
  'board:close': 'disconnecting the board',
  'board:write': 'sending to the board',
  'board:outputShown': 'showing the board’s output',
  'board:run': 'running the program',
  'board:stop': 'stopping the program',
  'board:softReset': 'resetting the board',
  'board:hardReset': 'resetting the board',
  'board:volumes': 'reading the free space',
  'files:list': 'reading the file list',
  'files:read': 'reading the file',
  'files:write': 'saving the file',
  'files:create': 'making the file',
  'files:makeFolder': 'making the folder',
  'files:move': 'renaming the file',
  'files:remove': 'deleting the file',
  'transfer:check': 'comparing the files',
  'transfer:start': 'copying the files',
  'transfer:cancel': 'stopping the transfer',
  'computer:chooseFolder': 'opening a folder',
  'computer:chooseFile': 'opening a file',
  'computer:chooseSave': 'choosing where to save',
  'computer:places': 'looking for folders',
  'computer:openFolder': 'opening the folder',
  'computer:reveal': 'showing the file',
  'settings:read': 'reading the settings',
  'settings:change': 'saving the settings',
  'drafts:read': 'reading the drafts',
  'drafts:write': 'keeping the drafts',
  'window:setTitle': 'changing the title',
  'window:holdClose': 'preparing to close',
  'window:fullScreen': 'changing the window',
  'window:zoom': 'changing the size',
  'menu:update': 'changing the menu',
  'sim:watch': 'watching the simulated board',
  'sim:input': 'changing the simulated board',
};

export const CALL_NAMES = Object.keys(CALL_TASKS) as readonly CallName[];

const EVENTS: { readonly [N in EventName]: true } = {
  'boards:changed': true,
  'board:state': true,
  'board:output': true,
  'board:failed': true,
  'transfer:progress': true,
  'files:changed': true,
  'settings:changed': true,
  'menu:command': true,
  'window:closing': true,
  'sim:hardware': true,
};

export const EVENT_NAMES = Object.keys(EVENTS) as readonly EventName[];

/** How a call is answered on every carrier: errors are data. `AppError.fromData` makes an error of it again. */
export type Reply<T = unknown> = { readonly ok: T } | { readonly error: ErrorData };

/**
 * What both carriers give a page: in the desktop app `window.api`, in a browser the same over a WebSocket.
 * An event function returns the function that ends the listening.
 */
export interface WindowApi {
  readonly calls: {
    readonly [N in CallName]: (...args: Parameters<Calls[N]>) => Promise<Reply<ReturnType<Calls[N]>>>;
  };
  readonly events: { readonly [N in EventName]: (listener: Events[N]) => () => void };
}

/** Defines FakeHost: a host in memory for tests of components, with a computer, boards and the events of both. */
import { AppError, type ErrorData } from '../../../runtime/contract/app-error';
import {
  CALL_NAMES,
  EVENT_NAMES,
  type CallName,
  type Calls,
  type EventName,
  type Events,
  type WindowApi,
} from '../../../runtime/contract/channels';
import {
  SIMULATED_BOARD,
  type AppInfo,
  type BoardInfo,
  type BoardState,
  type FileEntry,
  type FilePlace,
  type FolderListing,
  type Settings,
} from '../../../runtime/contract/types';
import { Api } from '../../../renderer/api';
import { App } from '../../../renderer/state/app.svelte';

export const simulatedBoard: BoardInfo = {
  id: SIMULATED_BOARD,
  kind: 'simulated',
  group: 'simulated',
  name: 'Simulated board',
  letter: null,
  address: 'sim',
  description: 'pyboard v1.1',
  present: true,
};

export const pyboardA: BoardInfo = {
  id: 'usb-1',
  kind: 'real',
  group: 'cable',
  name: 'Pyboard A',
  letter: 'A',
  address: '/dev/ttyACM0',
  description: 'Pyboard v1.1',
  present: true,
};

const settings: Settings = {
  theme: 'light',
  fontSize: 13,
  screenReader: false,
  showHiddenFiles: false,
  freshRun: true,
  stopWithoutAsking: false,
  target: null,
  folder: null,
  recentFolders: [],
  boards: {},
  layout: {},
};

const info: AppInfo = {
  name: 'Tether',
  version: '0.0.0',
  host: 'browser',
  platform: 'linux',
  versions: {},
  nativeDialogs: true,
};

/** A folder's path ends with `/`; a file's contents are its size. */
type Tree = Map<string, number>;

type Handlers = {
  [N in CallName]?: (...args: Parameters<Calls[N]>) => ReturnType<Calls[N]> | Promise<ReturnType<Calls[N]>>;
};

export class FakeHost {
  /** What was called, in order, with its arguments. */
  readonly calls: [CallName, ...unknown[]][] = [];
  /** Answers of a test's own; they come before the built-in ones. */
  readonly answers: Handlers = {};
  readonly computer: Tree = new Map();
  readonly board: Tree = new Map();
  boardState: BoardState = { name: 'ready' };
  readonly #listeners = new Map<EventName, Set<(value: never) => void>>();
  readonly #built: Handlers = {
    'boards:list': () => ({ boards: [simulatedBoard, pyboardA], portsListed: true }),
    'board:open': (board) => ({
      board: board === SIMULATED_BOARD ? simulatedBoard : pyboardA,
      state: this.boardState,
      recent: new Uint8Array(),
    }),
    'board:volumes': () => [{ path: '/flash', space: { size: 95 * 1024, free: 48 * 1024 } }],
    'board:stop': () => this.setState({ name: 'ready' }),
    'files:list': (place, path) => this.#list(place, path),
    'files:create': (place, folder, name) => this.#add(place, join(folder, name), 0),
    'files:makeFolder': (place, folder, name) => this.#add(place, `${join(folder, name)}/`, 0),
    'files:move': (place, path, folder, name) => this.#move(place, path, join(folder, name)),
    'files:remove': (place, paths) => {
      const tree = this.#tree(place);
      for (const path of [...tree.keys()])
        if (paths.some((gone) => path === gone || path.startsWith(`${gone}/`))) tree.delete(path);
    },
    'files:write': (place, path, bytes) => this.#add(place, path, bytes.length),
    'transfer:check': (request) =>
      request.paths.map((path) => ({ path: join(request.folder, base(path)), size: 1, there: 'nothing' })),
    'transfer:start': (_id, request) => {
      for (const path of request.paths) this.#add(request.to, join(request.folder, base(path)), 1);
      for (const file of request.loose) this.#add(request.to, join(request.folder, file.name), file.bytes.length);
      const sent = request.paths.length + request.loose.length;
      return { sent, unchanged: 0, skipped: 0, bytes: 1024, milliseconds: 200 };
    },
    'computer:openFolder': (path) => this.#list({ on: 'computer' }, path),
    'settings:change': (changes) => ({ ...settings, ...changes }),
    'drafts:read': () => [],
  };

  get api(): Api {
    const calls = CALL_NAMES.map((name) => [name, (...args: unknown[]) => this.#call(name, args)] as const);
    const events = EVENT_NAMES.map(
      (name) => [name, (listener: (value: never) => void) => this.#listen(name, listener)] as const,
    );
    const carrier: object = { calls: Object.fromEntries(calls), events: Object.fromEntries(events) };
    return new Api(carrier as WindowApi);
  }

  /** A window's state over this host, with the simulated board or Pyboard A as its target. */
  async app(target: 'sim' | 'real' | 'none' = 'sim', changes: Partial<Settings> = {}): Promise<App> {
    const app = new App(this.api, info, { ...settings, ...changes });
    await app.boards.load();
    if (target === 'none') return app;
    const board = app.boards.use(target === 'sim' ? simulatedBoard.id : pyboardA.id);
    app.boards.target = board ?? null;
    await board?.open();
    return app;
  }

  emit<N extends EventName>(name: N, ...values: Parameters<Events[N]>): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(values[0] as never);
  }

  setState(state: BoardState, board = SIMULATED_BOARD): void {
    this.boardState = state;
    this.emit('board:state', { board, state });
  }

  print(text: string, source: 'terminal' | 'program' | 'error' = 'program', board = SIMULATED_BOARD): void {
    this.emit('board:output', { board, source, bytes: new TextEncoder().encode(text) });
  }

  /** The calls of that name. */
  called<N extends CallName>(name: N): Parameters<Calls[N]>[] {
    return this.calls.filter((call) => call[0] === name).map((call) => call.slice(1) as Parameters<Calls[N]>);
  }

  async #call(name: CallName, args: unknown[]): Promise<unknown> {
    this.calls.push([name, ...args]);
    const handler = (this.answers[name] ?? this.#built[name]) as ((...args: unknown[]) => unknown) | undefined;
    const endTask = this.#beginTask(name, args[0]);
    try {
      return { ok: await handler?.(...args) };
    } catch (error) {
      const data: ErrorData = AppError.toData(error, 'testing');
      return { error: data };
    } finally {
      endTask();
    }
  }

  /** A board that is ready is busy while it is asked for its files, and ready again afterwards. */
  #beginTask(name: CallName, of: unknown): () => void {
    const board = name === 'board:volumes' ? (of as string) : ((of as { board?: string } | undefined)?.board ?? null);
    if (board === null || this.boardState.name !== 'ready' || !/^(board:volumes|files:)/.test(name))
      return () => undefined;
    this.setState({ name: 'busy', doing: 'listing', file: null, fraction: null }, board);
    return () => {
      if (this.boardState.name === 'busy') this.setState({ name: 'ready' }, board);
    };
  }

  #listen(name: EventName, listener: (value: never) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  #tree(place: FilePlace): Tree {
    return place.on === 'computer' ? this.computer : this.board;
  }

  #list(place: FilePlace, path: string): FolderListing {
    const start = path === '/' ? '/' : `${path}/`;
    const tree = this.#tree(place);
    const entries: FileEntry[] = [];
    for (const [key, size] of tree) {
      const rest = key.startsWith(start) ? key.slice(start.length) : '';
      if (!/^[^/]+\/?$/.test(rest)) continue;
      entries.push(entry(key, size));
    }
    if (entries.length === 0 && path !== '/' && !tree.has(start)) {
      throw new AppError('folder-missing', { folder: base(path), place: place.on });
    }
    entries.sort((a, b) => (a.kind === b.kind ? a.name.localeCompare(b.name) : a.kind === 'folder' ? -1 : 1));
    return {
      path,
      name: base(path) || '/',
      parent: path === '/' ? null : path.slice(0, path.lastIndexOf('/')) || '/',
      entries,
    };
  }

  #add(place: FilePlace, key: string, size: number): FileEntry {
    this.#tree(place).set(key, size);
    return entry(key, size);
  }

  #move(place: FilePlace, from: string, to: string): FileEntry {
    const tree = this.#tree(place);
    if (tree.has(to) || tree.has(`${to}/`)) {
      const folder = base(to.slice(0, to.lastIndexOf('/'))) || '/';
      throw new AppError('name-taken', { folder, name: base(to), kind: tree.has(to) ? 'file' : 'folder' });
    }
    for (const [key, size] of [...tree]) {
      if (key !== from && !key.startsWith(`${from}/`)) continue;
      tree.delete(key);
      tree.set(to + key.slice(from.length), size);
    }
    return tree.has(to) ? entry(to, tree.get(to) ?? 0) : entry(`${to}/`, 0);
  }
}

function entry(key: string, size: number): FileEntry {
  const folder = key.endsWith('/');
  const path = folder ? key.slice(0, -1) : key;
  return { name: base(path), path, kind: folder ? 'folder' : 'file', size: folder ? 0 : size, modified: null };
}

function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

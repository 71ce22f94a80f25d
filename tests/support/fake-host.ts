// A host without a machine behind it: canned boards and files, for tests of the window's state and for looking at the window.
import { AppError } from '../../runtime/contract/app-error';
import {
  CALL_NAMES,
  EVENT_NAMES,
  type Calls,
  type EventName,
  type Events,
  type WindowApi,
} from '../../runtime/contract/channels';
import {
  type BoardId,
  type BoardInfo,
  type BoardState,
  type Draft,
  type FileEntry,
  type FilePlace,
  type HardwareSnapshot,
  type Settings,
} from '../../runtime/contract/types';

export const simulated: BoardInfo = {
  id: 'sim',
  kind: 'simulated',
  group: 'simulated',
  name: 'Simulated board',
  letter: null,
  address: 'sim',
  description: 'Pyboard v1.1',
  present: true,
};

export const pyboard: BoardInfo = {
  id: 'usb-1',
  kind: 'real',
  group: 'cable',
  name: 'Pyboard A',
  letter: 'A',
  address: '/dev/ttyACM0',
  description: 'Pyboard v1.1',
  present: true,
};

const banner =
  'MicroPython v1.29 on 2026-11-22; PYBv1.1 with STM32F405RG\r\nType "help()" for more information.\r\n>>> ';

type Implementation = {
  [N in keyof Calls]?: (...args: Parameters<Calls[N]>) => ReturnType<Calls[N]> | Promise<ReturnType<Calls[N]>>;
};

export class FakeHost {
  settings: Settings = {
    theme: 'system',
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
  boards: BoardInfo[] = [simulated];
  states: Record<BoardId, BoardState> = {};
  drafts: readonly Draft[] = [];
  /** Path → text, on the computer and on every board alike. */
  files = new Map<string, string | Uint8Array>([
    ['/home/me/weather/lib/sensor.py', 'def read():\n    return 21.5\n'],
    ['/home/me/weather/main.py', 'from sensor import read\n\nwhile True:\n    print("temp:", read())\n'],
    ['/home/me/weather/notes.md', '# Weather\n'],
    ['/flash/boot.py', '# boot.py: runs at each start\nimport pyb\n'],
    ['/flash/main.py', '# main.py: put your code here\n'],
  ]);
  /** Every call, in order. */
  readonly asked: { name: keyof Calls; args: unknown[] }[] = [];
  /** What a test wants a call to do instead. */
  readonly instead: Implementation = {};
  readonly #listeners = new Map<EventName, Set<(value: never) => void>>();

  emit<N extends EventName>(name: N, ...[value]: Parameters<Events[N]>): void {
    // What crosses between processes is a copy.
    for (const listener of this.#listeners.get(name) ?? []) listener(structuredClone(value) as never);
  }

  setState(board: BoardId, state: BoardState): void {
    this.states[board] = state;
    this.emit('board:state', { board, state });
  }

  print(board: BoardId, text: string, source: 'terminal' | 'program' | 'error' = 'terminal'): void {
    this.emit('board:output', { board, source, bytes: new TextEncoder().encode(text) });
  }

  get api(): WindowApi {
    const calls = CALL_NAMES.map((name) => [
      name,
      async (...args: unknown[]) => {
        this.asked.push({ name, args });
        try {
          const act = (this.instead[name] ?? this.#calls[name]) as ((...all: unknown[]) => unknown) | undefined;
          return { ok: structuredClone(await act?.(...args)) };
        } catch (error) {
          return { error: AppError.toData(error, 'testing') };
        }
      },
    ]);
    const events = EVENT_NAMES.map((name) => [
      name,
      (listener: (value: never) => void) => {
        const set = this.#listeners.get(name) ?? new Set();
        this.#listeners.set(name, set);
        set.add(listener);
        return () => set.delete(listener);
      },
    ]);
    const api: unknown = { calls: Object.fromEntries(calls) as object, events: Object.fromEntries(events) as object };
    return api as WindowApi;
  }

  readonly #calls: Implementation = {
    'app:info': () => ({
      name: 'Tether',
      version: '0.1.0',
      host: 'browser',
      platform: 'linux',
      versions: { node: '24.21.0' },
      nativeDialogs: false,
    }),
    'boards:list': () => ({ boards: this.boards, portsListed: true }),
    'boards:open': () => [],
    'board:open': (id) => {
      const board = this.boards.find((known) => known.id === id) ?? simulated;
      const state = this.states[id] ?? { name: 'ready' };
      setTimeout(() => this.emit('board:state', { board: id, state }), 0);
      return { board, state, recent: new TextEncoder().encode(banner) };
    },
    'board:write': (id, bytes) => {
      this.print(id, new TextDecoder().decode(bytes));
      return true;
    },
    'board:run': (id, request) => {
      this.setState(id, { name: 'running', program: request.name });
      return new Promise(() => undefined);
    },
    'board:stop': (id) => this.setState(id, { name: 'ready' }),
    'board:volumes': () => [{ path: '/flash', space: { size: 95 * 1024, free: 61 * 1024 } }],
    'files:list': (place, path) => {
      const entries = this.#entries(place, path);
      return {
        path,
        name: path.split('/').pop() ?? path,
        parent: path === '/' ? null : path.replace(/\/[^/]*$/, '') || '/',
        entries,
      };
    },
    'files:read': (_place, path) => {
      const text = this.files.get(path);
      if (text === undefined)
        throw new AppError('file-missing', { file: path.split('/').pop() ?? path, place: 'computer' });
      return typeof text === 'string' ? new TextEncoder().encode(text) : text;
    },
    'files:write': (_place, path, bytes) => {
      this.files.set(path, bytes);
      return { name: path.split('/').pop() ?? path, path, kind: 'file', size: bytes.length, modified: null };
    },
    'computer:places': () => ({ home: '/home/me', roots: ['/'], recent: ['/home/me/weather'] }),
    'computer:openFolder': (path) => {
      this.settings = { ...this.settings, folder: path };
      return {
        path,
        name: path.split('/').pop() ?? path,
        parent: '/home/me',
        entries: this.#entries({ on: 'computer' }, path),
      };
    },
    'computer:chooseFolder': () => null,
    'computer:chooseFile': () => null,
    'computer:chooseSave': () => null,
    'settings:read': () => this.settings,
    'settings:change': (changes) => (this.settings = { ...this.settings, ...changes }),
    'drafts:read': () => this.drafts,
    'drafts:write': (drafts) => void (this.drafts = drafts),
    'transfer:check': () => [],
    'sim:watch': (id, on) => {
      if (on) setTimeout(() => this.emit('sim:hardware', hardware(id)), 0);
    },
  };

  #entries(place: FilePlace, folder: string): FileEntry[] {
    const root = folder === '/' ? '/' : `${folder}/`;
    const found = new Map<string, FileEntry>();
    for (const [path, text] of this.files) {
      if (!path.startsWith(root)) continue;
      const [name = '', ...rest] = path.slice(root.length).split('/');
      const kind = rest.length > 0 ? 'folder' : 'file';
      const modified = place.on === 'computer' && kind === 'file' ? Date.UTC(2026, 10, 22) : null;
      found.set(name, { name, path: root + name, kind, size: kind === 'file' ? text.length : 0, modified });
    }
    return [...found.values()].sort((a, b) =>
      a.kind === b.kind ? a.name.localeCompare(b.name) : a.kind === 'folder' ? -1 : 1,
    );
  }
}

export function hardware(board: BoardId): HardwareSnapshot {
  return {
    board,
    leds: [255, 0, 128, 0],
    switchPressed: false,
    accel: { x: 10, y: 0, z: 21 },
    adc: [{ pin: 'X1', value: 2048 }],
    pins: [
      { name: 'X1', cpu: 'PA0', mode: 'analogue', pull: 'none', level: 0, input: 'floating' },
      { name: 'X2', cpu: 'PA1', mode: 'output', pull: 'none', level: 1, input: 'floating' },
    ],
    memory: { used: 12 * 1024, total: 101 * 1024 },
  };
}

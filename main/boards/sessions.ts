/** Defines Boards: all boards of the app, which of them are open, and how they come, go and come back. */
import type { CancelTimer, Clock } from '../../runtime/bytes/clock';
import { AppError } from '../../runtime/contract/app-error';
import {
  SIMULATED_BOARD,
  type BoardId,
  type BoardInfo,
  type BoardList,
  type BoardState,
  type OpenBoard,
} from '../../runtime/contract/types';
import type { Transport } from '../../runtime/link/transport';
import type { Client, Ipc } from '../ipc';
import type { SettingsStore } from '../settings';
import { BoardBook, type SeenPort } from './board-book';
import { Connection } from './connection';
import { isAddress } from './open-transport';
import { OutputGate } from './output-gate';

/** How often the ports are looked at. */
const LOOK_EVERY = 1000;

export interface BoardsServices {
  readonly ipc: Ipc;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  /** The ports of this computer; null when there is no list to be had. */
  readonly listPorts: () => Promise<readonly SeenPort[] | null>;
  /** The way to a board that is not open yet. */
  readonly makeTransport: (board: BoardInfo) => Promise<Transport>;
}

export class Boards {
  readonly #services: BoardsServices;
  readonly #book: BoardBook;
  readonly #open = new Map<BoardId, Connection<Client>>();
  readonly #gates = new Map<BoardId, OutputGate<Client>>();
  readonly #opening = new Map<BoardId, Promise<Connection<Client>>>();
  #timer: CancelTimer | undefined;
  #told = '';
  #disposed = false;

  constructor(services: BoardsServices) {
    this.#services = services;
    this.#book = new BoardBook(() => services.settings.current.boards);
    services.settings.onChange(() => this.#changed());
    services.ipc.onLeave((client) => {
      for (const gate of this.#gates.values()) gate.remove(client);
    });
  }

  /** Looks at the ports for the first time and from then on every second. */
  async start(): Promise<void> {
    await this.#look();
  }

  /** Lets every board go. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#timer?.();
    await Promise.all([...this.#open.keys()].map((id) => this.close(id)));
  }

  list(): BoardList {
    return this.#book.list();
  }

  /** Fails with `not-connected` when there is no board of this id, or it is not open. */
  connection(id: BoardId): Connection<Client> {
    const connection = this.#open.get(id);
    if (connection === undefined) throw new AppError('not-connected', { board: this.#book.find(id)?.name ?? id });
    return connection;
  }

  openIds(): readonly BoardId[] {
    return [...this.#open.keys()];
  }

  add(address: string): BoardInfo {
    const text = address.trim();
    if (text === SIMULATED_BOARD || !isAddress(text)) throw new AppError('address-bad', { address });
    const board = this.#book.add(text);
    this.#changed();
    return board;
  }

  async rename(id: BoardId, name: string): Promise<BoardInfo> {
    const board = this.#find(id);
    const trimmed = name.trim();
    if (trimmed === '') throw new AppError('name-bad', { name });
    const { boards } = this.#services.settings.current;
    const memory = boards[id] ?? this.#book.firstMemory(board);
    if (board.kind === 'real') {
      await this.#services.settings.change({ boards: { ...boards, [id]: { ...memory, name: trimmed } } });
    }
    return this.#find(id);
  }

  async forget(id: BoardId): Promise<void> {
    await this.close(id);
    this.#book.forget(id);
    const boards = Object.entries(this.#services.settings.current.boards).filter(([other]) => other !== id);
    await this.#services.settings.change({ boards: Object.fromEntries(boards) });
  }

  /** Opens a board and makes the client one of its viewers. */
  async open(id: BoardId, viewer: Client): Promise<OpenBoard> {
    const connection = await this.#connect(id);
    // A page that has gone away meanwhile would never show anything, and so hold the board for ever.
    const recent = this.#services.ipc.has(viewer) ? connection.gate.add(viewer) : new Uint8Array();
    return { board: this.#find(id), state: connection.state, recent };
  }

  /** The viewer has shown so much of the board's output. */
  outputShown(id: BoardId, viewer: Client, bytes: number): void {
    this.#gates.get(id)?.shown(viewer, bytes);
  }

  async close(id: BoardId): Promise<void> {
    const connection = this.#open.get(id);
    if (connection === undefined) return;
    this.#open.delete(id);
    await connection.close();
    this.#services.ipc.emit('board:state', { board: id, state: { name: 'closed' } });
  }

  /** A new start of the chip. The simulated board gets a new thread, also when the old one hangs. */
  async hardReset(id: BoardId): Promise<void> {
    const old = this.connection(id);
    if (old.simulator === null) {
      // The board leaves the wire in the middle of the answer, so there is nothing to wait for.
      await old
        .task({ doing: 'checking', file: null, task: 'resetting the board' }, async ({ raw }) => {
          await raw.exec('import machine\nmachine.reset()', { idleLimit: 500 }).catch(() => undefined);
        })
        .catch((error: unknown) => {
          if (!AppError.is(error, 'link-lost') && !AppError.is(error, 'board-silent')) throw error;
        });
      return;
    }
    this.#open.delete(id);
    await old.close();
    // What the board said last may have no line end, and what it says now begins anew.
    old.gate.push(Uint8Array.of(0x0d, 0x0a), 'terminal');
    await this.#connect(id);
  }

  #find(id: BoardId): BoardInfo {
    const board = this.#book.find(id);
    if (board === undefined) throw new AppError('not-connected', { board: id });
    return board;
  }

  /** Two windows that ask at once get the same connection. */
  #connect(id: BoardId): Promise<Connection<Client>> {
    const known = this.#open.get(id);
    if (known !== undefined && known.state.name !== 'lost') return Promise.resolve(known);
    const opening = this.#opening.get(id) ?? this.#openNew(id).finally(() => this.#opening.delete(id));
    this.#opening.set(id, opening);
    return opening;
  }

  async #openNew(id: BoardId): Promise<Connection<Client>> {
    const { ipc, clock, makeTransport } = this.#services;
    const board = this.#find(id);
    if (!board.present) throw new AppError('not-connected', { board: board.name });
    const tell = (state: BoardState): void => ipc.emit('board:state', { board: id, state });
    const connection = new Connection<Client>(() => this.#book.find(id) ?? board, await makeTransport(board), {
      clock,
      gate: this.#gate(id),
      onState: (state) => {
        if (this.#open.get(id) === connection) tell(state);
      },
      onLost: (error, unnoticed) => {
        // The simulated board does not come back by itself; a real one is looked for with the ports.
        if (board.kind === 'simulated') {
          this.#open.delete(id);
          tell({ name: 'closed' });
        }
        if (unnoticed) ipc.emit('board:failed', { board: id, error });
      },
    });
    tell({ name: 'connecting' });
    const before = this.#open.get(id);
    try {
      await connection.open();
    } catch (error) {
      await connection.close();
      tell({ name: before === undefined ? 'closed' : 'lost' });
      throw error;
    }
    await before?.close();
    this.#open.set(id, connection);
    tell(connection.state);
    await this.#remember(board, connection);
    return connection;
  }

  #gate(id: BoardId): OutputGate<Client> {
    const gate =
      this.#gates.get(id) ??
      new OutputGate<Client>(
        this.#services.clock,
        (client, bytes, source) => client.send('board:output', { board: id, source, bytes }),
        (held) => this.#open.get(id)?.simulator?.hold(held),
      );
    this.#gates.set(id, gate);
    return gate;
  }

  /** A real board that is connected for the first time gets its letter; what it says of itself is asked when it is idle. */
  async #remember(board: BoardInfo, connection: Connection<Client>): Promise<void> {
    if (board.kind === 'simulated') return;
    const { settings } = this.#services;
    const memory = settings.current.boards[board.id] ?? this.#book.firstMemory(board);
    const identity = connection.state.name === 'ready' ? await connection.identify() : null;
    const description = memory.description || board.description || (identity?.machine ?? '');
    const boards = { ...settings.current.boards, [board.id]: { ...memory, description, address: board.address } };
    await settings.change({ boards });
  }

  async #look(): Promise<void> {
    const ports = await this.#services.listPorts().catch(() => null);
    if (this.#disposed) return;
    this.#book.see(ports);
    this.#changed();
    for (const [id, { state, board }] of this.#open) {
      // A board behind an address is not looked for: nothing says when it is back.
      if (state.name !== 'lost' || !this.#isListed(ports, id) || board.group === 'network') continue;
      await this.#connect(id).catch(() => undefined);
    }
    this.#timer = this.#services.clock.after(LOOK_EVERY, () => void this.#look());
  }

  #isListed(ports: readonly SeenPort[] | null, id: BoardId): boolean {
    return ports?.some((port) => port.id === id) === true;
  }

  /** Tells the list when it differs from what was told last. */
  #changed(): void {
    const list = this.list();
    const text = JSON.stringify(list);
    if (text === this.#told) return;
    this.#told = text;
    this.#services.ipc.emit('boards:changed', list);
  }
}

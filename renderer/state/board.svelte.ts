// Defines one board as the window sees it, and the boards together with the one that is the target.
import { Emitter, type Unsubscribe } from '../../runtime/bytes/emitter';
import { stateWords } from '../../runtime/contract/messages';
import {
  SIMULATED_BOARD,
  type BoardId,
  type BoardInfo,
  type BoardOutput,
  type BoardState,
  type BusyDoing,
  type FilePlace,
  type RunRequest,
  type RunResult,
} from '../../runtime/contract/types';
import { type Api } from '../api';

const notConnected: readonly BoardState['name'][] = ['closed', 'connecting', 'lost'];
const transfers: readonly BusyDoing[] = ['uploading', 'downloading', 'writing'];
const running: readonly BoardState['name'][] = ['running', 'stopping', 'paused', 'silent', 'stuck'];

export class Board {
  info: BoardInfo = $state.raw() as BoardInfo;
  state = $state.raw<BoardState>({ name: 'closed' });
  #api: Api;
  #emitter = new Emitter<{ output: [BoardOutput]; recent: [Uint8Array] }>();

  constructor(api: Api, info: BoardInfo) {
    this.#api = api;
    this.info = info;
  }

  get id(): BoardId {
    return this.info.id;
  }
  get simulated(): boolean {
    return this.info.kind === 'simulated';
  }
  get place(): FilePlace {
    return { on: 'board', board: this.id };
  }
  /** A connection stands; the board may still be running, busy or silent. */
  get connected(): boolean {
    return !notConnected.includes(this.state.name);
  }
  get lost(): boolean {
    return this.state.name === 'lost';
  }
  /** Something runs that Stop can end. */
  get running(): boolean {
    return running.includes(this.state.name);
  }
  /** A transfer or another task of the app holds the board. */
  get busy(): boolean {
    return this.state.name === 'busy';
  }
  /** A file is on its way, and what is typed meanwhile is not for the board. */
  get transferring(): boolean {
    return this.state.name === 'busy' && transfers.includes(this.state.doing);
  }
  /** The state in words, as every part of the window shows it. */
  get words(): string {
    return stateWords(this.state);
  }
  /** In the middle of a sentence: "simulated board", "Pyboard A". */
  get label(): string {
    return this.simulated ? 'simulated board' : this.info.name;
  }
  /** In titles and questions: "the simulated board", "REAL BOARD Pyboard A". */
  get fullName(): string {
    return this.simulated ? 'the simulated board' : `REAL BOARD ${this.info.name}`;
  }
  /** Over the board's tree: "SIMULATED BOARD", "REAL BOARD A". */
  get heading(): string {
    return this.simulated ? 'SIMULATED BOARD' : `REAL BOARD ${this.info.letter ?? this.info.name}`;
  }

  /** Every byte the board sends, once, in order. */
  onOutput(listener: (output: BoardOutput) => void): Unsubscribe {
    return this.#emitter.on('output', listener);
  }
  /** Output of before the connection was shown here: it takes the place of what a terminal shows. */
  onRecent(listener: (recent: Uint8Array) => void): Unsubscribe {
    return this.#emitter.on('recent', listener);
  }
  receive(output: BoardOutput): void {
    this.#emitter.emit('output', output);
  }

  async open(): Promise<void> {
    if (!this.connected) this.state = { name: 'connecting' };
    try {
      const opened = await this.#api.call('board:open', this.id);
      this.info = opened.board;
      this.state = opened.state;
      this.#emitter.emit('recent', opened.recent);
    } catch (error) {
      if (this.state.name === 'connecting') this.state = { name: 'closed' };
      throw error;
    }
  }
  close(): Promise<void> {
    return this.#api.call('board:close', this.id);
  }
  /** False when the board is busy: then nothing was sent, now or later. */
  write(bytes: Uint8Array): Promise<boolean> {
    return this.#api.call('board:write', this.id, bytes);
  }
  run(request: RunRequest): Promise<RunResult> {
    return this.#api.call('board:run', this.id, request);
  }
  stop(): Promise<void> {
    return this.#api.call('board:stop', this.id);
  }
  softReset(): Promise<void> {
    return this.#api.call('board:softReset', this.id);
  }
  hardReset(): Promise<void> {
    return this.#api.call('board:hardReset', this.id);
  }
}

export class Boards {
  /** What the picker lists. */
  list = $state.raw<readonly BoardInfo[]>([]);
  /** False when the system gives no list of ports. */
  portsListed = $state(true);
  /** The board that commands act on. Only a person changes it; it stays when the board is lost. */
  target = $state.raw<Board | null>(null);
  /** The boards that were used in this window. */
  known = $state.raw<readonly Board[]>([]);
  #api: Api;
  #events = new Emitter<{ arrived: [BoardInfo]; state: [Board, BoardState] }>();

  constructor(api: Api) {
    this.#api = api;
    api.on('boards:changed', ({ boards, portsListed }) => {
      const before = this.list;
      this.list = boards;
      this.portsListed = portsListed;
      for (const board of this.known) board.info = boards.find(({ id }) => id === board.id) ?? board.info;
      for (const info of boards) {
        if (info.present && info.group === 'cable' && !before.some((other) => other.id === info.id && other.present)) {
          this.#events.emit('arrived', info);
        }
      }
    });
    api.on('board:state', ({ board: id, state }) => {
      const board = this.find(id);
      if (!board) return;
      const before = board.state;
      board.state = state;
      this.#events.emit('state', board, before);
    });
    api.on('board:output', (output) => this.find(output.board)?.receive(output));
  }

  /** A board was plugged in after the start. */
  onArrived(listener: (info: BoardInfo) => void): Unsubscribe {
    return this.#events.on('arrived', listener);
  }
  /** A board's state changed; the listener gets the one before. */
  onState(listener: (board: Board, before: BoardState) => void): Unsubscribe {
    return this.#events.on('state', listener);
  }

  async load(): Promise<void> {
    const { boards, portsListed } = await this.#api.call('boards:list');
    this.list = boards;
    this.portsListed = portsListed;
  }

  find(id: BoardId): Board | undefined {
    return this.known.find((board) => board.id === id);
  }

  /** The board with this id, remembered from now on; undefined when no list has ever named it. */
  use(id: BoardId): Board | undefined {
    const known = this.find(id);
    if (known) return known;
    const info = this.list.find((entry) => entry.id === id);
    if (!info) return undefined;
    const board = new Board(this.#api, info);
    this.known = [...this.known, board];
    return board;
  }

  get simulated(): Board | undefined {
    return this.use(SIMULATED_BOARD);
  }
}

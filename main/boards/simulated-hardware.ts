/** Defines SimulatedHardware: the outside of the simulated boards, shown to the windows that watch it and poked by them. */
import { HardwareRegisters, PENDING_PIN } from '../../runtime/board/hardware-registers';
import type { CancelTimer, Clock } from '../../runtime/bytes/clock';
import { AppError } from '../../runtime/contract/app-error';
import type { BoardId, PanelInput } from '../../runtime/contract/types';
import type { Client, Ipc } from '../ipc';
import { SimulatorTransport, type SimulatorOptions } from './simulator-transport';

/** Thirty times a second. */
const LOOK_EVERY = 33;

export interface HardwareServices {
  readonly ipc: Ipc;
  readonly clock: Clock;
  /** The RST button. */
  readonly hardReset: (board: BoardId) => Promise<void>;
}

/** One board's outside, which stays when its thread is replaced. */
interface Outside {
  readonly memory: SharedArrayBuffer;
  readonly registers: HardwareRegisters;
  readonly watchers: Set<Client>;
  transport: SimulatorTransport | undefined;
  /** What the watchers were told last. */
  told: string;
}

export class SimulatedHardware {
  readonly #services: HardwareServices;
  readonly #boards = new Map<BoardId, Outside>();
  #timer: CancelTimer | undefined;

  constructor(services: HardwareServices) {
    this.#services = services;
    services.ipc.onLeave((client) => {
      for (const { watchers } of this.#boards.values()) watchers.delete(client);
    });
  }

  /** A transport to the board; a new one for each time it is opened. */
  makeTransport(board: BoardId, options: SimulatorOptions = {}): Promise<SimulatorTransport> {
    const outside = this.#outside(board);
    outside.transport = new SimulatorTransport({ ...options, registers: outside.memory });
    return Promise.resolve(outside.transport);
  }

  watch(client: Client, board: BoardId, watching: boolean): void {
    const outside = this.#outside(board);
    if (watching && this.#services.ipc.has(client)) {
      outside.watchers.add(client);
      outside.told = '';
      this.#look();
    } else {
      outside.watchers.delete(client);
    }
  }

  async input(board: BoardId, input: PanelInput): Promise<void> {
    const outside = this.#boards.get(board);
    if (outside?.transport === undefined) throw new AppError('not-connected', { board });
    if (input.kind === 'reset') {
      await this.#services.hardReset(board);
    } else if (outside.registers.apply(input)) {
      outside.transport.raise(PENDING_PIN);
    }
  }

  dispose(): void {
    this.#timer?.();
    this.#boards.clear();
  }

  #outside(board: BoardId): Outside {
    const known = this.#boards.get(board);
    if (known !== undefined) return known;
    const memory = HardwareRegisters.allocate();
    const registers = new HardwareRegisters(memory);
    const outside: Outside = { memory, registers, watchers: new Set(), transport: undefined, told: '' };
    this.#boards.set(board, outside);
    return outside;
  }

  /** Tells the watchers what has changed, and looks again in a moment as long as anybody watches. */
  #look(): void {
    this.#timer?.();
    this.#timer = undefined;
    let watched = false;
    for (const [board, outside] of this.#boards) {
      if (outside.watchers.size === 0) continue;
      watched = true;
      const snapshot = outside.registers.snapshot();
      const text = JSON.stringify(snapshot);
      if (text === outside.told) continue;
      outside.told = text;
      for (const client of outside.watchers) client.send('sim:hardware', { board, ...snapshot });
    }
    if (watched) this.#timer = this.#services.clock.after(LOOK_EVERY, () => this.#look());
  }
}

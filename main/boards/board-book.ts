/** Defines BoardBook: which boards there are, from what is plugged in, what was typed and what is remembered. */
import type { BoardGroup, BoardId, BoardInfo, BoardList, RememberedBoard } from '../../runtime/contract/types';
import { SIMULATED_BOARD } from '../../runtime/contract/types';

/** A port as this computer lists it. */
export interface SeenPort {
  /** Keeps the same board apart from others on whatever port it shows up: made of its USB ids and serial number, else its address. */
  readonly id: BoardId;
  readonly address: string;
  /** “Pyboard v1.1”; empty when nothing is known. */
  readonly description: string;
  /** Whether it looks like a board, rather than like any serial port. */
  readonly isBoard: boolean;
}

const SIMULATED: BoardInfo = {
  id: SIMULATED_BOARD,
  kind: 'simulated',
  group: 'simulated',
  name: 'Simulated board',
  letter: null,
  address: SIMULATED_BOARD,
  description: 'pyboard v1.1',
  present: true,
};

export class BoardBook {
  #ports: readonly SeenPort[] = [];
  #portsListed = true;
  /** What was typed and not yet connected, by id. */
  readonly #typed = new Map<BoardId, SeenPort>();

  constructor(readonly remembered: () => { readonly [id: BoardId]: RememberedBoard }) {}

  /** Takes over a new list of ports; null when this computer gives none. */
  see(ports: readonly SeenPort[] | null): void {
    this.#portsListed = ports !== null;
    this.#ports = ports ?? [];
  }

  list(): BoardList {
    const remembered = this.remembered();
    const boards = new Map<BoardId, BoardInfo>([[SIMULATED_BOARD, SIMULATED]]);
    for (const port of this.#ports) boards.set(port.id, portInfo(port, remembered[port.id]));
    for (const [id, port] of this.#typed) if (!boards.has(id)) boards.set(id, portInfo(port, remembered[id]));
    for (const [id, board] of Object.entries(remembered))
      if (!boards.has(id)) boards.set(id, rememberedInfo(id, board));
    return { boards: [...boards.values()], portsListed: this.#portsListed };
  }

  find(id: BoardId): BoardInfo | undefined {
    return this.list().boards.find((board) => board.id === id);
  }

  /** The board at an address a person typed; the same one as in the list when it stands there already. */
  add(address: string): BoardInfo {
    const known = this.list().boards.find((board) => board.address === address && board.present);
    if (known !== undefined) return known;
    const port: SeenPort = { id: address, address, description: '', isBoard: true };
    this.#typed.set(address, port);
    return portInfo(port, this.remembered()[address]);
  }

  forget(id: BoardId): void {
    this.#typed.delete(id);
  }

  /** How a real board is remembered when it was connected for the first time: with the first free letter, and named by it. */
  firstMemory(board: BoardInfo): RememberedBoard {
    const taken = new Set(Object.values(this.remembered()).map(({ letter }) => letter));
    const letter = LETTERS.find((candidate) => !taken.has(candidate)) ?? '?';
    const product = /^[A-Za-z]+/.exec(board.description)?.[0] ?? 'Board';
    return { name: `${product} ${letter}`, letter, address: board.address, description: board.description };
  }
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function portInfo(port: SeenPort, memory: RememberedBoard | undefined): BoardInfo {
  const description = port.description || (memory?.description ?? '');
  return {
    id: port.id,
    kind: 'real',
    group: groupOf(port.address, port.isBoard || memory !== undefined),
    name: memory?.name ?? (description || port.address),
    letter: memory?.letter ?? null,
    address: port.address,
    description,
    present: true,
  };
}

function rememberedInfo(id: BoardId, memory: RememberedBoard): BoardInfo {
  // Whether something answers behind an address shows only when it is opened.
  const isNetwork = groupOf(memory.address, true) === 'network';
  return { id, kind: 'real', group: isNetwork ? 'network' : 'remembered', ...memory, present: isNetwork };
}

function groupOf(address: string, isBoard: boolean): BoardGroup {
  if (address.includes('://')) return 'network';
  return isBoard ? 'cable' : 'other';
}

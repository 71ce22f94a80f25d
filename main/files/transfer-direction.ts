/** Defines what the two directions of a transfer have in common, and how a file that is kept gets out of the way. */
import { createHash } from 'node:crypto';
import type { TransferCheck } from '../../runtime/contract/types';

/** One file on its way. */
export interface TransferItem {
  /** Relative to the receiving folder, with `/`: what is shown. */
  readonly name: string;
  /** In the receiving place. */
  readonly target: string;
  readonly size: number;
}

/** A transfer in one direction, for as long as one task has the board. Folders that are missing are made by `send`. */
export interface TransferDirection<Item extends TransferItem = TransferItem> {
  /** Every file that would be written. */
  items(): Promise<readonly Item[]>;
  /** What is at each target now. Fails with `name-taken` when a folder is where a file has to go. */
  compare(items: readonly Item[]): Promise<readonly TransferCheck['there'][]>;
  send(item: Item, onProgress: (bytes: number) => void): Promise<void>;
  /** Keeps what is at the target under another name in the same folder. */
  setAside(item: Item): Promise<void>;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** `sensor.py` becomes `sensor.board.py`, `sensor.board2.py` …: the names to try in turn. */
export function* namesAside(name: string, place: 'board' | 'computer'): Generator<string> {
  const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length;
  for (let count = 1; ; count += 1) {
    yield `${name.slice(0, dot)}.${place}${count === 1 ? '' : count}${name.slice(dot)}`;
  }
}

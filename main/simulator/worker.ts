/** The simulated board's thread, from power on to the end: its flash, its Hal, and the board itself. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { workerData } from 'node:worker_threads';
import { SimulatedBoard } from '../../runtime/board/simulated-board';
import { RamBlockDevice } from '../../runtime/vfs/block-device';
import type { FileSystem } from '../../runtime/vfs/filesystem';
import {
  createFactoryFiles,
  flashBlockCount,
  flashBlockSize,
  openPyboardFlash,
  PyboardFlash,
} from '../../runtime/vfs/pyboard-flash';
import { resourcePath } from '../resources';
import { FlashFile, FlashInUseError } from './flash-file';
import type { ThreadData } from './thread-data';
import { post, ThreadHal } from './thread-hal';

/** Seconds from 1970 to 2000, where a pyboard's time begins. */
const EPOCH_2000 = 946_684_800;

const data = workerData as ThreadData;

function openFlash(path: string | null): FlashFile | RamBlockDevice {
  if (path === null) return new RamBlockDevice(flashBlockCount, flashBlockSize);
  mkdirSync(dirname(path), { recursive: true });
  return FlashFile.open(path, { blockCount: flashBlockCount, blockSize: flashBlockSize });
}

/** The source of a module that is shipped with the board, by its path below the folder of those. */
function frozen(path: string): string | undefined {
  try {
    return readFileSync(resourcePath('frozen', path), 'utf8');
  } catch {
    return undefined;
  }
}

function runBoard(): void {
  const storage = openFlash(data.flash);
  const file = storage instanceof FlashFile ? storage : undefined;
  const hal = new ThreadHal(data, () => file?.flushIfDue());
  const now = (): number => Math.floor(hal.epoch() / 1000) - EPOCH_2000;
  const { files } = openPyboardFlash(new PyboardFlash(storage), { now });
  const formatFlash = (): FileSystem => createFactoryFiles(new PyboardFlash(storage), { now });
  const board = new SimulatedBoard({ hal, registers: data.registers, flash: files, formatFlash, frozen });
  hal.started();
  board.run();
  file?.close();
}

try {
  runBoard();
} catch (error) {
  if (!(error instanceof FlashInUseError)) throw error;
  post({ flashInUse: error.pid });
}

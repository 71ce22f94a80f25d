/**
 * Defines Transfers: copies of files and folders between this computer and a board, with progress and an end on request.
 * Both directions look at the target first, so that nothing is sent twice and nothing is overwritten unasked.
 */
import { CancelSource, Cancelled, throwIfCancelled, type CancelToken } from '../../runtime/bytes/cancel';
import type { Clock } from '../../runtime/bytes/clock';
import { AppError } from '../../runtime/contract/app-error';
import type {
  BoardId,
  TransferCheck,
  TransferDecisions,
  TransferId,
  TransferProgress,
  TransferRequest,
  TransferResult,
} from '../../runtime/contract/types';
import type { RemoteFs } from '../../runtime/link/remote-fs';
import type { TaskRunner } from '../boards/connection';
import type { BoardFiles } from './board-files';
import { Download } from './download';
import type { PutHashes } from './put-hashes';
import type { TransferDirection, TransferItem } from './transfer-direction';
import { Upload } from './upload';

export interface TransferServices {
  readonly clock: Clock;
  readonly connection: (board: BoardId) => TaskRunner;
  readonly boardFiles: BoardFiles;
  readonly putHashes: PutHashes;
  readonly onProgress: (progress: TransferProgress) => void;
}

/** Figures come at most so often, in milliseconds, but always at the beginning and the end of a file. */
const PROGRESS_EVERY = 100;

export class Transfers {
  readonly #services: TransferServices;
  readonly #running = new Map<TransferId, CancelSource>();

  constructor(services: TransferServices) {
    this.#services = services;
  }

  check(request: TransferRequest): Promise<readonly TransferCheck[]> {
    const { connection } = this.#services;
    const words = { doing: 'checking', file: null, task: 'comparing the files' } as const;
    return connection(boardOf(request)).task(words, async ({ files }) => {
      const direction = this.#direction(request, files);
      const items = await direction.items();
      const there = await direction.compare(items);
      return items.map(({ target, size }, index) => ({ path: target, size, there: there[index] ?? 'nothing' }));
    });
  }

  async start(id: TransferId, request: TransferRequest, decisions: TransferDecisions): Promise<TransferResult> {
    const board = boardOf(request);
    const isUpload = request.to.on === 'board';
    const asked = new CancelSource();
    this.#running.set(id, asked);
    const done: Done = { sent: 0, files: 0 };
    const words = { doing: isUpload ? 'uploading' : 'downloading', file: null, task: 'copying the files' } as const;
    try {
      return await this.#services.connection(board).task(
        words,
        ({ files, cancel }, report) => {
          const onProgress = throttled(this.#services.clock, (progress: Progress) => {
            report(progress.name, progress.size === 0 ? 1 : progress.bytes / progress.size);
            this.#services.onProgress({ id, board, direction: isUpload ? 'upload' : 'download', ...progress });
          });
          const direction = this.#direction(request, files, cancel);
          return copy(direction, decisions, { clock: this.#services.clock, cancel, done, onProgress });
        },
        asked,
      );
    } catch (error) {
      if (!(error instanceof Cancelled) && !AppError.is(error, 'cancelled')) throw error;
      throw new AppError('cancelled', { ...done, ...(isUpload ? {} : { done: 'downloaded' }) });
    } finally {
      this.#running.delete(id);
    }
  }

  cancel(id: TransferId): void {
    this.#running.get(id)?.cancel();
  }

  #direction(request: TransferRequest, files: RemoteFs, cancel?: CancelToken): TransferDirection {
    const { boardFiles, putHashes } = this.#services;
    const ofBoard = { ...request, board: boardOf(request) };
    return request.to.on === 'board'
      ? new Upload(files, ofBoard, putHashes, cancel)
      : new Download(files, ofBoard, boardFiles, cancel);
  }
}

/** What a transfer that is cancelled tells. */
interface Done {
  sent: number;
  files: number;
  unfinished?: string;
}

type Progress = Omit<TransferProgress, 'id' | 'board' | 'direction'>;

interface CopyServices {
  readonly clock: Clock;
  readonly cancel: CancelToken;
  readonly done: Done;
  readonly onProgress: (progress: Progress, now: boolean) => void;
}

async function copy(
  direction: TransferDirection,
  decisions: TransferDecisions,
  { clock, cancel, done, onProgress }: CopyServices,
): Promise<TransferResult> {
  const started = clock.now();
  const items = await direction.items();
  const there = await direction.compare(items);
  const sending = items.filter(({ target }, index) => isSent(target, there[index] ?? 'nothing', decisions));
  const unchanged = there.filter((state) => state === 'same').length;
  const size = sending.reduce((sum, item) => sum + item.size, 0);
  done.files = sending.length;
  let before = 0;
  for (const [index, item] of sending.entries()) {
    const tell = (fileBytes: number, now: boolean): void => {
      const bytes = before + fileBytes;
      const bytesPerSecond = (bytes / Math.max(clock.now() - started, 1)) * 1000;
      const { name, size: fileSize } = item;
      onProgress(
        { file: index + 1, files: sending.length, name, fileBytes, fileSize, bytes, size, bytesPerSecond },
        now,
      );
    };
    throwIfCancelled(cancel);
    done.unfinished = item.name;
    tell(0, true);
    await sendOne(direction, item, decisions, (bytes) => tell(bytes, false));
    tell(item.size, true);
    before += item.size;
    done.sent += 1;
    delete done.unfinished;
  }
  const milliseconds = Math.round(clock.now() - started);
  const skipped = items.length - sending.length - unchanged;
  return { sent: sending.length, unchanged, skipped, bytes: size, milliseconds };
}

async function sendOne(
  direction: TransferDirection,
  item: TransferItem,
  decisions: TransferDecisions,
  onProgress: (bytes: number) => void,
): Promise<void> {
  if (decisions.keepBoth.includes(item.target)) await direction.setAside(item);
  await direction.send(item, onProgress);
}

/** What differs is sent only when a person decided so. */
function isSent(target: string, there: TransferCheck['there'], { overwrite, keepBoth }: TransferDecisions): boolean {
  if (there === 'differs') return overwrite.includes(target) || keepBoth.includes(target);
  return there !== 'same';
}

function throttled<T>(clock: Clock, tell: (value: T) => void): (value: T, now: boolean) => void {
  let told = -Infinity;
  return (value, now) => {
    if (!now && clock.now() - told < PROGRESS_EVERY) return;
    told = clock.now();
    tell(value);
  };
}

/** The one side of a transfer that is a board. */
function boardOf({ from, to }: TransferRequest): BoardId {
  const place = to.on === 'board' ? to : from;
  if (place.on !== 'board' || from.on === to.on) throw new Error('A transfer is between this computer and a board.');
  return place.board;
}

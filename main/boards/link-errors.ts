/** Turns what the link raises into what a person is told: the one place where both vocabularies meet. */
import { AppError } from '../../runtime/contract/app-error';
import {
  BadAddress,
  BoardError,
  BoardFull,
  BoardOccupied,
  Cancelled,
  LinkLost,
  NoAnswer,
  NotMicroPython,
  PortUnavailable,
  RawRefused,
  RemoteFsError,
  VerifyFailed,
} from '../../runtime/link/errors';

/** What the person was doing, for the sentence. */
export interface LinkContext {
  /** What the board is called. */
  readonly board: string;
  /** Its address. */
  readonly port: string;
  /** Completes “… while …”: `reading the file list`. */
  readonly task: string;
  /** The file that is on its way to the board, if one is. */
  readonly uploading?: string;
}

/** Everything else passes unchanged. */
export function toAppError(error: unknown, { board, port, task, uploading }: LinkContext): unknown {
  if (error instanceof PortUnavailable) return portError(error);
  if (error instanceof BadAddress) return new AppError('address-bad', { address: error.address });
  if (error instanceof LinkLost) {
    return new AppError('link-lost', { board, ...(uploading === undefined ? {} : { uploading }) }, error.message);
  }
  if (error instanceof BoardOccupied) return new AppError('program-running', { board });
  if (error instanceof RawRefused) return new AppError('raw-refused', {}, received(error));
  if (error instanceof NoAnswer) return new AppError('board-silent', { port }, `${error.message} ${received(error)}`);
  if (error instanceof NotMicroPython) return new AppError('not-micropython', { port }, received(error));
  if (error instanceof Cancelled) return new AppError('cancelled', { sent: 0, files: 1 });
  if (error instanceof VerifyFailed) return new AppError('verify-failed', { file: nameOf(error.path) });
  if (error instanceof BoardFull) {
    const { path, needed, free } = error;
    const room = free === undefined ? {} : { needed, free };
    return new AppError('board-full', { volume: volumeOf(path), file: nameOf(path), ...room });
  }
  if (error instanceof RemoteFsError) return remoteFsError(error, task);
  if (error instanceof BoardError) return new AppError('board-error', { task, error: error.message }, error.traceback);
  return error;
}

function portError({ address: port, why, systemText, group, holder }: PortUnavailable): AppError {
  switch (why) {
    case 'denied':
      return new AppError('port-denied', { port, group: group ?? null }, systemText);
    case 'busy':
      return new AppError('port-busy', { port, ...holder }, systemText);
    case 'gone':
      return new AppError('port-gone', { port }, systemText);
    case 'unknown':
      return new AppError('app-fault', { task: `opening ${port}` }, systemText);
  }
}

function remoteFsError({ path, code, systemText }: RemoteFsError, task: string): AppError {
  const file = nameOf(path);
  switch (code) {
    case 'ENOENT':
      return new AppError('file-missing', { file, place: 'board' }, systemText);
    case 'EEXIST':
      return new AppError('name-taken', { folder: folderOf(path), name: file, kind: 'file' }, systemText);
    case 'ENOTDIR':
      return new AppError('folder-in-the-way', { name: nameOf(folderOf(path)) }, systemText);
    case 'ENOSPC':
      return new AppError('board-full', { volume: volumeOf(path), file }, systemText);
    case 'EROFS':
      return new AppError('board-read-only', { volume: volumeOf(path) }, systemText);
    default:
      return new AppError('board-error', { task, error: systemText }, `${path}: ${code}`);
  }
}

/** The last bytes of the link, for “Show details”. */
function received(error: { readonly received: Uint8Array }): string {
  return error.received.length === 0
    ? ''
    : `Last bytes: ${JSON.stringify(Buffer.from(error.received).toString('latin1'))}`;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/';
}

/** `/flash` of `/flash/lib/a.py`. */
function volumeOf(path: string): string {
  return /^\/[^/]+(?=\/)/.exec(path)?.[0] ?? '/';
}

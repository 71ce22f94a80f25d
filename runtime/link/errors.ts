/** What can go wrong between the app and a board: one class per thing a caller can do about it. */

import { Cancelled } from '../bytes/cancel';

export { Cancelled };

/** The common ancestor; `Cancelled` (stopped on request) stands beside it. */
export class LinkError extends Error {
  override readonly name: string = 'LinkError';
}

/** The port cannot be opened. What a person can do depends on `why`. */
export class PortUnavailable extends LinkError {
  override readonly name = 'PortUnavailable';
  /** The operating system's group that may open the port, on Linux, when `why` is `denied`. */
  readonly group: string | undefined;
  /** The program that holds the port, when `why` is `busy` and it is known. */
  readonly holder: { readonly program: string; readonly process: number } | undefined;

  constructor(
    readonly address: string,
    readonly why: 'busy' | 'denied' | 'gone' | 'unknown',
    readonly systemText: string,
    detail: { group?: string | undefined; holder?: PortUnavailable['holder'] } = {},
  ) {
    super(`${address} cannot be opened (${why}): ${systemText}`);
    this.group = detail.group;
    this.holder = detail.holder;
  }
}

/** The text is neither a port nor an address. */
export class BadAddress extends LinkError {
  override readonly name = 'BadAddress';

  constructor(readonly address: string) {
    super(`“${address}” is neither a port nor an address.`);
  }
}

/** The wire broke, or the transport was closed. Connect again; everything pending ended with this same error. */
export class LinkLost extends LinkError {
  override readonly name = 'LinkLost';

  constructor(
    readonly address: string,
    readonly reason?: Error,
  ) {
    super(`The connection to ${address} was lost${reason === undefined ? '.' : `: ${reason.message}`}`);
  }
}

/** Nothing, or not what was due, came within the time allowed. Stop or reset the board. */
export class NoAnswer extends LinkError {
  override readonly name = 'NoAnswer';

  constructor(
    /** What was waited for, in words: `the raw prompt`. */
    readonly awaited: string,
    /** The last bytes that did arrive, at most 40. */
    readonly received: Uint8Array = new Uint8Array(),
  ) {
    super(`The board did not give ${awaited} in time.`);
  }
}

/** Bytes come back, but not those of MicroPython. Another port, or other firmware. */
export class NotMicroPython extends LinkError {
  override readonly name = 'NotMicroPython';

  constructor(readonly received: Uint8Array = new Uint8Array()) {
    super('What answers is not MicroPython.');
  }
}

/** A program keeps running and the prompt does not come. Stop it, or start the board in safe mode. */
export class RawRefused extends LinkError {
  override readonly name = 'RawRefused';

  constructor(readonly received: Uint8Array = new Uint8Array()) {
    super('The board keeps running its program and does not give the prompt.');
  }
}

/** A program runs on the board and the caller did not allow stopping it. Nothing was sent. */
export class BoardOccupied extends LinkError {
  override readonly name = 'BoardOccupied';

  constructor() {
    super('The board is running a program.');
  }
}

/** Python code on the board ended with an exception. */
export class BoardError extends LinkError {
  override readonly name = 'BoardError';
  /** `ValueError`, `SyntaxError`, …; empty when the text has none. */
  readonly type: string;
  /** What stands behind the type and its colon. */
  readonly reason: string;

  constructor(
    /** The board's own text, lines ended by `\n`. */
    readonly traceback: string,
    /** What the code had printed before. */
    readonly output: string = '',
  ) {
    const lastLine = traceback.trimEnd().split('\n').at(-1) ?? '';
    super(lastLine);
    const match = /^([A-Za-z_][\w.]*)(?:: ?(.*))?$/.exec(lastLine);
    this.type = match?.[1] ?? '';
    this.reason = match?.[2] ?? '';
  }
}

/** A file operation was refused by the board's file system. */
export class RemoteFsError extends LinkError {
  override readonly name = 'RemoteFsError';

  constructor(
    readonly path: string,
    /** The errno's name: `ENOENT`, `EEXIST`, `EROFS`, …; `OSError` when the board gave none. */
    readonly code: string,
    /** What the board said. */
    readonly systemText: string,
  ) {
    super(`${path}: ${systemText}`);
  }
}

/** The board has no room. Nothing was changed. Sizes are in bytes; `free` is undefined when the board cannot tell. */
export class BoardFull extends LinkError {
  override readonly name = 'BoardFull';

  constructor(
    readonly path: string,
    readonly needed: number,
    readonly free: number | undefined,
  ) {
    super(`${path} needs ${String(needed)} bytes, ${free === undefined ? 'fewer' : String(free)} are free.`);
  }
}

/** What was written does not read back equal, twice. The old file is still in place. */
export class VerifyFailed extends LinkError {
  override readonly name = 'VerifyFailed';

  constructor(readonly path: string) {
    super(`${path} arrived damaged twice and was not put in place.`);
  }
}

/** Defines AppError: a failure as data, that is a code, what the sentence for that code has to name, and technical text for “Show details”. */

/** Every code with what its sentence names. A name here is a name in messages.ts. */
export interface ErrorDetails {
  'port-denied': { readonly port: string; readonly group: string | null };
  'port-busy': { readonly port: string; readonly program?: string; readonly process?: number };
  'port-gone': { readonly port: string };
  'not-micropython': { readonly port: string };
  'board-silent': { readonly port: string };
  'raw-refused': Record<never, never>;
  /** `board` is what the person knows it by. `uploading` is the file that was on its way. */
  'link-lost': { readonly board: string; readonly uploading?: string };
  'verify-failed': { readonly file: string };
  /** Bytes; `needed` is absent when the board did not say. */
  'board-full': { readonly volume: string; readonly file: string; readonly needed?: number; readonly free?: number };
  'board-read-only': { readonly volume: string };
  'drive-mounted': { readonly drive: string };
  /** `problem` says which sentence: a name cannot be empty, or cannot contain `character`. */
  'name-bad': { readonly name: string; readonly character?: string };
  'name-taken': { readonly folder: string; readonly name: string; readonly kind: 'file' | 'folder' };
  'file-missing': { readonly file: string; readonly place: 'computer' | 'board' };
  'folder-missing': { readonly folder: string; readonly place: 'computer' | 'board' };
  'folder-in-the-way': { readonly name: string };
  'folder-not-empty': { readonly folder: string };
  'disk-denied': { readonly name: string };
  'disk-full': { readonly file: string };
  /** `done` is missing for an upload. */
  cancelled: {
    readonly sent: number;
    readonly files: number;
    readonly unfinished?: string;
    readonly done?: 'downloaded';
  };
  'simulator-died': Record<never, never>;
  'app-gone': Record<never, never>;
  /** `task` completes “Something in Tether went wrong while …”. */
  'app-fault': { readonly task: string };
  'address-bad': { readonly address: string };
  'no-board': Record<never, never>;
  'not-connected': { readonly board: string };
  /** The board is busy with `task` (“uploading main.py”), and what was asked cannot wait. */
  'board-busy': { readonly board: string; readonly task: string };
  /** The board runs a program, so what was asked cannot be done now. `task` completes “so … now”. */
  'program-running': { readonly board: string };
  /** Python on the board raised; `error` is the last line of its traceback. */
  'board-error': { readonly task: string; readonly error: string };
}

export type ErrorCode = keyof ErrorDetails;

/** An error as it crosses processes. */
export type ErrorData = {
  [C in ErrorCode]: { readonly code: C; readonly detail: ErrorDetails[C]; readonly technical?: string };
}[ErrorCode];

/**
 * The one error class for what a person is told. Low layers may have their own;
 * whoever knows what the person was doing turns them into this.
 */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AppError';

  /** `technical` is for “Show details”: what the system said, the last bytes of the link. */
  constructor(
    readonly code: C,
    readonly detail: ErrorDetails[C],
    readonly technical?: string,
  ) {
    super(technical === undefined ? code : `${code}: ${technical}`);
  }

  /** True for an AppError of this code; narrows its detail. */
  static is<C extends ErrorCode>(error: unknown, code: C): error is AppError<C> {
    return error instanceof AppError && error.code === code;
  }

  toData(): ErrorData {
    const { code, detail, technical } = this;
    return (technical === undefined ? { code, detail } : { code, detail, technical }) as unknown as ErrorData;
  }

  static fromData(data: ErrorData): AppError {
    return new AppError(data.code, data.detail, data.technical);
  }

  /** What crosses to the window: an AppError as it is, anything else as an `app-fault` of `task`. */
  static toData(error: unknown, task: string): ErrorData {
    if (error instanceof AppError) return (error as AppError).toData();
    const technical = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { code: 'app-fault', detail: { task }, technical };
  }
}

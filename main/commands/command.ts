/** What a command of the command line is, and the two errors that end one with a sentence. */

/** A command's module exports `run`; it is loaded only when the command is called. */
export interface CommandModule {
  /** `args` are those behind the command's name. Resolves to the exit status. */
  run(args: readonly string[]): Promise<number>;
}

export interface CommandRow {
  /** What stands behind `tether NAME`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** More lines for `tether NAME --help`. */
  readonly details?: readonly string[];
  /** It writes its output by itself, and minds a reader that has seen enough. */
  readonly ownOutput?: boolean;
  readonly load: () => Promise<CommandModule>;
}

/** Exit statuses that scripts can tell apart. */
export const EXIT = {
  ok: 0,
  /** Python raised, or a file operation was refused. */
  failed: 1,
  /** There is no board, or it is lost, or does not answer. */
  noBoard: 2,
  /** The command was not understood. */
  usage: 64,
  /** Stopped by Ctrl-C. */
  stopped: 130,
} as const;

/** The command was not understood; `tether NAME --help` is pointed to. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Ends the command with this sentence and status. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    sentence: string,
    readonly status: number = EXIT.failed,
  ) {
    super(sentence);
  }
}

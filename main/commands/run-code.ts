/** Runs Python on the board with its output on standard output and its traceback on standard error. */

import type { BoardSession } from '../../runtime/link/board-session';
import { EXIT } from './command';
import { withSession } from './with-board';

export interface CodeOptions {
  /** What the status calls it. */
  readonly name: string;
  readonly freshBoard: boolean;
}

export async function runCode(port: string | undefined, code: string, options: CodeOptions): Promise<number> {
  return withSession(port, `running ${options.name}`, async (session) => {
    const toStdout = new PlainLines((text) => process.stdout.write(text));
    const toStderr = new PlainLines((text) => process.stderr.write(text));
    session.on('output', (chunk, source) => {
      if (source === 'program') toStdout.push(chunk);
      if (source === 'error') toStderr.push(chunk);
    });
    const ending = stopOnInterrupt(session);
    try {
      const { outcome } = await session.runScript(code, { ...options, interrupt: true });
      toStdout.end();
      if (outcome === 'stopped') return EXIT.stopped;
      return outcome === 'error' ? EXIT.failed : EXIT.ok;
    } finally {
      ending();
    }
  });
}

/** The first Ctrl-C stops the program on the board; one more, after that had no effect, lets go of the board. */
function stopOnInterrupt(session: BoardSession): () => void {
  let ignored = false;
  session.on('stopIgnored', () => {
    ignored = true;
    process.stderr.write('tether: The program does not react to Ctrl-C. Press it again to leave it running.\n');
  });
  const onInterrupt = (): void => {
    if (ignored) void session.close();
    else session.stop().catch(() => undefined);
  };
  process.on('SIGINT', onInterrupt);
  return () => process.off('SIGINT', onInterrupt);
}

/** A board ends lines with CR LF, which on a computer is LF. */
class PlainLines {
  #heldReturn = false;
  readonly #write: (bytes: Uint8Array) => void;

  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  push(chunk: Uint8Array): void {
    const bytes: number[] = [];
    for (const byte of chunk) {
      if (this.#heldReturn && byte !== 0x0a) bytes.push(0x0d);
      this.#heldReturn = byte === 0x0d;
      if (!this.#heldReturn) bytes.push(byte);
    }
    if (bytes.length > 0) this.#write(Uint8Array.from(bytes));
  }

  end(): void {
    if (this.#heldReturn) this.#write(Uint8Array.of(0x0d));
    this.#heldReturn = false;
  }
}

/** The friendly REPL: the prompt a person talks to. */
import { Utf8Decoder } from '../bytes/utf8';
import { needsMoreInput } from '../python/syntax/index';
import { CTRL_A, CTRL_B, CTRL_C, CTRL_D, CTRL_E, type Console } from './console';
import type { PyExec } from './pyexec';
import type { Readline } from './readline';

/** How the friendly REPL was left: to the raw one, or for a soft reset. */
export type FriendlyEnd = 'raw' | 'reset';

export class FriendlyRepl {
  constructor(
    private readonly console: Console,
    private readonly readline: Readline,
    private readonly exec: PyExec,
    /** First line of the banner. */
    private readonly banner: string,
    /** `sys.ps1` and `sys.ps2`, which a program may set. */
    private readonly prompts: () => readonly [string, string],
  ) {}

  serve(): FriendlyEnd {
    this.showBanner();
    for (;;) {
      const { text, end } = this.readline.read('', this.prompts()[0]);
      switch (end) {
        case CTRL_A:
          this.console.write('\r\n');
          return 'raw';
        case CTRL_B:
          this.console.write('\r\n');
          this.showBanner();
          continue;
        case CTRL_C:
          this.console.write('\r\n');
          continue;
        case CTRL_D:
          this.console.write('\r\n');
          return 'reset';
        case CTRL_E: {
          const pasted = this.paste();
          if (pasted !== null && this.exec.run(() => pasted, '<stdin>', 'exec') === 'exit') return 'reset';
          continue;
        }
        default:
      }
      if (text === '') continue;
      const statement = this.finish(text);
      if (statement !== null && this.exec.run(() => statement, '<stdin>', 'single') === 'exit') return 'reset';
    }
  }

  /** Reads on while the statement is not complete; null when it was given up. */
  private finish(first: string): string | null {
    let text = first;
    while (needsMoreInput(text)) {
      const next = this.readline.read(`${text}\n`, this.prompts()[1]);
      if (next.end === CTRL_C) {
        this.console.write('\r\n');
        return null;
      }
      text = next.text;
      if (next.end === CTRL_D) break;
    }
    return text;
  }

  /** Paste mode: everything up to Ctrl-D, echoed; null when Ctrl-C gave it up. */
  private paste(): string | null {
    const { console } = this;
    console.write('\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ');
    const bytes: number[] = [];
    for (;;) {
      const c = console.read();
      if (c === CTRL_C || c === CTRL_D) {
        console.write('\r\n');
        return c === CTRL_C ? null : decodePaste(bytes);
      }
      bytes.push(c);
      if (c === 13) console.write('\r\n=== ');
      else console.writeBytes(c);
    }
  }

  private showBanner(): void {
    this.console.write(`${this.banner}\r\nType "help()" for more information.\r\n`);
  }
}

function decodePaste(bytes: readonly number[]): string {
  const decoder = new Utf8Decoder();
  return decoder.decode(Uint8Array.from(bytes)) + decoder.flush();
}

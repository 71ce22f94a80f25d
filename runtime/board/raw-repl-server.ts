/** The raw REPL, as the board speaks it: whole programs in, output between 0x04 marks out; raw paste with a window. */
import { Utf8Decoder } from '../bytes/utf8';
import { exception } from '../python/objects/raise';
import { CTRL_A, CTRL_B, CTRL_C, CTRL_D, CTRL_E, type Console } from './console';
import type { PyExec } from './pyexec';

/** Half of the board's input buffer: how many bytes the client may send for each 0x01. */
const WINDOW = 128;

/** How the raw REPL was left: to the friendly one, or for a soft reset. */
export type RawEnd = 'friendly' | 'reset';

export class RawReplServer {
  constructor(
    private readonly console: Console,
    private readonly exec: PyExec,
  ) {}

  serve(): RawEnd {
    const { console } = this;
    for (;;) {
      console.write('raw REPL; CTRL-B to exit\r\n');
      const end = this.untilReset();
      if (end !== 'again') return end;
    }
  }

  /** Reads and runs programs until Ctrl-A asks for the banner again, or the raw REPL is left. */
  private untilReset(): RawEnd | 'again' {
    const { console } = this;
    for (;;) {
      console.write('>');
      const line: number[] = [];
      const end = this.readProgram(line);
      if (end === 'again' || end === 'friendly') return end;
      if (end === 'paste') {
        if (this.paste(line[1] as number) === 'exit') return 'reset';
        continue;
      }
      console.write('OK');
      if (line.length === 0) {
        console.write('\r\n');
        return 'reset';
      }
      if (this.exec.run(() => text(line), '<stdin>', 'exec', true) === 'exit') return 'reset';
    }
  }

  private readProgram(line: number[]): 'run' | 'again' | 'friendly' | 'paste' {
    for (;;) {
      const c = this.console.read();
      switch (c) {
        case CTRL_A:
          return line.length === 2 && line[0] === CTRL_E ? 'paste' : 'again';
        case CTRL_B:
          this.console.write('\r\n');
          return 'friendly';
        case CTRL_C:
          line.length = 0;
          break;
        case CTRL_D:
          return 'run';
        default:
          line.push(c);
      }
    }
  }

  private paste(command: number): 'ok' | 'exit' {
    const { console } = this;
    if (command !== 0x41) {
      console.writeBytes(0x52, 0);
      return 'ok';
    }
    console.writeBytes(0x52, 1);
    console.writeBytes(WINDOW & 0xff, WINDOW >> 8, 1);
    return this.exec.run(() => this.receive(), '<stdin>', 'exec', true) === 'exit' ? 'exit' : 'ok';
  }

  /** The pasted program; Ctrl-C instead of Ctrl-D raises KeyboardInterrupt. */
  private receive(): string {
    const { console } = this;
    const bytes: number[] = [];
    let left = WINDOW;
    for (;;) {
      const c = console.read();
      if (c === CTRL_C || c === CTRL_D) {
        console.writeBytes(4);
        if (c === CTRL_C) throw exception('KeyboardInterrupt');
        return text(bytes);
      }
      bytes.push(c);
      if (--left === 0) {
        console.writeBytes(1);
        left = WINDOW;
      }
    }
  }
}

function text(bytes: readonly number[]): string {
  const decoder = new Utf8Decoder();
  return decoder.decode(Uint8Array.from(bytes)) + decoder.flush();
}

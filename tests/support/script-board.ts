/** A simulated board on a ScriptHal, run from power on until the script is at its end. */
import { HardwareRegisters } from '../../runtime/board/hardware-registers';
import { BANNER } from '../../runtime/board/pyboard';
import { SimulatedBoard } from '../../runtime/board/simulated-board';
import { encodeUtf8 } from '../../runtime/bytes/utf8';
import { writeFile } from '../../runtime/vfs/filesystem';
import { MemoryFs } from '../../runtime/vfs/memory-fs';
import { ScriptHal } from './script-hal';

export const FULL_BANNER = `${BANNER}\r\nType "help()" for more information.\r\n`;

export class ScriptBoard {
  readonly hal = new ScriptHal();
  readonly files = new MemoryFs();
  private readonly memory = HardwareRegisters.allocate();
  readonly registers = new HardwareRegisters(this.memory);
  formatted = 0;

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) writeFile(this.files, `/${name}`, encodeUtf8(text));
  }

  /** Types a script, runs to its end, and gives all that the board said since the last call. */
  run(script = ''): string {
    const before = this.hal.output.length;
    this.hal.type(script);
    const board = new SimulatedBoard({
      hal: this.hal,
      registers: this.memory,
      flash: this.files,
      formatFlash: () => {
        this.formatted++;
        return this.files;
      },
    });
    board.run();
    return this.hal.output.slice(before);
  }
}

/** What a fresh board prints when a program runs there from the raw REPL, its errors included, with plain line ends. */
export function runOnBoard(program: string, board = new ScriptBoard()): string {
  const output = board.run(`\x01${program}\x04`);
  const start = output.indexOf('>OK');
  const [printed = '', error = ''] = output.slice(start + 3).split('\x04');
  return (printed + error).replaceAll('\r\n', '\n');
}

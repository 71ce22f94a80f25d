/** The simulated pyboard: boots, runs boot.py and main.py, serves the REPL, and starts again at each soft reset. */
import { createInterpreter } from '../python/python';
import { readSource, type Interpreter } from '../python/interpreter/interpreter';
import type { Hal } from '../python/interpreter/hal';
import type { Attributes, PyObject } from '../python/objects/object';
import type { FileSystem } from '../vfs/filesystem';
import { Vfs } from '../vfs/vfs';
import { bootMode, type BootMode } from './boot-mode';
import { completeLine } from './completer';
import { Console, ConsoleClosed } from './console';
import { FriendlyRepl } from './friendly-repl';
import { HardwareRegisters } from './hardware-registers';
import { Hardware } from './hardware/hardware';
import { editInput } from './line-input';
import { boardModules, boardFacts } from './modules/index';
import { BANNER, HELP } from './pyboard';
import { PyExec, type RunEnd } from './pyexec';
import { RawReplServer } from './raw-repl-server';
import { Readline } from './readline';

/** What the board needs of the machine it runs on, besides a Hal. */
export interface BoardHal extends Hal {
  /** The byte that interrupts a running program instead of being read; −1 for none. */
  setInterruptByte(byte: number): void;
  /** Has the board started anew, as the reset button does. Does not return. */
  reset(): never;
}

export interface BoardOptions {
  hal: BoardHal;
  /** The memory of its HardwareRegisters. */
  registers: SharedArrayBuffer;
  /** The file system of its flash. */
  flash: FileSystem;
  /** Makes the flash anew with the files of a fresh board, for whoever asks for it with USR at reset. */
  formatFlash?: () => FileSystem;
  /** The source of a module shipped with the board. */
  frozen?: (path: string) => string | undefined;
}

/** How often red and green take turns when boot.py or main.py ended in an exception. */
const BOOT_ERROR_BLINKS = 4;
const MAIN_ERROR_BLINKS = 3;

export class SimulatedBoard {
  readonly hardware: Hardware;
  private raw = false;
  private flash: FileSystem;
  private history: string[] = [];

  constructor(private readonly options: BoardOptions) {
    this.hardware = new Hardware(new HardwareRegisters(options.registers));
    this.flash = options.flash;
  }

  /** Runs until the console closes. A hard reset ends it from within, by the machine. */
  run(): void {
    try {
      this.hardware.powerOn();
      let mode = bootMode(this.options.hal, this.hardware.registers);
      if (mode === 'factory') this.flash = this.options.formatFlash?.() ?? this.flash;
      for (let soft = false; ; soft = true) {
        this.session(mode, soft);
        mode = 'normal';
      }
    } catch (e) {
      if (!(e instanceof ConsoleClosed)) throw e;
    }
  }

  /** From one soft reset to the next. */
  private session(mode: BootMode, soft: boolean): void {
    const { hal, frozen } = this.options;
    const { hardware } = this;
    const vfs = new Vfs();
    vfs.mount(this.flash, '/flash');
    vfs.chdir('/flash');
    const interpreter = createInterpreter({
      profile: 'board',
      hal,
      vfs,
      modules: boardModules(hardware, soft, () => hal.reset()),
      facts: boardFacts,
      helpText: HELP,
      path: ['', '.frozen', '/flash', '/flash/lib'],
      ...(frozen === undefined ? {} : { frozen }),
    });
    hardware.start(interpreter);
    interpreter.setInterruptByte = (byte) => {
      hal.setInterruptByte(byte);
    };
    const console = new Console(interpreter);
    const exec = new PyExec(interpreter, console);
    interpreter.enter(() => {
      const readline = new Readline(console, (line) => completeLine(interpreter, console, line), this.history);
      editInput(interpreter, readline);
      if (this.start(interpreter, exec, mode)) this.serve(interpreter, console, exec, readline);
      vfs.closeFiles();
      console.write('MPY: sync filesystems\r\n');
      vfs.sync();
      console.write('MPY: soft reboot\r\n');
    });
  }

  /** boot.py, then main.py unless the REPL is raw. False when one of them asked for a restart. */
  private start(interpreter: Interpreter, exec: PyExec, mode: BootMode): boolean {
    const { hardware } = this;
    const booted = mode === 'safe' ? 'error' : this.runFile(interpreter, exec, 'boot.py');
    if (booted === 'exit') return false;
    if (booted === 'error' && mode !== 'safe') hardware.blinkError(BOOT_ERROR_BLINKS);
    hardware.afterBoot();
    if (booted === 'error' || this.raw) return true;
    const ended = this.runFile(interpreter, exec, hardware.mainScript ?? 'main.py');
    if (ended === 'error') hardware.blinkError(MAIN_ERROR_BLINKS);
    return ended !== 'exit';
  }

  /** A file that is not there is as good as an empty one. */
  private runFile(interpreter: Interpreter, exec: PyExec, name: string): RunEnd {
    if (interpreter.vfs.importStat(name) !== 'file') return 'ok';
    return exec.run(() => readSource(interpreter.vfs, name), name, 'exec');
  }

  /** Serves friendly and raw REPL until a soft reset is asked for. */
  private serve(interpreter: Interpreter, console: Console, exec: PyExec, readline: Readline): void {
    const sys = interpreter.importer.load('sys') as unknown as Attributes;
    const prompt = (text: PyObject | undefined): string => (typeof text === 'string' ? text : '');
    const prompts = (): [string, string] => [prompt(sys.$ps1), prompt(sys.$ps2)];
    const friendly = new FriendlyRepl(console, readline, exec, BANNER, prompts);
    const rawServer = new RawReplServer(console, exec);
    for (;;) {
      this.hardware.registers.setMemoryUsed(memoryUsed(interpreter));
      const end = this.raw ? rawServer.serve() : friendly.serve();
      if (end === 'reset') break;
      this.raw = end === 'raw';
    }
  }
}

/** Bytes of the heap in use, as the board's own program would be told. */
function memoryUsed(interpreter: Interpreter): number {
  const gc = interpreter.importer.load('gc') as unknown as Attributes;
  return Number(interpreter.call(gc.$mem_alloc as PyObject));
}

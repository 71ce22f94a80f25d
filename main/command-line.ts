/** The commands of `tether`: one table, from a name to the command. Each command is loaded only when it is called. */

import type { CommandModule, CommandRow } from './commands/command';

const PORT_HELP =
  'PORT is a device (/dev/ttyACM0, COM3), socket://HOST:PORT, or sim. Without -p: the one board on a cable, else the simulated one.';
const PATH_HELP = 'A path on the board begins with a colon: :main.py, :/flash/lib.';

const COMMANDS: Readonly<Record<string, CommandRow>> = {
  ports: {
    usage: '[--json]',
    summary: 'List the boards and serial ports of this computer.',
    load: () => import('./commands/ports'),
  },
  repl: {
    usage: '[-p PORT]',
    summary: 'Talk to the board; Ctrl-] or Ctrl-X leaves.',
    details: ['A program that runs on the board is not stopped.', PORT_HELP],
    load: () => import('./commands/repl'),
  },
  log: {
    usage: '[-p PORT]',
    summary: 'Print what the board says, line by line with the time; Ctrl-C leaves.',
    details: ['Nothing is sent to the board.', PORT_HELP],
    load: () => import('./commands/log'),
  },
  exec: {
    usage: '[-p PORT] CODE',
    summary: 'Run Python on the board.',
    details: ['Names stay known on the board until it is reset. A program that runs is stopped.', PORT_HELP],
    load: () => import('./commands/exec'),
  },
  eval: {
    usage: '[-p PORT] EXPRESSION',
    summary: 'Print the value of a Python expression on the board.',
    details: ['A program that runs is stopped.', PORT_HELP],
    load: () => import('./commands/eval'),
  },
  run: {
    usage: '[-p PORT] [--no-reset] FILE',
    summary: 'Run a file of this computer on the board; - is the standard input.',
    details: ['The board is soft reset before, unless --no-reset is given. Ctrl-C stops the program.', PORT_HELP],
    load: () => import('./commands/run'),
  },
  ls: {
    usage: '[-p PORT] [:PATH…]',
    summary: 'List files on the board with their sizes.',
    details: [PATH_HELP, PORT_HELP],
    load: () => import('./commands/ls'),
  },
  cat: {
    usage: '[-p PORT] :PATH…',
    summary: 'Print files of the board as they are.',
    details: [PATH_HELP, PORT_HELP],
    load: () => import('./commands/cat'),
  },
  cp: {
    usage: '[-p PORT] [-r] SOURCE… TARGET',
    summary: 'Copy files to the board, from it, or on it; -r takes folders.',
    details: ['Each file is checked after it has arrived; until then the old one stays.', PATH_HELP, PORT_HELP],
    load: () => import('./commands/cp'),
  },
  mv: {
    usage: '[-p PORT] :FROM :TO',
    summary: 'Rename or move a file or folder on the board.',
    details: ['Nothing is replaced.', PATH_HELP, PORT_HELP],
    load: () => import('./commands/mv'),
  },
  rm: {
    usage: '[-p PORT] [-r] :PATH…',
    summary: 'Delete files on the board; -r takes folders with all they hold.',
    details: [PATH_HELP, PORT_HELP],
    load: () => import('./commands/rm'),
  },
  mkdir: {
    usage: '[-p PORT] :PATH…',
    summary: 'Make folders on the board.',
    details: [PATH_HELP, PORT_HELP],
    load: () => import('./commands/mkdir'),
  },
  df: {
    usage: '[-p PORT]',
    summary: 'Show the free space of the board.',
    details: [PORT_HELP],
    load: () => import('./commands/df'),
  },
  reset: {
    usage: '[-p PORT] [--soft]',
    summary: 'Restart the board; with --soft only Python.',
    details: [PORT_HELP],
    load: () => import('./commands/reset'),
  },
  python: {
    usage: '[-X strict | --board] [-i] [-v]… [-O[N]] [-c CODE | -m MODULE | FILE | -] [ARGS…]',
    summary: 'Run Python on this computer, with its files; without arguments a prompt.',
    details: [
      '-X strict accepts exactly what MicroPython accepts; without it, also the rest of Python 3.11.',
      '--board runs it as a pyboard does: its floats, modules, messages and limits.',
      '-i shows a prompt when it has ended. -O leaves assertions out, -O3 line numbers too. -X compile-only runs nothing.',
      '-v tells of the memory at the end; twice it also lists the bytecode that MicroPython makes of each source.',
      '-X heapsize=N[k|m|g] limits its memory, which is 512 MB without. -X emit=… and the variables MICROPYPATH and MICROPYINSPECT are understood as MicroPython does.',
      '--check [--board] FILE… only compiles: one line for each mistake, status 1 if there is any.',
    ],
    ownOutput: true,
    load: () => import('./commands/python'),
  },
  compile: {
    usage: '[-O LEVEL] [-o OUT] [-s NAME] FILE…',
    summary: 'Compile Python to .mpy files, which boards import without compiling.',
    details: [
      'Each FILE.py becomes FILE.mpy beside it, or OUT. Boards with MicroPython 1.19 or newer take it: it is what mpy-cross makes.',
      'From -O 1 on assertions are left out, at -O 3 line numbers too. Tracebacks show NAME, or FILE as it is given.',
    ],
    load: () => import('./commands/compile'),
  },
  sim: {
    usage: '--tcp [HOST:]PORT [--flash FILE | --no-keep]',
    summary: 'Serve a simulated board to other tools.',
    details: [
      'Without HOST only to this computer. Its files are those of the app’s simulated board, or those in FILE, or none.',
    ],
    load: () => import('./commands/sim'),
  },
};

/** What `tether` and `tether --web` open. */
const APP = {
  usage: '[--web [--port N]]',
  summary: 'Open the app; with --web in the browser.',
  load: () => import('./commands/web'),
} satisfies CommandRow;

/** Does what the arguments say; resolves to the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  // -p may also stand before the command's name.
  const [first, second, third, ...rest] = args;
  if (first === '-p' && second !== undefined && third !== undefined) return main([third, first, second, ...rest]);
  if (first === undefined || (first === '--web' && second !== '--help')) return runCommand('--web', APP, args);
  if (first === '--web') return help(undefined);
  if (first === '--help' || first === '-h' || first === 'help') return help(second);
  if (first === '--version') return version();
  const row = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (row === undefined) return unknown(first);
  // Behind the code or the file of `python` everything belongs to the program.
  const helpAt = args.findIndex((arg) => arg === '--help' || arg === '-h');
  if (helpAt === 1 || (helpAt > 1 && first !== 'python')) return help(first);
  return runCommand(first, row, args.slice(1));
}

/** A reader that has seen enough, as in `tether ls | head -1`, is no failure. */
function allowClosedOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

async function runCommand(name: string, row: CommandRow, args: readonly string[]): Promise<number> {
  let command: CommandModule | undefined;
  if (row.ownOutput !== true) allowClosedOutput();
  try {
    command = await row.load();
    const status = await command.run(args);
    // What it wrote is out: to take the program apart piece by piece would only take time.
    if (row.ownOutput === true) process.exit(status);
    return status;
  } catch (error) {
    const { reportError } = await import('./commands/report-error');
    return reportError(name, error);
  }
}

function help(name: string | undefined): number {
  allowClosedOutput();
  const row = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name !== undefined && row === undefined) return unknown(name);
  const lines =
    name !== undefined && row !== undefined
      ? [`Usage: tether ${name} ${row.usage}`, '', row.summary, ...(row.details ?? [])]
      : [
          `Usage: tether ${APP.usage}`,
          '       tether COMMAND [ARGUMENTS]',
          '',
          'Drives MicroPython boards.',
          '',
          ...Object.entries(COMMANDS).map(([command, { summary }]) => `  ${command.padEnd(8)} ${summary}`),
          '',
          'tether COMMAND --help tells more.',
        ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function unknown(name: string): number {
  process.stderr.write(`tether: There is no command ‘${name}’. tether --help lists them.\n`);
  return 64;
}

async function version(): Promise<number> {
  const { readAppVersion } = await import('./commands/version');
  process.stdout.write(`tether ${await readAppVersion()}\n`);
  return 0;
}

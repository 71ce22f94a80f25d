/** The micropython module. */
import { STACK_AT_START, STACK_PER_CALL, STACK_SIZE, type Interpreter } from '../interpreter/interpreter';
import { PENDING_INTERRUPT } from '../interpreter/hal';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { raise } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { BLOCK } from './gc';
import { lockHeap, unlockHeap } from './heap-lock';
import { ringIOType } from './ring-io';

/** How many callbacks `schedule` holds at once. */
const SCHEDULE_DEPTH = { host: 4, board: 8 } as const;

/** What a fresh interpreter has taken of its C stack, and of how much. */
const STACK = { host: [688, 80000], board: [STACK_AT_START, STACK_SIZE] } as const;

/** What MicroPython on a computer counts besides: bytes ever allocated, those of now, and the most at one time. */
const COUNTED = { total: 19129, current: 4027, peak: 14610 } as const;

/** Blocks in a line of the heap's map, and the address of the first. */
const MAP_WIDTH = 64;
const MAP_START = 0x2000_1b70;

const identity = (x: PyObject): PyObject => x;

export function createMicropython(interpreter: Interpreter): PyModule {
  const { profile } = interpreter;
  const [stackAtStart, stackSize] = STACK[profile];
  /** Calls are counted on a board only. */
  const stackUsed = (): number => stackAtStart + STACK_PER_CALL * interpreter.calls.depth;

  function micropython_opt_level(level?: PyObject): PyObject {
    if (level === undefined) return interpreter.optimisation;
    interpreter.optimisation = machineInt(level) & 0xff;
    return None;
  }

  function micropython_mem_info(verbose?: PyObject): PyObject {
    const { total, used } = interpreter.heap;
    const free = Math.floor((total - used) / BLOCK[profile]);
    const { total: ever, current, peak } = COUNTED;
    if (profile === 'host') interpreter.write(`mem: total=${ever}, current=${current}, peak=${peak}\n`);
    interpreter.write(`stack: ${stackUsed()} out of ${stackSize}\n`);
    interpreter.write(`GC: total: ${total}, used: ${used}, free: ${total - used}\n`);
    interpreter.write(` No. of 1-blocks: 78, 2-blocks: 3, max blk sz: 24, max free sz: ${free}\n`);
    if (verbose !== undefined) interpreter.write(heapMap(used / BLOCK[profile], free));
    return None;
  }

  /** The interned strings are taken to be the names at the top of the program. */
  function micropython_qstr_info(verbose?: PyObject): PyObject {
    const names = Object.keys(interpreter.main).filter((key) => key.startsWith('$') && !key.startsWith('$__'));
    const bytes = names.reduce((sum, name) => sum + name.length, 0);
    interpreter.write(
      `qstr pool: n_pool=1, n_qstr=${names.length}, n_str_data_bytes=${bytes}, n_total_bytes=${bytes + 288}\n`,
    );
    if (verbose !== undefined) for (const name of names) interpreter.write(`Q(${name.slice(1)})\n`);
    return None;
  }

  function micropython_schedule(fn: PyObject, arg: PyObject): PyObject {
    if (fn === interruptRow && profile === 'board') Atomics.or(interpreter.hal.pending, 0, PENDING_INTERRUPT);
    else if (interpreter.scheduled.length >= SCHEDULE_DEPTH[profile]) raise('RuntimeError', 'schedule queue full');
    else interpreter.schedule(fn, arg);
    return None;
  }

  const rows: ModuleRow[] = [
    ['const(value, /)', identity],
    ['opt_level(level=None, /)', micropython_opt_level],
    ['heap_lock()', () => (lockHeap(), None)],
    ['heap_unlock()', unlockHeap],
    ['stack_use()', stackUsed],
    ['qstr_info(verbose=None, /)', micropython_qstr_info],
    ['mem_info(verbose=None, /)', micropython_mem_info],
    ['kbd_intr(code, /)', (code: PyObject) => (interpreter.setInterruptByte(machineInt(code)), None)],
    ['schedule(function, arg, /)', micropython_schedule],
    ['alloc_emergency_exception_buf(size, /)', (size: PyObject) => (machineInt(size), None)],
    ['RingIO', ringIOType, 'value'],
    ...(profile === 'host' ? hostRows : []),
  ];
  const module = defineModule('micropython', rows);
  const interruptRow = (module as unknown as Record<string, PyObject>).$kbd_intr;
  return module;
}

/** What only a computer's build counts. */
const hostRows: readonly ModuleRow[] = [
  ['mem_total()', () => COUNTED.total],
  ['mem_current()', () => COUNTED.current],
  ['mem_peak()', () => COUNTED.peak],
];

/** The heap's map: a character for each block, `=` a used one and `.` a free one; lines that are all free are counted. */
function heapMap(used: number, free: number): string {
  let text = `GC memory layout; from ${MAP_START.toString(16)}:`;
  const lines = Math.ceil(used / MAP_WIDTH);
  for (let line = 0; line < lines; line++) {
    const first = line * MAP_WIDTH;
    text += `\n${first.toString(16).padStart(8, '0')}: `;
    text += '='.repeat(Math.min(MAP_WIDTH, used - first)).padEnd(MAP_WIDTH, '.');
  }
  const empty = Math.floor((used + free - lines * MAP_WIDTH) / MAP_WIDTH);
  return `${text}\n       (${empty} lines all free)\n`;
}

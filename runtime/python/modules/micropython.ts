/** The micropython module. */
import type { Interpreter } from '../interpreter/interpreter';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { raise } from '../objects/raise';

/** How many callbacks `schedule` holds at once. */
const SCHEDULE_DEPTH = 8;

const identity = (x: PyObject): PyObject => x;

export function createMicropython(interpreter: Interpreter): PyModule {
  let optLevel = 0;
  let locked = 0;
  const rows: ModuleRow[] = [
    ['const(value, /)', identity],
    [
      'opt_level(level=None, /)',
      (level?: PyObject) => {
        if (level === undefined) return optLevel;
        optLevel = typeof level === 'number' ? level : 0;
        return None;
      },
    ],
    ['heap_lock()', () => (locked++, None)],
    ['heap_unlock()', () => (locked = Math.max(0, locked - 1))],
    ['stack_use()', () => 816],
    ['qstr_info(verbose=None, /)', () => None],
    [
      'mem_info(verbose=None, /)',
      () => {
        interpreter.write('mem: total=2072832, current=4736, peak=4736\n');
        return None;
      },
    ],
    [
      'kbd_intr(code, /)',
      (code: PyObject) => (interpreter.setInterruptByte(typeof code === 'number' ? code : -1), None),
    ],
    [
      'schedule(function, arg, /)',
      (fn: PyObject, arg: PyObject) => {
        if (interpreter.scheduled.length >= SCHEDULE_DEPTH) raise('RuntimeError', 'schedule queue full');
        interpreter.schedule(fn, arg);
        return None;
      },
    ],
    ['alloc_emergency_exception_buf(size, /)', () => None],
  ];
  return defineModule('micropython', rows);
}

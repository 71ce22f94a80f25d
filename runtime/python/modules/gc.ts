/** The gc module. JavaScript collects by itself; the figures come from a simple model of the heap. */
import type { Interpreter } from '../interpreter/interpreter';
import { defineModule, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { machineInt } from '../objects/slice';

/** The heap of a pyboard v1.1, as `gc` reports it, and of MicroPython on a computer. */
export const HEAP = { board: 103168, host: 2072832 } as const;
/** The threshold counts blocks of the heap: four words each. */
export const BLOCK = { board: 16, host: 32 } as const;
/** What a fresh interpreter holds. */
export const HEAP_IN_USE = { board: 2640, host: 4736 } as const;

export function createGc(interpreter: Interpreter): PyModule {
  const total = HEAP[interpreter.profile];
  const used = HEAP_IN_USE[interpreter.profile];
  let enabled = true;
  let threshold = -1;
  return defineModule('gc', [
    ['collect()', () => (interpreter.profile === 'board' ? None : 0)],
    [
      'enable()',
      () => {
        enabled = true;
        return None;
      },
    ],
    [
      'disable()',
      () => {
        enabled = false;
        return None;
      },
    ],
    ['isenabled()', () => enabled],
    ['mem_alloc()', () => used],
    ['mem_free()', () => total - used],
    [
      'threshold(amount=None, /)',
      (amount?: PyObject) => {
        if (amount === undefined) return threshold;
        const wanted = machineInt(amount);
        threshold = wanted < 0 ? -1 : wanted - (wanted % BLOCK[interpreter.profile]);
        return None;
      },
    ],
  ]);
}

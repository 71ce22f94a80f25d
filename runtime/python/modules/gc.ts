/** The gc module. JavaScript collects by itself; the figures are those of the interpreter's heap, see board-heap.ts. */
import type { Interpreter } from '../interpreter/interpreter';
import { defineModule, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { machineInt } from '../objects/slice';

/** The threshold counts blocks of the heap: four words each. */
export const BLOCK = { board: 16, host: 32 } as const;

export function createGc(interpreter: Interpreter): PyModule {
  const { heap, profile } = interpreter;
  let enabled = true;
  let threshold = -1;
  return defineModule('gc', [
    [
      'collect()',
      () => {
        interpreter.collect();
        heap.collect();
        return profile === 'board' ? None : 0;
      },
    ],
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
    ['mem_alloc()', () => heap.used],
    ['mem_free()', () => heap.total - heap.used],
    [
      'threshold(amount=None, /)',
      (amount?: PyObject) => {
        if (amount === undefined) return threshold;
        const wanted = machineInt(amount);
        threshold = wanted < 0 ? -1 : wanted - (wanted % BLOCK[profile]);
        return None;
      },
    ],
  ]);
}

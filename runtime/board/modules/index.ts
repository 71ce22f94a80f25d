/** The modules that a pyboard has beyond those of every interpreter, and what `sys` says of it. */
import type { ModuleTable } from '../../python/interpreter/import';
import type { SystemFacts } from '../../python/interpreter/interpreter';
import type { Hardware } from '../hardware/hardware';
import { BUILD, MACHINE, SYSTEM } from '../pyboard';
import { createMachine } from './machine';
import { createNetwork } from './network';
import { createBoardOs } from './os';
import { createPinClass, type PinClass } from './pin';
import { createPyb } from './pyb';
import { createSocket } from './socket';

export const boardFacts: SystemFacts = {
  platform: SYSTEM,
  machine: MACHINE,
  build: 'PYBV11',
  mpy: 7942,
  maxsize: 2147483647,
  version: `MicroPython ${BUILD}`,
};

/** Those of one session; `soft` when it began with a soft reset. `reset` is the reset button. */
export function boardModules(hardware: Hardware, soft: boolean, reset: () => never): ModuleTable {
  let made: PinClass | undefined;
  // One for both: `pyb.Pin is machine.Pin`.
  const pins = (): PinClass => (made ??= createPinClass(hardware));
  return {
    // A pyboard has none of these.
    cryptolib: undefined,
    string: undefined,
    network: createNetwork,
    socket: createSocket,
    machine: () => createMachine(hardware, pins(), soft, reset),
    os: createBoardOs,
    pyb: () => createPyb(hardware, pins(), reset),
  };
}

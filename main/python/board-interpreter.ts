/** The interpreter of `tether python --board`: a pyboard without a prompt, on this computer's files and streams. */
import { HardwareRegisters } from '../../runtime/board/hardware-registers';
import { Hardware } from '../../runtime/board/hardware/hardware';
import { boardFacts, boardModules } from '../../runtime/board/modules/index';
import { HELP } from '../../runtime/board/pyboard';
import type { Interpreter } from '../../runtime/python/interpreter/interpreter';
import { createInterpreter } from '../../runtime/python/python';
import type { HostHal } from './host-hal';
import type { CommonOptions } from './run-script';

/** There is no board that would start anew: the process ends, as `machine.reset()` ends the program. */
function reset(hal: HostHal): never {
  hal.flush();
  process.exit(0);
}

export function createBoardInterpreter(options: CommonOptions, hal: HostHal): Interpreter {
  const hardware = new Hardware(new HardwareRegisters(HardwareRegisters.allocate()));
  hardware.powerOn();
  const interpreter = createInterpreter({
    ...options,
    profile: 'board',
    hal,
    modules: boardModules(hardware, false, () => reset(hal)),
    facts: boardFacts,
    helpText: HELP,
    cookedOutput: false,
  });
  hardware.start(interpreter);
  return interpreter;
}

/** A BBC micro:bit with its real firmware, emulated by QEMU, on a pseudo-terminal. */

import { type ChildProcess, spawn } from 'node:child_process';
import { microbitFirmware } from '../../main/dev/components.mjs';

export interface EmulatedMicrobit {
  /** The pseudo-terminal's path. */
  readonly port: string;
  /** Ends the emulator, which to us is the cable being pulled. */
  unplug(): Promise<void>;
}

export async function startMicrobit(): Promise<EmulatedMicrobit> {
  const firmware = microbitFirmware();
  if (firmware === undefined) throw new Error('The firmware of the micro:bit is missing.');
  const machine = ['-M', 'microbit', '-nographic', '-monitor', 'none', '-serial', 'pty'];
  const emulator = spawn('qemu-system-arm', [...machine, '-device', `loader,file=${firmware}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const port = await portOf(emulator);
  return {
    port,
    unplug: () =>
      new Promise((resolve) => {
        if (emulator.exitCode !== null || emulator.signalCode !== null) {
          resolve();
          return;
        }
        emulator.once('exit', () => {
          resolve();
        });
        emulator.kill('SIGKILL');
      }),
  };
}

function portOf(emulator: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const port = /redirected to (\S+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    };
    emulator.stdout?.on('data', listen);
    emulator.stderr?.on('data', listen);
    emulator.once('error', reject);
    emulator.once('exit', () => {
      reject(new Error(`QEMU ended: ${said}`));
    });
  });
}

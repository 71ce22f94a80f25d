/** `tether python` at a terminal: the prompt runs in a thread, so that Ctrl-C reaches a program that computes. */
import { SimulatorTransport } from '../boards/simulator-transport';
import { builtPath } from '../resources';
import { allocatePromptStatus, promptStatus, STILL_OPEN } from './prompt-status';

const FAILED = 1;

/** Talks until the prompt is left; the exit status. */
export async function interact(): Promise<number> {
  const registers = allocatePromptStatus();
  const prompt = new SimulatorTransport({ program: builtPath('main', 'prompt-worker.cjs'), flash: null, registers });
  const { stdin, stdout } = process;
  const left = new Promise<Error | undefined>((resolve) => prompt.onClose(resolve));
  prompt.onData((chunk) => {
    // A program that prints faster than the terminal shows has to wait, and Ctrl-C then stops it at once.
    if (!stdout.write(chunk)) prompt.hold(true);
  });
  stdout.on('drain', () => {
    prompt.hold(false);
  });
  await prompt.open();
  stdin.setRawMode(true);
  stdin.on('data', (chunk: Buffer) => void prompt.write(chunk).catch(() => undefined));
  stdin.on('end', () => void prompt.close());
  const reason = await left;
  stdin.setRawMode(false);
  stdin.pause();
  const status = promptStatus(registers)[0] ?? STILL_OPEN;
  if (status !== STILL_OPEN) return status;
  if (reason === undefined) return 0;
  process.stderr.write(`tether python: The prompt broke off: ${reason.stack ?? reason.message}\n`);
  return FAILED;
}

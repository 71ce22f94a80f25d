/** `tether python` at a terminal: the prompt runs in a thread, so that Ctrl-C reaches a program that computes. */
import { SimulatorTransport } from '../boards/simulator-transport';
import { builtPath } from '../resources';
import type { ScriptRequest } from './run-script';
import { allocatePromptStatus, promptStatus, STILL_OPEN } from './prompt-status';

const FAILED = 1;

/** The key Ctrl-D. */
const END = 4;
const LINE_FEED = 10;
const RETURN = 13;

/** The end of a pasted line is the key Enter. */
const asKey = (byte: number): number => (byte === LINE_FEED ? RETURN : byte);

/** Talks until the prompt is left; the exit status. */
export async function interact(request: ScriptRequest): Promise<number> {
  const registers = allocatePromptStatus();
  const program = builtPath('main', 'prompt-worker.cjs');
  const prompt = new SimulatorTransport({ program, flash: null, registers, task: request });
  const { stdin, stdout } = process;
  const left = new Promise<Error | undefined>((resolve) => prompt.onClose(resolve));
  prompt.onData((chunk) => {
    // A program that prints faster than the terminal shows has to wait, and Ctrl-C then stops it at once.
    if (!stdout.write(chunk)) prompt.hold(true);
  });
  stdout.on('drain', () => {
    prompt.hold(false);
  });
  // Raw before the first word is said: what is typed then is not shown twice.
  const setRaw = (raw: boolean): void => {
    if (stdin.isTTY) stdin.setRawMode(raw);
  };
  setRaw(true);
  await prompt.open();
  stdin.on('data', (chunk: Buffer) => void prompt.write(chunk.map(asKey)).catch(() => undefined));
  stdin.on('end', () => {
    // A terminal is gone then; a pipe ends as a person does, also where a program reads.
    if (stdin.isTTY) void prompt.close();
    else void prompt.write(Uint8Array.of(END, END)).catch(() => undefined);
  });
  const reason = await left;
  setRaw(false);
  stdin.pause();
  const status = promptStatus(registers)[0] ?? STILL_OPEN;
  if (status !== STILL_OPEN) return status;
  if (reason === undefined) return 0;
  process.stderr.write(`tether python: The prompt broke off: ${reason.stack ?? reason.message}\n`);
  return FAILED;
}

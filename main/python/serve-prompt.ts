/** Shows a prompt where a program has ended that asked for one. */
import { isatty, ReadStream } from 'node:tty';
import type { Interpreter } from '../../runtime/python/interpreter/interpreter';
import type { PyObject } from '../../runtime/python/objects/object';
import { Prompt } from './prompt';

const STANDARD_INPUT = 0;

/** Talks until the prompt is left; gives what SystemExit was raised with. */
export function servePrompt(interpreter: Interpreter): PyObject {
  const prompt = new Prompt(interpreter);
  const terminal = isatty(STANDARD_INPUT) ? new ReadStream(STANDARD_INPUT) : undefined;
  // Ctrl-C is a key while a line is edited, and a signal while a program runs.
  interpreter.setInterruptByte = (byte) => {
    terminal?.setRawMode(byte < 0);
  };
  prompt.console.setProgramRuns(false);
  const exitValue = prompt.serve();
  terminal?.setRawMode(false);
  terminal?.destroy();
  return exitValue;
}

/** How `input()` reads where a line editor is: with its keys and its history. */
import type { Interpreter } from '../python/interpreter/interpreter';
import { CTRL_C, CTRL_D } from './console';
import type { Readline } from './readline';

export function editInput(interpreter: Interpreter, readline: Readline): void {
  interpreter.readInputLine = (prompt) => {
    interpreter.write(prompt);
    const { text, end } = readline.read('', '');
    if (end === CTRL_C) interpreter.interrupt();
    return text === '' && end === CTRL_D ? null : text;
  };
}

/** Defines OutputFilter: tells what a program printed from what the board's prompt, its echo and its tracebacks wrote. */

export type LineKind = 'output' | 'prompt' | 'traceback' | 'board';

/** A line and who wrote it. `text` is the part to be parsed, empty unless the kind is `output`. */
export interface FilteredLine {
  readonly kind: LineKind;
  readonly text: string;
}

const PASTE_MODE = 'paste mode; Ctrl-C to cancel';

/** Lines with which MicroPython speaks of itself. */
const BOARD_TEXTS = ['MPY: ', 'MicroPython v', 'Type "help()"', 'raw REPL; CTRL-B to exit', PASTE_MODE, 'FATAL ERROR:'];

const PROMPT = '>>> ';
const CONTINUED = '...';
const PASTED = '=== ';
const TRACEBACK = 'Traceback (most recent call last):';

const PROMPT_LINE: FilteredLine = { kind: 'prompt', text: '' };
const TRACEBACK_LINE: FilteredLine = { kind: 'traceback', text: '' };
const BOARD_LINE: FilteredLine = { kind: 'board', text: '' };

/**
 * Looks at a board's stream line by line. A prompt and what is typed behind it are one line, since the board echoes on the line
 * of its prompt; continuation lines (`... `) and pasted lines (`=== `) count only behind one another, so that a program may print
 * such signs. A traceback reaches to its first line that is not indented.
 */
export class OutputFilter {
  #state: 'output' | 'typed' | 'traceback' = 'output';

  /** `line` is without its line end. */
  next(line: string): FilteredLine {
    if (this.#state === 'traceback' && !line.startsWith(PROMPT)) {
      if (!line.startsWith(' ')) this.#state = 'output';
      return TRACEBACK_LINE;
    }
    const prompt = line.endsWith('>>>') ? line.length - 3 : line.indexOf(PROMPT);
    if (prompt >= 0) {
      this.#state = 'typed';
      // A program that ended without a line end leaves its last words in front of the prompt.
      return prompt === 0 ? PROMPT_LINE : { kind: 'output', text: line.slice(0, prompt) };
    }
    if (this.#state === 'typed' && (line.startsWith(CONTINUED) || line.startsWith(PASTED))) return PROMPT_LINE;
    if (line === TRACEBACK) {
      this.#state = 'traceback';
      return TRACEBACK_LINE;
    }
    this.#state = line.startsWith(PASTE_MODE) ? 'typed' : 'output';
    return BOARD_TEXTS.some((text) => line.startsWith(text)) ? BOARD_LINE : { kind: 'output', text: line };
  }

  reset(): void {
    this.#state = 'output';
  }
}

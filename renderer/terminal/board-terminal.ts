// Defines the terminal of one board: its xterm, what goes into it at most once a frame, and what a person's keys become.
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Terminal, type ITheme } from '@xterm/xterm';
import { type Board } from '../state/board.svelte';
import { GarbageWatch } from './garbage-watch';
import { OutputLog } from './output-log';
import { placeOf, type Place } from '../state/traceback';

/** Output is drawn at most so often; a person sees no difference, and a flood costs less. */
const drawEveryMs = 16;
/** A lone Esc is held back so long, so that the board never sees half of "Esc, then Tab". */
const escapeMs = 500;
const scrollback = 10_000;

/** What a terminal needs of the window around it. */
export interface TerminalHost {
  /** What was typed or pasted, ready to be sent. */
  send(bytes: Uint8Array): void;
  /** The bytes are on the screen. */
  shown(bytes: number): void;
  /** What is kept of the output has changed without anything to acknowledge. */
  changed(): void;
  /** A place named in a traceback was asked for. */
  open(place: Place): void;
  /** What arrives does not look like text. */
  garbage(): void;
  leave(backwards: boolean): void;
}

export class BoardTerminal {
  readonly xterm: Terminal;
  readonly search = new SearchAddon();
  readonly log = new OutputLog();
  /** Lives on when another board's terminal is shown. */
  readonly element = document.createElement('div');
  #fit = new FitAddon();
  #host: TerminalHost;
  #garbage = new GarbageWatch();
  #chunks: Uint8Array[] = [];
  #drawTimer: ReturnType<typeof setTimeout> | undefined;
  #escapeTimer: ReturnType<typeof setTimeout> | undefined;
  #dividers = new Set<string>();
  #opened = false;

  constructor(board: Board, host: TerminalHost) {
    this.#host = host;
    this.element.className = 'xterm-host';
    this.xterm = new Terminal({
      scrollback,
      minimumContrastRatio: 4.5,
      cursorBlink: false,
      allowProposedApi: true,
      // A board ends its lines with CR LF; a lone LF of a program still starts a line.
      convertEol: true,
      scrollOnUserInput: true,
      macOptionIsMeta: false,
    });
    this.xterm.loadAddon(this.#fit);
    this.xterm.loadAddon(this.search);
    this.xterm.attachCustomKeyEventHandler((event) => this.#onKey(event));
    const encoder = new TextEncoder();
    this.xterm.onData((text) => host.send(encoder.encode(text)));
    this.xterm.onBinary((text) => host.send(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
    this.#registerLinks();
    board.onOutput(({ bytes }) => this.write(bytes));
    board.onRecent((recent) => this.replace(recent));
  }

  /** Puts the terminal into a pane; it keeps all it holds. */
  attach(parent: HTMLElement): void {
    parent.replaceChildren(this.element);
    if (!this.#opened) {
      this.#opened = true;
      this.xterm.open(this.element);
      this.xterm.textarea?.setAttribute('data-pane-focus', '');
    }
    this.fit();
  }

  fit(): void {
    if (this.#opened && this.element.clientWidth > 0 && this.element.clientHeight > 0) this.#fit.fit();
  }

  write(bytes: Uint8Array): void {
    this.log.push(bytes);
    if (this.#garbage.push(bytes)) this.#host.garbage();
    this.#chunks.push(bytes);
    this.#drawTimer ??= setTimeout(() => this.#draw(), drawEveryMs);
  }

  /** Shows what the board sent before it was shown here, in place of anything else. */
  replace(recent: Uint8Array): void {
    this.#draw();
    this.xterm.reset();
    this.log.clear();
    this.log.push(recent);
    this.xterm.write(recent);
    this.#host.changed();
  }

  #draw(): void {
    clearTimeout(this.#drawTimer);
    this.#drawTimer = undefined;
    const chunks = this.#chunks;
    this.#chunks = [];
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (length === 0) return;
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.xterm.write(bytes, () => this.#host.shown(length));
  }

  /** A line of the app's own above the line of the prompt. It is neither saved nor copied. */
  divide(words: string): void {
    this.#draw();
    const text = `── ${words}, ${new Date().toTimeString().slice(0, 8)} ──`;
    this.#dividers.add(text);
    // The buffer is looked at only when all that was written is in it.
    this.xterm.write('', () => {
      const column = this.xterm.buffer.active.cursorX + 1;
      // One line down and up makes room below; then a line is put in above the one with the cursor.
      this.xterm.write(`\n\x1b[A\r\x1b[L\x1b[2m${text}\x1b[0m\r\x1b[B\x1b[${column}G`);
    });
  }

  clear(): void {
    this.#draw();
    this.xterm.clear();
    this.log.clear();
  }

  /** The selection without the app's own lines. */
  get selection(): string {
    return this.xterm
      .getSelection()
      .split('\n')
      .filter((line) => !this.#dividers.has(line.trim()))
      .join('\n');
  }

  /** The last lines that hold anything, for reading aloud. */
  lastLines(count: number): string[] {
    const { active } = this.xterm.buffer;
    const lines: string[] = [];
    for (let at = active.length - 1; at >= 0 && lines.length < count; at -= 1) {
      const line = active.getLine(at)?.translateToString(true) ?? '';
      if (line !== '' && !this.#dividers.has(line)) lines.unshift(line);
    }
    return lines;
  }

  setLook(theme: ITheme, fontSize: number, fontFamily: string, screenReader: boolean): void {
    this.xterm.options.theme = theme;
    this.xterm.options.fontSize = fontSize;
    this.xterm.options.fontFamily = fontFamily;
    this.xterm.options.lineHeight = 1.2;
    this.xterm.options.screenReaderMode = screenReader;
    this.fit();
  }

  /** False keeps the key from xterm. */
  #onKey(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    const pendingEscape = this.#escapeTimer !== undefined;
    if (event.key === 'Escape' && !pendingEscape && !event.ctrlKey && !event.altKey && !event.metaKey) {
      this.#escapeTimer = setTimeout(() => this.#sendEscape(), escapeMs);
      event.preventDefault();
      return false;
    }
    if (!pendingEscape || event.key === 'Shift') return true;
    if (event.key === 'Tab') {
      clearTimeout(this.#escapeTimer);
      this.#escapeTimer = undefined;
      event.preventDefault();
      this.#host.leave(event.shiftKey);
      return false;
    }
    this.#sendEscape();
    return true;
  }

  #sendEscape(): void {
    clearTimeout(this.#escapeTimer);
    this.#escapeTimer = undefined;
    this.#host.send(Uint8Array.of(0x1b));
  }

  #registerLinks(): void {
    this.xterm.registerLinkProvider({
      provideLinks: (row, callback) => {
        const text = this.xterm.buffer.active.getLine(row - 1)?.translateToString(true) ?? '';
        const place = placeOf(text);
        if (!place) {
          callback(undefined);
          return;
        }
        const start = text.search(/\S/) + 1;
        const range = { start: { x: start, y: row }, end: { x: text.length, y: row } };
        const activate = (event: MouseEvent): void => {
          if (event.ctrlKey || event.metaKey) this.#host.open(place);
        };
        callback([{ range, text, activate }]);
      },
    });
  }
}

// Defines the living side of the command table: which function is behind each id, and whether it can be used now.
import { SvelteMap } from 'svelte/reactivity';
import {
  commandRows,
  type CommandId,
  type CommandKey,
  type CommandRow,
  type Condition,
  type Focus,
} from '../../runtime/contract/commands';
import { type AppInfo } from '../../runtime/contract/types';

export interface CommandBinding {
  run: () => void | Promise<void>;
  /** For switches: whether it is on now. */
  isOn?: () => boolean;
  /** A condition of its own: why the command cannot be used now, or null. */
  reason?: () => string | null;
}

/** Why a command is disabled when a condition does not hold (or, with `!`, when it holds). */
const reasons: { readonly [name in Condition | `!${Condition}`]?: string } = {
  tab: 'Open a file first.',
  twoTabs: 'Only one file is open.',
  tabClosed: 'No tab was closed.',
  lost: 'The connection stands.',
  running: 'Nothing is running.',
  '!transfer': 'A transfer is running.',
  transfer: 'No transfer is running.',
  sim: 'The target is not the simulated board.',
  '!sim': 'The simulated board is the target already.',
  folder: 'Open a folder first.',
  text: 'Open a file first.',
  tree: 'Choose a file first.',
  selection: 'Choose a file first.',
  computerSelection: 'Choose something in the computer’s files first.',
  boardSelection: 'Choose something in the board’s files first.',
  problems: 'No problems were found.',
  traceback: 'The last output is not a traceback.',
  output: 'The terminal is empty.',
  plotData: 'Nothing was plotted yet.',
};

export class CommandRegistry {
  /** The name that stands for `{target}`. */
  targetName: () => string = () => 'board';
  /** What is said when no board is connected. */
  noBoardReason: () => string = () => 'No board is connected.';
  #bindings = new SvelteMap<CommandId, CommandBinding>();
  #conditions = new SvelteMap<Condition, () => boolean>();
  #info: AppInfo;
  recent = $state.raw<readonly CommandId[]>([]);

  constructor(info: AppInfo) {
    this.#info = info;
    this.condition('desktop', () => info.host === 'desktop');
  }

  get mac(): boolean {
    return this.#info.platform === 'mac';
  }

  /** Puts a function behind a command; the returned function takes it away. */
  handle(id: CommandId, binding: CommandBinding | (() => void | Promise<void>)): () => void {
    const own = typeof binding === 'function' ? { run: binding } : binding;
    this.#bindings.set(id, own);
    return () => {
      if (this.#bindings.get(id) === own) this.#bindings.delete(id);
    };
  }

  /** Puts a predicate behind a condition's name. */
  condition(name: Condition, holds: () => boolean): () => void {
    this.#conditions.set(name, holds);
    return () => {
      if (this.#conditions.get(name) === holds) this.#conditions.delete(name);
    };
  }

  holds(name: Condition): boolean {
    return this.#conditions.get(name)?.() ?? false;
  }

  /** Whether anything is behind the command here. Those without are shown nowhere; a browser has its own way to quit and zoom. */
  exists(id: CommandId): boolean {
    return this.#bindings.has(id) && !(row(id).when?.includes('desktop') === true && this.#info.host !== 'desktop');
  }

  /** Why the command cannot be used now, as a sentence; null when it can. */
  reason(id: CommandId): string | null {
    const binding = this.#bindings.get(id);
    if (!binding) return 'This is not here yet.';
    for (const name of row(id).when ?? []) {
      const negated = name.startsWith('!');
      const condition = (negated ? name.slice(1) : name) as Condition;
      if (this.holds(condition) !== negated) continue;
      if (condition === 'board') return this.noBoardReason();
      if (id === 'run.run' && condition === 'tab') return 'Open a file to run it.';
      return reasons[name] ?? 'This cannot be used now.';
    }
    return binding.reason?.() ?? null;
  }

  isOn(id: CommandId): boolean {
    return this.#bindings.get(id)?.isOn?.() ?? false;
  }

  title(id: CommandId): string {
    return row(id).title.replace('{target}', this.targetName());
  }

  /** Runs it if it can be used now; says whether it did. */
  run(id: CommandId): boolean {
    if (this.reason(id) !== null) return false;
    if (id !== 'view.palette') this.recent = [id, ...this.recent.filter((other) => other !== id)].slice(0, 5);
    void this.#bindings.get(id)?.run();
    return true;
  }

  /** The keys of a command on this system, as they are shown: "Ctrl+Shift+O", "⇧⌘O"; with `focus`, those that count there. */
  keyTexts(id: CommandId, focus?: Focus): string[] {
    return this.#keys(row(id))
      .filter(({ key }) => focus === undefined || !key.focus || key.focus.includes(focus))
      .map(({ text }) => (this.mac ? macText(text) : text));
  }

  keyText(id: CommandId, focus?: Focus): string {
    return this.keyTexts(id, focus)[0] ?? '';
  }

  /**
   * What a key press means with the focus there: a command that can be used now, or, when every command of this key is
   * disabled, the reason of the first; null when the key is none of the app's. `native` keys are left to what has the focus.
   */
  forKey(key: string, focus: Focus | null): { id: CommandId; reason: string | null } | null {
    let disabled: { id: CommandId; reason: string | null } | null = null;
    for (const { id, ...command } of commandRows) {
      if (!this.exists(id)) continue;
      for (const { key: bound, text } of this.#keys(command)) {
        if (text !== key || bound.native === true) continue;
        if (bound.focus && (focus === null || !bound.focus.includes(focus))) continue;
        const reason = this.reason(id);
        if (reason === null) return { id, reason };
        disabled ??= { id, reason };
      }
    }
    return disabled;
  }

  #keys(command: Pick<CommandRow, 'keys'>): { key: CommandKey; text: string }[] {
    return (command.keys ?? []).flatMap((key: CommandKey) => {
      const text = this.mac ? key.mac : key.pc;
      if (text === undefined || (key.desktopOnly === true && this.#info.host !== 'desktop')) return [];
      return [{ key, text }];
    });
  }
}

const byId = new Map(commandRows.map((entry) => [entry.id, entry]));

export function row(id: CommandId): CommandRow {
  const found = byId.get(id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}

const macSigns: Record<string, string> = { Cmd: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃', Backspace: '⌫' };
const macOrder = ['Ctrl', 'Alt', 'Shift', 'Cmd'];

function macText(text: string): string {
  const parts = text.split('+');
  const key = parts.pop() ?? '';
  const modifiers = macOrder.filter((name) => parts.includes(name)).map((name) => macSigns[name] ?? name);
  return modifiers.join('') + (macSigns[key] ?? key);
}

/** A key press in the writing of the table: letters by what they mean, digits by where they are. */
export function keyName(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey) parts.push('Ctrl');
  if (event.metaKey) parts.push('Cmd');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey) parts.push('Shift');
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  let key = digit ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  if (key === ' ') key = 'Space';
  // With Option held a Mac types another letter, and with Shift another bracket.
  if (event.altKey && /^Key[A-Z]$/.test(event.code)) key = event.code.slice(3);
  if (event.code === 'BracketLeft') key = '[';
  if (event.code === 'BracketRight') key = ']';
  return [...parts, key].join('+');
}

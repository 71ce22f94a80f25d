// Defines the menu that is open over the window, if any: made of commands, at a point or under a button.
import { commandRows, type CommandId, type Context, type Focus } from '../../runtime/contract/commands';

export interface MenuEntry {
  command: CommandId;
  /** Another text than the command's title. */
  title?: string;
  separated?: boolean;
}

export interface OpenMenu {
  label: string;
  entries: readonly MenuEntry[];
  /** Only keys that count there are shown beside the titles. */
  focus?: Focus;
  x: number;
  y: number;
  /** Gets the focus back. */
  opener: HTMLElement | null;
}

const focusOf: { readonly [context in Context]?: Focus } = {
  editor: 'text',
  terminal: 'term',
  computerTree: 'computerTree',
  boardTree: 'boardTree',
};

export class Menus {
  open = $state.raw<OpenMenu | null>(null);

  show(label: string, entries: readonly MenuEntry[], at: MouseEvent | HTMLElement, focus?: Focus): void {
    const where = focus === undefined ? {} : { focus };
    const opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    if (at instanceof HTMLElement) {
      const { left, bottom } = at.getBoundingClientRect();
      this.open = { label, entries, x: left, y: bottom, opener: at, ...where };
    } else {
      this.open = { label, entries, x: at.clientX, y: at.clientY, opener, ...where };
    }
  }

  /** The context menu of a thing: every command that names it. */
  showContext(context: Context, label: string, at: MouseEvent | HTMLElement): void {
    const rows = commandRows.filter((row) => row.context?.includes(context));
    this.show(
      label,
      rows.map((row) => ({ command: row.id, separated: row.separated === true })),
      at,
      focusOf[context],
    );
  }

  close(): void {
    const opener = this.open?.opener;
    this.open = null;
    opener?.focus();
  }
}

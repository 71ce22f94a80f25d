// Defines where the panes are: which are open, how big, and what fits the window. Remembered apart for simulated and
// real targets and for each width of window, because the board panel is the point of one and noise in the other.
import { tick } from 'svelte';
import { type Json } from '../../runtime/contract/types';
import { type SettingsState } from './settings.svelte';

/** From 1180 px three columns fit, from 760 px one side column; below, one pane at a time. */
export type WidthMode = 'wide' | 'narrow' | 'single';
export type PanelTab = 'terminal' | 'plotter' | 'problems';
export type PaneName =
  'top' | 'computerFiles' | 'boardFiles' | 'editor' | 'terminal' | 'plotter' | 'problems' | 'board' | 'status';
export type SinglePane = 'editor' | 'terminal' | 'plotter' | 'files' | 'board';

export interface Sizes {
  filesOpen: boolean;
  filesWidth: number;
  /** The computer's share of the Files column, 0 to 1. */
  treeSplit: number;
  panelOpen: boolean;
  panelHeight: number;
  panelTab: PanelTab;
  sideBySide: boolean;
  /** The terminal's share when side by side, 0 to 1. */
  panelSplit: number;
  rightOpen: boolean;
  rightWidth: number;
}

export const limits = {
  filesWidth: { min: 200, max: 480, usual: 260 },
  rightWidth: { min: 280, max: 480, usual: 320 },
  panelHeight: { min: 120, usual: 260 },
  editorWidth: 360,
  editorHeight: 160,
  sideBySideWidth: 720,
} as const;

function usualSizes(kind: 'sim' | 'real', mode: WidthMode): Sizes {
  return {
    filesOpen: mode === 'wide' || (mode === 'narrow' && kind === 'real'),
    filesWidth: limits.filesWidth.usual,
    treeSplit: 0.5,
    panelOpen: true,
    panelHeight: mode === 'wide' ? limits.panelHeight.usual : 200,
    panelTab: 'terminal',
    sideBySide: kind === 'real',
    panelSplit: 0.5,
    rightOpen: kind === 'sim' && mode !== 'single',
    rightWidth: limits.rightWidth.usual,
  };
}

export class Layout {
  width = $state(window.innerWidth);
  height = $state(window.innerHeight);
  /** Which of the two remembered layouts is shown; it follows the target. */
  kind = $state<'sim' | 'real'>('sim');
  /** The pane that is shown when only one fits. */
  single = $state<SinglePane>('editor');
  #sizes = $state<Record<string, Sizes>>({});
  #settings: SettingsState;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: SettingsState) {
    this.#settings = settings;
    for (const kind of ['sim', 'real'] as const) {
      for (const mode of ['wide', 'narrow', 'single'] as const) {
        const kept = settings.remembered(`panes.${kind}.${mode}`);
        this.#sizes[`${kind}.${mode}`] = { ...usualSizes(kind, mode), ...(isRecord(kept) ? kept : {}) };
      }
    }
    window.addEventListener('resize', () => {
      this.width = window.innerWidth;
      this.height = window.innerHeight;
    });
  }

  get mode(): WidthMode {
    if (this.width >= 1180) return 'wide';
    return this.width >= 760 ? 'narrow' : 'single';
  }

  get sizes(): Sizes {
    return this.#sizes[`${this.kind}.${this.mode}`] ?? usualSizes(this.kind, this.mode);
  }

  get filesShown(): boolean {
    return this.mode === 'single' ? this.single === 'files' : this.sizes.filesOpen;
  }
  get rightShown(): boolean {
    return this.mode === 'single' ? this.single === 'board' : this.sizes.rightOpen;
  }

  /** What the panel is wide, with the columns that are open. */
  get panelWidth(): number {
    if (this.mode === 'single') return this.width;
    const { filesOpen, filesWidth, rightOpen, rightWidth } = this.sizes;
    return this.width - (filesOpen ? filesWidth : 0) - (rightOpen ? rightWidth : 0);
  }
  get sideBySideFits(): boolean {
    return this.panelWidth >= limits.sideBySideWidth;
  }
  get sideBySide(): boolean {
    return this.mode !== 'single' && this.sizes.sideBySide && this.sideBySideFits;
  }

  change(changes: Partial<Sizes>): void {
    Object.assign(this.sizes, changes);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), 500);
  }

  toggleFiles(open = !this.sizes.filesOpen): void {
    if (this.mode === 'single') this.single = open ? 'files' : 'editor';
    else this.change(open && this.mode === 'narrow' ? { filesOpen: true, rightOpen: false } : { filesOpen: open });
  }
  toggleRight(open = !this.sizes.rightOpen): void {
    if (this.mode === 'single') this.single = open ? 'board' : 'editor';
    else this.change(open && this.mode === 'narrow' ? { rightOpen: true, filesOpen: false } : { rightOpen: open });
  }
  togglePanel(open = !this.sizes.panelOpen): void {
    if (this.mode === 'single') this.single = open ? 'terminal' : 'editor';
    else this.change({ panelOpen: open });
  }

  reset(): void {
    for (const kind of ['sim', 'real'] as const) {
      for (const mode of ['wide', 'narrow', 'single'] as const) {
        this.#sizes[`${kind}.${mode}`] = usualSizes(kind, mode);
      }
    }
    this.#keep();
  }

  /** Opens the pane if it is closed and moves the focus into it. */
  async show(pane: PaneName): Promise<void> {
    if (pane === 'computerFiles' || pane === 'boardFiles') this.toggleFiles(true);
    else if (pane === 'board') this.toggleRight(true);
    else if (pane === 'editor' && this.mode === 'single') this.single = 'editor';
    else if (pane === 'terminal' || pane === 'plotter' || pane === 'problems') {
      if (this.mode === 'single') this.single = pane === 'plotter' ? 'plotter' : 'terminal';
      this.change({ panelOpen: true, panelTab: pane });
    }
    await tick();
    focusPane(document.querySelector(`[data-pane="${pane}"]`));
  }

  /** Moves the focus to the next open pane, in the order of the document; `step` is 1 or −1. */
  step(step: 1 | -1): void {
    const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
      (pane) => pane.offsetParent !== null,
    );
    if (panes.length === 0) return;
    const at = panes.findIndex((pane) => pane.contains(document.activeElement));
    const start = at === -1 && step === -1 ? 0 : at;
    focusPane(panes[(start + step + panes.length) % panes.length] ?? null);
  }

  #keep(): void {
    const kept: Record<string, Json> = {};
    for (const [key, sizes] of Object.entries(this.#sizes)) kept[`panes.${key}`] = { ...sizes };
    this.#settings.change({ layout: { ...this.#settings.values.layout, ...kept } });
  }
}

/** A pane's `[data-pane-focus]` element takes the focus, else its first control, else the pane itself. */
export function focusPane(pane: Element | null): void {
  if (!pane) return;
  const first = (selector: string): HTMLElement | undefined =>
    [...pane.querySelectorAll<HTMLElement>(selector)].find((element) => element.offsetParent !== null);
  const inside = first('[data-pane-focus]') ?? first('button:not([tabindex="-1"]), [tabindex="0"], input, select');
  (inside ?? (pane as HTMLElement)).focus();
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

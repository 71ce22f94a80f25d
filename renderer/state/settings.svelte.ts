// Defines the settings as the window sees them: read once, changed through the host, which keeps them.
import { type Json, type Settings } from '../../runtime/contract/types';
import { type Api } from '../api';

export class SettingsState {
  values: Settings = $state.raw() as Settings;
  #api: Api;
  /** What the system prefers; it counts while the theme is "system". */
  #systemDark = $state(false);

  constructor(api: Api, values: Settings) {
    this.#api = api;
    this.values = values;
    api.on('settings:changed', (changed) => (this.values = changed));
    const preference = window.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = preference.matches;
    preference.addEventListener('change', () => (this.#systemDark = preference.matches));
  }

  /** The theme that is shown. */
  get theme(): 'light' | 'dark' {
    if (this.values.theme !== 'system') return this.values.theme;
    return this.#systemDark ? 'dark' : 'light';
  }

  /** Changes what is given, at once here and soon on the disk. */
  change(changes: Partial<Settings>): void {
    this.values = { ...this.values, ...changes };
    void this.#api.call('settings:change', changes).catch(() => undefined);
  }

  /** The window's own small memory: pane sizes, open folders of a tree, and the like. */
  remembered(key: string): Json | undefined {
    return this.values.layout[key];
  }

  remember(key: string, value: Json): void {
    this.change({ layout: { ...this.values.layout, [key]: value } });
  }
}

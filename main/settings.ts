/** Defines SettingsStore: what a person has chosen, kept in one JSON file, each value checked against its kind when it is read. */
import type { Json, RememberedBoard, Settings } from '../runtime/contract/types';
import { JsonFile } from './files/json-file';

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  fontSize: 13,
  screenReader: false,
  showHiddenFiles: false,
  freshRun: true,
  stopWithoutAsking: false,
  target: null,
  folder: null,
  recentFolders: [],
  boards: {},
  layout: {},
};

type Check<T> = (value: unknown) => value is T;

const isBoolean: Check<boolean> = (value) => typeof value === 'boolean';
const isText: Check<string> = (value) => typeof value === 'string';
const isTextOrNull: Check<string | null> = (value) => value === null || typeof value === 'string';

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRememberedBoard(value: unknown): value is RememberedBoard {
  return isRecord(value) && ['name', 'letter', 'address', 'description'].every((key) => isText(value[key]));
}

/** One check per setting: what does not pass is replaced by its default, alone. */
const CHECKS: { readonly [K in keyof Settings]: Check<Settings[K]> } = {
  theme: (value) => value === 'system' || value === 'light' || value === 'dark',
  fontSize: (value): value is number => typeof value === 'number' && value >= 10 && value <= 32,
  screenReader: isBoolean,
  showHiddenFiles: isBoolean,
  freshRun: isBoolean,
  stopWithoutAsking: isBoolean,
  target: isTextOrNull,
  folder: isTextOrNull,
  recentFolders: (value): value is readonly string[] => Array.isArray(value) && value.every(isText),
  boards: (value): value is Settings['boards'] => isRecord(value) && Object.values(value).every(isRememberedBoard),
  // It came out of a JSON file or out of a page, so it is JSON.
  layout: (value): value is { readonly [key: string]: Json } => isRecord(value),
};

export class SettingsStore {
  readonly #file: JsonFile;
  readonly #listeners = new Set<(settings: Settings) => void>();
  #settings: Settings = DEFAULT_SETTINGS;

  constructor(path: string) {
    this.#file = new JsonFile(path);
  }

  /** Reads the file. A missing or damaged one gives the defaults. */
  async load(): Promise<void> {
    const stored = await this.#file.read();
    this.#settings = checked(isRecord(stored) ? stored : {}, DEFAULT_SETTINGS);
  }

  get current(): Settings {
    return this.#settings;
  }

  onChange(listener: (settings: Settings) => void): void {
    this.#listeners.add(listener);
  }

  /** Takes over the values that pass their check, tells the listeners, and resolves when they are on the disk. */
  async change(changes: Partial<Settings>): Promise<Settings> {
    this.#settings = checked({ ...this.#settings, ...changes }, this.#settings);
    for (const listener of this.#listeners) listener(this.#settings);
    const settings = this.#settings;
    await this.#file.write(settings);
    return settings;
  }

  /** Resolves when every change so far is on the disk. */
  saved(): Promise<void> {
    return this.#file.saved();
  }
}

function checked(values: { readonly [key: string]: unknown }, otherwise: Settings): Settings {
  const entries = Object.entries(CHECKS).map(([key, check]) => {
    const value = values[key];
    return [key, check(value) ? value : otherwise[key as keyof Settings]];
  });
  return Object.fromEntries(entries) as Settings;
}

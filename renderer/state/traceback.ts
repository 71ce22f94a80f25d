// Defines what is read out of a traceback: the places it names, and the one problem it stands for.
import { type Problem, type Tab } from './workspace.svelte';

export interface Place {
  file: string;
  /** From 1. */
  line: number;
}

const placeLine = /^\s*File "([^"]+)", line (\d+)/;

/** The place that a line of a traceback names, if it is one. */
export function placeOf(line: string): Place | null {
  const match = placeLine.exec(line);
  return match ? { file: match[1] ?? '', line: Number(match[2]) } : null;
}

/** The innermost place of a traceback with its last line as the message. `ran` is the tab whose text was run. */
export function problemsOfTraceback(traceback: string, ran: Tab, tabs: readonly Tab[]): Problem[] {
  const lines = traceback.split(/\r?\n/).filter((line) => line.trim() !== '');
  const place = lines.flatMap((line) => placeOf(line) ?? []).at(-1);
  const message = lines.at(-1)?.trim();
  if (!place || message === undefined) return [];
  const tab = tabOfPlace(place, ran, tabs);
  return [{ file: tab?.name ?? place.file, tab, line: place.line, column: 1, message, from: 'traceback' }];
}

/** The open tab that a traceback means: what was run goes by the name of standard input on a board. */
export function tabOfPlace(place: Place, ran: Tab | null, tabs: readonly Tab[]): Tab | null {
  if (place.file === '<stdin>' || place.file === '<string>') return ran;
  const name = place.file.split('/').pop() ?? place.file;
  if (ran?.name === name) return ran;
  return (
    tabs.find((tab) => tab.place.on === 'board' && (tab.path === place.file || tab.path === `/flash/${place.file}`)) ??
    tabs.find((tab) => tab.name === name) ??
    null
  );
}

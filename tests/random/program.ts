/** One random Python program for each seed: a subject, and statements on it. */
import { Random } from './random';
import { Script } from './script';
import { subjects } from './subjects/index';

export interface Program {
  readonly seed: number;
  readonly subject: string;
  readonly source: string;
}

/** The program of a seed; of a given subject, the same seed makes another one. */
export function program(seed: number, subject?: string): Program {
  const r = new Random(Math.imul(seed, 0x9e3779b1));
  const chosen = subject ?? r.pick(Object.keys(subjects));
  const write = subjects[chosen];
  if (write === undefined) throw new Error(`There is no subject ${chosen}. Known: ${Object.keys(subjects).join(' ')}.`);
  const script = new Script(r);
  write(script);
  return { seed, subject: chosen, source: script.text };
}

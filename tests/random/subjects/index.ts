/** The subjects of random programs, by name. */
import type { Script } from '../script';
import { classes } from './classes';
import { containers } from './containers';
import { flow } from './flow';
import { formats } from './formats';
import { functions } from './functions';
import { generators } from './generators';
import { numbers } from './numbers';
import { sequences } from './sequences';
import { slices } from './slices';
import { texts } from './texts';

export const subjects: Readonly<Record<string, (s: Script) => void>> = {
  numbers, texts, formats, slices, containers, sequences, functions, flow, generators, classes,
}; // prettier-ignore

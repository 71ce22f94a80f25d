/** The arguments of a command: options by name, and the rest. */

import { parseArgs } from 'node:util';
import { UsageError } from './command';

export interface Options {
  readonly port: string | undefined;
  /** The flags that were given, by their long names. */
  readonly flags: ReadonlySet<string>;
  readonly rest: readonly string[];
}

/** `flags` maps each long name to its letter, or to nothing. Raises `UsageError` unless there are `least` to `most` other arguments. */
export function parseOptions(
  args: readonly string[],
  flags: Readonly<Record<string, string | undefined>>,
  { least = 0, most = Infinity }: { readonly least?: number; readonly most?: number },
): Options {
  const named = Object.entries(flags).map(([name, short]) => [
    name,
    short === undefined ? { type: 'boolean' } : { type: 'boolean', short },
  ]) as [string, { type: 'boolean' }][];
  const { values, positionals } = parse(args, { port: { type: 'string', short: 'p' }, ...Object.fromEntries(named) });
  if (positionals.length < least) throw new UsageError('Something is missing.');
  if (positionals.length > most) throw new UsageError(`‘${positionals[most] ?? ''}’ is too much.`);
  const { port, ...given } = values;
  return {
    port: typeof port === 'string' ? port : undefined,
    flags: new Set(Object.keys(given)),
    rest: positionals,
  };
}

type OptionTable = Record<string, { type: 'string' | 'boolean'; short?: string }>;

function parse(args: readonly string[], options: OptionTable): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's own words for a wrong option are good ones; only the first sentence is about what was typed.
    throw new UsageError((error as Error).message.split('. ')[0] ?? '');
  }
}

/** `:lib/a.py` without its colon; undefined for a path on this computer. */
export function boardPath(argument: string): string | undefined {
  return argument.startsWith(':') ? argument.slice(1) : undefined;
}

/** The board path of a command that knows no other, where the colon may be left out, and a slash at the end means nothing. */
export function onBoard(argument: string): string {
  return withoutEndSlash(boardPath(argument) ?? argument);
}

/** `lib/` is `lib`, which not every board's file system knows; `/` stays. */
export function withoutEndSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}

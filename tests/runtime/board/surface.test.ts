/** What `dir()` finds in the board's modules and types: all that a pyboard has, as surface.txt lists it, and nothing else. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runOnBoard } from '../../support/script-board';

/** Names that every module or type has. */
const COMMON = new Set(['__class__', '__name__', '__dict__', '__bases__']);

/** What a pyboard has and the simulated one does not have yet. */
const NOT_YET = new Set([
  '_asyncio.Task', '_asyncio.TaskQueue', '_asyncio.TaskQueue.peek', '_asyncio.TaskQueue.pop', '_asyncio.TaskQueue.push',
  '_asyncio.TaskQueue.remove',
  'os.dupterm',
]); // prettier-ignore

/** Documented for some boards, and absent from a stock pyboard. */
const ABSENT = [
  '_thread', 'bluetooth', 'btree', 'cryptolib', 'gzip', 'marshal', 'neopixel', 'openamp', 'ssl', 'string', 'tls',
  'weakref', 'zlib', 'termios', 'websocket', 'esp', 'rp2',
]; // prettier-ignore

/** The lists of surface.txt: the names of each module and type. */
function readSurface(): Map<string, string[]> {
  const text = readFileSync(new URL('./surface.txt', import.meta.url), 'utf8');
  const lists = new Map<string, string[]>();
  for (const line of text
    .slice(text.indexOf('\n\n') + 2)
    .replaceAll('\n  ', ' ')
    .trimEnd()
    .split('\n')) {
    const [holder = '', names = ''] = line.split(': ');
    lists.set(holder, names.split(' '));
  }
  return lists;
}

const surface = readSurface();

/** What `dir()` says of each holder that is there, in one run. */
function readBoard(): Map<string, string[]> {
  const holders = [...surface.keys()].map((holder) => `'${holder}'`).join(',');
  const program = `
for holder in (${holders}):
    top, *rest = holder.split('.')
    try:
        x = __import__(top)
        for name in rest:
            x = getattr(x, name)
        print(holder, *dir(x))
    except (ImportError, AttributeError):
        pass
`;
  const lists = new Map<string, string[]>();
  for (const line of runOnBoard(program).trimEnd().split('\n')) {
    const [holder = '', ...names] = line.split(' ');
    lists.set(holder, names.filter((name) => !COMMON.has(name)).sort());
  }
  return lists;
}

describe('the surface of the board', () => {
  const board = readBoard();

  it.each([...surface])('%s has exactly what a pyboard has there', (holder, names) => {
    const expected = names.filter((name) => !NOT_YET.has(`${holder}.${name}`) && !NOT_YET.has(holder));
    expect(board.get(holder) ?? []).toEqual(expected);
  });

  it.each(ABSENT)('%s cannot be imported', (name) => {
    expect(runOnBoard(`import ${name}`)).toContain(`ImportError: no module named '${name}'`);
  });
});

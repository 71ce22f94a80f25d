// `npm run bench`: programs of tests/bench run by our interpreter and by whatever else of MicroPython, CPython and PyPy
// is installed, all in turn, a fresh process each; the medians of the times that the programs tell, as a table of how
// many times as fast ours is. Words choose programs (`npm run bench -- fib words`), `--quick` makes the work small,
// `--runs=N` says how often each runs.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from './build.mjs';
import { onPath } from './components.mjs';
import { ensureInstalled, nodeForTools, root } from './setup.mjs';

/** @typedef {{ name: string, command: string[] }} Contender */
/** @typedef {{ checksum: string, took: number }} Result */

const folder = join(root, 'tests/bench');
const words = process.argv.slice(2);
const quick = words.includes('--quick');
const runs = Number(words.find((word) => word.startsWith('--runs='))?.slice('--runs='.length) ?? (quick ? 1 : 5));
const names = words.filter((word) => !word.startsWith('--'));

/** What else can run the programs. MicroPython gets room enough that it need not collect garbage all the time. */
const others = [
  { name: 'micropython', args: ['-X', 'heapsize=64m'] },
  { name: 'python3', args: ['-B'] },
  { name: 'pypy3', args: ['-B'] },
];

/** @returns {Contender[]} */
function contenders() {
  const ours = { name: 'tether', command: [nodeForTools(), join(root, 'out/main/cli.cjs'), 'python'] };
  const installed = others.flatMap(({ name, args }) => {
    const path = onPath(name);
    return path === undefined ? [] : [{ name, command: [path, ...args] }];
  });
  return [ours, ...installed];
}

function programs() {
  const all = readdirSync(folder)
    .filter((file) => file.endsWith('.py') && file !== 'measuring.py')
    .map((file) => file.slice(0, -'.py'.length))
    .sort();
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no program ${unknown.join(', ')} in tests/bench. Known: ${all.join(' ')}.`);
    process.exit(64);
  }
  return names.length === 0 ? all : all.filter((name) => names.includes(name));
}

/**
 * Runs a program once; undefined when it failed, which is told.
 * @param {Contender} contender
 * @param {string} program
 * @returns {Result | undefined}
 */
function runOnce(contender, program) {
  const [command = '', ...args] = contender.command;
  const { stdout, stderr, error } = spawnSync(
    command,
    [...args, join(folder, `${program}.py`), ...(quick ? ['--quick'] : [])],
    { encoding: 'utf8', cwd: folder },
  );
  const match = /^(-?\d+) (\d+)\s*$/.exec(stdout ?? '');
  if (match !== null) return { checksum: match[1] ?? '', took: Number(match[2]) };
  console.error(
    `${contender.name} failed at ${program}: ${(error?.message ?? stderr.trim().split('\n').at(-1)) || stdout}`,
  );
  return undefined;
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** @param {readonly number[]} values */
const geometricMean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

await ensureInstalled();
await buildStale(['main']);

const all = contenders();
const [ours] = /** @type {[Contender, ...Contender[]]} */ (all);
const chosen = programs();

/** Results by program and contender. */
const results = new Map(
  chosen.map((program) => [program, new Map(all.map((c) => [c.name, /** @type {Result[]} */ ([])]))]),
);
for (let run = 0; run < runs; run++) {
  for (const program of chosen) {
    for (const contender of all) {
      const result = runOnce(contender, program);
      if (result !== undefined) results.get(program)?.get(contender.name)?.push(result);
    }
    process.stderr.write('.');
  }
}
process.stderr.write('\n');

const width = Math.max(10, ...chosen.map((program) => program.length)) + 2;
const rivals = all.slice(1).map((c) => c.name);
const cell = (/** @type {string} */ text) => text.padStart(13);
console.log(
  `\nMedian of ${runs} run${runs === 1 ? '' : 's'}. Under a name: how many times as long it took as ${ours.name}.\n\n` +
    'program'.padEnd(width) +
    cell(`${ours.name} ms`) +
    rivals.map(cell).join(''),
);

/** @type {Map<string, number[]>} */
const ratios = new Map(rivals.map((name) => [name, []]));
let wrong = 0;
for (const [program, byContender] of results) {
  const mine = byContender.get(ours.name) ?? [];
  const took = median(mine.map((r) => r.took));
  const cells = rivals.map((name) => {
    const theirs = byContender.get(name) ?? [];
    if (mine.length === 0 || theirs.length === 0) return cell('–');
    const ratio = median(theirs.map((r) => r.took)) / took;
    ratios.get(name)?.push(ratio);
    return cell(`${ratio.toFixed(2)}×`);
  });
  const checksums = new Set([...byContender.values()].flat().map((r) => r.checksum));
  const agree = checksums.size === 1;
  if (!agree) wrong++;
  const shown = mine.length === 0 ? 'failed' : (took / 1000).toFixed(1);
  console.log(
    program.padEnd(width) +
      cell(shown) +
      cells.join('') +
      (agree ? '' : `   checksums differ: ${[...checksums].join(', ')}`),
  );
}
const means = rivals.map((name) => {
  const values = ratios.get(name) ?? [];
  return cell(values.length === 0 ? '–' : `${geometricMean(values).toFixed(2)}×`);
});
console.log('geom. mean'.padEnd(width) + cell('') + means.join(''));
if (wrong > 0) process.exitCode = 1;

// `npm run bench`: our interpreter and whatever else of MicroPython (also compiled to WebAssembly), CPython and PyPy is
// installed, all in turn, as tables of how many times as fast ours is: the programs of tests/bench, in short, middle and
// steady runs; then the start, and the memory. Words choose lengths and programs (`npm run bench -- short fib words`),
// `--runs=N` says how often each runs. MICROPYTHON_WASM names the `micropython.mjs` of the WebAssembly build.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStale } from './build.mjs';
import { onPath } from './components.mjs';
import { memoryOf } from './process-memory.mjs';
import { ensureInstalled, nodeForTools, root } from './setup.mjs';

/** @typedef {{ name: string, command: string[] }} Contender */
/** @typedef {{ checksum: string, value: number }} Result */
/** @typedef {{ title: string, unit: string, runs: number, rows: string[], measure: (c: Contender, row: string) => Promise<Result> }} Table */

const folder = join(root, 'tests/bench');
const words = process.argv.slice(2);
const runs = Number(words.find((word) => word.startsWith('--runs='))?.slice('--runs='.length) ?? 3);
const lengths = ['short', 'middle', 'steady', 'start', 'memory'];
const chosenLengths = lengths.filter((length) => words.includes(length));
const names = words.filter((word) => !word.startsWith('--') && !lengths.includes(word));

/** What else can run the programs. MicroPython gets room enough that it need not collect garbage all the time. */
function contenders() {
  const ours = { name: 'tether', command: [nodeForTools(), join(root, 'out/main/cli.cjs'), 'python'] };
  const installed = [
    ['micropython', '-X', 'heapsize=64m'],
    ['python3', '-B'],
    ['pypy3', '-B'],
  ].flatMap(([name = '', ...args]) => {
    const path = onPath(name);
    return path === undefined ? [] : [{ name, command: [path, ...args] }];
  });
  const wasm = process.env['MICROPYTHON_WASM'];
  if (wasm !== undefined) installed.push({ name: 'wasm', command: [nodeForTools(), wasm, '-X', 'heapsize=64m'] });
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

const scratch = mkdtempSync(join(tmpdir(), 'tether-bench-'));

/**
 * Puts a program into one file, together with what measures it.
 * @param {string} program
 * @param {string} length
 */
function assembled(program, length) {
  const measuring = readFileSync(join(folder, 'measuring.py'), 'utf8');
  const source = readFileSync(join(folder, `${program}.py`), 'utf8');
  const file = join(scratch, `${program}-${length}.py`);
  const text = measuring.replace('LENGTH = "middle"', `LENGTH = "${length}"`);
  writeFileSync(file, text + source.replace('from measuring import measure\n', ''));
  return file;
}

/**
 * @param {Contender} contender
 * @param {string} file
 */
function run(contender, file) {
  const [command = '', ...args] = contender.command;
  const { stdout, stderr, error } = spawnSync(command, [...args, file], { encoding: 'utf8' });
  const match = /^(-?\d+)(?: (\d+))?\s*$/.exec(stdout ?? '');
  if (match !== null) return { checksum: match[1] ?? '', value: Number(match[2]) / 1000 };
  throw new Error((error?.message ?? stderr.trim().split('\n').at(-1)) || stdout);
}

/** The wall time of a whole process that prints 1. @param {Contender} contender */
async function start(contender) {
  const file = join(scratch, 'start.py');
  writeFileSync(file, 'print(1)\n');
  const before = performance.now();
  const { checksum } = run(contender, file);
  return { checksum, value: performance.now() - before };
}

/** What a process holds after it made what `row` says, read while it waits. @param {Contender} contender @param {string} row */
async function memory(contender, row) {
  const file = join(scratch, 'memory.py');
  const make = row === 'just started' ? '[]' : '[[i, str(i), {i: i}] for i in range(100000)]';
  writeFileSync(file, `kept = ${make}\nprint(len(kept))\ninput()\n`);
  const [command = '', ...args] = contender.command;
  const child = spawn(command, [...args, file], { stdio: ['pipe', 'pipe', 'ignore'] });
  const printed = new Promise((resolve) => {
    child.stdout.on('data', (chunk) => resolve(String(chunk).trim()));
    child.on('exit', () => resolve(''));
  });
  const checksum = await printed;
  const value = memoryOf(child.pid ?? 0);
  child.stdin.end('\n');
  if (checksum === '' || value === undefined) throw new Error('Its memory could not be read.');
  return { checksum, value };
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

/**
 * Measures all rows, the contenders in turn, and prints the table; false where two did not compute the same.
 * @param {Table} table
 * @param {Contender[]} all
 */
async function measureTable({ title, unit, runs, rows, measure }, all) {
  const [ours, ...rivals] = /** @type {[Contender, ...Contender[]]} */ (all);
  const width = Math.max(12, ...rows.map((row) => row.length)) + 2;
  const cell = (/** @type {string} */ text) => text.padStart(13);
  const head = cell(`${ours.name} ${unit}`) + rivals.map((c) => cell(c.name)).join('');
  console.log(`\n${title}, median of ${runs}\n${''.padEnd(width)}${head}`);
  /** @type {Map<string, number[]>} */
  const ratios = new Map(rivals.map((c) => [c.name, []]));
  let agree = true;
  for (const row of rows) {
    const results = new Map(all.map((c) => [c.name, /** @type {Result[]} */ ([])]));
    for (let run = 0; run < runs; run++) {
      for (const contender of all) {
        await measure(contender, row).then(
          (result) => results.get(contender.name)?.push(result),
          (error) => console.error(`${contender.name} failed at ${row}: ${error.message}`),
        );
      }
    }
    const values = (/** @type {Contender} */ c) => (results.get(c.name) ?? []).map((r) => r.value);
    const mine = median(values(ours));
    const cells = rivals.map((c) => {
      const ratio = median(values(c)) / mine;
      if (Number.isNaN(ratio)) return cell('–');
      ratios.get(c.name)?.push(ratio);
      return cell(`${ratio.toFixed(2)}×`);
    });
    const checksums = new Set([...results.values()].flat().map((r) => r.checksum));
    if (checksums.size !== 1) agree = false;
    const remark = checksums.size === 1 ? '' : `   checksums differ: ${[...checksums].join(', ')}`;
    console.log(row.padEnd(width) + cell(Number.isNaN(mine) ? 'failed' : mine.toFixed(1)) + cells.join('') + remark);
  }
  if (rows.length > 1) {
    const means = rivals.map((c) => {
      const values = ratios.get(c.name) ?? [];
      return cell(values.length === 0 ? '–' : `${geometricMean(values).toFixed(2)}×`);
    });
    console.log('geom. mean'.padEnd(width) + cell('') + means.join(''));
  }
  return agree;
}

await ensureInstalled();
await buildStale(['main']);

const rows = programs();
/** @type {Record<string, Table>} */
const tables = {
  ...Object.fromEntries(
    ['short', 'middle', 'steady'].map((length) => [
      length,
      { title: length, unit: 'ms', runs, rows, measure: async (c, row) => run(c, assembled(row, length)) },
    ]),
  ),
  start: {
    title: 'start, to the end of print(1)',
    unit: 'ms',
    runs: Math.max(runs, 9),
    rows: ['start'],
    measure: start,
  },
  memory: { title: 'memory', unit: 'MB', runs: 1, rows: ['just started', '100,000 lists'], measure: memory },
};
console.log('Under a name: how many times as much time or memory it took as ours.');
try {
  for (const length of chosenLengths.length === 0 ? lengths : chosenLengths) {
    const agree = await measureTable(/** @type {Table} */ (tables[length]), contenders());
    if (!agree) process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

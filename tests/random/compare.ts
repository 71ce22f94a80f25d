/** Runs random programs here and in a native MicroPython, and tells where the two differ. */
import { spawnSync } from 'node:child_process';
import { runPython } from '../support/run-python';
import { program, type Program } from './program';

export interface Difference extends Program {
  readonly ours: string;
  readonly theirs: string;
}

/** Reads a length and so many bytes of source, runs them, and ends their output with a zero byte. */
const SERVER = `
import sys
while True:
 length=sys.stdin.buffer.readline()
 if not length:break
 source=sys.stdin.buffer.read(int(length))
 try:
  exec(compile(source,'main.py','exec'),{'__name__':'__main__'})
 except BaseException as error:
  sys.print_exception(error,sys.stdout)
 print('\\x01end\\x01')
`;

const END = '\x01end\x01\n';

/** What a native MicroPython prints for each program; undefined for one at which it died, and for those after it. */
function runNatively(programs: readonly Program[]): (string | undefined)[] {
  const input = Buffer.concat(
    programs.flatMap(({ source }) => {
      const bytes = Buffer.from(source);
      return [Buffer.from(`${bytes.length}\n`), bytes];
    }),
  );
  const { stdout } = spawnSync('micropython', ['-X', 'heapsize=32m', '-c', SERVER], {
    input,
    timeout: 20_000,
    maxBuffer: 1 << 28,
  });
  const outputs = stdout.toString('utf8').split(END).slice(0, -1);
  return programs.map((_, i) => outputs[i]);
}

/** What ours prints; what must not come out of it, an error of JavaScript, is a difference. */
function runHere({ source }: Program): string {
  try {
    const { output, error } = runPython(source, { grammar: 'strict' });
    return output + error;
  } catch (error) {
    return `JavaScript: ${error instanceof Error ? error.stack : String(error)}\n`;
  }
}

/** Where native MicroPython prints what depends on its memory. */
const told = (output: string): string =>
  output
    .replace(/0x[0-9a-f]{6,}(?=>)|at [0-9a-f]{6,}(?=>)/g, '0x')
    .replace(/<bound_method [0-9a-f]{6,}/g, '<bound_method 0x')
    .replace('  File "<stdin>", line 8, in <module>\n', '')
    .replace(/(allocation failed), allocating \d+ bytes/g, '$1');

/** The differences among programs. One at which the native MicroPython dies or stays is left out; the rest go to another process. */
export function compare(seeds: readonly number[], subject?: string): Difference[] {
  const programs = seeds.map((seed) => program(seed, subject));
  const found: Difference[] = [];
  for (let next = 0; next < programs.length;) {
    const batch = programs.slice(next, next + 100);
    const outputs = runNatively(batch);
    const answered = outputs.filter((output) => output !== undefined).length;
    batch.slice(0, answered).forEach((p, i) => {
      const ours = told(runHere(p));
      const theirs = told(outputs[i] ?? '');
      if (ours !== theirs) found.push({ ...p, ours, theirs });
    });
    if (answered < batch.length)
      process.stderr.write(`native MicroPython died or stayed at seed ${batch[answered]?.seed ?? ''}\n`);
    next += answered < batch.length ? answered + 1 : batch.length;
  }
  return found;
}

/** The statement that a printed line begins with the number of. */
function statementOf(source: string, line: string): string {
  const number = /^\d+(?= )/.exec(line)?.[0] ?? '';
  const lines = source.split('\n');
  const at =
    number === ''
      ? -1
      : lines.findIndex((text) => text.includes(`print(${number}, `) || text.startsWith(`attempt(${number}, `));
  if (at < 0) return '';
  const first =
    lines[at - 1]?.trimEnd().endsWith('try:') === true ? at : Math.max(0, lines.lastIndexOf('try:', at) + 1);
  return lines
    .slice(first < at && at - first < 5 ? first : at, at + 1)
    .map((text) => `    > ${text.trim()}\n`)
    .join('');
}

/** The lines in which the outputs differ, a few of them. */
export function describe({ seed, subject, source, ours, theirs }: Difference, most = 3): string {
  const [mine, native] = [ours.split('\n'), theirs.split('\n')];
  const places = native
    .flatMap((line, i) => (line === mine[i] ? [] : [i]))
    .slice(0, mine.length === native.length ? most : 1);
  if (places.length === 0) places.push(native.length);
  const lines = places.map(
    (i) =>
      `  line ${i + 1}\n${statementOf(source, native[i] ?? '')}    native ${native[i] ?? '(ends)'}\n    ours   ${mine[i] ?? '(ends)'}`,
  );
  return `seed ${seed} (${subject})\n${lines.join('\n')}`;
}

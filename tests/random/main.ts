// `npm run random`: random programs in our interpreter and in a native MicroPython. `--count N` says how many, `--seed N`
// where to begin, `--subject NAME` of which kind; `--show` prints the program of the one seed.
import { compare, describe } from './compare';
import { program } from './program';

const args = process.argv.slice(2);
const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const count = Number(option('--count') ?? 1000);
const first = Number(option('--seed') ?? Date.now() % 1_000_000_000);
const subject = option('--subject');

if (args.includes('--show')) {
  console.log(program(first, subject).source);
} else {
  let differences = 0;
  for (let at = 0; at < count; at += 100) {
    const seeds = Array.from({ length: Math.min(100, count - at) }, (_, i) => first + at + i);
    for (const difference of compare(seeds, subject)) {
      differences++;
      console.log(describe(difference));
    }
  }
  console.log(`${count} programs from seed ${first}: ${differences} differ.`);
  if (differences > 0) process.exitCode = 1;
}

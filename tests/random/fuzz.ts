// `npm run fuzz`: compiles sources with random mistakes, and runs others, for some time: `--minutes N`, from `--seed N`;
// `--show` prints the one.
import { complaints } from './compiling';
import { mutation, slip } from './mutations';
import { runningComplaints } from './running';

const args = process.argv.slice(2);
const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const minutes = Number(option('--minutes') ?? 1);
const first = Number(option('--seed') ?? Date.now() % 1_000_000_000);

if (args.includes('--show')) console.log(`${mutation(first)}\n# ---- run:\n${slip(first)}`);
else {
  const end = Date.now() + minutes * 60_000;
  let seed = first;
  let found = 0;
  for (; Date.now() < end; seed += 100) {
    for (const complaint of [...complaints(seed, 100), ...runningComplaints(seed, 100)]) {
      found++;
      console.log(complaint);
    }
  }
  console.log(`${seed - first} sources compiled and as many run from seed ${first}: ${found} complaints.`);
  if (found > 0) process.exitCode = 1;
}

// `node main/dev/run.mjs FILE …`: bundles a program of `tests/` that is written in TypeScript and runs it with the words
// that follow.
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { nodeForTools, root, run } from './setup.mjs';

const [file = '', ...words] = process.argv.slice(2);
const output = join(root, 'out/dev', `${basename(file, '.ts')}-${process.pid}.mjs`);
const build = await rolldown({ cwd: root, input: file, platform: 'node', tsconfig: false });
await build.write({ file: output, format: 'esm', sourcemap: 'inline', codeSplitting: false });
const { status } = await run(nodeForTools(), ['--expose-gc', '--enable-source-maps', output, ...words]);
rmSync(output, { force: true });
process.exitCode = status;

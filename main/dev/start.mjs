// `npm start`: installs and builds what is stale, then opens the app: in Electron where there is one and a display,
// else served on 127.0.0.1 for a browser. Arguments are passed on; `--web` chooses the browser.
import { hasDisplay } from './components.mjs';
import { buildStale } from './build.mjs';
import { ensureInstalled, nodeForTools, root, run, runTool } from './setup.mjs';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const args = process.argv.slice(2);
const forWeb = args.filter((arg) => arg !== '--web');

/** The program of the `electron` package, which is downloaded when it is first wanted. */
async function electronProgram() {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const program = () => (existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8')) : '');
  if (!existsSync(program())) {
    console.log('Downloading Electron (this happens once) …');
    await runTool('electron/install.js', []);
  }
  return existsSync(program()) ? program() : undefined;
}

/** Opens the app in a window. Tells whether it came up: an Electron that ends at once with an error did not. */
async function openWindow() {
  const program = await electronProgram();
  if (program === undefined) return false;
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const started = Date.now();
  const { status } = await run(program, [...(asRoot ? ['--no-sandbox'] : []), root, ...args], {
    foreground: true,
  });
  if (status !== 0 && Date.now() - started < 5000) return false;
  process.exitCode = status;
  return true;
}

async function serve() {
  const { status } = await run(nodeForTools(), [join(root, 'out/main/web.cjs'), ...forWeb], { foreground: true });
  process.exitCode = status;
}

await ensureInstalled();
await buildStale().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
if (args.includes('--web') || !hasDisplay()) {
  await serve();
} else if (!(await openWindow())) {
  console.log('Electron could not be started here, so the app opens in the browser:');
  await serve();
}

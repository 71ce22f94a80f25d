// `npm test`: installs and builds what is stale, then lint and types, unit tests, and journeys through the whole app.
// `npm test -- unit` runs one step (lint, unit, journeys); further words choose test files: `npm test -- unit link`.
// What needs a component this machine lacks is left out and listed at the end; with REQUIRE_ALL=1 that is a failure.
import { availableParallelism } from 'node:os';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from './build.mjs';
import { components, has, onPath } from './components.mjs';
import { packageApp } from './package.mjs';
import { ensureInstalled, nodeForTools, root, run, runTool } from './setup.mjs';

/** @import { Component } from './components.mjs' */

const steps = { lint, unit, journeys };
const words = process.argv.slice(2);
const filters = words.filter((word) => !(word in steps));

const counts = { passed: 0, failed: 0, skipped: 0 };
/** How many tests were left out, by the component they need. */
const leftOut = /** @type {Map<Component, number>} */ (new Map());

/**
 * Counts one check by whether `work` tells no complaint, and shows the complaint.
 * @param {string} name
 * @param {() => Promise<string>} work
 */
async function check(name, work) {
  const started = Date.now();
  const complaint = await work().catch((error) => String(error instanceof Error ? error.message : error));
  counts[complaint === '' ? 'passed' : 'failed']++;
  console.log(`${complaint === '' ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (complaint !== '') console.log(complaint.trimEnd());
  return complaint === '';
}

/**
 * Counts tests that cannot run here. `component` is what they lack, if that is the reason.
 * @param {number} tests
 * @param {Component} [component]
 */
function leave(tests, component) {
  if (component !== undefined) leftOut.set(component, (leftOut.get(component) ?? 0) + tests);
  counts[component !== undefined && process.env['REQUIRE_ALL'] === '1' ? 'failed' : 'skipped'] += tests;
}

/**
 * The component that a skipped test names in its title or its reason.
 * @param {string} text
 */
function componentIn(text) {
  const name = /\(needs (\w+)\)/.exec(text)?.[1] ?? '';
  return name in components ? /** @type {Component} */ (name) : undefined;
}

async function lint() {
  /** @type {[name: string, script: string, ...args: string[]][]} */
  const checks = [
    ['eslint', 'eslint/bin/eslint.js', '--max-warnings=0', '.'],
    ['prettier', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
    ['svelte-check', 'svelte-check/bin/svelte-check', '--tsconfig=renderer/tsconfig.json', '--fail-on-warnings'],
    ...['.', 'runtime', 'main', 'tests'].map(
      (room) =>
        /** @type {[string, string, string, string]} */ ([`types of ${room}`, 'typescript/bin/tsc', '-p', room]),
    ),
  ];
  const worker = async () => {
    for (let next = checks.shift(); next !== undefined; next = checks.shift()) {
      const [name, script, ...args] = next;
      await check(name, async () => {
        const { status, output } = await runTool(script, args, { capture: true });
        return status === 0 ? '' : output || `It ended with status ${status}.`;
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

/**
 * The report a test runner wrote, if it came so far.
 * @template Report
 * @param {string} path
 * @returns {Report | undefined}
 */
function readReport(path) {
  return existsSync(path) ? /** @type {Report} */ (JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/**
 * @param {string} name
 */
function freshReport(name) {
  const path = join(root, 'out/tests', `${name}.json`);
  mkdirSync(join(root, 'out/tests'), { recursive: true });
  rmSync(path, { force: true });
  return path;
}

async function unit() {
  const path = freshReport('unit');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
  const { status } = await runTool('vitest/vitest.mjs', ['run', ...reporters, ...filters]);

  /** @typedef {{ status: string, fullName: string }} UnitTest */
  const report = /** @type {{ testResults: { assertionResults: UnitTest[] }[] } | undefined} */ (readReport(path));
  const before = counts.failed;
  for (const test of report?.testResults.flatMap((file) => file.assertionResults) ?? []) {
    if (test.status === 'passed') counts.passed++;
    else if (test.status === 'failed') counts.failed++;
    else leave(1, componentIn(test.fullName));
  }
  // A file that does not load, or an error outside of any test, fails the run without a failed test.
  if (status !== 0 && counts.failed === before) counts.failed++;
}

/**
 * The parts of Playwright's report that are read here. A file's suite holds suites; a spec has one test per project.
 * @typedef {{ status: 'expected' | 'unexpected' | 'flaky' | 'skipped', annotations: { type: string, description?: string }[] }} Journey
 * @typedef {{ title: string, specs?: { title: string, tests: Journey[] }[], suites?: Suite[] }} Suite
 */

/**
 * @param {Suite} suite
 * @returns {Journey[]}
 */
function journeysOf(suite) {
  return [...(suite.specs ?? []).flatMap((spec) => spec.tests), ...(suite.suites ?? []).flatMap(journeysOf)];
}

/**
 * Runs the journeys of one Playwright project, or only lists them.
 * @param {string} project
 * @param {boolean} list
 */
async function playwright(project, list) {
  const path = freshReport(`journeys-${project}`);
  const args = ['test', `--project=${project}`, '--pass-with-no-tests', ...(list ? ['--list'] : []), ...filters];
  const env = { TETHER_JOURNEY_REPORT: path };
  const script = '@playwright/test/cli.js';
  const underXvfb = project === 'electron' && !list && onPath('xvfb-run') !== undefined;
  const { status } = underXvfb
    ? await run(
        'xvfb-run',
        ['-a', '-s', '-screen 0 1600x1000x24', nodeForTools(), join(root, 'node_modules', script), ...args],
        { env },
      )
    : await runTool(script, args, { env, capture: list });
  const report = /** @type {{ suites: Suite[] } | undefined} */ (readReport(path));
  return { status, journeys: report?.suites.flatMap(journeysOf) ?? [] };
}

async function journeys() {
  /** @type {[project: string, ...needed: Component[]][]} */
  const projects = [
    ['browser', 'chromium'],
    ['electron', 'electron', 'display'],
  ];
  for (const [project, ...needed] of projects) {
    const absent = needed.find((component) => !has(component));
    if (absent !== undefined) {
      leave((await playwright(project, true)).journeys.length, absent);
      continue;
    }
    if (project === 'electron' && !(await check('package the app', () => packageApp().then(() => '')))) continue;

    const { status, journeys } = await playwright(project, false);
    const before = counts.failed;
    for (const { status, annotations } of journeys) {
      if (status === 'expected') counts.passed++;
      else if (status === 'skipped') leave(1, componentIn(annotations.map((note) => note.description).join(' ')));
      else counts.failed++;
    }
    if (status !== 0 && counts.failed === before) counts.failed++;
  }
}

await ensureInstalled();
if (await check('build', () => buildStale().then(() => ''))) {
  const chosen = Object.entries(steps).filter(([name]) => words.includes(name));
  for (const [name, step] of chosen.length > 0 ? chosen : Object.entries(steps)) {
    console.log(`\n── ${name} ──`);
    await step();
  }
}

if (leftOut.size > 0) console.log('\nLeft out, because something is not on this machine:');
for (const [component, tests] of leftOut) {
  const { what, get } = components[component];
  console.log(`  ${tests} ${tests === 1 ? 'test needs' : 'tests need'} ${what}. To get it: ${get}`);
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;

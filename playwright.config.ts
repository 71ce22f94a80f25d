// Journeys through the whole app, as a person takes them: in a browser on the web host, and in the packaged desktop app.
import { defineConfig } from '@playwright/test';
import { chromium } from './main/dev/components.mjs';

const asRoot = process.getuid?.() === 0;
const browser = chromium();
const report = process.env['TETHER_JOURNEY_REPORT'];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'out/tests/journeys',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  forbidOnly: process.env['REQUIRE_ALL'] === '1',
  reporter: [['list'], ...(report === undefined ? [] : [['json', { outputFile: report }] as const])],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    viewport: { width: 1400, height: 900 },
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: asRoot ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'browser', testIgnore: '**/*.electron.spec.ts' },
    { name: 'electron', testIgnore: '**/*.browser.spec.ts' },
  ],
});

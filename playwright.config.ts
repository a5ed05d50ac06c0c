import { defineConfig } from '@playwright/test';

// One window at a time: the tests measure times and share one invisible display.
//
// Only what measures times may be tried again, where a build machine is busy for a moment. A leak or a
// lost record that shows once in a while must fail.
const MEASURES_TIMES = ['**/responsive.spec.ts', '**/start.spec.ts'];

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e/artifacts',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  projects: [
    { name: 'window', testMatch: '**/*.spec.ts', testIgnore: MEASURES_TIMES },
    { name: 'times', testMatch: MEASURES_TIMES, retries: process.env.CI ? 1 : 0 },
  ],
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e/results.json' }]],
});

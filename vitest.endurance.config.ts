import { defineConfig } from 'vitest/config';

/** Long runs of what the unit tests do in short; `npm run endurance -- NAME` runs one of them. */
export default defineConfig({
  test: {
    include: ['test/endurance/**/*.endurance.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});
